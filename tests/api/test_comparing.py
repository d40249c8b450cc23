"""What changed, in the API: exact to the letter, in every language, and only of what may be read."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from rest_framework.test import APIClient

from declaration.services import publish_draft
from tests import factories
from tests.factories import CLAUSES

SAME = [(eid, eid, "same") for eid, *_rest in CLAUSES]

ALPHABETS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي لا ،.؛ َُِّ\n",
    "zh": "各国应当促进国际团结人民权利，。；《》一二三 \n",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя ,.;«»\n",
    "en": "abcdefghij ,.;()[]\n",
}


def rebuild(operations, left_out):
    return "".join(each["text"] for each in operations if each["op"] != left_out)


def texts(language):
    # A text that ends or begins with a space is one that the API has to keep as it is.
    return st.text(st.sampled_from(ALPHABETS[language]), min_size=1, max_size=80)


def compare(newer, older, query=""):
    return APIClient().get(f"/api/v1/drafts/{newer.ordinal}/compare/{older.ordinal}/{query}")


class TestExactness(TestCase):
    """Texts of any letters come back from what the API sends."""

    @given(st.sampled_from(sorted(ALPHABETS)).flatmap(lambda code: st.tuples(st.just(code), texts(code), texts(code))))
    # Each example makes two drafts: what fails is shown as it was found, not made smaller for minutes.
    @settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    def test_both_texts_are_rebuilt_to_the_letter(self, case):
        language, before, after = case
        older = factories.make_draft(languages=(language,), clauses=[("art_9", "article", "9", "Name", before)])
        newer = factories.make_next_draft(
            older, [("art_9", "article", "9", "Name", after)], [("art_9", "art_9", "amended")]
        )
        (clause,) = compare(newer, older, f"?language={language}").json()["clauses"]
        assert rebuild(clause["text"], "insert") == before
        assert rebuild(clause["text"], "delete") == after
        history = APIClient().get(f"/api/v1/drafts/{older.ordinal}/clauses/art_9/history/?language={language}").json()
        assert history["entries"][1]["clauses"][0]["text"] == clause["text"]


@pytest.fixture
def older(db):
    return factories.make_draft()


@pytest.fixture
def newer(older):
    return make_newer(older)


def make_newer(older, *, published=True):
    changed = [(*each[:4], "All have rights.") if each[0] == "art_1__para_1" else each for each in CLAUSES[:-1]]
    draft = factories.make_next_draft(older, changed, SAME[:-1], published=False)
    return publish_draft(draft=draft) if published else draft


def test_comparison_has_every_clause_with_its_kind(newer, older):
    found = compare(newer, older, "?language=en").json()
    assert [(found[each]["ordinal"]) for each in ("newer", "older")] == [newer.ordinal, older.ordinal]
    kinds = [((each["clause"] or each["before"][0])["eid"], each["kind"]) for each in found["clauses"]]
    assert kinds == [
        ("preamble", "unchanged"),
        ("preamble__rec_1", "unchanged"),
        ("art_1", "unchanged"),
        ("art_1__para_1", "amended"),
        ("art_1__para_1__subpara_a", "unchanged"),
        ("art_2", "dropped"),
    ]
    assert found["counts"]["dropped"] == 1
    assert found["clauses"][-1]["clause"] is None


def test_comparison_can_be_of_the_changes_alone(newer, older):
    assert len(compare(newer, older, "?show=changes").json()["clauses"]) == 2


def test_the_order_of_the_two_drafts_does_not_matter(newer, older):
    assert compare(older, newer).json() == compare(newer, older).json()


@pytest.mark.parametrize(
    ("query", "field"), [("?language=fr", "language"), ("?language=x", "language"), ("?show=x", "show")]
)
def test_a_choice_that_is_none_is_refused_with_those_there_are(newer, older, query, field):
    response = compare(newer, older, query)
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == field


def test_unrelated_and_unknown_drafts_are_not_there(newer, older):
    assert compare(newer, factories.make_draft()).status_code == 404
    assert compare(newer, newer).status_code == 404
    without = factories.make_next_draft(newer, CLAUSES, [], languages=("fr",))
    assert compare(without, newer).status_code == 404


def test_comparison_comes_as_plain_text_too(newer, older):
    for response in (
        compare(newer, older, "?format=txt&language=en"),
        APIClient().get(
            f"/api/v1/drafts/{newer.ordinal}/compare/{older.ordinal}/?language=en", headers={"accept": "text/plain"}
        ),
    ):
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert "[-States cooperate with one another in good faith.-]" in response.content.decode()
        assert response["ETag"]
    refused = compare(newer, older, "?format=txt&show=x")
    assert (refused.status_code, refused.content.decode()) == (400, "This can be one of: all, changes.\n")


def test_a_draft_in_preparation_is_compared_for_staff_alone(older, acting_for):
    preparing = make_newer(older, published=False)
    address = f"drafts/{preparing.ordinal}/compare/{older.ordinal}/"
    staff = acting_for(factories.make_staff())
    assert [staff.get(f"/api/v1/{each}").status_code for each in (address, f"staff/{address}")] == [404, 200]
    other = acting_for(factories.make_member(factories.make_delegation()))
    assert other.get(f"/api/v1/staff/{address}").status_code == 403


def test_history_tells_why_a_clause_changed(older, anyone):
    comment = factories.make_filed_comment(factories.make_call(older))
    factories.make_answer(comment, reason="It is shorter.")
    hidden = factories.make_filed_comment(comment.submission.call)
    factories.make_answer(hidden, reason="Hidden.", published=False)
    newer = make_newer(older)
    found = anyone.get(f"/api/v1/drafts/{older.ordinal}/clauses/art_1__para_1/history/").json()
    assert [entry["draft"]["ordinal"] for entry in found["entries"]] == [older.ordinal, newer.ordinal]
    (reason,) = found["reasons"]
    assert (reason["draft"], reason["clause"], reason["comment"]) == (newer.ordinal, "art_1__para_1", comment.pk)
    assert reason["answer"]["reason"] == "It is shorter."


def test_any_two_clauses_are_compared(newer, older, anyone):
    address = f"/api/v1/drafts/{newer.ordinal}/clauses/art_1__para_1/compare/{older.ordinal}/art_2/"
    found = anyone.get(address, {"language": "ar"}).json()
    assert rebuild(found["text"], "insert") == "تتعاون الدول بعضها مع بعض بحسن نية."
    assert anyone.get(address.replace("art_2", "art_99")).status_code == 404


def test_what_a_proposal_changes_is_told_to_who_may_read_the_comment(older, anyone, acting_for):
    call = factories.make_call(older)
    proposal = {"operation": "replace", "proposed_text": "Everyone has a right to solidarity."}
    submission = factories.make_submission(call)
    comment = factories.make_comment(submission, **proposal)
    member = acting_for(factories.focal_point(submission.delegation))
    desk = f"/api/v1/desk/submissions/{submission.pk}/comments/{comment.number}/redline/"
    public, staff = (f"/api/v1/{way}comments/{comment.pk}/redline/" for way in ("", "staff/"))
    stranger, vera = acting_for(factories.make_member(factories.make_delegation())), acting_for(factories.make_staff())
    assert member.get(desk).json()["redline"][1] == {"op": "delete", "text": "the"}
    assert [each.get(desk).status_code for each in (anyone, stranger, vera)] == [401, 404, 404]
    assert (anyone.get(public).status_code, vera.get(staff).status_code) == (404, 404)
    factories.file_submission(submission)
    text = "Everyone has [-the-]{+a+} right to solidarity.\n"
    assert anyone.get(public, {"format": "txt"}).content.decode() == text
    assert vera.get(staff, {"format": "txt"}).content.decode() == text
    assert stranger.get(staff).status_code == 403


@pytest.mark.parametrize("clauses", [1, 3])
def test_comparison_asks_as_many_questions_for_any_number_of_clauses(db, anyone, django_assert_num_queries, clauses):
    older = factories.make_draft(clauses=CLAUSES[:clauses])
    newer = factories.make_next_draft(older, CLAUSES[:clauses], SAME[:clauses])
    # 1 the newer draft, 2 those of its declaration, 3 the same for those between, 4 and 5 the clauses, 6 and 7 their words,
    # 8 the descents
    with django_assert_num_queries(8):
        anyone.get(f"/api/v1/drafts/{newer.ordinal}/compare/{older.ordinal}/")
