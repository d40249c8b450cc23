"""`python3 manage.py load_demonstration`: invented delegations, what they say, and answers to it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations.importers.demonstration import load_demonstration
from declaration.errors import Refused
from declaration.importers.problems import InvalidFiles


class Command(BaseCommand):
    """Load the demonstration, on a site that is for looking around."""

    help = (
        "Load invented delegations with accounts, their comments on the illustrative draft, and answers to them. Where "
        "they are there already, nothing changes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to load it on a site that is for more than looking around."""
        parser.add_argument(
            "--force",
            action="store_true",
            help="load it without DEBUG, or among real submissions; its accounts then have no password",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, and say what there is."""
        try:
            loaded = load_demonstration(force=options["force"])
        except (InvalidFiles, Refused) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] < 1:
            return
        if not loaded.is_new:
            self.stdout.write(_("The demonstration is there already. Nothing was changed."))
            return
        message = _(
            "Loaded: %(delegation)d invented delegations, %(user)d accounts, %(call)d calls, "
            "%(submission)d submissions, %(disposition)d answers."
        )
        self.stdout.write(message % loaded.counts)
        if not settings.DEBUG:
            self.stdout.write(
                _("The accounts have no password. Set one for those you want: manage.py changepassword ADDRESS.")
            )
