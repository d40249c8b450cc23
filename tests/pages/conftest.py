"""What all tests of the public pages start from."""

import pytest
from django.utils import translation

from tests.pages.world import World, make_world


@pytest.fixture(autouse=True)
def _english():
    """A page in another language leaves it active in the thread; each test begins in English."""
    translation.activate("en")


@pytest.fixture
def world(db) -> World:
    """A record with one of everything, and with filings that nobody but their delegations may read."""
    return make_world()
