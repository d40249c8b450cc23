"""Which kind of file it is, told by its first bytes and never by its name."""

import re
from pathlib import Path
from typing import BinaryIO, Final

from declaration.text.sources import limits
from declaration.text.sources.docx import read_docx
from declaration.text.sources.errors import SourceError
from declaration.text.sources.lines import Source
from declaration.text.sources.plain import decode, read_text

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An encrypted Office file is an OLE container whose directory names its streams in UTF-16.
_ENCRYPTED: Final = tuple(name.encode("utf-16-le") for name in ("EncryptedPackage", "EncryptionInfo"))
_HTML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE)
_OTHER: Final = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xffWPC", "WordPerfect"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
)
_HEAD: Final = 2048


def read_file(file: Path | bytes | BinaryIO) -> Source:
    """Return the lines of a .docx or plain text file, given as a path, its bytes, or an open binary file.

    No more than the limit is read of it. Raises `SourceError` for anything else, `OSError` for a path that cannot be
    read.
    """
    data = _bytes(file)
    if not data:
        raise SourceError("empty")
    if data.startswith(_ZIP):
        return read_docx(data)
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise SourceError("not_word")
    _refuse_other(data)
    return read_text(decode(data))


def _bytes(file: Path | bytes | BinaryIO) -> bytes:
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return _bytes(opened)
    data = file if isinstance(file, bytes) else file.read(limits.MAX_FILE_BYTES + 1)
    if len(data) > limits.MAX_FILE_BYTES:
        raise SourceError("too_large", limit=limits.MAX_FILE_BYTES)
    return data


def _refuse_other(data: bytes) -> None:
    """Raise for a file whose beginning says that it is neither a Word file nor a plain text."""
    head = data[:_HEAD]
    if head.startswith(_OLE):
        raise SourceError("encrypted" if any(name in data for name in _ENCRYPTED) else "old_word")
    if _HTML.match(head):
        raise SourceError("html_page")
    if _XML.match(head):
        raise SourceError("other_format", format="XML")
    for start, name in _OTHER:
        if head.startswith(start):
            raise SourceError("other_format", format=name)
