"""Reads the files that entries are written in: TOML, and tables as CSV. Knows nothing of what the entries mean."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from declaration.importers.problems import InvalidFiles, Place, Problem

MAX_BYTES: Final = 10_000_000
MAX_ENTRIES: Final = 20_000

BYTE_ORDER_MARK: Final = "\ufeff"

_HEADER: Final = re.compile(r"^\s*\[\[\s*([\w.\-]+)\s*\]\]", re.MULTILINE)
_PLACE: Final = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


@dataclass(frozen=True)
class Entry:
    """One entry as it stands in a file: its content by key, and the line it begins on where that is known."""

    content: Mapping[str, Any]
    line: int | None = None


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds. Raises `InvalidFiles`, for broken TOML with line and column."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        said = _PLACE.sub("", str(error))
        line = int(place["line"]) if place and place["line"] else text.count("\n") + 1
        message = (
            _("This is not TOML, at column %(column)s: %(problem)s.") % {"column": place["column"], "problem": said}
            if place and place["column"]
            else _("This is not TOML, at the end of the file: %(problem)s.") % {"problem": said}
        )
        raise InvalidFiles([Problem(Place(path.name, line), message)]) from error
    except RecursionError as error:
        raise _invalid(path, _("This file nests tables or lists too deeply.")) from error


def header_lines(path: Path, table: str, count: int) -> Sequence[int | None]:
    """Return the line of each `[[table]]` in a TOML file, in order; nothing known where they are written otherwise."""
    text = path.read_text(encoding="utf-8")
    lines = [text.count("\n", 0, found.start(1)) + 1 for found in _HEADER.finditer(text) if found[1] == table]
    return lines if len(lines) == count else [None] * count


def read_table(path: Path, columns: Sequence[str]) -> list[Entry]:
    """Return the rows of a CSV file with exactly these columns, in any order; empty cells are left out.

    Raises `InvalidFiles` for other columns, rows that are too short or too long, and broken quotation marks.
    """
    rows = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        header = next(rows, [])
        problems = list(_header_problems(path, header, columns))
        if problems:
            raise InvalidFiles(problems)
        entries = []
        for cells in rows:
            if not cells:
                continue
            if len(cells) != len(header):
                message = _("This row has %(found)d cells, and the heading has %(wanted)d.") % {
                    "found": len(cells),
                    "wanted": len(header),
                }
                problems.append(Problem(Place(path.name, rows.line_num), message))
            entries.append(Entry({c: cell for c, cell in zip(header, cells, strict=False) if cell}, rows.line_num))
    except csv.Error as error:
        message = _("This row cannot be read: %(problem)s.") % {"problem": error}
        raise InvalidFiles([Problem(Place(path.name, rows.line_num), message)]) from error
    if problems:
        raise InvalidFiles(problems)
    return entries


def _header_problems(path: Path, header: Sequence[str], columns: Sequence[str]) -> Iterator[Problem]:
    place = Place(path.name, 1)
    for column in columns:
        if header.count(column) == 0:
            yield Problem(place.at(column), _("This column is missing."))
        elif header.count(column) > 1:
            yield Problem(place.at(column), _("This column is there more than once."))
    for column in dict.fromkeys(header):
        if column not in columns:
            yield Problem(place.at(column[:80]), _("This column is not known."))


def read_text(path: Path) -> str:
    """Return a file's text. Raises `InvalidFiles` where it is missing, too large, or not plain UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise _invalid(path, _("This file is missing: %(path)s.") % {"path": path}) from error
    except OSError as error:
        raise _invalid(path, _("This file cannot be read: %(problem)s.") % {"problem": error.strerror}) from error
    if len(data) > MAX_BYTES:
        raise _invalid(path, _("This file is larger than %(limit)d bytes.") % {"limit": MAX_BYTES})
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _("This line is not UTF-8 (byte %(byte)d of the file). Save the file as UTF-8.") % {
            "byte": error.start + 1
        }
        raise InvalidFiles([Problem(Place(path.name, line), message)]) from error
    if text.startswith(BYTE_ORDER_MARK):
        message = _("This file begins with a byte order mark. Save it as UTF-8 without one.")
        raise InvalidFiles([Problem(Place(path.name, 1), message)])
    return text


def _invalid(path: Path, message: str) -> InvalidFiles:
    return InvalidFiles([Problem(Place(path.name), message)])
