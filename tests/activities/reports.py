"""Reading a report's Word file as a person reads it: its headings, its numbered paragraphs, and what stands in them."""

import io
import re
from dataclasses import dataclass, field

from docx import Document
from docx.oxml.ns import qn

NUMBERED = "Numbered paragraph"
NAME = "Entry name"
_REFERENCE = re.compile(r" REF (\w+) ")


@dataclass
class Told:
    """One paragraph: its number, the names in it, its text with the numbers that it refers to, and where those lead."""

    number: int | None
    names: str
    text: str
    bookmark: str
    refers_to: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Section:
    """What stands under a heading of the first level; `themes` are its headings of the second."""

    title: str
    themes: list[str] = field(default_factory=list)
    paragraphs: list[Told] = field(default_factory=list)


def read_report(data: bytes) -> list[Section]:
    """Return the sections of a file, without its title."""
    sections: list[Section] = []
    number = 0
    for paragraph in Document(io.BytesIO(data)).paragraphs:
        text = "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))
        style = paragraph.style.name
        if style == "Heading 1":
            sections.append(Section(text))
        elif style == "Heading 2":
            sections[-1].themes.append(text)
        elif style in (NUMBERED, "Normal"):
            number += style == NUMBERED
            names = "".join(run.text for run in paragraph.runs if run.style.name == NAME)
            marks = [mark.get(qn("w:name")) for mark in paragraph._p.iter(qn("w:bookmarkStart"))]
            told = Told(number if style == NUMBERED else None, names, text, "".join(marks))
            for place in paragraph._p.iter(qn("w:fldSimple")):
                shown = "".join(node.text for node in place.iter(qn("w:t")))
                told.refers_to.append((_REFERENCE.match(place.get(qn("w:instr")))[1], shown))
            sections[-1].paragraphs.append(told)
    return sections


def find_section(sections: list[Section], title: str) -> Section:
    """Return the section of that title."""
    return next(section for section in sections if section.title == title)


def whole_text(data: bytes) -> str:
    """Return all that a file says."""
    return "\n".join(
        "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))
        for paragraph in Document(io.BytesIO(data)).paragraphs
    )
