"""`python3 manage.py verify_chain`: whether every filing is what its receipt says, and none is missing."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.receipts.checking import BadLink, ChainReport, KeptHead, check_chains
from consultations.receipts.heads import read_kept_heads
from declaration.errors import Refused


class Command(BaseCommand):
    """Check the chains of all calls against the rows of the database."""

    help = (
        "Check every filing against its receipt, every receipt against its place in the chain of its call, and every "
        "chain against its head. Names the first bad link of each chain, and ends with 1 where there is one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take heads that were kept, and whether the answer is for a program."""
        parser.add_argument(
            "--heads",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="heads of chains that were kept elsewhere, as the API gives them out (JSON); may be given often",
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what was found."""
        kept = [head for path in options["heads"] for head in _read_heads(path)]
        reports = list(check_chains(kept_heads=kept))
        if options["json"]:
            self.stdout.write(json.dumps([_as_data(report) for report in reports], ensure_ascii=False, indent=2))
        elif options["verbosity"]:
            for report in reports:
                self.stdout.write(_tell(report))
        bad = sum(not report.holds for report in reports)
        if bad:
            message = ngettext("%(count)d chain does not hold.", "%(count)d chains do not hold.", bad)
            raise CommandError(message % {"count": bad})


def _read_heads(path: Path) -> list[KeptHead]:
    try:
        return read_kept_heads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Refused) as error:
        raise CommandError(_("%(file)s cannot be read: %(error)s") % {"file": path, "error": error}) from error


def _tell(report: ChainReport) -> str:
    if report.bad is None:
        message = ngettext(
            "Call %(call)d: %(count)d link, all as it was.",
            "Call %(call)d: %(count)d links, all as they were.",
            report.length,
        )
        return message % {"call": report.call, "count": report.length}
    return _("Call %(call)d: %(where)s. %(what)s") % {
        "call": report.call,
        "where": _where(report.bad),
        "what": report.bad.message,
    }


def _where(bad: BadLink) -> str:
    values = {"position": bad.position, "number": bad.number, "submission": bad.submission}
    if bad.position is None:
        return _("submission %(submission)d") % values
    if bad.number:
        return _("link %(position)d, receipt %(number)s, submission %(submission)d") % values
    return _("link %(position)d") % values


def _as_data(report: ChainReport) -> dict[str, Any]:
    return {
        "call": report.call,
        "length": report.length,
        "holds": report.holds,
        "first_bad_link": asdict(report.bad) if report.bad else None,
    }
