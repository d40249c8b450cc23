"""Corrections by hand: each does what it says, what does not fit is refused, and no word and no line is ever lost."""

import copy
import json
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declaration.text.corrections import MAX_CORRECTIONS, OPERATIONS, CorrectionError, apply
from declaration.text.eids import is_eid
from declaration.text.parser import parse

TEXT = """Draft declaration on boats
Preamble
Recalling that rivers are shared by all who live on them,
Noting resolution 60/1 of the General Assembly and A/HRC/21/44,
Article 1
Boats
1. Every boat keeps to its side of the river. It carries a light.
2. Those who build boats:
(a) choose good wood;
(b) leave room for a neighbour, as A/HRC/21/45 says.
Article 2
Each harbour is open to all.
Nobody pays for a storm.
Page 3
"""


@pytest.fixture
def parsed():
    return parse(TEXT, language="en").as_json()


def place_of(text, eid):
    return next(place for place, node in enumerate(text["nodes"]) if node["eid"] == eid)


def eids(text):
    return [node["eid"] for node in text["nodes"]]


def without_keys(nodes):
    return [{key: value for key, value in node.items() if key != "key"} for node in nodes]


def words(text):
    """How often each character is there, in the tree and in what was left out, spaces aside."""
    pieces = [piece for node in text["nodes"] for piece in (node["printed"], node["heading"], node["text"])]
    pieces += [note[key] for node in text["nodes"] for note in node.get("notes", ()) for key in ("label", "text")]
    pieces += [out["text"] for out in text["left_out"]]
    return Counter("".join("".join(pieces).split()))


def lines(text):
    return {line for node in text["nodes"] for line in node["source_lines"]} | {out["line"] for out in text["left_out"]}


def test_nothing_to_correct_is_the_text_as_it_was_read(parsed):
    assert apply(parsed, []) == parsed


def test_the_text_that_was_read_is_not_changed(parsed):
    before = copy.deepcopy(parsed)
    apply(
        parsed, [{"op": "join", "node": 2}, {"op": "leave_out", "node": 1}, {"op": "rekind", "node": 0, "kind": "part"}]
    )
    assert parsed == before


def test_another_number_moves_the_identifiers_of_all_below(parsed):
    text = apply(parsed, [{"op": "relabel", "node": place_of(parsed, "art_1"), "label": "1 bis"}])
    assert "art_1bis__para_2__subpara_b" in eids(text)
    assert not [eid for eid in eids(text) if eid.startswith("art_1__")]


def test_two_clauses_with_one_number_are_told_apart_and_reported(parsed):
    text = apply(parsed, [{"op": "relabel", "node": place_of(parsed, "art_2"), "label": "1"}])
    assert "art_1-2" in eids(text)
    assert "label_repeated" in {finding["code"] for finding in text["findings"]}


def test_the_rest_of_a_text_becomes_a_clause_of_its_own(parsed):
    place = place_of(parsed, "art_1__para_1")
    at = parsed["nodes"][place]["text"].index("It carries")
    text = apply(parsed, [{"op": "split", "node": place, "at": at}])
    assert text["nodes"][place]["text"] == "Every boat keeps to its side of the river."
    rest = text["nodes"][place + 1]
    assert (rest["kind"], rest["text"], rest["depth"]) == ("paragraph", "It carries a light.", 1)


def test_source_lines_go_with_their_words(parsed):
    place = place_of(parsed, "art_2")
    article = parsed["nodes"][place]
    assert "\n" in article["text"]
    text = apply(parsed, [{"op": "split", "node": place, "at": article["text"].index("Nobody")}])
    assert text["nodes"][place]["source_lines"] == article["source_lines"][:-1]
    assert text["nodes"][place + 1]["source_lines"] == article["source_lines"][-1:]


def test_a_clause_that_is_joined_brings_its_printed_number_as_words(parsed):
    place = place_of(parsed, "art_1__para_2__subpara_b")
    text = apply(parsed, [{"op": "join", "node": place, "with": "space"}])
    before = text["nodes"][place - 1]
    assert before["text"].startswith("choose good wood; (b) leave room")
    symbol = next(each for each in text["symbols"] if each["as_printed"] == "A/HRC/21/45")
    assert symbol["node"] == before["eid"]
    assert before["text"][symbol["position"] :].startswith("A/HRC/21/45")


def test_split_and_joined_again_is_the_same(parsed):
    place = place_of(parsed, "art_2")
    at = parsed["nodes"][place]["text"].index("Nobody")
    text = apply(parsed, [{"op": "split", "node": place, "at": at}, {"op": "join", "node": place + 1}])
    assert without_keys(text["nodes"]) == parsed["nodes"]


def test_levels_change_with_all_that_stands_below(parsed):
    place = place_of(parsed, "art_1__para_2")
    deeper = apply(parsed, [{"op": "indent", "node": place}])
    assert [node["depth"] for node in deeper["nodes"][place : place + 3]] == [2, 3, 3]
    back = apply(parsed, [{"op": "indent", "node": place}, {"op": "outdent", "node": place}])
    assert without_keys(back["nodes"]) == parsed["nodes"]


def test_what_is_left_out_says_why_and_can_be_taken_in_again(parsed):
    place = place_of(parsed, "art_1__para_2__subpara_a")
    text = apply(parsed, [{"op": "leave_out", "node": place}])
    line = parsed["nodes"][place]["source_lines"][0]
    out = next(each for each in text["left_out"] if each["line"] == line)
    assert (out["text"], out["reason"]) == ("(a)\nchoose good wood;", "by_hand")
    again = apply(parsed, [{"op": "leave_out", "node": place}, {"op": "take_in", "line": line}])
    taken = again["nodes"][place]
    assert (taken["kind"], taken["depth"], taken["source_lines"]) == ("subparagraph", 2, [line])


def test_a_line_that_the_reader_left_out_can_be_taken_in(parsed):
    title = next(out for out in parsed["left_out"] if out["reason"] == "title")
    text = apply(parsed, [{"op": "take_in", "line": title["line"]}])
    assert text["nodes"][0]["text"] == "Draft declaration on boats"
    assert not [out for out in text["left_out"] if out["line"] == title["line"]]


def test_a_doubtful_symbol_is_settled_by_hand_and_opened_again():
    doubtful = parse("1. Recalling resolution 23/12 on boats.\n2. Noting it.", language="en").as_json()
    symbol = doubtful["symbols"][0]
    chosen = symbol["candidates"][0]
    text = apply(doubtful, [{"op": "choose_symbol", "symbol": 0, "value": chosen}])
    assert text["symbols"][0]["symbol"] == chosen
    opened = [{"op": "choose_symbol", "symbol": 0, "value": chosen}, {"op": "choose_symbol", "symbol": 0, "value": ""}]
    assert "symbol" not in apply(doubtful, opened)["symbols"][0]


def test_a_clause_that_was_too_long_is_not_once_it_is_split():
    text = "1. " + "\n".join(["word " * 900] * 12) + "\n2. Short."
    long = parse(text, language="en").as_json()
    assert "characters_too_long" in {finding["code"] for finding in long["findings"]}
    split = apply(long, [{"op": "split", "node": 0, "at": len(long["nodes"][0]["text"]) // 2}])
    assert "characters_too_long" not in {finding["code"] for finding in split["findings"]}


def test_a_footnote_stays_behind_its_word():
    note = {"label": "1", "text": "See the map.", "source_lines": [2], "position": 14, "is_in_heading": False}
    parsed = parse("1. Rivers are shared. Boats are not.\n2. Last.", language="en").as_json()
    parsed["nodes"][0]["notes"] = [{**note, "position": 3, "source_lines": []}, {**note, "position": 23}]
    at = parsed["nodes"][0]["text"].index("Boats")
    text = apply(parsed, [{"op": "split", "node": 0, "at": at}])
    assert [each["position"] for each in text["nodes"][0]["notes"]] == [3]
    assert [each["position"] for each in text["nodes"][1]["notes"]] == [23 - at]
    joined = apply(parsed, [{"op": "split", "node": 0, "at": at}, {"op": "join", "node": 1, "with": "space"}])
    assert [each["position"] for each in joined["nodes"][0]["notes"]] == [3, 23]


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        ({}, "unknown"),
        ({"op": "explode", "node": 0}, "unknown"),
        ({"op": "relabel", "node": 99, "label": "1"}, "no_node"),
        ({"op": "relabel", "node": True, "label": "1"}, "no_node"),
        ({"op": "relabel", "node": "0", "label": "1"}, "no_node"),
        ({"op": "relabel", "node": 0, "label": "1" * 21}, "label_too_long"),
        ({"op": "relabel", "node": 0, "label": "أ"}, "label_invalid"),
        ({"op": "rekind", "node": 0, "kind": "chapter"}, "kind_unknown"),
        ({"op": "split", "node": 1, "at": 0}, "split_outside"),
        ({"op": "split", "node": 1, "at": 10_000}, "split_outside"),
        ({"op": "split", "node": 1, "at": True}, "split_outside"),
        ({"op": "split", "node": 1, "at": -3}, "split_outside"),
        ({"op": "join", "node": 0}, "nothing_before"),
        ({"op": "indent", "node": 0}, "too_deep"),
        ({"op": "outdent", "node": 0}, "at_top"),
        ({"op": "take_in", "line": 999}, "no_line"),
        ({"op": "choose_symbol", "symbol": 99, "value": ""}, "no_symbol"),
        ({"op": "choose_symbol", "symbol": 0, "value": "A/1"}, "not_a_candidate"),
        ({"op": "align", "node": 0, "with": "Article 1"}, "not_an_eid"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(parsed, correction, code):
    with pytest.raises(CorrectionError) as error:
        apply(parsed, [correction])
    assert error.value.code == code


def test_more_corrections_than_a_text_takes_are_refused(parsed):
    with pytest.raises(CorrectionError) as error:
        apply(parsed, [{"op": "indent", "node": 0}] * (MAX_CORRECTIONS + 1))
    assert error.value.code == "too_many"


@st.composite
def corrections(draw):
    number = st.integers(0, 12)
    return {
        "op": draw(st.sampled_from(OPERATIONS)),
        "node": draw(number),
        "at": draw(st.integers(0, 70)),
        "line": draw(st.integers(0, 15)),
        "label": draw(st.sampled_from(["", "1", "2 bis", "a", "IV"])),
        "kind": draw(st.sampled_from(["article", "paragraph", "section", "item", "preamble"])),
        "symbol": draw(st.integers(0, 3)),
        "value": "",
        "with": draw(st.sampled_from(["", "space"])),
    }


@settings(max_examples=200, deadline=None)
@given(series=st.lists(corrections(), max_size=12))
def test_no_word_and_no_line_is_lost_whatever_is_corrected(series):
    parsed = parse(TEXT, language="en").as_json()
    parsed["nodes"][1]["source_lines"].append(parsed["lines_total"])
    parsed["nodes"][1]["notes"] = [
        {
            "label": "1",
            "text": "A note.",
            "source_lines": [parsed["lines_total"]],
            "position": 4,
            "is_in_heading": False,
        }
    ]
    made = []
    for correction in series:
        try:
            text = apply(parsed, [*made, correction])
        except CorrectionError:
            continue
        made.append(correction)
        assert words(text) == words(parsed)
        assert lines(text) - {0} == lines(parsed) - {0}
        assert len(set(eids(text))) == len({node["key"] for node in text["nodes"]}) == len(text["nodes"])
        assert all(is_eid(eid) for eid in eids(text))
        depths = [-1, *(node["depth"] for node in text["nodes"])]
        assert all(0 <= depth <= before + 1 for before, depth in pairwise(depths))
        for node in text["nodes"]:
            for note in node.get("notes", ()):
                assert 0 <= note["position"] <= len(node["heading"] if note["is_in_heading"] else node["text"])
        assert len(text["symbols"]) == len(parsed["symbols"])
        json.dumps(text)
