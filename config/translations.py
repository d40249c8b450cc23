"""Compile message catalogues (.po to .mo) with Babel, so that no machine needs the gettext programs."""

import os
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


class CatalogueError(Exception):
    """A catalogue cannot be read or its compiled form not written; the message names the file and what to do."""


def compile_catalogues(folders: Iterable[Path]) -> list[Path]:
    """Compile each catalogue whose compiled form is missing or older than it; return those that were compiled.

    `folders` hold `<language>/LC_MESSAGES/*.po`. Entries marked fuzzy are left out, as gettext does. The compiled form is
    put in place at once: another process may be reading it. Raises CatalogueError.
    """
    stale = [
        source
        for folder in folders
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))
        if _is_stale(source, source.with_suffix(".mo"))
    ]
    for source in stale:
        _compile(source, source.with_suffix(".mo"))
    return stale


def _is_stale(source: Path, compiled: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path, compiled: Path) -> None:
    half_written = compiled.with_suffix(f".{os.getpid()}.new")
    try:
        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        with half_written.open("wb") as file:
            write_mo(file, catalogue)
        half_written.replace(compiled)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CatalogueError(f"The catalogue {source} cannot be read ({error}): correct it there.") from error
    except OSError as error:
        raise CatalogueError(
            f"The catalogue {source} cannot be compiled ({error}): make its folder writable for this account."
        ) from error
