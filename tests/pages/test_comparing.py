"""Pages of what changed: draft against draft, clause against clause, and a clause through all drafts."""

import re

import pytest

from declaration.models import Wording
from tests import factories
from tests.factories import CLAUSES
from tests.pages.world import words

pytestmark = pytest.mark.django_db

SAME = [(eid, eid, "same") for eid, *_rest in CLAUSES]
ARABIC_AFTER = "لكل شخص الحق في التضامن."


@pytest.fixture
def older():
    return factories.make_draft()


@pytest.fixture
def newer(older):
    return make_newer(older)


def make_newer(older, *, published=True):
    changed = [
        (*clause[:4], "Everyone has a right to solidarity.") if clause[0] == "art_1__para_1" else clause
        for clause in CLAUSES
    ]
    draft = factories.make_next_draft(older, changed, SAME, published=False)
    Wording.objects.filter(clause__draft=draft, clause__eid="art_1__para_1", language="ar").update(text=ARABIC_AFTER)
    if published:
        from declaration.services import publish_draft

        publish_draft(draft=draft)
    return draft


def compare_url(newer, older, language="en", query=""):
    return f"/{language}/drafts/{newer.ordinal}/compare/{older.ordinal}/{query}"


def test_changes_are_marked_and_unchanged_clauses_left_out(client, newer, older):
    page = client.get(compare_url(newer, older)).text
    assert re.search(
        r"Everyone has <del data-start=\"deleted:\"[^>]*>the</del><ins data-start=\"inserted:\"[^>]*>a</ins> right",
        page,
    )
    assert "States cooperate" not in page
    assert "States cooperate" in client.get(compare_url(newer, older, query="?show=all")).text


@pytest.mark.parametrize("language", ["en", "ar", "fr", "ru", "zh-hans"])
def test_words_in_arabic_stand_in_their_own_direction_on_every_page(client, newer, older, language):
    page = client.get(compare_url(newer, older, language, "?language=ar")).text
    assert '<p class="redline" lang="ar" dir="rtl">لكل <del' in page
    assert re.search(r"<del[^>]*>إنسان</del><ins[^>]*>شخص</ins>", page)


def test_figures_are_told_in_numbers_and_as_a_picture(client, newer, older):
    response = client.get(compare_url(newer, older))
    assert "Words inserted: 1. Words deleted: 1." in words(response)
    assert [(bar["name"], bar["inserted"], bar["deleted"]) for bar in response.context["bars"]] == [
        ("Article 1", "50.0", "50.0")
    ]
    assert response.text.count('<svg class="change-bar"') == 1


def test_contents_lead_to_every_change_also_on_another_page(client, newer, older, monkeypatch):
    monkeypatch.setattr("consultations.views.comparing.CLAUSES_A_PAGE", 2)
    response = client.get(compare_url(newer, older, query="?show=all"))
    (place,) = response.context["contents"]
    assert place["url"] == "?show=all&page=2#art_1__para_1"
    assert 'id="art_1__para_1"' in client.get(compare_url(newer, older, query="?show=all&page=2")).text


def test_the_older_draft_first_leads_to_the_newer_first(client, newer, older):
    response = client.get(compare_url(older, newer, query="?language=ar"))
    assert (response.status_code, response["Location"]) == (302, compare_url(newer, older, query="?language=ar"))


@pytest.mark.parametrize("query", ["?language=fr", "?language=xx"])
def test_a_language_that_the_drafts_lack_is_not_there(client, newer, older, query):
    assert client.get(compare_url(newer, older, query=query)).status_code == 404


def test_drafts_without_a_language_in_common_say_so(client, older):
    newer = factories.make_next_draft(older, CLAUSES, SAME, languages=("fr",))
    assert "no language in common" in words(client.get(compare_url(newer, older)))


def test_a_draft_compares_with_none_that_it_does_not_go_back_to(client, newer, older):
    other = factories.make_draft()
    for one, another in ((other, older), (newer, newer)):
        assert client.get(compare_url(one, another)).status_code == 404


def test_a_draft_in_preparation_is_compared_on_the_pages_of_staff_alone(client, older):
    preparing = make_newer(older, published=False)
    staff_url = f"/en/staff/drafts/{preparing.ordinal}/compare/{older.ordinal}/"
    client.force_login(factories.make_member(factories.make_delegation()))
    assert [client.get(url).status_code for url in (compare_url(preparing, older), staff_url)] == [404, 404]
    client.force_login(factories.make_staff())
    assert client.get(compare_url(preparing, older)).status_code == 404
    assert "Everyone has" in client.get(staff_url).text


def test_staff_are_told_that_an_origin_is_not_confirmed(client, older):
    preparing = factories.make_next_draft(older, CLAUSES, SAME, published=False, confirmed=False)
    client.force_login(factories.make_staff())
    page = words(client.get(f"/en/staff/drafts/{preparing.ordinal}/compare/{older.ordinal}/"))
    assert f"The origins of {len(CLAUSES)} clauses are not confirmed yet" in page


def test_draft_page_leads_to_what_changed_and_the_first_one_does_not(client, newer, older):
    link = f'href="{compare_url(newer, older)}"'
    assert link in client.get(f"/en/drafts/{newer.ordinal}/").text
    assert "/compare/" not in client.get(f"/en/drafts/{older.ordinal}/").text


def test_draft_page_does_not_lead_to_a_draft_in_preparation(client, older):
    make_newer(older, published=False)
    assert "/compare/" not in client.get(f"/en/drafts/{older.ordinal}/").text


def history_url(draft, eid="art_1__para_1", query=""):
    return f"/en/drafts/{draft.ordinal}/clauses/{eid}/history/{query}"


def test_history_has_the_words_of_each_draft_newest_first(client, newer, older):
    page = words(client.get(history_url(older)))
    assert page.index(str(newer.name)) < page.index("Everyone has the right to solidarity.")
    assert "Everyone has thea right to solidarity." in page  # the marks are no words
    assert history_url(newer) in client.get(f"/en/drafts/{newer.ordinal}/clauses/art_1__para_1/").text


def test_history_of_a_clause_of_the_only_draft_says_so(client, older):
    make_newer(older, published=False)
    assert "It stands in this draft alone so far." in words(client.get(history_url(older)))


def make_answered(older, **answer):
    comment = factories.make_filed_comment(factories.make_call(older, status="open"))
    return factories.make_answer(comment, **answer)


def test_history_says_which_published_answers_led_there(client, older):
    make_answered(older, reason="It is shorter.")
    make_answered(older, reason="SecretAnswer", published=False)
    newer = make_newer(older)
    page = words(client.get(history_url(newer)))
    assert "The answers that led here" in page
    assert "It is shorter." in page
    assert "SecretAnswer" not in page


def test_history_tells_nothing_of_a_comment_that_is_not_public(client, older):
    submission = factories.make_submission(factories.make_call(older), consents_to_publication=False)
    comment = factories.make_comment(submission)
    factories.file_submission(submission)
    factories.make_answer(comment, reason="SecretAnswer")
    newer = make_newer(older)
    assert "SecretAnswer" not in client.get(history_url(newer)).text


def test_history_names_nobody_who_did_not_agree(client, older):
    state = factories.make_state(name={"en": "Unnamedland"})
    call = factories.make_call(older)
    submission = factories.make_submission(call, factories.make_delegation(state), consents_to_attribution=False)
    comment = factories.make_comment(submission)
    factories.file_submission(submission)
    factories.make_answer(comment, reason="It is right.")
    page = words(client.get(history_url(make_newer(older))))
    assert "It is right." in page
    assert "Unnamedland" not in page


def test_history_leads_to_the_comparison_with_any_clause(client, newer, older):
    target = f"/en/drafts/{newer.ordinal}/clauses/art_1__para_1/compare/{older.ordinal}/art_2/"
    response = client.get(history_url(newer, query=f"?draft={older.ordinal}&clause=art_2"))
    assert (response.status_code, response["Location"]) == (302, target)
    assert "Two clauses compared" in words(client.get(target))
    for query in ("?draft=0&clause=art_2", "?draft=x&clause=art_2", f"?draft={older.ordinal}&clause=art_99"):
        assert "There is no such clause." in words(client.get(history_url(newer, query=query)))


def test_text_for_terminals_is_the_same_as_the_page(client, newer, older):
    for url in (compare_url(newer, older), history_url(newer)):
        page = client.get(url)
        link = re.search(r'<link rel="alternate" type="text/plain" href="([^"]+)">', page.text)[1].replace("&amp;", "&")
        response = client.get(f"{url}{link}")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert "Everyone has [-the-]{+a+} right to solidarity." in response.text


def test_page_that_has_not_changed_is_not_sent_again(client, newer, older):
    for url in (compare_url(newer, older), history_url(newer)):
        tag = client.get(url)["ETag"]
        assert client.get(url, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("clauses", [1, 3])
def test_comparison_asks_as_many_questions_for_any_number_of_clauses(client, django_assert_num_queries, clauses):
    older = factories.make_draft(clauses=CLAUSES[:clauses])
    newer = factories.make_next_draft(older, CLAUSES[:clauses], SAME[:clauses])
    # 1 the newer draft, 2 those of its declaration, 3 the same for those between, 4 and 5 the clauses, 6 and 7 their words,
    # 8 the descents
    with django_assert_num_queries(8):
        client.get(compare_url(newer, older, query="?show=all"))


@pytest.mark.parametrize("drafts", [1, 3])
def test_history_asks_as_many_questions_for_any_number_of_drafts(client, django_assert_num_queries, drafts):
    draft = factories.make_draft()
    for _number in range(drafts):
        make_answered(draft)
        draft = factories.make_next_draft(draft, CLAUSES, SAME)
    # 1 the clause with its draft, 2 the drafts, 3 and 4 what leads to it and on from it, 5 and 6 the descents of all these,
    # 7 the clauses, 8 their words, 9 the answers
    with django_assert_num_queries(9):
        client.get(history_url(draft))
