"""Every page, in English and Arabic, light and dark, on a wide screen and on a phone."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import expect

from tests.browser.places import NO_PAGES, PLACES
from tests.browser.site import ADMINISTRATOR, ALONE, STAFF, WRITING
from tests.browser.windows import NARROW, WIDE

pytestmark = pytest.mark.browser

DIRECTIONS = {"en": "ltr", "ar": "rtl"}
TITLES = {"en": "Error:", "ar": "خطأ:"}

# Each language is seen on a screen of one kind and in one scheme: styles and colours are the same in both, and the dark
# colours come from the same few names.
SCREENS = {"en": WIDE, "ar": NARROW}
SCHEMES = {"en": "light", "ar": "dark"}
DARK = {
    "home",
    "draft-detail",
    "clause-detail",
    "disposition-list",
    "activity-list",
    "account_login",
    "desk",
    "desk-submission",
    "desk-comment-edit",
    "staff-call-list",
    "staff-comments",
}


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("place", [each for each in PLACES if not each.path.startswith("/")], ids=str)
def test_page_is_open_to_everyone(window_of, place, language):
    window = window_of(place.reader)
    window.page.emulate_media(color_scheme=SCHEMES[language])
    window.page.set_viewport_size(SCREENS[language])
    response = window.go(language, place.path)
    shown, frame = window.place, window.read_frame()
    other = "ar" if language == "en" else "en"
    assert response.status == place.status
    assert (frame["language"], frame["direction"]) == (language, DIRECTIONS[language])
    assert frame["others"][other] == f"/{other}/{shown}"
    assert {
        "barriers": window.find_barriers(colours=language == "en" or place.name in DARK),
        "sticking out on a phone": window.find_overflow(),
        "troubles": window.troubles,
    } == {"barriers": [], "sticking out on a phone": [], "troubles": []}


@pytest.mark.parametrize("language", DIRECTIONS)
def test_admin_keeps_the_content_policy(new_window, language):
    window = new_window(extra_http_headers={"Accept-Language": language})
    window.go(language, "/admin/")
    assert window.place == "account/login/?next=%2Fadmin%2F"
    window.fill_in_sign_in(ADMINISTRATOR)
    for place in (each for each in PLACES if each.path.startswith("/")):
        response = window.go(language, place.path)
        frame = window.read_frame()
        assert (place.path, response.status, window.troubles) == (place.path, 200, [])
        assert (frame["language"], frame["direction"]) == (language, DIRECTIONS[language])


def refuse_sign_in(window):
    """Sign in with a wrong password."""
    window.page.fill("#id_login", ALONE)
    window.page.fill("#id_password", "not the password")
    window.page.click("main form button[type=submit]")


def refuse_comment(window):
    """Propose other words, and give none."""
    window.page.check("[name=operation][value=replace]")
    window.page.click("#save")


def refuse_answer(window):
    """Publish a decision without a reason."""
    window.page.locator("[name$='-decision']").first.select_option("noted")
    window.page.locator(".answer-row [name$='-tick']").first.check()
    window.page.click("#act-publish")


def refuse_call(window):
    """Prepare a call of which nothing is said."""
    window.page.click("main form:not(.filters) button[type=submit]")


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize(
    ("reader", "path", "refuse"),
    [
        ("", "account/login/", refuse_sign_in),
        (WRITING, "desk/submissions/{writing}/comments/add/?clause=rec_3", refuse_comment),
        (STAFF["en"], "staff/comments/?party=XAE", refuse_answer),
        (STAFF["en"], "staff/calls/new/", refuse_call),
    ],
    ids=["sign-in", "comment", "answer", "call"],
)
def test_refused_form_is_open_to_everyone(window_of, reader, path, refuse, language):
    window = window_of(reader)
    window.page.set_viewport_size(WIDE)
    window.go(language, path)
    refuse(window)
    expect(window.page.locator(".notice--error, .error-summary").first).to_be_visible()
    assert window.page.title().startswith(TITLES[language])
    assert (window.find_barriers(), window.find_overflow(), window.troubles) == ([], [], [])


def test_what_is_wrong_is_found(new_window):
    """The means of these tests find what they are to find."""
    window = new_window()
    window.go("en", "account/login/")
    window.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'run'";
          document.body.append(script);
          const image = document.createElement("img");
          image.src = "/static/images/icon.svg";
          image.style.minWidth = "900px";
          document.body.append(image);
        }"""
    )
    assert [each.partition(":")[0] for each in window.find_barriers()] == ["image-alt"]
    assert any(each.startswith("img.") for each in window.find_overflow())
    assert any("blocked by the content policy: script-src" in each for each in window.troubles)


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
