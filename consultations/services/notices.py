"""Mail: queued in the transaction of what it tells, written and sent afterwards, and never twice.

`queue_notice` is called by the services whose doings are told; `send_waiting` by the job that sends. A notice is claimed
before it is sent and settled after it: whoever dies in between leaves it claimed, and it is given up instead of repeated.
"""

import contextlib
import datetime as dt
import logging
import smtplib
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from consultations.models import Call, Delegation, Invitation, Notice, ParticipationRequest, User
from consultations.notices import absolute, write_letter

logger = logging.getLogger(__name__)

WAITS: Final = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120, 240, 480, 960))
"""How long a notice waits after each attempt that failed; after the last of them, about 32 hours in all, it is given up."""

SENDING_FOR: Final = dt.timedelta(minutes=15)
"""So long after it was claimed nobody is sending a notice any more: EMAIL_TIMEOUT is a small part of it."""

SETTLING_WAITS: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between attempts to write down that a mail went out, while the database is away."""

INTERRUPTED: Final = "Interrupted while it was being sent, so nobody knows whether it went out. It is not sent twice."

PERMANENT: Final = 500
"""From here on a mail server's replies say that trying again is of no use (RFC 5321, section 4.2.1)."""


@dataclass(frozen=True)
class Tally:
    """What became of the notices of one run: how many were sent, dropped as no longer true, put off, and given up."""

    sent: int = 0
    dropped: int = 0
    put_off: int = 0
    failed: int = 0


def queue_notice(
    *,
    kind: str,
    key: str,
    user: User | None = None,
    email: str = "",
    language: str = "",
    call: Call | None = None,
    delegation: Delegation | None = None,
    invitation: Invitation | None = None,
    participation_request: ParticipationRequest | None = None,
    details: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
    due_at: dt.datetime | None = None,
) -> Notice:
    """Queue one mail to one address, in the transaction of what it tells; return it, or the one that has this key.

    `key` says what it is about: asking twice sends once. The address and language are the user's, the invitation's or
    the request's unless given. It is sent at `due_at`, now unless said. What each kind reads beside that when it is written:

    - CALL_OPENED, CALL_EXTENDED, CALL_CLOSED, CALL_OPENED_EARLY, REMINDER: user, call, delegation (`services.telling` and `services.due` queue these)
    - DIGEST: user, details since and until (ISO 8601)
    - INVITATION: invitation. PARTICIPATION_ASKED: user, participation_request. PARTICIPATION_DECIDED: participation_request
    - CO_SPONSOR_ASKED, FILED: user, delegation, call, details submission (its id)
    - ANSWERED: user, delegation, call, details since and until
    - FOCAL_POINT: user, delegation, and invitation or details person (the new focal point's id)

    Raises ValueError where nobody is named to send it to.
    """
    notice = new_notice(
        kind=kind,
        key=key,
        user=user,
        email=email,
        language=language,
        call=call,
        delegation=delegation,
        invitation=invitation,
        participation_request=participation_request,
        details=dict(details or {}),
        at=at,
        due_at=due_at,
    )
    queue_all([notice])
    return Notice.objects.get(key=key)


def new_notice(
    *, kind: str, key: str, at: dt.datetime | None = None, due_at: dt.datetime | None = None, **fields: Any
) -> Notice:
    """Return a notice that is not stored yet, with the address and language of whom it is for; see `queue_notice`."""
    addressee = fields.get("user") or fields.get("invitation") or fields.get("participation_request")
    email = fields.pop("email", "") or getattr(addressee, "email", "")
    if not email:
        raise ValueError(f"A notice of the kind {kind} needs a user, an invitation, a request or an e-mail address.")
    language = fields.pop("language", "") or getattr(addressee, "language", "") or "en"
    at = at or timezone.now()
    return Notice(
        kind=Notice.Kind(kind), key=key, email=email, language=language, created_at=at, due_at=due_at or at, **fields
    )


def queue_all(notices: Iterable[Notice]) -> None:
    """Store notices at once; those whose key is there already are left out."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)


def send_waiting(*, at: dt.datetime | None = None, limit: int = 1000) -> Tally:
    """Send what is due, at most `limit` of it; return what became of it. Any number of processes may do so at once.

    A mail server that is away ends the run: what was tried is put off, for longer each time, and the rest stays due.
    """
    at = at or timezone.now()
    tally = Tally(failed=_give_up_interrupted(at=at))
    with contextlib.closing(get_connection(timeout=settings.EMAIL_TIMEOUT)) as mailer:
        for _n in range(limit):
            notice = _claim(at=at)
            if notice is None:
                break
            outcome, is_server_away = _deliver(notice, mailer, at=at)
            tally = replace(tally, **{outcome: getattr(tally, outcome) + 1})
            if is_server_away:
                break
    return tally


def _give_up_interrupted(*, at: dt.datetime) -> int:
    """Settle what was claimed by a process that died: it may have gone out, so it is not tried again."""
    return Notice.objects.filter(status=Notice.Status.SENDING, due_at__lte=at).update(
        status=Notice.Status.FAILED, last_error=INTERRUPTED, settled_at=at
    )


@transaction.atomic
def _claim(*, at: dt.datetime) -> Notice | None:
    """Take the next notice that is due, so that no other process does; its claim lasts for `SENDING_FOR`."""
    notice: Notice | None = (
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(status=Notice.Status.WAITING, due_at__lte=at)
        .select_related("user", "call", "delegation", "invitation", "participation_request")
        .order_by("due_at", "id")
        .first()
    )
    if notice:
        notice.status = Notice.Status.SENDING
        notice.attempts += 1
        notice.due_at = at + SENDING_FOR
        notice.save(update_fields=["status", "attempts", "due_at"])
    return notice


def _deliver(notice: Notice, mailer: BaseEmailBackend, *, at: dt.datetime) -> tuple[str, bool]:
    """Write a claimed notice and send it; return the field of `Tally` that it counts in, and whether the server is away."""
    letter = write_letter(notice, at=at)
    if letter is None:
        _settle(notice, at=at, status=Notice.Status.DROPPED)
        return "dropped", False
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[notice.user.email if notice.user else notice.email],
        headers=_headers(notice),
        connection=mailer,
    )
    try:
        mailer.open()
        message.send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return _put_off(notice, error, at=at)
    _settle(notice, at=at, status=Notice.Status.SENT)
    return "sent", False


def _headers(notice: Notice) -> dict[str, str]:
    """Headers by which mail programs know it for a machine's, know it again, and lead to where it is switched off.

    The notice is named by a digest and not by its number: between two numbers one could count what others were sent.
    """
    digest = salted_hmac("consultations.notice", notice.key).hexdigest()
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    headers = {
        "Message-ID": f"<{digest}@{domain}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no answering machine answers it
    }
    if notice.kind not in Notice.ALWAYS_SENT:
        headers["List-Unsubscribe"] = f"<{absolute('notice-preferences', language=notice.language)}>"
    return headers


def _put_off(notice: Notice, error: Exception, *, at: dt.datetime) -> tuple[str, bool]:
    """Try again later, or give up what no later attempt would change."""
    is_server_away = isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError) or (
        isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
    )
    told = f"{type(error).__name__}: {error}"[:300]
    if _is_hopeless(error) or notice.attempts > len(WAITS):
        logger.error("A mail of the kind %s was given up: %s", notice.kind, type(error).__name__)
        _settle(notice, at=at, status=Notice.Status.FAILED, last_error=told)
        return "failed", is_server_away
    logger.warning("A mail of the kind %s could not be sent and will be tried again.", notice.kind)
    wait = WAITS[notice.attempts - 1]
    _record(notice, status=Notice.Status.WAITING, due_at=at + wait, last_error=told)
    return "put_off", is_server_away


def _is_hopeless(error: Exception) -> bool:
    """Whether this address or this text will be refused every time."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _reply in error.recipients.values())
    return isinstance(error, ValueError)


def _settle(notice: Notice, *, at: dt.datetime, status: str, last_error: str = "") -> None:
    _record(notice, status=status, settled_at=at, last_error=last_error)


def _record(notice: Notice, **fields: Any) -> None:
    """Write down what became of a claimed notice, waiting for a database that is being restarted.

    What cannot be written down in that time stays claimed, and is given up later as interrupted.
    """
    for wait in (*SETTLING_WAITS, None):
        try:
            Notice.objects.filter(pk=notice.pk, status=Notice.Status.SENDING).update(**fields)
        except (OperationalError, InterfaceError):
            if wait is None or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(wait)
        else:
            return
