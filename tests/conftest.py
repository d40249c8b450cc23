"""What all tests share: a database of their own for every test run."""

import fcntl
import os
from pathlib import Path

import pgtrigger
import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import translation

pytest_plugins = ["tests.dossier"]

RUN_VARIABLE = "TRAVAUX_TEST_RUN"
MOST_RUNS_AT_ONCE = 32


LONG_TO_MAKE = {"dossier", "illustrative_draft", "demonstration", "visits", "whole"}
"""Fixtures of a module that take seconds or minutes: one worker makes each for all tests of the module."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep the tests of a module together that share what is long to make.

    It comes first: the workers read the marks when it is their turn, which would be before this otherwise.
    """
    for item in items:
        if LONG_TO_MAKE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))


def pytest_configure(config):
    """Take a number that no other test run on this checkout has, so that runs at the same time share no database.

    The workers of one run inherit the number; pytest-django adds each worker's own name to it.
    """
    # A password's digest is slow on purpose; every test that makes people would wait for it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if RUN_VARIABLE in os.environ and hasattr(config, "workerinput"):
        return
    folder = Path(config.rootpath) / "var" / "test-runs"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(MOST_RUNS_AT_ONCE):
        lock = (folder / f"{number}.lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        os.environ[RUN_VARIABLE] = str(number)
        config.add_cleanup(lock.close)
        return
    pytest.exit(f"{MOST_RUNS_AT_ONCE} test runs are at work on this checkout: wait for one to end.", returncode=1)


@pytest.fixture(autouse=True, scope="session")
def receipts_emptied_after_tests():
    """Let the tables be emptied after a test that commits: receipts refuse even that, and nothing but a test may."""
    empty = TransactionTestCase._fixture_teardown

    def empty_all(case):
        with pgtrigger.ignore("consultations.Receipt:never_emptied"):
            empty(case)

    TransactionTestCase._fixture_teardown = empty_all
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True)
def cache_of_its_own(settings):
    """Give each test an empty cache in memory, so that no test counts on what another has kept."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {name: {"BACKEND": memory, "LOCATION": name} for name in ("default", "memory")}
    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Put the run's number into the name of the test database."""
    database = settings.DATABASES["default"]
    test = database.setdefault("TEST", {})
    name = test.get("NAME") or f"test_{database['NAME']}"
    test["NAME"] = f"{name}_run{os.environ[RUN_VARIABLE]}"


def browser_missing(reason):
    """Skip a test that needs a browser; fail it where `REQUIRE_BROWSER` says that there has to be one."""
    if os.environ.get("REQUIRE_BROWSER", "") not in ("", "0"):
        pytest.fail(f"REQUIRE_BROWSER is set, and {reason}")
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def site_language():
    """Begin each test in the site's own language: what an earlier one spoke would go on otherwise."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)
