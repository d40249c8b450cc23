"""The record and the illustrative draft that ship: complete, linked, and loaded again without a change."""

import io
import re
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.importers.dossier_kinds import DELIVERABLES, WHOLE_RECORD
from activities.models import Activity, Deliverable, Outcome
from consultations.importers.dossier_kinds import CONSULTATIONS
from consultations.models import Consultation, Question, Questionnaire, View
from declaration.importers.dossier import load_dossier
from declaration.importers.dossier_kinds import GROUPS
from declaration.importers.draft_file import ILLUSTRATIVE_DRAFT, bring_in_draft
from declaration.models import (
    Document,
    DocumentEdition,
    Draft,
    Element,
    Group,
    GroupMembership,
    LegalBasis,
    Mandate,
    MandateHolder,
    Organ,
    Phase,
    Request,
    Resolution,
    Stakeholder,
    State,
)
from declaration.translated import TranslatedField
from tests.dossier import count_events

pytestmark = pytest.mark.django_db

LOADED = [kind.model for top in WHOLE_RECORD for kind in top.family()]


def test_shipped_record_has_every_state_in_its_regional_group(dossier):
    assert State.objects.filter(status="member_state").count() == 193
    assert sorted(State.objects.filter(status="observer_state").values_list("alpha3", flat=True)) == ["PSE", "VAT"]
    totals = {
        group.code: group.memberships.filter(left_on=None, state__status="member_state").count()
        for group in Group.objects.filter(kind="regional")
    }
    assert totals == {
        "africa": 54,
        "asia_pacific": 54,
        "eastern_europe": 23,
        "latin_america_caribbean": 33,
        "western_europe_others": 29,
    }
    assert GroupMembership.objects.filter(group__code="eu", left_on=None).count() == 27


def test_shipped_record_names_states_in_six_languages(dossier):
    languages = {"en", "ar", "fr", "es", "ru", "zh"}
    assert [state.alpha3 for state in State.objects.all() if set(state.name) != languages] == []
    assert [group.code for group in Group.objects.filter(kind="regional") if set(group.name) != languages] == []
    brazil = State.objects.get(alpha3="BRA")
    assert (brazil.m49, brazil.name["zh"]) == ("076", "巴西")


def test_shipped_record_holds_the_considerations_and_assumptions(dossier):
    codes = [f"26{letter}" for letter in "abcdefgh"] + [f"27{letter}" for letter in "abcde"]
    assert list(Element.objects.order_by("position").values_list("code", flat=True)) == codes
    assert all(element.source.symbol == "A/68/176" for element in Element.objects.select_related("source"))
    assert [element.source_paragraphs for element in Element.objects.all()] == [
        *(f"26 ({letter})" for letter in "abcdefgh"),
        *(f"27 ({letter})" for letter in "abcde"),
    ]


def test_shipped_record_holds_the_six_requests_of_resolution_21_10(dossier):
    resolution = Resolution.objects.get(symbol="A/HRC/RES/21/10")
    assert list(resolution.requests.order_by("position").values_list("label", flat=True)) == list("abcdef")
    assert {request.addressee.slug for request in resolution.requests.all()} == {"international-solidarity"}


def test_shipped_record_is_complete_in_english_and_arabic(dossier):
    lacking = [
        (str(row), field.name)
        for model in {*LOADED}
        for field in model._meta.fields
        if isinstance(field, TranslatedField)
        for row in model._default_manager.all()
        if getattr(row, field.name) and not {"en", "ar"} <= set(getattr(row, field.name))
    ]
    assert lacking == []


def test_loading_twice_changes_nothing(dossier):
    before = count_events()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = load_dossier(WHOLE_RECORD)
    assert count_events() == before
    assert [query["sql"] for query in queries if re.search(r"\b(INSERT|UPDATE|DELETE)\b(?! OF)", query["sql"])] == []
    assert {outcome for counts in report.counts.values() for outcome in +counts} == {"unchanged"}
    assert sum(report.counts.values(), Counter()).total() == sum(dossier.counts.values(), Counter()).total()
    assert (report.kept, report.left_out) == ([], [])


def test_command_says_what_it_did(dossier):
    out = io.StringIO()
    call_command("load_dossier", stdout=out)
    assert "States: 0 new, 0 changed, 195 unchanged" in out.getvalue().splitlines()
    assert len(out.getvalue().splitlines()) == len({*LOADED})


def test_every_element_reaches_a_clause_and_each_clause_leads_back(illustrative_draft):
    reached = {
        element.code: [clause.eid for clause in element.clauses.filter(draft=illustrative_draft)]
        for element in Element.objects.all()
    }
    assert len(reached) == 13
    assert [code for code, clauses in reached.items() if not clauses] == []
    for code, clauses in reached.items():
        for clause in illustrative_draft.clauses.filter(eid__in=clauses):
            assert clause.elements.filter(code=code).exists()


def test_the_illustrative_draft_is_published_as_it_stands_in_its_file(illustrative_draft):
    assert (illustrative_draft.ordinal, illustrative_draft.status) == (1, Draft.Status.PUBLISHED)
    assert illustrative_draft.is_illustrative
    assert illustrative_draft.clauses.count() == 134
    assert illustrative_draft.declaration.mandate.slug == "international-solidarity"
    article = illustrative_draft.clauses.get(eid="art_1__para_1")
    assert {wording.language for wording in article.wordings.all()} == {"en", "ar"}
    assert article.negotiating_status == "bracketed"


def test_every_legal_basis_reaches_a_clause(illustrative_draft):
    assert [basis.slug for basis in LegalBasis.objects.filter(clauses__isnull=True)] == []


def test_bringing_it_in_again_changes_nothing(illustrative_draft):
    before = count_events()
    brought = bring_in_draft(ILLUSTRATIVE_DRAFT)
    assert (brought.draft, brought.is_new) == (illustrative_draft, False)
    out = io.StringIO()
    call_command("load_illustrative_draft", stdout=out)
    assert out.getvalue() == "Draft 1, “Illustrative draft”, is there already, with 134 clauses. Nothing was changed.\n"
    assert count_events() == before


def test_each_kind_gives_values_to_fields_that_exist():
    for top in WHOLE_RECORD:
        for kind in top.family():
            fields = kind.fields()
            assert {*kind.key, *kind.tell_apart, *([kind.order] if kind.order else [])} <= {*fields}
    assert "states" not in GROUPS.fields()
    assert "revision" not in CONSULTATIONS.fields()
    assert "drafts" not in DELIVERABLES.fields()


def test_models_of_the_record_are_all_in_its_files():
    assert {*LOADED} == {
        *(Activity, Document, DocumentEdition, Element, Group, GroupMembership, LegalBasis, Mandate, MandateHolder),
        *(Organ, Phase, Request, Resolution, Stakeholder, State),
        *(Consultation, Deliverable, Outcome, Question, Questionnaire, View),
    }
