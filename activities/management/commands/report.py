"""`python3 manage.py report`: the activities section of a report to the Council or the Assembly, as a Word file."""

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from activities.reporting.period import Period
from activities.reporting.writing import file_name, write_report
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES


class Command(BaseCommand):
    """Write what the record has of a period, and nothing else."""

    help = (
        "Write the activities section of a report as a Word file: what each request asked and what answers it, the "
        "activities in order, who was consulted, and the views by theme."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the period, the language, and where the file goes."""
        parser.add_argument("--from", dest="since", required=True, help="when it begins: 2011, 2011-08 or 2011-08-01")
        parser.add_argument("--to", dest="until", required=True, help="when it ends: 2012, 2012-12 or 2012-12-31")
        parser.add_argument("--language", choices=list(TEXT_LANGUAGES), default="en", help="the language of the report")
        parser.add_argument("--output", type=Path, help="the file; otherwise one named for the period, here")
        parser.add_argument("--overwrite", action="store_true", help="write over a file that is there")
        parser.add_argument(
            "--internal", action="store_true", help="with what staff alone may read, each marked; not to be passed on"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it whole or not at all, and say where it is."""
        try:
            period = Period.parse(options["since"], options["until"])
        except Refused as error:
            raise CommandError(str(error)) from error
        language, internal = options["language"], options["internal"]
        path = options["output"] or Path(file_name(period, language, is_internal=internal))
        if path.exists() and not options["overwrite"]:
            message = _("%(path)s is there already, and was perhaps worked on. Name another file, or add --overwrite.")
            raise CommandError(message % {"path": path})
        data = write_report(period=period, language=language, is_internal=internal)
        try:
            _write_whole(path, data)
        except OSError as error:
            message = _("%(path)s cannot be written: %(reason)s.")
            raise CommandError(message % {"path": path, "reason": error.strerror}) from error
        if options["verbosity"] > 0:
            self.stdout.write(_("The report is in %(path)s.") % {"path": path})


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, and move it there once it is whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".report-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
