"""Every page, in English and Arabic, light and dark, on a wide screen and on a phone."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.places import NO_PAGES, PLACES

pytestmark = pytest.mark.browser

DIRECTIONS = {"en": "ltr", "ar": "rtl"}

# Each scheme is seen in one language: the colours are the same in both.
SCHEMES = {"en": "light", "ar": "dark"}


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("place", [each for each in PLACES if not each.path.startswith("/")], ids=str)
def test_page_is_open_to_everyone(window_of, place, language):
    window = window_of(place.reader)
    window.page.emulate_media(color_scheme=SCHEMES[language])
    response = window.go(language, place.path)
    shown, frame = window.place, window.read_frame()
    other = "ar" if language == "en" else "en"
    assert response.status == place.status
    assert (frame["language"], frame["direction"]) == (language, DIRECTIONS[language])
    assert frame["others"][other] == f"/{other}/{shown}"
    assert {
        "barriers": window.find_barriers(),
        "sticking out on a phone": window.find_overflow(),
        "troubles": window.troubles,
    } == {"barriers": [], "sticking out on a phone": [], "troubles": []}


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("place", [each for each in PLACES if each.name.startswith("admin:")], ids=str)
def test_admin_page_keeps_the_content_policy(new_window, place, language):
    window = new_window(extra_http_headers={"Accept-Language": language})
    window.go(language, place.path)
    assert window.place.startswith("account/login/?next=%2Fadmin%2F")
    window.fill_in_sign_in(place.reader)
    frame = window.read_frame()
    assert (frame["language"], frame["direction"], window.troubles) == (language, DIRECTIONS[language], [])
    assert window.page.title() != ""


def test_every_address_is_visited():
    """A new page is put into the list of places."""
    assert {
        name for name in _names(get_resolver()) if not name.startswith("account_") and not name.startswith("mfa_")
    } - {place.name for place in PLACES} - set(NO_PAGES) == set()


def _names(resolver: URLResolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield pattern.name
        elif not str(pattern.pattern).startswith(("api/", "admin/")):
            yield from _names(pattern)
