"""What happens to accounts, delegations and staff: what the services do, and what they refuse."""

import io

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission
from django.core.management import call_command

from consultations.models import Delegation, Membership, User
from consultations.services import (
    add_member,
    add_to_staff,
    change_role,
    create_delegation,
    create_user,
    ensure_staff_group,
    remove_member,
)
from declaration.errors import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def refused(service, **arguments):
    """Return (code, field) of a refusal."""
    with pytest.raises(Refused) as info:
        service(**arguments)
    return info.value.code, info.value.field


def test_an_account_is_known_by_its_address_in_small_letters():
    user = create_user(email=" Amina@Example.ORG ", name=" Amina ", language="ar", time_zone="Africa/Cairo")
    assert (user.email, user.name, user.language, user.time_zone) == (
        "amina@example.org",
        "Amina",
        "ar",
        "Africa/Cairo",
    )
    assert not user.has_usable_password()
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert create_user(email="b@example.org", password="a rather long one").check_password("a rather long one")
    assert create_user(email="c@example.org", is_administrator=True).is_superuser


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"email": "nobody"}, ("invalid", "email")),
        ({"email": ""}, ("blank", "email")),
        ({"email": "TAKEN@example.org"}, ("email_taken", "email")),
        ({"language": "de"}, ("invalid_choice", "language")),
        ({"time_zone": "Mars/Olympus"}, ("time_zone_unknown", "time_zone")),
        ({"time_zone": "Europe"}, ("time_zone_unknown", "time_zone")),
        ({"name": "n" * 151}, ("max_length", "name")),
        ({"password": "short"}, ("password_weak", "password")),
        ({"password": "person@example.org"}, ("password_weak", "password")),
    ],
)
def test_an_account_that_cannot_be_is_refused(fields, expected):
    create_user(email="taken@example.org")
    assert refused(create_user, **{"email": "person@example.org", **fields}) == expected
    assert User.objects.count() == 1


@pytest.mark.parametrize("make", [factories.make_state, factories.make_stakeholder, factories.make_group])
def test_a_party_has_one_delegation(make):
    party = make()
    assert create_delegation(party=party).party == party
    assert refused(create_delegation, party=party) == ("delegation_exists", "party")
    assert Delegation.objects.count() == 1


def test_a_person_has_one_role_in_a_delegation():
    delegation, user = factories.make_delegation(), factories.make_user()
    membership = add_member(delegation=delegation, user=user, role="observer")
    assert refused(add_member, delegation=delegation, user=user, role="focal_point") == ("already_member", "user")
    assert refused(add_member, delegation=delegation, user=user, role="head") == ("choice_unknown", "role")
    assert change_role(membership=membership, role="contributor").role == "contributor"
    assert refused(change_role, membership=membership, role="head") == ("choice_unknown", "role")
    remove_member(membership=membership)
    assert not delegation.memberships.exists()


def test_a_delegation_keeps_a_focal_point():
    delegation = factories.make_delegation()
    first = add_member(delegation=delegation, user=factories.make_user(), role="focal_point")
    add_member(delegation=delegation, user=factories.make_user(), role="contributor")
    assert refused(remove_member, membership=first) == ("last_focal_point", "role")
    assert refused(change_role, membership=first, role="observer") == ("last_focal_point", "role")
    assert change_role(membership=first, role="focal_point").role == "focal_point"
    second = add_member(delegation=delegation, user=factories.make_user(), role="focal_point")
    remove_member(membership=first)
    assert refused(change_role, membership=second, role="contributor") == ("last_focal_point", "role")
    assert Membership.objects.filter(delegation=delegation, role="focal_point").count() == 1


def test_a_delegation_that_is_no_longer_active_may_lose_its_people():
    delegation = factories.make_delegation(is_active=False)
    membership = add_member(delegation=delegation, user=factories.make_user(), role="focal_point")
    remove_member(membership=membership)
    assert not delegation.memberships.exists()


def test_staff_curate_the_record_and_only_read_what_was_filed():
    user = add_to_staff(user=factories.make_user())
    user = User.objects.get(pk=user.pk)
    assert user.is_staff
    for permission in (
        "declaration.add_resolution",
        "declaration.delete_state",
        "declaration.change_draft",
        "activities.change_activity",
        "consultations.add_call",
        "consultations.delete_membership",
        "consultations.view_submission",
        "consultations.view_disposition",
    ):
        assert user.has_perm(permission), permission
    for permission in (
        "consultations.change_submission",
        "consultations.delete_comment",
        "consultations.add_disposition",
        "consultations.delete_user",
        "auth.change_group",
        "pghistory.change_context",
        "declaration.change_resolutionevent",
        "sessions.view_session",
    ):
        assert not user.has_perm(permission), permission


def test_the_staff_group_is_brought_back_to_what_it_should_be():
    group = ensure_staff_group()
    should = set(group.permissions.values_list("pk", flat=True))
    group.permissions.set(Permission.objects.filter(codename="delete_user"))
    out = io.StringIO()
    call_command("setup_roles", stdout=out)
    assert set(group.permissions.values_list("pk", flat=True)) == should
    assert out.getvalue().startswith(f"The group “Secretariat” has {len(should)} permissions.")


@pytest.mark.parametrize("of", ["is_staff", "is_superuser"])
def test_staff_cannot_become_a_colleague_or_an_administrator(of, rf):
    person = add_to_staff(user=factories.make_user())
    request = rf.get("/")
    request.user = User.objects.get(pk=person.pk)
    admin = site.get_model_admin(User)
    assert admin.has_change_permission(request, factories.make_user())
    assert not admin.has_change_permission(request, factories.make_user(**{of: True}))
    assert {"is_staff", "is_superuser", "groups", "user_permissions"} <= {*admin.get_readonly_fields(request)}
    request.user = factories.make_user(is_staff=True, is_superuser=True)
    assert admin.has_change_permission(request, factories.make_user(**{of: True}))
    assert list(admin.get_readonly_fields(request)) == []
