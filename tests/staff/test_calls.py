"""Calls on the staff pages."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from consultations.models import Call
from declaration.services import withdraw_draft
from tests import factories
from tests.staff.pages import make_closed_call, make_comments, make_sealed_call, tree, words

pytestmark = pytest.mark.django_db

LIST, ADD = "/en/staff/calls/", "/en/staff/calls/new/"

# 1 session, 2 user; 3 count and 4 page of calls with their drafts; 5 submissions and 6 comments by call; 7 the delegations
# that the head names.
QUERIES = 7


def url(name, call):
    return reverse(f"staff-call-{name}", args=[call.pk])


def call_data(draft, /, **changes):
    """A call's form, as a browser sends it."""
    data = {
        "draft": draft.ordinal,
        "title_en": "First round",
        "title_ar": "الجولة الأولى",
        "note_en": "Write early.",
        "opens_at": "2027-03-01T09:00",
        "closes_at": "2027-06-01T18:00",
        "time_zone": "Africa/Cairo",
        "languages": ["en", "ar"],
        "audience": ["member_states", "stakeholders"],
        "publication_rule": "together_after_closing",
        "takes_late": "on",
    }
    return data | changes


class TestPreparing:
    def test_stores_what_was_entered_with_times_in_its_zone(self, desk):
        draft = factories.make_draft()
        response = desk.post(ADD, call_data(draft))
        call = Call.objects.get()
        assert response.url == url("detail", call)
        assert call.draft == draft
        assert (call.status, call.title, call.note) == (
            "preparing",
            {"en": "First round", "ar": "الجولة الأولى"},
            {"en": "Write early."},
        )
        # Cairo is two hours before Greenwich in winter and three in summer.
        assert call.opens_at == dt.datetime(2027, 3, 1, 7, tzinfo=dt.UTC)
        assert call.closes_at == dt.datetime(2027, 6, 1, 15, tzinfo=dt.UTC)
        assert (call.languages, call.audience) == (["en", "ar"], ["member_states", "stakeholders"])
        assert (call.publication_rule, call.takes_late) == ("together_after_closing", True)

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"title_en": ""}, "title", "The text in this language is missing: English."),
            ({"opens_at": "soon"}, "opens_at", "Write a date and a time"),
            ({"closes_at": "2027-02-01T09:00"}, "closes_at", "A call closes after it opens."),
            ({"time_zone": "Africa/Atlantis"}, "time_zone", "not the name of a time zone"),
            ({"languages": ["en", "fr"]}, "languages", "no text in this language: Français"),
            ({"audience": []}, "audience", "This field is required."),
            ({"audience": ["invited"]}, "invited", "Name those who are invited"),
            ({"draft": 999_999}, "draft", "not one of the available choices"),
            # An hour that the clocks of Zurich leave out.
            ({"time_zone": "Europe/Zurich", "opens_at": "2027-03-28T02:30"}, "opens_at", "Europe/Zurich"),
            ({"title_en": "a\x00b"}, "title", "null character"),
        ],
    )
    def test_refuses_beside_the_field_and_keeps_what_was_typed(self, desk, changes, field, said):
        response = desk.post(ADD, call_data(factories.make_draft(), **changes))
        assert response.status_code in {400, 422}
        assert said in str(response.context["form"].errors[field])
        assert "Write early." in response.content.decode()
        assert not Call.objects.exists()

    def test_refuses_a_draft_that_takes_no_call(self, desk):
        draft = withdraw_draft(draft=factories.make_draft())
        response = desk.post(ADD, call_data(draft))
        assert (response.status_code, "draft" in response.context["form"].errors) == (422, True)

    def test_invites_by_name(self, desk):
        delegation = factories.make_delegation()
        desk.post(ADD, call_data(factories.make_draft(), audience=["invited"], invited=[delegation.pk]))
        assert list(Call.objects.get().invited.all()) == [delegation]


class TestChanging:
    def test_form_holds_what_stands_and_stores_the_change(self, desk):
        call = factories.make_call(opened=False, time_zone="Africa/Cairo")
        data = dict(tree(desk.get(url("edit", call))).get_element_by_id("call-form").form_values())
        before = (call.opens_at.replace(second=0, microsecond=0), call.closes_at.replace(second=0, microsecond=0))
        data |= {"languages": ["en", "ar"], "audience": ["groups"], "title_en": "Another title"}
        assert desk.post(url("edit", call), data).status_code == 302
        call.refresh_from_db()
        assert (str(call), call.audience, (call.opens_at, call.closes_at)) == ("Another title", ["groups"], before)

    def test_of_an_opened_call_title_and_note_alone(self, desk):
        call = factories.make_call()
        page = tree(desk.get(url("edit", call)))
        names = {field.name.split("_")[0] for field in page.xpath("//form[@id='call-form']//*[@name]") if field.name}
        assert names == {"csrfmiddlewaretoken", "title", "note"}
        closes_at = call.closes_at
        desk.post(url("edit", call), {"title_en": "Mended", "closes_at": "2030-01-01T00:00"})
        call.refresh_from_db()
        assert (str(call), call.closes_at) == ("Mended", closes_at)

    def test_archived_call_does_not_change(self, desk):
        call = make_closed_call()
        desk.post(url("archive", call))
        assert desk.get(url("edit", call)).status_code == 404


class TestActs:
    def test_opens_extends_closes_and_archives_once_confirmed(self, desk):
        call = factories.make_call(opened=False, time_zone="Asia/Tokyo")
        assert "It becomes public now" in words(desk.get(url("open", call)))
        desk.post(url("open", call))
        call.refresh_from_db()
        assert call.status == "open"
        later = (timezone.now() + dt.timedelta(days=20)).replace(second=0, microsecond=0)
        local = later.astimezone(dt.timezone(dt.timedelta(hours=9)))
        desk.post(url("extend", call), {"closes_at": local.strftime("%Y-%m-%dT%H:%M")})
        call.refresh_from_db()
        assert call.closes_at == later
        response = desk.post(url("close", call), follow=True)
        assert "The call has been closed." in words(response)
        desk.post(url("archive", call))
        call.refresh_from_db()
        assert call.status == "archived"

    def test_refusals_are_said_and_change_nothing(self, desk):
        call = factories.make_call()
        for act, said in (("open", "has been opened already"), ("archive", "Only a closed call can be archived.")):
            response = desk.post(url(act, call))
            assert (response.status_code, said in words(response)) == (400, True), act
        early = desk.post(url("extend", call), {"closes_at": "2020-01-01T00:00"})
        assert "An extension ends later" in str(early.context["form"].errors["closes_at"])
        nonsense = desk.post(url("extend", call), {"closes_at": "later"})
        assert nonsense.status_code == 422

    def test_opens_on_a_published_draft_only(self, desk):
        call = factories.make_call(factories.make_draft(published=False), opened=False)
        response = desk.post(url("open", call))
        assert (response.status_code, "Publish the draft first." in words(response)) == (400, True)

    def test_released_call_is_not_offered_to_be_extended(self, desk):
        call = make_sealed_call(
            opens_at=timezone.now() - dt.timedelta(days=9), closes_at=timezone.now() - dt.timedelta(days=1)
        )
        assert tree(desk.get(url("detail", call))).xpath("//*[@id='extend']") == []
        assert "released" in words(desk.post(url("extend", call), {"closes_at": "2030-01-01T00:00"}))


def test_counts_what_came_in(desk):
    call = make_closed_call()
    answered, _unanswered = make_comments(2, call=call)
    factories.make_answer(answered)
    figures = words(desk.get(url("detail", call))).partition("What came in")[2].partition("What it says")[0]
    assert "".join(figures.split()) == (
        "submissionsstand2superseded0withdrawn0commentsnotanswered1answersnotpublished0answerspublished1"
    )


def test_narrows_the_list(desk):
    preparing, opened = factories.make_call(opened=False, title={"en": "Not yet"}), factories.make_call()
    found = [link.get("href") for link in tree(desk.get(LIST, {"status": "preparing"})).xpath("//tbody//a")]
    assert found == [url("detail", preparing)]
    assert url("detail", opened) in desk.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_database_the_same_number_of_times(desk, count):
    for _number in range(count):
        make_comments(1)
    desk.get(LIST)
    with assertNumQueries(QUERIES):
        desk.get(LIST)
