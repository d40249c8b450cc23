"""The activities section of a report: what is in it, in what order, and what is never in it."""

import datetime as dt

import pytest

from activities.models import Activity
from activities.reporting.collect import collect
from activities.reporting.period import Period
from activities.reporting.writing import write_report
from consultations.models import ConsultationNote
from declaration.errors import Refused
from declaration.models import Element
from tests import factories, hearings
from tests.activities.reports import find_section, read_report, whole_text
from tests.api import record

pytestmark = pytest.mark.django_db

YEAR = Period.parse("2012", "2012")


def write(**options):
    return write_report(period=YEAR, language="en", **options)


@pytest.fixture
def asked():
    """A request of a resolution, with an activity that answers it."""
    organ = record.make_organ("r")
    document = record.make_document("r", organ)
    resolution = record.make_resolution("r1", organ, record.make_mandate("r", organ, document), document)
    return resolution.requests.order_by("position").first()


@pytest.fixture
def element(asked):
    return Element.objects.create(
        code="26z", kind="consideration", position=90, theme={"en": "Theme Z"}, text={"en": "Z."}
    )


# --- What belongs to a period ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "is_told"),
    [
        ("2012-03", True),
        ("2012-05-31/2012-06-01", True),
        ("2012-01-31", False),
        ("2012-06-01", False),
        ("2012", True),
        ("2011~", False),
        ("../2012-03", True),
        ("2012-04/..", True),
        ("2012-06/..", False),
        ("XXXX-05-09", True),
        ("XXXX-12-20", False),
        ("XXXX-02-29", True),
    ],
)
def test_a_date_that_may_mean_a_day_of_the_period_is_in_it(when, is_told):
    Activity.objects.create(slug="one", kind="panel", name={"en": "One"}, when=when)
    assert bool(collect(Period.parse("2012-02", "2012-05")).activities) == is_told


def test_parts_without_a_date_follow_what_they_are_part_of():
    forum = Activity.objects.create(slug="forum", kind="forum", name={"en": "Forum"}, when="2012-03-01")
    Activity.objects.create(slug="later", kind="panel", name={"en": "Later"}, when="2012-03-02")
    panel = Activity.objects.create(slug="panel", kind="panel", name={"en": "Panel"}, part_of=forum)
    Activity.objects.create(slug="talk", kind="panel", name={"en": "Talk"}, part_of=panel)
    Activity.objects.create(slug="alone", kind="panel", name={"en": "Alone"})
    found = collect(YEAR)
    assert [each.slug for each in found.activities] == ["forum", "panel", "talk", "later"]
    assert [each.slug for each in found.undated] == ["alone"]
    elsewhere = collect(Period.parse("2013", "2013"))
    assert [each.slug for each in (*elsewhere.activities, *elsewhere.undated)] == ["alone"]


@pytest.mark.parametrize(
    ("since", "until", "field", "words"),
    [
        ("2012-13", "2013", "since", "“2012-13” is no date"),
        ("", "2013", "since", "Write 2012, 2012-06 or 2012-06-07."),
        ("2012", "XXXX-12-20", "until", "“XXXX-12-20” is no date"),
        ("2012", "2012/2013", "until", "“2012/2013” is no date"),
        ("2012", "2013~", "until", "“2013~” is no date"),
        ("2013", "2012-12", "until", "ends before it begins"),
        ("٢٠١٢", "2013", "since", "is no date"),
        ("2012" * 50, "2013", "since", "is no date"),
    ],
)
def test_a_period_that_is_none_is_refused_at_its_field(since, until, field, words):
    with pytest.raises(Refused) as caught:
        Period.parse(since, until)
    assert caught.value.field == field
    assert words in str(caught.value)
    assert len(str(caught.value)) < 200


def test_the_last_year_is_twelve_whole_months():
    assert Period.last_year(today=dt.date(2026, 11, 24)).ends == ("2025-11", "2026-10")
    assert Period.last_year(today=dt.date(2026, 1, 1)).ends == ("2025-01", "2025-12")


# --- Who was heard ---------------------------------------------------------------------------------------------------


def test_consultations_and_views_are_told_by_theme(asked, element):
    consultation = hearings.make_consultation("one")
    view = hearings.make_view(consultation, elements=(element,), summary={"en": "Solidarity is a duty."})
    hearings.make_view(consultation, attribution="collective", summary={"en": "Funds are lacking."})
    activity = asked.activities.get()
    activity.consultations.add(consultation)
    sections = read_report(write())
    heard = find_section(sections, "Who was consulted").paragraphs
    assert len(heard) == 1
    for words in ("Consultation one (7 June 2012, Geneva).", "12 persons took part.", "They met."):
        assert words in heard[0].text
    views = find_section(sections, "Views by theme")
    assert views.themes == ["Theme Z, 26z", "On no theme in particular"]
    assert [each.text for each in views.paragraphs] == [
        f"Solidarity is a duty. Expressed by: {view.state.name}. Consultation: paragraph {heard[0].number}.",
        f"Funds are lacking. Expressed by several together. Consultation: paragraph {heard[0].number}.",
    ]
    request = find_section(sections, "What was asked, and what answers it").paragraphs[1]
    assert f"Consultation held for it: paragraph {heard[0].number}." in request.text


def test_a_view_on_two_themes_is_told_once(element):
    other = Element.objects.create(
        code="27z", kind="assumption", position=91, theme={"en": "Theme Y"}, text={"en": "Y."}
    )
    hearings.make_view(hearings.make_consultation("one"), elements=(element, other), summary={"en": "Said once."})
    data = write()
    first, second = find_section(read_report(data), "Views by theme").paragraphs
    assert whole_text(data).count("Said once.") == 1
    assert second.text == f"See also paragraph {first.number}."


def test_planned_consultations_are_not_told_as_held():
    hearings.make_consultation("one", status="planned")
    assert collect(YEAR).consultations == []


# --- Who may know ----------------------------------------------------------------------------------------------------

SECRETS = ("Hidden meeting", "Hidden words", "Zembla", "Hidden note")


def make_secrets():
    """A meeting that is not public, an internal view, a view under the Chatham House Rule, and a note."""
    speaker = factories.make_state("XZZ", name={"en": "Zembla"})
    hidden = hearings.make_consultation("hidden", name={"en": "Hidden meeting"}, is_public=False)
    hearings.make_view(hidden, summary={"en": "Hidden words there."})
    public = hearings.make_consultation("open")
    hearings.make_view(public, summary={"en": "Hidden words here."}, confidentiality="internal")
    hearings.make_view(public, speaker, summary={"en": "Said under the rule."}, confidentiality="chatham_house")
    ConsultationNote.objects.create(consultation=public, text="Hidden note", language="en")


def test_a_report_holds_nothing_that_staff_alone_may_read():
    make_secrets()
    text = whole_text(write())
    assert "Said under the rule." in text
    assert [secret for secret in SECRETS if secret in text] == []
    assert "nternal" not in text


def test_an_internal_report_marks_what_is_internal_and_keeps_speakers_and_notes_to_itself():
    make_secrets()
    data = write(is_internal=True)
    text = whole_text(data)
    assert "Do not pass it on." in text
    assert [secret for secret in SECRETS if secret in text] == ["Hidden meeting", "Hidden words"]
    sections = read_report(data)
    heard = find_section(sections, "Who was consulted").paragraphs
    assert sorted(each.text.startswith("[Internal] ") for each in heard) == [False, True]
    views = {each.text.partition(".")[0] for each in find_section(sections, "Views by theme").paragraphs}
    assert views == {"[Internal] Hidden words there", "[Internal] Hidden words here", "Said under the rule"}


# --- How it is made --------------------------------------------------------------------------------------------------


def test_a_report_asks_the_same_for_one_thing_and_for_three(asked, element, django_assert_num_queries):
    def add(key):
        consultation = hearings.make_consultation(key)
        view = hearings.make_view(consultation, elements=(element,))
        asked.activities.order_by("pk").first().consultations.add(consultation)
        activity = Activity.objects.create(
            slug=key, kind="panel", name={"en": key}, when="2012-03", source=asked.source
        )
        activity.requests.add(asked)
        hearings.make_deliverable(key, requests=(asked,))
        hearings.make_outcome(key, requests=(asked,))
        return view

    add("one")
    # 1 the consultations, 2-4 with States, stakeholders and groups, 5 documents, 6 phases; 7 the activities, 8-11 with documents,
    # requests, their resolutions and consultations; 12 the mandate; 13 the resolutions, 14-16 with requests, deliverables and
    # outcomes; 17 the views, 18 with elements
    for rows in (1, 3):
        if rows > 1:
            add("two")
            add("three")
        with django_assert_num_queries(18):
            write()


def test_an_empty_record_makes_a_report_that_says_so():
    sections = read_report(write())
    assert [section.title for section in sections] == [
        "What was asked, and what answers it",
        "Activities",
        "Who was consulted",
        "Views by theme",
    ]
    assert {each.text for section in sections for each in section.paragraphs} == {"Nothing of this period is recorded."}
