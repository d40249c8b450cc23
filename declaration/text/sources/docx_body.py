"""The paragraphs of a Word file's body as lines, in the order in which they are read."""

from collections.abc import Iterable
from typing import Final

from lxml import etree

from declaration.text.findings import Finding, LeftOut
from declaration.text.sources.docx_names import Names, local_name
from declaration.text.sources.docx_numbering import Numbering
from declaration.text.sources.docx_runs import RunReader, Words, choose
from declaration.text.sources.docx_styles import Styles
from declaration.text.sources.lines import AutoNumber, Look, SourceLine

Cell = tuple[int, int, int]

_WRAPPERS: Final = frozenset({"customXml", "smartTag", "ins", "moveTo", "sdtContent", "txbxContent"})


class BodyReader:
    """Turns paragraphs into numbered lines; one reader serves the body and the notes, so that lines are counted on."""

    def __init__(self, names: Names, styles: Styles, numbering: Numbering) -> None:
        self._names = names
        self._styles = styles
        self._numbering = numbering
        self._runs = RunReader(names)
        self._tables = 0
        self._contents_depth = 0
        self.lines: list[SourceLine] = []
        self.left_out: list[LeftOut] = []
        self.findings: list[Finding] = []
        self.custom_labels: dict[str, str] = {}
        self.count = 0
        self.length = 0
        self._has_changes = False

    def read(self, container: etree._Element) -> None:
        """Read all blocks of a body, cell, note or text box."""
        self._blocks(container, None)

    def take_lines(self) -> tuple[SourceLine, ...]:
        """Return the lines read since the last time, so that those of notes are kept apart."""
        lines, self.lines = tuple(self.lines), []
        return lines

    def _blocks(self, container: Iterable[etree._Element], cell: Cell | None, *, is_deleted: bool = False) -> None:
        for child in container:
            name = local_name(child)
            if name == "p":
                self._paragraph(child, cell, is_deleted=is_deleted)
            elif name == "tbl":
                self._table(child, cell)
            elif name == "sdt":
                self._content_control(child, cell)
            elif name in _WRAPPERS:
                self._blocks(child, cell, is_deleted=is_deleted)
            elif name in {"del", "moveFrom"}:
                self._blocks(child, cell, is_deleted=True)
            elif name == "AlternateContent":
                chosen = choose(child)
                self._blocks(() if chosen is None else chosen, cell)
            elif name == "altChunk":
                self.count += 1
                self.left_out.append(LeftOut(self.count, "", "unread"))
                self.findings.append(Finding("embedded_document", self.count, "error"))

    def _content_control(self, control: etree._Element, cell: Cell | None) -> None:
        gallery = control.find(f"{self._names['sdtPr']}/{self._names['docPartObj']}/{self._names['docPartGallery']}")
        is_contents = self._names.value(gallery) == "Table of Contents"
        self._contents_depth += is_contents
        for child in control:
            if local_name(child) == "sdtContent":
                self._blocks(child, cell)
        self._contents_depth -= is_contents

    def _table(self, table: etree._Element, outer: Cell | None) -> None:
        number = self._tables if outer is None else outer[0]
        self._tables += outer is None
        rows = (
            child for child in _inside(table, {"ins", "sdt", "sdtContent", "customXml"}) if local_name(child) == "tr"
        )
        for row_number, row in enumerate(rows):
            cells = (child for child in _inside(row, {"sdt", "sdtContent", "customXml"}) if local_name(child) == "tc")
            for column, content in enumerate(cells):
                self._blocks(content, outer or (number, row_number, column))

    def _paragraph(self, paragraph: etree._Element, cell: Cell | None, *, is_deleted: bool) -> None:
        names = self._names
        own = paragraph.find(names["pPr"])
        self.count += 1
        number = self.count
        words = self._runs.read(paragraph, number)
        self.length += words.length
        self.custom_labels.update(words.custom_labels)
        if is_deleted:
            words.deleted.extend(words.text)
            words.text.clear()
            words.calls.clear()
        auto, number_indent = self._auto(own, words)
        self._note_what_is_left(number, words)
        look = self._styles.look(names, own, is_bold=words.is_bold, number_indent=number_indent)
        if self._contents_depth or look.is_contents:
            look = Look(style=look.style, is_contents=True)
        self.lines.append(
            SourceLine(
                number=number,
                text=words.printed,
                look=look,
                auto=auto,
                calls=tuple(words.calls),
                cell=cell,
                joins_next=self._mark_is_deleted(own),
            )
        )
        for box in words.boxes:
            self._blocks(box, cell)

    def _auto(self, own: etree._Element | None, words: Words) -> tuple[AutoNumber | None, int | None]:
        """Count the paragraph's list on, and return its number and indent; empty paragraphs print no number."""
        place = self._numbering.place(self._names, own)
        if place is None or (not words.printed.strip() and not words.calls):
            return None, None
        list_id, level = place
        return self._numbering.count(list_id, level), self._numbering.indent(list_id, level)

    def _mark_is_deleted(self, own: etree._Element | None) -> bool:
        """Whether the paragraph's end was deleted in tracked changes, so that the next paragraph goes on with it."""
        return own is not None and own.find(f"{self._names['rPr']}/{self._names['del']}") is not None

    def _note_what_is_left(self, number: int, words: Words) -> None:
        deleted, hidden = "".join(words.deleted), "".join(words.hidden)
        if deleted.strip():
            self.left_out.append(LeftOut(number, deleted, "deleted"))
        if hidden.strip():
            self.left_out.append(LeftOut(number, hidden, "hidden"))
        if (deleted.strip() or words.was_inserted) and not self._has_changes:
            self._has_changes = True
            self.findings.append(Finding("tracked_changes", number))
        if words.pictures:
            self.findings.append(Finding("picture", number, "notice"))


def _inside(element: etree._Element, wrappers: set[str]) -> Iterable[etree._Element]:
    """Yield the children of an element, those of mere wrappers in their place."""
    for child in element:
        if local_name(child) in wrappers:
            yield from _inside(child, wrappers)
        else:
            yield child
