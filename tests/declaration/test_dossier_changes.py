"""A small record loaded over what is there: what is new, changed or gone in the files, and what people wrote by hand."""

import pytest

from activities.importers.dossier_kinds import WHOLE_RECORD
from activities.models import Activity, Deliverable
from declaration.importers.dossier import InvalidFiles, describe, load_dossier
from declaration.models import (
    Element,
    GroupMembership,
    Mandate,
    MandateHolder,
    Organ,
    Request,
    Resolution,
    Stakeholder,
)
from tests.dossier import count_events, count_rows
from tests.small_dossier import FILES, replaced, write_dossier

pytestmark = pytest.mark.django_db

LOADED = [kind.model for top in WHOLE_RECORD for kind in top.family()]


def load(folder, changed=None, **options):
    return load_dossier(WHOLE_RECORD, directory=write_dossier(folder, changed), **options)


def outcomes(report):
    """What a load did, as {(model, outcome): count} without zeros."""
    return {
        (model.__name__, outcome): count
        for model, counts in report.counts.items()
        for outcome, count in counts.items()
        if count
    }


# --- What is new, changed or gone in the files -------------------------------------------------------------------


def test_a_load_stores_every_entry_with_its_links(tmp_path):
    report = load(tmp_path)
    assert outcomes(report) == {
        ("Organ", "new"): 2,
        ("State", "new"): 2,
        ("Group", "new"): 2,
        ("GroupMembership", "new"): 2,
        ("Document", "new"): 2,
        ("DocumentEdition", "new"): 1,
        ("Mandate", "new"): 1,
        ("MandateHolder", "new"): 1,
        ("Phase", "new"): 1,
        ("Resolution", "new"): 1,
        ("Request", "new"): 2,
        ("Element", "new"): 2,
        ("LegalBasis", "new"): 1,
        ("Stakeholder", "new"): 1,
        ("Consultation", "new"): 1,
        ("View", "new"): 2,
        ("Questionnaire", "new"): 1,
        ("Question", "new"): 1,
        ("Activity", "new"): 2,
        ("Outcome", "new"): 1,
        ("Deliverable", "new"): 2,
    }
    resolution = Resolution.objects.get(symbol="A/HRC/RES/21/10")
    assert (resolution.slug, resolution.organ.code, resolution.document.slug) == ("A-HRC-RES-21-10", "hrc", "A-68-176")
    assert [state.alpha3 for state in resolution.sponsors.all()] == ["BRA"]
    panel = Activity.objects.get(slug="panel")
    assert (panel.part_of.slug, panel.when.edtf) == ("forum", "2011-10")
    assert [str(request) for request in panel.requests.all()] == ["A/HRC/RES/21/10 (a)"]
    assert {document.slug for document in panel.part_of.documents.all()} == {"A-68-176", "concept-note"}
    assert [str(phase) for phase in panel.part_of.phases.all()] == ["Laying the ground"]
    said = panel.part_of.consultations.get().views.order_by("position").first()
    assert (said.state.alpha3, said.on_behalf_of.code) == ("BEL", "eu")
    assert Deliverable.objects.get(slug="second-report").after.slug == "first-report"
    assert str(GroupMembership.objects.get(group__code="eu").joined_on) == "1958-01-01"
    assert GroupMembership.objects.get(group__code="latin").state.alpha3 == "BRA"


def test_a_check_stores_nothing_and_says_what_would_change(tmp_path):
    report = load(tmp_path, check=True)
    assert outcomes(report)["State", "new"] == 2
    assert count_rows(*LOADED) == [0] * len(LOADED)
    load(tmp_path)
    report = load(tmp_path, replaced("organs.toml", "Assembly", "General Assembly"), check=True)
    assert outcomes(report)["Organ", "changed"] == 1
    assert Organ.objects.get(code="ga").name == {"en": "Assembly"}


def test_an_entry_changed_in_its_file_is_changed_and_nothing_else_is(tmp_path):
    load(tmp_path)
    before = count_events()
    report = load(tmp_path, replaced("mandates.toml", 'appointed_on = "2011-08"', 'appointed_on = "2011-08-01"'))
    assert {key for key in outcomes(report) if key[1] != "unchanged"} == {("MandateHolder", "changed")}
    assert MandateHolder.objects.get().appointed_on.edtf == "2011-08-01"
    assert count_events() == before | {"MandateHolderEvent": before["MandateHolderEvent"] + 1}


def test_what_is_taken_out_of_an_entry_is_taken_out(tmp_path):
    load(tmp_path)
    load(tmp_path, replaced("groups.toml", 'note.en = "A founder."\n', ""))
    assert GroupMembership.objects.get(group__code="eu").note == {}


def test_entries_no_longer_in_the_files_are_told_and_kept(tmp_path):
    load(tmp_path)
    shorter = FILES["resolutions.toml"].split("[[resolution.request]]\nposition = 2")[0]
    report = load(tmp_path, {"resolutions.toml": shorter, "stakeholders.toml": ""})
    assert report.left_out == ["request: A/HRC/RES/21/10 (b)", "stakeholder: Office"]
    assert Request.objects.count() == 2
    assert "No longer in the files, and left as it is: stakeholder: Office" in describe(report)


def test_numbers_can_be_exchanged_and_given_to_others(tmp_path):
    load(tmp_path)
    first, second = FILES["elements.toml"].split("\n\n")
    swapped = "\n\n".join(
        [first.replace("position = 1", "position = 2"), second.replace("position = 2", "position = 1")]
    )
    report = load(tmp_path, {"elements.toml": swapped})
    assert list(Element.objects.order_by("position").values_list("code", flat=True)) == ["26b", "26a"]
    assert outcomes(report)["Element", "changed"] == 2
    assert outcomes(load(tmp_path, {"elements.toml": swapped}))["Element", "unchanged"] == 2
    # One that the files have no longer gives way to one that they have.
    load(tmp_path, {"elements.toml": first.replace("26a", "27a")})
    assert Element.objects.get(code="27a").position == 1
    assert Element.objects.count() == 3


def test_two_memberships_of_one_state_are_told_apart_by_their_beginning(tmp_path):
    twice = FILES["groups.toml"].replace("joined_on = 1958-01-01\n", "joined_on = 1958-01-01\nleft_on = 1990-01-01\n")
    twice += '\n[[group.membership]]\nstate = "BEL"\njoined_on = 1995-01-01\n'
    load(tmp_path, {"groups.toml": twice})
    assert outcomes(load(tmp_path, {"groups.toml": twice}))["GroupMembership", "unchanged"] == 3
    periods = GroupMembership.objects.filter(group__code="eu").order_by("joined_on")
    assert [(str(each.joined_on), str(each.left_on)) for each in periods] == [
        ("1958-01-01", "1990-01-01"),
        ("1995-01-01", "None"),
    ]


# --- What people wrote by hand ---------------------------------------------------------------------------------------


def test_a_field_changed_by_hand_stays_and_the_others_follow_the_file(tmp_path):
    load(tmp_path)
    holder = MandateHolder.objects.get()
    holder.appointed_on = "2011-07"
    holder.save()
    report = load(tmp_path, replaced("mandates.toml", 'name.en = "Somebody"', 'name.en = "Somebody Else"'))
    holder.refresh_from_db()
    assert (holder.name["en"], holder.appointed_on.edtf) == ("Somebody Else", "2011-07")
    assert report.kept == ["mandates.toml:8, mandate 1 (solidarity), holder 1 (1), field “appointed_on”"]
    # Also after the dossier has written another field of the row.
    assert outcomes(load(tmp_path))["MandateHolder", "changed"] == 1
    holder.refresh_from_db()
    assert (holder.name["en"], holder.appointed_on.edtf) == ("Somebody", "2011-07")


def test_a_language_added_or_changed_by_hand_stays(tmp_path):
    load(tmp_path)
    organ = Organ.objects.get(code="hrc")
    organ.name = {**organ.name, "fr": "Conseil", "ar": "مجلس حقوق الإنسان"}
    organ.save()
    load(tmp_path, replaced("organs.toml", '"Council"', '"Human Rights Council"'))
    organ.refresh_from_db()
    assert organ.name == {"en": "Human Rights Council", "fr": "Conseil", "ar": "مجلس حقوق الإنسان"}


def test_an_entry_made_by_hand_is_not_touched_and_can_be_led_to(tmp_path):
    Organ.objects.create(code="hrc", name={"en": "Ours"}, acronym="HRC")
    before = count_events()["OrganEvent"]
    report = load(tmp_path)
    organ = Organ.objects.get(code="hrc")
    assert (organ.name, organ.acronym) == ({"en": "Ours"}, "HRC")
    assert Mandate.objects.get().parent_organ == organ
    assert count_events()["OrganEvent"] == before + 1
    assert report.kept == ["organs.toml:1, organ 1 (hrc), field “name, acronym”"]
    Stakeholder.objects.create(slug="by-hand", kind="ngo", name={"en": "By hand"})
    assert load(tmp_path).left_out == []


def test_an_entry_made_by_hand_does_not_give_way(tmp_path):
    Element.objects.create(code="x", kind="assumption", position=2, theme={"en": "Ours"}, text={"en": "Ours"})
    with pytest.raises(InvalidFiles, match=r"elements.toml:8, element 2 \(26b\), field “position”"):
        load(tmp_path)
    assert Element.objects.get().position == 2


def test_links_made_by_hand_stay(tmp_path):
    load(tmp_path)
    forum = Activity.objects.get(slug="forum")
    forum.requests.add(Request.objects.get(label="b"))
    report = load(tmp_path)
    assert [request.label for request in forum.requests.all()] == ["b"]
    assert report.kept == ["activities.toml:9, activity 2 (forum), field “requests”"]
