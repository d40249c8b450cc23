"""Looks through an Excel workbook before it is read, so that no file takes more time and memory than a list may."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers import expat

MAX_UNPACKED_BYTES: Final = 100_000_000
MAX_PARTS: Final = 1_000
MAX_ELEMENTS: Final = 3_000_000
MAX_ROW_BYTES: Final = 10_000_000
MAX_ROW_ELEMENTS: Final = 20_000
MOST_MERGED: Final = 100
"""So many merged cells are told."""

_CHUNK: Final = 1 << 16
_LETTERS: Final = re.compile(r"[A-Z]+")


class TooLargeError(Exception):
    """A workbook holds more than it may; `what` is "bytes", "rows" or "columns"."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class BrokenError(Exception):
    """A workbook is no workbook, or one made to do harm."""


@dataclass
class Survey:
    """What was found in a part of a workbook: the references of merged cells, and how many elements there are."""

    merged: list[str] = field(default_factory=list)
    elements: int = 0


def survey(data: bytes, *, last_row: int, last_column: str) -> dict[str, Survey]:
    """Return what is in each part of a workbook, read as a stream, so that little of it is in memory at any time.

    Raises `TooLargeError` where rows stand beyond `last_row`, cells with something in them beyond `last_column` (in letters), or
    more is in it than a list can have; `BrokenError` where it is no container, declares entities or holds XML that is none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = container.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
                raise TooLargeError("bytes")
            found: dict[str, Survey] = {}
            for part in parts:
                if part.filename.endswith("/") or part.filename.startswith("xl/media/"):
                    continue
                room = MAX_ELEMENTS - sum(each.elements for each in found.values())
                with container.open(part) as source:
                    found[part.filename] = _Surveyor(room, last_row, last_column).read(source)
            return found
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, NotImplementedError, RuntimeError) as error:
        raise BrokenError from error
    except (ValueError, OSError, EOFError) as error:
        raise BrokenError from error


class _Surveyor:
    """Goes through one part."""

    def __init__(self, room: int, last_row: int, last_column: str) -> None:
        self.found = Survey()
        self.room, self.last_row = room, last_row
        self.last_column = (len(last_column), last_column)
        self.rows = self.row_began = self.row_elements = 0
        self.is_far = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.StartDoctypeDeclHandler = self._refuse

    def read(self, source: IO[bytes]) -> Survey:
        head = source.read(_CHUNK)
        if not head.lstrip(b"\xef\xbb\xbf\xff\xfe\0\t\r\n ").startswith(b"<"):
            return self.found  # a picture, or settings of a printer: nobody reads them
        while head:
            self.parser.Parse(head)
            if self.parser.CurrentByteIndex - self.row_began > MAX_ROW_BYTES:
                raise TooLargeError("bytes")
            head = source.read(_CHUNK)
        self.parser.Parse(b"", True)
        return self.found

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.found.elements += 1
        self.row_elements += 1
        if self.found.elements > self.room:
            raise TooLargeError("bytes")
        match name.rpartition(":")[2]:
            case "c":
                letters = _LETTERS.match(attributes.get("r", ""))
                self.is_far = letters is not None and (len(letters[0]), letters[0]) > self.last_column
            case "v" | "is" | "f" if self.is_far:
                raise TooLargeError("columns")
            case "row":
                self._begin_row(attributes.get("r", ""))
            case "si":
                self._begin_stretch()
            case "mergeCell" if len(self.found.merged) < MOST_MERGED:
                self.found.merged.append(attributes.get("ref", ""))
        if self.row_elements > MAX_ROW_ELEMENTS and self.rows:
            raise TooLargeError("bytes")

    def _begin_row(self, number: str) -> None:
        self.rows = int(number) if number else self.rows + 1
        if self.rows > self.last_row:
            raise TooLargeError("rows")
        self._begin_stretch()

    def _begin_stretch(self) -> None:
        self.row_began, self.row_elements = self.parser.CurrentByteIndex, 0

    def _refuse(self, *_doctype: object) -> None:
        raise BrokenError
