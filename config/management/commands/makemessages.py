"""Django's command of this name, without the gettext programs that it needs, and always with the same result."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.extraction import (
    PLURALS,
    catalogue_path,
    extract_messages,
    is_translated,
    merge,
    read_catalogue,
    tally,
    write_catalogue,
)
from config.proofreading import flaws
from config.translations import CatalogueError


class Command(BaseCommand):
    """Bring every catalogue up to date with what the site says, and tell how far each is."""

    help = "Gather what the site says into the catalogues (locale/*/LC_MESSAGES/django.po), and tell what is left to translate."
    requires_system_checks = ()  # the sources are read, not run

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let a translator work on one language, and see what is left of it."""
        parser.add_argument(
            "languages", nargs="*", metavar="LANGUAGE", help=f"of {', '.join(PLURALS)}; all if none is named"
        )
        parser.add_argument("--missing", action="store_true", help="print each message that waits for a translator")

    def handle(self, *_args: Any, languages: list[str], missing: bool, **_options: Any) -> None:
        """Write the catalogues, then list their flaws: with one, the command fails."""
        if unknown := set(languages) - set(PLURALS):
            raise CommandError(f"No catalogue: {', '.join(sorted(unknown))}. Choose from {', '.join(PLURALS)}.")
        folder = Path(settings.LOCALE_PATHS[0])
        template = extract_messages(Path(settings.BASE_DIR))
        found = []
        try:
            for language in languages or PLURALS:
                path = catalogue_path(folder, language)
                write_catalogue(path, merge(read_catalogue(path, language), template))
                catalogue = read_catalogue(path, language)
                self._tell(language, catalogue, in_full=missing)
                found += [f"{path}: {flaw}" for flaw in flaws(catalogue)]
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        if found:
            raise CommandError("\n".join(found))

    def _tell(self, language: str, catalogue: Catalog, *, in_full: bool) -> None:
        """Say how far a language is and, in full, print each message that waits for a translator."""
        count = tally(catalogue)
        self.stdout.write(
            f"{language:8}{count.messages} messages, {count.untranslated} to translate, {count.fuzzy} to confirm"
        )
        for message in catalogue if in_full else ():
            if message.id and (message.fuzzy or not is_translated(message.string)):
                self.stdout.write(f"  {'to confirm' if message.fuzzy else 'to translate'}: {message.id!r}")
