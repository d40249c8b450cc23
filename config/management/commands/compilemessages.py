"""Django's command of this name, without the gettext programs that it needs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.translations import CatalogueError, compile_catalogues


class Command(BaseCommand):
    """Compile the message catalogues that have changed."""

    help = "Compile the message catalogues (.po to .mo) that have changed."
    requires_system_checks = ()  # the checks may want a translation

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Compile, and name what was compiled."""
        try:
            compiled = compile_catalogues(Path(folder) for folder in settings.LOCALE_PATHS)
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        for source in compiled:
            self.stdout.write(f"Compiled {source}")
