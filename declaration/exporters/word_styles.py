"""The styles of a draft's Word file: one for each kind of clause, so that a person can change how all of them look."""

from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

from declaration.exporters.word_language import set_fonts, set_sizes
from declaration.exporters.word_notes import CALL_STYLE, TEXT_STYLE

STEP: Final = 567
"""How far each level of a list stands from the margin, in twentieths of a point: one centimetre."""

DEEPEST: Final = 9
INK: Final = RGBColor(0x1A, 0x1A, 0x1A)
SOFT: Final = RGBColor(0x51, 0x58, 0x5F)
_HEADINGS: Final = 6
_BUILT_IN: Final = ("Normal", "Title", "Subtitle", "Header", "Footer")


def heading_style(level: int) -> str:
    """Return the style of a section's heading, by the number of clauses it stands in."""
    return f"Heading {min(level + 1, _HEADINGS)}"


def list_style(level: int) -> str:
    """Return the style of a clause that stands so many steps from the margin; 0 for a text at the margin."""
    return f"Paragraph {min(level, DEEPEST)}" if level else "Text"


def make_styles(document: WordDocument) -> dict[str, str]:
    """Make the styles, and return the identifier of each by its name."""
    styles = document.styles
    # The template's own lists are taken out of the file: their styles must not count with those of the clauses.
    for numbering in list(styles.element.iter(qn("w:numPr"))):
        numbering.getparent().remove(numbering)
    for name in (*_BUILT_IN, *(f"Heading {level}" for level in range(1, _HEADINGS + 1))):
        style = styles[name]
        set_fonts(style.element.get_or_add_rPr())
        style.font.color.rgb = SOFT if name in {"Subtitle", "Header", "Footer"} else INK
        style.font.italic = False
    _size(styles["Normal"], 11)
    for name in ("Title", "Subtitle"):
        _plain(styles[name])
    _size(styles["Title"], 16)
    _size(styles["Subtitle"], 9)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for level in range(1, _HEADINGS + 1):
        _size(styles[f"Heading {level}"], 14 if level == 1 else 12)
        styles[f"Heading {level}"].paragraph_format.space_before = Pt(14)
        styles[f"Heading {level}"].paragraph_format.space_after = Pt(6)
        styles[f"Heading {level}"].font.cs_bold = True
    for name, based_on in (
        ("Part", "Heading 1"),
        ("Annex", "Heading 1"),
        ("Preamble", "Heading 2"),
        ("Article", "Heading 3"),
    ):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles[based_on]
        made.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Text", "Preambular paragraph"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for level in range(1, DEEPEST + 1):
        made = styles.add_style(f"Paragraph {level}", WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        made.paragraph_format.left_indent = Twips(STEP * level)
        made.paragraph_format.first_line_indent = Twips(-STEP)
        made.paragraph_format.tab_stops.add_tab_stop(Twips(STEP * level))
    _make_note_styles(document)
    return {style.name: style.style_id for style in styles}


def _plain(style: Any) -> None:
    """Take away the rule and the wide letters that the template gives a style: they tear Arabic words apart."""
    for properties in (style.element.pPr, style.element.rPr):
        for tag in ("w:pBdr", "w:spacing", "w:kern"):
            for element in properties.findall(qn(tag)) if properties is not None else ():
                properties.remove(element)


def _make_note_styles(document: WordDocument) -> None:
    call = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    call.element.set(qn("w:styleId"), CALL_STYLE)
    call.font.superscript = True
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.element.set(qn("w:styleId"), TEXT_STYLE)
    text.base_style = document.styles["Normal"]
    _size(text, 9)


def _size(style: Any, points: int) -> None:
    """Set a style's size; Arabic letters are lower and are read at a larger one."""
    set_sizes(style.element.get_or_add_rPr(), size=points * 2, complex_size=points * 2 + 4)
