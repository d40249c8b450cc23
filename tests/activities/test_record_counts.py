"""How much of the report A/68/176 the shipped record holds, kind by kind."""

import pytest

from activities.models import Activity, Deliverable, Outcome
from consultations.models import Consultation, Question, View
from declaration.models import Element, Resolution

pytestmark = pytest.mark.django_db

COUNTS = {
    "resolutions and decisions": 14,
    "activities": 20,
    "consultations": 9,
    "views of delegations and of civil society": 14,
    "questions": 8,
    "elements and assumptions": 13,
    "outcomes": 5,
    "deliverables": 7,
}


def test_the_record_holds_what_the_report_tells(dossier) -> None:
    report = {"source__symbol": "A/68/176"}
    assert {
        "resolutions and decisions": Resolution.objects.filter(**report).count(),
        # Paragraphs 29 to 51; the submission of the report itself is the one besides.
        "activities": Activity.objects.filter(**report).exclude(slug="report-to-general-assembly-2013").count(),
        "consultations": Consultation.objects.filter(**report).count(),
        # Three more are of the members of the Advisory Committee.
        "views of delegations and of civil society": View.objects.filter(**report)
        .exclude(consultation__categories__contains=["advisory_committee"])
        .count(),
        "questions": Question.objects.filter(questionnaire__source__symbol="A/68/176").count(),
        "elements and assumptions": Element.objects.filter(**report).count(),
        "outcomes": Outcome.objects.filter(**report).count(),
        "deliverables": Deliverable.objects.filter(**report).count(),
    } == COUNTS
