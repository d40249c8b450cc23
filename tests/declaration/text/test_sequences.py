"""Labels that can be read in more than one way, decided by their neighbours."""

import pytest

from declaration.text.parser import parse


def labels(lines, language="en"):
    """Kind, label and depth of each clause below the first."""
    parsed = parse("\n".join(lines), language=language)
    return [(node.kind, node.label, node.depth) for node in parsed.nodes[1:]]


def lettered(letters):
    return [("subparagraph", letter, 1) for letter in letters]


LETTERS = [f"({letter}) Text;" for letter in "abcdefgh"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (["(i) Text."], lettered("i")),
        (["(i) Text;", "(j) Text."], lettered("ij")),
        (["(i) Text;", "(ii) Text."], [("item", "i", 2), ("item", "ii", 2)]),
        (
            ["(i) Text;", "(ii) Text;", "(i) Text;", "(j) Text."],
            [("item", "i", 2), ("item", "ii", 2), *lettered("ij")],
        ),
        (
            ["(i) Text:", "(i) Text;", "(ii) Text;", "(j) Text."],
            [("subparagraph", "i", 1), ("item", "i", 2), ("item", "ii", 2), ("subparagraph", "j", 1)],
        ),
        (["    (i) Text."], [("item", "i", 2)]),
    ],
)
def test_the_letter_i_and_the_numeral_one(after, expected):
    assert labels(["1. Text:", *LETTERS, *after])[8:] == expected


def test_numerals_right_below_a_paragraph_are_items():
    assert labels(["1. Text:", "(i) Text;", "(ii) Text;", "(iii) Text."]) == [
        ("item", "i", 1),
        ("item", "ii", 1),
        ("item", "iii", 1),
    ]


def test_the_letter_v_goes_on_after_u():
    rows = [f"({letter}) Text;" for letter in "abcdefghijklmnopqrstuvwx"]
    assert [label for _, label, _ in labels(["1. Text:", *rows])] == list("abcdefghijklmnopqrstuvwx")


def test_five_levels_as_united_nations_documents_number_them():
    lines = [
        "1. Text:",
        "(a) Text:",
        "(i) Text:",
        "a. Text:",
        "i. Text;",
        "ii. Text;",
        "b. Text;",
        "(ii) Text;",
        "(b) Text.",
    ]
    assert labels(lines) == [
        ("subparagraph", "a", 1),
        ("item", "i", 2),
        ("item", "a", 3),
        ("item", "i", 4),
        ("item", "ii", 4),
        ("item", "b", 3),
        ("item", "ii", 2),
        ("subparagraph", "b", 1),
    ]


@pytest.mark.parametrize(
    ("language", "letters"),
    [
        ("ru", "абвгдежзиклмн"),
        ("ru", "абвгдежзийклм"),
        ("ru", "абвгдежиклмнп"),
        ("ru", "abcdefghijklm"),
        ("ru", "аbсdеfghijklm"),
        ("ar", "أبجدهوزحطيكلم"),
        ("ar", "أبتثجحخدذرزسش"),
        ("es", "abcdefghijklm"),
        ("fr", "abcdefghijklm"),
    ],
)
def test_lists_follow_whichever_order_of_letters_their_neighbours_show(language, letters):
    head = {"ar": "1 - نص:", "ru": "1. Текст:"}.get(language, "1. Texte :")
    rows = [f"{letter}) {'نص؛' if language == 'ar' else 'texte;'}" for letter in letters]
    assert [label for _, label, _ in labels([head, *rows], language)] == list("abcdefghijklm")


def test_the_spanish_letter_after_n_counts():
    rows = [f"{letter}) texto;" for letter in "abcdefghijklmnñop"]
    assert [label for _, label, _ in labels(["1. Texto:", *rows], "es")] == list("abcdefghijklmnopq")


@pytest.mark.parametrize("mark", ["هـ", "ه", "هـ ", "ـه"])
def test_the_fifth_arabic_letter_is_the_same_with_and_without_its_stroke(mark):
    rows = [f"({letter}) نص؛" for letter in ("أ", "ب", "ج", "د", mark, "و")]
    assert [label for _, label, _ in labels(["1 - نص:", *rows], "ar")] == list("abcdef")


def test_capitals_are_sections_or_letters_by_what_surrounds_them():
    text = [
        "I. Work",
        "A. Meetings",
        "1. Text.",
        "B. Visits",
        "2. Text.",
        "C. Letters",
        "3. Text.",
        "II. Thanks",
        "4. Text.",
    ]
    assert labels(text) == [
        ("section", "A", 1),
        ("paragraph", "1", 2),
        ("section", "B", 1),
        ("paragraph", "2", 2),
        ("section", "C", 1),
        ("paragraph", "3", 2),
        ("section", "II", 0),
        ("paragraph", "4", 1),
    ]


def test_the_section_after_h_is_i():
    rows = [
        line for number, letter in enumerate("ABCDEFGHIJ", start=1) for line in (f"{letter}. Words", f"{number}. Text.")
    ]
    found = [label for kind, label, _ in labels(["I. Work", *rows]) if kind == "section"]
    assert found == list("ABCDEFGHIJ")


def test_numbers_of_headings_and_of_paragraphs_are_told_apart():
    lines = ["I. Work", "A. Meetings", "1. In spring", "1. Text.", "2. Text.", "2. In autumn", "3. Text."]
    assert labels(lines) == [
        ("section", "A", 1),
        ("section", "1", 2),
        ("paragraph", "1", 3),
        ("paragraph", "2", 3),
        ("section", "2", 2),
        ("paragraph", "3", 3),
    ]


def test_chinese_sections_of_the_second_level_are_letters_and_lists_are_not():
    lines = ["一、工作", "（一）会议", "1. 文：", "（一）水；", "（二）种子。", "（二）访问", "2. 文。"]
    assert labels(lines, "zh") == [
        ("section", "A", 1),
        ("paragraph", "1", 2),
        ("item", "i", 3),
        ("item", "ii", 3),
        ("section", "B", 1),
        ("paragraph", "2", 2),
    ]


def test_numbers_in_points_nest_by_themselves():
    lines = ["1. Text:", "1.1 Text.", "1.2 Text:", "1.2.1 Text.", "1.2.2 Text.", "2. Text:", "2.1 Text."]
    assert [(label, depth) for _, label, depth in labels(lines)] == [
        ("1.1", 1),
        ("1.2", 1),
        ("1.2.1", 2),
        ("1.2.2", 2),
        ("2", 0),
        ("2.1", 1),
    ]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["1. Text:", "(a) Text;", "(a) bis Text;", "(a bis) Text.", "(b) Text."]),
        ("ar", ["1 - نص:", "(أ) نص؛", "(أ) مكررا نص؛", "(أ) مكررا نص؛", "(ب) نص."]),
    ],
)
def test_a_repeated_bis_is_still_a_clause(language, lines):
    assert [label for _, label, _ in labels(lines, language)] == ["a", "a bis", "a bis", "b"]


def test_what_only_looks_like_a_label_stays_text():
    lines = ["1. Boats were counted in", "2015. In that year there were four.", "2. Oars were not counted."]
    assert labels(lines) == [("paragraph", "2", 0)]
    assert labels(["1. Text.", "U.S. boats are blue.", "2. Text."]) == [("paragraph", "2", 0)]


def test_bullets_are_a_list_without_labels():
    assert labels(["1. Text:", "• Boats", "• Oars", "2. Text."]) == [
        ("subparagraph", "", 1),
        ("subparagraph", "", 1),
        ("paragraph", "2", 0),
    ]
