"""`python3 manage.py load_dossier`: the record of the mandate that ships with the software."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from activities.importers.dossier_kinds import WHOLE_RECORD
from declaration.importers.dossier import InvalidFiles, describe, load_dossier


class Command(BaseCommand):
    """Load the record: all of its files or, if anything is wrong with one of them, nothing."""

    help = (
        "Load the record of the mandate from its files. What is stored as the files have it is not written again; what "
        "was added or changed by hand stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where the files are, and whether to store what they hold."""
        parser.add_argument(
            "--check", action="store_true", help="find out what is wrong or would change; store nothing"
        )
        parser.add_argument(
            "--directory",
            type=Path,
            help="a folder with all of the files, instead of those that ship with the software",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        directory: Path | None = options["directory"]
        if directory and not directory.is_dir():
            raise CommandError(_("There is no folder %(path)s.") % {"path": directory})
        try:
            report = load_dossier(WHOLE_RECORD, directory=directory, check=options["check"])
        except InvalidFiles as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            for line in describe(report):
                self.stdout.write(line)
            if options["check"]:
                self.stdout.write(_("This was a check: nothing was stored."))
