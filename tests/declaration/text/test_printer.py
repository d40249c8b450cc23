import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declaration.text.parser import LostTextError, parse
from declaration.text.parser.check import check_characters, check_lines
from declaration.text.parser.clauses import Clause
from declaration.text.printer import PrintStyle, print_text
from declaration.text.sources import SourceError, read_file, read_text
from tests.declaration.text import trees, word_files
from tests.declaration.text.trees import Sample, printed_trees, shape_of
from tests.declaration.text.word_files import paragraph, word_file

TREE = [
    Sample("preamble", "", 0, "Preamble", "The General Assembly,"),
    Sample("preambular_paragraph", "", 1, "", "Recalling boats,"),
    Sample("article", "1", 0, "Boats", ""),
    Sample("paragraph", "1", 1, "", "They:"),
    Sample("subparagraph", "a", 2, "", "Float:"),
    Sample("item", "i", 3, "", "Well;"),
    Sample("item", "ii", 3, "", "Ill;"),
    Sample("subparagraph", "a bis", 2, "", "Sink."),
    Sample("paragraph", "1 bis", 1, "", "Oars too."),
    Sample("annex", "I", 0, "", ""),
]
PRINTED = {
    "en": "Article 1|Boats|1. They:|(a) Float:|(i) Well;|(ii) Ill;|(a) bis Sink.|1 bis. Oars too.|Annex I",
    "fr": "Article premier|Boats|1. They:|a) Float:|i) Well;|ii) Ill;|a) bis Sink.|1 bis. Oars too.|Annexe I",
    "es": "Artículo 1|Boats|1. They:|a) Float:|i) Well;|ii) Ill;|a) bis Sink.|1 bis. Oars too.|Anexo I",
    "ru": "Статья 1|Boats|1. They:|a) Float:|i) Well;|ii) Ill;|a) бис Sink.|1 бис. Oars too.|Приложение I",
    "ar": "المادة 1|Boats|1 - They:|(أ) Float:|‘1’ Well;|‘2’ Ill;|(أ) مكررا Sink.|1 مكررا - Oars too.|المرفق الأول",
    "zh": "第一条|Boats|1. They:|(a) Float:|(一) Well;|(二) Ill;|(a)之二 Sink.|1之二. Oars too.|附件一",
}


@pytest.mark.parametrize("language", PRINTED)
def test_a_tree_is_printed_as_its_language_numbers_it(language):
    assert print_text(TREE[2:], language).split("\n") == [*PRINTED[language].split("|"), ""]


def test_a_style_sets_frames_digits_indents_and_spaces():
    style = PrintStyle(digits="arabic", paragraphs="closed", letters="closed", indent=2, heading_on_line=True)
    assert print_text(TREE[2:6], "ar", style=style) == "المادة ١ - Boats\n  ١) They:\n    أ) Float:\n      ‘١’ Well;\n"
    assert print_text(TREE[:2], "en", style=PrintStyle(blank_lines=True), title="On boats") == (
        "On boats\n\nPreamble\nThe General Assembly,\n\nRecalling boats,\n"
    )


def test_nothing_is_printed_for_nothing_and_other_languages_are_refused():
    assert print_text([], "en") == ""
    with pytest.raises(ValueError, match="languages"):
        print_text([], "de")


@settings(max_examples=60, deadline=None)
@given(printed_trees())
def test_a_printed_tree_reads_back_as_the_same_tree(case):
    language, style, tree = case
    parsed = parse(print_text(tree, language, style=style), language=language)
    assert [shape_of(node) for node in parsed.nodes] == [sample.shape for sample in tree]


@settings(max_examples=30, deadline=None)
@given(printed_trees())
def test_what_was_read_prints_and_reads_alike_in_the_plainest_style(case):
    language, style, tree = case
    parsed = parse(print_text(tree, language, style=style), language=language)
    again = parse(print_text(parsed.nodes, language, style=PrintStyle(indent=2)), language=language)
    assert [(node.eid, node.text) for node in again.nodes] == [(node.eid, node.text) for node in parsed.nodes]


BEGINNINGS = [
    *(
        "1.",
        "2.",
        "10.",
        "(a)",
        "(b)",
        "(i)",
        "(ii)",
        "a)",
        "I.",
        "II.",
        "A.",
        "Article 1",
        "Article 2 bis",
        "[Article 3]",
    ),
    *(
        "Part I",
        "Annex",
        "Preamble",
        "•",
        "- ",
        "2.1",
        "PP1.",
        "OP2.",
        "[3.",
        "المادة 1",
        "أولا -",
        "ألف -",
        "(هـ)",
        "‘1’",
    ),
    *(
        "1 -",
        "٣ -",
        "1 مكررا -",
        "الديباجة",
        "المرفق",
        "第一条",
        "一、",
        "（一）",
        "附件",
        "①",
        "а)",
        "Статья 1",
        "\t",
        "\u200f",
    ),
    *("\u202b", "", "Contents", "Summary", "A/HRC/1/2", "3/4", "* * *", "Distr.: General", "The General Assembly,"),
    *("Whereas boats,", "إذ تشير،", "鉴于船，"),
    *(
        "¹ ",
        "²",
        "_____",
        "[1]",
        "3 alt.",
        "(a) bis alt 2",
        "65th meeting",
        "19 December 2016",
        "[Adopted",
        "1 ـ",
        "4 GE.17-06618",
    ),
]
ENDS = [
    "",
    "Text.",
    "Text",
    "text;",
    "النص.",
    "文字。",
    "of the Charter",
    "()",
    "\u00a0",
    "[a] [b]",
    "a\tb",
    ":",
    "..... 3",
]
ODD_LINES = st.builds(
    lambda space, beginning, joint, end: f"{space}{beginning}{joint}{end}",
    st.sampled_from(["", "  ", "\t", "\u00a0 "]),
    st.sampled_from(BEGINNINGS),
    st.sampled_from(["", " ", "\t"]),
    st.sampled_from(ENDS),
)
LANGUAGES = st.sampled_from([None, *trees.WORDS])


def holds_text(text):
    return bool(text.strip("\ufeff \t\n"))


def check_tree(parsed):
    eids = [node.eid for node in parsed.nodes]
    assert len(set(eids)) == len(eids)
    for index, node in enumerate(parsed.nodes):
        assert node.parent is None or (node.parent < index and parsed.nodes[node.parent].depth == node.depth - 1)
    lines = {line for node in parsed.nodes for line in node.source_lines} | {out.line for out in parsed.left_out}
    assert lines == set(range(1, parsed.lines_total + 1))


@settings(max_examples=80, deadline=None)
@given(st.lists(ODD_LINES, min_size=1, max_size=20), LANGUAGES)
def test_every_line_of_any_text_is_in_the_tree_or_left_out(lines, language):
    text = "\n".join(lines)
    if holds_text(text):
        check_tree(parse(text, language=language))


ODD_PARAGRAPHS = st.builds(
    lambda text, level, style, indent, note: paragraph(
        *([text] if text else []),
        *([f'<w:r><w:footnoteReference w:id="{note}"/></w:r>'] if note < 2 else []),
        style=style,
        list_id=1 if level < 9 else None,
        level=min(level, 8),
        indent=indent,
    ),
    ODD_LINES,
    st.integers(0, 16),
    st.sampled_from(["", "", "H1", "H2", "T", "C"]),
    st.sampled_from([None, 0, 567]),
    st.integers(0, 9),
)
ODD_BLOCKS = st.one_of(
    ODD_PARAGRAPHS,
    ODD_PARAGRAPHS,
    st.builds(lambda *cells: word_files.table(cells[:2], [cells[2], ""]), ODD_LINES, ODD_LINES, ODD_LINES),
)
LEVELS = [
    *(("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), ("bullet", "x"), ("upperRoman", "%5.")),
    *(("decimal", "Article %6"), ("chineseCounting", "%7、"), ("arabicAbjad", "(%8)"), ("decimal", "Rule %9:")),
]
PARTS = {
    "styles": word_files.style("N", "Normal", default=True)
    + word_files.style("H1", "heading 1")
    + word_files.style("H2", "heading 2")
    + word_files.style("T", "Title")
    + word_files.style("C", "toc 1"),
    "numbering": word_files.numbering([word_files.level(index, *each) for index, each in enumerate(LEVELS)]),
    "footnotes": "".join(f'<w:footnote w:id="{key}">{paragraph("A note.")}</w:footnote>' for key in range(2)),
}


@settings(max_examples=40, deadline=None)
@given(st.lists(ODD_BLOCKS, min_size=1, max_size=15), LANGUAGES)
def test_every_line_of_any_word_file_is_in_the_tree_or_left_out(blocks, language):
    try:
        source = read_file(word_file("".join(blocks), **PARTS))
    except SourceError:
        # Every paragraph is an empty one.
        return
    check_tree(parse(source, language=language))


def test_a_lost_line_or_character_is_an_error_of_the_parser():
    source = read_text("1. One.\n2. Two.")
    whole = [
        Clause("paragraph", "1", None, "1.", texts=["One."], lines=[1]),
        Clause("paragraph", "2", None, "2.", texts=["Two."], lines=[2]),
    ]
    check_lines(source, whole, [], [])
    check_characters(source, whole, [])
    with pytest.raises(LostTextError):
        check_lines(source, whole[:1], [], [])
    with pytest.raises(LostTextError):
        check_lines(source, [*whole, whole[0]], [], [])
    whole[1].texts = ["Two"]
    with pytest.raises(LostTextError):
        check_characters(source, whole, [])


def test_a_long_draft_is_read_in_time_proportional_to_its_length():
    """A thousand clauses in each of two languages, well within what a person waits for."""
    words = {
        "en": "the river and its boats are shared by all neighbours",
        "ar": "النهر وقواربه مشتركة بين جميع الجيران",
    }
    for language, sentence in words.items():
        tree = []
        for article in range(1, 101):
            tree.append(Sample("article", str(article), 0, "", ""))
            for number in range(1, 4):
                tree.append(Sample("paragraph", str(number), 1, "", " ".join([sentence] * (article % 6 + 1)) + ":"))
                tree += [Sample("subparagraph", letter, 2, "", f"{sentence};") for letter in "ab"]
        text = print_text(tree, language)
        assert [node.label for node in parse(text, language=language).nodes] == [sample.label for sample in tree]
