"""The common shape of what was read: numbered lines with what each looked like."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from declaration.text.findings import Finding, LeftOut
from declaration.text.sources import limits
from declaration.text.sources.errors import SourceError


@dataclass(frozen=True, slots=True)
class Look:
    """What a line looked like.

    `heading_level` is 1 to 9 for headings, 0 for none or unknown. `indent` is the distance of the text from the margin, in
    columns for plain text and twentieths of a point in Word files, `None` if the source does not tell.
    """

    style: str = ""
    heading_level: int = 0
    is_title: bool = False
    is_contents: bool = False
    is_bold: bool = False
    is_centred: bool = False
    indent: int | None = None


@dataclass(frozen=True, slots=True)
class AutoNumber:
    """A number that the word processor prints: "(a)" of format `lowerLetter`, 1 on level 1 (from 0) of a list.

    `value` is `None` for bullets.
    """

    text: str
    format: str
    value: int | None
    level: int
    list_id: int


@dataclass(frozen=True, slots=True)
class NoteCall:
    """Where a footnote or endnote is called: before the character at `position` of the line."""

    position: int
    key: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a plain text or one paragraph of a Word file, counted from 1 through the whole source.

    `cell` is the table, row and column (from 0) it stands in. `joins_next` is set where only a tracked deletion keeps it
    apart from the next.
    """

    number: int
    text: str
    look: Look = Look()
    auto: AutoNumber | None = None
    calls: tuple[NoteCall, ...] = ()
    cell: tuple[int, int, int] | None = None
    joins_next: bool = False

    @property
    def shown(self) -> str:
        """The line as it is printed, with its automatic number."""
        return f"{self.auto.text}\t{self.text}" if self.auto else self.text

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on the line."""
        return not self.text.strip() and self.auto is None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A footnote or endnote with its lines. `label` is what its call prints: "1", "*"."""

    key: str
    label: str
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True)
class Source:
    """What was read: the lines of the text, the notes it calls, and what the reader itself left out and noticed.

    Each number from 1 to `lines_total` is a line, a line of a note, or left out.
    """

    lines: tuple[SourceLine, ...]
    format: Literal["text", "docx"] = "text"
    notes: Mapping[str, SourceNote] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines_total: int = 0

    def __iter__(self) -> Iterator[SourceLine]:
        return iter(self.lines)


def refuse_too_much(texts: Iterator[str]) -> None:
    """Raise `SourceError` for more or longer lines than are read; `texts` is read no further than that."""
    total = 0
    for number, text in enumerate(texts, start=1):
        total += len(text)
        if len(text) > limits.MAX_LINE_LENGTH:
            raise SourceError("line_too_long", line=number, count=len(text), limit=limits.MAX_LINE_LENGTH)
        if total > limits.MAX_TEXT_LENGTH:
            raise SourceError("text_too_long", limit=limits.MAX_TEXT_LENGTH)
