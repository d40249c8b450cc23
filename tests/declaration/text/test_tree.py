"""The tree of a draft while it is edited: identifiers that follow, and the numbers, brackets and merges that go with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declaration.text.brackets import enclose, is_enclosed, release, unbalanced_brackets
from declaration.text.eids import is_eid
from declaration.text.merging import merge_texts
from declaration.text.next_labels import alternative_label, following_label, inserted_label, suggest_label
from declaration.text.tree import EidTooLongError, Node, RepeatedLabelError, Tree

ROWS = [
    (1, None, "preamble", "", "preamble"),
    (2, 1, "preambular_paragraph", "", "rec_1"),
    (3, 1, "preambular_paragraph", "", "rec_2"),
    (4, None, "part", "I", "part_I"),
    (5, 4, "article", "1", "art_1"),
    (6, 5, "paragraph", "1", "art_1__para_1"),
    (7, 6, "subparagraph", "a", "art_1__para_1__subpara_a"),
    (8, None, "part", "II", "part_II"),
    (9, 8, "article", "2", "art_2"),
    (10, None, "annex", "", "att"),
]


@pytest.fixture
def tree():
    return Tree.of(ROWS)


def node(tree, key):
    return next(each for each in tree if each.key == key)


def eids(tree):
    return [each.eid for each in tree]


def test_what_is_not_touched_keeps_its_identifier(tree):
    assert eids(tree) == [row[4] for row in ROWS]


def test_those_without_a_number_move_on(tree):
    new = Node("new", "preambular_paragraph")
    tree.insert(new, parent=node(tree, 1), index=1)
    assert [each.eid for each in node(tree, 1).children] == ["rec_1", "rec_2", "rec_3"]
    tree.remove(node(tree, 2))
    assert [each.eid for each in node(tree, 1).children] == ["rec_1", "rec_2"]


@pytest.mark.parametrize(
    ("kind", "label", "parent", "eid"),
    [
        ("article", "3", 8, "art_3"),
        ("paragraph", "1", 9, "art_2__para_1"),
        ("item", "i", 7, "art_1__para_1__subpara_a__item_i"),
        ("section", "A", 8, "part_II__sec_A"),
        ("article", "1", 10, "att__art_1"),
        ("section", "A", 10, "att__sec_A"),
        ("annex", "II", None, "att_II"),
        ("subparagraph", "b alt", 6, "art_1__para_1__subpara_balt"),
    ],
)
def test_a_new_clause_is_named_by_its_place(tree, kind, label, parent, eid):
    above = node(tree, parent) if parent else None
    new = Node("new", kind, label)
    tree.insert(new, parent=above, index=len(tree.children(above)))
    assert new.eid == eid


def test_numbers_that_begin_anew_in_a_part_name_it(tree):
    part = node(tree, 8)
    tree.move(node(tree, 9), parent=node(tree, 4), index=1)
    first, second = Node("a", "article", "1"), Node("b", "article", "2")
    tree.insert(first, parent=part, index=0)
    tree.insert(second, parent=part, index=1)
    assert (first.eid, second.eid) == ("part_II__art_1", "part_II__art_2")


def test_what_stands_below_follows(tree):
    tree.relabel(node(tree, 5), kind="article", label="7 ter")
    assert eids(tree)[4:7] == ["art_7ter", "art_7ter__para_1", "art_7ter__para_1__subpara_a"]
    tree.move(node(tree, 6), parent=node(tree, 9), index=0)
    assert [each.eid for each in node(tree, 9).walk()] == ["art_2", "art_2__para_1", "art_2__para_1__subpara_a"]


def test_a_number_that_is_taken_is_refused(tree):
    with pytest.raises(RepeatedLabelError) as caught:
        tree.insert(Node("new", "article", "2"), parent=node(tree, 4), index=0)
    assert caught.value.other.key == 9


def test_nothing_stands_below_itself_or_too_deep(tree):
    with pytest.raises(ValueError, match="below itself"):
        tree.move(node(tree, 5), parent=node(tree, 7), index=0)
    with pytest.raises(EidTooLongError):
        insert_far_below(tree, node(tree, 7))


def insert_far_below(tree, parent):
    for number in range(20):
        child = Node(f"n{number}", "item", f"{number}" * 9)
        tree.insert(child, parent=parent, index=0)
        parent = child


KINDS = ["part", "section", "article", "paragraph", "subparagraph", "item", "preambular_paragraph", "annex"]
STEPS = st.tuples(
    st.sampled_from(["insert", "move", "remove", "relabel"]),
    st.integers(0, 60),
    st.integers(0, 60),
    st.sampled_from(KINDS),
    st.sampled_from(["", "1", "2", "2 bis", "a", "IV", "3 alt"]),
)


@given(st.lists(STEPS, max_size=30))
def test_identifiers_stay_identifiers_and_unique(steps):
    tree = Tree.of(ROWS)
    for number, (step, which, other, kind, label) in enumerate(steps):
        kept = [(each.key, each.parent.key if each.parent else None, each.kind, each.label, each.eid) for each in tree]
        nodes = list(tree)
        if not nodes:
            return
        one, two = nodes[which % len(nodes)], nodes[other % len(nodes)]
        try:
            if step == "insert":
                tree.insert(
                    Node(f"new {number}", kind, label),
                    parent=two,
                    index=len(two.children) and which % len(two.children),
                )
            elif step == "move":
                tree.move(one, parent=two, index=0)
            elif step == "remove":
                tree.remove(one)
            else:
                tree.relabel(one, kind=kind, label=label)
        except ValueError:
            # What was changed by then is thrown away, as the services do.
            tree = Tree.of(kept)
        assert len(set(eids(tree))) == len(eids(tree))
        assert all(is_eid(eid) for eid in eids(tree))


@pytest.mark.parametrize(
    ("kind", "label", "following"),
    [
        ("paragraph", "3", "4"),
        ("paragraph", "3 bis", "4"),
        ("paragraph", "3 alt 2", "4"),
        ("subparagraph", "b", "c"),
        ("subparagraph", "z", ""),
        ("item", "iv", "v"),
        ("part", "IV", "V"),
        ("section", "C", "D"),
        ("section", "I", "II"),
        ("article", "", ""),
    ],
)
def test_following_number(kind, label, following):
    assert following_label(kind, label) == following


def test_numbers_for_clauses_put_in_later():
    assert inserted_label("3", []) == "3 bis"
    assert inserted_label("3", ["3 bis"]) == "3 ter"
    assert inserted_label("3 bis", []) == "3 ter"
    assert inserted_label("", []) == ""
    assert alternative_label("3", []) == "3 alt"
    assert alternative_label("3 alt", ["3 alt"]) == "3 alt 2"
    assert alternative_label("3 bis", []) == "3 bis alt"
    assert (suggest_label("article", "3", ["3", "4"]), suggest_label("article", "4", ["3", "4"])) == ("3 bis", "5")


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("[shall] [should]", []),
        ("[shall [fully]]", []),
        ("［应］当", []),
        ("[shall", [0]),
        ("shall]", [5]),
        ("]a[", [0, 2]),
        ("[a]] [b", [3, 5]),
    ],
)
def test_brackets_without_a_counterpart_are_found(text, stray):
    assert unbalanced_brackets(text) == stray


def test_brackets_around_a_whole_text():
    assert (is_enclosed("[a [b]]"), is_enclosed("[a] [b]"), is_enclosed("[a")) == (True, False, False)
    assert (enclose("a"), enclose("[a]"), enclose("[a] [b]"), enclose("")) == ("[a]", "[a]", "[[a] [b]]", "")
    assert (release("[a]"), release("[a] [b]"), release("a")) == ("a", "[a] [b]", "a")


def test_changes_of_two_people_are_put_together_where_they_do_not_touch():
    base = "States shall help one another in need."
    theirs, yours = "All States shall help one another in need.", "States shall help one another in great need."
    assert merge_texts(base, theirs, yours) == "All States shall help one another in great need."
    assert merge_texts(base, "States may help one another in need.", "States will help one another in need.") is None
    assert merge_texts(base, theirs, theirs) == theirs


WORDS = st.lists(st.sampled_from(["States", "shall", "help", "تتعاون", "各国", ",", "[", "]"]), max_size=12).map(
    " ".join
)


@given(WORDS, WORDS)
def test_merging_with_what_did_not_change_is_the_change(base, changed):
    assert merge_texts(base, changed, base) == changed
    assert merge_texts(base, base, changed) == changed
    assert merge_texts(base, changed, changed) == changed
