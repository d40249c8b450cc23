"""Who is told by mail of what happened: each function queues its notices in the transaction of what it tells.

A delegation is told through its focal points. What a delegation did is told to nobody else.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.utils import timezone

from consultations import rules
from consultations.models import (
    Call,
    CoSponsor,
    Delegation,
    Disposition,
    Invitation,
    Membership,
    Notice,
    ParticipationRequest,
    Submission,
    User,
)
from consultations.services.notices import new_notice, queue_all, queue_notice

ANSWERS_GATHERED_FOR: Final = dt.timedelta(hours=1)
"""Answers that are published within the same hour are told in one mail."""

SETTLES_AFTER: Final = dt.timedelta(minutes=1)
"""So long after an hour's end everything that was published in it can be read."""


def focal_points(delegations: Iterable[Delegation]) -> dict[int, list[User]]:
    """Return the people who are told things for each delegation, by its id; in one query."""
    found: dict[int, list[User]] = {}
    memberships = Membership.objects.filter(
        delegation__in=delegations,
        delegation__is_active=True,
        role=Membership.Role.FOCAL_POINT,
        user__is_active=True,
    )
    for membership in memberships.select_related("user").order_by("delegation", "user"):
        found.setdefault(membership.delegation_id, []).append(membership.user)
    return found


def staff() -> list[User]:
    """Return the mandate holder's staff."""
    return list(User.objects.filter(is_staff=True, is_active=True).order_by("pk"))


def addressees(call: Call) -> list[Delegation]:
    """Return the active delegations that a call is addressed to."""
    prefetch_related_objects([call], "invited")
    delegations = Delegation.objects.filter(is_active=True).with_party()
    return [delegation for delegation in delegations if rules.is_answerable_by(call, delegation)]


def tell_call_opened(call: Call, *, at: dt.datetime | None = None) -> None:
    """Invite everyone whom an opened call is addressed to, once it takes filings. Who was invited is not invited again."""
    at = at or timezone.now()
    _tell_call(call, Notice.Kind.CALL_OPENED, addressees(call), at=at, due_at=max(at, call.opens_at))


def tell_call_extended(call: Call, *, at: dt.datetime | None = None) -> None:
    """Tell everyone whom a call is addressed to that it closes later; nobody of one that has not begun."""
    at = at or timezone.now()
    if call.opens_at <= at:
        about = call.closes_at.isoformat()
        _tell_call(call, Notice.Kind.CALL_EXTENDED, addressees(call), at=at, about=about, closes_at=about)


def tell_call_closed(call: Call, *, at: dt.datetime) -> None:
    """Tell everyone whom a call was addressed to that it has been closed before its time."""
    about = call.closes_at.isoformat()
    _tell_call(call, Notice.Kind.CALL_CLOSED, addressees(call), at=at, about=about, closes_at=about)


def tell_call_opened_early(call: Call, *, at: dt.datetime) -> None:
    """Tell everyone whom a sealed call is addressed to that what was filed has been opened before it closes.

    All of them, whether they have filed or not: who is told says nothing of who filed.
    """
    _tell_call(call, Notice.Kind.CALL_OPENED_EARLY, addressees(call), at=at)


def tell_reminder(call: Call, delegations: Iterable[Delegation], *, days: int, at: dt.datetime) -> None:
    """Remind these delegations, which have not filed, that the call closes; once for each number of days.

    Nobody is reminded who was invited only since then: that mail has just told her.
    """
    closes_at = call.closes_at.isoformat()
    about = f"{closes_at}:{days}"
    since = call.closes_at - dt.timedelta(days=days)
    invited = Notice.objects.filter(kind=Notice.Kind.CALL_OPENED, call=call, created_at__gt=since)
    told = set(invited.values_list("delegation", "user"))
    _tell_call(call, Notice.Kind.REMINDER, delegations, at=at, about=about, told=told, closes_at=closes_at)


def _tell_call(
    call: Call,
    kind: Notice.Kind,
    delegations: Iterable[Delegation],
    *,
    at: dt.datetime,
    due_at: dt.datetime | None = None,
    about: str = "",
    told: Collection[tuple[int, int]] = (),
    **details: Any,
) -> None:
    """Queue a notice about a call for each focal point, but for those who were told: (delegation's id, user's id)."""
    delegations = list(delegations)
    people = focal_points(delegations)
    queue_all(
        new_notice(
            kind=kind,
            key=f"{kind}:{call.pk}:{about}:{delegation.pk}:{user.pk}",
            user=user,
            call=call,
            delegation=delegation,
            details=details,
            at=at,
            due_at=due_at,
        )
        for delegation in delegations
        for user in people.get(delegation.pk, ())
        if (delegation.pk, user.pk) not in told
    )


def tell_invited(invitation: Invitation, *, at: dt.datetime | None = None) -> Notice:
    """Send an invitation, and again where it was sent anew since."""
    sent = invitation.invited_at.isoformat()
    return queue_notice(
        kind=Notice.Kind.INVITATION, key=f"invitation:{invitation.pk}:{sent}", invitation=invitation, at=at
    )


def tell_focal_point_invited(invitation: Invitation, *, at: dt.datetime) -> None:
    """Tell a delegation's other focal points that one is invited: whoever accepts reads all that they write."""
    _tell_colleagues(
        invitation.delegation,
        about=f"invited:{invitation.pk}",
        at=at,
        invitation=invitation,
        besides={invitation.email, invitation.invited_by.email},
    )


def tell_focal_point_joined(membership: Membership, *, at: dt.datetime) -> None:
    """Tell a delegation's focal points that another one acts with them from now on."""
    person = membership.user
    about = f"joined:{membership.pk}:{at.isoformat()}"
    _tell_colleagues(membership.delegation, about=about, at=at, besides={person.email}, details={"person": person.pk})


def _tell_colleagues(
    delegation: Delegation, *, about: str, at: dt.datetime, besides: Collection[str], **fields: Any
) -> None:
    kind = Notice.Kind.FOCAL_POINT
    queue_all(
        new_notice(kind=kind, key=f"{kind}:{about}:{user.pk}", user=user, delegation=delegation, at=at, **fields)
        for user in focal_points([delegation]).get(delegation.pk, ())
        if user.email.lower() not in {email.lower() for email in besides}
    )


def tell_participation_asked(asked: ParticipationRequest, *, at: dt.datetime | None = None) -> None:
    """Tell staff that somebody asks to take part."""
    kind = Notice.Kind.PARTICIPATION_ASKED
    queue_all(
        new_notice(kind=kind, key=f"{kind}:{asked.pk}:{user.pk}", user=user, participation_request=asked, at=at)
        for user in staff()
    )


def tell_participation_decided(asked: ParticipationRequest, *, at: dt.datetime | None = None) -> Notice:
    """Tell who asked to take part what was decided, with the reason where it was declined."""
    kind = Notice.Kind.PARTICIPATION_DECIDED
    return queue_notice(kind=kind, key=f"{kind}:{asked.pk}", participation_request=asked, at=at)


def tell_co_sponsor_asked(co_sponsor: CoSponsor, *, at: dt.datetime | None = None) -> None:
    """Tell a delegation that it is asked to stand behind another's submission, and that delegation alone."""
    about = f"{co_sponsor.submission_id}:{co_sponsor.asked_at.isoformat()}"
    _tell_delegation(co_sponsor.submission, co_sponsor.delegation, Notice.Kind.CO_SPONSOR_ASKED, about=about, at=at)


def tell_filed(submission: Submission, *, at: dt.datetime | None = None) -> None:
    """Tell the delegation that filed, and nobody else, that its filing was received."""
    _tell_delegation(submission, submission.delegation, Notice.Kind.FILED, about=str(submission.pk), at=at)


def _tell_delegation(
    submission: Submission, delegation: Delegation, kind: Notice.Kind, *, about: str, at: dt.datetime | None
) -> None:
    queue_all(
        new_notice(
            kind=kind,
            key=f"{kind}:{about}:{delegation.pk}:{user.pk}",
            user=user,
            call=submission.call,
            delegation=delegation,
            details={"submission": submission.pk},
            at=at,
        )
        for user in focal_points([delegation]).get(delegation.pk, ())
    )


def tell_answered(dispositions: Iterable[Disposition], *, at: dt.datetime | None = None) -> None:
    """Tell delegations that comments of theirs were answered: one mail for all that is published within the hour."""
    at = at or timezone.now()
    since = at.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)
    until = since + ANSWERS_GATHERED_FOR
    answered = Submission.objects.filter(comments__disposition__in=[each.pk for each in dispositions]).distinct()
    pairs = {(each.call_id, each.delegation_id): each for each in answered.select_related("call", "delegation")}
    people = focal_points(submission.delegation for submission in pairs.values())
    kind = Notice.Kind.ANSWERED
    queue_all(
        new_notice(
            kind=kind,
            key=f"{kind}:{submission.call_id}:{since.isoformat()}:{submission.delegation_id}:{user.pk}",
            user=user,
            call=submission.call,
            delegation=submission.delegation,
            details={"since": since.isoformat(), "until": until.isoformat()},
            at=at,
            due_at=until + SETTLES_AFTER,
        )
        for submission in pairs.values()
        for user in people.get(submission.delegation_id, ())
    )
