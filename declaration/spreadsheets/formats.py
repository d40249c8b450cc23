"""The kinds of file that lists are exchanged in, as the admin's import and export know them."""

from collections.abc import Iterable
from typing import Any

import tablib
from django.utils.translation import gettext as _
from import_export.formats.base_formats import Format

from declaration.spreadsheets.reading import Sheet, read_sheet
from declaration.spreadsheets.writing import write_csv, write_workbook


class Table(tablib.Dataset):
    """A table that came in, with the name of its sheet and the number that each row has in its file."""

    numbers: tuple[int, ...] = ()

    @classmethod
    def of(cls, sheet: Sheet) -> "Table":
        """Return what was read, as the library takes it."""
        table = cls(*(cells for _number, cells in sheet.rows), headers=sheet.headings, title=sheet.name)
        table.numbers = tuple(number for number, _cells in sheet.rows)
        return table


class AnySpreadsheet(Format):
    """What is brought in: CSV or Excel, told apart by what the file holds, not by its name."""

    sheet_names: Iterable[str] = ()

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        """How people know it."""
        return _("CSV or Excel (.xlsx)")

    def create_dataset(self, in_stream: bytes) -> Table:
        """Read a file. Raises `InvalidFiles`."""
        return Table.of(read_sheet(in_stream, wanted=self.sheet_names))

    def can_import(self) -> bool:
        """It is for files that come in."""
        return True


class Csv(Format):
    """A list that goes out as CSV."""

    def get_title(self) -> str:
        """How people know it."""
        return "CSV"

    def export_data(self, dataset: tablib.Dataset, **_kwargs: Any) -> bytes:
        """Write a list."""
        return write_csv(dataset.headers, dataset)

    def get_extension(self) -> str:
        """How its files end."""
        return "csv"

    def get_content_type(self) -> str:
        """What it is called on the web."""
        return "text/csv; charset=utf-8"

    def can_export(self) -> bool:
        """It is for files that go out."""
        return True


class Excel(Csv):
    """A list that goes out as a workbook."""

    def get_title(self) -> str:
        """How people know it."""
        return "Excel (.xlsx)"

    def export_data(self, dataset: tablib.Dataset, **_kwargs: Any) -> bytes:
        """Write a list, on a sheet of its name."""
        return write_workbook(dataset.headers, dataset, name=dataset.title or "list")

    def get_extension(self) -> str:
        """How its files end."""
        return "xlsx"

    def get_content_type(self) -> str:
        """What it is called on the web."""
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
