"""`python3 manage.py import_text FILE`: bring a text in from a Word file or plain text, or look at how it is read."""

import json
import sys
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.import_report import report_text
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Declaration, Document, Draft
from declaration.services import create_draft
from declaration.services.imports import add_text, begin_import, commit_import, read_import
from declaration.text.parser import parse
from declaration.text.references import MAX_REFERENCE_LENGTH
from declaration.text.sources import SourceError, read_file
from declaration.text.sources.errors import MESSAGES as SOURCE_MESSAGES
from declaration.text.sources.limits import MAX_FILE_BYTES

_MAX_SHOWN: Final = 20


class Command(BaseCommand):
    """Bring a text in, wholly or not at all."""

    help = (
        "Bring a text in from a Word file (.docx) or a plain text (UTF-8): into a draft in preparation, as the text of a "
        "document, or into a new draft where neither is named. With --preview nothing is written, and no database is needed."
    )
    # Reading a text asks nothing of the site or its database.
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, its language, and where the text goes."""
        parser.add_argument("file", metavar="FILE", help="the file, or - for what is piped in")
        parser.add_argument(
            "--language", choices=list(TEXT_LANGUAGES), default="", help="told from the text unless given"
        )
        target = parser.add_mutually_exclusive_group()
        target.add_argument("--draft", type=int, metavar="N", help="the number of a draft in preparation")
        target.add_argument("--document", metavar="SYMBOL", help="the symbol of a document on record")
        parser.add_argument("--preview", action="store_true", help="show how the text is read, and write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read the file; show it, or store it. A file or a target that does not fit is told in one sentence."""
        data = _read(options["file"])
        try:
            if options["preview"]:
                self._preview(data, options)
            else:
                self._bring_in(data, options)
        except SourceError as error:
            raise CommandError(f"{options['file']}: {_(SOURCE_MESSAGES[error.code]) % error.params}") from error
        except Refused as error:
            raise CommandError(str(error)) from error

    def _preview(self, data: bytes, options: dict[str, Any]) -> None:
        parsed = parse(read_file(data), language=options["language"] or None).as_json()
        if options["json"]:
            self._print_json(parsed)
            return
        for line in report_text(parsed):
            self.stdout.write(line)

    @transaction.atomic
    def _bring_in(self, data: bytes, options: dict[str, Any]) -> None:
        self._tell(_("Reading the text…"), options)
        if not options["language"]:
            options = {**options, "language": parse(read_file(data)).language}
        draft, document = _find_target(options)
        text_import = begin_import(draft=draft, document=document)
        name = "" if options["file"] == "-" else options["file"]
        add_text(text_import=text_import, data=data, file_name=name, language=options["language"])
        text_import.refresh_from_db()
        obstacles = read_import(text_import).obstacles
        if obstacles:
            told = "\n".join(obstacle.message for obstacle in obstacles[:_MAX_SHOWN])
            raise CommandError(
                _(
                    "The text cannot be brought in as it is; nothing was written. Correct it in the staff pages, or in the file:"
                )
                + f"\n{told}"
            )
        self._tell(_("Storing the clauses…"), options)
        target = commit_import(text_import=text_import, expected_revision=text_import.revision)
        self._say_stored(target, text_import.texts.get().language, options)

    def _say_stored(self, target: Draft | Document, language: str, options: dict[str, Any]) -> None:
        if isinstance(target, Draft):
            count = target.clauses.filter(wordings__language=language).count()
            answer = {"draft": target.ordinal, "language": language, "clauses": count}
            message = _("Draft %(draft)d has %(clauses)d clauses in %(name)s now.")
        else:
            count = target.paragraphs.filter(language=language).count()
            answer = {"document": target.symbol or target.slug, "language": language, "paragraphs": count}
            message = _("%(document)s has %(paragraphs)d paragraphs in %(name)s now.")
        if options["json"]:
            self._print_json(answer)
        elif options["verbosity"] > 0:
            self.stdout.write(message % {**answer, "name": TEXT_LANGUAGES[language]})

    def _tell(self, message: str, options: dict[str, Any]) -> None:
        if options["verbosity"] > 0 and not options["json"]:
            self.stderr.write(message)

    def _print_json(self, answer: dict[str, Any]) -> None:
        encoding = (getattr(self.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
        self.stdout.write(json.dumps(answer, ensure_ascii=encoding != "utf8"))


def _read(name: str) -> bytes:
    """Return what a file holds, at most one byte more than is read of any."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CommandError(_("%(file)s cannot be read: %(reason)s.") % {"file": name, "reason": reason}) from error


def _find_target(options: dict[str, Any]) -> tuple[Draft | None, Document | None]:
    """Return the draft or document that was named, or a new draft in preparation."""
    if options["document"] is not None:
        symbol = options["document"][:MAX_REFERENCE_LENGTH]
        document = Document.objects.filter(symbol=symbol).first() or Document.objects.filter(slug=symbol).first()
        if document is None:
            raise CommandError(_("There is no document %(symbol)s on record. Add it first.") % {"symbol": symbol})
        return None, document
    if options["draft"] is not None:
        draft = Draft.objects.filter(ordinal=options["draft"]).first() if 0 < options["draft"] < 2**15 else None
        if draft is None:
            raise CommandError(_("There is no draft %(number)d.") % {"number": options["draft"]})
        return draft, None
    return _begin_draft(options["language"]), None


def _begin_draft(language: str) -> Draft:
    """Begin the next draft of the only declaration there is."""
    declarations = list(Declaration.objects.all()[:2])
    if len(declarations) != 1:
        raise CommandError(_("Say where the text goes: --draft with its number, or --document with its symbol."))
    drafts = Draft.objects.filter(declaration=declarations[0])
    preparing = drafts.filter(status=Draft.Status.PREPARING).order_by("ordinal").first()
    if preparing is not None:
        raise CommandError(
            _("Draft %(number)d is being prepared already. Bring the text into it with --draft %(number)d.")
            % {"number": preparing.ordinal}
        )
    before = drafts.exclude(status=Draft.Status.WITHDRAWN).order_by("-ordinal").first()
    number = (Draft.objects.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0) + 1
    return create_draft(
        declaration=declarations[0],
        name={"en": f"Draft {number}"},
        stage=Draft.Stage.REVISED if before else Draft.Stage.ZERO,
        languages=[language],
        ordinal=number,
        supersedes=before,
    )
