"""How names are ordered, drafts read as trees, positions tallied, proposals compared and entries cited."""

import pytest
from django.utils import translation

from consultations.models import Comment
from consultations.proposals import redline_proposal
from consultations.tallies import Tally, add_counts
from declaration.citations import cite_clause, cite_draft, cite_paragraphs
from declaration.collation import sort_key
from declaration.models import Clause, Wording
from declaration.outline import (
    choose_language,
    find_ancestors,
    find_neighbours,
    find_subtree,
    list_contents,
    read_clauses,
)
from tests import factories


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Åland", "Alemania", "Costa Rica", "Côte d'Ivoire", "Österreich", "Zambia"]),
        ("ar", ["آيسلندا", "الأردن", "إثيوبيا", "الجزائر", "السودان", "مصر"]),
        ("ru", ["Ёлка", "Ель", "Россия", "Япония"]),
    ],
)
def test_names_stand_in_the_order_a_reader_expects(language, names):
    assert sorted(set(names), key=lambda name: sort_key(name, language)) == names


@pytest.fixture
def tree(db):
    """The clauses of a draft in reading order."""
    draft = factories.make_draft(ordinal=1, name={"en": "Zero draft"})
    return list(draft.clauses.order_by("position").with_wordings())


def test_lines_have_depth_label_and_words(tree):
    lines = read_clauses(tree, "en", other="ar")
    assert [(line.eid, line.depth, line.label, line.other_label) for line in lines] == [
        ("preamble", 0, "", ""),
        ("preamble__rec_1", 1, "", ""),
        ("art_1", 0, "Article 1", "المادة 1"),
        ("art_1__para_1", 1, "1.", "1 -"),
        ("art_1__para_1__subpara_a", 2, "(a)", "(أ)"),
        ("art_2", 0, "Article 2", "المادة 2"),
    ]
    assert lines[4].other.text == "في أوقات الشدة؛"


def test_contents_are_the_headings(tree):
    entries = list_contents(read_clauses(tree, "en"))
    assert [(entry.label, entry.heading, entry.url, entry.depth) for entry in entries] == [
        ("Preamble", "", "#preamble", 0),
        ("Article 1", "Solidarity", "#art_1", 0),
        ("Article 2", "Duties", "#art_2", 0),
    ]


def test_ancestors_neighbours_and_subtree(tree):
    by_eid = {clause.eid: clause for clause in tree}
    deepest = by_eid["art_1__para_1__subpara_a"]
    assert [clause.eid for clause in find_ancestors(deepest, tree)] == ["art_1", "art_1__para_1"]
    assert [clause.eid for clause in find_neighbours(deepest, tree)] == ["art_1__para_1", "art_2"]
    assert find_neighbours(tree[0], tree)[0] is None
    assert find_neighbours(tree[-1], tree)[1] is None
    assert [clause.eid for clause in find_subtree(by_eid["art_1"], tree)] == [
        "art_1",
        "art_1__para_1",
        "art_1__para_1__subpara_a",
    ]


@pytest.mark.parametrize(
    ("languages", "wanted", "read"),
    [(["en", "ar"], "ar", "ar"), (["en", "ar"], "fr", "en"), (["ar", "fr"], "zh", "ar")],
)
def test_text_is_read_in_the_readers_language_else_english_else_the_first(db, languages, wanted, read):
    draft = factories.make_draft(languages=tuple(languages))
    assert choose_language(draft, wanted) == read


def test_positions_are_tallied_in_their_order():
    tally = Tally.of({"opposes": 2, "": 3, "supports": 1})
    assert (tally.comments, tally.total, tally.without_position) == (6, 3, 3)
    assert [(position.code, position.count) for position in tally.positions if position.count] == [
        ("supports", 1),
        ("opposes", 2),
    ]
    assert Tally.of({}).positions == ()
    assert add_counts([{"supports": 1}, {"supports": 2, "": 1}]) == {"supports": 3, "": 1}


@pytest.mark.parametrize(
    ("operation", "language", "proposed", "redline"),
    [
        ("none", "en", "", []),
        ("delete", "en", "", [("delete", "Old words.")]),
        ("insert", "en", "New.", [("insert", "New.")]),
        ("replace", "fr", "Mots.", [("insert", "Mots.")]),
        ("replace", "en", "Old and new words.", [("equal", "Old "), ("insert", "and new "), ("equal", "words.")]),
    ],
)
def test_proposal_is_compared_with_the_words_in_its_language(operation, language, proposed, redline):
    comment = Comment(operation=operation, language=language, proposed_text=proposed)
    wordings = [Wording(language="en", text="Old words."), Wording(language="ar", text="كلمات.")]
    assert [tuple(each) for each in redline_proposal(comment, wordings)] == redline


def test_proposal_too_long_to_compare_is_shown_as_wholly_replaced(monkeypatch):
    monkeypatch.setattr("declaration.text.redline.MAX_TEXT", 5)
    comment = Comment(operation="replace", language="en", proposed_text="New words.")
    redline = redline_proposal(comment, [Wording(language="en", text="Old words.")])
    assert [tuple(each) for each in redline] == [("delete", "Old words."), ("insert", "New words.")]


@pytest.mark.parametrize(
    ("language", "citation", "printed"),
    [
        ("en", "", ""),
        ("en", "31", "para. 31"),
        ("en", "29-30", "paras. 29-30"),
        ("en", "26 (a)", "para. 26 (a)"),
        ("en", "see there", "see there"),
    ],
)
def test_paragraphs_are_cited(language, citation, printed):
    with translation.override(language):
        assert cite_paragraphs(citation) == printed


def test_letters_of_cited_paragraphs_are_arabic_on_arabic_pages():
    with translation.override("ar"):
        assert "26 (هـ)" in cite_paragraphs("26 (e)")


def test_draft_and_clause_are_cited_with_what_an_illustrative_text_is(tree):
    clause: Clause = tree[3]
    draft = clause.draft
    date = cite_draft(draft).rpartition(", ")[2]
    assert cite_clause(clause, draft) == f"Article 1, paragraph 1, in: Declaration, draft 1: Zero draft, {date}"
    draft.is_illustrative = True
    assert cite_draft(draft) == f"Declaration, draft 1: Zero draft (illustrative text), {date}"
