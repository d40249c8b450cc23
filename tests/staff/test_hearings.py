"""The staff page on which a consultation is written up, with and without scripts."""

import pytest
from django.urls import reverse

from consultations.models import Consultation, ConsultationNote
from consultations.services import hearing_views, hearings
from tests import factories
from tests.staff.pages import form_of, tree, words

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Meeting in Geneva",
    "format": "meeting",
    "status": "held",
    "when": "2012-06-07",
    "attribution": "parties",
    "language": "en",
    "note-confidentiality": "internal",
}


def row(number, **values):
    values = {"confidentiality": "public", "summary": ""} | values
    return {f"v{number}-{name}": value for name, value in values.items()}


@pytest.fixture
def new():
    return reverse("staff-consultation-add")


def autosave(desk, url, typed):
    return desk.post(url, typed, headers={"X-Autosave": "1"})


def test_a_meeting_is_written_up_without_scripts(desk, new, staff):
    states = [factories.make_state(code) for code in ("XAB", "XAC")]
    page = form_of(desk.get(new), "write-up")
    typed = page | NEW | {"participants": "XAB\nState XAC\ngovernments", "note-text": "Only for us."}
    typed |= row(0, party="XAC", summary="Second.", bears_on="") | row(2, summary="Of several.")
    stored = desk.post(new, typed | {"row": ["2", "0"]})
    consultation = Consultation.objects.get()
    url = reverse("staff-consultation-edit", args=[consultation.slug])
    assert (stored.status_code, stored.url) == (302, url)
    assert list(consultation.states.order_by("alpha3")) == states
    assert consultation.categories == ["governments"]
    views = consultation.views.order_by("position")
    assert [(str(view), view.state, view.attribution) for view in views] == [
        ("Of several.", None, "collective"),
        ("Second.", states[1], "party"),
    ]
    assert ConsultationNote.objects.get().author == staff
    # What comes back is what was typed, and sent again it changes nothing.
    again = form_of(desk.get(url), "write-up")
    assert again["participants"] == "State XAB [XAB]\nState XAC [XAC]\ngovernments [governments]"
    assert (again["v1-party"], again["note-text"]) == ("State XAC [XAC]", "Only for us.")
    revision = consultation.revision
    assert desk.post(url, again | {"row": ["0", "1"]}).status_code == 302
    consultation.refresh_from_db()
    assert consultation.revision == revision


@pytest.mark.parametrize(
    ("typed", "place", "told"),
    [
        ({"name": ""}, "id_name", "Give the consultation a name in English."),
        ({"when": "2012-06-08/2012-06-07"}, "id_when", "ends before it begins"),
        ({"participants": "Atlantis"}, "id_participants", "no State, group or stakeholder of the name “Atlantis”"),
        ({"participants": "XAB\nState XAB"}, "id_participants", "stands here twice"),
        ({"documents": "the report"}, "id_documents", "is not a symbol"),
        ({"documents": "A/1/1"}, "id_documents", "no document with the symbol A/1/1"),
        (row(0, summary="Said.", party="Atlantis"), "id_v0-party", "Atlantis"),
        (row(0, summary="Said.", bears_on="26z"), "id_v0-bears_on", "no element and no clause"),
        (row(0, summary="Said.", party="XAB", on_behalf_of="friends"), "id_v0-on_behalf_of", "was no member"),
        (row(0, party="XAB"), "id_v0-summary", "Say in English what was said."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(desk, new, typed, place, told):
    factories.make_state("XAB")
    factories.make_group("friends")
    answer = desk.post(new, NEW | typed)
    assert answer.status_code == 422
    links = {link.get("href"): link.text for link in tree(answer).iterfind(".//div[@class='error-summary']//a")}
    assert told in links[f"#{place}"]
    assert not Consultation.objects.exists()
    script = autosave(desk, new, NEW | typed)
    assert (script.status_code, list(script.json()["errors"])) == (422, [place.removeprefix("id_")])


def test_a_page_saves_itself_and_learns_what_was_stored(desk, new):
    first = autosave(desk, new, NEW | row(0, summary="One.") | {"row": ["0"], "note-text": "A"}).json()
    consultation = Consultation.objects.get()
    assert first["url"] == reverse("staff-consultation-edit", args=[consultation.slug])
    typed = NEW | {"revision": first["revision"], "note-pk": first["note"]["pk"], "note-text": "A, and B"}
    typed |= {"note-revision": first["note"]["revision"]} | row(0, summary="One.", pk=first["rows"]["v0"])
    second = autosave(desk, first["url"], typed | row(1, summary="Two.") | {"row": ["0", "1"]}).json()
    assert ConsultationNote.objects.get().text == "A, and B"
    assert [view.pk for view in consultation.views.order_by("position")] == list(second["rows"].values())
    removed = row(0, summary="One.", pk=first["rows"]["v0"], remove="on") | {"revision": second["revision"]}
    assert autosave(desk, first["url"], NEW | removed).status_code == 200
    assert [str(view) for view in consultation.views.all()] == ["Two."]


def test_a_first_saving_that_was_answered_to_nobody_is_not_made_twice(desk, new):
    typed = NEW | {"entry_key": form_of(desk.get(new), "write-up")["entry_key"]}
    first = autosave(desk, new, typed | row(0, summary="One.") | row(1, summary="Gone.") | {"note-text": "A"}).json()
    again = typed | {"name": "Longer meeting", "note-text": "A, and B", "row": ["0", "2"]}
    second = autosave(desk, new, again | row(0, summary="One, and more.") | row(2, summary="Two.")).json()
    assert second["url"] == first["url"]
    consultation = Consultation.objects.get()
    assert str(consultation) == "Longer meeting"
    assert [str(view) for view in consultation.views.order_by("position")] == ["One, and more.", "Two."]
    assert second["rows"]["v0"] == first["rows"]["v0"]
    assert ConsultationNote.objects.get().text == "A, and B"
    shorter = autosave(desk, new, typed | {"row": ["0"]} | row(0, summary="One.")).json()
    assert [str(view) for view in consultation.views.all()] == ["One."]
    assert shorter["revision"] > second["revision"]


def test_what_a_colleague_changed_meanwhile_is_not_put_aside_by_sending_again(desk, new):
    typed = NEW | {"entry_key": form_of(desk.get(new), "write-up")["entry_key"]}
    autosave(desk, new, typed)
    consultation = Consultation.objects.get()
    hearings.change_consultation(consultation=consultation, by=factories.make_staff(), place={"en": "Geneva"})
    again = autosave(desk, new, typed | {"place": "Vienna"})
    assert (again.status_code, again.json()["conflict"]) == (409, True)
    page = desk.post(new, typed | {"place": "Vienna"})
    assert page.status_code == 409
    assert "Geneva" in words(page)
    kept = form_of(page, "write-up")
    assert desk.post(new, kept).status_code == 302
    assert str(Consultation.objects.get().place) == "Vienna"


def test_views_change_places_without_scripts(desk, new):
    desk.post(new, NEW | row(0, summary="One.") | row(1, summary="Two.") | row(2, summary="Three."))
    # The page has blank rows too, which a view passes over.
    consultation = Consultation.objects.get()
    url = reverse("staff-consultation-edit", args=[consultation.slug])

    def move(where):
        page = form_of(desk.get(url), "write-up")
        assert desk.post(url, page | {"row": ["0", "3", "1", "2", "4", "5"], "move": where}).status_code == 302
        return [str(view) for view in consultation.views.order_by("position")]

    assert move("up-2") == ["One.", "Three.", "Two."]
    assert move("down-0") == ["Three.", "One.", "Two."]
    assert move("up-0") == move("up-99") == move("sideways") == ["Three.", "One.", "Two."]


def test_the_list_is_narrowed(desk, new):
    staff = factories.make_staff()
    made = [
        hearings.write_up_consultation(by=staff, name={"en": name}, format=kind, status=status, when=when)
        for name, kind, status, when in (
            ("Forum in Geneva", "meeting", "held", "2012-06"),
            ("Questions to all", "questionnaire", "held", "2009"),
            ("Next round", "meeting", "planned", ""),
        )
    ]
    hearings.publish_consultation(consultation=made[0], by=staff)
    address = reverse("staff-consultation-list")
    for query, found in (
        ("", {0, 1, 2}),
        ("q=geneva", {0}),
        ("kind=questionnaire", {1}),
        ("status=planned", {2}),
        ("public=true", {0}),
        ("public=false", {1, 2}),
        ("after=2012-01-01", {0}),
        ("q=nothing", set()),
    ):
        page = words(desk.get(f"{address}?{query}"))
        assert {number for number, each in enumerate(made) if str(each) in page} == found, query
        assert ("No consultation is like that." in page) == (not found)
        program = desk.get(f"/api/v1/staff/consultations/?{query}").json()["results"]
        assert {each["name"]["en"] for each in program} == {str(made[number]) for number in found}, query


def test_a_conflict_is_told_and_what_was_typed_is_kept(desk, new):
    consultation = hearings.write_up_consultation(by=factories.make_staff(), name={"en": "Meeting"}, format="meeting")
    url = reverse("staff-consultation-edit", args=[consultation.slug])
    page = form_of(desk.get(url), "write-up")
    hearings.change_consultation(consultation=consultation, by=factories.make_staff(), place={"en": "Geneva"})
    assert autosave(desk, url, page | {"place": "Vienna"}).json()["conflict"] is True
    answer = desk.post(url, page | {"place": "Vienna"})
    assert answer.status_code == 409
    told = " ".join(tree(answer).get_element_by_id("differences").text_content().split())
    assert told.endswith("Place Stands now Geneva You typed Vienna")
    meant = form_of(answer, "write-up")
    assert meant["place"] == "Vienna"
    assert desk.post(url, meant).status_code == 302
    consultation.refresh_from_db()
    assert str(consultation.place) == "Vienna"


def test_another_language_is_written_beside_the_english(desk, new):
    desk.post(new, NEW | row(0, summary="Said.") | {"row": ["0"]})
    url = reverse("staff-consultation-edit", args=[Consultation.objects.get().slug])
    page = form_of(desk.get(f"{url}?in=ar"), "write-up")
    assert (page.get("name", ""), page["v0-summary"], page["language"]) == ("", "", "ar")
    assert desk.post(url, page | {"name": "اجتماع", "v0-summary": "قيل."}).status_code == 302
    consultation = Consultation.objects.get()
    assert consultation.name == {"en": "Meeting in Geneva", "ar": "اجتماع"}
    assert consultation.views.get().summary == {"en": "Said.", "ar": "قيل."}


def test_words_outlive_the_session(desk, new, staff):
    desk.logout()
    assert desk.post(new, NEW | row(0, summary="Of an hour.")).status_code == 302
    desk.force_login(staff)
    # Signing in keeps what the session holds only through the sign-in page; here it is put back by hand.
    session = desk.session
    session["kept_form"] = {"page": ["staff-consultation-add", {}], "typed": NEW | row(0, summary="Of an hour.")}
    session.save()
    page = desk.get(new)
    assert "You had been signed out." in words(page)
    assert form_of(page, "write-up")["v0-summary"] == "Of an hour."


def test_a_consultation_is_made_public_and_taken_back(desk, new):
    desk.post(new, NEW)
    consultation = Consultation.objects.get()
    url = reverse("staff-consultation-edit", args=[consultation.slug])
    desk.post(url, form_of(desk.get(url), "write-up") | {"act": "publish"})
    assert Consultation.objects.public().count() == 1
    desk.post(url, form_of(desk.get(url), "write-up") | {"act": "retract"})
    assert not Consultation.objects.public().exists()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_a_constant_number_of_questions(desk, staff, count, django_assert_num_queries):
    states = [factories.make_state() for _number in range(count)]
    for number in range(count):
        consultation = hearings.write_up_consultation(
            by=staff, name={"en": f"Meeting {number}"}, format="meeting", states=states
        )
    for state in states:
        hearing_views.add_view(consultation=consultation, by=staff, state=state, summary={"en": "Said."})
    with django_assert_num_queries(5):  # session, user, delegations, count, consultations
        assert desk.get(reverse("staff-consultation-list")).status_code == 200
    # session, user, consultation, own note, states, groups, stakeholders, documents, views, elements, clauses, notes, delegations
    with django_assert_num_queries(13):
        assert desk.get(reverse("staff-consultation-edit", args=[consultation.slug])).status_code == 200
