"""Opening sealed filings early: on the staff page and in the API, by two people, told to everybody the call is for."""

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from consultations import rules, services
from consultations.models import Call, EarlyOpening, Notice
from consultations.notices import write_letter
from declaration.errors import Refused
from tests import factories
from tests.staff.pages import words

pytestmark = pytest.mark.django_db

REASON = {"reason": "The session was moved.", "language": "en"}


@pytest.fixture
def sealed():
    """A sealed call in which something was filed, and the focal point of who filed."""
    call = factories.make_call(publication_rule="together_after_closing", title={"en": "Sealed round"})
    submission = factories.make_submission(call, general_comment="Zirconium is rare.")
    factories.file_submission(submission)
    return call


@pytest.fixture
def staff():
    return factories.make_staff(name="Vera")


def is_open(call):
    return Call.objects.get(pk=call.pk).opened_early_at is not None


class TestPage:
    def send(self, client, user, call, **values):
        client.force_login(user)
        return client.post(reverse("staff-call-open-early", args=[call.pk]), values)

    def test_one_asks_and_another_confirms(self, client, sealed, staff):
        assert self.send(client, staff, sealed, **REASON).status_code == 302
        assert not is_open(sealed)
        assert self.send(client, staff, sealed, act="confirm").status_code == 409
        assert not is_open(sealed)
        colleague = factories.make_staff(name="Ines")
        client.force_login(colleague)
        page = words(client.get(reverse("staff-call-open-early", args=[sealed.pk])))
        assert "The session was moved." in page
        assert "Vera" in page
        assert self.send(client, colleague, sealed, act="confirm").status_code == 302
        assert is_open(sealed)
        client.logout()
        public = words(client.get(reverse("call-detail", args=[sealed.pk])))
        assert all(said in public for said in ("The session was moved.", "Vera", "Ines"))

    def test_it_is_taken_back_and_asked_anew(self, client, sealed, staff):
        self.send(client, staff, sealed, **REASON)
        assert self.send(client, staff, sealed, **REASON).status_code == 409
        assert self.send(client, staff, sealed, act="take-back").status_code == 302
        assert not EarlyOpening.objects.exists()
        assert self.send(client, staff, sealed, act="confirm").status_code == 409
        assert self.send(client, staff, sealed, **REASON).status_code == 302

    def test_a_reason_is_asked_for(self, client, sealed, staff):
        assert self.send(client, staff, sealed, reason=" ", language="en").status_code in (400, 422)
        assert not EarlyOpening.objects.exists()

    def test_a_sealed_call_is_not_closed_and_the_page_leads_to_opening_it(self, client, sealed, staff):
        client.force_login(staff)
        url = reverse("staff-call-close", args=[sealed.pk])
        response = client.post(url)
        assert response.status_code == 409
        assert "Two members of staff open it early first" in words(response)
        assert reverse("staff-call-open-early", args=[sealed.pk]) in client.get(url).text


class TestApi:
    def post(self, user, call, act, **values):
        client = APIClient()
        client.force_authenticate(user)
        return client.post(f"/api/v1/staff/calls/{call.pk}/early-opening/{act}/", values)

    def test_one_asks_and_another_confirms(self, sealed, staff):
        asked = self.post(staff, sealed, "ask", **REASON)
        assert asked.status_code == 200, asked.content
        alone = self.post(staff, sealed, "confirm")
        assert (alone.status_code, alone.json()["errors"][0]["code"]) == (409, "early_opening_by_one")
        assert self.post(factories.make_staff(), sealed, "confirm").status_code == 200
        assert is_open(sealed)
        again = self.post(staff, sealed, "take-back")
        assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "early_opening_confirmed")

    def test_what_was_asked_is_taken_back(self, sealed, staff):
        self.post(staff, sealed, "ask", **REASON)
        assert self.post(factories.make_staff(), sealed, "take-back").status_code == 200
        assert self.post(staff, sealed, "confirm").json()["errors"][0]["code"] == "early_opening_not_asked"

    def test_only_what_is_sealed_is_opened(self, staff):
        refused = self.post(staff, factories.make_call(), "ask", **REASON)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "call_not_sealed")

    def test_closing_a_sealed_call_points_to_opening_it(self, sealed, staff):
        client = APIClient()
        client.force_authenticate(staff)
        refused = client.post(f"/api/v1/staff/calls/{sealed.pk}/close/")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "call_sealed")


class TestTelling:
    def told(self, kind):
        return Notice.objects.filter(kind=kind)

    def test_everybody_whom_the_call_is_for_is_told_that_it_was_opened(self, sealed, staff):
        factories.focal_point(other := factories.make_delegation())
        services.ask_early_opening(call=sealed, user=staff, **REASON)
        assert not self.told("call_opened_early").exists()
        services.confirm_early_opening(call=sealed, user=factories.make_staff())
        parties = {sealed.submissions.get().delegation_id, other.pk}
        assert set(self.told("call_opened_early").values_list("delegation", flat=True)) == parties
        letter = write_letter(self.told("call_opened_early").first(), at=timezone.now())
        assert letter.subject == "Opened early: Sealed round"
        assert "The session was moved." in letter.body

    def test_everybody_is_told_that_a_call_was_closed(self, sealed, staff):
        services.ask_early_opening(call=sealed, user=staff, **REASON)
        call = services.confirm_early_opening(call=sealed, user=factories.make_staff())
        services.close_call(call=call)
        letter = write_letter(self.told("call_closed").get(), at=timezone.now())
        assert letter.subject == "Closed early: Sealed round"
        assert "Closed:" in letter.body

    def test_focal_points_are_told_of_another_one(self, staff):
        delegation = factories.make_delegation()
        leader = factories.focal_point(delegation)
        invitation = services.joining.invite(
            delegation=delegation, user=staff, email="second@example.org", role="focal_point"
        )
        notice = self.told("focal_point").get()
        assert notice.user == leader
        assert "Vera invited second@example.org" in write_letter(notice, at=timezone.now()).body
        token = services.joining.make_link(invitation).rstrip("/").rpartition("/")[2]
        services.joining.accept_invitation(token=token, name="Sam", password="a long password, long")
        assert write_letter(Notice.objects.get(pk=notice.pk), at=timezone.now()) is None
        joined = self.told("focal_point").exclude(pk=notice.pk).get()
        assert joined.user == leader
        assert "Sam (second@example.org) is a focal point" in write_letter(joined, at=timezone.now()).body

    def test_staff_cannot_invite_a_colleague(self, staff):
        colleague = factories.make_staff()
        with pytest.raises(Refused, match="acts for no delegation"):
            services.joining.invite(
                delegation=factories.make_delegation(), user=staff, email=colleague.email, role="focal_point"
            )


@pytest.mark.parametrize(
    ("kinds", "may"), [([], True), (["ngo"], True), (["academic", "ngo"], True), (["academic"], False)]
)
def test_stakeholders_of_the_kinds_that_a_call_names_answer_it(kinds, may):
    ngo = factories.make_delegation(factories.make_stakeholder("rivers", kind="ngo"))
    call = factories.make_call(stakeholder_kinds=kinds, audience=["stakeholders"])
    assert rules.is_answerable_by(call, ngo) is may
    assert not rules.is_answerable_by(call, factories.make_delegation(factories.make_state("XAA")))
    invited = factories.make_call(stakeholder_kinds=[], audience=["invited"])
    assert not rules.is_answerable_by(invited, ngo)
    invited.invited.add(ngo)
    assert rules.is_answerable_by(Call.objects.get(pk=invited.pk), ngo)
