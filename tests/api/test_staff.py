"""Staff's part of the API: publishing drafts, holding calls, answering comments."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from consultations import services
from consultations.models import Call, Comment, Disposition
from tests import factories
from tests.api.problems import problem, problems
from tests.api.record import call_to_send, party_of, utc

pytestmark = pytest.mark.django_db

STAFF = "/api/v1/staff"
HOST = f"http://testserver{STAFF}"


@pytest.fixture
def staff(acting_for: Any) -> APIClient:
    """A client of one of the staff."""
    return acting_for(factories.make_staff("vera@example.org", name="Vera"))


class TestDrafts:
    def test_read_while_in_preparation(self, staff: APIClient) -> None:
        draft = factories.make_draft(published=False)
        address = f"{HOST}/drafts/{draft.ordinal}/"
        expected = {
            "url": address,
            "ordinal": draft.ordinal,
            "name": dict(draft.name),
            "declaration": {"slug": draft.declaration.slug, "title": {"en": "Declaration"}},
            "stage": "zero",
            "status": "preparing",
            "document": None,
            "supersedes": None,
            "languages": ["en", "ar"],
            "is_illustrative": False,
            "note": {},
            "published_at": None,
            "clauses_url": f"{address}clauses/",
            "revision": 1,
        }
        assert staff.get(address).json() == expected
        assert staff.get(f"{STAFF}/drafts/?status=preparing").json()["results"] == [expected]
        [clause] = [each for each in staff.get(f"{address}clauses/").json()["results"] if each["eid"] == "art_2"]
        assert clause["url"] == f"{address}clauses/art_2/"
        assert staff.get(clause["url"]).json() == clause

    def test_published_and_withdrawn(self, staff: APIClient, anyone: APIClient) -> None:
        draft = factories.make_draft(published=False)
        address = f"{STAFF}/drafts/{draft.ordinal}"
        assert anyone.get(f"/api/v1/drafts/{draft.ordinal}/").status_code == 404
        assert staff.post(f"{address}/publish/").json()["status"] == "published"
        assert anyone.get(f"/api/v1/drafts/{draft.ordinal}/").json()["status"] == "published"
        assert problem(staff.post(f"{address}/publish/")) == (400, "draft_not_preparing", None)
        assert staff.post(f"{address}/withdraw/").json()["status"] == "withdrawn"

    def test_not_published_without_clauses(self, staff: APIClient) -> None:
        draft = factories.make_draft(published=False, clauses=[])
        response = staff.post(f"{STAFF}/drafts/{draft.ordinal}/publish/")
        assert problem(response) == (400, "draft_empty", None)


class TestCalls:
    def test_prepared_changed_opened_extended_closed_and_put_away(self, staff: APIClient, anyone: APIClient) -> None:
        draft = factories.make_draft()
        delegation = factories.make_delegation()
        sent = call_to_send(draft, audience=["invited"], invited=[delegation.key], time_zone="Africa/Cairo")
        response = staff.post(f"{STAFF}/calls/", sent)
        call = Call.objects.get()
        address = f"{HOST}/calls/{call.pk}/"
        expected = {
            "url": address,
            "id": call.pk,
            "title": {"en": "First round", "ar": "الجولة الأولى"},
            "note": {},
            "draft": {"ordinal": draft.ordinal, "name": dict(draft.name), "status": "published"},
            "status": "preparing",
            "is_open": False,
            "opens_at": "2026-11-01T08:00:00Z",
            "closes_at": "2099-01-31T17:00:00Z",
            "time_zone": "Africa/Cairo",
            "audience": ["invited"],
            "languages": ["en", "ar"],
            "publication_rule": "as_received",
            "takes_late": False,
            "stakeholder_kinds": [],
            "holds_stakeholders": False,
            "needs_second_reader": False,
            "early_opening": None,
            "invited": [party_of(delegation)],
        }
        assert (response.status_code, response.json()) == (201, expected)
        assert staff.get(address).json() == expected
        assert anyone.get(f"/api/v1/calls/{call.pk}/").status_code == 404
        changed = staff.patch(address, {"audience": ["member_states"], "invited": [], "takes_late": True})
        expected |= {"audience": ["member_states"], "invited": [], "takes_late": True}
        assert (changed.status_code, changed.json()) == (200, expected)
        expected |= {"status": "open", "is_open": True}
        assert staff.post(f"{address}open/").json() == expected
        assert anyone.get(f"/api/v1/calls/{call.pk}/").json()["is_open"] is True
        assert problem(staff.patch(address, {"takes_late": False})) == (409, "call_opened", "takes_late")
        later = staff.post(f"{address}extend/", {"closes_at": "2099-02-28T17:00:00Z"})
        assert later.json() == expected | {"closes_at": "2099-02-28T17:00:00Z"}
        assert staff.post(f"{address}close/").json()["is_open"] is False
        assert staff.post(f"{address}archive/").json()["status"] == "archived"
        assert problem(staff.post(f"{address}open/")) == (400, "call_not_preparing", None)

    @pytest.mark.parametrize(
        ("changes", "code", "field"),
        [
            ({"draft": 32000}, "draft_unknown", "draft"),
            ({"draft": "x"}, "invalid", "draft"),
            ({"title": "text"}, "shape", "title"),
            ({"title": {"xx": "text"}}, "language", "title"),
            ({"opens_at": "tomorrow"}, "invalid", "opens_at"),
            ({"closes_at": "2026-10-01T09:00:00Z"}, "closes_before_it_opens", "closes_at"),
            ({"audience": ["everybody"]}, "invalid_choice", "audience.0"),
            ({"audience": "groups"}, "not_a_list", "audience"),
            ({"languages": ["xx"]}, "invalid_choice", "languages.0"),
            ({"languages": ["en", "fr"]}, "language_not_of_draft", "languages"),
            ({"time_zone": "Geneva"}, "time_zone_unknown", "time_zone"),
            ({"invited": ["XZZ"], "audience": ["invited"]}, "delegation_unknown", "invited"),
            ({"audience": ["invited"]}, "invited_by_name", "invited"),
            ({"publication_rule": "never"}, "invalid_choice", "publication_rule"),
            ({"status": "open"}, "unknown_field", "status"),
        ],
    )
    def test_not_prepared(self, staff: APIClient, changes: dict[str, Any], code: str, field: str) -> None:
        response = staff.post(f"{STAFF}/calls/", call_to_send(factories.make_draft()) | changes)
        assert problems(response) == {(code, field)}
        assert not Call.objects.exists()

    def test_not_opened_on_a_draft_in_preparation(self, staff: APIClient) -> None:
        call = factories.make_call(factories.make_draft(published=False), opened=False)
        assert problem(staff.post(f"{STAFF}/calls/{call.pk}/open/")) == (400, "draft_not_published", "draft")


@pytest.fixture
def comment() -> Comment:
    """A comment that is to be answered; its author did not agree to be named."""
    submission = factories.make_submission(consents_to_attribution=False)
    comment = factories.make_comment(submission)
    factories.file_submission(submission)
    return Comment.objects.get(pk=comment.pk)


def comment_as_read(comment: Comment, **changes: Any) -> dict[str, Any]:
    """How a comment reads to staff."""
    return {
        "url": f"{HOST}/comments/{comment.pk}/",
        "id": comment.pk,
        "submission": comment.submission_id,
        "number": 1,
        "call": comment.submission.call_id,
        "draft": comment.submission.call.draft.ordinal,
        "party": party_of(comment.submission.delegation),
        "on_behalf_of": None,
        "target": "clause",
        "clause": clause_as_named(comment),
        "category": "substantive",
        "position": "supports",
        "operation": "none",
        "proposed_text": "",
        "rationale": "It is right.",
        "language": "en",
        "submitted_at": utc(comment.submission.submitted_at),
        "is_late": False,
        "consents_to_attribution": False,
        "consents_to_publication": True,
        "answer": None,
        "standing": None,
        "assigned_to": None,
    } | changes


def clause_as_named(comment: Comment) -> dict[str, Any]:
    """How the clause of a comment is named."""
    return {
        "draft": comment.submission.call.draft.ordinal,
        "eid": "art_1__para_1",
        "kind": "paragraph",
        "label": "1",
        "citation": "Article 1, paragraph 1",
    }


def answer_as_read(disposition: Disposition, **changes: Any) -> dict[str, Any]:
    """How an answer reads to staff."""
    return {
        "id": disposition.pk,
        "decision": "accepted",
        "reason": "It is clearer.",
        "language": "en",
        "resulting_clause": None,
        "published_at": None,
        "decided_by": "Vera",
        "reviewed_by": None,
        "reviewed_at": None,
        "updated_at": utc(disposition.updated_at),
        "revision": 1,
    } | changes


class TestAnswers:
    def test_what_was_filed_is_read(self, staff: APIClient, comment: Comment) -> None:
        submission = comment.submission
        expected = {
            "url": f"{HOST}/submissions/{submission.pk}/",
            "id": submission.pk,
            "call": {"id": submission.call_id, "title": dict(submission.call.title)},
            "draft": submission.call.draft.ordinal,
            "party": party_of(submission.delegation),
            "on_behalf_of": None,
            "language": "en",
            "general_comment": "",
            "comment_count": 1,
            "comments_url": f"{HOST}/comments/?submission={submission.pk}",
            "is_late": False,
            "submitted_at": utc(submission.submitted_at),
            "status": "submitted",
            "source": "page",
            "supersedes": None,
            "consents_to_attribution": False,
            "consents_to_publication": True,
            "attachments": [],
            "co_sponsors": [],
            "group_members": [],
            "received_on": None,
        }
        assert staff.get(f"{STAFF}/submissions/{submission.pk}/").json() == expected
        assert staff.get(f"{STAFF}/submissions/").json()["results"] == [expected]
        assert [each["id"] for each in staff.get(expected["comments_url"]).json()["results"]] == [comment.pk]

    def test_answered_published_retracted(self, staff: APIClient, anyone: APIClient, comment: Comment) -> None:
        address = f"{STAFF}/comments/{comment.pk}/"
        assert staff.get(address).json() == comment_as_read(comment, redline=[])
        clause = {"draft": comment.submission.call.draft.ordinal, "eid": "art_1__para_1"}
        sent = {"revision": 0, "decision": "accepted", "reason": "It is clearer.", "resulting_clause": clause}
        response = staff.put(f"{address}answer/", sent)
        disposition = Disposition.objects.get()
        answer = answer_as_read(disposition, resulting_clause=clause_as_named(comment))
        assert (response.status_code, response.json()) == (200, comment_as_read(comment, answer=answer, redline=[]))
        assert staff.get(f"{STAFF}/comments/").json()["results"] == [comment_as_read(comment, answer=answer)]
        public = f"/api/v1/comments/{comment.pk}/"
        assert anyone.get(public).json()["answer"] is None
        ids = {"ids": [disposition.pk]}
        assert staff.post(f"{STAFF}/dispositions/publish/", ids).json() == ids
        assert anyone.get(public).json()["answer"]["reason"] == "It is clearer."
        assert staff.post(f"{STAFF}/dispositions/publish/", ids).json() == {"ids": []}
        changed = staff.put(f"{address}answer/", sent | {"revision": 2})
        assert problem(changed) == (409, "answer_published", None)
        assert staff.post(f"{STAFF}/dispositions/retract/", ids).json() == ids
        assert anyone.get(public).json()["answer"] is None

    def test_second_to_answer_is_told_what_stands(self, staff: APIClient, comment: Comment) -> None:
        address = f"{STAFF}/comments/{comment.pk}/answer/"
        first = staff.put(address, {"revision": 0, "decision": "accepted", "reason": "It is clearer."}).json()
        response = staff.put(address, {"revision": 0, "decision": "noted", "reason": "Later."})
        assert problem(response) == (409, "changed_meanwhile", None)
        assert response.json()["current"] == first["answer"]

    @pytest.mark.parametrize(
        ("sent", "expected"),
        [
            ({}, {("required", "revision"), ("required", "decision")}),
            ({"revision": -1, "decision": "maybe"}, {("min_value", "revision"), ("invalid_choice", "decision")}),
            ({"revision": 0, "decision": "noted", "reason": "x" * 60_000}, {("too_long", "reason")}),
            ({"revision": 0, "decision": "noted", "reason": "a\x07b"}, {("control", "reason")}),
            (
                {"revision": 0, "decision": "noted", "resulting_clause": "art_2"},
                {("invalid", "resulting_clause.non_field_errors")},
            ),
            (
                {"revision": 0, "decision": "noted", "resulting_clause": {"draft": 1}},
                {("required", "resulting_clause.eid")},
            ),
            (
                {"revision": 0, "decision": "noted", "resulting_clause": {"draft": 0, "eid": "art_2"}},
                {("clause_unknown", "resulting_clause")},
            ),
        ],
    )
    def test_not_answered(
        self, staff: APIClient, comment: Comment, sent: dict[str, Any], expected: set[tuple[str, str]]
    ) -> None:
        assert problems(staff.put(f"{STAFF}/comments/{comment.pk}/answer/", sent)) == expected
        assert not Disposition.objects.exists()

    def test_published_all_or_none(self, staff: APIClient, comment: Comment) -> None:
        answered = factories.make_answer(comment, published=False)
        silent = factories.make_answer(
            factories.make_filed_comment(comment.submission.call), published=False, reason=""
        )
        address = f"{STAFF}/dispositions/publish/"
        assert problem(staff.post(address, {"ids": [answered.pk, silent.pk]})) == (400, "reason_missing", "reason")
        assert problem(staff.post(address, {"ids": [answered.pk, 10**9]})) == (400, "answer_unknown", "ids")
        assert problems(staff.post(address, {"ids": []})) == {("empty", "ids")}
        assert problems(staff.post(address, {"ids": ["x"]})) == {("invalid", "ids.0")}
        assert problems(staff.post(address, {"ids": [1] * 1001})) == {("max_length", "ids")}
        assert not Disposition.objects.published().exists()

    def test_sealed_filings_are_sealed_for_staff(self, staff: APIClient) -> None:
        call = factories.make_call(publication_rule="together_after_closing")
        comment = factories.make_filed_comment(call)
        assert staff.get(f"{STAFF}/comments/").json()["count"] == 0
        assert staff.get(f"{STAFF}/submissions/").json()["count"] == 0
        assert staff.get(f"{STAFF}/comments/?party={comment.submission.delegation.key}").json()["count"] == 0
        for address in (f"comments/{comment.pk}/", f"submissions/{comment.submission_id}/"):
            assert problem(staff.get(f"{STAFF}/{address}")) == (404, "not_found", None)
        sent = {"revision": 0, "decision": "noted", "reason": "Seen."}
        assert problem(staff.put(f"{STAFF}/comments/{comment.pk}/answer/", sent)) == (404, "not_found", None)
        Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - dt.timedelta(seconds=1))
        assert staff.get(f"{STAFF}/comments/").json()["count"] == 1

    def test_what_is_being_written_or_was_withdrawn_is_not_answered(self, staff: APIClient) -> None:
        writing = factories.make_comment(factories.make_submission())
        withdrawn = factories.make_filed_comment()
        user = factories.focal_point(withdrawn.submission.delegation)
        services.withdraw_submission(submission=withdrawn.submission, user=user)
        for each in (writing, withdrawn):
            sent = {"revision": 0, "decision": "noted", "reason": "Seen."}
            assert problem(staff.put(f"{STAFF}/comments/{each.pk}/answer/", sent)) == (404, "not_found", None)
        assert problem(staff.get(f"{STAFF}/submissions/{writing.submission_id}/")) == (404, "not_found", None)
        assert staff.get(f"{STAFF}/submissions/{withdrawn.submission_id}/").json()["status"] == "withdrawn"

    def test_found_by_how_far_they_are_answered(self, staff: APIClient) -> None:
        call = factories.make_call()
        unanswered, waiting, published = (factories.make_filed_comment(call) for _ in range(3))
        factories.make_answer(waiting, published=False, decision="noted")
        factories.make_answer(published)

        def found(query: str) -> list[int]:
            return [each["id"] for each in staff.get(f"{STAFF}/comments/?{query}").json()["results"]]

        assert found("answer=none") == [unanswered.pk]
        assert found("answer=unpublished") == found("decision=noted") == [waiting.pk]
        assert found("answer=published") == [published.pk]
