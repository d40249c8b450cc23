"""What a text has that a person should look at."""

import pytest

from declaration.text.findings import MESSAGES, REASONS
from declaration.text.hygiene import ProblemCode
from declaration.text.parser import parse
from tests.declaration.text.test_parser import codes, eids, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. One.\n2. Two.\n4. Four.", [("number_skipped", 3)]),
        ("1. One.\n2. Two.\n2. Again.", [("number_repeated", 3), ("label_repeated", 3)]),
        ("1. One.\n2. Two.\n1. One.", [("number_restarts", 3), ("label_repeated", 3)]),
        ("I. Work\nI. Thanks\n1. One.", [("number_repeated", 2), ("label_repeated", 2)]),
        ("7. Seven.\n8. Eight.", [("number_starts_late", 1)]),
        ("Article 1\nText.\nArticle 3\nText.", [("number_skipped", 3)]),
        ("Article 1\nText.\nArticle 1\nText.", [("number_repeated", 3), ("label_repeated", 3)]),
        ("Article 1\nArticle 2\nText.", [("clause_empty", 1)]),
        ("1. Two:\n(a) Row;\n(b) Swim.\nAs they like.", [("line_after_list", 4)]),
        ("1. Boats() float.", [("note_call_empty", 1)]),
        ("1. A boat \u202egnihton\u202c floats.", [("characters_direction_override", 1)]),
        ("1. A bo\u200bat floats.", [("characters_zero_width", 1)]),
        ("1. A boat floats.\n2. القارب يطفو على سطح الماء ويحمل الجيران إلى الضفة الأخرى.", [("direction_mixed", 2)]),
    ],
)
def test_what_is_odd_is_reported_with_its_line(text, expected):
    found = codes(text)
    assert [each for each in expected if each not in found] == []


def test_only_what_stands_in_the_way_is_an_error():
    assert read("1. One.\n1. Again.").errors == ()
    assert [finding.code for finding in read("1. A boat \U000e0041 floats.").errors] == ["characters_hidden"]


def test_clauses_with_the_same_label_and_what_is_in_them_have_distinct_identifiers():
    text = "1. One:\n(a) Row.\n1. Again:\n(a) Swim."
    assert eids(text) == ["para_1", "para_1__subpara_a", "para_1-2", "para_1-2__subpara_a"]


def test_where_numbers_begin_anew_in_each_section_or_part_the_identifiers_name_it():
    assert eids("I. Rights\n1. One.\n2. Two.\nII. Duties\n1. One.") == [
        *("sec_I", "sec_I__para_1", "sec_I__para_2", "sec_II", "sec_II__para_1")
    ]
    assert eids("Part I\nArticle 1\nText.\nPart II\nArticle 1\nText.") == [
        *("part_I", "part_I__art_1", "part_II", "part_II__art_1")
    ]


def test_a_language_that_differs_from_what_was_said_is_reported():
    text = "Статья 1\nКаждый имеет право на лодку и весло."
    assert ("language_differs", 0) in codes(text, "en")
    assert read(text, None).language == "ru"


def test_a_language_that_is_none_of_the_six_is_refused():
    with pytest.raises(ValueError, match="languages"):
        parse("1. Text.", language="de")


def test_every_message_can_be_said():
    for text in ("1. One.\n3. Three.\n1. One.", "Article 1\nArticle 1", "text", "1. A \u202e b () .\n(i) x"):
        assert all(finding.message for finding in read(text).findings)


def test_every_problem_of_characters_has_a_message():
    assert {f"characters_{code}" for code in ProblemCode.__args__} <= set(MESSAGES)


def test_reasons_are_said_in_words():
    parsed = read("Title\n1. Text.\n\n* * *")
    assert [REASONS[out.reason] for out in parsed.left_out] == [
        "the title of the text",
        "an empty line",
        "a rule or an ornament",
    ]
