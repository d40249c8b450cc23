"""Writes a table as CSV or as an Excel workbook, so that no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from declaration.spreadsheets.cells import neutralise

MAX_SHEET_NAME: Final = 31
COLUMN_WIDTH: Final = 24
AS_TEXT: Final = "@"


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV: UTF-8 with the byte order mark by which Excel knows it, cells between commas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([neutralise(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_workbook(headings: Sequence[str], rows: Iterable[Sequence[str]], *, name: str) -> bytes:
    """Return a table as an Excel workbook with one sheet. Every cell is a text, so that no program makes it another date."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:MAX_SHEET_NAME])
    sheet.freeze_panes = "A2"
    for number in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = COLUMN_WIDTH
    bold = Font(bold=True)
    heading_cells = [_cell(sheet, heading) for heading in headings]
    for cell in heading_cells:
        cell.font = bold
    sheet.append(heading_cells)
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text))
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    return cell
