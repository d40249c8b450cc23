"""The home page, and where people go once they have signed in."""

import datetime as dt

from django.utils import timezone

from tests import factories
from tests.pages.world import words


def test_home_says_where_the_text_stands_and_what_it_drew(world, client):
    page = words(client.get("/en/"))
    assert "The text as it stands is “Zero draft” (zero draft), published on" in page
    # Public are the named and the unnamed author's, what replaced a superseded filing, and the one that waits for an answer.
    assert "clauses 6 public submissions 4 public comments 4 published answers 1" in page
    assert "supports 4" in page


def test_home_shows_open_calls_with_their_deadline_and_those_to_come(world, client):
    now = timezone.now()
    factories.make_call(
        world.draft,
        title={"en": "Next round"},
        opens_at=now + dt.timedelta(days=2),
        closes_at=now + dt.timedelta(days=3),
    )
    page = words(client.get("/en/"))
    assert "Open now" in page
    assert "Closes:" in page
    assert "What is next Next round to come" in page


def test_home_names_the_mandate_and_its_holder(world, client):
    page = words(client.get("/en/"))
    assert "The mandate Mandate 1 Mandate holder Holder 2 Last resolution recorded A/HRC/RES/90/1, 7 June 2012" in page


def test_home_tells_of_the_latest_filings_and_answers(world, client):
    page = words(client.get("/en/"))
    assert "Latest submissions" in page
    assert "Avalonia" in page
    assert "Latest answers Article 1, paragraph 1 accepted Avalonia" in page


def test_home_without_an_open_call_says_so(db, client):
    factories.make_draft()
    assert "No call for comments is open." in words(client.get("/en/"))


def test_home_shows_the_newest_draft_that_stands(db, client):
    first = factories.make_draft(ordinal=1, name={"en": "First"})
    factories.make_draft(ordinal=2, name={"en": "Second"}, declaration=first.declaration, supersedes=first)
    factories.make_draft(ordinal=3, name={"en": "Third"}, declaration=first.declaration, published=False)
    assert "The text as it stands is “Second”" in words(client.get("/en/"))


def test_staff_come_to_their_pages_and_others_to_the_desk_after_signing_in(db, client):
    client.force_login(factories.make_staff())
    assert client.get("/en/after-sign-in/").url == "/en/staff/"
    client.force_login(factories.make_user())
    assert client.get("/ar/after-sign-in/").url == "/ar/desk/"
