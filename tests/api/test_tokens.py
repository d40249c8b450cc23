"""Tokens, and who is asking."""

import datetime as dt
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from consultations.models import Membership
from tests import factories
from tests.api.problems import problem, problems

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/tokens/"


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """Attempts are counted in the cache."""
    cache.clear()


def ask(client: APIClient, **changes: Any) -> Any:
    """Ask for a token as a person who knows her password."""
    return client.post(ADDRESS, {"email": "ana@example.org", "password": factories.PASSWORD} | changes)


def test_token_is_made_and_only_its_digest_is_kept(anyone: APIClient) -> None:
    user = factories.make_user("ana@example.org")
    response = ask(anyone, email="Ana@Example.org")
    assert response.status_code == 201
    assert response["Cache-Control"] == "private, no-store"
    body = response.json()
    assert set(body) == {"token", "key", "expiry"}
    [row] = AuthToken.objects.filter(user=user)
    assert body["token"] not in {row.digest, row.token_key}
    assert body["key"] == row.token_key == body["token"][: len(row.token_key)]
    expiry = dt.datetime.fromisoformat(body["expiry"])
    assert abs(expiry - timezone.now() - dt.timedelta(days=90)) < dt.timedelta(minutes=1)
    me = anyone.get("/api/v1/me/", headers={"authorization": f"Token {body['token']}"})
    assert me.json()["email"] == "ana@example.org"


def test_token_lasts_as_long_as_was_asked(anyone: APIClient) -> None:
    factories.make_user("ana@example.org")
    expiry = dt.datetime.fromisoformat(ask(anyone, days=30).json()["expiry"])
    assert abs(expiry - timezone.now() - dt.timedelta(days=30)) < dt.timedelta(minutes=1)
    assert problems(ask(anyone, days=31)) == {("invalid_choice", "days")}


def test_wrong_address_wrong_password_and_closed_account_are_answered_alike(anyone: APIClient) -> None:
    factories.make_user("ana@example.org")
    factories.make_user("closed@example.org", is_active=False)
    answers = [
        ask(anyone, password="wrong"),
        ask(anyone, email="nobody@example.org"),
        ask(anyone, email="closed@example.org"),
    ]
    assert {response.status_code for response in answers} == {401}
    assert len({response.content for response in answers}) == 1
    assert problem(answers[0]) == (401, "credentials_wrong", None)
    assert not AuthToken.objects.exists()


def test_second_factor_is_asked_for_on_the_site(anyone: APIClient) -> None:
    user = factories.make_user("ana@example.org")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert problem(ask(anyone, password="wrong")) == (401, "credentials_wrong", None)
    assert problem(ask(anyone)) == (403, "second_factor_needed", None)
    assert not AuthToken.objects.exists()


def test_attempts_are_counted_whatever_the_client_says_of_its_address(anyone: APIClient) -> None:
    statuses = [
        anyone.post(
            ADDRESS,
            {"email": f"person{attempt}@example.org", "password": "wrong"},
            headers={"x-forwarded-for": f"10.0.0.{attempt}"},
        ).status_code
        for attempt in range(11)
    ]
    assert statuses == [401] * 10 + [429]


def test_attempts_on_one_account_are_limited_together_with_the_page(anyone: APIClient) -> None:
    factories.make_user("ana@example.org")
    for _ in range(5):
        assert ask(anyone, password="wrong").status_code == 401
    assert problem(ask(anyone)) == (429, "too_many_attempts", None)


def test_a_person_has_a_limited_number_of_tokens(anyone: APIClient, settings: Any) -> None:
    settings.REST_KNOX = settings.REST_KNOX | {"TOKEN_LIMIT_PER_USER": 1}
    factories.make_user("ana@example.org")
    assert ask(anyone).status_code == 201
    assert problem(ask(anyone)) == (400, "too_many_tokens", None)


def test_what_is_sent_is_checked(anyone: APIClient) -> None:
    assert problems(anyone.post(ADDRESS, {})) == {("required", "email"), ("required", "password")}
    assert problems(ask(anyone, email=["a"], password={"a": 1})) == {("invalid", "email"), ("invalid", "password")}
    assert problems(ask(anyone, email="a\0b")) == {("null_characters_not_allowed", "email")}
    assert problems(ask(anyone, name="laptop")) == {("unknown_field", "name")}


def test_revoked_token_is_of_no_use(acting_for: Any) -> None:
    client = acting_for(factories.make_user())
    assert client.delete("/api/v1/tokens/current/").status_code == 204
    assert problem(client.get("/api/v1/me/")) == (401, "authentication_failed", None)
    assert not AuthToken.objects.exists()


def test_who_is_signed_in_on_the_site_has_no_token_to_revoke(anyone: APIClient) -> None:
    anyone.force_login(factories.make_user())
    assert problem(anyone.delete("/api/v1/tokens/current/")) == (400, "no_token", None)


@pytest.mark.parametrize("header", ["Token", "Token a b", "Token wrong", "Token \xff\xfe", "Token " + "x" * 5000])
def test_bad_tokens(anyone: APIClient, header: str) -> None:
    response = anyone.get("/api/v1/me/", headers={"authorization": header})
    assert problem(response) == (401, "authentication_failed", None)
    assert response["WWW-Authenticate"] == "Token"


def test_expired_token_and_closed_account(anyone: APIClient) -> None:
    expired = AuthToken.objects.create(user=factories.make_user(), expiry=dt.timedelta(seconds=-1))[1]
    closed = AuthToken.objects.create(user=factories.make_user(is_active=False))[1]
    for token in (expired, closed):
        response = anyone.get("/api/v1/me/", headers={"authorization": f"Token {token}"})
        assert problem(response) == (401, "authentication_failed", None)


def test_public_reading_needs_no_good_token(anyone: APIClient) -> None:
    assert anyone.get("/api/v1/drafts/", headers={"authorization": "Token expired"}).status_code == 200


def test_me(acting_for: Any) -> None:
    delegation = factories.make_delegation(factories.make_state("XAA"))
    user = factories.make_member(
        delegation,
        Membership.Role.CONTRIBUTOR,
        email="ana@example.org",
        name="Ana",
        language="es",
        time_zone="Africa/Cairo",
    )
    inactive = factories.make_delegation(is_active=False)
    Membership.objects.create(user=user, delegation=inactive, role=Membership.Role.OBSERVER)
    assert acting_for(user).get("/api/v1/me/").json() == {
        "email": "ana@example.org",
        "name": "Ana",
        "language": "es",
        "time_zone": "Africa/Cairo",
        "is_staff": False,
        "memberships": [
            {
                "delegation": {
                    "kind": "state",
                    "key": "XAA",
                    "name": {"en": "State XAA", "ar": "دولة XAA"},
                    "is_invented": True,
                },
                "role": "contributor",
            }
        ],
    }
