"""Consultations that staff write up: what is taken, what is refused and where, and what is found as one types."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from consultations import lookups, typed_names
from consultations.models import Consultation, View
from consultations.services import hearing_notes, hearing_views, hearings
from declaration.errors import Conflict, Refused
from declaration.models import Document, GroupMembership
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


@pytest.fixture
def staff():
    return factories.make_staff()


def write_up(staff, **values):
    values = {"name": {"en": "Meeting in Geneva"}, "format": "meeting", "when": "2012-06-07"} | values
    return hearings.write_up_consultation(by=staff, **values)


def refusal(act, **values):
    """The code and the field of what is refused."""
    with pytest.raises(Refused) as caught:
        act(**values)
    return caught.value.code, caught.value.field


def test_a_consultation_is_for_staff_until_it_is_published(staff):
    consultation = write_up(staff, states=[factories.make_state()], categories=["governments"])
    assert (consultation.slug, consultation.is_public, consultation.revision) == ("meeting-in-geneva-2012", False, 1)
    assert write_up(staff).slug == "meeting-in-geneva-2012-2"
    assert not Consultation.objects.public().exists()
    hearings.publish_consultation(consultation=consultation, by=staff)
    assert Consultation.objects.public().get().revision == 2
    hearings.retract_consultation(consultation=consultation, by=staff, expected_revision=2)
    assert not Consultation.objects.public().exists()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": {"ar": "اجتماع"}}, ("name_missing", "name")),
        ({"when": "2999-01-01"}, ("held_ahead", "when")),
        ({"when": "2012-06-08/2012-06-07"}, ("order", "when")),
        ({"format": "seance"}, ("invalid_choice", "format")),
        ({"categories": ["dolphins"]}, ("item_invalid", "categories")),
        ({"participant_count": 0}, ("min_value", "participant_count")),
        ({"summary": {"en": "a\u202eb"}}, ("direction_override", "summary")),
    ],
)
def test_what_cannot_be_is_told_at_its_field(staff, values, told):
    assert refusal(write_up, staff=staff, **values) == told
    assert not Consultation.objects.exists()


def test_nobody_else_writes_anything_up(staff):
    outsider, consultation = factories.make_user(), write_up(staff)
    view = hearing_views.add_view(consultation=consultation, by=staff, summary={"en": "Said."})
    note = hearing_notes.write_consultation_note(consultation=consultation, by=staff, text="Noted.", language="en")
    summary = {"summary": {"en": "Never said."}}
    acts = [
        (write_up, {"staff": outsider}),
        (hearings.change_consultation, {"consultation": consultation, "by": outsider}),
        (hearings.publish_consultation, {"consultation": consultation, "by": outsider}),
        (hearing_views.add_view, {"consultation": consultation, "by": outsider, **summary}),
        (hearing_views.change_view, {"view": view, "by": outsider, **summary}),
        (hearing_views.remove_view, {"view": view, "by": outsider}),
        (hearing_notes.change_note, {"note": note, "by": outsider, "expected_revision": 1, "text": "No."}),
    ]
    assert [refusal(act, **values)[0] for act, values in acts] == ["not_staff"] * len(acts)


def test_a_change_on_what_a_colleague_changed_is_a_conflict(staff):
    consultation = write_up(staff)
    changed = hearings.change_consultation(
        consultation=consultation, by=staff, expected_revision=1, place={"en": "Here"}
    )
    assert changed.revision == 2
    same = hearings.change_consultation(consultation=consultation, by=staff, expected_revision=2, place={"en": "Here"})
    assert same.revision == 2
    with pytest.raises(Conflict):
        hearings.change_consultation(consultation=consultation, by=staff, expected_revision=1, place={"en": "There"})
    hearing_views.add_view(consultation=consultation, by=staff, expected_revision=2, summary={"en": "Said."})
    with pytest.raises(Conflict):
        hearing_views.add_view(consultation=consultation, by=staff, expected_revision=2, summary={"en": "Said too."})


def test_views_are_put_in_order_and_removed(staff):
    consultation = write_up(staff)
    first, second, third = (
        hearing_views.add_view(consultation=consultation, by=staff, summary={"en": words}) for words in "abc"
    )
    hearing_views.order_views(consultation=consultation, by=staff, views=[third.pk, first.pk, second.pk])
    hearing_views.remove_view(view=first, by=staff)
    assert [str(view) for view in consultation.views.order_by("position")] == ["c", "b"]
    assert refusal(hearing_views.order_views, consultation=consultation, by=staff, views=[third.pk]) == (
        "views_differ",
        "views",
    )


def test_a_view_is_of_its_party_and_of_no_other(staff):
    consultation, state = write_up(staff), factories.make_state()
    said = {"consultation": consultation, "by": staff, "summary": {"en": "Said."}}
    assert hearing_views.add_view(**said, state=state).attribution == View.Attribution.PARTY
    assert hearing_views.add_view(**said).attribution == View.Attribution.COLLECTIVE
    add = hearing_views.add_view
    assert refusal(add, **said, attribution="party") == ("party_missing", "party")
    assert refusal(add, **said, attribution="collective", state=state) == ("party_of_none", "party")
    assert refusal(add, **said, on_behalf_of=factories.make_group()) == ("not_a_state", "on_behalf_of")
    preparing = factories.make_draft(published=False).clauses.get(eid="art_1")
    assert refusal(add, **said, clauses=[preparing]) == ("clause_unpublished", "bears_on")


def test_a_state_speaks_for_groups_that_it_had_joined_by_then(staff):
    state, group = factories.make_state(), factories.make_group()
    GroupMembership.objects.create(state=state, group=group, joined_on=dt.date(2012, 6, 8))
    consultation = write_up(staff)
    said = {"by": staff, "summary": {"en": "Said."}, "state": state, "on_behalf_of": group}
    add = hearing_views.add_view
    assert refusal(add, consultation=consultation, **said) == ("not_of_group", "on_behalf_of")
    later = write_up(staff, when="2012-06")
    hearing_views.add_view(consultation=later, **said)
    change = hearings.change_consultation
    assert refusal(change, consultation=later, by=staff, when="2012-05") == ("not_of_group", "when")


def test_a_note_is_changed_by_its_author_alone(staff):
    consultation, colleague = write_up(staff), factories.make_staff()
    note = hearing_notes.write_consultation_note(consultation=consultation, by=staff, text=" One ", language="en")
    note = hearing_notes.change_note(note=note, by=staff, expected_revision=1, text="Two")
    assert (note.text, note.revision, note.confidentiality) == ("Two", 2, "internal")
    change = hearing_notes.change_note
    assert refusal(change, note=note, by=colleague, expected_revision=2, text="x")[0] == "note_of_another"
    assert refusal(change, note=note, by=staff, expected_revision=1, text="x")[0] == "changed_meanwhile"
    assert refusal(change, note=note, by=staff, expected_revision=2, text=" ") == ("note_empty", "note")
    hearing_notes.remove_note(note=note, by=staff, expected_revision=2)
    assert not consultation.notes.exists()


def test_names_are_read_as_they_are_typed():
    state = factories.make_state("XAB", name={"en": "Abland", "ar": "أبلاند"})
    group = factories.make_group("friends", name={"en": "Friends of the text"}, acronym="FOT")
    for typed in ("XAB", "xab", "Abland", "abland", "أبلاند", "Anything [XAB]"):
        assert typed_names.read_party(typed) == state
    assert typed_names.read_parties(["friends", "Abland", "governments"]) == [group, state, "governments"]
    assert typed_names.read_party("fot") == group
    assert typed_names.split_names("XAB; friends\r\n\nXAB") == ["XAB", "friends"]
    factories.make_stakeholder("abland-society", name={"en": "Abland"})
    read = typed_names.read_parties
    assert refusal(read, typed=["Abland"])[0] == "name_doubled"
    assert refusal(read, typed=["XAB", "Abland [XAB]"])[0] == "named_twice"
    assert refusal(read, typed=["Atlantis"])[0] == "party_unknown"


def test_symbols_and_targets_are_read_as_they_are_typed():
    document = Document.objects.create(symbol="A/HRC/90/1", slug="A-HRC-90-1", title={"en": "Report"})
    read = typed_names.read_documents
    assert read(["a/hrc/90/1"]) == [document]
    assert refusal(read, typed=["A/HRC/90/2"])[0] == "symbol_unknown"
    assert refusal(read, typed=["A//"])[0] == "symbol_unknown"
    assert refusal(read, typed=["the report"])[0] == "symbol_malformed"
    assert refusal(read, typed=["A/HRC/90/1", "Report [A/HRC/90/1]"])[0] == "named_twice"
    draft = factories.make_draft()
    targets = typed_names.read_targets
    assert targets([f"{draft.ordinal}/art_1", "art_2"])[1] == [
        draft.clauses.get(eid="art_1"),
        draft.clauses.get(eid="art_2"),
    ]
    assert refusal(targets, typed=["26 (z)"])[0] == "target_unknown"


def test_what_is_typed_finds_the_likeliest_first():
    factories.make_state("XAB", name={"en": "Côte Abland", "ar": "أبلاند"})
    factories.make_state("XCO", name={"en": "Coteau"})
    factories.make_stakeholder("abc", name={"en": "Friends of Abland"})
    kinds = ["state", "stakeholder", "category"]
    assert [choice.key for choice in lookups.suggest(kinds, "cote")] == ["XCO", "XAB"]
    assert [choice.key for choice in lookups.suggest(kinds, "abland")] == ["XAB", "abc"]
    assert [choice.typed for choice in lookups.suggest(kinds, "أبلاند")] == ["Côte Abland [XAB]"]
    assert [choice.key for choice in lookups.suggest(kinds, "govern")] == ["governments", "ngos"]
    assert lookups.suggest(kinds, "  ") == []
    draft = factories.make_draft()
    factories.make_draft(published=False)
    assert [choice.key for choice in lookups.suggest(["clause"], "article 2")] == [f"{draft.ordinal}/art_2"]


def test_nothing_is_held_before_its_day(staff):
    ahead = timezone.localdate() + dt.timedelta(days=2)
    planned = write_up(staff, when=ahead.isoformat(), status="planned")
    change = hearings.change_consultation
    assert refusal(change, consultation=planned, by=staff, status="held") == ("held_ahead", "when")
