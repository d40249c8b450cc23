"""A draft as a Word document (ECMA-376), left to right or right to left, in one language or two side by side.

It is made to be worked on and brought in again: styles say what each paragraph is, numbers count by themselves, footnotes are
footnotes, and a clause's text is one paragraph however many lines it has. What is said of the draft stands in the title and
in subtitles, in the head and foot of the page, all of which the importer leaves out. Two languages stand in a table with a
row for each clause, from which each column can be read by itself.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from declaration.exporters.reading import DraftReading, Words, list_notes
from declaration.exporters.word_language import (
    LOCALES,
    is_right_to_left,
    mark_language,
    turn_paragraph,
    turn_section,
)
from declaration.exporters.word_notes import Footnotes
from declaration.exporters.word_numbers import Numbered, Numbering
from declaration.exporters.word_styles import STEP, heading_style, list_style, make_styles
from declaration.languages import django_language

_ENCLOSED: Final = frozenset({"subparagraph", "item"})
_LISTED: Final = frozenset({"operative_paragraph", "paragraph", "subparagraph", "item"})
_HEADS: Final = {"part": "Part", "article": "Article", "annex": "Annex", "preamble": "Preamble"}
# A number is printed only before something: a mark of direction, which nobody sees, stands where a clause has no words.
_NOTHING: Final = {True: "\u200f", False: "\u200e"}

_FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip archive can note."""


def render_word(reading: DraftReading) -> bytes:
    """Return the file."""
    document = Document()
    writer = _Writer(document, reading)
    writer.write()
    file = io.BytesIO()
    document.save(file)
    return _without_times(file.getvalue())


def _without_times(data: bytes) -> bytes:
    """Return the file without the moments at which its parts were packed: the same draft is the same file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_FIRST_MOMENT)
            target.writestr(entry, source.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Writer:
    def __init__(self, document: WordDocument, reading: DraftReading) -> None:
        self._document = document
        self._reading = reading
        self._styles = make_styles(document)
        self._notes = Footnotes()
        self._numbering = Numbering()

    def write(self) -> None:
        self._set_up()
        for code in self._reading.languages:
            self._add(_Paragraph(self._styles["Title"], code), self._reading.title(code))
            for note in list_notes(self._reading, code):
                self._add(_Paragraph(self._styles["Subtitle"], code), note)
        columns = [self._column(code) for code in self._reading.languages]
        end = self._document.element.body.sectPr
        if len(columns) == 1:
            for paragraphs in columns[0]:
                for each in paragraphs:
                    end.addprevious(each)
        else:
            end.addprevious(self._table(columns))
            # A table must be followed by a paragraph.
            end.addprevious(OxmlElement("w:p"))
        self._numbering.fill(self._document.part.numbering_part.element)
        self._notes.attach(self._document)

    def _set_up(self) -> None:
        language = self._reading.language
        section = self._document.sections[0]
        wide = len(self._reading.languages) > 1
        section.page_width, section.page_height = (Cm(29.7), Cm(21.0)) if wide else (Cm(21.0), Cm(29.7))
        section.left_margin = section.right_margin = Cm(2.5)
        if is_right_to_left(language):
            turn_section(section._sectPr)
        head, foot = section.header.paragraphs[0]._p, section.footer.paragraphs[0]._p
        _Paragraph.into(head, language).write(self._running_head(language))
        _Paragraph.into(foot, language).write_field("PAGE")
        properties = self._document.core_properties
        properties.title, properties.language = self._reading.title(language), LOCALES[language]
        properties.author = properties.last_modified_by = "Travaux"
        properties.comments, properties.subject = self._reading.address, self._reading.name(language)
        moment = self._reading.draft.published_at or dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
        properties.created = properties.modified = moment.astimezone(dt.UTC).replace(tzinfo=None)

    def _running_head(self, language: str) -> str:
        name = self._reading.name(language)
        if not self._reading.draft.is_illustrative:
            return name
        with translation.override(django_language(language)):
            return _("%(name)s (illustrative text)") % {"name": name}

    def _add(self, paragraph: "_Paragraph", text: str) -> None:
        paragraph.write(text)
        self._document.element.body.sectPr.addprevious(paragraph.element)

    def _table(self, columns: Sequence[Sequence[Sequence[Any]]]) -> Any:
        table = self._document.add_table(rows=0, cols=len(columns), style="Table Grid")._tbl
        if is_right_to_left(self._reading.language):
            table.tblPr.insert_element_before(OxmlElement("w:bidiVisual"), "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")
        table.getparent().remove(table)
        for cells in zip(*columns, strict=True):
            row = OxmlElement("w:tr")
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for paragraphs in cells:
                cell = OxmlElement("w:tc")
                cell.extend(paragraphs or [OxmlElement("w:p")])
                row.append(cell)
            table.append(row)
        return table

    def _column(self, language: str) -> list[list[Any]]:
        """Return the paragraphs of each clause in one language."""
        column = self._reading.column(language)
        indents = list(_indents(column))
        numbers = self._numbering.number(column, indents)
        return [self._clause(*each) for each in zip(column, numbers, indents, strict=True)]

    def _clause(self, words: Words, numbered: Numbered, indent: int) -> list[Any]:
        if words.kind in _HEADS or words.kind == "section":
            return self._headed(words, numbered)
        style = "Preambular paragraph" if words.kind == "preambular_paragraph" else list_style(indent)
        paragraph = _Paragraph(self._styles[style], words.language, numbered)
        if indent and not numbered.label:
            paragraph.indent(STEP * indent)
        if words.heading:
            self._words(paragraph, words, in_heading=True)
            if words.text:
                paragraph.write("\n")
        self._words(paragraph, words)
        return [paragraph.finished()]

    def _headed(self, words: Words, numbered: Numbered) -> list[Any]:
        """Return a clause that is headed: its number and heading in one paragraph, on two lines, and its text in another."""
        paragraphs = []
        if numbered.label or words.heading:
            style = _HEADS.get(words.kind) or heading_style(words.depth)
            paragraph = _Paragraph(self._styles[style], words.language, numbered, on_line=words.kind != "section")
            if words.heading:
                self._words(paragraph, words, in_heading=True)
            paragraphs.append(paragraph.finished())
        if words.text:
            paragraph = _Paragraph(self._styles["Text"], words.language)
            self._words(paragraph, words)
            paragraphs.append(paragraph.finished())
        return paragraphs

    def _words(self, paragraph: "_Paragraph", words: Words, *, in_heading: bool = False) -> None:
        """Write a heading or a text, its footnotes at their places."""
        text = words.heading if in_heading else words.text
        place = 0
        for note in sorted(words.footnotes, key=lambda each: each["position"]):
            if note["is_in_heading"] == in_heading:
                paragraph.write(text[place : note["position"]])
                place = min(note["position"], len(text))
                paragraph.append(self._notes.call(note, words.language))
        paragraph.write(text[place:])


def _indents(column: Sequence[Words]) -> Iterator[int]:
    """Yield how many steps from the margin the text of each clause stands.

    Words that close a list stand as far as what the list is in, by which the importer tells them from the last of the list.
    """
    path: list[int] = []
    labelled: list[set[str]] = [set()]
    for words in column:
        del path[words.depth :], labelled[words.depth + 1 :]
        labelled.extend(set() for _level in range(words.depth + 1 - len(labelled)))
        indent = (path[-1] if path else 0) + (words.kind in _LISTED)
        is_closing = words.kind in _ENCLOSED and not words.label and words.kind in labelled[-1]
        if words.label:
            labelled[-1].add(words.kind)
        path.extend([indent] * (words.depth + 1 - len(path)))
        has_number = bool(words.label) or (words.kind in _ENCLOSED and not is_closing)
        yield indent if has_number else max(indent - 1, 0)


class _Paragraph:
    """A paragraph while it is written, in one language; `on_line` puts what follows a number on the next line."""

    def __init__(self, style: str, language: str, numbered: Numbered | None = None, *, on_line: bool = False) -> None:
        self._start(OxmlElement("w:p"), language)
        self._is_empty = True
        properties = self.element.get_or_add_pPr()
        properties.append(_made("pStyle", val=style))
        label = numbered.label if numbered else ""
        self._after_label = "\n" if on_line else " " if style.startswith("Heading") else "\t"
        if numbered is not None and numbered.is_automatic:
            lists = _made("numPr")
            lists.extend([_made("ilvl", val=numbered.level), _made("numId", val=numbered.list_id)])
            properties.append(lists)
            self._after_label = "\n" if on_line else ""
        elif label:
            self._run(label)
            self._is_empty = False
        self._has_label = bool(label)
        if is_right_to_left(language):
            turn_paragraph(self.element)

    def _start(self, element: Any, language: str) -> None:
        self.element = element
        self._language = language

    @classmethod
    def into(cls, element: Any, language: str) -> "_Paragraph":
        """Return a paragraph that is there already and has its style."""
        paragraph = cls.__new__(cls)
        paragraph._start(element, language)
        paragraph._has_label, paragraph._is_empty, paragraph._after_label = False, True, ""
        if is_right_to_left(language):
            turn_paragraph(element)
        return paragraph

    def write(self, text: str) -> None:
        """Write a text; its lines are kept apart by line breaks, not by paragraphs."""
        if not text:
            return
        self._open()
        self._run(text)

    def indent(self, distance: int) -> None:
        """Let all lines stand so many twentieths of a point from the margin."""
        self.element.get_or_add_pPr().append(_made("ind", left=distance, firstLine=0))

    def append(self, run: Any) -> None:
        """Append a run made elsewhere."""
        self._open()
        self.element.append(run)

    def finished(self) -> Any:
        """Return the element; a number without words has an invisible mark behind it, without which it would not print."""
        if self._is_empty and self._has_label:
            self._run(_NOTHING[is_right_to_left(self._language)])
        return self.element

    def write_field(self, code: str) -> None:
        """Write a field such as the number of the page."""
        field = _made("fldSimple", instr=code)
        run = self._run("1")
        field.append(run)
        self.element.append(field)

    def _open(self) -> None:
        if self._has_label and self._after_label:
            self._run(self._after_label)
            self._after_label = ""
        self._is_empty = False

    def _run(self, text: str) -> Any:
        run = _made("r")
        mark_language(run.get_or_add_rPr(), self._language)
        for line_number, line in enumerate(text.split("\n")):
            if line_number:
                run.append(_made("br"))
            for piece_number, piece in enumerate(line.split("\t")):
                if piece_number:
                    run.append(_made("tab"))
                if piece:
                    element = _made("t")
                    element.text = piece
                    element.set(qn("xml:space"), "preserve")
                    run.append(element)
        self.element.append(run)
        return run


def _made(name: str, **attributes: object) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element
