"""Send the mail that waits, and tell what is due: for a task that runs every minute, or as a process of its own."""

import signal
import threading
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from consultations.jobs import keep_sending
from consultations.models import Notice
from consultations.notices import absolute
from consultations.services.due import run_due


class Command(BaseCommand):
    """Send what waits once, or until stopped."""

    help = "Send the mail that waits, with the reminders and the digest that are due now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let it go on instead of being started every minute."""
        parser.add_argument("--keep-running", action="store_true", help="go on until stopped, instead of once")

    def handle(self, *_args: Any, keep_running: bool, **_options: Any) -> None:
        """Send; tell how much, and to whom nothing."""
        if keep_running:
            keep_sending(stopped_by_signal())
            return
        try:
            tally = run_due()
        except (OperationalError, InterfaceError) as error:
            raise CommandError(
                "The database went away. What was not sent still waits: run the command again when the database is back."
            ) from error
        self.stdout.write(
            f"Sent {tally.sent}, no longer true {tally.dropped}, put off {tally.put_off}, given up {tally.failed}."
        )
        if tally.put_off:
            self.stderr.write("The mail server did not take some of the mail; it is tried again by later runs.")
        self._tell_given_up()

    def _tell_given_up(self) -> None:
        """Tell how much mail of which kind was given up, and where staff read to whom: no address gets into a log."""
        counted = Counter(Notice.objects.given_up_for_staff().values_list("kind", flat=True))
        if counted:
            kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(counted.items()))
            page = absolute("staff-given-up-mail", language="en")
            self.stderr.write(f"Given up so far: {kinds}. Staff read why, and send it again, at {page}.")


def stopped_by_signal() -> threading.Event:
    """Return an event that the signals which end a program set, so that a mail which is being sent is finished."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop
