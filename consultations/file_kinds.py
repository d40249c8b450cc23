"""What a file is, told by its content alone: PDF, Word (docx), PNG, JPEG or WebP, whole and harmless, or refused.

A file that is two things at once, that runs programs or that nobody can look into is refused. Pure Python without Django.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from declaration.text.sources import SourceError
from declaration.text.sources.packages import Package


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken: its media type, and the ending that its name is given."""

    content_type: str
    extension: str


PDF: Final = FileKind("application/pdf", "pdf")
DOCX: Final = FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
PNG: Final = FileKind("image/png", "png")
JPEG: Final = FileKind("image/jpeg", "jpg")
WEBP: Final = FileKind("image/webp", "webp")
KINDS: Final = (PDF, DOCX, PNG, JPEG, WEBP)


class WrongFileError(ValueError):
    """A file is not taken. `code` says why: empty, unknown, old_office, encrypted, active, macros, two_in_one, damaged, bomb."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def tell_kind(data: bytes) -> FileKind:
    """Return what a file is. Raises `WrongFileError` for what is not taken."""
    if not data:
        raise WrongFileError("empty")
    for beginning, kind, check in _CHECKS:
        if data.startswith(beginning):
            check(data)
            if kind is not DOCX:
                _refuse_archive_behind(data)
            return kind
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        # A compound file: an old Word document, or a newer one behind a password.
        raise WrongFileError("old_office")
    raise WrongFileError("unknown")


# --- Word files and other archives ------------------------------------------------------------------------------------
_ARCHIVE_END: Final = b"PK\x05\x06"
_ARCHIVE_END_LENGTH: Final = 22
_REASONS: Final = {
    "encrypted": "encrypted",
    "macros": "macros",
    "not_word": "unknown",
    "other_format": "unknown",
    "bomb": "bomb",
    "too_large_unpacked": "bomb",
    "too_many_parts": "bomb",
    "too_many_tags": "bomb",
}
_RUNNING_PARTS: Final = ("control", "attachedToolbars", "vbaProject", "wordVbaData", "keyMapCustomizations")


def _archive_ends_at(data: bytes) -> int:
    """Return where an archive that ends with the file has its last record, or -1 (APPNOTE.TXT 4.3.16)."""
    start = data.rfind(_ARCHIVE_END, max(0, len(data) - _ARCHIVE_END_LENGTH - 0xFFFF))
    while start >= 0:
        record = data[start : start + _ARCHIVE_END_LENGTH]
        if len(record) == _ARCHIVE_END_LENGTH:
            (comment,) = struct.unpack_from("<H", record, 20)
            if start + _ARCHIVE_END_LENGTH + comment == len(data):
                return start
        start = data.rfind(_ARCHIVE_END, max(0, len(data) - _ARCHIVE_END_LENGTH - 0xFFFF), start)
    return -1


def _refuse_archive_behind(data: bytes) -> None:
    if _archive_ends_at(data) >= 0:
        raise WrongFileError("two_in_one")


def _check_word(data: bytes) -> None:
    whole = len(data) - _ARCHIVE_END_LENGTH
    if _archive_ends_at(data) != whole:
        raise WrongFileError("two_in_one" if 0 <= data.rfind(_ARCHIVE_END) <= whole else "damaged")
    try:
        package = Package(data)
        relations = package.relations(package.main)
    except SourceError as error:
        raise WrongFileError(_REASONS.get(error.code, "damaged")) from error
    # ActiveX controls run, objects of other programs hide what they are, and a template elsewhere brings its macros along.
    for relation in relations:
        if relation.kind in _RUNNING_PARTS or relation.kind in {"oleObject", "package", "attachedTemplate"}:
            raise WrongFileError("active")
        if relation.is_external and relation.kind not in {"hyperlink", "image"}:
            raise WrongFileError("active")


# --- PDF (ISO 32000-2) ------------------------------------------------------------------------------------------------
_STREAM: Final = re.compile(rb"(>>[\s\x00]*)stream\r?\n(.*?)endstream", re.DOTALL)
_OBJECT: Final = re.compile(rb"\s\d{1,10}\s+\d{1,5}\s+obj\b")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_END_OF_NAME: Final = rb"(?=[\s\x00()<>\[\]{}/%]|$)"
_ENCRYPTED: Final = re.compile(rb"/Encrypt" + _END_OF_NAME)
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|XFA)" + _END_OF_NAME
)
_OBJECT_STREAM: Final = re.compile(rb"/ObjStm" + _END_OF_NAME)
_DICTIONARY_REACH: Final = 4_096
_PDF_END_REACH: Final = 1_024
MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes that the packed objects of a PDF may come to, all together."""


def _check_pdf(data: bytes) -> None:
    if not re.match(rb"%PDF-[12]\.\d", data):
        raise WrongFileError("damaged")
    end = data.rfind(b"%%EOF", max(0, len(data) - _PDF_END_REACH))
    if end < 0:
        raise WrongFileError("damaged")
    if data[end + 5 :].strip(b"\r\n\t \x00"):
        raise WrongFileError("two_in_one")
    for part in _pdf_structure(data):
        plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)
        if _ENCRYPTED.search(plain):
            raise WrongFileError("encrypted")
        if _ACTIVE.search(plain):
            raise WrongFileError("active")


def _pdf_structure(data: bytes) -> Iterator[bytes]:
    """Yield what a PDF's objects are written in: the file without its streams, and the streams that hold objects.

    What looks like an object inside another stream is yielded too: a reader might find it there.
    """
    outside, position, unpacked = [], 0, 0
    for found in _STREAM.finditer(data):
        before = data[max(position, found.start() - _DICTIONARY_REACH) : found.start() + 2]
        outside.append(data[position : found.start(2)])
        position = found.end(2)
        dictionary = before[before.rfind(b"obj") :] if b"obj" in before else before
        if _OBJECT_STREAM.search(_ESCAPED.sub(lambda hexed: bytes([int(hexed[1], 16)]), dictionary)):
            objects = _inflate(found[2], MAX_UNPACKED - unpacked)
            unpacked += len(objects)
            yield objects
        elif _OBJECT.search(found[2]):
            yield found[2]
    outside.append(data[position:])
    yield b"\n".join(outside)


def _inflate(data: bytes, limit: int) -> bytes:
    """Unpack the objects of a stream. Raises for more than the limit, and for what is packed in another way."""
    machine = zlib.decompressobj()
    try:
        content = machine.decompress(data, limit + 1)
    except zlib.error as error:
        # Packed in a way that hides what it says.
        raise WrongFileError("encrypted") from error
    if len(content) > limit:
        raise WrongFileError("bomb")
    return content


# --- Images -----------------------------------------------------------------------------------------------------------
_PNG_BEGINNING: Final = b"\x89PNG\r\n\x1a\n"


def _check_png(data: bytes) -> None:
    """Walk the chunks from the header to the end (ISO/IEC 15948, clause 5)."""
    position, is_first = len(_PNG_BEGINNING), True
    while position + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data) or is_first != (kind == b"IHDR"):
            raise WrongFileError("damaged")
        if zlib.crc32(data[position + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise WrongFileError("damaged")
        position, is_first = end, False
        if kind == b"IEND":
            return _refuse_rest(data, position)
    raise WrongFileError("damaged")


_MARK, _SCAN, _END, _ALONE = 0xFF, 0xDA, 0xD9, {0x01, *range(0xD0, 0xD8)}
_MARKER_IN_SCAN: Final = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)


def _check_jpeg(data: bytes) -> None:
    """Walk the markers from the start of the image to its end (ITU-T T.81, annex B)."""
    position, has_scan = 2, False
    while position + 2 <= len(data) and data[position] == _MARK:
        marker = data[position + 1]
        if marker == _MARK:
            position += 1
            continue
        if marker == _END and has_scan:
            return _refuse_rest(data, position + 2)
        if marker in _ALONE:
            position += 2
            continue
        if position + 4 > len(data):
            break
        position += 2 + int.from_bytes(data[position + 2 : position + 4])
        if marker == _SCAN:
            has_scan = True
            found = _MARKER_IN_SCAN.search(data, position)
            if found is None:
                break
            position = found.end() - 2
    raise WrongFileError("damaged")


_WEBP_LEAST: Final = 20


def _check_webp(data: bytes) -> None:
    """Look at the container's length and walk its chunks (RFC 9649)."""
    if len(data) < _WEBP_LEAST or data[8:12] != b"WEBP":
        raise WrongFileError("unknown")
    length = int.from_bytes(data[4:8], "little") + 8
    if length > len(data):
        raise WrongFileError("damaged")
    _refuse_rest(data, length)
    position, kinds = 12, set()
    while position + 8 <= length:
        kind, size = struct.unpack_from("<4sI", data, position)
        kinds.add(kind)
        position += 8 + size + size % 2
    if position != length or not kinds & {b"VP8 ", b"VP8L", b"ANMF"}:
        raise WrongFileError("damaged")


def _refuse_rest(data: bytes, end: int) -> None:
    if len(data) > end:
        raise WrongFileError("two_in_one")


_CHECKS: Final[tuple[tuple[bytes, FileKind, Callable[[bytes], None]], ...]] = (
    (b"%PDF-", PDF, _check_pdf),
    (b"PK\x03\x04", DOCX, _check_word),
    (_PNG_BEGINNING, PNG, _check_png),
    (b"\xff\xd8\xff", JPEG, _check_jpeg),
    (b"RIFF", WEBP, _check_webp),
)
