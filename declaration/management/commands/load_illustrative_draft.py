"""`python3 manage.py load_illustrative_draft`: the text that ships with the software, written for demonstration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from declaration.importers.draft_file import ILLUSTRATIVE_DRAFT, bring_in_draft
from declaration.importers.problems import InvalidFiles


class Command(BaseCommand):
    """Bring the illustrative draft in and publish it."""

    help = "Bring in the illustrative draft and publish it. Where it is there already, nothing changes."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Bring it in, and say whether it was new."""
        try:
            brought = bring_in_draft(ILLUSTRATIVE_DRAFT)
        except InvalidFiles as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            about = {
                "ordinal": brought.draft.ordinal,
                "name": brought.draft.name,
                "clauses": brought.draft.clauses.count(),
            }
            message = (
                _("Draft %(ordinal)d, “%(name)s”, is published, with %(clauses)d clauses.")
                if brought.is_new
                else _(
                    "Draft %(ordinal)d, “%(name)s”, is there already, with %(clauses)d clauses. Nothing was changed."
                )
            )
            self.stdout.write(message % about)
