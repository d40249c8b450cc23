"""The pages of consultations, views, questionnaires, outcomes and deliverables, and what leads from every page to them."""

import pytest

from consultations.models import Consultation, Questionnaire, View
from declaration.models import Clause, Element
from tests import factories, hearings
from tests.pages.world import words


@pytest.fixture
def consultation(world) -> Consultation:
    """The consultation of the record."""
    return Consultation.objects.get(slug="consultation-1")


def test_consultation_prints_who_took_part_what_was_said_and_where_it_comes_from(consultation, client):
    page = words(client.get("/en/consultations/consultation-1/"))
    state = consultation.states.get()
    for said in (
        *("Date 7 June 2012 date as printed: 7 June", "Place Geneva", "Number of participants 12"),
        *(f"States {state.name}", "Who took part non-governmental organizations and experts"),
        *("Held in: Activity 1 (7 June 2012)", "Answers: A/HRC/RES/90/1 (a)", "Phase of the work plan: Study"),
        *(f"What was said {state.name} View 1.", "Theme 26", "Article 1, paragraph 1", "Notes Public note 1."),
        *("What is to follow They will meet again.", "Questionnaire Questionnaire 1", "inferred", "paras. 10, 11"),
    ):
        assert said in page, said
    assert "Page for staff" not in page


def test_speaker_under_the_chatham_house_rule_is_on_no_page_even_for_staff(consultation, client):
    state = consultation.states.get()
    ruled = hearings.make_view(
        consultation,
        confidentiality="chatham_house",
        summary={"en": "Said under the rule."},
        elements=(Element.objects.get(),),
    )
    open_view = View.objects.get(summary__en="View 1.")
    consultation.states.clear()
    open_view.delete()
    client.force_login(factories.make_staff())
    for path in ("consultations/consultation-1/", "views/", "elements/26a/"):
        page = words(client.get(f"/en/{path}"))
        assert "Who said it is not public. Said under the rule." in page, path
        assert "Chatham House Rule" in page, path
        assert str(state.name) not in page, path
    assert "Said under the rule." not in words(client.get(f"/en/states/{state.alpha3}/"))
    ruled.confidentiality = "public"
    ruled.save()
    assert f"{state.name} Said under the rule." in words(client.get("/en/views/"))
    assert "Said under the rule." in words(client.get(f"/en/states/{state.alpha3}/"))


def test_collective_and_unattributed_views_say_so(consultation, client):
    hearings.make_view(consultation, attribution="collective", summary={"en": "All said it."})
    hearings.make_view(consultation, attribution="unattributed", summary={"en": "Somebody said it."})
    page = words(client.get("/en/consultations/consultation-1/"))
    assert "Several together All said it." in page
    assert "Not attributed Somebody said it." in page


def test_view_of_a_state_for_its_group_is_on_the_pages_of_both(consultation, client):
    state, group = consultation.states.get(), consultation.groups.get()
    view = hearings.make_view(consultation, on_behalf_of=group, summary={"en": "We all think so."})
    for path in (f"states/{state.alpha3}/", f"groups/{group.code}/"):
        page = words(client.get(f"/en/{path}"))
        assert f"{state.name} on behalf of {group.name} We all think so." in page, path
        assert "Consultations it took part in Consultation 1" in page, path
    assert f'href="/en/consultations/consultation-1/#view-{view.pk}"' in client.get(f"/en/groups/{group.code}/").text


LEADS = {
    "resolutions/A-HRC-RES-90-1/": (
        "consultations/consultation-1/",
        "outcomes/outcome-1/",
        "deliverables/deliverable-1/",
    ),
    "mandates/mandate-1/": ("activities/", "consultations/", "consultations/consultation-1/"),
    "activities/activity-1/": ("consultations/consultation-1/",),
    "elements/26a/": ("questionnaires/questionnaire-1/#question-a", "outcomes/outcome-1/"),
    "documents/document-1/": (
        *("consultations/consultation-1/", "questionnaires/questionnaire-1/", "outcomes/outcome-1/"),
        *("deliverables/deliverable-1/", "views/?source=document-1"),
    ),
    "outcomes/outcome-1/": ("elements/26a/", "resolutions/A-HRC-RES-90-1/#request-1", "documents/document-1/"),
    "deliverables/deliverable-1/": ("resolutions/A-HRC-RES-90-1/#request-1", "deliverables/deliverable-1-next/"),
    "deliverables/deliverable-1-next/": ("deliverables/deliverable-1/",),
    "questionnaires/questionnaire-1/": ("elements/26a/", "consultations/consultation-1/", "documents/document-1/"),
    "drafts/1/clauses/art_1__para_1/": ("elements/26a/",),
}


@pytest.mark.parametrize("path", LEADS)
def test_page_leads_to_what_it_comes_from_and_what_came_of_it(consultation, client, path):
    page = client.get(f"/en/{path}").text
    assert [to for to in LEADS[path] if f'href="/en/{to}"' not in page] == []


def test_views_are_on_the_pages_of_what_they_bear_on(consultation, client):
    view = View.objects.get(summary__en="View 1.")
    for path in ("elements/26a/", "drafts/1/clauses/art_1__para_1/", f"states/{consultation.states.get().alpha3}/"):
        assert f'href="/en/consultations/consultation-1/#view-{view.pk}"' in client.get(f"/en/{path}").text, path


def test_host_state_names_what_took_place_there(consultation, client):
    page = words(client.get(f"/en/states/{consultation.host_state.alpha3}/"))
    assert "What took place there Consultation 1 7 June 2012" in page


def test_page_of_an_element_shows_the_first_views_and_leads_to_all(consultation, client):
    for number in range(25):
        hearings.make_view(
            consultation,
            attribution="collective",
            summary={"en": f"Further {number}."},
            elements=(Element.objects.get(),),
        )
    page = client.get("/en/elements/26a/").text
    assert page.count("Further ") == 19
    assert 'href="/en/views/?element=26a"' in page
    assert words(client.get("/en/views/?element=26a")).count("Further ") == 25


def test_questionnaire_does_not_name_a_consultation_that_is_not_public(consultation, client):
    Consultation.objects.filter(pk=consultation.pk).update(is_public=False)
    page = client.get("/en/questionnaires/questionnaire-1/").text
    assert "Consultation 1" not in page
    assert client.get("/en/consultations/consultation-1/").status_code == 404


def test_answers_are_printed_under_their_question_and_speaker(consultation, client):
    questionnaire = Questionnaire.objects.get(slug="questionnaire-1")
    hearings.make_answer(questionnaire.questions.all()[1], summary={"en": "Kept."}, confidentiality="internal")
    page = words(client.get("/en/questionnaires/questionnaire-1/"))
    assert f"{consultation.states.get().name} An answer. question (a)" in page
    assert "Sent to member States" in page
    assert "Kept." not in page


def test_deliverable_that_is_late_says_so(world, client):
    page = words(client.get("/en/deliverables/"))
    assert "Deliverable 1 planned overdue due: 7 June 2013 as printed: June" in page
    assert "Deliverable 1" in words(client.get("/en/deliverables/?is_overdue=true"))
    assert "No deliverable is like that." in words(client.get("/en/deliverables/?is_overdue=false"))


def test_view_on_a_clause_in_preparation_does_not_tell_of_it(consultation, client):
    view = View.objects.get(summary__en="View 1.")
    view.clauses.set(Clause.objects.filter(draft__status="preparing"))
    assert "SecretDraft" not in client.get("/en/consultations/consultation-1/").text
    assert "Article 1" not in words(client.get("/en/consultations/consultation-1/"))
