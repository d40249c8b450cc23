import io

import docx

from declaration.text.parser import parse
from declaration.text.sources import read_file
from tests.declaration.text.word_files import level, numbering, paragraph, run, style, table, word_file


def shown(data):
    return [line.shown for line in read_file(data).lines]


def clauses(data, language="en"):
    return [
        (node.kind, node.label, node.heading, node.text) for node in parse(read_file(data), language=language).nodes
    ]


# Words of a paragraph


def test_tracked_insertions_are_taken_and_deletions_left_out_with_the_reason():
    body = paragraph(
        "1. Neighbours ",
        '<w:del w:id="1"><w:r><w:delText>may</w:delText></w:r></w:del>',
        f'<w:ins w:id="2">{run("shall")}</w:ins>',
        " share.",
    )
    parsed = parse(read_file(word_file(body)), language="en")
    assert [node.text for node in parsed.nodes] == ["Neighbours shall share."]
    assert [(out.line, out.text, out.reason) for out in parsed.left_out] == [(1, "may", "deleted")]
    assert [finding.code for finding in parsed.findings] == ["tracked_changes"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    first = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>' + run("1. Neighbours shall ") + "</w:p>"
    parsed = parse(read_file(word_file(first + paragraph("share."))), language="en")
    assert [(node.text, node.source_lines) for node in parsed.nodes] == [("Neighbours shall share.", (1, 2))]


def test_hidden_text_headers_footers_and_comments_are_left_out_with_the_reason():
    data = word_file(
        paragraph("1. Text.", run("secret", hidden=True)),
        header1=paragraph("A/HRC/99/1"),
        footer1=paragraph("3"),
        comments=f'<w:comment w:id="0">{paragraph("Is this so?")}</w:comment>',
    )
    parsed = parse(read_file(data), language="en")
    assert [(out.line, out.text, out.reason) for out in parsed.left_out] == [
        (1, "secret", "hidden"),
        (2, "A/HRC/99/1", "header"),
        (3, "3", "footer"),
        (4, "Is this so?", "comment"),
    ]
    assert parsed.lines_total == 4


def test_breaks_tabs_hyphens_links_and_fields_are_text_and_field_codes_are_not():
    body = paragraph(
        "1. One",
        "<w:r><w:br/></w:r>",
        "two",
        "<w:r><w:tab/></w:r>",
        f"<w:hyperlink>{run('three')}</w:hyperlink>",
        "<w:r><w:noBreakHyphen/></w:r>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>',
        "four.",
    )
    assert shown(word_file(body)) == ["1. One\ntwo\tthree\u2011four."]


def test_text_boxes_stand_by_themselves_and_only_one_of_their_alternatives_is_read():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
        + paragraph("In a box.")
        + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        + paragraph("In a box.")
        + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = read_file(word_file(paragraph("1. Text.", box)))
    assert [line.text for line in source.lines] == ["1. Text.", "In a box."]
    assert source.findings == ()


def test_pictures_and_embedded_documents_are_reported():
    body = paragraph("1. Text.", "<w:r><w:drawing/></w:r>") + '<w:altChunk r:id="r9"/>'
    source = read_file(word_file(body))
    assert [(finding.code, finding.line) for finding in source.findings] == [("picture", 1), ("embedded_document", 2)]
    assert [(out.line, out.reason) for out in source.left_out] == [(2, "unread")]


def test_text_in_places_that_are_not_read_is_reported():
    source = read_file(word_file(paragraph("1. Text.") + f"<w:unheardOf>{paragraph('Lost.')}</w:unheardOf>"))
    assert [(finding.code, finding.severity, finding.params) for finding in source.findings] == [
        ("text_unread", "error", {"count": 5})
    ]


def test_footnotes_are_kept_where_they_are_called_and_never_mixed_into_the_text():
    data = word_file(
        paragraph("1. Boats", '<w:r><w:footnoteReference w:id="2"/></w:r>', " are shared.")
        + paragraph("2. Oars too.", '<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'),
        footnotes=(
            '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
            f'<w:footnote w:id="2">{paragraph("See A/HRC/21/44.")}</w:footnote>'
            f'<w:footnote w:id="3">{paragraph("A star.")}</w:footnote>'
            f'<w:footnote w:id="4">{paragraph("Nobody calls me.")}</w:footnote>'
        ),
    )
    parsed = parse(read_file(data), language="en")
    first, second = parsed.nodes
    assert (first.text, second.text) == ("Boats are shared.", "Oars too.")
    assert [(note.label, note.text, note.position) for note in first.notes] == [("1", "See A/HRC/21/44.", 5)]
    assert [(note.label, note.position) for note in second.notes] == [("*", 9)]
    assert first.source_lines == (1, 3)
    assert [(out.text, out.reason) for out in parsed.left_out] == [("Nobody calls me.", "note_unplaced")]
    assert [(cited.symbol, cited.eid, cited.place) for cited in parsed.symbols] == [("A/HRC/21/44", "para_1", "note")]


# Looks and tables

STYLES = (
    style("Normal", "Normal", default=True)
    + style("Title", "Title")
    + style("Heading1", "heading 1")
    + style("Heading2", "heading 2", based_on="Heading1")
    + style("HCh", "_ H _Ch_G")
    + style("H1", "_ H_1_G")
    + style("TOC1", "toc 1")
    + style("Outline", "Own", properties='<w:outlineLvl w:val="1"/>')
)


def test_headings_are_told_by_style_and_by_outline_level():
    body = "".join(
        paragraph("Words", style=each) for each in ("Heading1", "Heading2", "HCh", "H1", "Outline", "Normal")
    )
    source = read_file(word_file(body, styles=STYLES))
    assert [line.look.heading_level for line in source.lines] == [1, 2, 1, 2, 2, 0]


def test_a_report_with_styled_headings_and_a_head_in_a_table():
    body = (
        table(["United Nations", "A/HRC/99/1"], ["General Assembly", "Distr.: General"])
        + paragraph("Report on boats", style="Title")
        + paragraph("Contents", style="TOC1")
        + paragraph("I. Introduction\t3", style="TOC1")
        + paragraph("I.\tIntroduction", style="HCh")
        + paragraph("1.\tThis report is about boats.")
        + paragraph("Why boats matter", style="H1")
        + paragraph("2.\tThey float.")
        + paragraph("1.\tWooden boats", style="H1")
        + paragraph("3.\tThey float as well.")
    )
    parsed = parse(read_file(word_file(body, styles=STYLES)), language="en")
    assert [(node.kind, node.label, node.heading or node.text, node.depth) for node in parsed.nodes] == [
        ("section", "I", "Introduction", 0),
        ("paragraph", "1", "This report is about boats.", 1),
        ("section", "", "Why boats matter", 1),
        ("paragraph", "2", "They float.", 2),
        ("section", "1", "Wooden boats", 1),
        ("paragraph", "3", "They float as well.", 2),
    ]
    assert [out.reason for out in parsed.left_out] == ["masthead"] * 4 + ["title"] + ["contents"] * 2
    assert parsed.title == "Report on boats"


def test_headings_without_numbers_nest_by_the_level_of_their_style():
    body = (
        paragraph("I. Work", style="Heading1")
        + paragraph("A. Meetings", style="Heading2")
        + paragraph("1. There were two.")
        + paragraph("Conclusions", style="Heading1")
        + paragraph("Boats", style="Heading2")
        + paragraph("2. They float.")
        + paragraph("II. Thanks", style="Heading1")
        + paragraph("A. Neighbours", style="Heading2")
        + paragraph("3. Thank you.")
    )
    parsed = parse(read_file(word_file(body, styles=STYLES)), language="en")
    assert [(node.heading or node.label, node.depth) for node in parsed.nodes] == [
        ("Work", 0),
        ("Meetings", 1),
        ("1", 2),
        ("Conclusions", 0),
        ("Boats", 1),
        ("2", 2),
        ("Thanks", 0),
        ("Neighbours", 1),
        ("3", 2),
    ]
    assert parsed.findings == ()


def test_an_articles_heading_is_told_by_its_look():
    body = (
        paragraph("Article 1", centred=True)
        + paragraph(run("The right to a boat", bold=True), centred=True)
        + paragraph("Everyone may have a boat.")
        + paragraph("Article 2", centred=True)
        + paragraph("Nobody sinks")
    )
    assert clauses(word_file(body)) == [
        ("article", "1", "The right to a boat", "Everyone may have a boat."),
        ("article", "2", "", "Nobody sinks"),
    ]


def test_rows_of_labels_and_texts_are_read_as_clauses():
    body = paragraph("Article 1") + table(["1.", "Boats are shared."], ["2.", "Oars too."])
    parsed = parse(read_file(word_file(body)), language="en")
    assert [(node.kind, node.label, node.text) for node in parsed.nodes] == [
        ("article", "1", ""),
        ("paragraph", "1", "Boats are shared."),
        ("paragraph", "2", "Oars too."),
    ]
    assert {finding.code for finding in parsed.findings} == {"table_flattened"}


def test_words_that_close_a_paragraph_are_told_by_their_indent():
    lists = [level(0, "decimal", "%1.", left=0), level(1, "lowerLetter", "(%2)", left=567)]
    body = (
        paragraph("They shall:", list_id=1)
        + paragraph("Row;", list_id=1, level=1)
        + paragraph("Swim,", list_id=1, level=1)
        + paragraph("each as well as they can.", indent=0)
    )
    parsed = parse(read_file(word_file(body, numbering=numbering(lists))), language="en")
    assert [(node.label, node.text, node.depth) for node in parsed.nodes] == [
        ("1", "They shall:", 0),
        ("a", "Row;", 1),
        ("b", "Swim,", 1),
        ("", "each as well as they can.", 1),
    ]


def test_a_file_of_the_strict_standard_is_read():
    data = word_file(paragraph("1. Text."), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert shown(data) == ["1. Text."]


def test_a_file_as_python_docx_writes_it():
    document = docx.Document()
    document.add_heading("Declaration on boats", 0)
    document.add_heading("Part I", 1)
    document.add_heading("Article 1", 2)
    document.add_paragraph("Everyone rows.", style="List Number")
    document.add_paragraph("Everyone rests.", style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    parsed = parse(read_file(buffer.getvalue()), language="en")
    assert [(node.kind, node.label, node.text) for node in parsed.nodes] == [
        ("part", "I", ""),
        ("article", "1", ""),
        ("paragraph", "1", "Everyone rows."),
        ("paragraph", "2", "Everyone rests."),
    ]
    assert parsed.title == "Declaration on boats"
