"""A delegation's own work through the API, from the first draft to the filing; and what is refused on the way."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from consultations.models import Call, Delegation, Submission
from tests import factories
from tests.api.problems import problem, problems
from tests.api.record import party_of, utc

pytestmark = pytest.mark.django_db

DESK = "/api/v1/desk"
AGREED = {"consents_to_publication": True, "consents_to_attribution": True}
"""What is said with every filing."""
HOST = f"http://testserver{DESK}"


def submission_as_read(submission: Submission, **changes: Any) -> dict[str, Any]:
    """How a submission reads to its own people."""
    return {
        "url": f"{HOST}/submissions/{submission.pk}/",
        "id": submission.pk,
        "call": {"id": submission.call_id, "title": dict(submission.call.title)},
        "draft": submission.call.draft.ordinal,
        "delegation": party_of(submission.delegation),
        "status": "draft",
        "on_behalf_of": None,
        "group_members": [],
        "language": "en",
        "general_comment": "",
        "attachments": [],
        "consents_to_attribution": True,
        "consents_to_publication": True,
        "comment_count": 0,
        "is_late": False,
        "source": "page",
        "received_on": None,
        "created_at": utc(submission.created_at),
        "submitted_at": None,
        "submitted_by": None,
        "supersedes": None,
        "revision": 1,
    } | changes


class TestDelegationsAndCalls:
    def test_own_delegations(self, desk: APIClient, delegation: Delegation) -> None:
        factories.make_delegation()
        assert desk.get(f"{DESK}/delegations/").json()["results"] == [
            {"delegation": party_of(delegation), "role": "focal_point"}
        ]

    def test_calls_that_take_submissions_from_them(self, desk: APIClient, delegation: Delegation) -> None:
        now = timezone.now()
        draft = factories.make_draft()
        opened = factories.make_call(draft)
        invited = factories.make_call(draft, audience=["invited"])
        invited.invited.add(delegation)
        late = factories.make_call(draft, closes_at=now - dt.timedelta(hours=1), takes_late=True)
        factories.make_call(draft, closes_at=now - dt.timedelta(hours=1))
        factories.make_call(draft, opens_at=now + dt.timedelta(hours=1))
        factories.make_call(draft, audience=["groups"])
        factories.make_call(draft, opened=False)
        factories.make_call(draft, audience=["invited"]).invited.add(factories.make_delegation())
        filed = factories.make_filed_comment(opened, delegation).submission
        again = factories.make_submission(opened, delegation)
        results = desk.get(f"{DESK}/calls/").json()["results"]
        party = party_of(delegation)
        assert {each["id"]: each["own"] for each in results} == {
            opened.pk: [{"delegation": party, "in_writing": again.pk, "submitted": filed.pk}],
            invited.pk: [{"delegation": party, "in_writing": None, "submitted": None}],
            late.pk: [{"delegation": party, "in_writing": None, "submitted": None}],
        }

    def test_calls_of_who_acts_for_nobody(self, acting_for: Any) -> None:
        factories.make_call()
        assert acting_for(factories.make_user()).get(f"{DESK}/calls/").json()["results"] == []


class TestSubmission:
    def test_begun(self, desk: APIClient, delegation: Delegation) -> None:
        call = factories.make_call()
        response = desk.post(f"{DESK}/submissions/", {"call": call.pk, "delegation": "XAA", "language": "ar"})
        assert response.status_code == 201
        submission = Submission.objects.get(call=call)
        assert response.json() == submission_as_read(submission, language="ar", source="api")
        again = desk.post(f"{DESK}/submissions/", {"call": call.pk, "delegation": "XAA"})
        assert (again.status_code, again.json()) == (200, response.json())

    def test_begun_from_what_stands(self, desk: APIClient, delegation: Delegation) -> None:
        standing = factories.make_filed_comment(delegation=delegation).submission
        response = desk.post(f"{DESK}/submissions/", {"call": standing.call_id, "delegation": "XAA"})
        assert response.status_code == 201
        assert response.json()["comment_count"] == 1

    @pytest.mark.parametrize(
        ("sent", "expected"),
        [
            ({}, {("required", "call"), ("required", "delegation")}),
            ({"call": "x", "delegation": None}, {("invalid", "call"), ("null", "delegation")}),
            ({"call": 0, "delegation": []}, {("min_value", "call"), ("invalid", "delegation")}),
            ({"call": 10**30, "delegation": "XAA"}, {("call_unknown", "call")}),
            ({"call": 1, "delegation": "XAA", "language": "xx"}, {("invalid_choice", "language")}),
            ({"call": 1, "delegation": "XAA", "source": "letter"}, {("unknown_field", "source")}),
        ],
    )
    def test_not_begun(self, desk: APIClient, sent: dict[str, Any], expected: set[tuple[str, str]]) -> None:
        assert problems(desk.post(f"{DESK}/submissions/", sent)) == expected

    def test_not_begun_for_others_and_where_no_call_is(self, desk: APIClient) -> None:
        factories.make_delegation(factories.make_state("XAB"))
        call = factories.make_call()
        preparing = factories.make_call(call.draft, opened=False)

        def begin(call: Call, key: str) -> tuple[int, str, str | None]:
            return problem(desk.post(f"{DESK}/submissions/", {"call": call.pk, "delegation": key}))

        assert begin(call, "XAB") == begin(call, "XAZ") == (404, "not_your_delegation", "delegation")
        assert begin(preparing, "XAA") == (400, "call_unknown", "call")
        groups = factories.make_call(call.draft, audience=["groups"])
        assert begin(groups, "XAA") == (403, "not_in_audience", None)
        closed = factories.make_call(call.draft, closes_at=timezone.now() - dt.timedelta(minutes=1))
        assert begin(closed, "XAA") == (400, "call_closed", None)
        arabic = factories.make_call(call.draft, languages=["ar"])
        response = desk.post(f"{DESK}/submissions/", {"call": arabic.pk, "delegation": "XAA", "language": "en"})
        assert problem(response) == (400, "language_not_taken", "language")
        assert not Submission.objects.exists()

    def test_read(self, desk: APIClient, submission: Submission) -> None:
        factories.make_submission(submission.call)
        expected = submission_as_read(submission)
        assert desk.get(f"{DESK}/submissions/{submission.pk}/").json() == expected
        assert desk.get(f"{DESK}/submissions/").json()["results"] == [expected]
        assert desk.get(f"{DESK}/submissions/?status=submitted").json()["results"] == []

    def test_changed(self, desk: APIClient, submission: Submission) -> None:
        address = f"{DESK}/submissions/{submission.pk}/"
        response = desk.patch(
            address, {"revision": 1, "general_comment": "We agree.", "consents_to_attribution": False}
        )
        expected = submission_as_read(
            submission, general_comment="We agree.", consents_to_attribution=False, revision=2
        )
        assert (response.status_code, response.json()) == (200, expected)

    def test_change_on_an_older_revision_is_refused_with_what_stands(
        self, desk: APIClient, submission: Submission
    ) -> None:
        address = f"{DESK}/submissions/{submission.pk}/"
        first = desk.patch(address, {"revision": 1, "general_comment": "First."}).json()
        response = desk.patch(address, {"revision": 1, "general_comment": "Second."})
        assert problem(response) == (409, "changed_meanwhile", None)
        assert response.json()["current"] == first
        assert problems(desk.patch(address, {"general_comment": "Third."})) == {("required", "revision")}

    def test_missing(self, desk: APIClient, submission: Submission) -> None:
        address = f"{DESK}/submissions/{submission.pk}/missing/"
        message = "Write at least one comment, or a general comment."
        assert desk.get(address).json() == [{"code": "nothing_said", "message": message, "can_be_settled": False}]
        factories.make_comment(submission)
        assert desk.get(address).json() == []

    def test_cleared_sent_back_submitted_withdrawn(self, desk: APIClient, submission: Submission) -> None:
        factories.make_comment(submission)
        address = f"{DESK}/submissions/{submission.pk}"
        assert desk.post(f"{address}/clear/").json()["status"] == "cleared"
        assert desk.post(f"{address}/return/").json()["status"] == "draft"
        filed = desk.post(f"{address}/submit/", AGREED)
        submission.refresh_from_db()
        assert filed.json() == submission_as_read(
            submission,
            status="submitted",
            comment_count=1,
            submitted_at=utc(submission.submitted_at),
            submitted_by="Ana",
            revision=5,
        )
        assert desk.post(f"{address}/withdraw/").json()["status"] == "withdrawn"
        assert problem(desk.post(f"{address}/withdraw/")) == (409, "submission_not_standing", None)

    def test_submitted_twice_is_filed_once(self, desk: APIClient, submission: Submission) -> None:
        factories.make_comment(submission)
        address = f"{DESK}/submissions/{submission.pk}/submit/"
        assert desk.post(address, AGREED).status_code == 200
        assert problem(desk.post(address, AGREED)) == (409, "submission_filed", None)
        assert Submission.objects.filter(status="submitted").count() == 1

    def test_submitted_as_it_was_read(self, desk: APIClient, submission: Submission) -> None:
        factories.make_comment(submission)
        address = f"{DESK}/submissions/{submission.pk}/submit/"
        response = desk.post(address, AGREED | {"revision": 1})
        assert problem(response) == (409, "changed_meanwhile", None)
        assert response.json()["current"] == submission_as_read(submission, comment_count=1, revision=2)
        assert desk.post(address, AGREED | {"revision": 2}).status_code == 200

    def test_empty_and_late_submissions_are_refused(self, desk: APIClient, submission: Submission) -> None:
        address = f"{DESK}/submissions/{submission.pk}/submit/"
        assert problem(desk.post(address, AGREED)) == (400, "nothing_said", None)
        factories.make_comment(submission)
        Call.objects.filter(pk=submission.call_id).update(closes_at=timezone.now() - dt.timedelta(seconds=1))
        assert problem(desk.post(address, AGREED)) == (400, "call_closed", None)
        submission.refresh_from_db()
        assert submission.status == "draft"

    def test_consents_are_said_when_one_files_and_kept_with_it(self, desk: APIClient, submission: Submission) -> None:
        factories.make_comment(submission)
        address = f"{DESK}/submissions/{submission.pk}/submit/"
        for sent in ({}, {"consents_to_publication": True}, {"consents_to_attribution": True}):
            refused = desk.post(address, sent)
            assert refused.status_code == 400
            said = {each["attr"] for each in refused.json()["errors"]}
            assert said == {"consents_to_publication", "consents_to_attribution"} - set(sent)
            assert "true or false" in refused.json()["errors"][0]["detail"]
        submission.refresh_from_db()
        assert submission.status == "draft"
        filed = desk.post(address, {"consents_to_publication": True, "consents_to_attribution": False}).json()
        assert (filed["consents_to_publication"], filed["consents_to_attribution"]) == (True, False)
        submission.refresh_from_db()
        assert (submission.consents_to_publication, submission.consents_to_attribution) == (True, False)
        assert '"consents_to_attribution":false' in submission.receipt.content

    def test_thrown_away_before_it_is_filed(self, desk: APIClient, submission: Submission) -> None:
        address = f"{DESK}/submissions/{submission.pk}/"
        assert desk.delete(address).status_code == 204
        assert problem(desk.get(address)) == (404, "not_found", None)

    def test_kept_once_it_is_filed(self, desk: APIClient, delegation: Delegation) -> None:
        filed = factories.make_filed_comment(delegation=delegation).submission
        assert problem(desk.delete(f"{DESK}/submissions/{filed.pk}/")) == (409, "submission_filed", None)
        change = desk.patch(f"{DESK}/submissions/{filed.pk}/", {"revision": 1, "general_comment": "Late."})
        assert problem(change) == (409, "submission_filed", None)

    def test_audit_trail_knows_who_wrote_through_the_api(self, desk: APIClient, submission: Submission) -> None:
        desk.patch(f"{DESK}/submissions/{submission.pk}/", {"revision": 1, "general_comment": "We agree."})
        event = submission.events.get(general_comment="We agree.")  # type: ignore[attr-defined]
        assert event.pgh_context.metadata["user"] == factories.focal_point(submission.delegation).pk
        assert event.pgh_context.metadata["url"] == f"{DESK}/submissions/{submission.pk}/"
