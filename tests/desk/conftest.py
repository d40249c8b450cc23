"""What all tests of the desk start from."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    """A page in another language leaves it active in the thread; each test begins in English."""
    translation.activate("en")
