"""How people come to act for a delegation, and leave it."""

import datetime as dt
import re

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations import services
from consultations.models import Delegation, Invitation, Membership, Notice, User
from consultations.services import joining
from tests import factories
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "a long password for rivers"


@pytest.fixture
def delegation():
    return factories.make_delegation()


@pytest.fixture
def leader(delegation):
    return factories.focal_point(delegation)


def invite(delegation, user, **values):
    return joining.invite(
        **{"delegation": delegation, "user": user, "email": "Mina@Example.org", "role": "contributor"} | values
    )


def token_of(invitation):
    return joining.make_link(invitation).rstrip("/").rpartition("/")[2]


class TestInviting:
    @pytest.mark.parametrize(
        ("who", "role", "expected"),
        [
            ("focal point", "focal_point", ""),
            ("focal point", "contributor", ""),
            ("focal point", "observer", ""),
            ("focal point", "chair", "choice_unknown"),
            ("contributor", "observer", "role_cannot_invite"),
            ("observer", "observer", "role_cannot_invite"),
            ("other", "observer", "not_your_delegation"),
            ("staff", "focal_point", ""),
            ("staff", "contributor", "role_not_yours_to_give"),
        ],
    )
    def test_who_may_invite_to_what(self, delegation, leader, who, role, expected):
        people = {
            "focal point": lambda: leader,
            "contributor": lambda: factories.make_member(delegation, "contributor"),
            "observer": lambda: factories.make_member(delegation, "observer"),
            "other": lambda: factories.make_member(factories.make_delegation()),
            "staff": factories.make_staff,
        }
        values = {"delegation": delegation, "user": people[who](), "role": role}
        if expected:
            assert refusal(invite, **values).code == expected
            assert not Invitation.objects.exists()
        else:
            assert invite(**values).email == "mina@example.org"
            assert Notice.objects.get(kind=Notice.Kind.INVITATION).email == "mina@example.org"

    def test_invitation_is_refused_for_those_who_need_none(self, delegation, leader):
        factories.make_staff("clerk@example.org")
        invite(delegation, leader, email="twice@example.org")
        refused = {
            "already_invited": "Twice@example.org",
            "already_member": leader.email,
            "staff_in_no_delegation": "clerk@example.org",
            "invalid": "no address",
            "blank": "",
        }
        for code, email in refused.items():
            assert refusal(invite, delegation=delegation, user=leader, email=email).code == code
        delegation.is_active = False
        delegation.save()
        staff = factories.make_staff()
        assert refusal(invite, delegation=delegation, user=staff, role="focal_point").code == "delegation_closed"

    def test_invitations_that_wait_are_bounded(self, delegation, leader, monkeypatch):
        monkeypatch.setattr(joining, "MAX_WAITING", 1)
        invite(delegation, leader)
        assert refusal(invite, delegation=delegation, user=leader, email="b@example.org").code == "too_many_invitations"

    def test_database_holds_one_waiting_invitation_of_an_address(self, delegation, leader):
        first = invite(delegation, leader)
        with pytest.raises(IntegrityError, match="one_pending"), transaction.atomic():
            Invitation.objects.create(
                delegation=delegation,
                email=first.email,
                role="observer",
                nonce="n",
                invited_by=leader,
                invited_at=timezone.now(),
                expires_at=timezone.now(),
            )
        with pytest.raises(IntegrityError, match="accepted_once"), transaction.atomic():
            Invitation.objects.update(accepted_at=timezone.now())


class TestLink:
    @pytest.mark.parametrize(
        ("what", "code"),
        [
            ("forged", "invitation_unreadable"),
            ("signed for something else", "invitation_unreadable"),
            ("cut off", "invitation_unreadable"),
            ("of no invitation", "invitation_unreadable"),
            ("expired", "invitation_expired"),
            ("used", "invitation_used"),
            ("taken back", "invitation_revoked"),
            ("sent again", "invitation_replaced"),
            ("of a closed delegation", "delegation_closed"),
        ],
    )
    def test_link_that_is_good_for_nothing_says_why(self, client, delegation, leader, what, code):
        invitation = invite(delegation, leader)
        link = token_of(invitation)
        if what == "forged":
            link = signing.dumps([invitation.pk, invitation.nonce], key="guessed", salt="consultations.invitation")
        elif what == "signed for something else":
            link = signing.dumps([invitation.pk, invitation.nonce], salt="another")
        elif what == "cut off":
            link = link[:-3]
        elif what == "of no invitation":
            link = signing.dumps([0, "x"], salt="consultations.invitation")
        elif what == "expired":
            Invitation.objects.update(expires_at=timezone.now())
        elif what == "used":
            joining.accept_invitation(token=link, name="Mina", password=NEW_PASSWORD)
        elif what == "taken back":
            joining.revoke_invitation(invitation=invitation, user=leader)
        elif what == "sent again":
            joining.send_invitation_again(invitation=invitation, user=leader)
        else:
            Delegation.objects.update(is_active=False)
        assert refusal(joining.accept_invitation, token=link, name="M", password=NEW_PASSWORD).code == code
        members = Membership.objects.count()
        for response in (
            client.get(reverse("invitation", args=[link])),
            client.post(reverse("invitation", args=[link]), {"name": "M", "password": NEW_PASSWORD}),
        ):
            assert response.status_code in {404, 409, 410}
            assert 'class="notice notice--error"' in response.content.decode()
        assert Membership.objects.count() == members

    def test_link_is_in_the_language_of_the_invitation_and_is_not_stored(self, delegation, leader):
        invitation = invite(delegation, leader, language="zh")
        link = joining.make_link(invitation)
        assert link.startswith("/zh-hans/invitations/")
        assert invitation.nonce not in re.sub(r"[^/]*/$", "", link)
        assert joining.read_link(token_of(invitation)) == invitation

    def test_new_person_accepts_and_is_signed_in(self, client, delegation, leader):
        invitation = invite(delegation, leader, name="Mina Okoye", language="fr", role="observer")
        page = client.get(joining.make_link(invitation))
        assert (page.status_code, page["Referrer-Policy"]) == (200, "no-referrer")
        assert "no-store" in page["Cache-Control"]
        assert not User.objects.filter(email="mina@example.org").exists()
        weak = client.post(joining.make_link(invitation), {"name": "Mina", "password": "password"})
        assert weak.status_code == 400
        response = client.post(joining.make_link(invitation), {"name": "Mina", "password": NEW_PASSWORD})
        assert response.url == f"/fr/desk/{delegation.key}/"
        person = User.objects.get(email="mina@example.org")
        assert (person.name, person.language, person.check_password(NEW_PASSWORD)) == ("Mina", "fr", True)
        assert delegation.memberships.get(user=person).role == "observer"
        assert client.get(response.url).status_code == 200

    def test_person_with_an_account_signs_in_first_and_nobody_else_takes_her_place(self, client, delegation, leader):
        person = factories.make_user("mina@example.org")
        link = joining.make_link(invite(delegation, leader))
        assert 'id="sign-in"' in client.get(link).content.decode()
        taken = client.post(link, {"name": "Not Mina", "password": NEW_PASSWORD})
        assert taken.status_code == 401
        client.force_login(factories.make_user("other@example.org"))
        assert 'id="accept"' not in client.get(link).content.decode()
        assert client.post(link).status_code == 403
        assert not Membership.objects.exclude(user=leader).exists()
        client.force_login(person)
        assert client.post(link).status_code == 302
        assert services.people.Membership.objects.get(user=person).delegation == delegation

    def test_one_of_the_staff_cannot_accept(self, delegation, leader):
        invitation = invite(delegation, leader)
        staff = factories.make_staff("mina@example.org")
        assert (
            refusal(joining.accept_invitation, token=token_of(invitation), user=staff).code == "staff_in_no_delegation"
        )


class TestPeople:
    def test_focal_point_changes_roles_and_removes(self, delegation, leader):
        member = Membership.objects.get(user=factories.make_member(delegation, "contributor"))
        joining.give_role(membership=member, role="observer", user=leader)
        member.refresh_from_db()
        assert member.role == "observer"
        joining.dismiss_member(membership=member, user=leader)
        assert list(delegation.memberships.values_list("user", flat=True)) == [leader.pk]

    @pytest.mark.parametrize("role", ["contributor", "observer", "other", "staff"])
    def test_nobody_else_does(self, delegation, leader, role):
        users = {"other": lambda: factories.make_member(factories.make_delegation()), "staff": factories.make_staff}
        user = users.get(role, lambda: factories.make_member(delegation, role))()
        own = delegation.memberships.get(user=leader)
        for function, values in (
            (joining.give_role, {"role": "observer"}),
            (joining.dismiss_member, {}),
            (joining.hand_over, {"to": own}),
        ):
            code = refusal(function, membership=own, user=user, **values).code
            assert code == ("role_cannot_invite" if role in {"contributor", "observer"} else "not_your_delegation")

    def test_handing_over_leaves_one_focal_point(self, delegation, leader):
        own = delegation.memberships.get(user=leader)
        to = Membership.objects.get(user=factories.make_member(delegation, "observer"))
        stranger = Membership.objects.get(user=factories.make_member(factories.make_delegation()))
        assert refusal(joining.hand_over, membership=own, to=stranger, user=leader).code == "member_unknown"
        assert refusal(joining.leave, membership=own, user=leader).code == "last_focal_point"
        joining.hand_over(membership=own, to=to, user=leader)
        roles = dict(delegation.memberships.values_list("user", "role"))
        assert roles == {leader.pk: "contributor", to.user_id: "focal_point"}
        own.refresh_from_db()
        joining.leave(membership=own, user=leader)
        assert delegation.memberships.count() == 1

    def test_removed_member_with_an_open_page_writes_nothing_more(self, client, delegation, leader):
        writer = factories.make_member(delegation, "contributor")
        submission = factories.make_submission(delegation=delegation)
        client.force_login(writer)
        url = reverse("desk-comment-add", args=[submission.pk])
        assert client.get(url).status_code == 200
        joining.dismiss_member(membership=delegation.memberships.get(user=writer), user=leader)
        assert client.post(url, {"target": "whole_text", "rationale": "Words."}).status_code == 404
        assert not submission.comments.exists()

    def test_pages_do_what_they_offer(self, client, delegation, leader):
        client.force_login(leader)
        people = reverse("desk-people", args=[delegation.key])
        values = {"email": "new@example.org", "name": "", "role": "observer", "language": "en"}
        assert client.post(people, values).url == people
        invitation = Invitation.objects.get()
        assert "new@example.org" in client.get(people).content.decode()
        act = reverse("desk-invitation", args=[delegation.key, invitation.pk])
        client.post(act, {"act": "again"})
        assert Invitation.objects.get().nonce != invitation.nonce
        client.post(act, {"act": "revoke"})
        assert Invitation.objects.get().revoked_at
        member = Membership.objects.get(user=factories.make_member(delegation, "observer"))
        page = reverse("desk-member", args=[delegation.key, member.pk])
        assert client.get(page).status_code == 200
        assert client.post(page, {"act": "role", "role": "contributor"}).url == people
        assert client.post(page, {"act": "hand_over"}).url == people
        member.refresh_from_db()
        assert member.role == "focal_point"
        assert client.get(page).status_code == 403
        assert client.post(people, values).status_code == 403
        assert client.post(reverse("desk-leave", args=[delegation.key])).url == reverse("desk")


def test_the_link_lasts_fourteen_days(delegation, leader):
    at = timezone.now()
    invitation = invite(delegation, leader, at=at)
    assert invitation.expires_at - at == dt.timedelta(days=14)
