"""The report on the time of the record that ships: each activity once and in order, each request with what answers it."""

import datetime as dt

import pytest
from icalendar import Calendar

from activities.models import Activity
from activities.reporting.period import Period
from activities.reporting.writing import write_report
from tests.activities.reports import find_section, read_report

pytestmark = pytest.mark.django_db

ACTIVITIES_OF_THE_PERIOD = [
    "climate-conference-statement-2011",  # of 2011, without a month
    "right-to-development-panel-2011",
    "social-forum-2011",
    "right-to-development-thematic-panel",  # without a date, and part of the forum
    "human-solidarity-day-statement",  # each year on 20 December
    "advisory-committee-session-8",
    "joint-statement-rio-2012",
    "sustainable-development-conference-statement-2012",
    "expert-workshop-2012",
    "peoples-summit-2012",
    "country-visit-brazil-2012",
    "advisory-committee-final-paper-2012",
    "social-forum-2012",
    "social-forum-2012-participatory-development-panel",
    "climate-conference-message-2012",
    "consultations-timor-leste-2012",
    "diplomacy-training-dili-2012",
    "human-solidarity-day-2012",
]


def write(language="en"):
    """Write the report of 1 August 2011 to 31 December 2012."""
    return write_report(period=Period.parse("2011-08", "2012-12"), language=language)


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_report_names_every_activity_of_its_period_once_and_in_order(dossier, language):
    names = {each.slug: each.name.text_for(language).rstrip(".") for each in Activity.objects.all()}
    told = [section for section in read_report(write(language)) if section.paragraphs]
    activities = [each for section in told for each in section.paragraphs if "_activity_" in each.bookmark]
    undated = names["joint-statement-financial-transactions-tax"]
    assert [each.names for each in activities] == [*(names[slug] for slug in ACTIVITIES_OF_THE_PERIOD), undated]


def test_every_activity_that_has_its_dates_in_the_period_is_in_it(dossier):
    day = (dt.date(2011, 8, 1), dt.date(2012, 12, 31))
    of_period = Activity.objects.filter(when_latest__gte=day[0], when_earliest__lte=day[1])
    assert set(of_period.values_list("slug", flat=True)) <= set(ACTIVITIES_OF_THE_PERIOD)
    assert len(of_period) == 16


def test_each_request_of_resolution_21_10_is_told_with_what_answers_it(dossier):
    section = find_section(read_report(write()), "What was asked, and what answers it")
    start = next(n for n, title in enumerate(section.themes) if title.startswith("A/HRC/RES/21/10, "))
    assert start == len(section.themes) - 1
    requests = [each for each in section.paragraphs if each.number][-6:]
    assert [each.names for each in requests] == ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)"]
    assert all(each.refers_to for each in requests[:5])
    assert "No activity of this period is recorded as an answer." in requests[5].text


def test_a_number_that_is_referred_to_is_that_of_the_paragraph(dossier):
    told = [each for section in read_report(write("ar")) for each in section.paragraphs]
    numbers = {each.bookmark: str(each.number) for each in told if each.number}
    references = [reference for each in told for reference in each.refers_to]
    assert len(references) > 30
    assert [(name, shown) for name, shown in references if numbers[name] != shown] == []
    assert [each.number for each in told if each.number] == list(range(1, len(numbers) + 1))


def test_the_calendar_of_the_dossier_has_all_that_has_a_date(client, dossier):
    dated = Activity.objects.exclude(when="")
    events = [
        event
        for event in Calendar.from_ical(client.get("/en/calendar.ics").content).walk("VEVENT")
        if event["uid"].startswith("activity-")
    ]
    assert len(events) == dated.count() == 19
