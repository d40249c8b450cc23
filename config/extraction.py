"""Gather what the site says for translation, and bring the catalogues (.po) up to date with it.

Babel reads and writes; Django's own `templatize` finds what templates say. So no machine needs the gettext programs, and the
same sources give the same files, byte for byte: no dates, no line numbers, no wrapping.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

from config.translations import CatalogueError

# Where the site's words are; tests and migrations say nothing to readers.
SOURCES = ("activities", "config", "consultations", "declaration", "templates")
SILENT = {"migrations", "__pycache__"}

# Folder of the catalogue → how many forms a counted noun takes, and which number takes which.
# GNU gettext's manual, "Plural forms"; Arabic as in Django's own catalogue: none, one, two, few, many, other.
PLURALS = {
    "ar": (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5"),
    "es": (2, "(n != 1)"),
    "fr": (2, "(n > 1)"),
    "ru": (3, "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"),
    "zh_Hans": (1, "0"),
}

# The functions of django.utils.translation, which messages come first in their arguments ("c": the context).
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAG = "Translators:"


@dataclass(frozen=True)
class Tally:
    """How far a catalogue is: all its messages, those without a translation, those whose translation may be out of date."""

    messages: int
    untranslated: int
    fuzzy: int


def extract_messages(root: Path) -> Catalog:
    """Gather the messages of the sources under `root`, by file in alphabetical order, then as they stand in the file."""
    template = Catalog()
    for path in sorted(_sources(root)):
        place = path.relative_to(root).as_posix()
        source = path.read_bytes() if path.suffix == ".py" else _as_python(path)
        for _line, message, comments, context in extract(
            "python", BytesIO(source), KEYWORDS, (COMMENT_TAG,), options={"encoding": "utf-8"}
        ):
            template.add(message, None, [(place, 1)], auto_comments=comments, context=context)
    return template


def catalogue_path(folder: Path, language: str) -> Path:
    """Return where the catalogue of a language (a key of PLURALS) is kept in a folder of catalogues."""
    return folder / language / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """Read a catalogue, or start an empty one where there is none. Raises CatalogueError."""
    content = path.read_bytes() if path.exists() else _header(language)
    try:
        return read_po(BytesIO(content), locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CatalogueError(f"The catalogue {path} cannot be read ({error}): correct it there.") from error


def merge(catalogue: Catalog, template: Catalog) -> bytes:
    """Give a catalogue the messages of the sources, in their order, and return the text of its file.

    Translations of messages that no longer exist go; where a new message resembles one of them, its translation is kept
    beside the new one as a suggestion marked fuzzy, which is not shown to readers before a translator has confirmed it.
    """
    catalogue.update(template, update_header_comment=False)
    for message in catalogue:
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.fuzzy and not any(forms):
            message.flags.discard("fuzzy")  # it resembles one that had no translation either
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, ignore_obsolete=True, include_lineno=False)
    return _header(str(catalogue.locale)) + b"\n" + body.getvalue().strip() + b"\n"


def write_catalogue(path: Path, content: bytes) -> None:
    """Put a catalogue in place at once, and leave alone one that says the same already. Raises CatalogueError."""
    if path.exists() and path.read_bytes() == content:
        return
    half_written = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half_written.write_bytes(content)
        half_written.replace(path)
    except OSError as error:
        raise CatalogueError(f"The catalogue {path} cannot be written ({error}): make its folder writable.") from error


def tally(catalogue: Catalog) -> Tally:
    """Count what a catalogue holds and lacks."""
    messages = [message for message in catalogue if message.id]
    return Tally(
        messages=len(messages),
        untranslated=sum(1 for message in messages if not message.fuzzy and not is_translated(message.string)),
        fuzzy=sum(1 for message in messages if message.fuzzy),
    )


def is_translated(string: str | Sequence[str] | None) -> bool:
    """Tell whether there is a translation, with all its forms where the message counts something."""
    return bool(string) and all(string or ())


def _sources(root: Path) -> Iterator[Path]:
    for folder in SOURCES:
        suffixes = {".html", ".txt"} if folder == "templates" else {".py"}
        for path in (root / folder).rglob("*"):
            if path.suffix in suffixes and SILENT.isdisjoint(path.relative_to(root).parts):
                yield path


def _as_python(template: Path) -> bytes:
    """Read a Django template: its translation tags become calls that the extractor for Python knows.

    Around the calls `templatize` leaves marks in the shape of the page; in brackets their indentation means nothing.
    """
    calls = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    return f"(\n{calls}\n)".encode()


def _header(language: str) -> bytes:
    """Return the first entry of a catalogue: what readers of the format need, and nothing that changes by itself."""
    count, expression = PLURALS[language]
    return (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: Travaux\\n"\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={count}; plural={expression};\\n"\n'
    ).encode()
