"""The calendar: which days an entry takes, what it says where the day is not known, and what is in it."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from activities.feeds import calendar
from activities.models import Activity
from tests import factories, hearings

pytestmark = pytest.mark.django_db


def read(client, language="en"):
    """Return the events by the beginning of their names."""
    response = client.get(f"/{language}/calendar.ics")
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return {str(event["uid"]).partition("@")[0]: event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def make_activity(when, **fields):
    return Activity.objects.create(
        slug="one", kind="panel", name={"en": "Panel", "ar": "حلقة نقاش"}, when=when, **fields
    )


@pytest.mark.parametrize(
    ("when", "first", "after", "name"),
    [
        ("2012-06-07", (2012, 6, 7), (2012, 6, 8), "Panel"),
        ("2012-06-07/2012-06-08", (2012, 6, 7), (2012, 6, 9), "Panel"),
        ("2012-06", (2012, 6, 1), (2012, 7, 1), "Panel (day not recorded: June 2012)"),
        ("2012", (2012, 1, 1), (2013, 1, 1), "Panel (day not recorded: 2012)"),
        ("2012-06-07~", (2012, 6, 7), (2012, 6, 8), "Panel (day not recorded: about 7 June 2012)"),
    ],
)
def test_an_entry_takes_the_days_that_its_date_may_mean(client, when, first, after, name):
    activity = make_activity(when)
    event = read(client)["activity-one"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (dt.date(*first), dt.date(*after))
    expected = name if "about" not in name else f"Panel (day not recorded: {activity.when})"
    assert str(event["summary"]) == expected
    assert ("description" in event) == (name != "Panel")
    assert str(event["transp"]) == "TRANSPARENT"


@pytest.mark.parametrize("when", ["", "2012/..", "../2012"])
def test_what_has_no_beginning_or_no_end_is_not_in_it(client, when):
    make_activity(when)
    assert read(client) == {}


def test_what_comes_round_each_year_returns(client):
    make_activity("XXXX-02-29")
    event = read(client)["activity-one"]
    assert (event["dtstart"].dt.month, event["dtstart"].dt.day) == (2, 29)
    assert dict(event["rrule"]) == {"FREQ": ["YEARLY"]}


def test_an_entry_says_where_and_what_and_leads_to_its_page(client):
    make_activity("2012-06-07", summary={"en": "On solidarity; and more, at length."}, place={"en": "Geneva"})
    event = read(client)["activity-one"]
    assert str(event["location"]) == "Geneva"
    assert str(event["description"]) == "On solidarity; and more, at length."
    assert str(event["url"]).endswith(reverse("activity-detail", args=["one"]))
    assert str(read(client, "ar")["activity-one"]["summary"]) == "حلقة نقاش"


def test_consultations_deadlines_and_what_is_due_are_in_it(client):
    call = factories.make_call(title={"en": "Round"})
    factories.make_call(opened=False)
    hearings.make_consultation("held")
    hearings.make_consultation("planned", status="planned", when="2031-06-07")
    hearings.make_consultation("hidden", is_public=False)
    hearings.make_deliverable("one")
    hearings.make_deliverable("two", status="dropped")
    events = read(client)
    assert {key: str(event["status"]) for key, event in events.items()} == {
        f"call-{call.pk}": "CONFIRMED",
        "consultation-consultation-held": "CONFIRMED",
        "consultation-consultation-planned": "TENTATIVE",
        "deliverable-deliverable-one": "CONFIRMED",
        "deliverable-deliverable-two": "CANCELLED",
    }
    deadline = events[f"call-{call.pk}"]
    assert str(deadline["summary"]) == "Comments close: Round"
    assert deadline["dtstart"].dt == call.closes_at.replace(microsecond=0)
    assert str(events["deliverable-deliverable-one"]["summary"]) == "Due: Deliverable one"


def test_a_calendar_asks_the_same_for_one_entry_and_for_three(client, django_assert_num_queries):
    def add(key):
        factories.make_call()
        Activity.objects.create(
            slug=key, kind="panel", name={"en": key}, when="2012", host_state=factories.make_state()
        )
        hearings.make_consultation(key)
        hearings.make_deliverable(key)

    add("one")
    # 1 activities, 2 consultations, 3 deliverables, 4 calls
    for rows in (1, 3):
        if rows > 1:
            add("two")
            add("three")
        with django_assert_num_queries(4):
            client.get(reverse("calendar"))


def test_a_calendar_is_bounded_and_keeps_what_is_latest(client, monkeypatch):
    monkeypatch.setattr(calendar, "MAX_EVENTS", 2)
    for year in range(2010, 2014):
        Activity.objects.create(slug=f"of-{year}", kind="panel", name={"en": "Panel"}, when=str(year))
    assert set(read(client)) == {"activity-of-2012", "activity-of-2013"}
