"""What the answering page shows, and of what."""

import pytest
from pytest_django.asserts import assertNumQueries

from tests import factories
from tests.staff.pages import (
    comments_url,
    form_of,
    make_comments,
    make_sealed_call,
    row_of,
    row_words,
    tree,
    words,
)

pytestmark = pytest.mark.django_db

URL = "/en/staff/comments/"

# 1 session, 2 user; 3 calls and 4 parties to filter by; 5 count and 6 page of comments with their answers, 7 the wordings
# of their clauses, 8 the replies to their answers; 9 on which drafts they were made, 10 whether there are newer ones;
# 11 clauses to suggest; 12 the delegations that the head names; 13 the staff to whom comments can be handed on.
QUERIES = 13


def rows(response):
    """The ids of the comments that are shown, in their order."""
    return [int(row.get("id").removeprefix("row-")) for row in tree(response).xpath("//li[starts-with(@id, 'row-')]")]


class TestRows:
    def test_stand_in_the_order_of_the_text_under_their_clauses(self, desk):
        call = factories.make_call()
        late = factories.make_filed_comment(call, clause="art_2")
        whole = factories.make_filed_comment(call, clause=None)
        early = factories.make_filed_comment(call, clause="art_1__para_1")
        also_early = factories.make_filed_comment(call, clause="art_1__para_1")
        page = desk.get(URL)
        assert rows(page) == [whole.pk, early.pk, also_early.pk, late.pk]
        heads = [
            " ".join(head.text_content().split()) for head in tree(page).xpath("//section[@class='answer-group']/h2")
        ]
        name = str(call.draft)
        assert heads == [f"The whole text {name}", f"Article 1, paragraph 1 {name}", f"Article 2 {name}"]
        assert "Everyone has the right to solidarity." in words(page)

    def test_say_all_that_staff_need_to_decide(self, desk):
        group = factories.make_group(name={"en": "Friends of the text"})
        submission = factories.make_submission(on_behalf_of=group, consents_to_attribution=False)
        comment = factories.make_comment(
            submission,
            position="supports_with_amendment",
            operation="replace",
            proposed_text="Everyone has the full right to solidarity.",
            rationale="Nothing is left out.",
            category="editorial",
        )
        factories.file_submission(submission)
        shown = row_words(desk.get(URL), comment)
        for said in (
            str(submission.delegation),
            "on behalf of Friends of the text",
            "supports with amendment",
            "editorial",
            "not to be named",
            "Everyone has the full right to solidarity.",
            "Nothing is left out.",
        ):
            assert said in shown, said
        inserted = [each.text_content() for each in row_of(desk.get(URL), comment).xpath(".//ins")]
        assert "".join(inserted).strip() == "full"

    def test_only_standing_filings_that_staff_may_read(self, desk):
        sealed = factories.make_filed_comment(make_sealed_call())
        in_writing = factories.make_comment(factories.make_submission())
        shown = factories.make_filed_comment()
        page = desk.get(URL)
        assert rows(page) == [shown.pk]
        assert "1 comment" in words(page)
        for hidden in (sealed, in_writing):
            assert str(hidden.submission.delegation) not in words(page)

    def test_fifty_on_a_page(self, desk):
        comments = make_comments(51)
        assert rows(desk.get(URL)) == [comment.pk for comment in comments[:50]]
        assert rows(desk.get(URL, {"page": 2})) == rows(desk.get(URL, {"page": 99})) == [comments[50].pk]
        assert rows(desk.get(URL, {"page": "x"})) == [comment.pk for comment in comments[:50]]

    def test_inputs_have_names_of_their_own_and_labels(self, desk):
        first, _second = make_comments(2)
        page = tree(desk.get(URL))
        ids = [each.get("id") for each in page.xpath("//*[@id]")]
        assert len(ids) == len(set(ids))
        labelled = {label.get("for") for label in page.xpath("//label[@for]")}
        for name in ("decision", "reason", "language", "resulting_clause", "tick"):
            assert f"id_c{first.pk}-{name}" in labelled
        # The first button of a form is the one that the Enter key presses.
        button = page.xpath("//form[@id='answers']//button")[0]
        assert (button.get("name"), button.get("value")) == ("act", "save")

    def test_suggests_clauses_of_the_newest_draft_and_of_the_one_commented_on(self, desk):
        (comment,) = make_comments(1)
        draft = comment.clause.draft
        middle = factories.make_draft(declaration=draft.declaration)
        newest = factories.make_draft(published=False, declaration=draft.declaration)
        factories.make_draft()
        suggested = [each.get("value") for each in tree(desk.get(URL)).xpath("//datalist[@id='clauses']/option")]
        eids = [each[0] for each in factories.CLAUSES]
        assert suggested == [f"{each.ordinal}/{eid}" for each in (newest, draft) for eid in eids]
        assert not any(each.startswith(f"{middle.ordinal}/") for each in suggested)


class TestFilters:
    @pytest.fixture
    def comments(self):
        """One that was not answered, one that was, one whose answer is published; each differs in everything."""
        first = factories.make_filed_comment(clause="art_2", position="opposes", rationale="Water is a common good.")
        second = factories.make_filed_comment(clause="art_1__para_1", category="editorial", position="")
        third = factories.make_filed_comment(
            clause="art_1__para_1__subpara_a", operation="replace", proposed_text="In every need;", position="reserves"
        )
        factories.make_answer(second, published=False, decision="noted")
        factories.make_answer(third, decision="accepted")
        return first, second, third

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (lambda first, _second, _third: {"call": first.submission.call_id}, [0]),
            (lambda _first, second, _third: {"party": second.submission.delegation.key}, [1]),
            (lambda *_comments: {"clause": "art_1__para_1"}, [1]),
            (lambda *_comments: {"within": "art_1"}, [1, 2]),
            (lambda *_comments: {"category": "editorial"}, [1]),
            (lambda *_comments: {"position": "opposes"}, [0]),
            (lambda *_comments: {"position": "none"}, [1]),
            (lambda *_comments: {"decision": "noted"}, [1]),
            (lambda *_comments: {"answer": "none"}, [0]),
            (lambda *_comments: {"answer": "unpublished"}, [1]),
            (lambda *_comments: {"answer": "published"}, [2]),
            (lambda *_comments: {"q": "common good"}, [0]),
            (lambda *_comments: {"q": "every need"}, [2]),
            (lambda *_comments: {"q": "100%"}, []),
        ],
    )
    def test_narrow_the_list(self, desk, comments, query, found):
        page = desk.get(URL, query(*comments))
        assert set(rows(page)) == {comments[index].pk for index in found}

    def test_wrong_value_is_said_and_ignored(self, desk, comments):
        page = desk.get(URL, {"call": "x", "answer": "perhaps"})
        assert len(rows(page)) == 3
        assert "Enter a whole number." in words(page)

    def test_names_of_parties_and_calls_are_offered_but_of_sealed_ones(self, desk, comments):
        sealed = factories.make_filed_comment(make_sealed_call(title={"en": "Sealed call"}))
        page = tree(desk.get(URL))
        parties = [each.get("value") for each in page.xpath("//select[@name='party']/option")]
        assert sorted(parties) == ["", *sorted(each.submission.delegation.key for each in comments)]
        assert "Sealed call" not in page.text_content()
        assert str(sealed.submission.delegation) not in page.text_content()

    def test_filing_without_a_name_is_found_by_staff(self, desk):
        submission = factories.make_submission(consents_to_attribution=False)
        comment = factories.make_comment(submission)
        factories.file_submission(submission)
        assert rows(desk.get(URL, {"party": submission.delegation.key})) == [comment.pk]


def test_arabic_page_runs_from_right_to_left_and_text_in_its_own_direction(desk):
    english, arabic = make_comments(1)[0], factories.make_filed_comment(language="ar", rationale="هذا حق.")
    response = desk.get("/ar/staff/comments/")
    page = tree(response)
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    for comment, direction in ((english, "ltr"), (arabic, "rtl")):
        rationale = row_of(response, comment).xpath(".//div[@class='comment__rationale']")[0]
        reason = row_of(response, comment).xpath(".//textarea")[0]
        assert (rationale.get("lang"), rationale.get("dir")) == (comment.language, direction)
        assert (reason.get("lang"), reason.get("dir")) == (comment.language, direction)
    assert form_of(response)["alike-language"] == "ar"
    assert desk.post("/ar/staff/comments/", form_of(response) | {"act": "save"}).url == "/ar/staff/comments/"


def test_says_where_there_is_nothing(desk):
    assert "There is nothing to answer." in words(desk.get(URL))
    assert "No comment is like that." in words(desk.get(comments_url(q="nothing")))


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_database_the_same_number_of_times(desk, count):
    for _number in range(count):
        factories.make_answer(factories.make_filed_comment(), published=False)
        factories.make_filed_comment()
    desk.get(URL)
    with assertNumQueries(QUERIES):
        desk.get(URL)
