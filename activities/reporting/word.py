"""A report as a Word document (ECMA-376), left to right or right to left.

Paragraphs are numbered by Word itself, as in documents of the United Nations, and what refers to one is a field: after a
change in the file the numbers are right again (select all, F9).
"""

import io
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from activities.reporting.pieces import Draft, Heading, Key, Paragraph, Piece, Reference, Text
from declaration.exporters.word_language import (
    LOCALES,
    is_right_to_left,
    mark_language,
    set_fonts,
    set_sizes,
    turn_paragraph,
    turn_section,
)

NUMBERED: Final = "Numbered paragraph"
NAME: Final = "Entry name"
INK: Final = RGBColor(0x1A, 0x1A, 0x1A)
_STEP: Final = 567
"""How far the text stands from its number, in twentieths of a point: one centimetre."""
_SIZES: Final = {"Normal": 11, "Title": 16, "Subtitle": 11, "Heading 1": 14, "Heading 2": 12}


def render_word(draft: Draft) -> bytes:
    """Return the file."""
    document = Document()
    _Writer(document, draft).write()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class _Writer:
    """Writes one report into a document."""

    def __init__(self, document: WordDocument, draft: Draft) -> None:
        self.document, self.draft = document, draft
        self.numbers = draft.numbers()

    def write(self) -> None:
        """Write all of it."""
        self._set_up()
        self._add([Text(self.draft.title, self.draft.language)], "Title")
        for subtitle in self.draft.subtitles:
            self._add([subtitle], "Subtitle")
        for block in self.draft.blocks:
            if isinstance(block, Heading):
                self._add(block.pieces, f"Heading {block.level}")
            else:
                self._paragraph(block)

    def _set_up(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        if is_right_to_left(self.draft.language):
            turn_section(section._sectPr)
        properties = self.document.core_properties
        properties.title, properties.language = self.draft.title, LOCALES[self.draft.language]
        properties.author = properties.comments = ""
        _make_numbering(self.document.part.numbering_part.element, self.draft.language)
        _make_styles(self.document)

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self._add(block.pieces(self.draft.language), NUMBERED if block.key else "Normal")
        if block.key:
            _bookmark(paragraph._p, self.numbers[block.key], _bookmark_name(block.key))

    def _add(self, pieces: Sequence[Piece], style: str) -> WordParagraph:
        paragraph = self.document.add_paragraph(style=style)
        if is_right_to_left(self.draft.language):
            turn_paragraph(paragraph._p)
        for piece in pieces:
            if isinstance(piece, Reference):
                self._refer(paragraph, piece)
            else:
                run = paragraph.add_run(piece.text, style=NAME if piece.is_name else None)
                mark_language(run._r.get_or_add_rPr(), piece.language)
        return paragraph

    def _refer(self, paragraph: WordParagraph, reference: Reference) -> None:
        """Add a field that prints the number of a paragraph, with the number as it is now."""
        run = paragraph.add_run(str(self.numbers[reference.key]))
        mark_language(run._r.get_or_add_rPr(), reference.language)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" REF {_bookmark_name(reference.key)} \\r \\h ")
        run._r.addprevious(field)
        field.append(run._r)


def _bookmark_name(key: Key) -> str:
    kind, number = key
    return f"_Ref_{kind}_{number}"


def _bookmark(paragraph: Any, number: int, name: str) -> None:
    """Put a bookmark around what a paragraph (a `w:p` element) says."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph.get_or_add_pPr().addnext(start)
    paragraph.append(end)


def _make_numbering(root: Any, language: str) -> None:
    """Write the one list of the file into its part of numberings, in place of those of the template."""
    for child in list(root):
        root.remove(child)
    abstract = _element(root, "abstractNum", abstractNumId=0)
    _element(abstract, "multiLevelType", val="singleLevel")
    level = _element(abstract, "lvl", ilvl=0)
    for name, value in (("start", 1), ("numFmt", "decimal"), ("suff", "tab"), ("lvlText", "%1."), ("lvlJc", "left")):
        _element(level, name, val=value)
    properties = _element(level, "pPr")
    _element(_element(properties, "tabs"), "tab", val="num", pos=_STEP)
    _element(properties, "ind", left=0, firstLine=0)
    run = _element(level, "rPr")
    set_fonts(run)
    if is_right_to_left(language):
        run.append(OxmlElement("w:rtl"))
    used = _element(root, "num", numId=1)
    _element(used, "abstractNumId", val=0)


def _element(parent: Any, tag: str, **attributes: object) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element


def _make_styles(document: WordDocument) -> None:
    styles = document.styles
    for numbering in list(styles.element.iter(qn("w:numPr"))):
        numbering.getparent().remove(numbering)  # the lists that they mean are gone
    for name, points in _SIZES.items():
        style: Any = styles[name]
        set_fonts(style.element.get_or_add_rPr())
        set_sizes(style.element.get_or_add_rPr(), size=points * 2, complex_size=points * 2 + 4)
        style.font.color.rgb = INK
        style.font.italic = style.font.cs_italic = False
        style.font.cs_bold = name.startswith("Heading")
        _plain(style)
    for name in ("Title", "Subtitle"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Normal"].paragraph_format.space_after = Pt(6)
    numbered: Any = styles.add_style(NUMBERED, WD_STYLE_TYPE.PARAGRAPH)
    numbered.base_style = styles["Normal"]
    properties = numbered.element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = 1
    named: Any = styles.add_style(NAME, WD_STYLE_TYPE.CHARACTER)
    named.font.bold = named.font.cs_bold = True


def _plain(style: Any) -> None:
    """Take away the rule and the wide letters that the template gives a style: they tear Arabic words apart."""
    for properties, tags in ((style.element.pPr, ("w:pBdr",)), (style.element.rPr, ("w:spacing", "w:kern"))):
        for tag in tags if properties is not None else ():
            for element in properties.findall(qn(tag)):
                properties.remove(element)
