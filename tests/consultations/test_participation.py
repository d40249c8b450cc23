"""Whoever nobody knows yet asks to take part; staff accept or decline, and give parties their delegations."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import Delegation, Invitation, Notice, ParticipationRequest
from consultations.services import joining, participation
from declaration.errors import Refused
from tests import factories
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

VALUES = {
    "organization": "Rivers Network",
    "kind": "ngo",
    "ecosoc_status": "special",
    "website": "https://rivers.example.org",
    "contact_name": "Ines Duarte",
    "email": "ines@example.org",
    "language": "fr",
    "statement": "We know rivers.",
}


def test_request_is_accepted_from_page_to_desk(client):
    factories.make_stakeholder("rivers-network")
    staff = factories.make_staff()
    assert client.post(reverse("participate"), VALUES).url == reverse("participate-sent")
    assert client.get(reverse("participate-sent")).status_code == 200
    asked = ParticipationRequest.objects.get()
    assert Notice.objects.get().user == staff
    client.force_login(staff)
    assert "Rivers Network" in client.get(reverse("staff-request-list")).content.decode()
    url = reverse("staff-request-detail", args=[asked.pk])
    assert "We know rivers." in client.get(url).content.decode()
    assert client.post(url, {"act": "accept"}).url == reverse("staff-request-list")
    asked.refresh_from_db()
    party = asked.delegation.stakeholder
    assert (asked.status, asked.decided_by, party.slug) == ("accepted", staff, f"rivers-network-{asked.pk}")
    assert (party.name, party.ecosoc_status) == ({"en": "Rivers Network", "fr": "Rivers Network"}, "special")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.language) == ("ines@example.org", "focal_point", "fr")
    assert client.post(url, {"act": "decline", "reason": "No."}).status_code == 409
    client.logout()
    client.post(joining.make_link(invitation), {"name": "Ines", "password": "a long password for rivers"})
    assert client.get(reverse("desk-people", args=[party.slug])).status_code == 200


def test_request_is_declined_with_a_reason_alone(client):
    asked = participation.ask_to_take_part(**VALUES)
    client.force_login(factories.make_staff())
    url = reverse("staff-request-detail", args=[asked.pk])
    assert client.post(url, {"act": "decline", "reason": " "}).status_code == 400
    client.post(url, {"act": "decline", "reason": "The seats are taken."})
    asked.refresh_from_db()
    assert (asked.status, asked.reason, asked.delegation) == ("declined", "The seats are taken.", None)
    with pytest.raises(IntegrityError, match="decided_with_reason"), transaction.atomic():
        ParticipationRequest.objects.update(reason="")


def test_staff_alone_decide():
    asked = participation.ask_to_take_part(**VALUES)
    for function, values in (
        (participation.accept_request, {}),
        (participation.decline_request, {"reason": "No."}),
    ):
        assert refusal(function, asked=asked, user=factories.make_user(), **values).code == "not_staff"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "un_entity"}, ""),
        ({"kind": "club"}, "kind"),
        ({"email": "nobody"}, "email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"organization": ""}, "organization"),
        ({"statement": "x" * 5_001}, "statement"),
        ({"statement": "\x00"}, "statement"),
    ],
)
def test_request_that_cannot_be_read_is_refused(change, field):
    with pytest.raises(Refused) as refused:
        participation.ask_to_take_part(**VALUES | change)
    assert refused.value.field == field
    assert not ParticipationRequest.objects.exists()


def test_requests_are_bounded_by_address_and_by_place(client):
    for _number in range(participation.MAX_WAITING):
        participation.ask_to_take_part(**VALUES)
    assert refusal(participation.ask_to_take_part, **VALUES).code == "too_many_requests"
    statuses = [
        client.post(reverse("participate"), VALUES | {"email": f"p{number}@example.org"}).status_code
        for number in range(21)
    ]
    assert statuses == [302] * 20 + [429]


@pytest.mark.parametrize("word", ["tokens", "submissions", "comments", "people"])
def test_key_that_would_hide_a_page_is_not_given(word):
    asked = participation.ask_to_take_part(**VALUES | {"organization": word.title()})
    asked = participation.accept_request(asked=asked, user=factories.make_staff())
    assert asked.delegation.key == f"{word}-{asked.pk}"


def test_staff_give_a_party_its_delegation_and_invite_its_focal_point(client):
    state = factories.make_state("XAB")
    client.force_login(factories.make_staff())
    response = client.post(reverse("staff-delegation-add"), {"party": f"state:{state.pk}"})
    delegation = Delegation.objects.get(state=state)
    assert response.url == reverse("staff-delegation-detail", args=[delegation.pk])
    values = {"email": "new@example.org", "role": "focal_point", "language": "en"}
    assert client.post(response.url, values).status_code == 302
    assert client.post(response.url, values | {"email": "b@example.org", "role": "observer"}).status_code == 422
    invitation = Invitation.objects.get()
    assert "new@example.org" in client.get(response.url).content.decode()
    client.post(reverse("staff-invitation", args=[invitation.pk]), {"act": "revoke"})
    assert Invitation.objects.get().revoked_at
    assert "XAB" in client.get(reverse("staff-delegation-list"), {"q": "xab"}).content.decode()
    assert "XAB" not in client.get(reverse("staff-delegation-list"), {"q": "nowhere"}).content.decode()


def test_lists_ask_the_database_as_often_for_three_as_for_one(client):
    client.force_login(factories.make_staff())
    counts = []
    for number in range(3):
        delegation = factories.make_delegation()
        factories.focal_point(delegation)
        participation.ask_to_take_part(**VALUES | {"email": f"p{number}@example.org"})
        with CaptureQueriesContext(connection) as queries:
            for name in ("staff-delegation-list", "staff-request-list"):
                assert client.get(reverse(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[2]
