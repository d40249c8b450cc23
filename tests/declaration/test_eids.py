import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declaration.models import Clause
from declaration.text.eids import (
    EID_PATTERN,
    ELEMENT_REFS,
    Step,
    distinct_eid,
    eid_number,
    is_eid,
    make_eid,
    parent_eid,
    parse_eid,
)

PART = Step("part", "I")
ARTICLE = Step("article", "53 bis")
PARAGRAPH = Step("paragraph", "1")
LETTER = Step("subparagraph", "a")
ITEM = Step("item", "ii")

# path, identifier, identifier in full
PATHS = [
    ([Step("preamble")], "preamble", "preamble"),
    ([Step("preamble"), Step("preambular_paragraph", ordinal=3)], "rec_3", "preamble__rec_3"),
    ([PART], "part_I", "part_I"),
    ([PART, ARTICLE], "art_53bis", "part_I__art_53bis"),
    ([PART, ARTICLE, PARAGRAPH, LETTER, ITEM], "art_53bis__para_1__subpara_a__item_ii", None),
    ([Step("article", "4"), LETTER], "art_4__subpara_a", "art_4__subpara_a"),
    ([Step("section", "III"), Step("section", "A")], "sec_III__sec_A", "sec_III__sec_A"),
    ([Step("section", "III"), Step("paragraph", "26"), Step("subparagraph", "(h)")], "para_26__subpara_h", None),
    ([Step("operative_paragraph", "4"), LETTER], "para_4__subpara_a", "para_4__subpara_a"),
    ([Step("annex", "I"), Step("part", "II"), Step("article", "2")], "att_I__art_2", "att_I__part_II__art_2"),
    ([Step("annex")], "att", "att"),
    ([Step("annex"), Step("section", "A")], "att__sec_A", "att__sec_A"),
    ([Step("preamble"), Step("preambular_paragraph", ordinal=2), LETTER], "rec_2__subpara_a", None),
    ([Step("article", "2.1")], "art_2-1", "art_2-1"),
]


@pytest.mark.parametrize(("path", "eid", "in_full"), PATHS)
def test_identifier_names_what_numbers_a_clause(path, eid, in_full):
    assert make_eid(path) == eid
    if in_full:
        assert make_eid(path, in_full=True) == in_full
    assert is_eid(eid)


def test_every_kind_of_clause_has_an_element():
    assert set(ELEMENT_REFS) == set(Clause.Kind.values)


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("53 bis", "53bis"),
        ("(a)", "a"),
        ("2.1", "2-1"),
        ("1.", "1"),
        ("IV", "IV"),
        ("", ""),
        ("أ", ""),
        (" 3 ", "3"),
        ("-", ""),
    ],
)
def test_number_is_the_label_without_spaces_and_marks(label, number):
    assert eid_number(label) == number


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ([], "needs a clause"),
        ([Step("chapter", "1")], "“chapter” has no Akoma Ntoso element"),
        ([Step("article", "1" * 130)], "at most 120 characters"),
    ],
)
def test_path_without_an_identifier_is_refused(path, message):
    with pytest.raises(ValueError, match=message):
        make_eid(path)


def test_identifier_is_read_into_its_steps():
    assert parse_eid("art_53bis__para_1") == [("art", "53bis"), ("para", "1")]
    assert parse_eid("preamble__rec_3") == [("preamble", ""), ("rec", "3")]
    assert parent_eid("art_3__para_1__subpara_a") == "art_3__para_1"
    assert parent_eid("art_3") == ""


@pytest.mark.parametrize(
    "text",
    ["", "Art_3", "art 3", "art_3__", "__art_3", "art__", "art_3_4", "art_3\n", "../etc", "art_" + "3" * 200, "مادة_3"],
)
def test_what_is_no_identifier_is_refused(text):
    assert not is_eid(text)
    with pytest.raises(ValueError, match="is no Akoma Ntoso identifier"):
        parse_eid(text)


def test_second_clause_of_a_number_gets_an_identifier_of_its_own():
    assert distinct_eid("art_3", set()) == "art_3"
    assert distinct_eid("art_3", {"art_3"}) == "art_3-2"
    assert distinct_eid("art_3", {"art_3", "art_3-2"}) == "art_3-3"
    assert distinct_eid("preamble", {"preamble"}) == "preamble_2"


labels = st.from_regex(r"[0-9]{1,3}( bis| ter)?|[a-z]|[IVX]{1,4}|[0-9]\.[0-9]", fullmatch=True)
steps = st.builds(Step, st.sampled_from(sorted(ELEMENT_REFS)), labels)


@given(st.lists(steps, min_size=1, max_size=5), st.booleans())
def test_identifiers_are_well_formed_and_end_in_their_clause(path, in_full):
    eid = make_eid(path, in_full=in_full)
    assert re.search(EID_PATTERN, eid)
    reference, number = parse_eid(eid)[-1]
    assert (reference, number) == (ELEMENT_REFS[path[-1].kind], eid_number(path[-1].label))
    assert is_eid(distinct_eid(eid, {eid}))
    if in_full:
        assert len(parse_eid(eid)) == len(path)
