"""A person's API tokens."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.models import AuthToken

from tests import factories
from tests.desk.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = factories.make_user()
    client.force_login(person)
    return person


def make(client, days=90):
    return client.post(reverse("desk-tokens"), {"days": days})


def test_token_is_shown_once_and_lets_a_program_in(client, person):
    response = make(client)
    secret = response.context["secret"]
    assert secret in words(response)
    assert secret not in words(client.get(reverse("desk-tokens")))
    user, token = TokenAuthentication().authenticate_credentials(secret.encode())
    assert user == person
    assert token.token_key in words(client.get(reverse("desk-tokens")))
    assert token.expiry - timezone.now() > dt.timedelta(days=89)


def test_staff_have_them_too(client):
    client.force_login(factories.make_staff())
    assert make(client).status_code == 200
    assert AuthToken.objects.count() == 1


def test_revoked_token_is_useless(client, person):
    make(client)
    key = AuthToken.objects.get().token_key
    url = reverse("desk-token-revoke", args=[key])
    client.get(url)
    assert AuthToken.objects.exists()
    assert client.post(url)["Location"] == reverse("desk-tokens")
    assert not AuthToken.objects.exists()
    assert client.post(url).status_code == 302  # twice is once


def test_tokens_of_others_are_neither_seen_nor_revoked(client, person):
    make(client)
    key = AuthToken.objects.get().token_key
    client.force_login(factories.make_user())
    assert key not in words(client.get(reverse("desk-tokens")))
    client.post(reverse("desk-token-revoke", args=[key]))
    assert AuthToken.objects.exists()


@pytest.mark.parametrize("days", ["", "0", "7000", "ninety"])
def test_length_that_is_not_offered_makes_none(client, person, days):
    assert make(client, days).status_code == 422
    assert not AuthToken.objects.exists()


def test_there_is_a_limit_that_expired_tokens_do_not_count_for(client, person):
    limit = settings.REST_KNOX["TOKEN_LIMIT_PER_USER"]
    for _ in range(limit):
        make(client)
    response = make(client)
    assert response.status_code == 400
    assert f"You have {limit} tokens already." in words(response)
    AuthToken.objects.filter(pk=AuthToken.objects.first().pk).update(expiry=timezone.now())
    assert make(client).status_code == 200
