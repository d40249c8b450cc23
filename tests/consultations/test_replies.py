"""What happens to an answer before and after it is published: who prepares it, who reviews it, and what the commenter says."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from consultations import services
from consultations.models import Assignment, Disposition, Reply, Submission
from declaration.errors import Conflict, Refused
from tests import factories
from tests.promises import promise_broken

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def make_careful_answer(**fields: Any) -> Disposition:
    """An unpublished answer in a call in which a second person reads answers."""
    comment = factories.make_filed_comment(factories.make_call(needs_second_reader=True))
    return factories.make_answer(comment, published=False, **fields)


def reply(answer: Disposition, **values: Any) -> Reply:
    given: dict[str, Any] = {"verdict": "satisfied", "user": focal_point(answer)}
    return services.reply(disposition=answer, **given | values)


def focal_point(answer: Disposition) -> Any:
    return factories.focal_point(answer.comment.submission.delegation)


class TestReview:
    def test_somebody_else_reviews_and_then_it_is_published(self) -> None:
        answer, reader = make_careful_answer(), factories.make_staff()
        assert refused(lambda: services.publish_dispositions(dispositions=[answer], user=reader)) == "review_missing"
        assert refused(lambda: services.review_disposition(disposition=answer, user=answer.decided_by)) == "review_own"
        reviewed = services.review_disposition(disposition=answer, user=reader, expected_revision=1)
        assert (reviewed.reviewed_by, reviewed.revision) == (reader, 2)
        assert services.publish_dispositions(dispositions=[answer], user=answer.decided_by)[0].published_at

    def test_change_takes_the_review_away(self) -> None:
        answer, reader = make_careful_answer(), factories.make_staff()
        services.review_disposition(disposition=answer, user=reader)
        changed = services.answer_comment(
            comment=answer.comment, user=reader, decision="noted", reason="Seen.", expected_revision=2
        )
        assert (changed.reviewed_by, changed.reviewed_at, changed.decided_by) == (None, None, reader)
        assert refused(lambda: services.publish_dispositions(dispositions=[changed], user=reader)) == "review_missing"

    def test_what_was_not_read_is_not_reviewed(self) -> None:
        answer, reader = make_careful_answer(), factories.make_staff()
        services.answer_comment(
            comment=answer.comment, user=answer.decided_by, decision="noted", reason="Seen.", expected_revision=1
        )
        with pytest.raises(Conflict):
            services.review_disposition(disposition=answer, user=reader, expected_revision=1)

    def test_needs_a_reason_and_staff_and_is_before_publishing(self) -> None:
        answer, reader = make_careful_answer(reason=""), factories.make_staff()
        assert refused(lambda: services.review_disposition(disposition=answer, user=reader)) == "reason_missing"
        assert refused(lambda: services.review_disposition(disposition=answer, user=focal_point(answer))) == "not_staff"
        published = factories.make_answer(factories.make_filed_comment())
        assert refused(lambda: services.review_disposition(disposition=published, user=reader)) == "answer_published"

    def test_is_not_asked_for_in_other_calls(self) -> None:
        assert factories.make_answer(factories.make_filed_comment()).published_at

    def test_one_unreviewed_answer_keeps_all_of_them_back(self) -> None:
        answer, other, reader = make_careful_answer(), make_careful_answer(), factories.make_staff()
        services.review_disposition(disposition=answer, user=reader)
        code = refused(lambda: services.publish_dispositions(dispositions=[answer, other], user=reader))
        assert (code, Disposition.objects.published().count()) == ("review_missing", 0)

    def test_is_by_somebody_other_than_the_author_in_the_database_too(self) -> None:
        answer = make_careful_answer()
        changed = {"reviewed_by": answer.decided_by, "reviewed_at": timezone.now()}
        broken = promise_broken(lambda: Disposition.objects.update(**changed))
        assert broken == "consultations_disposition_reviewed_by_another"


class TestAssigning:
    def test_gives_comments_to_a_colleague_and_on_to_another(self) -> None:
        first, second = factories.make_filed_comment(), factories.make_filed_comment()
        head, ana, ben = factories.make_staff(), factories.make_staff(), factories.make_staff()
        services.assign(comments=[first, second], to=ana, user=head)
        services.assign(comments=[second], to=ben, user=ana)
        assert dict(Assignment.objects.values_list("comment", "assigned_to")) == {first.pk: ana.pk, second.pk: ben.pk}
        assert set(ben.assignments.values_list("assigned_by", flat=True)) == {ana.pk}
        services.assign(comments=[first, second], to=None, user=head)
        assert not Assignment.objects.exists()

    def test_is_between_staff(self) -> None:
        comment, staff = factories.make_filed_comment(), factories.make_staff()
        person = factories.focal_point(comment.submission.delegation)
        assert refused(lambda: services.assign(comments=[comment], to=person, user=staff)) == "assignee_not_staff"
        assert refused(lambda: services.assign(comments=[comment], to=staff, user=person)) == "not_staff"

    def test_nothing_sealed_or_withdrawn_is_given_to_anybody(self) -> None:
        staff, readable = factories.make_staff(), factories.make_filed_comment()
        sealed = factories.make_filed_comment(factories.make_call(publication_rule="together_after_closing"))
        gone = factories.make_filed_comment()
        services.withdraw_submission(submission=gone.submission, user=factories.focal_point(gone.submission.delegation))
        for comment in (sealed, gone, factories.make_comment(factories.make_submission())):
            assert (
                refused(lambda each=comment: services.assign(comments=[readable, each], to=staff, user=staff))  # type: ignore[misc]
                == "comment_not_answerable"
            )
        assert not Assignment.objects.exists()

    def test_is_of_what_was_filed_in_the_database_too(self) -> None:
        comment, staff = factories.make_comment(factories.make_submission()), factories.make_staff()
        broken = promise_broken(
            lambda: Assignment.objects.create(
                comment=comment, assigned_to=staff, assigned_by=staff, assigned_at=timezone.now()
            )
        )
        assert broken == "consultations_assignment_of_filed_comment"


class TestReplying:
    def test_focal_point_is_satisfied_or_maintains_with_a_reason(self) -> None:
        answer = factories.make_answer(factories.make_filed_comment())
        said = reply(answer)
        assert (said.verdict, said.to_revision, said.language) == ("satisfied", answer.revision, "en")
        assert refused(lambda: reply(answer, verdict="maintains", replaces=said.replied_at)) == "reason_missing"
        again = reply(answer, verdict="maintains", reason=" Not yet.\r\n", language="fr", replaces=said.replied_at)
        assert (again.pk, again.verdict, again.reason, again.language) == (said.pk, "maintains", "Not yet.", "fr")

    def test_colleague_who_was_faster_is_not_overwritten(self) -> None:
        answer = factories.make_answer(factories.make_filed_comment())
        reply(answer, verdict="maintains", reason="Ours.")
        with pytest.raises(Conflict) as caught:
            reply(answer)
        assert caught.value.current["reason"] == "Ours."

    def test_reply_stays_with_the_answer_that_was_taken_back(self) -> None:
        answer = factories.make_answer(factories.make_filed_comment())
        early = reply(answer, verdict="maintains", reason="No.")
        staff = answer.decided_by
        services.retract_dispositions(dispositions=[answer], user=staff)
        answer.refresh_from_db()
        assert (answer.reply, answer.earlier_replies) == (None, [early])
        assert refused(lambda: reply(answer)) == "answer_not_published"
        services.answer_comment(
            comment=answer.comment, user=staff, decision="accepted", reason="Right.", expected_revision=answer.revision
        )
        services.publish_dispositions(dispositions=[answer], user=staff)
        with pytest.raises(Conflict):
            reply(answer, expected_revision=early.to_revision)
        answer.refresh_from_db()
        late = reply(answer, expected_revision=answer.revision)
        answer = Disposition.objects.get(pk=answer.pk)
        assert (answer.reply, answer.earlier_replies) == (late, [early])

    @pytest.mark.parametrize("role", ["contributor", "observer"])
    def test_only_a_focal_point_replies(self, role: str) -> None:
        answer = factories.make_answer(factories.make_filed_comment())
        colleague = factories.make_member(answer.comment.submission.delegation, role)
        assert refused(lambda: reply(answer, user=colleague)) == "role_cannot_submit"

    def test_nobody_else_replies(self) -> None:
        answer = factories.make_answer(factories.make_filed_comment())
        other = factories.make_member(factories.make_delegation())
        for person in (other, factories.make_staff(), answer.decided_by):
            assert refused(lambda who=person: reply(answer, user=who)) == "not_your_delegation"  # type: ignore[misc]

    def test_what_is_not_published_or_no_longer_stands_has_no_reply(self) -> None:
        hidden = factories.make_answer(factories.make_filed_comment(), published=False)
        assert refused(lambda: reply(hidden)) == "answer_not_published"
        answer = factories.make_answer(factories.make_filed_comment())
        services.withdraw_submission(submission=answer.comment.submission, user=focal_point(answer))
        assert refused(lambda: reply(answer)) == "submission_not_standing"

    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({"verdict": "agrees"}, "choice_unknown"),
            ({"language": "xx"}, "choice_unknown"),
            ({"reason": "a\u202eb"}, "direction_override"),
        ],
    )
    def test_bad_input_is_told(self, values: dict[str, str], code: str) -> None:
        answer = factories.make_answer(factories.make_filed_comment())
        assert refused(lambda: reply(answer, **values)) == code
        assert not Reply.objects.exists()


class TestPromisesOfReplies:
    def make(self, answer: Disposition, **fields: Any) -> Reply:
        values = {"to_revision": answer.revision, "verdict": "satisfied", "language": "en"}
        return Reply.objects.create(
            disposition=answer, replied_by=focal_point(answer), replied_at=timezone.now(), **values | fields
        )

    def test_is_to_a_published_answer_as_it_stands(self) -> None:
        hidden = factories.make_answer(factories.make_filed_comment(), published=False)
        answer = factories.make_answer(factories.make_filed_comment())
        assert promise_broken(lambda: self.make(hidden)) == "consultations_reply_to_published_answer"
        assert promise_broken(lambda: self.make(answer, to_revision=1)) == "consultations_reply_to_published_answer"

    def test_belongs_to_one_answer_and_stays(self) -> None:
        answer, other = (factories.make_answer(factories.make_filed_comment()) for _number in range(2))
        self.make(answer)
        name = "consultations_reply_to_published_answer"
        assert promise_broken(lambda: Reply.objects.update(disposition=other)) == name
        assert promise_broken(lambda: Reply.objects.all().delete()) == name

    def test_is_one_and_maintains_with_a_reason(self) -> None:
        answer = factories.make_answer(factories.make_filed_comment())
        broken = promise_broken(lambda: self.make(answer, verdict="maintains"))
        assert broken == "consultations_reply_maintains_with_reason"
        self.make(answer)
        assert promise_broken(lambda: self.make(answer)) == "consultations_reply_one_to_each_answer"


def test_a_reply_keeps_when_it_was_given() -> None:
    answer = factories.make_answer(factories.make_filed_comment())
    at = timezone.now() + dt.timedelta(minutes=5)
    assert reply(answer, at=at).replied_at == at
    assert Submission.objects.get().status == "submitted"
