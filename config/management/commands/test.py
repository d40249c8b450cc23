"""`python3 manage.py test`: the test suite, run by pytest."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.management.base import BaseCommand, CommandError

from config import development
from config.database import DatabaseUnusableError
from config.private_postgres.errors import PrivateServerError
from config.translations import CatalogueError

# Each has a database of its own and two or three connections, of which the private server gives out a hundred.
MOST_WORKERS = 16


class Command(BaseCommand):
    """Prepare the database server and the translations, then hand everything after `test` to pytest."""

    help = (
        "Run all tests, on all processors. What follows is for pytest: files, folders and options, as in "
        "`test tests/declaration -k dates`."
    )
    requires_system_checks = ()  # the tests load everything themselves

    def run_from_argv(self, argv: list[str]) -> None:
        """Take the arguments as they are: pytest, not Django, knows its options."""
        try:
            self.execute(*argv[2:], no_color=False, force_color=False, skip_checks=True)
        except CommandError as error:
            sys.exit(str(error))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name what is handed on."""
        parser.add_argument("pytest_arguments", nargs="*")

    def handle(self, *arguments: str, **_options: Any) -> None:
        """Run the tests and end with pytest's own exit code."""
        try:
            development.prepare_database(self.report)
            development.prepare_translations(self.report)
            code = pytest.main(with_defaults(arguments))
        except (PrivateServerError, DatabaseUnusableError, CatalogueError) as error:
            raise CommandError(str(error)) from error
        finally:
            development.leave_database()
        sys.exit(code)

    def report(self, line: str) -> None:
        """Show a line of progress at once."""
        self.stdout.write(line)
        self.stdout.flush()


def with_defaults(arguments: Sequence[str]) -> list[str]:
    """Return pytest's arguments: as they are, or, for the whole suite, a worker for each processor.

    Tests that share what is long to make are run by the same worker.
    """
    return list(arguments) or [f"--numprocesses={min(os.cpu_count() or 1, MOST_WORKERS)}", "--dist=loadgroup"]
