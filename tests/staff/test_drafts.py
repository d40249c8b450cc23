"""Drafts on the staff pages."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from declaration.models import Draft, Wording
from declaration.services import list_obstacles
from tests import factories
from tests.staff.pages import tree, words

pytestmark = pytest.mark.django_db

# 1 session, 2 user; 3 draft; 4 clauses, 5 their wordings; 6 clauses and 7 wordings that may stand in the way; 8 calls;
# 9 the delegations that the head names.
QUERIES = 9
# The same without 6 and 7: a published draft has no obstacle any more, and is not edited.
QUERIES_PUBLISHED = 7


def url(name, draft):
    return reverse(f"staff-draft-{name}", args=[draft.ordinal])


def test_lists_all_drafts_with_those_in_preparation(desk):
    published, preparing = factories.make_draft(), factories.make_draft(published=False)
    links = [
        link.get("href") for link in tree(desk.get(reverse("staff-draft-list"))).xpath("//ul[@class='entries']//a")
    ]
    assert links == [url("detail", preparing), url("detail", published)]


def test_shows_every_clause_in_two_languages(desk):
    draft = factories.make_draft(published=False)
    page = tree(desk.get(url("detail", draft), {"with": "ar"}))
    assert [each.get("id") for each in page.xpath("//div[contains(concat(@class, ' '), 'clause ')]")] == [
        each[0] for each in factories.CLAUSES
    ]
    arabic = page.xpath("//*[@id='art_1__para_1']//*[@lang='ar']")[0]
    assert (arabic.get("dir"), "التضامن" in arabic.text_content()) == ("rtl", True)


def test_leads_to_where_it_is_edited_or_once_published_corrected(desk):
    draft = factories.make_draft(published=False)
    page = tree(desk.get(url("detail", draft)))
    assert [link.get("id") for link in page.xpath("//*[@id='edit' or @id='describe']")] == ["edit", "describe"]
    assert desk.get(page.xpath("//*[@class='clause-act']/a/@href")[0]).status_code == 200
    page = tree(desk.get(url("detail", factories.make_draft())))
    assert page.xpath("//*[@id='edit' or @id='describe']") == []
    assert desk.get(page.xpath("//*[@class='clause-act']/a/@href")[0]).status_code == 200


class TestPublishing:
    def test_says_all_that_stands_in_the_way(self, desk):
        draft = factories.make_draft(published=False, languages=("en", "ar"))
        Wording.objects.filter(clause__draft=draft, language="ar", clause__eid__startswith="art_1").delete()
        Wording.objects.filter(clause__draft=draft, language="en", clause__eid="art_2").delete()
        obstacles = list_obstacles(draft)
        assert [(each.code, [clause.eid for clause in each.clauses]) for each in obstacles] == [
            ("wording_missing", ["art_2"]),
            ("wording_missing", ["art_1", "art_1__para_1", "art_1__para_1__subpara_a"]),
        ]
        response = desk.get(url("detail", draft), {"with": "ar"})
        assert "Article 2 has no wording in English." in words(response)
        assert "Article 1 has no wording in العربية." in words(response)
        page = tree(response)
        assert "no wording in English" in page.get_element_by_id("art_2").text_content()
        assert [link.get("href") for link in page.xpath("//*[@id='obstacles']//a")] == [
            "#art_1",
            "#art_1__para_1",
            "#art_1__para_1__subpara_a",
        ]
        assert page.xpath("//*[@id='publish']") == []

    def test_asks_first_and_says_that_nothing_undoes_it(self, desk):
        older = factories.make_draft()
        draft = factories.make_draft(published=False, declaration=older.declaration, supersedes=older)
        page = desk.get(url("publish", draft))
        assert "Nothing undoes this." in words(page)
        assert f"Draft {older.ordinal}, “{older}”, will be shown as superseded." in words(page)
        draft.refresh_from_db()
        assert draft.status == Draft.Status.PREPARING

    def test_publishes_once_confirmed(self, desk):
        draft = factories.make_draft(published=False)
        response = desk.post(url("publish", draft), follow=True)
        draft.refresh_from_db()
        assert (draft.status, response.redirect_chain) == (Draft.Status.PUBLISHED, [(url("detail", draft), 302)])
        assert "The draft has been published." in words(response)

    def test_refuses_what_is_not_ready_or_was_published_meanwhile(self, desk):
        empty = factories.make_draft(published=False, clauses=[])
        response = desk.post(url("publish", empty))
        assert (response.status_code, "This draft has no clause." in words(response)) == (400, True)
        assert tree(response).xpath("//*[@id='confirm']") == []
        twice = desk.post(url("publish", factories.make_draft()))
        assert (twice.status_code, "has been published already" in words(twice)) == (400, True)


class TestWithdrawing:
    def test_asks_and_withdraws(self, desk):
        call = factories.make_call()
        question = words(desk.get(url("withdraw", call.draft)))
        assert "Nothing undoes this." in question
        assert str(call) in question
        desk.post(url("withdraw", call.draft))
        call.draft.refresh_from_db()
        assert call.draft.status == Draft.Status.WITHDRAWN

    def test_refuses_a_draft_in_preparation(self, desk):
        response = desk.post(url("withdraw", factories.make_draft(published=False)))
        assert (response.status_code, "Only a published draft can be withdrawn." in words(response)) == (400, True)


@pytest.mark.parametrize("clauses", [1, 3])
@pytest.mark.parametrize(("published", "queries"), [(False, QUERIES), (True, QUERIES_PUBLISHED)])
def test_asks_the_database_the_same_number_of_times(desk, clauses, published, queries):
    rows = [(f"art_{number}", "article", str(number), "", "Words.") for number in range(1, clauses + 1)]
    draft = factories.make_draft(published=published, clauses=rows)
    for _number in range(clauses if published else 0):
        factories.make_call(draft)
    desk.get(url("detail", draft))
    with assertNumQueries(queries):
        desk.get(url("detail", draft), {"with": "ar"})
