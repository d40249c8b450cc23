"""Import and export in the admin: who may, what goes out, what comes in, and what is refused by row and column."""

import csv
import datetime as dt
import io

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity, Deliverable, Outcome
from consultations.models import Answer, Consultation, ConsultationNote, Question, Questionnaire, View
from consultations.services import ensure_staff_group
from declaration.models import (
    Document,
    DocumentEdition,
    Group,
    GroupMembership,
    Mandate,
    MandateHolder,
    Organ,
    Phase,
    Request,
    Resolution,
    State,
)
from declaration.spreadsheets.admin import ExchangeMixin
from declaration.spreadsheets.tables import Table
from tests import factories
from tests.admin.test_admin import blocked_by_the_content_policy

pytestmark = pytest.mark.django_db

CURATED = {model: admin_ for model, admin_ in admin.site._registry.items() if isinstance(admin_, ExchangeMixin)}
ALL = [pytest.param(model, index, id=f"{model.__name__}-{table.name}")
       for model, admin_ in CURATED.items() for index, table in enumerate(admin_.tables)]  # fmt: skip


def address(model, page):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def take_out(browser, model, index=0, *, excel=False, query=""):
    return browser.post(address(model, "export") + query, {"format": int(excel), "resource": index})


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def show(browser, model, content, *, index=0, name="list.csv"):
    """Send a file; what it would do is in the answer's context."""
    data = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, data)
    return browser.post(address(model, "import"), {"format": 0, "resource": index, "import_file": file})


def confirm(browser, model, shown):
    form = shown.context_data["confirm_form"]
    return browser.post(address(model, "process_import"), {name: form[name].value() or "" for name in form.fields})


def bring_in(browser, model, content, **options):
    return confirm(browser, model, show(browser, model, content, **options))


def problems(response):
    return [(each.place.line, each.place.field, each.message) for each in response.context_data["result"].problems]


@pytest.fixture
def heard():
    """A consultation with views, a note, and a questionnaire with an answer."""
    state, group = factories.make_state("XAB"), factories.make_group("band")
    GroupMembership.objects.create(group=group, state=state, joined_on=dt.date(2012, 1, 1))
    consultation = Consultation.objects.create(
        slug="talks", format="meeting", name={"en": "Talks"}, when="2012-06-07", categories=["ngos", "experts"]
    )
    consultation.states.add(state)
    View.objects.create(
        consultation=consultation,
        position=1,
        summary={"en": "=Yes"},
        attribution="party",
        state=state,
        on_behalf_of=group,
    )
    View.objects.create(consultation=consultation, position=2, summary={"en": "No"}, confidentiality="internal")
    ConsultationNote.objects.create(consultation=consultation, text="Only among ourselves", language="en")
    questionnaire = Questionnaire.objects.create(slug="questions", name={"en": "Questions"}, recipients=["ngos"])
    question = Question.objects.create(questionnaire=questionnaire, label="a", position=1, text={"en": "What?"})
    Answer.objects.create(question=question, state=state, summary={"en": "That."}, confidentiality="chatham_house")
    return consultation


@pytest.fixture
def everything(entries, heard):
    """An entry of each list, those that stand in others as well."""
    mandate = Mandate.objects.get()
    Phase.objects.create(mandate=mandate, ordinal=1, name={"en": "First"}, status="done", due_on="2012")
    MandateHolder.objects.create(mandate=mandate, ordinal=1, name={"en": "First holder"}, took_office_on="2011-08")
    DocumentEdition.objects.create(document=Document.objects.get(), language="ar", url="https://example.org/ar")
    resolution = Resolution.objects.first()
    Request.objects.create(
        resolution=resolution, position=1, label="a", kind="study", addressee_mandate=mandate, summary={"en": "Study"}
    )
    activity = Activity.objects.create(slug="panel", kind="panel", name={"en": "Panel", "ar": "حلقة"}, when="2012-06~")
    activity.requests.set(Request.objects.all())
    activity.consultations.add(heard)
    activity.phases.set(Phase.objects.all())
    Outcome.objects.create(slug="summit", kind="summit", name={"en": "Summit"})
    Deliverable.objects.create(
        slug="draft", name={"en": "Draft"}, due="2014", after=Deliverable.objects.create(slug="a", name={"en": "A"})
    )


class TestWhoMay:
    @pytest.mark.parametrize("model", CURATED, ids=lambda model: model.__name__)
    def test_staff_without_rights_neither_take_out_nor_bring_in(self, client, model):
        client.force_login(factories.make_staff())
        for page in ("export", "import"):
            assert client.get(address(model, page)).status_code == 403
            assert client.post(address(model, page)).status_code == 403
        assert client.post(address(model, "process_import")).status_code == 403

    def test_outsiders_are_led_away(self, client):
        for page in ("export", "import"):
            assert client.get(address(View, page)).status_code == 302
        client.force_login(factories.make_member(factories.make_delegation()))
        assert client.post(address(View, "export"), {"format": 0, "resource": 0}, follow=True).status_code == 404

    def test_the_right_to_see_takes_out_and_does_not_bring_in(self, client, heard):
        staff = factories.make_staff()
        staff.user_permissions.add(Permission.objects.get(codename="view_consultation"))
        client.force_login(staff)
        assert [row["slug"] for row in rows_of(take_out(client, Consultation))] == ["talks"]
        assert client.get(address(Consultation, "import")).status_code == 403
        source = client.get(address(Consultation, "changelist")).content.decode()
        assert "Export" in source
        assert address(Consultation, "import") not in source

    def test_a_list_within_another_asks_for_its_own_rights(self, client, heard):
        staff = factories.make_staff()
        staff.user_permissions.add(Permission.objects.get(codename="view_consultation"))
        client.force_login(staff)
        assert take_out(client, Consultation, 2).status_code in {200, 403}
        assert "Only among ourselves" not in take_out(client, Consultation, 2).content.decode(errors="replace")
        staff.user_permissions.add(Permission.objects.get(codename="view_consultationnote"))
        assert "Only among ourselves" in take_out(client, Consultation, 1).content.decode()

    def test_the_secretariat_does_both(self, client, heard):
        staff = factories.make_staff()
        staff.groups.add(ensure_staff_group())
        client.force_login(staff)
        assert bring_in(client, Organ, "code,name_en\nunga,Assembly\n").status_code == 302
        assert [row["code"] for row in rows_of(take_out(client, Organ))] == ["unga"]


class TestRoundTrip:
    @pytest.mark.parametrize(("model", "index"), ALL)
    def test_what_goes_out_changes_nothing_when_it_comes_in(self, desk, everything, model, index):
        table: Table = CURATED[model].tables[index]
        for excel in (False, True):
            sent = take_out(desk, model, index, excel=excel)
            assert "attachment" in sent["Content-Disposition"]
            assert table.name in sent["Content-Disposition"]
            if not table.takes:
                continue
            shown = show(desk, model, sent.content, index=index)
            result = shown.context_data["result"]
            assert problems(shown) == []
            assert (result.totals["skip"], len(result.changed)) == (table.model.objects.count(), 0)
            assert result.totals["skip"]

    def test_what_was_removed_comes_back_as_it_was(self, desk, everything):
        for model in (Answer, View, Deliverable, Activity):
            out = take_out(desk, model)
            chosen = {"after__isnull": False} if model is Deliverable else {}
            model.objects.filter(**chosen).delete()
            assert bring_in(desk, model, out.content).status_code == 302
            assert sorted(rows_of(take_out(desk, model)), key=str) == sorted(rows_of(out), key=str)

    def test_only_what_the_list_is_narrowed_to_goes_out(self, desk, heard):
        assert [row["position"] for row in rows_of(take_out(desk, View, query="?confidentiality__exact=internal"))] == [
            "2"
        ]


class TestWhatComesIn:
    def test_columns_left_out_change_nothing_and_empty_cells_empty(self, desk):
        organ = factories.make_organ("unga", name={"en": "Assembly", "ar": "الجمعية", "fr": "Assemblée"}, acronym="GA")
        shown = show(desk, Organ, "code,name_ar,name_fr\nunga,الجمعية العامة,\n")
        [row] = shown.context_data["rows"]
        assert [(each.column, each.before, each.after) for each in row.changes] == [
            ("name_ar", "الجمعية", "الجمعية العامة"),
            ("name_fr", "Assemblée", ""),
        ]
        assert blocked_by_the_content_policy(shown.content.decode()) == []
        organ.refresh_from_db()
        assert organ.name["fr"] == "Assemblée"
        assert confirm(desk, Organ, shown).url == address(Organ, "changelist")
        organ.refresh_from_db()
        assert (organ.name, organ.acronym) == ({"en": "Assembly", "ar": "الجمعية العامة"}, "GA")

    def test_new_entries_are_logged_and_audited(self, desk, administrator):
        content = "symbol;title_en;published_on\nA/68/176;Report;٢٠١٣-٠٧-٢٣\n"
        assert bring_in(desk, Document, content).status_code == 302
        document = Document.objects.get(slug="A-68-176")
        assert document.published_on.edtf == "2013-07-23"
        entry = LogEntry.objects.get()
        assert (entry.user, entry.object_id, entry.is_addition()) == (administrator, str(document.pk), True)
        event = Document.pgh_event_models["insert"].objects.get(pgh_obj_id=document.pk)
        assert event.pgh_context.metadata["user"] == administrator.pk

    def test_links_are_named_by_keys_and_set(self, desk, everything):
        content = "slug,requests,phases,consultations\npanel,,independent-expert#1,talks\n"
        assert bring_in(desk, Activity, content).status_code == 302
        activity = Activity.objects.get(slug="panel")
        assert not activity.requests.exists()
        assert activity.consultations.get().slug == "talks"

    def test_row_may_lead_to_one_below_it(self, desk):
        content = "slug,name_en,after\nfinal,Final draft,zero\nzero,Zero draft,\n"
        assert bring_in(desk, Deliverable, content).status_code == 302
        assert Deliverable.objects.get(slug="final").after.slug == "zero"

    def test_change_of_a_view_counts_as_one_of_its_consultation(self, desk, heard):
        bring_in(desk, View, "consultation,position,summary_en\ntalks,2,Not so\n")
        heard.refresh_from_db()
        assert heard.revision == 2

    def test_note_is_written_by_who_brings_it_in(self, desk, heard, administrator):
        content = "consultation,created_at,text,language\ntalks,,Another,en\n"
        assert bring_in(desk, ConsultationNote, content).status_code == 302
        assert ConsultationNote.objects.get(text="Another").author == administrator


class TestWhatIsRefused:
    def test_two_rows_in_one_place_are_told_by_row(self, desk, heard):
        questionnaire = Questionnaire.objects.get()
        content = (
            "questionnaire,position,label,text_en\n"
            f"{questionnaire.slug},7,g,Seventh\n"
            f"{questionnaire.slug},8,h,Eighth\n"
            f"{questionnaire.slug},7,i,Another\n"
        )
        assert problems(show(desk, Question, content)) == [
            (4, "position", "Another row has the same: questionnaire, position.")
        ]
        assert questionnaire.questions.count() == 1

    def test_all_problems_are_told_by_row_and_column_and_nothing_is_stored(self, desk):
        factories.make_organ("unga")
        content = (
            "code,kind,name_en,is_active\n"
            "one,organ,One,true\n"
            "two,organn,Two,maybe\n"
            "three,organ,,true\n"
            "one,organ,Again,true\n"
            "no slug,organ,Four,true\n"
        )
        shown = show(desk, Organ, content)
        assert problems(shown) == [
            (3, "kind", "“organn” is not known here. Is “organ” meant?"),
            (3, "is_active", "“maybe” is neither true nor false."),
            (4, "name_en", "This is missing."),
            (5, "code", "Row 2 has the same key."),
            (6, "code", "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
        ]
        assert "confirm_form" not in shown.context_data
        assert Organ.objects.count() == 1
        source = shown.content.decode()
        assert "list.csv" in source
        assert blocked_by_the_content_policy(source) == []

    def test_headings(self, desk):
        assert problems(show(desk, Organ, "cod,nam_en\na,b\n")) == [
            (1, "cod", "“cod” is not known here. Is “code” meant?"),
            (1, "nam_en", "“nam_en” is not known here. Is “name_en” meant?"),
            (1, "code", "This column is missing: by it each row is found again."),
        ]

    def test_file_that_cannot_be_read_is_told_at_the_field(self, desk):
        shown = show(desk, Organ, "code,name_en\na,=1+1\n")
        assert shown.context_data["form"].errors["import_file"] == [
            "list.csv:2, field “name_en”: This cell holds a formula. Put its value there instead."
        ]

    @pytest.mark.parametrize(
        ("model", "content", "expected"),
        [
            (Document, "symbol,title_en\nA//1,Report\n", (2, "symbol", "This is not the symbol of a United Nations document, such as A/HRC/RES/21/10.")),
            (Document, "symbol,title_en,published_on\nA/1,Report,2013-13\n", (2, "published_on", "“2013-13” is not in the calendar. Check the year, the month and the day.")),
            (Document, "symbol,title_en,organ\nA/1,Report,ungo\n", (2, "organ", "There is no organ “ungo”. Is “unga” meant?")),
            (Consultation, "slug,when\ntalks,2012-06-08/2012-06-07\n", (2, "when", "The range “2012-06-08/2012-06-07” ends before it begins. Put the earlier date first.")),
            (Consultation, "slug,states\ntalks,XAB;XAB\n", (2, "states", "“XAB” is there more than once.")),
            (Consultation, "slug,categories\ntalks,ngo\n", (2, "categories", "“ngo” is not known here. Is “ngos” meant?")),
            (Consultation, "slug,participant_count\ntalks,-3\n", (2, "participant_count", "“-3” is not a whole number of at most nine digits.")),
            (View, "consultation,position,state\ntalks,2,XAB\n", (2, "attribution", "Name one party where the view is one party's, and none where it is not.")),
            (ConsultationNote, "consultation,created_at,text,language\ntalks,2012-01-01T00:00:00Z,x,en\n", (2, "created_at", "No entry has this. Leave the cell empty to add one.")),
        ],
    )  # fmt: skip
    def test_value(self, desk, heard, model, content, expected):
        factories.make_organ("unga")
        assert problems(show(desk, model, content)) == [expected]

    def test_state_that_had_not_joined_its_group_by_then(self, desk, heard):
        [(row, column, message)] = problems(show(desk, Consultation, "slug,when\ntalks,2011\n"))
        assert (row, column) == (2, "when")
        other = Consultation.objects.create(slug="earlier", format="meeting", name={"en": "Earlier"}, when="2011")
        content = "consultation,position,summary_en,attribution,state,on_behalf_of\nearlier,1,Yes,party,XAB,band\n"
        [(row, column, message)] = problems(show(desk, View, content))
        assert (row, column) == (2, "on_behalf_of")
        assert "was no member" in message
        assert not other.views.exists()

    def test_state_that_is_in_the_group_already(self, desk, heard):
        [(row, column, message)] = problems(show(desk, Group, "group,state,joined_on\nband,XAB,2013-01-01\n", index=1))
        assert (row, column) == (2, "left_on")
        assert message.startswith("This State is in this group already.")

    def test_circle(self, desk, everything):
        shown = show(desk, Deliverable, "slug,after\na,draft\n")
        assert problems(shown) == [(2, "after", "These deliverables would be due after one another.")]

    def test_two_with_one_position_are_found_before_anything_is_stored(self, desk, heard):
        content = "questionnaire,label,position,text_en\nquestions,b,1,What else?\n"
        [(_row, _column, message)] = problems(show(desk, Question, content))
        assert "consultations_question_position" in message

    def test_preview_that_is_out_of_date_is_shown_again(self, desk):
        organ = factories.make_organ("unga", acronym="GA")
        shown = show(desk, Organ, "code,acronym\nunga,UNGA\n")
        Organ.objects.filter(pk=organ.pk).update(acronym="Plenary")
        again = confirm(desk, Organ, shown)
        assert again.status_code == 200
        assert "The record has changed since you saw the preview." in again.content.decode()
        organ.refresh_from_db()
        assert organ.acronym == "Plenary"
        assert confirm(desk, Organ, again).status_code == 302
        organ.refresh_from_db()
        assert organ.acronym == "UNGA"

    def test_file_is_taken_once(self, desk):
        shown = show(desk, Organ, "code,name_en\nunga,Assembly\n")
        assert confirm(desk, Organ, shown).url == address(Organ, "changelist")
        assert confirm(desk, Organ, shown).url == address(Organ, "import")
        assert Organ.objects.count() == 1


def test_every_list_of_the_record_is_exchanged():
    listed = {table.model for admin_ in CURATED.values() for table in admin_.tables}
    assert {Organ, State, Group, Document, Mandate, Resolution, Request, Phase, GroupMembership} <= listed
    assert {Consultation, View, ConsultationNote, Questionnaire, Question, Answer} <= listed
    assert {Activity, Outcome, Deliverable} <= listed


@pytest.mark.parametrize("model", CURATED, ids=lambda model: model.__name__)
def test_pages_open_within_the_content_policy(desk, model):
    pages = ["export", "import"] if any(table.takes for table in CURATED[model].tables) else ["export"]
    for page in pages:
        response = desk.get(address(model, page))
        assert response.status_code == 200
        assert blocked_by_the_content_policy(response.content.decode()) == []


def test_taking_out_asks_no_more_for_more(desk):
    state = factories.make_state("XAB")
    asked = []
    for number in range(3):
        consultation = Consultation.objects.create(slug=f"talks-{number}", format="meeting", name={"en": "Talks"})
        consultation.states.add(state)
        take_out(desk, Consultation)  # what is asked only once has been asked
        with CaptureQueriesContext(connection) as queries:
            assert len(rows_of(take_out(desk, Consultation))) == number + 1
        asked.append(len(queries))
    assert asked[0] == asked[2]
