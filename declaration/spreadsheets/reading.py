"""Reads what came in as CSV or as an Excel workbook: one heading, and rows of cells that are text."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from declaration.importers.problems import InvalidFiles, Place, Problem
from declaration.spreadsheets.cells import is_formula, restore
from declaration.spreadsheets.containers import BrokenError, Survey, TooLargeError, survey

MAX_BYTES: Final = 10_000_000
MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 200
LAST_ROW: Final = 2 * MAX_ROWS
"""No row of a workbook stands further down: so many may be empty in between."""

MOST_PROBLEMS: Final = 500
"""So many problems are looked for: who has more has one cause for most of them."""

_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_SHOWN: Final = 80

Row = tuple[int, list[str]]


@dataclass
class Sheet:
    """A table as it came in: the sheet's name where it has one, its headings, and each row with its number in the file."""

    name: str = ""
    headings: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def place_of(sheet: str, row: int | None = None, column: str = "", *, file: str = "") -> Place:
    """Return a place in a spreadsheet: sheet, row as the spreadsheet counts it, and heading."""
    return Place(file, row, _("sheet “%(name)s”") % {"name": sheet} if sheet else "", column[:_SHOWN])


def read_sheet(data: bytes, *, wanted: Iterable[str] = ()) -> Sheet:
    """Read a CSV file or an Excel workbook, whichever it is.

    In a workbook with several sheets it is the one that has a name of those `wanted`. Rows in which nothing stands are left
    out. Raises `InvalidFiles` with all that is wrong with the file itself: its kind and size, merged cells, formulas,
    headings that are missing or there twice, rows of another length.
    """
    if len(data) > MAX_BYTES:
        raise _invalid(_("This file is larger than %(limit)d bytes.") % {"limit": MAX_BYTES})
    if data.startswith(_OLD_WORKBOOK):
        raise _invalid(_("This is a workbook of an old kind, or one with a password. Save it as .xlsx, without one."))
    sheet = _read_workbook(data, set(wanted)) if data.startswith(_ZIP) else _read_csv(data)
    problems = list(_heading_problems(sheet))
    if not problems and not sheet.rows:
        problems.append(Problem(place_of(sheet.name), _("There is no row under the heading.")))
    if problems:
        raise InvalidFiles(problems)
    return sheet


def _invalid(message: str, place: Place | None = None) -> InvalidFiles:
    return InvalidFiles([Problem(place or Place(""), message)])


def _too_many_rows(sheet: str) -> InvalidFiles:
    message = _("There are more than %(limit)d rows. Divide them into several files.") % {"limit": MAX_ROWS}
    return _invalid(message, place_of(sheet))


def _too_many_columns(sheet: str = "") -> InvalidFiles:
    return _invalid(_("There are more than %(limit)d columns.") % {"limit": MAX_COLUMNS}, place_of(sheet))


def _heading_problems(sheet: Sheet) -> Iterator[Problem]:
    for number, heading in enumerate(sheet.headings, start=1):
        if not heading:
            column = get_column_letter(number)
            yield Problem(place_of(sheet.name, 1), _("Column %(column)s has no heading.") % {"column": column})
    for heading in dict.fromkeys(filter(None, sheet.headings)):
        if sheet.headings.count(heading) > 1:
            yield Problem(place_of(sheet.name, 1, heading), _("This column is there more than once."))


# --- CSV -------------------------------------------------------------------------------------------------------------
def _read_csv(data: bytes) -> Sheet:
    text = _decode(data)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    sheet = Sheet()
    problems: list[Problem] = []
    try:
        sheet.headings = [heading.strip() for heading in next(lines, [])]
        if len(sheet.headings) > MAX_COLUMNS:
            raise _too_many_columns()
        for number, cells in enumerate(lines, start=2):
            if not any(cells):
                continue
            if len(sheet.rows) == MAX_ROWS:
                raise _too_many_rows("")
            problems += _row_problems(sheet, number, cells)
            if len(problems) >= MOST_PROBLEMS:
                break
            sheet.rows.append((number, [restore(cell) for cell in cells]))
    except csv.Error as error:
        message = _("This row cannot be read: %(problem)s.") % {"problem": error}
        raise _invalid(message, Place("", lines.line_num)) from error
    if problems:
        raise InvalidFiles(problems)
    return sheet


def _decode(data: bytes) -> str:
    if data.startswith(_UTF_16):
        raise _invalid(_("This file is UTF-16. Save it as “CSV UTF-8”."))
    if b"\0" in data:
        raise _invalid(_("This is neither a CSV file nor an Excel workbook (.xlsx)."))
    try:
        # Excel begins its UTF-8 with a byte order mark.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _("This line is not UTF-8 (byte %(byte)d of the file). Save the file as “CSV UTF-8”.") % {
            "byte": error.start + 1
        }
        raise _invalid(message, Place("", line)) from error


def _delimiter(text: str) -> str:
    """Return what stands between cells: where the comma separates decimals, programs write a semicolon."""
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _row_problems(sheet: Sheet, number: int, cells: Sequence[str]) -> Iterator[Problem]:
    if len(cells) != len(sheet.headings):
        message = _("This row has %(found)d cells, and the heading has %(wanted)d.") % {
            "found": len(cells),
            "wanted": len(sheet.headings),
        }
        yield Problem(place_of(sheet.name, number), message)
    for heading, cell in zip(sheet.headings, cells, strict=False):
        if is_formula(cell):
            yield Problem(place_of(sheet.name, number, heading), _formula())


def _formula() -> str:
    return _("This cell holds a formula. Put its value there instead.")


# --- Excel -----------------------------------------------------------------------------------------------------------
def _read_workbook(data: bytes, wanted: set[str]) -> Sheet:
    parts = _look_through(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        page = _choose(book, wanted)
        _refuse_merged(parts, page)
        return _read_page(page)
    except (InvalidFileException, zipfile.BadZipFile, zlib.error, LookupError, ArithmeticError) as error:
        raise _broken() from error
    except (AttributeError, ValueError, TypeError, SyntaxError, OSError, EOFError, RuntimeError) as error:
        # What the library meets in a broken file comes out as errors of many kinds.
        raise _broken() from error


def _broken() -> InvalidFiles:
    return _invalid(_("This workbook is broken. Open it, and save it again as .xlsx."))


def _look_through(data: bytes) -> dict[str, Survey]:
    """Refuse what would take too much time or memory, before the library reads anything."""
    try:
        return survey(data, last_row=LAST_ROW, last_column=get_column_letter(MAX_COLUMNS))
    except BrokenError as error:
        raise _broken() from error
    except TooLargeError as error:
        if error.what == "rows":
            message = _(
                "There are rows below row %(last)d, and at most %(limit)d are taken. Remove empty rows, or divide the file."
            )
            raise _invalid(message % {"last": LAST_ROW, "limit": MAX_ROWS}) from error
        if error.what == "columns":
            raise _too_many_columns() from error
        raise _invalid(_("This workbook is too large once it is unpacked.")) from error


def _choose(book: Any, wanted: set[str]) -> Any:
    named = [page for page in book.worksheets if page.title in wanted]
    pages = named or book.worksheets
    if len(pages) != 1:
        names = ", ".join(sorted(wanted))
        raise _invalid(_("There are several sheets. Name the one to take “%(names)s”.") % {"names": names})
    return pages[0]


def _refuse_merged(parts: dict[str, Survey], page: Any) -> None:
    merged = parts[page._worksheet_path].merged
    if merged:
        message = _("These cells are merged: %(cells)s. Take them apart, so that each row says what it holds.")
        raise InvalidFiles(Problem(place_of(page.title, _row_of(ref)), message % {"cells": ref}) for ref in merged)


def _row_of(reference: str) -> int:
    return int(re.sub(r"[A-Z]+", "", reference.partition(":")[0]) or 1)


def _read_page(page: Any) -> Sheet:
    sheet = Sheet(page.title)
    problems: list[Problem] = []
    unnamed: set[int] = set()
    for number, cells in enumerate(page.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        if all(cell.value is None for cell in cells):
            continue
        if not sheet.headings:
            sheet.headings = _headings(cells)
            if number > 1:
                problems.append(Problem(place_of(page.title, 1), _("The headings are not in the first row.")))
            continue
        if len(sheet.rows) == MAX_ROWS:
            raise _too_many_rows(page.title)
        problems += [*_unnamed(sheet, cells, unnamed), *_page_problems(sheet, number, cells)]
        if len(problems) >= MOST_PROBLEMS:
            break
        texts = [_text(cell) for cell in cells[: len(sheet.headings)]]
        sheet.rows.append((number, [*texts, *[""] * (len(sheet.headings) - len(texts))]))
    if problems:
        raise InvalidFiles(problems)
    return sheet


def _headings(cells: Sequence[Any]) -> list[str]:
    names = ["" if cell.value is None else str(cell.value).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise _too_many_columns()
    return names


def _unnamed(sheet: Sheet, cells: Sequence[Any], told: set[int]) -> Iterator[Problem]:
    """Tell once of each column in which something stands under no heading."""
    for index, cell in enumerate(cells[len(sheet.headings) :], start=len(sheet.headings) + 1):
        if cell.value is not None and index not in told:
            told.add(index)
            message = _("Column %(column)s has no heading.") % {"column": get_column_letter(index)}
            yield Problem(place_of(sheet.name, 1), message)


def _page_problems(sheet: Sheet, number: int, cells: Sequence[Any]) -> Iterator[Problem]:
    for heading, cell in zip(sheet.headings, cells, strict=False):
        if cell.value is None:
            continue
        place = place_of(sheet.name, number, heading)
        if cell.data_type == "f":
            yield Problem(place, _formula())
        elif cell.data_type == "e":
            yield Problem(place, _("This cell holds an error: %(error)s.") % {"error": cell.value})
        elif isinstance(cell.value, dt.date) and "d" not in cell.number_format.lower():
            message = _(
                "The program has turned this into a date with a day. Format the cell as text, and type it again."
            )
            yield Problem(place, message)


def _text(cell: Any) -> str:
    match cell.value:
        case None:
            return ""
        case bool():
            return "true" if cell.value else "false"
        case float() if cell.value.is_integer():
            return str(int(cell.value))
        case dt.datetime() if cell.value.time() == dt.time():
            return str(cell.value.date().isoformat())
        case dt.datetime() | dt.date() | dt.time():
            return str(cell.value.isoformat())
    return str(cell.value)
