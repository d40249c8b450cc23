"""The staff pages on which it is settled what clauses come from, and on which the next draft is begun."""

import pytest
from django.urls import reverse

from declaration.models import Descent, Draft
from declaration.services.lineage import propose_descents
from tests import factories
from tests.declaration.test_lineage import DEBTS, RELIEF, RIVERS, SCHOOL, articles, follow, origins
from tests.staff.pages import form_of, tree, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def older():
    return factories.make_draft(clauses=articles(RELIEF, RIVERS, SCHOOL))


@pytest.fixture
def newer(older):
    """One new clause, one amended, one the same; one was cut."""
    draft = follow(older, DEBTS, RELIEF.replace("two days", "three days"), SCHOOL)
    propose_descents(draft=draft)
    return draft


def listing(draft, **query):
    return reverse("staff-draft-lineage", args=[draft.ordinal], query=query or None)


def page_of(draft, eid, **query):
    return reverse("staff-clause-origin", args=[draft.ordinal, eid], query=query or None)


def row_words(response, eid):
    return " ".join(tree(response).get_element_by_id(eid).text_content().split())


class TestTheList:
    def test_says_what_each_comes_from_and_how_sure_that_is(self, desk, newer):
        response = desk.get(listing(newer))
        assert "from nothing that was found nothing found: new?" in row_words(response, "art_11")
        assert "from Article 11 (amended) certain 9" in row_words(response, "art_12")
        assert "from Article 13 (same) certain 9" in row_words(response, "art_13")
        assert "0 of 3 clauses confirmed" in words(response)
        assert "dropped from the draft before: 1" in words(response)

    def test_shows_what_changed(self, desk, newer):
        [row] = [tree(desk.get(listing(newer))).get_element_by_id("art_12")]
        assert [each.text for each in row.iter("ins")] == ["three"]
        assert [each.text for each in row.iter("del")] == ["two"]
        both = tree(desk.get(listing(newer, **{"with": "ar"}))).get_element_by_id("art_12")
        assert {each.get("lang") for each in both.iter() if each.get("lang")} == {"en", "ar"}

    @pytest.mark.parametrize(
        ("show", "eids"),
        [
            ("all", ["art_11", "art_12", "art_13"]),
            ("unsettled", ["art_11", "art_12"]),
            ("uncertain", ["art_11"]),
            ("new", ["art_11"]),
            ("dropped", ["art_12"]),
            ("nonsense", ["art_11", "art_12", "art_13"]),
        ],
    )
    def test_is_narrowed(self, desk, newer, show, eids):
        newer.clauses.filter(eid="art_13").update(is_origin_confirmed=True)
        rows = tree(desk.get(listing(newer, show=show))).find_class("origin-row")
        assert [row.get("id") for row in rows] == eids

    def test_certain_ones_are_confirmed_together(self, desk, newer):
        button = tree(desk.get(listing(newer))).get_element_by_id("certain")
        assert button.text_content() == "Confirm all 2 that are certain"
        response = desk.post(listing(newer), {"act": "certain"}, follow=True)
        assert "2 clauses were confirmed." in words(response)
        assert [each.eid for each in newer.clauses.filter(is_origin_confirmed=False)] == ["art_11"]

    def test_proposes_anew(self, desk, newer):
        Descent.objects.all().delete()
        desk.post(listing(newer), {"act": "propose"})
        assert origins(newer)["art_13"] == {"art_13": "same"}

    def test_confirms_one_row_as_proposed(self, desk, newer):
        response = desk.get(listing(newer))
        [form] = tree(response).get_element_by_id("art_12").iter("form")
        answer = desk.post(form.get("action"), dict(form.form_values()))
        assert answer.url == listing(newer, show="all", page=1) + "#art_12"
        clause = newer.clauses.get(eid="art_12")
        assert (clause.is_origin_confirmed, origins(newer)["art_12"]) == (True, {"art_11": "amended"})

    def test_of_a_published_draft_is_read_and_not_changed(self, desk, older):
        newer = factories.make_draft(declaration=older.declaration, supersedes=older)
        response = desk.get(listing(newer))
        assert not tree(response).xpath('//main//form[@method="post"]')
        assert desk.post(listing(newer), {"act": "propose"}).status_code == 409

    def test_is_not_there_where_nothing_is_superseded(self, desk, older):
        assert desk.get(listing(older)).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_asks_as_much_for_many_as_for_one(self, desk, count, django_assert_num_queries):
        older = factories.make_draft(clauses=articles(*[RELIEF, RIVERS, SCHOOL][:count]))
        draft = follow(older, *[RELIEF, RIVERS, SCHOOL][:count])
        propose_descents(draft=draft)
        desk.get(listing(draft))
        # 1 session, 2 user, 3 the draft and the one before, 4 progress, 5 dropped, 6 how many, 7 the clauses, 8 their words,
        # 9 their origins, 10 the clauses these name, 11 the words of those, 12 the reader's delegations
        with django_assert_num_queries(12):
            desk.get(listing(draft))


class TestOneClause:
    def test_offers_what_it_comes_from_and_what_was_dropped(self, desk, newer):
        response = desk.get(page_of(newer, "art_12"))
        boxes = {
            each.get("value"): each.get("checked") is not None
            for each in tree(response).xpath('//input[@name="ancestor"]')
        }
        assert boxes == {"art_11": True, "art_12": False}

    def test_finds_others_by_their_words(self, desk, newer):
        response = desk.get(page_of(newer, "art_12", q="school that teaches"))
        assert [each.get("value") for each in tree(response).xpath('//input[@name="ancestor"]')] == [
            "art_11",
            "art_12",
            "art_13",
        ]

    def test_confirms_and_goes_on_to_the_next(self, desk, newer):
        sent = form_of(desk.get(page_of(newer, "art_12")), "origin-form")
        response = desk.post(page_of(newer, "art_12"), sent | {"ancestor": ["art_11", "art_12"]})
        assert response.url == page_of(newer, "art_13")
        assert origins(newer)["art_12"] == {"art_11": "merged", "art_12": "merged"}

    def test_the_last_leads_back_to_the_list(self, desk, newer):
        newer.clauses.exclude(eid="art_11").update(is_origin_confirmed=True)
        response = desk.post(page_of(newer, "art_11"), {"revision": 1, "is_new": "1"})
        assert response.url == listing(newer)
        assert not newer.clauses.filter(is_origin_confirmed=False).exists()

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"revision": 1}, "Choose at least one clause"),
            ({"revision": 1, "ancestor": ["art_99"]}, "The draft before has no clause “art_99”."),
            ({"revision": "x", "ancestor": ["art_11"]}, "Enter a whole number."),
        ],
    )
    def test_says_what_is_wrong(self, desk, newer, sent, said):
        response = desk.post(page_of(newer, "art_11"), sent)
        assert response.status_code == 422
        assert said in words(response)
        assert not newer.clauses.get(eid="art_11").is_origin_confirmed

    def test_second_of_two_people_sees_what_stands_now(self, desk, newer):
        sent = form_of(desk.get(page_of(newer, "art_12")), "origin-form")
        desk.post(page_of(newer, "art_12"), {"revision": 1, "is_new": "1"})
        response = desk.post(page_of(newer, "art_12"), sent)
        assert response.status_code == 409
        assert "was changed or settled by somebody else meanwhile" in words(response)
        assert origins(newer)["art_12"] == {}
        assert form_of(response, "origin-form")["revision"] == "2"


class TestTheNextDraft:
    def test_is_begun_from_a_published_one(self, desk, older):
        url = reverse("staff-draft-next", args=[older.ordinal])
        assert (
            tree(desk.get(reverse("staff-draft-detail", args=[older.ordinal]))).get_element_by_id("next").get("href")
            == url
        )
        sent = form_of(desk.get(url), "next-form") | {
            "name_en": "Second draft",
            "languages": ["en", "ar"],
            "stage": "first",
        }
        response = desk.post(url, sent)
        begun = Draft.objects.get(supersedes=older)
        assert response.url == reverse("staff-draft-detail", args=[begun.ordinal])
        assert (str(begun.name), begun.clauses.count()) == ("Second draft", 3)

    def test_refuses_a_second_one(self, desk, older):
        url = reverse("staff-draft-next", args=[older.ordinal])
        sent = form_of(desk.get(url), "next-form") | {
            "name_en": "Second draft",
            "languages": ["en", "ar"],
            "stage": "first",
        }
        desk.post(url, sent)
        response = desk.post(url, sent)
        assert response.status_code == 409
        assert "is being prepared already" in words(response)
        assert Draft.objects.filter(supersedes=older).count() == 1
