"""Groups of like comments, kept for those who answer them."""

import datetime as dt
from typing import Final

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

from consultations.alike import Group, find_alike
from consultations.models import Alike, AlikeGroup, Call, Comment, Submission

GROUPED_AGAIN_AFTER: Final = dt.timedelta(hours=1)
"""In an open call like comments are looked for at most so often; once it has closed, at once."""

MAX_GROUPED: Final = 20_000
"""In a call with more comments they are looked for only when somebody asks: it takes minutes."""

_LOCK: Final = 7226832
"""The first half of the lock that keeps two from looking at once; the second half is the call."""


@transaction.atomic
def group_alike(*, call: Call, at: dt.datetime | None = None) -> list[AlikeGroup]:
    """Find which comments of a call say the same or nearly so, and keep the groups. Each of them is still answered.

    Only comments that staff may read at that moment are looked at, so that under embargo there is no group. A group that is
    found again unchanged stays the same one, at its address.
    """
    now = at or timezone.now()
    with connection.cursor() as cursor:
        # Two who ask for it at once come one after the other; those who file do not wait for either.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, call.pk])
    comments = Comment.objects.filed_for_staff(at=now).filter(submission__call=call).in_order_of_filing()
    found = {_members(group): group for group in find_alike(comments.defer("fingerprint"))}
    kept: list[AlikeGroup] = []
    for old in AlikeGroup.objects.filter(call=call).prefetch_related("members"):
        members = frozenset((each.comment_id, each.likeness) for each in old.members.all())
        if found.pop(members, None):
            kept.append(old)
        else:
            old.delete()
    new = AlikeGroup.objects.bulk_create(
        AlikeGroup(call=call, kind=AlikeGroup.Kind.EXACT if group.is_exact else AlikeGroup.Kind.NEAR, found_at=now)
        for group in found.values()
    )
    Alike.objects.bulk_create(
        Alike(group=row, comment=each.comment, likeness=each.likeness)
        for row, group in zip(new, found.values(), strict=True)
        for each in group.members
    )
    return [*kept, *new]


def _members(group: Group) -> frozenset[tuple[int, float]]:
    return frozenset((each.comment.pk, each.likeness) for each in group.members)


def group_due(*, at: dt.datetime) -> Call | None:
    """Look for like comments in one call in which something was filed, or became readable, since they were looked for last.

    Of several such calls the one whose filings changed first comes first; the others have their turn at the next calls of this
    function. Returns the call, or nothing where none is due. When each was looked through is kept in the cache: where that is
    lost, it is done once more.
    """
    for call, state in _states(at=at):
        kept = cache.get(_key(call), {})
        is_early = call.is_open(at=at) and kept and at < dt.datetime.fromisoformat(kept["at"]) + GROUPED_AGAIN_AFTER
        if kept.get("state") == state or is_early:
            continue
        cache.set(_key(call), {"state": state, "at": at.isoformat()}, timeout=None)
        if Comment.objects.filed_for_staff(at=at).filter(submission__call=call).count() <= MAX_GROUPED:
            group_alike(call=call, at=at)
            return call
    return None


def _states(*, at: dt.datetime) -> list[tuple[Call, list[int | str | bool]]]:
    """Return the calls that staff can read filings of, with what changes when there is something new to compare."""
    filed = Submission.objects.filed_for_staff(at=at).filter(
        status=Submission.Status.SUBMITTED, call__status=Call.Status.OPEN
    )
    rows = filed.order_by().values("call").annotate(n=Count("id"), last=Max("submitted_at")).order_by("last")
    calls = Call.objects.in_bulk([row["call"] for row in rows])
    return [
        (call, [row["n"], row["last"].isoformat(), call.is_open(at=at)])
        for row in rows
        if (call := calls.get(row["call"]))
    ]


def _key(call: Call) -> str:
    return f"alike:{call.pk}"
