"""Plain text and pasted text as lines."""

import codecs
from typing import Final

from declaration.text.hygiene import with_plain_newlines
from declaration.text.sources import limits
from declaration.text.sources.errors import SourceError
from declaration.text.sources.lines import Look, Source, SourceLine, refuse_too_much
from declaration.text.sources.plain_notes import take_notes

_TAB_WIDTH: Final = 4
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, or UTF-16 that says so by its first bytes. Raises `SourceError`."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError("not_utf8", line=data.count(b"\n", 0, error.start) + 1) from error


def read_text(text: str) -> Source:
    """Return a plain or pasted text as lines, in the order and to the letter; a last empty line is no line.

    Raises `SourceError` for a text that is empty, too long, or no text.
    """
    text = with_plain_newlines(text)
    if not text.strip("\ufeff \t\n"):
        raise SourceError("empty")
    if "\0" in text:
        raise SourceError("not_text", line=text.count("\n", 0, text.index("\0")) + 1)
    count = text.count("\n") + (not text.endswith("\n"))
    if count > limits.MAX_LINES:
        raise SourceError("too_many_lines", count=count, limit=limits.MAX_LINES)
    lines = text.removesuffix("\n").split("\n")
    refuse_too_much(iter(lines))
    numbered = [SourceLine(number, line, Look(indent=_indent(line))) for number, line in enumerate(lines, start=1)]
    body, notes = take_notes(numbered)
    return Source(lines=tuple(body), format="text", notes=notes, lines_total=len(lines))


def _indent(line: str) -> int:
    """Return how many columns of space stand before a line, a tab counting as four; no-break spaces count as well."""
    start = line[: len(line) - len(line.lstrip())]
    return sum(_TAB_WIDTH if character == "\t" else 1 for character in start)
