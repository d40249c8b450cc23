"""Clauses while they are put together."""

from dataclasses import dataclass, field
from typing import Final

from declaration.text.parser.entries import Entry
from declaration.text.parser.shapes import trimmed

MAX_HEADING_LENGTH: Final = 500
"""Characters that a heading can hold; what is longer is kept as text."""

ENCLOSED_KINDS: Final = frozenset({"subparagraph", "item"})


@dataclass(slots=True)
class Clause:
    """One clause in the making.

    `calls` are the notes it calls: key, position, and whether in the heading. `level` is that of a heading's style.
    """

    kind: str
    label: str
    parent: int | None
    printed: str = ""
    heading: str = ""
    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    calls: list[tuple[str, int, bool]] = field(default_factory=list)
    is_bracketed: bool = False
    indent: int | None = None
    series: str = ""
    level: int = 0
    length: int = 0

    def add_heading(self, text: str, calls: list[tuple[str, int]], joint: str) -> None:
        """Add words to the heading."""
        start = len(self.heading) + len(joint) if self.heading else 0
        self.calls.extend((key, position + start, True) for key, position in calls)
        self.heading += (joint if self.heading else "") + text

    def add_text(self, text: str, calls: list[tuple[str, int]]) -> None:
        """Add words to the text, on a line of their own."""
        start = self.length + bool(self.texts)
        self.calls.extend((key, position + start, False) for key, position in calls)
        self.texts.append(text)
        self.length = start + len(text)

    @property
    def text(self) -> str:
        """The text, each line of it on one."""
        return "\n".join(self.texts)


@dataclass(frozen=True, slots=True)
class Words:
    """What a line says after its label, with the notes it calls; `printed` is the label."""

    printed: str
    text: str
    calls: list[tuple[str, int]]


def words_of(entry: Entry) -> Words:
    """Return a line's label as printed, and the words after it.

    A square bracket that opens before the label goes to the words that it encloses: "[3. States …]" is 3, "[States …]".
    """
    line = entry.line
    printed = line.auto.text if line.auto else trimmed(line.text[: entry.start])
    rest = line.text[entry.start :]
    text = trimmed(rest)
    shift = (
        entry.start
        + len(rest)
        - len(rest.lstrip(" \t\r\n\u00a0\u200e\u200f\u061c\ufeff\u3000\u2003\u2002\u2009\u202f"))
    )
    opened = _opening_brackets(entry, printed) if text else ""
    if opened:
        printed = printed.replace("[", "", len(opened)).strip()
        text = opened + text
        shift -= len(opened)
    calls = [(call.key, min(max(call.position - shift, 0), len(text))) for call in line.calls]
    return Words(printed, text, calls)


def _opening_brackets(entry: Entry, printed: str) -> str:
    """Return the square brackets that open before the label and are not closed within it."""
    is_bracketed = (entry.mark is not None and entry.mark.is_bracketed) or (
        entry.structure is not None and entry.structure.is_bracketed
    )
    return "[" * max(printed.count("[") - printed.count("]"), 0) if is_bracketed else ""


def kind_below(parent_kind: str, series: str) -> str:
    """Return the kind of a list's clause by what it is in and how it is numbered.

    Numbers right in an article are paragraphs, letters subparagraphs, small Roman numerals items; below a paragraph come
    subparagraphs (items if Roman), below those items (United Nations Editorial Manual: 1, (a), (i), a., i.).
    """
    if parent_kind in {"paragraph", "operative_paragraph", "preambular_paragraph"}:
        return "item" if series == "roman" else "subparagraph"
    if parent_kind in ENCLOSED_KINDS:
        return "item"
    if series in {"digit", "points"}:
        return "paragraph"
    return "item" if series == "roman" else "subparagraph"
