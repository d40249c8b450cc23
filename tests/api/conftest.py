"""What the tests of the API share: clients that act for somebody, and a record to read."""

from collections.abc import Callable
from typing import Any

import pytest
from knox.models import AuthToken
from rest_framework.test import APIClient

from consultations.models import Delegation, Submission
from tests import factories


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """No test tries to break a password: make them in no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def anyone() -> APIClient:
    """A client that says nothing of itself."""
    return APIClient()


@pytest.fixture
def acting_for() -> Callable[..., APIClient]:
    """Makes a client that acts for a person, with a token of hers, in a language if one is given."""

    def make(user: Any, language: str = "") -> APIClient:
        token = AuthToken.objects.create(user=user)[1]
        client = APIClient(headers={"authorization": f"Token {token}"})
        if language:
            client.credentials(HTTP_ACCEPT_LANGUAGE=language, HTTP_AUTHORIZATION=f"Token {token}")
        return client

    return make


@pytest.fixture
def delegation() -> Delegation:
    """An invented State's delegation."""
    return factories.make_delegation(factories.make_state("XAA"))


@pytest.fixture
def desk(delegation: Delegation, acting_for: Any) -> APIClient:
    """A client of its focal point."""
    return acting_for(factories.make_member(delegation, email="ana@example.org", name="Ana"))


@pytest.fixture
def submission(delegation: Delegation, desk: APIClient) -> Submission:
    """Its submission, which is being written."""
    return factories.make_submission(delegation=delegation)
