"""Source lines as the lines that count: rows of tables joined, hard line ends undone, empty lines set aside."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final

from declaration.text.findings import LeftOut
from declaration.text.parser.furniture import furniture_of
from declaration.text.parser.marks import read_mark
from declaration.text.parser.shapes import ends_sentence, width_of
from declaration.text.parser.structure_words import read_structure
from declaration.text.sources.lines import AutoNumber, Look, NoteCall, Source, SourceLine

# Hard line ends are told by lines that are about as long as each other, as e-mail and PDF make them.
_WRAP_WIDTHS: Final = range(38, 122)
_MIN_WRAPPED: Final = 3
_COMMAS: Final = (",", "،", "，", "、")
_WRAPPED_SHARE: Final = 0.6


@dataclass(slots=True)
class Line:
    """One line of the text with the source lines it was made of.

    `gap` says that empty lines stand before it, `table` is the number of the table it stands in.
    """

    numbers: list[int]
    text: str
    look: Look
    auto: AutoNumber | None = None
    calls: list[NoteCall] = field(default_factory=list)
    gap: bool = False
    table: int | None = None

    @property
    def number(self) -> int:
        """The first source line it was made of."""
        return self.numbers[0]

    @property
    def shown(self) -> str:
        """The line as it is printed, with its automatic number."""
        return f"{self.auto.text}\t{self.text}" if self.auto else self.text

    def append(self, other: "Line", joint: str) -> None:
        """Add another line to the end of this one."""
        start = len(self.text) + len(joint)
        self.calls.extend(NoteCall(call.position + start, call.key) for call in other.calls)
        self.text += joint + other.text
        self.numbers.extend(other.numbers)


def read_lines(source: Source, language: str) -> tuple[list[Line], list[LeftOut]]:
    """Return the lines of a source that hold something, and its empty lines as left out."""
    columns = {line.cell[0] for line in source.lines if line.cell and line.cell[2]}
    already_out = {out.line for out in source.left_out}
    blanks = [
        LeftOut(line.number, "", "blank") for line in source.lines if line.is_blank and line.number not in already_out
    ]
    lines = list(_joined(source.lines, columns))
    if source.format == "text" and _is_wrapped(lines):
        lines = _unwrapped(lines, language)
    return lines, blanks


def _joined(source_lines: Iterable[SourceLine], tables: Container[int]) -> Iterator[Line]:
    """Yield lines that hold something; rows of tables are one line where each cell has one at most.

    `tables` are those with more than one column; a box of one is no table to a reader.
    """
    gap = False
    pending: Line | None = None
    for row, members in groupby(source_lines, key=lambda line: line.cell[:2] if line.cell else None):
        block = list(members)
        texts = [each for each in block if not each.is_blank]
        if row and len(texts) > 1 and len({each.cell for each in texts}) == len(texts):
            yield _row(texts, gap=gap)
            gap = False
            continue
        for each in texts if row else block:
            if each.is_blank:
                gap = True
                continue
            line = _line(each, gap=gap)
            line.table = line.table if line.table in tables else None
            gap = False
            if pending is not None:
                pending.append(line, "")
                line, pending = pending, None
            if each.joins_next:
                pending = line
            else:
                yield line
    if pending is not None:
        yield pending


def _line(source: SourceLine, *, gap: bool) -> Line:
    return Line(
        numbers=[source.number],
        text=source.text,
        look=source.look,
        auto=source.auto,
        calls=list(source.calls),
        gap=gap,
        table=source.cell[0] if source.cell else None,
    )


def _row(cells: list[SourceLine], *, gap: bool) -> Line:
    line = _line(cells[0], gap=gap)
    for cell in cells[1:]:
        other = _line(cell, gap=False)
        if cell.auto:
            other.text = cell.shown
            other.calls = [NoteCall(call.position + len(cell.auto.text) + 1, call.key) for call in other.calls]
        line.append(other, "\t")
    return line


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether most lines within a block of lines break off in mid-sentence at about the same width."""
    inner = [line.text for line, following in pairwise(lines) if not following.gap]
    if len(inner) < _MIN_WRAPPED or not any(line.gap for line in lines[1:]):
        return False
    broken = [text for text in inner if width_of(text) in _WRAP_WIDTHS and not ends_sentence(text)]
    widest = max(width_of(line.text) for line in lines)
    return widest <= _WRAP_WIDTHS.stop and len(broken) >= max(_MIN_WRAPPED, _WRAPPED_SHARE * len(inner))


def _unwrapped(lines: list[Line], language: str) -> list[Line]:
    """Join lines that only a hard line end keeps apart: neighbours without an empty line or a label between them.

    Where a page ends within a sentence, what is printed around the pages stands by itself and the sentence goes on.
    """
    joint = "" if language == "zh" else " "
    result: list[Line] = []
    parts: list[Line] = []
    last: Line | None = None
    is_head = has_page_end = False
    for line in lines:
        if last is not None and furniture_of(line.text):
            result.append(line)
            has_page_end = True
            continue
        begins = read_structure(line.text, language) or read_mark(line.text, language)
        goes_on = _goes_on(parts[-1] if parts else last, line) if has_page_end else not line.gap
        has_page_end = False
        if not begins and goes_on and not is_head and last is not None:
            parts.append(line)
            continue
        _join_parts(last, parts, joint)
        result.append(line)
        last = line
        is_head = read_structure(line.text, language) is not None
    _join_parts(last, parts, joint)
    return result


def _goes_on(before: Line | None, line: Line) -> bool:
    """Whether a line behind the end of a page goes on with the sentence before it."""
    if before is None or width_of(before.text) < _WRAP_WIDTHS.start:
        return False
    if ends_sentence(before.text) and not before.text.rstrip().endswith(_COMMAS):
        return False
    first = line.text.lstrip()[:1]
    return first.islower() or not first.isupper()


def _join_parts(whole: Line | None, parts: list[Line], joint: str) -> None:
    """Add lines to the end of one, without the spaces at the ends of each; none are left to add."""
    if whole is None or not parts:
        return
    texts = [whole.text.rstrip(), *(part.text.strip() for part in parts[:-1]), parts[-1].text.lstrip()]
    whole.text = joint.join(texts)
    for part in parts:
        whole.numbers.extend(part.numbers)
    parts.clear()
