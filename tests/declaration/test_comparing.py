import pytest

from declaration.comparing import (
    Kind,
    clause_history,
    compare_clauses,
    compare_drafts,
    list_comparable,
    shared_languages,
)
from declaration.comparing.plain import print_clause, print_comparison, print_history
from declaration.models import Clause, Draft, Wording
from declaration.text.redline import as_plain_text, new_text, old_text
from tests import factories

pytestmark = pytest.mark.django_db


def article(number, text, heading=""):
    return (f"art_{number}", "article", str(number), heading, text)


OLD = [
    article(1, "Everyone has the right to solidarity."),
    article(2, "States help. Peoples hope."),
    article(3, "No one is left behind."),
    article(4, "The rich share."),
    article(5, "The strong carry."),
    article(6, "All may come."),
    article(7, "All may stay."),
    article(8, "What is dropped."),
]
NEW = [
    article(1, "Everyone has a right to solidarity."),
    article(2, "States help."),
    article(3, "Peoples hope."),
    article(4, "No one is left behind."),
    article(5, "The rich share. The strong carry."),
    article(6, "All may stay."),
    article(7, "What is new."),
    article(8, "All may come."),
]
DESCENTS = [
    ("art_1", "art_1", "amended"),
    ("art_2", "art_2", "split"),
    ("art_2", "art_3", "split"),
    ("art_3", "art_4", "renumbered"),
    ("art_4", "art_5", "merged"),
    ("art_5", "art_5", "merged"),
    ("art_7", "art_6", "renumbered"),
    ("art_6", "art_8", "moved"),
]


@pytest.fixture
def older():
    return factories.make_draft(clauses=OLD, languages=("en",))


@pytest.fixture
def newer(older):
    return factories.make_next_draft(older, NEW, DESCENTS)


def told(compared):
    return [(each.clause.eid, each.kind.value, as_plain_text(each.text)) for each in compared]


def test_every_clause_of_both_drafts_is_told_what_became_of_it(newer, older):
    comparison = compare_drafts(newer, older, "en")
    assert told(comparison.clauses) == [
        ("art_1", "amended", "Everyone has [-the-]{+a+} right to solidarity."),
        ("art_2", "split", "States help.[- -]"),
        ("art_3", "split", "Peoples hope."),
        ("art_4", "renumbered", "No one is left behind."),
        ("art_5", "merged", "The rich share. The strong carry."),
        ("art_6", "renumbered", "All may stay."),
        ("art_8", "dropped", "[-What is dropped.-]"),
        ("art_7", "added", "{+What is new.+}"),
        ("art_8", "moved", "All may come."),
    ]
    assert comparison.counts == {
        Kind.ADDED: 1,
        Kind.DROPPED: 1,
        Kind.SPLIT: 2,
        Kind.MERGED: 1,
        Kind.MOVED: 1,
        Kind.AMENDED: 1,
        Kind.RENUMBERED: 2,
        Kind.UNCHANGED: 0,
    }
    assert (comparison.words.inserted, comparison.words.deleted) == (4, 4)


def test_words_of_both_drafts_are_rebuilt_from_the_operations(newer, older):
    for each in compare_drafts(newer, older, "en").clauses:
        if each.now:
            assert new_text(each.text) == each.now.wordings.get(language="en").text
        if not each.siblings:
            assert old_text(each.text) == " ".join(one.wordings.get(language="en").text for one in each.before)


def test_nothing_differs_where_nothing_was_changed(older):
    newer = factories.make_next_draft(older, OLD, [(each[0], each[0], "same") for each in OLD])
    comparison = compare_drafts(newer, older, "en")
    assert comparison.changes == []
    assert comparison.counts[Kind.UNCHANGED] == len(OLD)


def test_drafts_that_are_not_neighbours_are_compared_through_those_between(newer, older):
    latest = factories.make_next_draft(
        newer,
        [article(1, "Everyone has a full right to solidarity."), article(2, "States help. Peoples hope.")],
        [("art_1", "art_1", "amended"), ("art_2", "art_2", "merged"), ("art_3", "art_2", "merged")],
    )
    assert told(compare_drafts(latest, older, "en").clauses)[:2] == [
        ("art_1", "amended", "Everyone has [-the-]{+a full+} right to solidarity."),
        ("art_2", "unchanged", "States help. Peoples hope."),
    ]


def test_what_was_dropped_stands_where_it_stood():
    def clause(eid, kind, text):
        return (eid, kind, eid.rpartition("_")[2], "", text)

    old = [
        clause("art_1", "article", "One."),
        clause("art_1__para_1", "paragraph", "Inner one."),
        clause("art_1__para_2", "paragraph", "Inner two."),
        clause("art_2", "article", "Two."),
        clause("art_2__para_1", "paragraph", "Below two."),
        clause("art_3", "article", "Three."),
    ]
    older = factories.make_draft(clauses=old, languages=("en",))
    new = [
        clause("art_1", "article", "One."),
        clause("art_1__para_1", "paragraph", "Inner two."),
        clause("art_1__para_2", "paragraph", "Inner new."),
        clause("art_2", "article", "Three."),
    ]
    descents = [
        ("art_1", "art_1", "same"),
        ("art_1__para_2", "art_1__para_1", "renumbered"),
        ("art_3", "art_2", "renumbered"),
    ]
    comparison = compare_drafts(factories.make_next_draft(older, new, descents), older, "en")
    assert [(each.anchor, each.depth) for each in comparison.clauses] == [
        ("art_1", 0),
        ("dropped-art_1__para_1", 1),
        ("art_1__para_1", 1),
        ("art_1__para_2", 1),
        ("dropped-art_2", 0),
        ("dropped-art_2__para_1", 1),
        ("art_2", 0),
    ]
    shares = [(share.first.anchor, share.words.inserted, share.words.deleted) for share in comparison.shares]
    assert shares == [("art_1", 2, 2), ("dropped-art_2", 0, 3), ("art_2", 0, 0)]


def test_a_draft_that_does_not_go_back_to_the_other_is_not_compared(newer, older):
    with pytest.raises(ValueError, match="does not go back"):
        compare_drafts(older, newer, "en")
    with pytest.raises(ValueError, match="does not go back"):
        compare_drafts(newer, factories.make_draft(), "en")


def test_drafts_to_choose_from_are_those_of_one_line(newer, older):
    factories.make_draft(declaration=older.declaration, clauses=OLD)
    drafts = Draft.objects.published().filter(declaration=older.declaration)
    assert list_comparable(newer, drafts) == [older]
    assert list_comparable(older, drafts) == [newer]


def test_only_languages_that_both_have_can_be_compared(older):
    newer = factories.make_next_draft(older, NEW, DESCENTS, languages=("ar", "en"))
    assert shared_languages(newer, older) == ["en"]


@pytest.mark.parametrize("clauses", [1, 3])
def test_comparing_asks_as_many_questions_for_any_number_of_clauses(clauses, django_assert_num_queries):
    older = factories.make_draft(clauses=OLD[:clauses], languages=("en",))
    newer = factories.make_next_draft(older, NEW[:clauses], [(each[0], each[0], "same") for each in OLD[:clauses]])
    # 1 the drafts, 2 and 3 the clauses of both, 4 and 5 their words, 6 the descents
    with django_assert_num_queries(6):
        assert len(compare_drafts(newer, older, "en").changes) >= 1


def find(draft, eid):
    return Clause.objects.select_related("draft").with_wordings().get(draft=draft, eid=eid)


def history_of(clause, drafts=None):
    history = clause_history(clause, "en", drafts or Draft.objects.published())
    return [(entry.draft, told(entry.compared)) for entry in history.entries]


def test_history_leads_back_and_forward_with_what_changed(newer, older):
    expected = [
        (older, [("art_1", "added", "{+Everyone has the right to solidarity.+}")]),
        (newer, [("art_1", "amended", "Everyone has [-the-]{+a+} right to solidarity.")]),
    ]
    assert history_of(find(older, "art_1")) == history_of(find(newer, "art_1")) == expected


def test_history_of_a_split_clause_has_its_parts_and_that_of_a_part_the_clause_alone(newer, older):
    _first, (_draft, parts) = history_of(find(older, "art_2"))
    assert parts == [("art_2", "split", "States help.[- -]"), ("art_3", "split", "Peoples hope.")]
    _first, (_draft, part) = history_of(find(newer, "art_3"))
    assert part == [("art_3", "split", "Peoples hope.")]


def test_history_of_a_merged_clause_has_all_that_it_is_made_of(newer, older):
    (_older, origins), (_newer, merged) = history_of(find(newer, "art_5"))
    assert [eid for eid, _kind, _text in origins] == ["art_4", "art_5"]
    assert merged == [("art_5", "merged", "The rich share. The strong carry.")]


def test_history_of_a_dropped_clause_says_where_it_ends(newer, older):
    latest = factories.make_next_draft(newer, NEW, [(each[0], each[0], "same") for each in NEW])
    assert [entry for _draft, entry in history_of(find(older, "art_8"))] == [
        [("art_8", "added", "{+What is dropped.+}")],
        [],
    ]
    assert len(history_of(find(latest, "art_1"))) == 3


def test_history_tells_of_no_draft_that_the_reader_may_not_see(newer, older):
    descents = [(each[0], each[0], "same") for each in NEW]
    preparing = factories.make_next_draft(newer, NEW, descents, published=False)
    assert [draft for draft, _told in history_of(find(older, "art_1"))] == [older, newer]
    assert [draft for draft, _told in history_of(find(older, "art_1"), Draft.objects.all())] == [
        older,
        newer,
        preparing,
    ]


@pytest.mark.parametrize("drafts", [1, 3])
def test_history_asks_as_many_questions_for_any_number_of_drafts(drafts, django_assert_num_queries):
    draft = factories.make_draft(clauses=OLD, languages=("en",))
    for _number in range(drafts):
        draft = factories.make_next_draft(draft, OLD, [(each[0], each[0], "same") for each in OLD])
    clause = find(draft, "art_1")
    # 1 the drafts, 2 and 3 what leads to it and on from it, 4 and 5 the descents of all these, 6 the clauses, 7 their words
    with django_assert_num_queries(7):
        assert len(clause_history(clause, "en", Draft.objects.published()).entries) == drafts + 1


def test_any_two_clauses_are_compared(newer, older):
    compared = compare_clauses(find(newer, "art_7"), find(older, "art_8"), "en")
    assert (compared.kind, as_plain_text(compared.text)) == (Kind.AMENDED, "What is [-dropped-]{+new+}.")
    assert compare_clauses(find(newer, "art_4"), find(older, "art_3"), "en").kind == Kind.UNCHANGED


def test_heading_has_a_redline_of_its_own():
    older = factories.make_draft(clauses=[article(1, "Same.", "Old name")], languages=("en",))
    newer = factories.make_next_draft(older, [article(1, "Same.", "New name")], [("art_1", "art_1", "amended")])
    (compared,) = compare_drafts(newer, older, "en").clauses
    assert (as_plain_text(compared.heading), as_plain_text(compared.text)) == ("[-Old-]{+New+} name", "Same.")


def test_kind_is_judged_by_the_words_of_the_language_that_is_read():
    older = factories.make_draft(clauses=[article(9, "Same.")], languages=("en", "fr"))
    newer = factories.make_next_draft(
        older, [article(9, "Same.")], [("art_9", "art_9", "amended")], published=False, confirmed=True
    )
    Wording.objects.filter(clause__draft=newer, language="fr").update(text="Autre.")
    assert [compare_drafts(newer, older, code).clauses[0].kind for code in ("en", "fr")] == ["unchanged", "amended"]


def test_plain_text_has_figures_marks_and_origins(newer, older):
    lines = print_comparison(compare_drafts(newer, older, "en"), only_changes=True).splitlines()
    assert lines[0].startswith("--- ")
    assert lines[1].startswith("+++ ")
    assert "# art_5 · Article 5 · merged ← art_4" in lines
    assert "Everyone has [-the-]{+a+} right to solidarity." in lines
    assert print_clause(compare_clauses(find(newer, "art_7"), find(older, "art_8"), "en")) == (
        "# art_7 · Article 7 · amended ← art_8\nWhat is [-dropped-]{+new+}.\n"
    )
    history = print_history(clause_history(find(older, "art_8"), "en", Draft.objects.published()))
    assert "What is dropped." in history
    assert history.rstrip().endswith("Nothing of it is left in this draft.")
