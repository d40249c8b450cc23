"""Who was heard, as the shipped record has it: each entry with its paragraph, its attribution and what is in doubt."""

import pytest
from django.contrib.auth.models import AnonymousUser

from consultations.models import Answer, Consultation, ConsultationNote, Question, Questionnaire, View
from declaration.models import Element
from declaration.text.references import parse_paragraphs

pytestmark = pytest.mark.django_db

DELEGATIONS = "delegations-council-session-21"
CIVIL_SOCIETY = "civil-society-and-organizations"
ADVISORY_COMMITTEE = "advisory-committee-session-8"


def elements_of(consultation):
    """The codes of the elements that each view of a consultation bears on."""
    return [
        sorted(view.elements.values_list("code", flat=True))
        for view in View.objects.filter(consultation__slug=consultation).in_order()
    ]


def test_nine_consultations_are_there_two_of_them_planned(dossier):
    assert Consultation.objects.count() == 9
    assert sorted(Consultation.objects.filter(status="planned").values_list("slug", flat=True)) == [
        "circulation-of-the-preliminary-text",
        "regional-consultations",
    ]


def test_fourteen_views_of_delegations_and_civil_society_and_three_of_the_advisory_committee_are_there(dossier):
    counts = {
        slug: View.objects.filter(consultation__slug=slug).count()
        for slug in (DELEGATIONS, CIVIL_SOCIETY, ADVISORY_COMMITTEE)
    }
    assert counts == {DELEGATIONS: 8, CIVIL_SOCIETY: 6, ADVISORY_COMMITTEE: 3}
    assert View.objects.count() == 17


def test_what_ships_can_be_read_by_everyone(dossier):
    reader = AnonymousUser()
    assert Consultation.objects.visible_to(reader).count() == Consultation.objects.count()
    assert View.objects.visible_to(reader).count() == View.objects.count()
    assert not ConsultationNote.objects.exists()


def test_no_view_is_tied_to_a_party(dossier):
    assert {(view.attribution, view.party, view.on_behalf_of) for view in View.objects.all()} == {
        ("collective", None, None)
    }
    assert all(view.source_note["en"].startswith("Not tied to a ") for view in View.objects.all())


def test_twelve_delegations_were_heard_in_the_autumn_of_2012(dossier):
    heard = Consultation.objects.get(slug=DELEGATIONS)
    assert sorted(heard.states.values_list("alpha3", flat=True)) == [
        *("BGD", "BRA", "CUB", "CYP", "ETH", "IRN", "JPN", "TLS", "USA", "VAT", "VEN"),
    ]
    assert [group.code for group in heard.groups.all()] == ["eu"]
    assert heard.participant_count == heard.states.count() + heard.groups.count() == 12
    assert heard.is_inferred
    assert (heard.when.edtf, heard.attribution) == ("2012-09", "collective")


def test_every_entry_has_its_paragraphs_of_the_report_and_says_what_is_a_reading(dossier):
    for model in (Consultation, View, Questionnaire):
        for entry in model.objects.select_related("source"):
            assert entry.source.symbol == "A/68/176"
            assert parse_paragraphs(entry.source_paragraphs)
            assert {"en", "ar"} <= set(entry.source_note)
    linked = [view for view in View.objects.all() if view.elements.exists()]
    assert len(linked) == 15
    assert all("is the project's reading" in view.source_note["en"] for view in linked)
    assert all("phase is the project's reading" in each.source_note["en"] for each in Consultation.objects.all())


def test_each_consultation_belongs_to_a_phase_of_the_work_plan(dossier):
    phases = {
        consultation.slug: [phase.ordinal for phase in consultation.phases.all()]
        for consultation in Consultation.objects.all()
    }
    assert phases.pop("questionnaire-2009") == [1]
    assert phases.pop("circulation-of-the-preliminary-text") == [3]
    assert phases.pop("regional-consultations") == [3]
    assert set(map(tuple, phases.values())) == {(2,)}


def test_views_bear_on_elements_but_for_two_that_are_about_how_to_go_on(dossier):
    assert elements_of(DELEGATIONS) == [
        ["27a"],
        ["26c"],
        ["26c", "27a"],
        ["26a", "26b", "26g"],
        ["26g", "27a", "27c"],
        [],
        [],
        ["26c", "27d"],
    ]
    assert elements_of(CIVIL_SOCIETY) == [
        ["27a"],
        ["27d"],
        ["26b", "27a"],
        ["26f", "27d"],
        ["26a", "27a"],
        ["26e", "26g", "27a"],
    ]
    assert elements_of(ADVISORY_COMMITTEE) == [["26b"], ["26b", "26g"], ["26g", "27c"]]


def test_elements_lead_back_to_what_was_said(dossier):
    said = Element.objects.get(code="26c").views.in_order()
    assert [(view.consultation.slug, view.position) for view in said] == [
        (DELEGATIONS, 2),
        (DELEGATIONS, 3),
        (DELEGATIONS, 8),
    ]


def test_the_questionnaire_of_2009_has_its_eight_questions(dossier):
    questionnaire = Questionnaire.objects.get()
    assert [question.label for question in questionnaire.questions.all()] == list("abcdefgh")
    assert (questionnaire.sent_on.edtf, questionnaire.sent_by.ordinal) == ("2009", 1)
    assert (questionnaire.replies.symbol, questionnaire.consultation.slug) == ("A/HRC/15/32", "questionnaire-2009")
    assert not Question.objects.filter(elements=None).exists()
    assert not Answer.objects.exists()
