"""Outcomes, deliverables and how activities hang together with them, as the shipped record has it."""

import datetime as dt

import pytest

from activities.models import Activity, Deliverable, Outcome
from declaration.models import Request
from declaration.text.references import parse_paragraphs

pytestmark = pytest.mark.django_db


def test_five_outcomes_answer_the_request_to_take_them_into_account(dossier):
    assert [outcome.host_state.alpha3 for outcome in Outcome.objects.in_order()] == ["BGD", "ZAF", "KOR", "QAT", "BRA"]
    request = Request.objects.get(resolution__symbol="E/CN.4/RES/2005/55", label="3")
    assert request.outcomes.count() == Outcome.objects.count() == 5
    assert not Outcome.objects.filter(elements=None).exists()


def test_a_date_that_the_source_prints_wrongly_is_kept_and_told(dossier):
    conference = Outcome.objects.get(slug="climate-conference-2011")
    assert conference.when.edtf == "2011-11-28/2011-12-01"
    assert conference.when_printed
    assert "doubtful" in conference.source_note["en"]


def test_seven_deliverables_have_the_requests_that_ask_for_them(dossier):
    due = {each.slug: (each.due.edtf, each.status) for each in Deliverable.objects.all()}
    assert due == {
        "preliminary-text": ("2013-08-31", "delivered"),
        "circulation-for-comments": ("", "delivered"),
        "draft-declaration-to-the-council": ("2014", "delivered"),
        "reports-to-the-general-assembly": ("", "in_progress"),
        "yearly-progress-report": ("", "in_progress"),
        "further-country-visits": ("", "planned"),
        "regional-consultations": ("", "delivered"),
    }
    assert not Deliverable.objects.filter(requests=None).exists()
    assert not Deliverable.objects.overdue(on=dt.date(2026, 1, 1)).exists()


def test_deliverables_come_one_after_the_other(dossier):
    declaration = Deliverable.objects.get(slug="draft-declaration-to-the-council")
    assert (declaration.after.slug, declaration.after.after.slug) == ("circulation-for-comments", "preliminary-text")
    assert declaration.due_printed.count("2014") == 2


def test_outcomes_and_deliverables_have_their_paragraphs(dossier):
    for model in (Outcome, Deliverable):
        for entry in model.objects.select_related("source"):
            assert entry.source.symbol == "A/68/176"
            assert parse_paragraphs(entry.source_paragraphs)
            assert {"en", "ar"} <= set(entry.source_note)


def test_activities_have_the_consultations_held_in_them(dossier):
    held = {
        activity.slug: [consultation.slug for consultation in activity.consultations.all()]
        for activity in Activity.objects.filter(consultations__isnull=False).distinct()
    }
    assert held == {
        "advisory-committee-session-8": ["advisory-committee-session-8"],
        "expert-workshop-2012": ["expert-workshop-2012"],
        "country-visit-brazil-2012": ["country-visit-brazil-2012"],
        "diplomacy-training-dili-2012": ["informal-consultations-timor-leste-2012"],
        "consultations-timor-leste-2012": ["informal-consultations-timor-leste-2012"],
    }


def test_each_activity_belongs_to_a_phase_as_the_project_reads_it(dossier):
    phases = {activity.slug: [each.ordinal for each in activity.phases.all()] for activity in Activity.objects.all()}
    assert phases.pop("report-to-general-assembly-2013") == [2, 3]
    assert set(map(tuple, phases.values())) == {(2,)}
    read = [
        activity.slug
        for activity in Activity.objects.all()
        if "phase of the work plan is the project's reading" in activity.source_note["en"]
    ]
    assert len(read) == 20


def test_each_request_of_resolution_21_10_has_an_activity(dossier):
    requests = Request.objects.filter(resolution__symbol="A/HRC/RES/21/10").order_by("position")
    assert [request.label for request in requests if request.activities.exists()] == list("abcdef")
