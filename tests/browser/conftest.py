"""What all tests in a browser start from: one site, one Chromium and one window for each reader, for the whole folder."""

import os
import shutil
from collections.abc import Callable, Iterator

import pgtrigger
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.site import Site, serve_site
from tests.browser.windows import TIMEOUT, Window, open_context
from tests.conftest import browser_missing

FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def chromium_path() -> str:
    """Where the system's Chromium is."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        browser_missing("there is no Chromium on this machine: install the package chromium.")
    return path


@pytest.fixture(scope="package")
def transactional_db(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The test database, empty before and after all tests of this folder.

    It takes the place of pytest-django's fixture of this name, which empties it after every single test. By the name
    pytest-django knows that there has to be a test database, and that these tests come after those that need no commits.
    """
    with django_db_blocker.unblock():
        _empty()  # a run that was ended may have left something
        yield
        _empty()


def _empty() -> None:
    name = connection.settings_dict["NAME"]
    if name != settings.DATABASES["default"]["TEST"]["NAME"]:
        raise RuntimeError(f"This would empty the database {name}, which is not the one for tests.")
    # Receipts refuse even that, and nothing but a test may.
    with pgtrigger.ignore("consultations.Receipt:never_emptied"):
        call_command("flush", interactive=False, verbosity=0)
    cache.clear()


@pytest.fixture(scope="package")
def site(chromium_path: str, transactional_db: None) -> Iterator[Site]:
    """The site, served with its data; its pages are the only way to them."""
    with serve_site() as served:
        yield served


@pytest.fixture(scope="package")
def chromium(chromium_path: str, site: Site) -> Iterator[Browser]:
    """The browser. It is started after the site was loaded: where it runs, Django takes the thread for an asynchronous one."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=flags, timeout=TIMEOUT)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def window_of(chromium: Browser, site: Site) -> Iterator[Callable[[str], Window]]:
    """Gives the window of a reader, who is signed in where she has an e-mail address; each has one for all tests."""
    windows: dict[str, Window] = {}

    def give(reader: str) -> Window:
        if reader not in windows:
            windows[reader] = Window(open_context(chromium).new_page(), site)
            if reader:
                windows[reader].sign_in(reader)
        return windows[reader]

    yield give
    for window in windows.values():
        window.page.context.close()


@pytest.fixture
def new_window(chromium: Browser, site: Site) -> Iterator[Callable[..., Window]]:
    """Opens a window for one test; it is given what `open_context` takes."""
    contexts: list[BrowserContext] = []

    def give(**choices) -> Window:
        contexts.append(open_context(chromium, **choices))
        return Window(contexts[-1].new_page(), site)

    yield give
    for context in contexts:
        context.close()
