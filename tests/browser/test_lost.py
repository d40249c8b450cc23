"""What was typed outlives a lost session, a lost connection and a careless click."""

import pytest
from playwright.sync_api import expect

from tests.browser.site import STAFF, WRITING

pytestmark = pytest.mark.browser

FORM = "desk/submissions/{writing}/comments/add/?clause="


@pytest.fixture
def desk(new_window):
    """The window of somebody who writes for her delegation."""
    window = new_window()
    window.sign_in(WRITING)
    return window


def write(window, words):
    """Type words on the form of a comment, as hands do."""
    window.page.check("[name=operation][value=replace]")
    window.page.click("#id_proposed_text")
    window.page.keyboard.type(words)


def test_words_outlive_the_session(desk):
    desk.go("en", FORM + "rec_4")
    write(desk, "Words of an hour.")
    desk.page.context.clear_cookies(name="sessionid")
    desk.page.click("#save")
    assert desk.place.startswith("account/login/")
    desk.fill_in_sign_in(WRITING)
    expect(desk.page.locator("#id_proposed_text")).to_have_value("Words of an hour.")
    expect(desk.page.locator(".notice--warning").first).to_contain_text("You had been signed out.")
    desk.page.click("#save")
    expect(desk.page.locator("article.comment").filter(has_text="Words of an hour.")).to_be_visible()


def test_words_outlive_the_connection(desk):
    desk.go("en", FORM + "rec_5")
    write(desk, "Words on a train.")
    expect(desk.page.locator("#preview ins").first).to_be_visible()
    desk.page.context.set_offline(True)
    desk.page.keyboard.type(" In a tunnel.")
    expect(desk.page.locator("#connection-lost")).to_contain_text("Nothing you typed is lost")
    desk.page.click("#save")
    desk.page.wait_for_url("chrome-error://**")
    desk.page.context.set_offline(False)

    desk.go("en", FORM + "rec_5")
    expect(desk.page.locator("#id_proposed_text")).to_have_value("")
    desk.page.click("[data-kept-restore]")
    expect(desk.page.locator("#id_proposed_text")).to_have_value("Words on a train. In a tunnel.")
    desk.page.click("#save")
    expect(desk.page.locator("article.comment").filter(has_text="In a tunnel.")).to_be_visible()
    desk.go("en", FORM + "rec_5")
    expect(desk.page.locator("[data-kept]")).to_be_hidden()


def test_page_asks_before_words_are_left_behind(desk):
    desk.go("ar", FORM + "rec_6")
    write(desk, "كلمات")
    asked = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.page.click(".site-nav a >> nth=0", no_wait_after=True)
    expect(desk.page.locator("#id_proposed_text")).to_have_value("كلمات")
    assert asked == ["beforeunload"]


def test_answer_outlives_the_connection(new_window):
    window = new_window()
    window.sign_in(STAFF["en"])
    window.go("en", "staff/comments/?party=XAF")
    row = window.page.locator(".answer-row").filter(has=window.page.locator("[name=save-row]")).first
    row.locator("[name$='-decision']").select_option("noted")
    row.locator("[name$='-reason']").fill("Typed on a train.")
    window.page.context.set_offline(True)
    row.locator("[name=save-row]").click()
    expect(window.page.locator("#connection-lost")).to_contain_text("Nothing you typed is lost")
    window.page.context.set_offline(False)
    row.locator("[name=save-row]").click()
    expect(window.page.locator(".row-outcome")).to_have_text("Saved.")
    expect(row.locator("[name$='-reason']")).to_have_value("Typed on a train.")
