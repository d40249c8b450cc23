"""`python3 manage.py check_files`: whether every file beside a submission is still there, and the one that it was."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.stored_files import CHANGED, FilesReport, LostFile, check_files


class Command(BaseCommand):
    """Compare the stored files with the rows that lead to them."""

    help = (
        "Read every file beside a submission and compare it with its digest, and list stored files that no submission has. "
        "Ends with 1 where a file is lost, or lies about."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to tidy up, and whether the answer is for a program."""
        parser.add_argument(
            "--delete-orphans",
            action="store_true",
            help="remove files that no submission has, where they are older than 24 hours",
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what was found."""
        try:
            report = check_files(delete_orphans=options["delete_orphans"])
        except OSError as error:
            raise CommandError(_("The storage of files cannot be read: %(error)s") % {"error": error}) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False, indent=2))
        elif options["verbosity"]:
            self._tell(report)
        if not report.is_whole:
            raise CommandError(_("Not every stored file is as it should be."))

    def _tell(self, report: FilesReport) -> None:
        count = ngettext(
            "%(count)d file belongs to submissions.", "%(count)d files belong to submissions.", report.files
        )
        self.stdout.write(count % {"count": report.files})
        for lost in report.lost:
            self.stdout.write(_say_lost(lost))
        for path in report.orphaned:
            message = (
                _("No submission has %(path)s. It was removed.")
                if path in report.deleted
                else _("No submission has %(path)s.")
            )
            self.stdout.write(message % {"path": path})


def _say_lost(lost: LostFile) -> str:
    message = (
        _("%(path)s is not the file that was attached. Submissions that have it: %(submissions)s.")
        if lost.problem == CHANGED
        else _("%(path)s is missing or cannot be read. Submissions that have it: %(submissions)s.")
    )
    return message % {"path": lost.path, "submissions": ", ".join(map(str, lost.submissions))}
