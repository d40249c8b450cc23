import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from declaration.text.hygiene import MAX_PROBLEMS, MAX_WORDING, Problem, problems, refused, with_plain_newlines
from declaration.text_messages import PROBLEM_MESSAGES, problem_message, validate_text
from tests.work import count_calls

CLEAN = [
    "",
    "Everyone has the right,\n\tin all places.",
    "<script>alert('x')</script> & “quoted”",
    "لكل إنسان الحق (أ) هـ\u200f و \u200e1\u200f",
    "می\u200cخواهم \u200d",
    "人人有权享有团结。",
    "Каждый человек имеет право…",
    "isolate \u2067عربي\u2069 closed, embedding \u202bعربي\u202c closed",
    "👩‍👩‍👧 é ﷺ",
]

# text, code, position, refused
DIRTY = [
    ("a\x00b", "nul", 1, True),
    ("a\x07", "control", 1, True),
    ("\x1b[31m", "control", 0, True),
    ("a\rb", "control", 1, True),
    ("a\x85b", "control", 1, True),
    ("a\x7f", "control", 1, True),
    ("a\ud800", "surrogate", 1, True),
    ("a\ufffe", "noncharacter", 1, True),
    ("a\ufdd0", "noncharacter", 1, True),
    ("a\U0001ffff", "noncharacter", 1, True),
    ("a\U000e0041", "hidden", 1, True),
    ("a\u2062b", "hidden", 1, True),
    ("a\ufff9b", "hidden", 1, True),
    ("ab\u202ecd", "direction_override", 2, True),
    ("\u202d", "direction_override", 0, True),
    ("a\u2067b", "direction_unclosed", 1, True),
    ("a" + "\u0301\u0323" * 16, "stacked_marks", 1, True),
    ("a" + "\U00010a0d\U00010a0f" * 16, "stacked_marks", 1, True),
    ("a\u202bb\nc\u202c", "direction_unclosed", 1, True),
    ("a\u2069", "direction_unclosed", 1, True),
    ("\u2067a\u202c", "direction_unclosed", 0, True),
    ("cafe\u0301", "not_normalized", 3, False),
    ("a\u200bb", "zero_width", 1, False),
    ("\ufeffa", "zero_width", 0, False),
    ("a\u00adb", "zero_width", 1, False),
    ("a\ue000", "private_use", 1, False),
    ("a\U000f0000", "private_use", 1, False),
    ("a\u2028b", "line_separator", 1, False),
]


@pytest.mark.parametrize("text", CLEAN)
def test_text_as_people_write_it_is_clean(text):
    assert problems(text) == []
    validate_text(text)


@pytest.mark.parametrize(("text", "code", "position", "is_refused"), DIRTY)
def test_problem_is_found_where_it_stands(text, code, position, is_refused):
    first = problems(text)[0]
    assert (first.code, first.position, first.is_refused) == (code, position, is_refused)
    assert bool(refused(text)) == is_refused


@pytest.mark.parametrize(("text", "code", "position", "is_refused"), DIRTY)
def test_problem_is_said_with_its_place(text, code, position, is_refused):
    message = problem_message(problems(text)[0])
    assert f"Character {position + 1} " in message
    assert "%(" not in message
    if is_refused:
        with pytest.raises(ValidationError) as caught:
            validate_text(text)
        assert caught.value.error_list[0].code == code
    else:
        validate_text(text)


def test_every_problem_has_a_message():
    assert {code for _, code, *_ in DIRTY} | {"too_long"} == set(PROBLEM_MESSAGES)


def test_text_that_is_too_long_is_refused_unread():
    text = "\u202e" * 2_000_000
    assert problems(text) == [Problem("too_long", MAX_WORDING, "\u202e")]
    assert count_calls(problems, text) < 100
    assert "longer than 50000 characters" in problem_message(problems(text)[0])
    assert problems("abcdef", max_length=5) == [Problem("too_long", 5, "f")]


def test_problems_are_listed_in_order_and_bounded():
    text = "\u202e" * 100 + "\x00"
    assert len(problems(text, max_length=200)) == MAX_PROBLEMS
    assert [problem.position for problem in problems("a\x00b\x01c\u2067")] == [1, 3, 5]


def test_text_is_never_altered_but_for_line_ends():
    assert with_plain_newlines("a\r\nb\rc\nd") == "a\nb\nc\nd"
    assert with_plain_newlines("cafe\u0301 \u200b") == "cafe\u0301 \u200b"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_every_problem_points_at_its_character(text):
    for problem in problems(text):
        assert text[problem.position] == problem.character
        assert problem_message(problem)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), max_size=200))
def test_visible_characters_are_never_refused(text):
    assert refused(text) == []


def test_what_is_refused_is_not_hidden_behind_what_is_only_told():
    found = problems("\u200b" * 100 + "a\u202eb")
    assert len(found) == MAX_PROBLEMS
    assert found[-1].code == "direction_override"
    assert [problem.code for problem in refused("\u200b" * 100 + "a\u202eb")] == ["direction_override"]


def test_marks_without_end_are_found_in_one_walk():
    assert [problem.code for problem in problems("a" + "\u0301\u0323" * 20_000)] == ["stacked_marks"]
    assert count_calls(problems, "a" + "\u0301\u0323" * 20_000) < 200_000
