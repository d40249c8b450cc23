"""What the services do, and what they refuse without having written anything."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone, translation

from consultations import services
from consultations.models import Call, Comment, Disposition, Submission
from declaration.errors import Conflict, Refused
from declaration.services import publish_draft, withdraw_draft
from tests import factories


def refused(act: Callable[[], Any]) -> tuple[str, str]:
    """The code and the field of a refusal; the test fails where nothing was refused."""
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code, caught.value.field


def edit(comment: Comment, **changes: Any) -> Comment:
    """Change a comment, everything else as it stands."""
    values: dict[str, Any] = {
        name: getattr(comment, name)
        for name in ("target", "clause", "category", "position", "operation", "proposed_text", "rationale", "language")
    }
    values |= {"user": factories.focal_point(comment.submission.delegation), "expected_revision": comment.revision}
    return services.edit_comment(comment=comment, **values | changes)


@pytest.mark.django_db
class TestDrafts:
    def test_publishing_supersedes_what_stood(self) -> None:
        older = factories.make_draft()
        newer = factories.make_draft(declaration=older.declaration, supersedes=older)
        older.refresh_from_db()
        assert (older.status, newer.status) == ("superseded", "published")

    @pytest.mark.parametrize(
        ("code", "make"),
        [
            ("draft_not_preparing", factories.make_draft),
            ("draft_empty", lambda: factories.make_draft(published=False, clauses=[])),
            (
                "wording_missing",
                lambda: factories.make_draft(published=False, clauses=[("art_1", "article", "1", "", "")]),
            ),
            (
                "superseded_not_published",
                lambda: factories.make_draft(published=False, supersedes=factories.make_draft(published=False)),
            ),
        ],
    )
    def test_what_cannot_be_published(self, code: str, make: Callable[[], Any]) -> None:
        assert refused(lambda: publish_draft(draft=make()))[0] == code

    def test_withdrawn_draft_stays_readable_and_takes_no_call(self) -> None:
        draft = withdraw_draft(draft=factories.make_draft())
        assert draft.is_published
        call = factories.make_call(draft, opened=False)
        assert refused(lambda: services.open_call(call=call)) == ("draft_not_published", "draft")
        assert refused(lambda: withdraw_draft(draft=draft))[0] == "draft_not_published"


@pytest.mark.django_db
class TestCalls:
    def test_opens_is_extended_closes_and_is_archived(self) -> None:
        call = services.open_call(call=factories.make_call(opened=False))
        later = call.closes_at + dt.timedelta(days=3)
        assert services.extend_call(call=call, closes_at=later).closes_at == later
        call = services.close_call(call=call)
        assert not call.is_open(at=timezone.now())
        assert services.archive_call(call=call).status == "archived"

    @pytest.mark.parametrize(
        ("code", "act"),
        [
            ("call_not_preparing", lambda call: services.open_call(call=call)),
            ("call_not_extended", lambda call: services.extend_call(call=call, closes_at=call.closes_at)),
            ("call_not_closed", lambda call: services.archive_call(call=call)),
        ],
    )
    def test_refuses_what_does_not_fit(self, code: str, act: Callable[[Call], Any]) -> None:
        call = factories.make_call()
        assert refused(lambda: act(call))[0] == code

    def test_does_not_open_in_the_past(self) -> None:
        past = timezone.now() - dt.timedelta(days=3)
        call = factories.make_call(opened=False, opens_at=past, closes_at=past + dt.timedelta(days=1))
        assert refused(lambda: services.open_call(call=call)) == ("call_would_be_closed", "closes_at")

    def test_released_call_stays_closed(self) -> None:
        past = timezone.now() - dt.timedelta(days=3)
        call = factories.make_call(
            publication_rule="together_after_closing", opens_at=past, closes_at=past + dt.timedelta(days=1)
        )
        code = refused(lambda: services.extend_call(call=call, closes_at=timezone.now() + dt.timedelta(days=1)))[0]
        assert code == "call_released"


@pytest.mark.django_db
class TestWriting:
    @pytest.mark.parametrize(
        ("code", "field", "values"),
        [
            ("clause_of_other_draft", "clause", lambda: {"clause": factories.make_draft().clauses.get(eid="art_2")}),
            ("clause_missing", "clause", lambda: {"clause": None, "target": "clause"}),
            ("clause_not_wanted", "clause", lambda: {"target": "whole_text"}),
            ("proposed_text_missing", "proposed_text", lambda: {"operation": "replace"}),
            ("proposed_text_missing", "proposed_text", lambda: {"operation": "replace", "proposed_text": " \n "}),
            ("proposed_text_not_wanted", "proposed_text", lambda: {"proposed_text": "A wording."}),
            ("operation_does_not_fit", "operation", lambda: {"operation": "insert", "proposed_text": "New."}),
            ("operation_does_not_fit", "operation", lambda: {"target": "after_clause", "operation": "delete"}),
            (
                "proposal_changes_nothing",
                "proposed_text",
                lambda: {"operation": "replace", "proposed_text": "Everyone has the right to solidarity."},
            ),
            ("comment_says_nothing", "rationale", lambda: {"position": "", "rationale": "\t"}),
            ("too_long", "proposed_text", lambda: {"operation": "replace", "proposed_text": "x" * 2_000_000}),
            ("too_long", "rationale", lambda: {"rationale": "س" * 2_000_000}),
            ("control", "proposed_text", lambda: {"operation": "replace", "proposed_text": "bell\x07"}),
            ("nul", "rationale", lambda: {"rationale": "nothing\x00"}),
            ("direction_override", "rationale", lambda: {"rationale": "abc\u202edef"}),
            ("language_not_taken", "language", lambda: {"language": "ru"}),
            ("choice_unknown", "position", lambda: {"position": "adores"}),
            ("choice_unknown", "category", lambda: {"category": "<script>"}),
            ("choice_unknown", "operation", lambda: {"operation": "burn"}),
            ("choice_unknown", "target", lambda: {"target": "elsewhere"}),
        ],
    )
    def test_bad_comment_is_refused_by_field_and_nothing_is_written(
        self, code: str, field: str, values: Callable[[], dict[str, Any]]
    ) -> None:
        submission = factories.make_submission()
        assert refused(lambda: factories.make_comment(submission, **values())) == (code, field)
        submission.refresh_from_db()
        assert (submission.comments.count(), submission.revision) == (0, 1)

    def test_markup_is_kept_as_it_was_typed(self) -> None:
        text = "<b>All</b> peoples & <script>alert(1)</script>"
        comment = factories.make_comment(
            factories.make_submission(), operation="replace", proposed_text=text, rationale="a\r\nb\rc"
        )
        assert (comment.proposed_text, comment.rationale) == (text, "a\nb\nc")

    def test_refusal_is_said_in_the_reader_s_language(self) -> None:
        submission = factories.make_submission()
        with translation.override("ar"), pytest.raises(Refused) as caught:
            factories.make_comment(submission, position="", rationale="")
        assert any("\u0600" <= character <= "\u06ff" for character in str(caught.value))

    @pytest.mark.parametrize(
        ("who", "code", "status"),
        [
            ("stranger", "not_your_delegation", 404),
            ("observer", "role_cannot_write", 403),
        ],
    )
    def test_others_do_not_write(self, who: str, code: str, status: int) -> None:
        submission = factories.make_submission()
        user = factories.make_user() if who == "stranger" else factories.make_member(submission.delegation, who)
        with pytest.raises(Refused) as caught:
            services.add_comment(submission=submission, user=user, target="whole_text", rationale="Mine.")
        assert (caught.value.code, caught.value.status) == (code, status)
        assert not Comment.objects.exists()

    def test_nothing_is_written_after_closing(self) -> None:
        submission = factories.make_submission()
        comment = factories.make_comment(submission)
        after = submission.call.closes_at
        user = factories.focal_point(submission.delegation)
        assert refused(lambda: edit(comment, rationale="Late.", at=after))[0] == "call_closed"
        assert (
            refused(lambda: services.delete_comment(comment=comment, user=user, expected_revision=1, at=after))[0]
            == "call_closed"
        )
        comment.refresh_from_db()
        assert comment.rationale == "It is right."

    def test_second_of_two_who_save_is_told_what_stands(self) -> None:
        comment = factories.make_comment(factories.make_submission())
        edit(comment, rationale="The first.")
        with pytest.raises(Conflict) as caught:
            edit(comment, rationale="The second.", expected_revision=1)
        assert caught.value.current["rationale"] == "The first."
        assert caught.value.current["revision"] == 2
        assert edit(comment, rationale="The second.", expected_revision=2).revision == 3

    def test_comment_deleted_meanwhile_is_a_conflict(self) -> None:
        comment = factories.make_comment(factories.make_submission())
        user = factories.focal_point(comment.submission.delegation)
        services.delete_comment(comment=comment, user=user, expected_revision=1)
        with pytest.raises(Conflict) as caught:
            edit(comment, rationale="Too late.")
        assert caught.value.current == {}

    def test_numbers_are_not_used_again_while_later_ones_stand(self) -> None:
        submission = factories.make_submission()
        first, second = factories.make_comment(submission), factories.make_comment(submission, "art_2")
        services.delete_comment(comment=first, user=factories.focal_point(submission.delegation), expected_revision=1)
        assert factories.make_comment(submission, None, position="").number == second.number + 1


@pytest.mark.django_db
class TestFiling:
    def test_starting_twice_gives_the_same_submission(self) -> None:
        first = factories.make_submission()
        assert factories.make_submission(first.call, first.delegation) == first

    @pytest.mark.parametrize(
        ("code", "call"),
        [
            ("call_closed", {"opens_at": -3, "closes_at": -1}),
            ("call_not_open", {"opens_at": 1, "closes_at": 3}),
            ("not_in_audience", {"audience": ["stakeholders"]}),
        ],
    )
    def test_where_no_submission_begins(self, code: str, call: dict[str, Any]) -> None:
        now = timezone.now()
        values = {
            name: now + dt.timedelta(days=value) if isinstance(value, int) else value for name, value in call.items()
        }
        made = factories.make_call(**values)
        delegation = factories.make_delegation()
        user = factories.focal_point(delegation)
        act = lambda: services.start_submission(call=made, delegation=delegation, user=user)  # noqa: E731
        assert refused(act)[0] == code

    def test_empty_submission_says_what_is_missing(self) -> None:
        submission = factories.make_submission()
        assert [missing.code for missing in services.list_missing(submission)] == ["nothing_said"]
        assert refused(lambda: factories.file_submission(submission))[0] == "nothing_said"

    @pytest.mark.parametrize(("late", "filed"), [(False, False), (True, True)])
    def test_server_s_time_decides_at_the_deadline(self, late: bool, filed: bool) -> None:
        submission = factories.make_submission(factories.make_call(takes_late=late))
        factories.make_comment(submission)
        deadline = submission.call.closes_at
        if not filed:
            assert refused(lambda: factories.file_submission(submission, at=deadline))[0] == "call_closed"
            submission.refresh_from_db()
            assert submission.status == "draft"
        else:
            assert factories.file_submission(submission, at=deadline).is_late is True

    def test_in_time_until_the_last_moment(self) -> None:
        submission = factories.make_submission()
        factories.make_comment(submission)
        at = submission.call.closes_at - dt.timedelta(microseconds=1)
        assert factories.file_submission(submission, at=at).is_late is False

    def test_filing_twice_is_told_and_filed_once(self) -> None:
        comment = factories.make_filed_comment()
        assert refused(lambda: factories.file_submission(comment.submission))[0] == "submission_filed"

    def test_filing_again_supersedes_and_keeps_both(self) -> None:
        old = factories.make_filed_comment().submission
        new = factories.make_submission(old.call, old.delegation)
        assert list(new.comments.values_list("number", "rationale")) == [(1, "It is right.")]
        factories.make_comment(new, "art_2")
        factories.file_submission(new)
        old.refresh_from_db()
        new.refresh_from_db()
        assert (old.status, old.comments.count(), new.status, new.comments.count()) == ("superseded", 1, "submitted", 2)
        assert new.supersedes == old

    def test_cleared_submission_waits_for_the_focal_point(self) -> None:
        submission = factories.make_submission()
        comment = factories.make_comment(submission)
        user = factories.focal_point(submission.delegation)
        services.clear_submission(submission=submission, user=user)
        assert refused(lambda: edit(comment, rationale="Hm."))[0] == "submission_cleared"
        services.return_submission(submission=submission, user=user)
        assert edit(comment, rationale="Hm.").rationale == "Hm."

    def test_contributor_does_not_file(self) -> None:
        submission = factories.make_submission()
        factories.make_comment(submission)
        user = factories.make_member(submission.delegation, "contributor")
        with pytest.raises(Refused) as caught:
            services.submit_submission(submission=submission, user=user)
        assert (caught.value.code, caught.value.status) == ("role_cannot_submit", 403)

    def test_withdrawn_filing_is_kept_and_a_new_one_can_be_made(self) -> None:
        submission = factories.make_filed_comment().submission
        user = factories.focal_point(submission.delegation)
        assert services.withdraw_submission(submission=submission, user=user).status == "withdrawn"
        assert refused(lambda: services.withdraw_submission(submission=submission, user=user))[0] == (
            "submission_not_standing"
        )
        assert factories.make_submission(submission.call, submission.delegation).pk != submission.pk

    def test_discarding_is_for_what_was_never_filed(self) -> None:
        submission = factories.make_submission()
        user = factories.focal_point(submission.delegation)
        services.discard_submission(submission=submission, user=user)
        assert not Submission.objects.exists()
        filed = factories.make_filed_comment().submission
        user = factories.focal_point(filed.delegation)
        assert refused(lambda: services.discard_submission(submission=filed, user=user))[0] == "submission_filed"

    def test_description_is_saved_and_a_stale_one_is_a_conflict(self) -> None:
        submission = factories.make_submission()
        values: dict[str, Any] = {
            "user": factories.focal_point(submission.delegation),
            "general_comment": "We welcome it.",
            "language": "ar",
            "consents_to_attribution": False,
            "consents_to_publication": True,
        }
        changed = services.describe_submission(submission=submission, expected_revision=1, **values)
        assert (changed.revision, changed.language, changed.consents_to_attribution) == (2, "ar", False)
        with pytest.raises(Conflict):
            services.describe_submission(submission=submission, expected_revision=1, **values)


@pytest.mark.django_db
class TestAnswering:
    def test_answer_is_changed_until_published_and_after_being_retracted(self) -> None:
        comment, user = factories.make_filed_comment(), factories.make_staff()
        answer = services.answer_comment(comment=comment, user=user, decision="noted", reason="Thanks.")
        with pytest.raises(Conflict):
            services.answer_comment(comment=comment, user=user, decision="accepted", reason="Yes.")
        answer = services.answer_comment(
            comment=comment, user=user, decision="accepted", reason="Yes.", expected_revision=answer.revision
        )
        assert answer.language == comment.language
        services.publish_dispositions(dispositions=[answer], user=user)
        answer.refresh_from_db()
        again = {
            "comment": comment,
            "user": user,
            "decision": "noted",
            "reason": "No.",
            "expected_revision": answer.revision,
        }
        assert refused(lambda: services.answer_comment(**again))[0] == "answer_published"
        services.retract_dispositions(dispositions=[answer], user=user)
        again["expected_revision"] = answer.revision + 1
        assert services.answer_comment(**again).decision == "noted"

    def test_publishing_is_all_or_nothing(self) -> None:
        user = factories.make_staff()
        with_reason = factories.make_answer(factories.make_filed_comment(), published=False)
        without = factories.make_answer(factories.make_filed_comment(), published=False, reason="")
        act = lambda: services.publish_dispositions(dispositions=[with_reason, without], user=user)  # noqa: E731
        assert refused(act) == ("reason_missing", "reason")
        assert not Disposition.objects.published().exists()

    @pytest.mark.parametrize("status", ["superseded", "withdrawn"])
    def test_only_what_stands_is_answered(self, status: str) -> None:
        comment = factories.make_filed_comment()
        Submission.objects.update(status=status)
        act = lambda: services.answer_comment(  # noqa: E731
            comment=comment, user=factories.make_staff(), decision="noted", reason="Thanks."
        )
        assert refused(act)[0] == "comment_not_answerable"

    def test_delegations_neither_answer_nor_publish(self) -> None:
        answer = factories.make_answer(factories.make_filed_comment(), published=False)
        user = factories.focal_point(answer.comment.submission.delegation)
        assert refused(lambda: services.publish_dispositions(dispositions=[answer], user=user))[0] == "not_staff"
        assert refused(lambda: services.retract_dispositions(dispositions=[answer], user=user))[0] == "not_staff"


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Two people in the same moment, on two connections."""

    def at_once(self, *acts: Callable[[], Any]) -> list[Any]:
        def run(act: Callable[[], Any]) -> Any:
            try:
                return act()
            except Refused as refusal:
                return refusal
            finally:
                connection.close()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(run, acts))

    def test_of_two_who_save_one_comment_one_is_told(self) -> None:
        comment = factories.make_comment(factories.make_submission())
        outcomes = self.at_once(lambda: edit(comment, rationale="One."), lambda: edit(comment, rationale="Two."))
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Comment", "Conflict"]
        comment.refresh_from_db()
        assert comment.revision == 2

    def test_of_two_who_file_one_is_told(self) -> None:
        submission = factories.make_submission()
        factories.make_comment(submission)
        outcomes = self.at_once(*[lambda: factories.file_submission(submission)] * 2)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "Submission"]
        assert Submission.objects.filter(status="submitted").count() == 1

    def test_two_who_begin_share_one_submission(self) -> None:
        call, delegation = factories.make_call(), factories.make_delegation()
        factories.make_member(delegation)
        first, second = self.at_once(*[lambda: factories.make_submission(call, delegation)] * 2)
        assert first == second

    def test_two_who_add_get_two_numbers(self) -> None:
        submission = factories.make_submission()
        factories.focal_point(submission.delegation)
        outcomes = self.at_once(*[lambda: factories.make_comment(submission)] * 2)
        assert sorted(comment.number for comment in outcomes) == [1, 2]

    def test_lost_database_files_nothing_by_half(self) -> None:
        submission = factories.make_submission()
        factories.make_comment(submission)

        def lose_connection(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith("UPDATE") and "consultations_submission" in sql:
                context["connection"].connection.close()
            return execute(sql, params, many, context)

        with connection.execute_wrapper(lose_connection), pytest.raises(OperationalError):
            factories.file_submission(submission)
        connection.close()
        submission.refresh_from_db()
        assert (submission.status, submission.submitted_at) == ("draft", None)
