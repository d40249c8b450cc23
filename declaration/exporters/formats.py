"""The formats in which a draft can be downloaded, and the file that each makes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from declaration.exporters.akn import render_akn
from declaration.exporters.data import render_json
from declaration.exporters.reading import DraftReading
from declaration.exporters.text import render_text
from declaration.exporters.word import render_word


@dataclass(frozen=True)
class Format:
    """A format: its name for people, its media type, the ending of its files, and what makes their content."""

    name: str | Promise
    content_type: str
    ending: str
    render: Callable[[DraftReading], bytes]


def _json(reading: DraftReading) -> bytes:
    return _joined(render_json(reading))


def _text(reading: DraftReading) -> bytes:
    return render_text(reading).encode()


def _joined(pieces: Iterable[str]) -> bytes:
    return "".join(pieces).encode()


FORMATS: Final[Mapping[str, Format]] = {
    "docx": Format(
        _("Word document"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        render_word,
    ),
    "txt": Format(_("plain text"), "text/plain; charset=utf-8", "txt", _text),
    "akn": Format(_("Akoma Ntoso (XML)"), "application/akn+xml", "akn.xml", render_akn),
    "json": Format(_("data (JSON)"), "application/json", "json", _json),
}
"""By the word that addresses have."""


MAX_WORDS: Final = 35
"""Characters of a title or a name in a file's name: file systems take 255 bytes, of which a Chinese character is three."""

_UNSAFE: Final = frozenset('\\/:*?"<>|')


def file_names(reading: DraftReading, ending: str) -> tuple[str, str]:
    """Return a file's name in plain letters, which tells drafts and languages apart, and one in the draft's own words."""
    languages = "-".join(reading.languages)
    plain = f"{reading.draft.declaration.slug}-draft-{reading.draft.ordinal}-{languages}.{ending}"
    words = f"{_short(reading.title(reading.language))} - {_short(reading.name(reading.language))}"
    return plain, f"{words} ({languages}).{ending}"


def _short(text: str) -> str:
    """Return words that every file system takes in a name, cut behind a whole word where they are many."""
    kept = "".join(" " if letter in _UNSAFE or not letter.isprintable() else letter for letter in text)
    words = " ".join(kept.split()).strip(" .")
    if len(words) <= MAX_WORDS:
        return words
    return words[:MAX_WORDS].rpartition(" ")[0] or words[:MAX_WORDS]


def attachment(plain: str, named: str = "") -> str:
    """Return the header that has a browser store a file under a name (RFC 6266): a plain one, and one in any letters."""
    header = f'attachment; filename="{plain}"'
    return f"{header}; filename*=UTF-8''{quote(named, safe='')}" if named else header
