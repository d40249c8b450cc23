"""The comments of a delegation's submission through the API; and what is refused on the way."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation
from rest_framework.test import APIClient

from consultations import services
from consultations.models import Call, Comment, Delegation, Membership, Submission
from declaration.text.hygiene import MAX_WORDING
from tests import factories
from tests.api.problems import problem, problems
from tests.api.record import utc

pytestmark = pytest.mark.django_db

DESK = "/api/v1/desk"
HOST = f"http://testserver{DESK}"


def comment_as_read(comment: Comment, **changes: Any) -> dict[str, Any]:
    """How a comment reads to its own people."""
    return {
        "url": f"{HOST}/submissions/{comment.submission_id}/comments/{comment.number}/",
        "id": comment.pk,
        "submission": comment.submission_id,
        "number": comment.number,
        "target": "clause",
        "clause": {
            "draft": comment.submission.call.draft.ordinal,
            "eid": "art_1__para_1",
            "kind": "paragraph",
            "label": "1",
            "citation": "Article 1, paragraph 1",
        },
        "category": "substantive",
        "position": "supports",
        "operation": "none",
        "proposed_text": "",
        "rationale": "It is right.",
        "language": "en",
        "created_at": utc(comment.created_at),
        "clearance": comment.clearance,
        "updated_at": utc(comment.updated_at),
        "updated_by": "Ana",
        "revision": comment.revision,
        "answer": None,
        "standing": None,
        "redline": [],
    } | changes


class TestComments:
    @pytest.fixture
    def address(self, submission: Submission) -> str:
        return f"{DESK}/submissions/{submission.pk}/comments/"

    def test_written(self, desk: APIClient, submission: Submission, address: str) -> None:
        sent = {
            "clause": "art_1__para_1",
            "position": "supports_with_amendment",
            "operation": "replace",
            "proposed_text": "  Everyone has the <b>right</b> to solidarity.\r\n",
            "rationale": "It is \u202bأوضح\u202c so.",
        }
        response = desk.post(address, sent)
        comment = submission.comments.get()
        expected = comment_as_read(
            comment,
            position="supports_with_amendment",
            operation="replace",
            # As it was typed: markup is text, only the space around it is taken off.
            proposed_text="Everyone has the <b>right</b> to solidarity.",
            rationale="It is \u202bأوضح\u202c so.",
            redline=response.json()["redline"],
        )
        assert (response.status_code, response.json()) == (201, expected)
        assert "".join(piece["text"] for piece in expected["redline"] if piece["op"] != "delete") == (
            "Everyone has the <b>right</b> to solidarity."
        )
        assert desk.get(f"{address}1/").json() == expected
        del expected["redline"]
        assert desk.get(address).json()["results"] == [expected]

    def test_written_on_the_whole_text_and_after_a_clause(self, desk: APIClient, address: str) -> None:
        whole = desk.post(address, {"target": "whole_text", "rationale": "A good text."})
        assert (whole.json()["target"], whole.json()["clause"], whole.json()["position"]) == ("whole_text", None, None)
        inserted = desk.post(
            address,
            {"target": "after_clause", "clause": "art_2", "operation": "insert", "proposed_text": "A new article."},
        )
        assert inserted.json()["redline"] == [{"op": "insert", "text": "A new article."}]

    @pytest.mark.parametrize(
        ("sent", "code", "field"),
        [
            ({}, "clause_missing", "clause"),
            ({"clause": "art_9"}, "clause_unknown", "clause"),
            ({"clause": "art_1\0"}, "null_characters_not_allowed", "clause"),
            ({"clause": ["art_1"]}, "invalid", "clause"),
            ({"clause": "x" * 121}, "max_length", "clause"),
            ({"clause": "art_2"}, "comment_says_nothing", "rationale"),
            ({"clause": "art_2", "position": "agrees"}, "invalid_choice", "position"),
            ({"clause": "art_2", "category": 7}, "invalid_choice", "category"),
            ({"clause": "art_2", "operation": ["delete"]}, "invalid_choice", "operation"),
            ({"clause": "art_2", "operation": "insert", "proposed_text": "A."}, "operation_does_not_fit", "operation"),
            ({"clause": "art_2", "operation": "replace"}, "proposed_text_missing", "proposed_text"),
            ({"clause": "art_2", "proposed_text": "A."}, "proposed_text_not_wanted", "proposed_text"),
            ({"clause": "art_2", "rationale": {"en": "x"}}, "invalid", "rationale"),
            ({"clause": "art_2", "rationale": None}, "null", "rationale"),
            ({"clause": "art_2", "rationale": "a\0b"}, "null_characters_not_allowed", "rationale"),
            ({"clause": "art_2", "rationale": "a\x07b"}, "control", "rationale"),
            ({"clause": "art_2", "rationale": "a\u202eb"}, "direction_override", "rationale"),
            ({"clause": "art_2", "rationale": "x" * (MAX_WORDING + 1)}, "too_long", "rationale"),
            ({"clause": "art_2", "rationale": "x" * 2_000_000}, "too_long", "rationale"),
            ({"clause": "art_2", "rationale": "A.", "language": "fr"}, "language_not_taken", "language"),
            ({"clause": "art_2", "rational": "A."}, "unknown_field", "rational"),
            ({"clause": "art_2", "rationale": "A.", "submission": 5}, "unknown_field", "submission"),
            ({"target": "whole_text", "clause": "art_2", "rationale": "A."}, "clause_not_wanted", "clause"),
            (["not", "an", "object"], "invalid", "non_field_errors"),
            ("text", "invalid", "non_field_errors"),
        ],
    )
    def test_not_written(self, desk: APIClient, address: str, sent: Any, code: str, field: str) -> None:
        assert problems(desk.post(address, sent)) == {(code, field)}
        assert not Comment.objects.exists()

    def test_half_a_character_is_refused(self, desk: APIClient, address: str) -> None:
        body = b'{"clause": "art_2", "rationale": "a\\ud800b"}'
        response = desk.post(address, body, content_type="application/json")
        assert problems(response) == {("surrogate_characters_not_allowed", "rationale")}

    def test_what_changes_nothing_is_refused(self, desk: APIClient, address: str) -> None:
        same = "Everyone has the right to solidarity."
        response = desk.post(address, {"clause": "art_1__para_1", "operation": "replace", "proposed_text": same})
        assert problems(response) == {("proposal_changes_nothing", "proposed_text")}

    def test_clause_of_another_draft_is_not_found_in_this_one(self, desk: APIClient, address: str) -> None:
        factories.make_draft(clauses=[("art_7", "article", "7", "", "Another draft's.")])
        response = desk.post(address, {"clause": "art_7", "rationale": "A."})
        assert problems(response) == {("clause_unknown", "clause")}

    def test_replaced_as_a_whole(self, desk: APIClient, submission: Submission, address: str) -> None:
        comment = factories.make_comment(submission, operation="replace", proposed_text="Another text.")
        response = desk.put(f"{address}1/", {"revision": 1, "clause": "art_1__para_1", "rationale": "Only a reason."})
        comment.refresh_from_db()
        expected = comment_as_read(comment, position=None, rationale="Only a reason.", revision=2)
        assert (response.status_code, response.json()) == (200, expected)

    def test_second_to_save_is_told_what_stands_and_loses_nothing(
        self, desk: APIClient, submission: Submission, address: str, acting_for: Any
    ) -> None:
        colleague = acting_for(factories.make_member(submission.delegation, Membership.Role.CONTRIBUTOR, name="Ben"))
        factories.make_comment(submission)
        first = colleague.put(f"{address}1/", {"revision": 1, "clause": "art_2", "rationale": "First."}).json()
        response = desk.put(f"{address}1/", {"revision": 1, "clause": "art_2", "rationale": "Second."})
        assert problem(response) == (409, "changed_meanwhile", None)
        assert response.json()["current"] == first
        assert (first["updated_by"], first["revision"], first["clause"]["eid"]) == ("Ben", 2, "art_2")
        assert desk.put(f"{address}1/", {"revision": 2, "clause": "art_2", "rationale": "Second."}).status_code == 200

    def test_taken_out(self, desk: APIClient, submission: Submission, address: str) -> None:
        factories.make_comment(submission)
        assert problems(desk.delete(f"{address}1/")) == {("required", "revision")}
        assert problems(desk.delete(f"{address}1/?revision=x")) == {("invalid", "revision")}
        conflict = desk.delete(f"{address}1/?revision=7")
        assert problem(conflict) == (409, "changed_meanwhile", None)
        assert conflict.json()["current"] == desk.get(f"{address}1/").json()
        assert desk.delete(f"{address}1/?revision=1").status_code == 204
        assert problem(desk.delete(f"{address}1/?revision=1")) == (404, "not_found", None)

    def test_filed_comments_stay_as_they_are(self, desk: APIClient, delegation: Delegation) -> None:
        comment = factories.make_filed_comment(delegation=delegation)
        address = f"{DESK}/submissions/{comment.submission_id}/comments/"
        refusals = [
            desk.post(address, {"clause": "art_2", "rationale": "A."}),
            desk.put(f"{address}1/", {"revision": 1, "clause": "art_2", "rationale": "A."}),
            desk.delete(f"{address}1/?revision=1"),
        ]
        assert [problem(response) for response in refusals] == [(409, "submission_filed", None)] * 3
        comment.refresh_from_db()
        assert comment.rationale == "It is right."

    def test_closed_call_takes_no_comment(self, desk: APIClient, submission: Submission, address: str) -> None:
        Call.objects.filter(pk=submission.call_id).update(closes_at=timezone.now() - dt.timedelta(seconds=1))
        response = desk.post(address, {"clause": "art_2", "rationale": "A."})
        assert problem(response) == (400, "call_closed", None)

    def test_published_answer_is_read_on_the_desk(self, desk: APIClient, delegation: Delegation) -> None:
        comment = factories.make_filed_comment(delegation=delegation)
        answer = factories.make_answer(comment, decision="noted")
        body = desk.get(f"{DESK}/submissions/{comment.submission_id}/comments/1/").json()
        assert body["answer"] == {
            "id": answer.pk,
            "decision": "noted",
            "reason": "It makes the text clearer.",
            "language": "en",
            "resulting_clause": None,
            "published_at": utc(answer.published_at),
        }

    def test_refusals_are_in_the_language_of_the_request(self, submission: Submission, acting_for: Any) -> None:
        arabic = acting_for(factories.focal_point(submission.delegation), language="ar")
        agreed = {"consents_to_publication": True, "consents_to_attribution": True}
        response = arabic.post(f"{DESK}/submissions/{submission.pk}/submit/", agreed)
        assert response["Content-Language"] == "ar"
        with translation.override("ar"):
            [missing] = services.list_missing(submission)
            assert response.json()["errors"][0]["detail"] == str(missing.message)
