"""The site by keyboard alone."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.browser.site import STAFF, WRITING
from tests.browser.windows import NARROW, WIDE

pytestmark = pytest.mark.browser

MOST_STOPS = 45


@pytest.mark.parametrize(("language", "reader", "path"), [("en", "", ""), ("ar", WRITING, "desk/")])
def test_skip_link_leads_to_the_content(window_of, language, reader, path):
    window = window_of(reader)
    window.go(language, path)
    first = window.tab()
    assert (first["address"], first["marked"], first["seen"]) == ("#main", True, True)
    window.page.keyboard.press("Enter")
    expect(window.page.locator("main")).to_be_focused()
    window.tab()
    expect(window.page.locator("main :focus")).to_have_count(1)


@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    ("reader", "path"),
    [
        ("", "drafts/1/"),
        ("", "drafts/1/clauses/art_9__para_1/"),
        (WRITING, "desk/submissions/{writing}/comments/{comment}/"),
        (STAFF["en"], "staff/comments/?answer=none"),
    ],
    ids=["draft", "clause", "comment", "answers"],
)
def test_every_stop_is_marked_and_seen(window_of, reader, path, is_narrow):
    window = window_of(reader)
    window.go("en", path)
    window.page.set_viewport_size(NARROW if is_narrow else WIDE)
    menu = window.page.locator(".strip a, .site-nav a").evaluate_all(
        "all => all.map((each) => each.getAttribute('href'))"
    )
    stops = list(itertools.islice(iter(window.tab, None), MOST_STOPS))
    assert [stop for stop in stops if not (stop["marked"] and stop["seen"])] == []
    assert set(menu) <= {stop["address"] for stop in stops}


def test_contents_open_and_lead_on_a_phone(new_window):
    window = new_window(viewport=NARROW)
    window.go("en", "drafts/1/")
    contents = window.page.locator("details[data-toc]")
    contents.locator("summary").focus()
    assert contents.get_attribute("open") is None
    window.page.keyboard.press("Enter")
    link = contents.locator("a[href='#art_3']")
    expect(link).to_be_visible()
    link.focus()
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#art_3")).to_be_in_viewport()
    expect(contents).not_to_have_attribute("open", "")


@pytest.mark.parametrize(
    ("reader", "path"),
    [
        ("", "drafts/1/?with=ar&commented=1"),
        (WRITING, "desk/submissions/{writing}/comments/add/?clause=rec_2"),
    ],
    ids=["draft", "desk"],
)
def test_language_switch_stays_on_the_page(window_of, reader, path):
    window = window_of(reader)
    window.go("en", path)
    shown = window.place
    window.page.focus(".strip a[hreflang=ar]")
    window.page.keyboard.press("Enter")
    expect(window.page.locator("html")).to_have_attribute("dir", "rtl")
    assert (window.place, window.troubles) == (shown, [])
