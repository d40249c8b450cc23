"""The pages of the record: States in order, resolutions with what was done, activities with their dates as known."""

import re

import pytest

from activities.models import Activity
from declaration.models import Document, GroupMembership, Paragraph, State
from tests import factories
from tests.api import record
from tests.pages.world import words


def make_member_state(alpha3, m49, name, region=None):
    """A real member State, in a regional group."""
    state = State.objects.create(alpha3=alpha3, m49=m49, name=name)
    if region:
        GroupMembership.objects.create(state=state, group=region)
    return state


def test_states_stand_by_region_in_the_order_of_their_names_in_the_pages_language(db, client):
    region = factories.make_group("region", kind="regional", name={"en": "A region"})
    make_member_state("ALB", "008", {"en": "Albania", "ar": "ألبانيا"}, region)
    make_member_state("CIV", "384", {"en": "Côte d'Ivoire", "ar": "كوت ديفوار"}, region)
    make_member_state("CRI", "188", {"en": "Costa Rica", "ar": "كوستاريكا"}, region)
    make_member_state("DZA", "012", {"en": "Algeria", "ar": "الجزائر"}, region)
    make_member_state("KIR", "296", {"en": "Kiribati", "ar": "كيريباس"})
    State.objects.create(alpha3="VAT", m49="336", status="observer_state", name={"en": "Holy See", "ar": "الكرسي"})
    factories.make_state("XAA", name={"en": "Avalonia", "ar": "أفالونيا"})

    def order(language):
        return re.findall(r'href="/\w+/states/(\w+)/"', client.get(f"/{language}/states/").text)

    assert order("en") == ["ALB", "DZA", "CRI", "CIV", "KIR", "VAT", "XAA"]
    # ألبانيا, (ال)جزائر, كوت, كوستاريكا: the article counts for nothing
    assert order("ar") == ["ALB", "DZA", "CIV", "CRI", "KIR", "VAT", "XAA"]
    page = words(client.get("/en/states/"))
    assert "In no regional group Kiribati Observer States Holy See Invented States, for demonstration" in page


def test_group_that_a_state_has_left_does_not_list_it(db, client):
    region = factories.make_group("region", kind="regional", name={"en": "A region"})
    state = make_member_state("ALB", "008", {"en": "Albania"}, region)
    state.group_memberships.update(left_on="2020-01-01")
    assert "In no regional group Albania" in words(client.get("/en/states/"))


def test_resolution_prints_vote_requests_and_what_was_done(world, client):
    page = words(client.get(f"/en/resolutions/{world.resolution.slug}/"))
    assert "30 for, 12 against, 5 abstaining" in page
    assert "Mandate 1 Renews the mandate for 3 years" in page
    assert "(a) To study. study asked of Mandate 1" in page
    assert "Answered by: Activity 1 (7 June 2012)" in page
    assert "(b) To report. report asked of Organ 1" in page
    assert "No activity that answers it is recorded." in page
    assert "Source: Document 1, paras. 10, 11" in page
    assert "inferred" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"adopted_without_vote": True}, "adopted without a vote"),
        ({"adopted_without_vote": None}, "vote not recorded"),
        ({"adopted_without_vote": False}, "adopted by a vote whose figures are not recorded"),
    ],
)
def test_resolution_says_what_is_known_of_the_vote(db, client, fields, said):
    resolution = factories.make_resolution(**fields)
    assert said in words(client.get(f"/en/resolutions/{resolution.slug}/"))
    assert said in words(client.get("/en/resolutions/"))


def test_resolutions_stand_in_the_order_of_adoption(db, client):
    for symbol, date in (("A/RES/3", ""), ("A/RES/2", "2011"), ("A/RES/1", "2012-06")):
        factories.make_resolution(symbol, adopted_on=date)
    assert re.findall(r"<bdi>(A/RES/\d)</bdi>", client.get("/en/resolutions/").text) == [
        "A/RES/2",
        "A/RES/1",
        "A/RES/3",
    ]
    assert "date not given A/RES/3" in words(client.get("/en/resolutions/"))


def test_letters_of_requests_are_printed_as_the_language_does(world, client):
    assert "(أ)" in words(client.get(f"/ar/resolutions/{world.resolution.slug}/"))
    assert "A/HRC/RES/90/1 (أ)" in words(client.get("/ar/activities/"))
    assert "A/HRC/RES/90/1 (a)" in words(client.get("/en/activities/"))


def test_timeline_puts_activities_under_their_years_and_dates_as_known(db, client):
    for slug, when in (
        ("day", "2012-06-07"),
        ("days", "2012-06-07/2012-06-08"),
        ("month", "2012-02"),
        ("year", "2011"),
        ("each-year", "XXXX-12-20"),
        ("unknown", ""),
    ):
        Activity.objects.create(slug=slug, kind="panel", name={"en": f"Panel {slug}"}, when=when)
    page = words(client.get("/en/activities/"))
    order = re.findall(r"Panel ([a-z-]+)", page)
    assert order == ["year", "month", "day", "days", "each-year", "unknown"]
    assert "2011 2011 Panel year" in page
    assert "2012 February 2012 Panel month" in page
    assert "7 June 2012 Panel day" in page
    assert "7–8 June 2012 Panel days" in page
    assert "No date of its own 20 December each year Panel each-year" in page
    assert "date not given Panel unknown" in page


def test_timeline_names_place_role_documents_source_and_what_is_inferred(world, client):
    Activity.objects.filter(pk=world.activity.pk).update(role={"en": "Panellist."})
    for path in ("activities/", f"activities/{world.activity.slug}/"):
        page = words(client.get(f"/en/{path}"))
        for said in ("Geneva", "Panellist.", "Document 1", "paras. 10, 11", "inferred", "7 June", "Whole 1"):
            assert said in page, (path, said)


def test_timeline_is_narrowed_by_kind_and_words(world, client):
    assert "Activity 1" not in client.get("/en/activities/?kind=training").text
    assert "Activity 1" in client.get("/en/activities/?kind=panel").text
    assert "No activity is like that." in client.get("/en/activities/?q=nothing-like-it").text


def test_mandate_prints_tasks_holders_plan_and_what_is_unanswered(world, client):
    assert client.get("/en/mandate/").url == f"/en/mandates/{world.mandate.slug}/"
    page = words(client.get(f"/en/mandates/{world.mandate.slug}/"))
    assert "Tasks To study." in page
    assert "Holder 1" in page
    assert "appointed by Organ 1" in page
    assert "1 request is addressed to it." in page
    assert "Study done due: 7 June 2012" in page
    world.activity.requests.clear()
    assert "For 1 of them no activity is recorded." in words(client.get(f"/en/mandates/{world.mandate.slug}/"))


def test_document_lists_what_the_record_takes_from_it_and_where_its_text_is(world, client):
    document = Document.objects.get(slug="document-1")
    Paragraph.objects.create(
        document=document, language="en", position=1, number=10, eid="para_10", label="10.", text="Paragraph ten."
    )
    page = client.get("/en/documents/document-1/").text
    assert "What the record takes from it" in page
    for address in ("elements/26a/", "resolutions/A-HRC-RES-90-1/", "activities/activity-1/"):
        assert f'href="/en/{address}"' in page
    assert 'href="/en/documents/document-1/text/?language=en"' in page
    assert 'href="/en/documents/document-1/text/#para_10"' not in page, "Paragraph 11 is cited too, and is not there."


def test_name_that_a_language_lacks_is_shown_in_english_and_marked(db, client):
    record.make_stakeholder("1")
    page = client.get("/ar/stakeholders/").text
    assert '<span lang="en" dir="ltr">Organization organization-1</span>' in page
