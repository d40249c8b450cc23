"""What is due at a moment without anybody doing anything: invitations of latecomers, reminders, digest, mail, like comments.

`run_due` may be called as often as one likes, and by several processes at once: what was told is not told again.
"""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from consultations.digest import came_in
from consultations.models import Call, Delegation, Notice, Submission
from consultations.services.alike import group_due
from consultations.services.notices import Tally, new_notice, queue_all, send_waiting
from consultations.services.telling import addressees, staff, tell_call_opened, tell_reminder

REMINDED_DAYS_BEFORE: Final = (14, 3, 1)

DIGEST_HOUR: Final = 6
"""At this hour, by Geneva's clocks, a digest's day ends; it is sent a little later, when all of that day can be read."""

DIGEST_SETTLES_AFTER: Final = dt.timedelta(minutes=10)


def run_due(*, at: dt.datetime | None = None) -> Tally:
    """Queue what is due at that moment, now unless said, and send what waits; return what became of the mail."""
    at = at or timezone.now()
    for call in Call.objects.open(at=at).with_draft():
        with transaction.atomic():
            tell_call_opened(call, at=at)  # who became a focal point, or was invited, since it was opened
            remind(call, at=at)
    queue_digest(at=at)
    tally = send_waiting(at=at)
    group_due(at=at)  # last: it may take seconds, and mail waits for nothing
    return tally


def remind(call: Call, *, at: dt.datetime) -> None:
    """Remind those who have not filed in an open call, from each of `REMINDED_DAYS_BEFORE` its closing on.

    Of reminders that were missed only the last is sent, and none whose day was before the call opened.
    """
    reached = [days for days in REMINDED_DAYS_BEFORE if _day(call, days) <= at]
    if not reached or not call.is_open(at=at) or _day(call, min(reached)) < call.opens_at:
        return
    tell_reminder(call, _without_filing(call), days=min(reached), at=at)


def _day(call: Call, days: int) -> dt.datetime:
    return call.closes_at - dt.timedelta(days=days)


def _without_filing(call: Call) -> list[Delegation]:
    filed = set(
        Submission.objects.filter(call=call, status=Submission.Status.SUBMITTED).values_list("delegation", flat=True)
    )
    return [delegation for delegation in addressees(call) if delegation.pk not in filed]


def queue_digest(*, at: dt.datetime) -> None:
    """Queue the digest of the day that has ended for each of the staff, if anything came in since the last one."""
    until = _end_of_day(at - DIGEST_SETTLES_AFTER)
    last = Notice.objects.filter(kind=Notice.Kind.DIGEST).order_by("-created_at", "-id").first()
    since = dt.datetime.fromisoformat(last.details["until"]) if last else until - dt.timedelta(days=1)
    if since >= until or came_in(since=since, until=until, at=at).is_empty:
        return
    details = {"since": since.isoformat(), "until": until.isoformat()}
    queue_all(
        new_notice(
            kind=Notice.Kind.DIGEST, key=f"digest:{until.isoformat()}:{user.pk}", user=user, details=details, at=at
        )
        for user in staff()
    )


def _end_of_day(at: dt.datetime) -> dt.datetime:
    """Return the last `DIGEST_HOUR` of Geneva's clocks that is not after a moment, in Greenwich time."""
    there = at.astimezone(timezone.get_default_timezone())
    end = there.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if end > there:
        end -= dt.timedelta(days=1)
    return end.astimezone(dt.UTC)
