"""A consultation is written up by keyboard alone, quickly, and nothing of it is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.site import STAFF

pytestmark = pytest.mark.browser

KEYS_A_MINUTE = 200
"""An ordinary typing speed: forty words a minute, five keys a word."""

DELEGATIONS = ("Arad", "Belm", "Corv", "Delv", "Esm", "Feno", "brazil", "cuba", "egypt", "france", "japan", "kenya")
VIEWS = (
    ("arad", "Wants extreme poverty named as the first obstacle.", "26a"),
    ("belm", "Asks that duties of States be told apart from those of others.", "26b"),
    ("corv", "Doubts that a new right is needed at all.", "27a"),
    ("delv", "Supports the draft and would keep it short.", ""),
    ("esm", "Would rather build on what treaties already say.", "26c"),
    ("", "Several asked for a glossary of terms.", ""),
    ("feno", "Proposes a paragraph on climate change.", "26d"),
    ("brazil", "Offered to hold the next meeting.", ""),
)
NOTE = "Good will on all sides; the question of duties stays open. Call the secretariat on Monday."


class Keyboard:
    """A keyboard whose strokes are counted."""

    def __init__(self, page):
        self.page = page
        self.strokes = 0

    def type(self, words):
        self.strokes += len(words)
        self.page.keyboard.type(words, delay=5)

    def press(self, *keys):
        for key in keys:
            self.strokes += key.count("+") + 1
            self.page.keyboard.press(key)


@pytest.fixture
def desk(new_window):
    """The window of one of the staff."""
    window = new_window()
    window.sign_in(STAFF["en"])
    return window


def choose(desk, keys, words, key):
    """Type the beginning of a name and take the best choice, once the list is there, as who looks at it does."""
    keys.type(words)
    expect(desk.page.locator(".choices:not([hidden]) [role=option]").first).to_be_visible()
    keys.press(key)


def test_twelve_delegations_and_eight_views_are_entered_in_five_minutes_of_typing(desk, record_property):
    desk.go("en", "staff/consultations/new/")
    keys = Keyboard(desk.page)
    keys.type("Informal meeting on the first draft")
    keys.press("Enter", "Enter", "Enter")
    keys.type("2012-06-07")
    keys.press("Enter")
    keys.type("Geneva")
    keys.press("Enter", "Enter")
    keys.type("30")
    keys.press("Enter", "Enter")
    for name in DELEGATIONS:
        choose(desk, keys, name, "Enter")
    keys.press("Tab", "Tab")
    choose(desk, keys, "A/HRC/RES/21/10", "Enter")
    keys.press("Tab", "Tab")
    for number, (party, summary, element) in enumerate(VIEWS):
        expect(desk.page.locator(f"#id_v{number}-party")).to_be_focused()
        if party:
            choose(desk, keys, party, "Tab")
        else:
            keys.press("Tab")
        keys.type(summary)
        if element:
            keys.press("Tab")
            choose(desk, keys, element, "Enter")
        keys.press("Enter")
    expect(desk.page.locator("#save-state")).to_contain_text("Saved at")
    keys.press(*["Tab"] * 7)
    expect(desk.page.locator("#id_note-text")).to_be_focused()
    keys.type(NOTE)
    keys.press("Control+Enter")
    expect(desk.page.locator("h1")).to_have_text("Informal meeting on the first draft")
    assert keys.strokes <= 5 * KEYS_A_MINUTE
    record_property("key_strokes", keys.strokes)
    assert not desk.troubles
    assert read_back(desk) == (12, [summary for _party, summary, _element in VIEWS], NOTE)


def read_back(desk):
    """What the page shows once it is read anew: how many took part, the views in order, the note."""
    page = desk.page
    page.reload()
    parties = page.locator("#id_participants").input_value().split("\n")
    summaries = [field.input_value() for field in page.locator("[name$='-summary']").all()]
    return len(parties), [words for words in summaries if words], page.locator("#id_note-text").input_value()


def test_nothing_is_lost_when_the_line_drops(desk):
    desk.go("en", "staff/consultations/new/")
    page = desk.page
    page.keyboard.type("Meeting on a train")
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    page.context.set_offline(True)
    page.locator("#id_v0-summary").click()
    page.keyboard.type("Said in a tunnel.")
    expect(page.locator("#save-state")).to_contain_text("kept in this browser")
    page.context.set_offline(False)
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    page.reload()
    expect(page.locator("#id_v0-summary")).to_have_value("Said in a tunnel.")


def test_nothing_is_lost_when_the_session_ends(desk):
    desk.go("en", "staff/consultations/new/")
    page = desk.page
    page.keyboard.type("Meeting of an hour")
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    page.context.clear_cookies(name="sessionid")
    page.locator("#row-add").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Said after the hour.")
    expect(page.locator("#save-state")).to_contain_text("signed out")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    desk.fill_in_sign_in(STAFF["en"])
    if page.locator("[data-kept-restore]").is_visible():
        page.locator("[data-kept-restore]").click()
    expect(page.locator("[name$='-summary']").filter(has_text="Said after the hour.")).to_have_count(1)


def test_what_is_wrong_is_told_at_its_field_while_one_types(desk):
    desk.go("en", "staff/consultations/new/")
    page = desk.page
    page.keyboard.type("Meeting that ends before it begins")
    page.locator("#id_when").fill("2012-06-08/2012-06-07")
    page.locator("#id_place").focus()
    expect(page.locator("[data-live-error]")).to_contain_text("ends before it begins")
    page.locator("#id_when").fill("2012-06-07/2012-06-08")
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    expect(page.locator("[data-live-error]")).to_have_count(0)
