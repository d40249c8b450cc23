"""Who sees which filing: one table for submissions, comments and answers alike."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from consultations.models import Comment, Disposition, Submission
from tests import factories

pytestmark = pytest.mark.django_db

NOW = timezone.now()
OPEN, CLOSED = NOW + dt.timedelta(days=1), NOW - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("rule", "closes_at", "status", "consents", "public", "staff"),
    [
        ("as_received", OPEN, "draft", True, False, False),
        ("as_received", OPEN, "submitted", True, True, True),
        ("as_received", OPEN, "submitted", False, False, True),
        ("as_received", OPEN, "superseded", True, False, True),
        ("as_received", OPEN, "withdrawn", True, False, True),
        ("together_after_closing", OPEN, "submitted", True, False, False),
        ("together_after_closing", OPEN, "withdrawn", True, False, False),
        ("together_after_closing", CLOSED, "submitted", True, True, True),
        ("together_after_closing", CLOSED, "submitted", False, False, True),
        ("not_published", CLOSED, "submitted", True, False, True),
        ("not_published", OPEN, "draft", True, False, False),
    ],
)
def test_who_reads_a_filing(
    rule: str, closes_at: dt.datetime, status: str, consents: bool, public: bool, staff: bool
) -> None:
    call = factories.make_call(publication_rule=rule, opens_at=NOW - dt.timedelta(days=9), closes_at=closes_at)
    submission = factories.make_submission(call, consents_to_publication=consents)
    comment = factories.make_comment(submission)
    if status != "draft":
        factories.file_submission(submission)
        Submission.objects.filter(pk=submission.pk).update(status=status)
    readers = {
        "anonymous": (AnonymousUser(), public),
        "another delegation": (factories.make_member(factories.make_delegation()), public),
        "staff": (factories.make_staff(), staff or public),
        "its observer": (factories.make_member(submission.delegation, "observer"), True),
        "its former observer": (factories.make_user(), public),
    }
    for name, (user, sees) in readers.items():
        assert list(Submission.objects.visible_to(user)) == ([submission] if sees else []), name
        assert list(Comment.objects.visible_to(user)) == ([comment] if sees else []), name
    assert Submission.objects.public().exists() is public
    assert Comment.objects.public().exists() is public
    assert Comment.objects.public().count_positions() == ({comment.clause_id: {"supports": 1}} if public else {})


def test_unpublished_answer_is_for_staff_only() -> None:
    comment = factories.make_filed_comment()
    answer = factories.make_answer(comment, published=False)
    own = factories.focal_point(comment.submission.delegation)
    assert list(Disposition.objects.visible_to(answer.decided_by)) == [answer]
    assert not Disposition.objects.visible_to(own).exists()
    assert not Disposition.objects.visible_to(AnonymousUser()).exists()
    comment.refresh_from_db()
    assert comment.answer is None


def test_published_answer_is_as_visible_as_its_comment() -> None:
    shown = factories.make_answer(factories.make_filed_comment())
    hidden = factories.make_answer(factories.make_filed_comment(factories.make_call(publication_rule="not_published")))
    own = factories.focal_point(hidden.comment.submission.delegation)
    assert list(Disposition.objects.visible_to(AnonymousUser())) == [shown]
    assert set(Disposition.objects.visible_to(own)) == {shown, hidden}
    assert hidden.comment.answer == hidden


def test_inactive_delegation_reads_nothing_of_its_own() -> None:
    submission = factories.make_submission()
    user = factories.focal_point(submission.delegation)
    submission.delegation.is_active = False
    submission.delegation.save()
    assert not Submission.objects.visible_to(user).exists()
