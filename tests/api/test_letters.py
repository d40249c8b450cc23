"""Letters, versions and invitations through the API."""

from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from consultations import services
from consultations.models import Call, Delegation, Invitation, Submission
from consultations.services import joining
from tests import factories
from tests.api.problems import problem
from tests.work import questions

pytestmark = pytest.mark.django_db

STAFF, DESK = "/api/v1/staff", "/api/v1/desk"


@pytest.fixture
def staff(acting_for: Any) -> APIClient:
    """A client of one of the staff."""
    return acting_for(factories.make_staff())


@pytest.fixture
def call() -> Call:
    """An open call."""
    return factories.make_call()


def start(staff: APIClient, call: Call, delegation: Delegation) -> dict[str, Any]:
    """Begin to enter a letter."""
    sent = {"call": call.pk, "delegation": delegation.key, "received_on": timezone.localdate().isoformat()}
    response = staff.post(f"{STAFF}/letters/", sent)
    assert response.status_code == 201
    return response.json()


def file(staff: APIClient, letter: dict[str, Any], reason: str = "Their reason.") -> dict[str, Any]:
    """Write a comment into a letter and file it."""
    address = f"{STAFF}/letters/{letter['id']}/"
    assert staff.post(f"{address}comments/", {"clause": "art_2", "rationale": reason}).status_code == 201
    response = staff.post(f"{address}file/")
    assert response.status_code == 200
    return response.json()


class TestLetters:
    def test_entered_described_commented_on_and_filed(
        self, staff: APIClient, call: Call, delegation: Delegation
    ) -> None:
        letter = start(staff, call, delegation)
        address = f"{STAFF}/letters/{letter['id']}/"
        assert (letter["status"], letter["source"], letter["consents_to_publication"]) == ("draft", "letter", False)
        again = {"call": call.pk, "delegation": "XAA", "received_on": letter["received_on"]}
        assert staff.post(f"{STAFF}/letters/", again).status_code == 200
        said = {"revision": letter["revision"], "general_comment": "As they wrote.", "consents_to_publication": True}
        assert staff.patch(address, said).json()["general_comment"] == "As they wrote."
        comment = staff.post(f"{address}comments/", {"clause": "art_2", "rationale": "Their reson."}).json()
        assert comment["url"].endswith(f"/staff/letters/{letter['id']}/comments/1/")
        changed = {"clause": "art_2", "rationale": "Their reason.", "revision": comment["revision"]}
        assert staff.put(comment["url"], changed).json()["rationale"] == "Their reason."
        assert problem(staff.put(comment["url"], changed))[:2] == (409, "changed_meanwhile")
        assert [each["number"] for each in staff.get(f"{address}comments/").json()["results"]] == [1]
        filed = staff.post(f"{address}file/").json()
        assert (filed["status"], filed["consents_to_publication"]) == ("submitted", True)
        receipt = staff.get(f"{address}receipt/").json()
        assert receipt["number"] == Submission.objects.get(pk=letter["id"]).receipt.number
        assert staff.get(f"{address}receipt/pdf/")["Content-Type"] == "application/pdf"
        assert problem(staff.put(comment["url"], changed | {"revision": 2})) == (409, "submission_filed", None)

    def test_a_language_that_the_call_does_not_list_is_refused(
        self, staff: APIClient, call: Call, delegation: Delegation
    ) -> None:
        Call.objects.filter(pk=call.pk).update(languages=["en"])
        letter = start(staff, call, delegation)
        address = f"{STAFF}/letters/{letter['id']}/"
        sent = {"clause": "art_2", "rationale": "A.", "language": "ar"}
        assert problem(staff.post(f"{address}comments/", sent)) == (400, "language_not_taken", "language")
        sent = {"revision": letter["revision"], "language": "ar"}
        assert problem(staff.patch(address, sent)) == (400, "language_not_taken", "language")

    def test_corrected_and_withdrawn(self, staff: APIClient, call: Call, delegation: Delegation) -> None:
        filed = file(staff, start(staff, call, delegation), "Their reson.")
        copy = staff.post(f"{STAFF}/letters/{filed['id']}/correct/").json()
        address = f"{STAFF}/letters/{copy['id']}/"
        [comment] = staff.get(f"{address}comments/").json()["results"]
        staff.put(comment["url"], {"clause": "art_2", "rationale": "Their reason.", "revision": comment["revision"]})
        corrected = staff.post(f"{address}file/").json()
        assert (corrected["status"], corrected["supersedes"]) == ("submitted", filed["id"])
        assert problem(staff.post(f"{STAFF}/letters/{filed['id']}/withdraw/", {"reason": "No."}))[:2] == (
            409,
            "submission_not_standing",
        )
        assert problem(staff.post(f"{address}withdraw/", {"reason": " "})) == (400, "reason_missing", "reason")
        withdrawn = staff.post(f"{address}withdraw/", {"reason": "It was another's."}).json()
        assert (withdrawn["status"], withdrawn["withdrawal_reason"]) == ("withdrawn", "It was another's.")

    def test_nothing_of_a_sealed_call(self, staff: APIClient, call: Call, delegation: Delegation) -> None:
        letter = start(staff, call, delegation)
        Call.objects.filter(pk=call.pk).update(publication_rule="together_after_closing")
        assert staff.get(f"{STAFF}/letters/").json()["results"] == []
        for address in ("", "comments/", "receipt/"):
            assert staff.get(f"{STAFF}/letters/{letter['id']}/{address}").status_code == 404

    def test_what_a_delegation_filed_itself_is_no_letter(self, staff: APIClient) -> None:
        filed = factories.make_filed_comment().submission
        for address in ("", "receipt/"):
            assert staff.get(f"{STAFF}/letters/{filed.pk}/{address}").status_code == 404
        assert staff.post(f"{STAFF}/letters/{filed.pk}/withdraw/", {"reason": "No."}).status_code == 404

    def test_questions_are_as_many_for_three_as_for_one(self, staff: APIClient, call: Call) -> None:
        counts = {}
        for number in range(1, 4):
            start(staff, call, factories.make_delegation())
            counts[number] = questions(lambda: staff.get(f"{STAFF}/letters/"))
        assert counts[1] == counts[3]


class TestVersions:
    def test_what_changed_is_told_to_the_delegation_and_to_staff(
        self, staff: APIClient, desk: APIClient, delegation: Delegation
    ) -> None:
        first = factories.make_filed_comment(delegation=delegation, rationale="It goes too far.").submission
        user = factories.focal_point(delegation)
        second = services.start_submission(call=first.call, delegation=delegation, user=user)
        factories.make_comment(second, rationale="One more.")
        second.refresh_from_db()
        factories.file_submission(second)
        address = f"{DESK}/delegations/XAA/calls/{first.call_id}/versions/"
        newest, oldest = desk.get(address).json()["results"]
        assert (newest["number"], newest["before"], newest["status"]) == (2, first.pk, "submitted")
        assert newest["counts"] == {"added": 1, "dropped": 0, "changed": 0}
        [change] = newest["comments"]
        assert (change["kind"], change["number"]) == ("added", 2)
        assert [each["after"] for each in change["changes"] if each["field"] == "Reasons"] == ["One more."]
        assert (oldest["status"], oldest["superseded_at"]) == ("superseded", newest["submitted_at"])
        same = staff.get(f"{STAFF}/calls/{first.call_id}/delegations/{delegation.pk}/versions/").json()
        assert same["results"] == [newest, oldest]
        Call.objects.filter(pk=first.call_id).update(publication_rule="together_after_closing")
        sealed = staff.get(f"{STAFF}/calls/{first.call_id}/delegations/{delegation.pk}/versions/").json()
        assert (sealed["count"], sealed["results"]) == (0, [])
        assert len(desk.get(address).json()["results"]) == 2

    def test_questions_are_as_many_for_three_as_for_two(self, desk: APIClient, delegation: Delegation) -> None:
        filing, counts = factories.make_filed_comment(delegation=delegation).submission, {}
        address = f"{DESK}/delegations/XAA/calls/{filing.call_id}/versions/"
        for number in range(2, 4):
            user = factories.focal_point(delegation)
            again = services.start_submission(call=filing.call, delegation=delegation, user=user)
            factories.make_comment(again, rationale=f"Reason {number}.")
            again.refresh_from_db()
            factories.file_submission(again)
            counts[number] = questions(lambda: desk.get(address))
        assert counts[2] == counts[3]


class TestInvitations:
    @pytest.fixture
    def invitation(self, desk: APIClient, delegation: Delegation) -> Invitation:
        """An invitation that waits."""
        user = factories.focal_point(delegation)
        return joining.invite(delegation=delegation, user=user, email="nora@example.org", role="observer")

    def test_listed_sent_again_and_taken_back(self, desk: APIClient, invitation: Invitation) -> None:
        address = f"{DESK}/delegations/XAA/invitations/"
        [row] = desk.get(address).json()["results"]
        assert (row["id"], row["email"]) == (invitation.pk, "nora@example.org")
        assert "nonce" not in row
        before = invitation.nonce
        assert desk.post(f"{address}{row['id']}/send_again/").status_code == 200
        invitation.refresh_from_db()
        assert invitation.nonce != before
        assert desk.delete(f"{address}{row['id']}/").status_code == 204
        assert desk.get(address).json()["results"] == []
        assert problem(desk.delete(f"{address}{row['id']}/")) == (409, "invitation_settled", None)
        assert problem(desk.post(f"{address}{row['id']}/send_again/")) == (409, "invitation_settled", None)

    def test_only_focal_points_see_who_was_invited(
        self, acting_for: Any, delegation: Delegation, invitation: Invitation
    ) -> None:
        contributor = acting_for(factories.make_member(delegation, "contributor"))
        address = f"{DESK}/delegations/XAA/invitations/"
        assert problem(contributor.get(address)) == (403, "role_cannot_invite", None)
        assert problem(contributor.delete(f"{address}{invitation.pk}/")) == (403, "role_cannot_invite", None)
        other = acting_for(factories.focal_point(factories.make_delegation()))
        assert other.delete(f"{address}{invitation.pk}/").status_code == 404

    def test_staff_make_delegations_and_arrange_focal_points(self, staff: APIClient, invitation: Invitation) -> None:
        state = factories.make_state()
        made = staff.post(f"{STAFF}/delegations/", {"kind": "state", "key": state.alpha3})
        assert made.status_code == 201
        assert (made.json()["party"]["key"], made.json()["focal_points"]) == (state.alpha3, [])
        again = staff.post(f"{STAFF}/delegations/", {"kind": "state", "key": state.alpha3})
        assert problem(again)[:2] == (409, "delegation_exists")
        unknown = staff.post(f"{STAFF}/delegations/", {"kind": "group", "key": "nobody"})
        assert problem(unknown) == (400, "party_unknown", "key")
        address = f"{STAFF}/delegations/{made.json()['id']}/invitations/"
        invited = staff.post(address, {"email": "lead@example.org", "role": "focal_point"}).json()
        assert [each["id"] for each in staff.get(address).json()["results"]] == [invited["id"]]
        assert staff.post(f"{STAFF}/invitations/{invited['id']}/send_again/").status_code == 200
        assert staff.delete(f"{STAFF}/invitations/{invited['id']}/").status_code == 204
        # Whom a focal point invites to other roles is not theirs to see.
        assert staff.delete(f"{STAFF}/invitations/{invitation.pk}/").status_code == 404

    def test_questions_about_delegations_are_as_many_for_three_as_for_one(self, staff: APIClient) -> None:
        counts = {}
        for number in range(1, 4):
            factories.make_member(factories.make_delegation())
            counts[number] = questions(lambda: staff.get(f"{STAFF}/delegations/"))
        assert counts[1] == counts[3]
