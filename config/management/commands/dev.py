"""`python3 manage.py dev`: everything that is needed to look at the site on one's own machine, and the site."""

import os
import signal
import socket
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from config import development
from config.database import DatabaseUnusableError, reason_of
from config.private_postgres.errors import PrivateServerError
from config.translations import CatalogueError
from consultations.demonstration import accounts
from consultations.models import User

LARGEST_PORT = 65535

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - compared with, not listened on

REFUSALS = (development.PortTakenError, PrivateServerError, DatabaseUnusableError, CatalogueError)


class Command(BaseCommand):
    """Prepare the database and its content, then serve until stopped."""

    help = "Serve the site on this machine, with a database and everything to show made ready first."
    requires_system_checks = ()  # the server checks each time it starts

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address to serve on."""
        parser.add_argument("--port", type=port_number, default=8000, help="the port to serve on (8000)")
        parser.add_argument("--host", default="127.0.0.1", help="the address to serve on (127.0.0.1)")
        parser.add_argument("--noreload", action="store_true", help="do not start anew when a file changes")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prepare and serve."""
        signal.signal(signal.SIGTERM, _stop)
        host, port = options["host"], options["port"]
        try:
            development.require_free(host, port)
            development.prepare_database(self.report)
            development.prepare_translations(self.report)
            development.prepare_content(self.report)
            self.print_accounts()
            _serve(host, port, reload=not options["noreload"])
        except REFUSALS as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(
                f"The database went away or cannot do more ({reason_of(error)}): see that it runs and has space, and run the "
                "command again."
            ) from error
        finally:
            development.leave_database()

    def report(self, line: str) -> None:
        """Show a line of progress at once."""
        self.stdout.write(line)
        self.stdout.flush()

    def print_accounts(self) -> None:
        """Show with whom one can sign in: a demonstration account of each role, where the demonstration is loaded."""
        there = set(
            User.objects.filter(email__in=[email for _role, email, _password in accounts()]).values_list("email")
        )
        told = [account for account in accounts() if (account[1],) in there]
        if told:
            self.report("Demonstration accounts (role, e-mail, password):")
        for role, email, password in told:
            self.report(f"  {role:<16} {email:<40} {password}")


def port_number(text: str) -> int:
    """Read a port; raises ArgumentTypeError, which the command line tells."""
    if not (text.isascii() and text.isdigit() and int(text) <= LARGEST_PORT):
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to {LARGEST_PORT}")
    return int(text)


def _serve(host: str, port: int, *, reload: bool) -> None:
    # What the serving processes have to agree on: a throwaway key would end every session when a file changes.
    os.environ.setdefault("SECRET_KEY", settings.SECRET_KEY)
    os.environ.setdefault("ALLOWED_HOSTS", ",".join([*settings.ALLOWED_HOSTS, host, socket.gethostname()]))
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    reached_at = address if host not in EVERY_ADDRESS else f"127.0.0.1:{port}"
    settings.SITE_URL = os.environ.setdefault("SITE_URL", f"http://{reached_at}")
    os.environ["SENDS_MAIL"] = "1"
    # Django starts the serving process, and each one after a file has changed, with this process's command line; as
    # `runserver` it outlives a mistake in a file and waits for the next change.
    sys.argv = [sys.argv[0], "runserver", address]
    os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    call_command("runserver", address, use_reloader=reload, skip_checks=reload)


def _stop(_signal: int, _frame: Any) -> NoReturn:
    sys.exit(0)
