"""Every promise that the database keeps about filings, broken once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from consultations.models import Call, Comment, Delegation, Disposition, Membership, Submission, User
from tests import factories
from tests.promises import promise_broken

pytestmark = pytest.mark.django_db


def test_user_is_known_by_one_address_whatever_its_capitals() -> None:
    factories.make_user("ana@example.org")
    broken = promise_broken(lambda: User.objects.bulk_create([User(email="Ana@Example.org")]))
    assert broken == "consultations_user_email_unique_in_any_case"


@pytest.mark.parametrize(
    "parties", [(), ("state", "stakeholder"), ("state", "group"), ("state", "stakeholder", "group")]
)
def test_delegation_is_exactly_one_party(parties: tuple[str, ...]) -> None:
    makers = {"state": factories.make_state, "stakeholder": factories.make_stakeholder, "group": factories.make_group}
    broken = promise_broken(lambda: Delegation.objects.create(**{name: makers[name]() for name in parties}))
    assert broken == "consultations_delegation_exactly_one_party"


def test_person_has_one_role_in_a_delegation() -> None:
    delegation = factories.make_delegation()
    user = factories.make_member(delegation)
    broken = promise_broken(lambda: Membership.objects.create(user=user, delegation=delegation, role="observer"))
    assert broken == "consultations_membership_one_role"


class TestCall:
    def test_closes_after_it_opens(self) -> None:
        now = timezone.now()
        draft = factories.make_draft()
        broken = promise_broken(lambda: factories.make_call(draft, opens_at=now, closes_at=now))
        assert broken == "consultations_call_closes_after_it_opens"

    def test_is_open_to_somebody(self) -> None:
        draft = factories.make_draft()
        assert promise_broken(lambda: factories.make_call(draft, audience=[])) == "consultations_call_open_to_somebody"

    def test_is_on_a_published_draft(self) -> None:
        draft = factories.make_draft(published=False)
        assert promise_broken(lambda: factories.make_call(draft)) == "consultations_call_on_published_draft"

    def test_keeps_its_draft_once_opened(self) -> None:
        factories.make_call()
        other = factories.make_draft()
        assert promise_broken(lambda: Call.objects.update(draft=other)) == "consultations_call_on_published_draft"


class TestSubmission:
    def test_one_is_written_at_a_time(self) -> None:
        submission = factories.make_submission()
        broken = promise_broken(
            lambda: Submission.objects.create(call=submission.call, delegation=submission.delegation, language="en")
        )
        assert broken == "consultations_submission_one_in_writing"

    def test_one_stands_at_a_time(self) -> None:
        first = factories.make_filed_comment().submission
        second = factories.make_submission(first.call, first.delegation)
        broken = promise_broken(
            lambda: Submission.objects.filter(pk=second.pk).update(
                status="submitted", submitted_at=timezone.now(), submitted_by=first.submitted_by
            )
        )
        assert broken == "consultations_submission_one_submitted"

    def test_is_filed_at_a_time_by_a_person(self) -> None:
        factories.make_submission()
        broken = promise_broken(lambda: Submission.objects.update(status="submitted"))
        assert broken == "consultations_submission_filed_when_and_by_whom"

    @pytest.mark.parametrize(
        "change",
        [
            lambda: Submission.objects.update(general_comment="Otherwise."),
            lambda: Submission.objects.update(status="draft", submitted_at=None, submitted_by=None),
            lambda: Submission.objects.update(submitted_at=timezone.now() - dt.timedelta(days=300)),
            lambda: Submission.objects.update(status="withdrawn", language="ar"),
            lambda: connection.cursor().execute("DELETE FROM consultations_submission"),
        ],
    )
    def test_once_filed_never_changes(self, change: Callable[[], Any]) -> None:
        factories.make_filed_comment()
        before = list(Submission.objects.values())
        assert promise_broken(change) == "consultations_submission_frozen_once_filed"
        assert list(Submission.objects.values()) == before

    @pytest.mark.parametrize("end", ["superseded", "withdrawn"])
    def test_once_ended_never_stands_again(self, end: str) -> None:
        factories.make_filed_comment()
        Submission.objects.update(status=end)
        broken = promise_broken(lambda: Submission.objects.update(status="submitted"))
        assert broken == "consultations_submission_frozen_once_filed"


class TestComment:
    @pytest.mark.parametrize(
        "change",
        [
            lambda: Comment.objects.update(rationale="Otherwise."),
            lambda: Comment.objects.all().delete(),
            lambda: Comment.objects.bulk_create(
                [
                    Comment(
                        submission=Submission.objects.get(),
                        number=9,
                        target="whole_text",
                        rationale="Late.",
                        language="en",
                        updated_by=User.objects.first(),
                    )
                ]
            ),
        ],
    )
    def test_of_a_filing_never_changes(self, change: Callable[[], Any]) -> None:
        factories.make_filed_comment()
        before = list(Comment.objects.values())
        assert promise_broken(change) == "consultations_comment_frozen_once_filed"
        assert list(Comment.objects.values()) == before

    def test_keeps_its_submission(self) -> None:
        comment = factories.make_comment(factories.make_submission())
        other = factories.make_submission(comment.submission.call)
        broken = promise_broken(lambda: Comment.objects.filter(pk=comment.pk).update(submission=other))
        assert broken == "consultations_comment_frozen_once_filed"

    def test_is_on_the_draft_of_its_call(self) -> None:
        factories.make_comment(factories.make_submission())
        stranger = factories.make_draft().clauses.get(eid="art_2")
        assert (
            promise_broken(lambda: Comment.objects.update(clause=stranger)) == "consultations_comment_on_draft_of_call"
        )

    @pytest.mark.parametrize(
        ("promise", "change"),
        [
            ("consultations_comment_target_has_clause", {"target": "whole_text"}),
            ("consultations_comment_target_has_clause", {"clause": None}),
            ("consultations_comment_operation_fits_target", {"operation": "insert", "proposed_text": "New."}),
            ("consultations_comment_operation_fits_target", {"target": "after_clause", "operation": "delete"}),
            ("consultations_comment_operation_has_text", {"operation": "replace"}),
            ("consultations_comment_operation_has_text", {"operation": "delete", "proposed_text": "Gone."}),
            ("consultations_comment_says_something", {"position": "", "rationale": ""}),
        ],
    )
    def test_does_not_contradict_itself(self, promise: str, change: dict[str, Any]) -> None:
        factories.make_comment(factories.make_submission())
        assert promise_broken(lambda: Comment.objects.update(**change)) == promise

    def test_has_a_number_of_its_own(self) -> None:
        submission = factories.make_submission()
        factories.make_comment(submission)
        factories.make_comment(submission)
        assert promise_broken(lambda: Comment.objects.update(number=1)) == "consultations_comment_one_per_number"

    def test_protects_its_clause(self) -> None:
        clause = factories.make_comment(factories.make_submission()).clause
        with pytest.raises(Exception, match="protected foreign keys"):
            clause.delete()


class TestDisposition:
    def test_answers_what_was_filed(self) -> None:
        comment = factories.make_comment(factories.make_submission())
        broken = promise_broken(
            lambda: Disposition.objects.create(
                comment=comment, decision="noted", language="en", decided_by=factories.make_staff()
            )
        )
        assert broken == "consultations_disposition_of_filed_comment"

    def test_is_one_a_comment(self) -> None:
        answer = factories.make_answer(factories.make_filed_comment())
        broken = promise_broken(
            lambda: Disposition.objects.create(
                comment=answer.comment, decision="noted", language="en", decided_by=answer.decided_by
            )
        )
        assert broken == "consultations_disposition_comment_id_key"

    def test_is_published_with_its_reason(self) -> None:
        factories.make_answer(factories.make_filed_comment(), published=False, reason="")
        broken = promise_broken(lambda: Disposition.objects.update(published_at=timezone.now()))
        assert broken == "consultations_disposition_published_with_reason"


def test_password_and_last_sign_in_are_in_no_event() -> None:
    factories.make_user()
    event = User.pgh_event_models["insert"]
    assert {"password", "last_login"}.isdisjoint({field.name for field in event._meta.fields})
