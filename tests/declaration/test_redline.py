from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declaration.text.redline import (
    MAX_TEXT,
    Operation,
    TextTooLongError,
    WordCount,
    as_json,
    as_plain_text,
    count_changes,
    new_text,
    old_text,
    redline,
)
from declaration.text.tokens import count_words, is_word, tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("Peoples, and", ["Peoples", ",", " ", "and"]),
        ("A/HRC/RES/21/10.", ["A/HRC/RES/21/10", "."]),
        ("well-being l’homme 1.5 1,000", ["well-being", " ", "l’homme", " ", "1.5", " ", "1,000"]),
        ("end.Next", ["end", ".", "Next"]),
        ("a  b\n\nc", ["a", "  ", "b", "\n", "\n", "c"]),
        ("人权，和", ["人", "权", "，", "和"]),
        ("第3条", ["第", "3", "条"]),
        ("حُقُوق الإنسان،", ["حُقُوق", " ", "الإنسان", "،"]),
        ("هـ) الحقـــوق", ["هـ", ")", " ", "الحقـــوق"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("cafe\u0301 й", ["cafe\u0301", " ", "й"]),
        ("[open]", ["[", "open", "]"]),
        ("a\u00a0b_c", ["a", "\u00a0", "b", "_", "c"]),
        ("\u064b\u064bx", ["\u064b", "\u064b", "x"]),
    ],
)
def test_text_is_cut_into_words_spaces_and_marks(text, tokens):
    assert tokenize(text) == tokens


def test_words_are_counted_and_in_chinese_characters():
    assert count_words("We, the peoples (all).") == 4
    assert count_words("人权，和平") == 4
    assert [is_word(token) for token in ("a", "3", "权", "،", " ", "\n")] == [True, True, True, False, False, False]


EXAMPLES = [
    ("", "", ""),
    ("same", "same", "same"),
    ("", "new", "{+new+}"),
    ("old", "", "[-old-]"),
    ("our commitment", "our strong commitment", "our {+strong +}commitment"),
    ("States shall cooperate", "All States shall cooperate fully", "{+All +}States shall cooperate{+ fully+}"),
    ("the right, to solidarity", "the right to solidarity", "the right[-,-] to solidarity"),
    ("a b c", "a x c", "a [-b-]{+x+} c"),
    ("one two three", "un deux three", "[-one two-]{+un deux+} three"),
    (
        "Recalling all.\nNoting x.",
        "Recalling all.\nAffirming y.\nNoting x.",
        "Recalling all.\n{+Affirming y.\n+}Noting x.",
    ),
    ("one\ntwo\n", "un\ndeux\n", "[-one-]{+un+}\n[-two-]{+deux+}\n"),
    ("Human Rights", "human rights", "[-Human Rights-]{+human rights+}"),
    ("café", "cafe\u0301", "[-café-]{+cafe\u0301+}"),
    ("حُقوق الإنسان", "حقوق الإنسان", "[-حُقوق-]{+حقوق+} الإنسان"),
    ("هـ", "ه", "[-هـ-]{+ه+}"),
    ("نؤكد التزامنا بحقوق الإنسان", "نؤكد التزامنا القوي بحقوق الإنسان", "نؤكد التزامنا {+القوي +}بحقوق الإنسان"),
    (
        "重申我们致力于保护人权",
        "重申我们坚定致力于促进和保护所有人权",
        "重申我们{+坚定+}致力于{+促进和+}保护{+所有+}人权",
    ),
    ("Все народы имеют право", "Все народы и лица имеют право", "Все народы {+и лица +}имеют право"),
    ("القرار A/HRC/RES/21/10", "القرار A/HRC/RES/23/12", "القرار [-A/HRC/RES/21/10-]{+A/HRC/RES/23/12+}"),
    ("tab\there", "tab here", "tab[-\t-]{+ +}here"),
]


@pytest.mark.parametrize(("old", "new", "shown"), EXAMPLES)
def test_redline_reads_well(old, new, shown):
    assert as_plain_text(redline(old, new)) == shown


def test_sentence_written_anew_is_not_cut_into_shreds():
    old = "Peoples and individuals have the right to receive solidarity in times of need."
    new = "Every State, acting with others and within its means, undertakes to give what of help it can."
    assert len(redline(old, new)) <= 6


def test_changes_are_counted_in_words():
    assert count_changes(redline("our commitment, now", "our strong commitment")) == WordCount(3 - 1, 1, 1)
    assert count_changes(redline("保护人权", "保护所有人权")) == WordCount(4, 2, 0)
    assert count_changes([]).changed == 0


def test_redline_is_plain_data():
    assert as_json(redline("a b", "a c")) == [
        {"op": "equal", "text": "a "},
        {"op": "delete", "text": "b"},
        {"op": "insert", "text": "c"},
    ]
    operation, text = Operation("insert", "x")
    assert (operation, text) == ("insert", "x")


WORDS = [
    "the",
    "right",
    "solidarity",
    ",",
    " ",
    "  ",
    "\n",
    "حُقوق",
    "الإنسان",
    "،",
    "人",
    "权",
    "é",
    "e\u0301",
    "(a)",
    "1.5",
    "\u200f",
    "[",
    "]",
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=60).map("".join))


@st.composite
def edits(draw):
    """A text and what a person made of it: pieces taken out, put in, moved."""
    pieces = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=80))
    edited = list(pieces)
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(edited)))
        edited[place : place + draw(st.integers(0, 3))] = draw(st.lists(st.sampled_from(WORDS), max_size=3))
    return "".join(pieces), "".join(edited)


def check(old, new):
    operations = redline(old, new)
    assert old_text(operations) == old
    assert new_text(operations) == new
    kinds = [operation.op for operation in operations]
    assert all(operation.text for operation in operations)
    assert all(before != after for before, after in pairwise(kinds))
    assert ("insert", "delete") not in set(pairwise(kinds))
    return operations


@given(st.text())
def test_pieces_joined_are_the_text(text):
    assert "".join(tokenize(text)) == text


@given(texts, texts)
def test_both_texts_can_be_rebuilt(old, new):
    check(old, new)


@given(edits())
def test_both_texts_can_be_rebuilt_after_an_edit(edit):
    check(*edit)


@given(texts)
def test_text_compared_with_itself_is_equal(text):
    assert redline(text, text) == ([Operation("equal", text)] if text else [])


def test_long_texts_are_exact():
    old = [f"{number}. Everyone has the right to solidarity of kind {number % 7}.\n" for number in range(4000)]
    new = [line.replace("Everyone", "Every people") if number % 50 == 0 else line for number, line in enumerate(old)]
    del new[100:110]
    operations = check("".join(old), "".join(new))
    assert count_changes(operations).deleted < 300


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 122, "b a " * 61),
        ("a " * 200_000 + "c", "a " * 200_001 + "c"),
        ("a" * MAX_TEXT, "b" * MAX_TEXT),
        ("。" * MAX_TEXT, "，" * MAX_TEXT),
        ("人" * MAX_TEXT, "人权" * (MAX_TEXT // 2)),
        (". " * 200_000, "; " * 200_000),
    ],
)
def test_texts_that_are_hard_to_compare_are_exact(old, new):
    check(old, new)


def test_text_beyond_the_bound_is_refused_with_its_length():
    with pytest.raises(TextTooLongError, match="500001 characters; at most 500000") as caught:
        redline("a", "b" * (MAX_TEXT + 1))
    assert (caught.value.length, caught.value.limit) == (MAX_TEXT + 1, MAX_TEXT)
