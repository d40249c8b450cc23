"""What a Word file (ECMA-376) has to be told of a language: its locale, its fonts, and its direction."""

from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from declaration.languages import direction

LOCALES: Final = {"en": "en-GB", "ar": "ar-SA", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "zh": "zh-CN"}
"""For Word's own spelling and hyphenation."""

# What stands after w:bidi in a paragraph's properties (ECMA-376, part 1, 17.3.1.26); the order is part of the format.
_AFTER_BIDI: Final = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)

# What stands after w:sz and w:szCs in the properties of a run (17.3.2.28).
_AFTER_SIZES: Final = (
    "w:highlight",
    "w:u",
    "w:effect",
    "w:bdr",
    "w:shd",
    "w:fitText",
    "w:vertAlign",
    "w:rtl",
    "w:cs",
    "w:lang",
)


def is_right_to_left(language: str) -> bool:
    """Whether a text in a language runs from the right."""
    return direction(language) == "rtl"


def set_fonts(properties: Any) -> None:
    """Name fonts that have the letters of all six languages, for each kind of script on its own."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind, font in (("ascii", "Times New Roman"), ("hAnsi", "Times New Roman"), ("cs", "Times New Roman")):
        fonts.set(qn(f"w:{kind}"), font)
    fonts.set(qn("w:eastAsia"), "SimSun")


def set_sizes(properties: Any, *, size: int = 22, complex_size: int = 26) -> None:
    """Set the size of plain text, in half points; Arabic letters are lower, and are read at a larger one."""
    for tag, value in (("w:sz", size), ("w:szCs", complex_size)):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        element = OxmlElement(tag)
        element.set(qn("w:val"), str(value))
        properties.insert_element_before(element, *_AFTER_SIZES)


def turn_paragraph(paragraph: Any) -> None:
    """Let a paragraph (a `w:p` element) run from the right."""
    properties = paragraph.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def turn_section(properties: Any) -> None:
    """Let a section (a `w:sectPr` element) run from the right, its gutter on the right."""
    for tag, following in (("w:bidi", ("w:rtlGutter", "w:docGrid")), ("w:rtlGutter", ("w:docGrid",))):
        if properties.find(qn(tag)) is None:
            properties.insert_element_before(OxmlElement(tag), *following, "w:printerSettings")


def mark_language(properties: Any, language: str) -> None:
    """Say in a run's properties (a `w:rPr` element without these) what language it is in, and its direction."""
    if is_right_to_left(language):
        properties.append(OxmlElement("w:rtl"))
    marked = OxmlElement("w:lang")
    kind = "bidi" if is_right_to_left(language) else "eastAsia" if language == "zh" else "val"
    marked.set(qn(f"w:{kind}"), LOCALES[language])
    properties.append(marked)
