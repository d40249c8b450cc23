"""The pages of the text: what is printed of a draft and of a clause, in one language or two, with what was said on it."""

import re

import pytest

from declaration.models import Draft, Element
from tests import factories
from tests.pages.world import words


@pytest.fixture
def draft(db):
    """The draft of the tests, as draft 1."""
    return factories.make_draft(ordinal=1, name={"en": "Zero draft", "ar": "المشروع الأولي"})


def file(call, clause="art_1__para_1", **fields):
    """File one comment on a clause and return it."""
    return factories.make_filed_comment(call, clause=clause, **fields)


def test_draft_prints_labels_headings_and_words(draft, client):
    page = client.get("/en/drafts/1/")
    assert "Article 1 Solidarity" in words(page)
    assert "1. Everyone has the right to solidarity." in words(page)
    assert "(a) In times of need;" in words(page)
    assert 'id="art_1__para_1__subpara_a"' in page.text
    assert '<a href="#art_2">' in page.text


def test_draft_is_read_in_the_language_of_the_page(draft, client):
    page = client.get("/ar/drafts/1/")
    assert "المادة 1 التضامن" in words(page)
    assert "(أ) في أوقات الشدة؛" in words(page)
    assert "Everyone has the right" not in page.text


def test_draft_in_another_language_than_the_page_is_marked(draft, client):
    page = client.get("/fr/drafts/1/")
    assert '<div class="clause__cell" lang="en" dir="ltr">' in page.text
    assert "Everyone has the right to solidarity." in words(page)


def test_draft_side_by_side(draft, client):
    page = client.get("/en/drafts/1/?with=ar")
    assert "Everyone has the right to solidarity." in words(page)
    assert "لكل إنسان الحق في التضامن." in words(page)
    assert '<div class="clause__cell" lang="ar" dir="rtl">' in page.text


@pytest.mark.parametrize("other", ["en", "fr", "xx", "<script>", ""])
def test_draft_beside_a_language_it_does_not_have_stands_alone(draft, client, other):
    page = client.get("/en/drafts/1/", {"with": other})
    assert page.status_code == 200
    assert "side-by-side" not in page.text


def test_draft_counts_the_public_comments_on_each_clause(draft, client):
    call = factories.make_call(draft)
    file(call, position="supports")
    file(call, position="opposes")
    sealed = factories.make_call(draft, publication_rule="together_after_closing")
    file(sealed, position="reserves")
    page = client.get("/en/drafts/1/").text
    clause = page[page.index('id="art_1__para_1"') : page.index('id="art_1__para_1__subpara_a"')]
    assert "2 comments" in clause
    assert re.findall(r"<li>([a-z ]+: \d)</li>", clause) == ["supports: 1", "opposes: 1"]
    assert "2 public comments" in page


def test_draft_with_only_commented_clauses_keeps_what_they_stand_in(draft, client):
    file(factories.make_call(draft), clause="art_1__para_1__subpara_a")
    page = client.get("/en/drafts/1/?commented=1").text
    assert re.findall(r'<div class="clause [^>]*id="([^"]+)"', page) == [
        "art_1",
        "art_1__para_1",
        "art_1__para_1__subpara_a",
    ]
    assert "Nobody" not in page


def test_draft_shows_where_negotiation_stands_and_what_is_illustrative(db, client):
    draft = factories.make_draft(published=False, ordinal=1, is_illustrative=True)
    draft.clauses.filter(eid="art_2").update(negotiating_status="bracketed")
    factories.publish_draft(draft=draft)
    page = client.get("/en/drafts/1/").text
    assert page.count('<span class="tag tag--bracketed">in square brackets</span>') == 1
    for path in ("", "drafts/1/", "drafts/1/clauses/art_2/"):
        assert "notice--illustrative" in client.get(f"/en/{path}").text, path


def test_draft_list_names_each_draft_and_what_it_drew(draft, client):
    file(factories.make_call(draft))
    assert "Draft 1: Zero draft" in words(client.get("/en/drafts/"))
    assert "6 clauses 1 public comment English · العربية" in words(client.get("/en/drafts/"))


def test_clause_prints_every_language_and_the_way_through_the_text(draft, client):
    page = client.get("/en/drafts/1/clauses/art_1__para_1/")
    assert "Everyone has the right to solidarity." in words(page)
    assert '<section lang="ar" dir="rtl"' in page.text
    assert "لكل إنسان الحق في التضامن." in words(page)
    assert 'href="/en/drafts/1/clauses/art_1/" rel="prev">Article 1</a>' in page.text
    assert 'href="/en/drafts/1/clauses/art_1__para_1__subpara_a/" rel="next"' in page.text
    assert "Article 1, paragraph 1, in: Declaration, draft 1: Zero draft," in words(page)


def test_first_and_last_clause_have_one_neighbour(draft, client):
    assert 'rel="prev"' not in client.get("/en/drafts/1/clauses/preamble/").text
    assert 'rel="next"' not in client.get("/en/drafts/1/clauses/art_2/").text


def test_clause_shows_what_it_reflects_and_rests_on(world, client):
    page = words(client.get("/en/drafts/1/clauses/art_2/"))
    assert "Theme 26 Document 1, paras. 10, 11" in page
    assert "Instrument 26 Article 1" in page


def test_clause_shows_comment_redline_and_answer(draft, client):
    comment = file(
        factories.make_call(draft),
        operation="replace",
        position="supports_with_amendment",
        proposed_text="Everyone has the right to full solidarity.",
        rationale="It must be full.",
    )
    result = draft.clauses.get(eid="art_2")
    factories.make_answer(comment, decision="accepted_in_part", reason="Half of it.", resulting_clause=result)
    page = client.get("/en/drafts/1/clauses/art_1__para_1/")
    assert re.search(r"<ins[^>]*>full ?</ins>", page.text)
    assert "supports with amendment" in words(page)
    assert "It must be full." in words(page)
    assert "Answer of the drafters accepted in part Half of it. What it became: Article 2" in words(page)


def test_comment_in_another_language_than_the_page_is_marked(draft, client):
    file(factories.make_call(draft), rationale="لأنه واجب.", language="ar")
    page = client.get("/en/drafts/1/clauses/art_1__para_1/").text
    assert '<div class="comment__rationale" lang="ar" dir="rtl"><p>لأنه واجب.</p></div>' in page


def test_comment_with_markup_is_shown_as_it_was_typed(draft, client):
    attack = "<script>alert('x')</script>"
    comment = file(
        factories.make_call(draft), operation="replace", proposed_text=f"Everyone {attack}", rationale=attack
    )
    factories.make_answer(comment, reason=attack)
    for path in (
        "drafts/1/clauses/art_1__para_1/",
        f"submissions/{comment.submission_id}/",
        "comments/",
        "dispositions/",
        "",
    ):
        page = client.get(f"/en/{path}").text
        assert "<script>alert" not in page, path
    assert client.get("/en/comments/").text.count("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;") >= 2


def test_answer_does_not_lead_to_a_clause_that_is_not_published(draft, client):
    comment = file(factories.make_call(draft))
    preparing = factories.make_draft(published=False, ordinal=2, declaration=draft.declaration)
    factories.make_answer(comment, resulting_clause=preparing.clauses.get(eid="art_2"))
    for path in ("drafts/1/clauses/art_1__para_1/", "comments/", "dispositions/", ""):
        page = client.get(f"/en/{path}").text
        assert "/drafts/2/" not in page, path
        assert "What it became" not in page, path
    factories.publish_draft(draft=Draft.objects.get(pk=preparing.pk))
    assert "/en/drafts/2/clauses/art_2/" in client.get("/en/dispositions/").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["a", "b", "c"]),
        ({"position": "supports"}, ["a"]),
        ({"category": "editorial"}, ["b"]),
        ({"is_answered": "true"}, ["a"]),
        ({"is_answered": "false"}, ["b", "c"]),
        ({"party_kind": "stakeholder"}, ["b"]),
        ({"party_kind": "state"}, ["a"]),
        ({"party": "XZZ"}, []),
    ],
)
def test_clause_narrows_its_comments(draft, client, query, found):
    call = factories.make_call(draft)
    answered = file(call, delegation=factories.make_delegation(factories.make_state("XAA")), rationale="words-a")
    factories.make_answer(answered)
    watch = factories.make_delegation(factories.make_stakeholder())
    file(call, delegation=watch, rationale="words-b", position="", category="editorial")
    unnamed = factories.make_submission(
        call, factories.make_delegation(factories.make_state("XZZ")), consents_to_attribution=False
    )
    factories.make_comment(unnamed, rationale="words-c", position="opposes")
    factories.file_submission(unnamed)
    page = client.get("/en/drafts/1/clauses/art_1__para_1/", query).text
    assert re.findall(r"words-([abc])", page) == found
    if not found:
        assert "No comment is like that." in page


def test_clause_breaks_a_long_list_of_comments_into_pages(draft, client, monkeypatch):
    monkeypatch.setattr("consultations.views.clauses.ClauseDetail.paginate_by", 2)
    call = factories.make_call(draft)
    for number in range(3):
        file(call, rationale=f"words-{number}")
    first = client.get("/en/drafts/1/clauses/art_1__para_1/").text
    second = client.get("/en/drafts/1/clauses/art_1__para_1/?page=2").text
    assert [re.findall(r"words-\d", page) for page in (first, second)] == [["words-0", "words-1"], ["words-2"]]


def test_clause_without_comments_says_where_they_are_made(draft, client):
    page = words(client.get("/en/drafts/1/clauses/art_2/"))
    assert "Comments are made in calls for comments; none is open on this draft." in page
    call = factories.make_call(draft)
    assert f'href="/en/calls/{call.pk}/"' in client.get("/en/drafts/1/clauses/art_2/").text


def test_clause_whose_identifier_is_of_no_known_kind_is_called_by_it(db, client):
    factories.make_draft(ordinal=1, clauses=[("recital_1", "preambular_paragraph", "1", "", "Recalling,")])
    assert "<h1>recital_1" in client.get("/en/drafts/1/clauses/recital_1/").text


def test_elements_name_their_clauses_of_the_present_draft_only(world, client):
    world.preparing.clauses.get().elements.add(Element.objects.get(code="26a"))
    for path in ("elements/", "elements/26a/"):
        page = client.get(f"/en/{path}").text
        assert "Theme 26" in page
        assert 'href="/en/drafts/1/clauses/art_1__para_1/">Article 1, paragraph 1</a>' in page
        assert "/drafts/2/" not in page
