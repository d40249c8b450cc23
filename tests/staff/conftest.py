"""What all tests of the staff pages start from."""

import pytest
from django.utils import translation

from tests import factories


@pytest.fixture(autouse=True)
def _english():
    """A page in another language leaves it active in the thread; each test begins in English."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """No test tries to break a password: make them in no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def staff():
    """One of the mandate holder's staff."""
    return factories.make_staff(name="Staff")


@pytest.fixture
def desk(client, staff):
    """A browser in which staff are signed in."""
    client.force_login(staff)
    return client
