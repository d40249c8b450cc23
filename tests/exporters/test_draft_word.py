"""A draft as a Word document, brought in again."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from declaration.exporters.word import render_word
from declaration.text.parser import parse
from declaration.text.sources import read_file
from declaration.text.sources.columns import count_columns, read_column
from tests.declaration.text.trees import WORDS, Sample, declarations, reports, resolutions, shape_of
from tests.exporters.trees import reading_of


def shapes(samples):
    return [sample.shape for sample in samples]


@st.composite
def cases(draw):
    language = draw(st.sampled_from(list(WORDS)))
    form = draw(st.sampled_from([declarations, resolutions, reports]))
    return language, draw(form(language, is_indented=True))


@settings(max_examples=25, deadline=None)
@given(cases())
def test_a_tree_survives_word(case):
    language, tree = case
    parsed = parse(read_file(render_word(reading_of({language: tree}))), language=language)
    assert [shape_of(node) for node in parsed.nodes] == shapes(tree)
    assert not parsed.errors


SAMPLES = {
    "en": ("Everyone keeps the river.", "Rivers", "The General Assembly,", "Recalling that boats matter,", "Preamble"),
    "ar": ("لكل إنسان الحق في النهر.", "النهر", "إن الجمعية العامة،", "وإذ تشير إلى القوارب،", "الديباجة"),
    "fr": ("Chacun garde le fleuve.", "Fleuve", "L’Assemblée générale,", "Rappelant les barques,", "Préambule"),
    "es": ("Cada cual guarda el río.", "Río", "La Asamblea General,", "Recordando las barcas,", "Preámbulo"),
    "ru": ("Каждый хранит реку.", "Река", "Генеральная Ассамблея,", "Напоминая о лодках,", "Преамбула"),
    "zh": ("各国尊重河流。", "河流", "大会，", "回顾小船对人人都很重要，", "序言"),
}


def draft(language):
    """A draft with every kind of label: automatic ones, and bis and alt among them; articles with and without heading."""
    text, heading, organ, recital, preamble = SAMPLES[language]
    return [
        Sample("preamble", "", 0, preamble, organ),
        Sample("preambular_paragraph", "", 1, "", recital),
        Sample("part", "I", 0, heading),
        Sample("article", "1", 1, heading),
        Sample("paragraph", "1", 2, "", text),
        Sample("subparagraph", "a", 3, "", text),
        Sample("item", "i", 4, "", text),
        Sample("item", "ii", 4, "", text),
        Sample("subparagraph", "b", 3, "", f"{text}\n{text}"),
        Sample("subparagraph", "b bis", 3, "", text),
        Sample("subparagraph", "c", 3, "", f"[{text}]"),
        Sample("subparagraph", "", 3, "", text),
        Sample("paragraph", "1 bis", 2, "", text),
        Sample("paragraph", "2", 2, "", text),
        Sample("article", "1 bis", 1, heading, text),
        Sample("article", "2", 1, "", text),
        Sample("article", "2 alt", 1, heading, text),
        Sample("article", "3", 1, heading, text),
        Sample("annex", "I", 0, heading),
        Sample("paragraph", "1", 1, "", text),
        Sample("paragraph", "2", 1, "", text),
    ]


def notes(language):
    text, heading = SAMPLES[language][:2]
    return {
        (language, 4): [{"label": "1", "text": text, "position": len(text) - 1, "is_in_heading": False}],
        (language, 14): [{"label": "2", "text": f"{text}\n{text}", "position": len(heading), "is_in_heading": True}],
        (language, 17): [{"label": "*", "text": text, "position": len(heading), "is_in_heading": True}],
    }


def found_notes(parsed):
    return {
        index: [(note.label, note.text, note.position, note.is_in_heading) for note in node.notes]
        for index, node in enumerate(parsed.nodes)
        if node.notes
    }


def wanted_notes(language):
    return {
        index: [(note["label"], note["text"], note["position"], note["is_in_heading"]) for note in each]
        for (_language, index), each in notes(language).items()
    }


@pytest.mark.parametrize("language", SAMPLES)
def test_labels_words_and_footnotes_survive_word(language):
    reading = reading_of({language: draft(language)}, footnotes=notes(language), is_illustrative=True)
    parsed = parse(read_file(render_word(reading)), language=language)
    assert [shape_of(node) for node in parsed.nodes] == shapes(draft(language))
    assert found_notes(parsed) == wanted_notes(language)
    assert [node.eid for node in parsed.nodes] == [row.clause.eid for row in reading.rows]
    assert {out.reason for out in parsed.left_out} == {"title", "header", "footer"}
    assert parsed.findings == ()


@pytest.mark.parametrize(("first", "second"), [("en", "ar"), ("ar", "en"), ("fr", "zh"), ("ru", "es")])
def test_each_column_of_two_languages_survives_word(first, second):
    columns = {language: draft(language) for language in (first, second)}
    reading = reading_of(columns, footnotes={**notes(first), **notes(second)})
    source = read_file(render_word(reading))
    assert count_columns(source) == 2
    for number, language in enumerate(columns):
        parsed = parse(read_column(source, number), language=language)
        assert [shape_of(node) for node in parsed.nodes] == shapes(columns[language])
        assert found_notes(parsed) == wanted_notes(language)
        whole = parse(source, language=language)
        assert [shape_of(node) for node in whole.nodes] == shapes(columns[language])
        assert "other_column" in {out.reason for out in whole.left_out}
    assert parse(source).language == first
    with pytest.raises(ValueError, match="no column 2"):
        read_column(source, 2)


def word(language, **fields):
    data = render_word(reading_of({language: draft(language)}, footnotes=notes(language), **fields))
    return Document(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(data))


def numbered(document):
    """The paragraphs with an automatic number: [(style, list, level, text)]."""
    found = []
    for paragraph in document.paragraphs:
        numbering = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if numbering is not None:
            found.append(
                (paragraph.style.name, numbering.numId.val, numbering.ilvl.val, paragraph.text.strip("\u200e"))
            )
    return found


def test_numbers_are_counted_by_word_and_styles_say_what_is_what():
    document, _ = word("en")
    text = SAMPLES["en"][0]
    assert numbered(document) == [
        ("Part", 1, 0, "\nRivers"),
        ("Article", 2, 1, "\nRivers"),
        ("Paragraph 1", 3, 2, text),
        ("Paragraph 2", 4, 3, text),
        ("Paragraph 3", 5, 4, text),
        ("Paragraph 3", 5, 4, text),
        ("Paragraph 2", 4, 3, f"{text}\n{text}"),
        ("Paragraph 2", 4, 3, f"[{text}]"),
        ("Paragraph 1", 3, 2, text),
        ("Article", 2, 1, ""),
        ("Article", 2, 1, "\nRivers*"),
        ("Annex", 6, 5, "\nRivers"),
        ("Paragraph 1", 7, 2, text),
        ("Paragraph 1", 7, 2, text),
    ]
    levels = document.part.numbering_part.element.findall(f"{qn('w:abstractNum')}/{qn('w:lvl')}")
    patterns = [
        (each.find(qn("w:numFmt")).get(qn("w:val")), each.find(qn("w:lvlText")).get(qn("w:val"))) for each in levels
    ]
    assert patterns == [
        ("upperRoman", "Part %1"),
        ("decimal", "Article %2"),
        ("decimal", "%3."),
        ("lowerLetter", "(%4)"),
        ("lowerRoman", "(%5)"),
        ("upperRoman", "Annex %6"),
    ]


@pytest.mark.parametrize(
    ("language", "formats"),
    [
        ("ar", [("decimal", "المادة %1"), ("decimal", "%2 -"), ("arabicAbjad", "(%3)"), ("decimal", "‘%4’")]),
        (
            "zh",
            [
                ("chineseCounting", "第%1部分"),
                ("chineseCounting", "第%2条"),
                ("decimal", "%3."),
                ("lowerLetter", "(%4)"),
                ("chineseCounting", "(%5)"),
                ("chineseCounting", "附件%6"),
            ],
        ),
    ],
)
def test_each_language_has_its_own_formats(language, formats):
    document, _ = word(language)
    levels = document.part.numbering_part.element.findall(f"{qn('w:abstractNum')}/{qn('w:lvl')}")
    assert [
        (each.find(qn("w:numFmt")).get(qn("w:val")), each.find(qn("w:lvlText")).get(qn("w:val"))) for each in levels
    ] == formats


def test_arabic_runs_from_the_right_throughout():
    document, archive = word("ar", is_illustrative=True)
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert document.sections[0]._sectPr.find(qn("w:rtlGutter")) is not None
    paragraphs = [
        *document.paragraphs,
        *document.sections[0].header.paragraphs,
        *document.sections[0].footer.paragraphs,
    ]
    assert all(each._p.pPr.find(qn("w:bidi")) is not None for each in paragraphs)
    runs = [run for each in paragraphs for run in each._p.iter(qn("w:r"))]
    assert all(run.rPr.find(qn("w:rtl")) is not None for run in runs)
    assert {run.rPr.find(qn("w:lang")).get(qn("w:bidi")) for run in runs} == {"ar-SA"}
    assert b"<w:rtl/>" in archive.read("word/footnotes.xml")


def test_properties_stand_in_the_order_of_the_format():
    of_paragraphs = ["pStyle", "numPr", "bidi", "ind"]
    of_runs = ["rStyle", "rtl", "lang"]
    for language in ("en", "ar"):
        document, _ = word(language)
        body = document.element.body
        for tag, order in (("w:pPr", of_paragraphs), ("w:rPr", of_runs)):
            for properties in body.iter(qn(tag)):
                names = [child.tag.rpartition("}")[2] for child in properties]
                assert names == sorted(names, key=order.index)


def test_no_style_counts_with_the_lists_of_the_clauses():
    document, _ = word("en")
    assert list(document.styles.element.iter(qn("w:numPr"))) == []


def test_illustrative_text_says_so_on_every_page():
    document, _ = word("en", is_illustrative=True)
    assert document.sections[0].header.paragraphs[0].text == "Zero draft (illustrative text)"
    assert document.paragraphs[1].text.startswith("Illustrative text.")


def test_the_same_draft_is_the_same_file():
    reading = reading_of({"en": draft("en")}, footnotes=notes("en"))
    assert render_word(reading) == render_word(reading)


def test_a_thousand_clauses_are_written_and_read_again():
    text = SAMPLES["en"][0] * 4
    tree = [
        sample
        for number in range(1, 101)
        for sample in (
            Sample("article", str(number), 0, "Rivers"),
            *(Sample("paragraph", str(each), 1, "", text) for each in range(1, 10)),
        )
    ]
    reading = reading_of({"en": tree})
    data = render_word(reading)
    assert len(parse(read_file(data), language="en").nodes) == 1000
