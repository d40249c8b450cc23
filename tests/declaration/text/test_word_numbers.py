"""The automatic numbers of Word files."""

import pytest

from declaration.text.parser import parse
from declaration.text.sources import read_file
from declaration.text.sources.number_formats import format_number, is_known
from tests.declaration.text.test_word import clauses
from tests.declaration.text.word_files import level, numbering, paragraph, style, word_file


def autos(data):
    return [line.auto.text if line.auto else "" for line in read_file(data).lines]


UN_LEVELS = [
    level(0, "decimal", "%1.", left=0),
    level(1, "lowerLetter", "(%2)", left=567),
    level(2, "lowerRoman", "(%3)", left=1134),
]


def test_automatic_numbers_of_three_levels_are_counted_and_begin_again_below_each_number():
    body = "".join(
        paragraph(text, list_id=1, level=at)
        for text, at in [("One:", 0), ("a:", 1), ("i;", 2), ("ii;", 2), ("b.", 1), ("Two:", 0), ("a.", 1)]
    )
    data = word_file(body, numbering=numbering(UN_LEVELS))
    assert autos(data) == ["1.", "(a)", "(i)", "(ii)", "(b)", "2.", "(a)"]
    assert [(kind, label) for kind, label, _, _ in clauses(data)] == [
        ("paragraph", "1"),
        ("subparagraph", "a"),
        ("item", "i"),
        ("item", "ii"),
        ("subparagraph", "b"),
        ("paragraph", "2"),
        ("subparagraph", "a"),
    ]


def test_a_start_override_begins_a_list_anew_and_lists_of_one_definition_count_on():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    uses = [(0, ""), (0, ""), (0, override)]
    body = "".join(paragraph("Text.", list_id=each) for each in (1, 1, 2, 3, 3))
    assert autos(word_file(body, numbering=numbering(UN_LEVELS, uses=uses))) == ["1.", "2.", "3.", "5.", "6."]


def test_levels_restart_as_the_definition_says():
    never = [level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)", restart=0)]
    body = "".join(paragraph("Text.", list_id=1, level=at) for at in (0, 1, 1, 0, 1))
    assert autos(word_file(body, numbering=numbering(never))) == ["1.", "(a)", "(b)", "2.", "(c)"]


def test_a_level_may_name_those_above_it_and_print_them_in_plain_numbers():
    legal = [level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", legal=True)]
    body = "".join(paragraph("Text.", list_id=1, level=at) for at in (0, 1, 1))
    assert autos(word_file(body, numbering=numbering(legal))) == ["I.", "1.1.", "1.2."]


def test_a_style_carries_its_list_and_level_and_a_paragraph_can_leave_it():
    styles = style("Para", "Numbered", properties='<w:numPr><w:numId w:val="1"/></w:numPr>') + style(
        "Child", "Child", based_on="Para"
    )
    lists = [level(0, "decimal", "%1.", style="Para"), level(1, "lowerLetter", "(%2)", style="Child")]
    body = (
        paragraph("One:", style="Para")
        + paragraph("a.", style="Child")
        + paragraph("Two.", style="Para")
        + paragraph("Not numbered.", style="Para", list_id=0)
    )
    assert autos(word_file(body, styles=styles, numbering=numbering(lists))) == ["1.", "(a)", "2.", ""]


def test_a_list_can_take_its_definition_from_a_list_style():
    linked = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
    defined = f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{"".join(UN_LEVELS)}</w:abstractNum>'
    used = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    data = word_file(paragraph("Text.", list_id=1, level=1), numbering=linked + defined + used)
    assert autos(data) == ["(a)"]


def test_empty_paragraphs_print_no_number():
    body = paragraph("One.", list_id=1) + paragraph("", list_id=1) + paragraph("Two.", list_id=1)
    assert autos(word_file(body, numbering=numbering(UN_LEVELS))) == ["1.", "", "2."]


def test_a_label_in_words_heads_an_article():
    lists = [level(0, "decimal", "Article %1")]
    body = (
        paragraph("The right to a boat", list_id=1)
        + paragraph("Everyone may have a boat.")
        + paragraph("The duty to row", list_id=1)
        + paragraph("Everyone rows.")
    )
    assert clauses(word_file(body, numbering=numbering(lists))) == [
        ("article", "1", "The right to a boat", "Everyone may have a boat."),
        ("article", "2", "The duty to row", "Everyone rows."),
    ]


def test_a_label_that_is_not_understood_stays_in_the_text_and_is_reported():
    body = paragraph("Boats are shared.", list_id=1)
    parsed = parse(
        read_file(word_file(body, numbering=numbering([level(0, "decimal", "Rule no. %1:")]))), language="en"
    )
    assert [node.text for node in parsed.nodes] == ["Rule no. 1:\tBoats are shared."]
    assert "label_unknown" in {finding.code for finding in parsed.findings}


@pytest.mark.parametrize(
    ("number_format", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("upperRoman", {4: "IV"}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 27: "AA"}),
        ("lowerLetter", {26: "z", 28: "bb"}),
        ("russianLower", {1: "а", 9: "и", 10: "к", 30: "аа"}),
        ("arabicAbjad", {1: "أ", 5: "ه", 10: "ي"}),
        ("arabicAlpha", {1: "أ", 3: "ت", 4: "ث"}),
        ("chineseCounting", {1: "一", 12: "十二", 21: "二十一"}),
        ("ideographDigital", {1: "一", 12: "一二", 20: "二〇"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("numberInDash", {3: "- 3 -"}),
        ("none", {3: ""}),
    ],
)
def test_numbers_are_written_as_the_word_processor_writes_them(number_format, numbers):
    assert is_known(number_format)
    assert {number: format_number(number, number_format) for number in numbers} == numbers


def test_an_unknown_format_is_printed_plainly_and_said():
    data = word_file(paragraph("Text.", list_id=1), numbering=numbering([level(0, "hebrew1", "%1.")]))
    source = read_file(data)
    assert source.lines[0].shown == "1.\tText."
    assert [finding.params["format"] for finding in source.findings] == ["hebrew1"]


@pytest.mark.parametrize(
    ("language", "number_format", "text"),
    [
        ("ar", "arabicAbjad", "(%1)"),
        ("ar", "arabicAlpha", "%1)"),
        ("ru", "russianLower", "%1)"),
        ("fr", "lowerLetter", "%1)"),
    ],
)
def test_letters_of_any_alphabet_become_the_same_labels(language, number_format, text):
    lists = [level(0, number_format, text)]
    body = paragraph("1. Text:") + "".join(paragraph("Text.", list_id=1) for _ in range(12))
    data = word_file(body, numbering=numbering(lists))
    assert [label for _, label, _, _ in clauses(data, language)] == ["1", *"abcdefghijkl"]


def test_chinese_automatic_numbers_head_sections_and_items():
    lists = [level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")]
    body = (
        paragraph("导言", list_id=1)
        + paragraph("1. 邻居应当：")
        + paragraph("分享水；", list_id=1, level=1)
        + paragraph("分享种子。", list_id=1, level=1)
    )
    assert clauses(word_file(body, numbering=numbering(lists)), "zh") == [
        ("section", "I", "导言", ""),
        ("paragraph", "1", "", "邻居应当："),
        ("item", "i", "", "分享水；"),
        ("item", "ii", "", "分享种子。"),
    ]


def test_literal_and_automatic_numbers_are_read_alike():
    literal = word_file(
        paragraph("1.\tStates shall:") + paragraph("(a)\tRow;") + paragraph("(b)\tSwim.") + paragraph("2.\tThey rest.")
    )
    automatic = word_file(
        paragraph("States shall:", list_id=1)
        + paragraph("Row;", list_id=1, level=1)
        + paragraph("Swim.", list_id=1, level=1)
        + paragraph("They rest.", list_id=1),
        numbering=numbering(UN_LEVELS),
    )
    assert clauses(literal) == clauses(automatic)
