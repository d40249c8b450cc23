"""A submission as a Word document (ECMA-376), left to right or right to left."""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION
from docx.enum.table import WD_TABLE_DIRECTION
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from consultations.exporters.reading import Item, Reading
from declaration.exporters.word_language import (
    LOCALES,
    is_right_to_left,
    mark_language,
    set_fonts,
    set_sizes,
    turn_paragraph,
    turn_section,
)
from declaration.text.redline import Operation

INSERTED: Final = RGBColor(0x10, 0x57, 0x2F)
DELETED: Final = RGBColor(0x8F, 0x1D, 0x16)
SOFT: Final = RGBColor(0x51, 0x58, 0x5F)


def render_word(reading: Reading, *, author: str, filed_at: dt.datetime | None) -> bytes:
    """Return the file. Insertions are bold and underlined, deletions struck through; each text has its own language."""
    document = Document()
    _set_up(document, reading, author=author, filed_at=filed_at)
    _add(document, reading.title, reading.language, style="Title")
    for note in reading.notes:
        _add(document, note, reading.language, bold=True)
    _masthead(document, reading)
    if reading.general_comment:
        _add(document, _("General comment"), reading.language, style="Heading 1")
        _add_text(document, reading.general_comment, reading.general_language)
    if reading.items:
        _add(document, _("Comments"), reading.language, style="Heading 1")
        _key(document, reading.language)
    for item in reading.items:
        _item(document, item, reading.language)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: WordDocument, reading: Reading, *, author: str, filed_at: dt.datetime | None) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    if is_right_to_left(reading.language):
        turn_section(section._sectPr)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        set_fonts(document.styles[name].element.get_or_add_rPr())
    set_sizes(document.styles["Normal"].element.get_or_add_rPr())
    properties = document.core_properties
    properties.title, properties.author, properties.language = reading.title, author, LOCALES[reading.language]
    properties.comments = ""
    if filed_at:
        properties.created = properties.modified = filed_at.astimezone(dt.UTC).replace(tzinfo=None)


def _masthead(document: WordDocument, reading: Reading) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    if is_right_to_left(reading.language):
        table.table_direction = WD_TABLE_DIRECTION.RTL
    for label, value in reading.facts:
        cells = table.add_row().cells
        for cell, text, bold in ((cells[0], label, True), (cells[1], value, False)):
            _write(cell.paragraphs[0], [Operation("equal", text)], reading.language, bold=bold)


def _key(document: WordDocument, language: str) -> None:
    paragraph = document.add_paragraph()
    _write(paragraph, [Operation("insert", _("Inserted words"))], language)
    _write(paragraph, [Operation("equal", " · "), Operation("delete", _("Deleted words"))], language)


def _item(document: WordDocument, item: Item, language: str) -> None:
    _add(document, item.title, language, style="Heading 2")
    _add(document, item.facts, language, color=SOFT, keep=True)
    if item.present:
        _add(document, item.present_title, language, bold=True, keep=True)
        _add_text(document, item.present, item.language)
    if item.redline:
        _add(document, _("Proposed change"), language, bold=True, keep=True)
        _write(document.add_paragraph(), item.redline, item.language)
    if item.rationale:
        _add(document, _("Reasons"), language, bold=True, keep=True)
        _add_text(document, item.rationale, item.language)
    if item.answer:
        _add(document, _("Answer of the drafters"), language, bold=True, keep=True)
        _add_text(document, item.answer, item.answer_language)


def _add(
    document: WordDocument,
    text: str,
    language: str,
    *,
    style: str | None = None,
    bold: bool = False,
    color: RGBColor | None = None,
    keep: bool = False,
) -> None:
    """Add a paragraph of one line; `keep` holds it on the page of the next one."""
    paragraph = document.add_paragraph(style=style)
    if keep:
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(2)
    for run in _write(paragraph, [Operation("equal", text)], language, bold=bold):
        if color is not None:
            run.font.color.rgb = color


def _add_text(document: WordDocument, text: str, language: str) -> None:
    """Add a text, each of its lines as a paragraph."""
    for line in text.split("\n"):
        if line.strip():
            _write(document.add_paragraph(), [Operation("equal", line)], language)


def _write(paragraph: Paragraph, pieces: Iterable[Operation], language: str, *, bold: bool = False) -> list[Run]:
    """Write pieces into a paragraph, in the direction and with the marks of their language."""
    if is_right_to_left(language):
        turn_paragraph(paragraph._p)
    return [_run(paragraph, piece, language, bold=bold) for piece in pieces]


def _run(paragraph: Paragraph, piece: Operation, language: str, *, bold: bool) -> Run:
    run = paragraph.add_run(piece.text)
    if bold or piece.op == "insert":
        # Arabic letters follow the properties of complex scripts, which are kept apart from those of the others.
        run.font.bold = run.font.cs_bold = True
    if piece.op == "insert":
        run.font.underline = True
        run.font.color.rgb = INSERTED
    if piece.op == "delete":
        run.font.strike = True
        run.font.color.rgb = DELETED
    mark_language(run._r.get_or_add_rPr(), language)
    return run
