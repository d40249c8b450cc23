"""Django's development server, as `dev` starts it."""

import os
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.urls import reverse
from whitenoise.runserver_nostatic.management.commands.runserver import Command as RunserverCommand

from consultations.jobs import keep_sending

SECONDS_BETWEEN_LOOKS = 1.0


class Command(RunserverCommand):  # type: ignore[misc] # whitenoise brings no types
    """Serve; and end with the process that watches over this one, even if that was killed."""

    def inner_run(self, *args: Any, **options: Any) -> None:
        """Serve until stopped; under `dev` send mail beside that, by a thread that ends and starts anew with the server."""
        if os.environ.get("RUN_MAIN") == "true":
            threading.Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
        if os.environ.get("SENDS_MAIL"):
            threading.Thread(target=keep_sending, args=[threading.Event()], daemon=True).start()
        super().inner_run(*args, **options)

    def on_bind(self, server_port: int) -> None:
        """Say where the site is, now that it can be reached."""
        host = f"[{self.addr}]" if ":" in self.addr else self.addr
        self.stdout.write(f"Travaux is at {self.protocol}://{host}:{server_port}/ (Ctrl-C stops it)")
        if settings.SHOW_SENT_MAIL:
            self.stdout.write(f"Mail is not sent but shown at {settings.SITE_URL}{reverse('sent-mail-list')}")
        self.stdout.flush()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
