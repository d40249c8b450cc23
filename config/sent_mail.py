"""Mail on a machine of one's own: kept in files instead of being sent, to be looked at on a page (`SHOW_SENT_MAIL`).

Each mail is a file of its own below `SENT_MAIL_ROOT`, named by the time; the oldest go when there are too many.
"""

import datetime as dt
import email
import email.policy
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage as ParsedMessage
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

KEPT: Final = 500
"""So many mails are kept."""

NAME: Final = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")


@dataclass(frozen=True)
class SentMail:
    """One mail that was sent: the name of its file, when, to whom, its subject and its text."""

    name: str
    sent_at: dt.datetime
    to: str
    subject: str
    body: str


class EmailBackend(BaseEmailBackend):
    """Keeps mail in files. A mail is there whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep these mails; return how many. Raises OSError where the folder cannot be written, as a mail server's absence."""
        folder = Path(settings.SENT_MAIL_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            moment = dt.datetime.now(dt.UTC)
            name = f"{moment:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
            half_written = folder / f"{name}.{os.getpid()}.new"
            half_written.write_bytes(message.message().as_bytes())
            half_written.replace(folder / f"{name}.eml")
        for old in sorted(_files(folder), reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
        return len(email_messages)


def list_sent() -> list[SentMail]:
    """Return the mails that are kept, the newest first."""
    files = sorted(_files(Path(settings.SENT_MAIL_ROOT)), reverse=True)
    return [sent for sent in map(_read, files) if sent]


def read_sent(name: str) -> SentMail | None:
    """Return one mail by the name of its file, or None where there is none of this name."""
    return _read(Path(settings.SENT_MAIL_ROOT) / f"{name}.eml") if NAME.fullmatch(name) else None


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.glob("*.eml") if NAME.fullmatch(file.stem))


def _read(file: Path) -> SentMail | None:
    try:
        content = file.read_bytes()
    except OSError:
        return None  # a newer one took its place meanwhile
    message: ParsedMessage = email.message_from_bytes(content, policy=email.policy.default)
    text = message.get_body(("plain", "html"))
    moment = dt.datetime.strptime(file.stem.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=dt.UTC)
    return SentMail(
        name=file.stem,
        sent_at=moment,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        body=str(text.get_content()) if text else "",
    )
