"""`python3 manage.py verify_receipt FILE`: whether a receipt is what this site issued."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations.receipts import signing
from consultations.receipts.verifying import MAX_BYTES, Verdict, verify_file


class Command(BaseCommand):
    """Check a receipt with the keys of this site, without its database."""

    help = "Check the file of a receipt with the keys of this site. Nothing is asked of the database or the network."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether the answer is for a program."""
        parser.add_argument("file", type=Path, help="the receipt as it was downloaded (JSON)")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what the receipt stands for, or what was changed; end with 1 where it does not hold."""
        verdict = verify_file(_read(options["file"]), keys=signing.public_keys())
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(verdict), ensure_ascii=False, indent=2))
        elif verdict.holds:
            self._tell(verdict)
        for note in [] if options["json"] else verdict.notes:
            self.stdout.write(_("Note: %(note)s") % {"note": note.message})
        if not verdict.holds:
            raise CommandError(
                _("This receipt does not hold. %(problems)s")
                % {"problems": " ".join(problem.message for problem in verdict.problems)}
            )

    def _tell(self, verdict: Verdict) -> None:
        receipt = verdict.receipt or {}
        party = receipt["content"].get("delegation", {})
        self.stdout.write(
            _("Receipt %(number)s holds: in call %(call)d this content of %(party)s was filed at %(time)s.")
            % {
                "number": receipt["number"],
                "call": receipt["call"],
                "party": party.get("key", "?"),
                "time": receipt["filed_at"],
            }
        )
        self.stdout.write(_("SHA-256 of the content: %(digest)s") % {"digest": receipt["content_sha256"]})
        if receipt["place"]:
            self.stdout.write(
                _("Place in the chain of the call: %(position)d, %(hash)s")
                % {"position": receipt["place"]["position"], "hash": receipt["place"]["chain_hash"]}
            )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(_("%(file)s cannot be read: %(error)s") % {"file": path, "error": error}) from error


def _as_data(verdict: Verdict) -> dict[str, Any]:
    return {
        "holds": verdict.holds,
        "number": (verdict.receipt or {}).get("number"),
        "problems": [vars(problem) for problem in verdict.problems],
        "notes": [vars(note) for note in verdict.notes],
    }
