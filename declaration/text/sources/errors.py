"""Why a file cannot be read, with where and what to do."""

from collections.abc import Mapping
from typing import Final

from declaration.text.findings import gettext_noop

MESSAGES: Final[Mapping[str, str]] = {
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop("The file is larger than %(limit)s bytes. Remove pictures, or bring it in part by part."),
    "html_page": gettext_noop(
        "The file is a web page, not a Word document: the site it came from probably answered with a message. "
        "Open it in a text editor to see what it says, and download the document again."
    ),
    "old_word": gettext_noop(
        "The file is an older Word document (.doc). Open it in a word processor and save it as .docx."
    ),
    "encrypted": gettext_noop("The file is protected with a password. Save it without one and bring it in again."),
    "other_format": gettext_noop("The file is a %(format)s file. Save it as .docx or as plain text (UTF-8)."),
    "not_word": gettext_noop("The file is a package, but holds no Word document."),
    "truncated": gettext_noop("The file is not complete: its end is missing. Download or copy it again."),
    "damaged": gettext_noop("The part %(part)s of the file is damaged (%(detail)s). Download or copy the file again."),
    "part_missing": gettext_noop("The part %(part)s of the file is missing. Download or copy the file again."),
    "macros": gettext_noop(
        "The file carries macros (%(part)s). Save it as .docx, which has none, and bring it in again."
    ),
    "bomb": gettext_noop(
        "The part %(part)s of the file would grow to %(size)s bytes when unpacked; at most %(limit)s are read."
    ),
    "too_large_unpacked": gettext_noop(
        "The file would grow to %(size)s bytes when unpacked; at most %(limit)s are read. Remove pictures."
    ),
    "too_many_tags": gettext_noop(
        "The part %(part)s of the file holds more than %(limit)s marks. Bring the text in part by part."
    ),
    "too_many_parts": gettext_noop("The file holds %(count)s parts; at most %(limit)s are read."),
    "doctype": gettext_noop(
        "The part %(part)s of the file declares a document type or entities, as no Word file does."
    ),
    "too_many_lines": gettext_noop(
        "The text has %(count)s lines or paragraphs; at most %(limit)s are read. Bring it in part by part."
    ),
    "line_too_long": gettext_noop("Line %(line)s has %(count)s characters; at most %(limit)s are read. Divide it."),
    "text_too_long": gettext_noop("The text has more than %(limit)s characters. Bring it in part by part."),
    "not_utf8": gettext_noop("Line %(line)s is not written in UTF-8. Save the file as plain text in UTF-8."),
    "not_text": gettext_noop("Line %(line)s holds null characters: the file is no text."),
}
"""A sentence for each code, with named places for the error's parameters."""


class SourceError(ValueError):
    """A file or text cannot be read. `code` is a key of `MESSAGES`, `params` fills its places."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(MESSAGES[code] % params)
        self.code = code
        self.params: dict[str, str | int] = params

    @property
    def message(self) -> str:
        """The reason in English; pages translate `MESSAGES[code]` and fill in `params`."""
        return MESSAGES[self.code] % self.params
