"""What runs beside the pages: mail is sent, and what is due is told, for as long as somebody lets it."""

import logging
import threading
import time
from typing import Final

from django.db import InterfaceError, OperationalError, connection

from consultations.services.due import run_due
from consultations.services.notices import send_waiting

logger = logging.getLogger(__name__)

SENT_EVERY: Final = 5.0
"""Seconds between looks for mail that waits: one query of a small index."""

DUE_EVERY: Final = 60.0
"""Seconds between looks for what is due by the clock alone: reminders, the digest."""


def keep_sending(stop: threading.Event, *, sent_every: float = SENT_EVERY, due_every: float = DUE_EVERY) -> None:
    """Send mail and tell what is due until `stop` is set.

    It outlives a database that is restarted, and whatever else goes wrong once: that is logged, and tried again.
    """
    last_due: float | None = None
    while not stop.is_set():
        now = time.monotonic()
        is_due = last_due is None or now - last_due >= due_every
        try:
            if is_due:
                run_due()
                last_due = now
            else:
                send_waiting()
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database could not be used; mail waits: %s", type(error).__name__)
        except Exception:
            # Whoever started this sees no traceback of a thread, and no mail would be sent any more without a word.
            logger.exception("Mail could not be sent; it is tried again.")
        finally:
            connection.close()
        stop.wait(sent_every)
