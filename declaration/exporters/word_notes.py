"""Footnotes of a Word file (ECMA-376 part 1, 17.11): a part of its own, called from the text."""

from collections.abc import Mapping
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from declaration.exporters.word_language import is_right_to_left, mark_language, turn_paragraph

_SEPARATORS: Final = ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
CALL_STYLE: Final = "FootnoteReference"
TEXT_STYLE: Final = "FootnoteText"


class Footnotes:
    """The footnotes of a file, in the order in which they are called."""

    def __init__(self) -> None:
        self._root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        self._count = 0
        for key, kind, mark in _SEPARATORS:
            note = _element(self._root, "footnote", type=kind, id=key)
            _element(_element(_element(note, "p"), "r"), mark)

    def call(self, note: Mapping[str, Any], language: str) -> Any:
        """Add a footnote and return the run that calls it. One whose label is not its number prints that instead."""
        self._count += 1
        is_counted = note["label"] == str(self._count)
        element = _element(self._root, "footnote", id=self._count)
        for index, line in enumerate(note["text"].split("\n")):
            paragraph = _element(element, "p")
            paragraph.get_or_add_pPr().append(_made("pStyle", val=TEXT_STYLE))
            if is_right_to_left(language):
                turn_paragraph(paragraph)
            if index == 0 and is_counted:
                _element(_run(paragraph, language, style=CALL_STYLE), "footnoteRef")
                _text(_run(paragraph, language), " ")
            _text(_run(paragraph, language), line)
        run = _run(None, language, style=CALL_STYLE)
        reference = _element(run, "footnoteReference", id=self._count)
        if not is_counted:
            reference.set(qn("w:customMarkFollows"), "1")
            _text(run, note["label"])
        return run

    def attach(self, document: WordDocument) -> None:
        """Put the footnotes into the file, if there are any."""
        if not self._count:
            return
        package = document.part.package
        blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = document.settings.element
        properties = _made("footnotePr")
        for key, _kind, _mark in _SEPARATORS:
            _element(properties, "footnote", id=key)
        settings.insert_element_before(properties, "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr")


def _run(parent: Any, language: str, *, style: str = "") -> Any:
    run = _made("r")
    properties = run.get_or_add_rPr()
    if style:
        properties.append(_made("rStyle", val=style))
    mark_language(properties, language)
    if parent is not None:
        parent.append(run)
    return run


def _text(run: Any, text: str) -> None:
    element = _element(run, "t")
    element.text = text
    element.set(qn("xml:space"), "preserve")


def _made(name: str, **attributes: object) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def _element(parent: Any, name: str, **attributes: object) -> Any:
    element = _made(name, **attributes)
    parent.append(element)
    return element
