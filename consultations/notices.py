"""What each kind of mail says, in whose language, and whether it is still true when it is to be sent.

A notice holds no text: it is written from what is stored at that moment. A function for each kind returns what its template
(`templates/mail/<kind>.txt`, whose first line is the subject) is filled with, or None where there is nothing to tell any more.
"""

import datetime as dt
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation

from consultations import rules
from consultations.deadlines import tell_deadline
from consultations.digest import came_in
from consultations.models import (
    Call,
    CoSponsor,
    Delegation,
    Disposition,
    Membership,
    Notice,
    ParticipationRequest,
    Submission,
    User,
)
from declaration.languages import django_language

Filling = dict[str, Any]


@dataclass(frozen=True)
class Letter:
    """A mail in plain text, in its recipient's language."""

    subject: str
    body: str


def absolute(name: str, *arguments: Any, language: str = "") -> str:
    """Return a page's whole address, in the language that is active unless one (a text language) is named."""
    with translation.override(django_language(language) if language else translation.get_language()):
        return settings.SITE_URL + reverse(name, args=arguments)


def write_letter(notice: Notice, *, at: dt.datetime) -> Letter | None:
    """Write a notice as it is true at that moment; None where it is not wanted or true any more."""
    user = notice.user
    if user and not _is_for(user, notice):
        return None
    language = user.language if user else notice.language
    with translation.override(django_language(language)), timezone.override(_zone(user)):
        filling = _FILLINGS[Notice.Kind(notice.kind)](notice, at)
        if filling is None:
            return None
        context = Context(
            {
                "notice": notice,
                "user": user,
                "can_be_switched_off": notice.kind not in Notice.ALWAYS_SENT,
                "preferences_url": absolute("notice-preferences"),
                "site_url": settings.SITE_URL,
            }
            | filling,
            autoescape=False,  # plain text
        )
        text: str = get_template(f"mail/{notice.kind}.txt").template.render(context)  # type: ignore[attr-defined]
    subject, _line_end, body = text.strip().partition("\n")
    return Letter(" ".join(subject.split()), body.strip() + "\n")


def _is_for(user: User, notice: Notice) -> bool:
    """Whether the person is still who she was when it was queued, and wants mail of this kind."""
    if not user.is_active or (notice.kind in user.muted_notices and notice.kind not in Notice.ALWAYS_SENT):
        return False
    if notice.kind in (Notice.Kind.DIGEST, Notice.Kind.PARTICIPATION_ASKED):
        return user.is_staff
    if notice.delegation:
        return rules.role_in(user, notice.delegation) == Membership.Role.FOCAL_POINT
    return True


def _zone(user: User | None) -> zoneinfo.ZoneInfo | None:
    if user is None or not user.time_zone:
        return None
    try:
        return zoneinfo.ZoneInfo(user.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _say_call(notice: Notice, at: dt.datetime) -> Filling | None:
    """What all mail about an open call says; nothing to those it is not addressed to, or once it has closed."""
    call, delegation = notice.call, notice.delegation
    if call is None or delegation is None or call.phase(at=at) not in ("open", "upcoming"):
        return None
    return _name_call(call, delegation)


def _name_call(call: Call, delegation: Delegation) -> Filling | None:
    if not rules.is_answerable_by(call, delegation):
        return None
    return {
        "call": call,
        "delegation": delegation,
        "opens": tell_deadline(call.opens_at, call.time_zone),
        "closes": tell_deadline(call.closes_at, call.time_zone),
        "call_url": absolute("call-detail", call.pk),
        "desk_url": absolute("desk-delegation", delegation.key),
    }


def has_filed(notice: Notice) -> bool:
    """Whether a filing of the notice's delegation stands in its call."""
    standing = Submission.objects.filter(call=notice.call, delegation=notice.delegation)
    return standing.filter(status=Submission.Status.SUBMITTED).exists()


def _say_opened(notice: Notice, at: dt.datetime) -> Filling | None:
    return None if has_filed(notice) else _say_call(notice, at)


def _say_extended(notice: Notice, at: dt.datetime) -> Filling | None:
    if notice.call is None or notice.call.closes_at.isoformat() != notice.details.get("closes_at"):
        return None  # it was moved again, which another notice tells
    return _say_call(notice, at)


def _say_closed(notice: Notice, at: dt.datetime) -> Filling | None:
    call, delegation = notice.call, notice.delegation
    if call is None or delegation is None or call.closes_at.isoformat() != notice.details.get("closes_at"):
        return None  # it was moved again, which another notice tells
    return _name_call(call, delegation)


def _say_opened_early(notice: Notice, at: dt.datetime) -> Filling | None:
    call, delegation = notice.call, notice.delegation
    opening = call.opening_early if call else None
    if call is None or delegation is None or opening is None or opening.confirmed_at is None:
        return None
    filling = _name_call(call, delegation)
    return filling and filling | {"opening": opening, "opened": tell_deadline(opening.confirmed_at, call.time_zone)}


def _say_focal_point(notice: Notice, at: dt.datetime) -> Filling | None:
    """Who is invited, while that can still be taken back; or who acts as a focal point now, while that is so."""
    delegation, invitation = notice.delegation, notice.invitation
    if delegation is None or (invitation and (invitation.accepted_at or invitation.revoked_at)):
        return None
    leading = delegation.memberships.filter(role=Membership.Role.FOCAL_POINT, user=notice.details.get("person"))
    joined = leading.select_related("user").first()
    if invitation is None and joined is None:
        return None
    return {
        "delegation": delegation,
        "invitation": invitation,
        "person": joined and joined.user,
        "people_url": absolute("desk-people", delegation.key),
    }


def _say_reminder(notice: Notice, at: dt.datetime) -> Filling | None:
    call = notice.call
    if call is None or call.closes_at.isoformat() != notice.details.get("closes_at") or has_filed(notice):
        return None
    filling = _say_call(notice, at)
    if filling is None:
        return None
    left = call.closes_at - at
    in_writing = Submission.objects.in_writing().filter(call=call, delegation=notice.delegation)
    in_writing = in_writing.exclude(source=Submission.Source.LETTER)
    return filling | {
        "days": left.days,
        "hours": max(1, round(left.total_seconds() / 3600)),
        "is_begun": in_writing.exists(),
    }


def _say_digest(notice: Notice, at: dt.datetime) -> Filling | None:
    since, until = (dt.datetime.fromisoformat(notice.details[name]) for name in ("since", "until"))
    news = came_in(since=since, until=until, at=at)
    if news.is_empty:
        return None
    return {
        "news": news,
        "since": timezone.localtime(since),
        "until": timezone.localtime(until),
        "staff_url": absolute("staff-home"),
        "comments_url": absolute("staff-comments"),
    }


def _say_invitation(notice: Notice, at: dt.datetime) -> Filling | None:
    from consultations.services.joining import make_link  # the services queue notices, and so import this module

    invitation = notice.invitation
    if invitation is None or invitation.accepted_at or invitation.revoked_at or invitation.expires_at <= at:
        return None
    return {
        "invitation": invitation,
        "delegation": invitation.delegation,
        "link": settings.SITE_URL + make_link(invitation),
        "expires": tell_deadline(invitation.expires_at),
    }


def _say_participation_asked(notice: Notice, at: dt.datetime) -> Filling | None:
    asked = notice.participation_request
    if asked is None or asked.status != ParticipationRequest.Status.ASKED:
        return None
    return {"asked": asked, "request_url": absolute("staff-request-detail", asked.pk)}


def _say_participation_decided(notice: Notice, at: dt.datetime) -> Filling | None:
    asked = notice.participation_request
    if asked is None or asked.status == ParticipationRequest.Status.ASKED:
        return None
    return {"asked": asked, "is_accepted": asked.status == ParticipationRequest.Status.ACCEPTED}


def _say_co_sponsor_asked(notice: Notice, at: dt.datetime) -> Filling | None:
    asked = (
        CoSponsor.objects.filter(
            submission=notice.details.get("submission"), delegation=notice.delegation, status=CoSponsor.Status.ASKED
        )
        .select_related("submission__delegation", "submission__call", "delegation")
        .first()
    )
    if asked is None or asked.submission.call.phase(at=at) != "open":
        return None
    call = asked.submission.call
    return {
        "call": call,
        "delegation": asked.delegation,
        "asking": asked.submission.delegation,
        "closes": tell_deadline(call.closes_at, call.time_zone),
        "answer_url": absolute("desk-co-sponsorship", asked.pk),
    }


def _say_filed(notice: Notice, at: dt.datetime) -> Filling | None:
    filed = Submission.objects.filter(pk=notice.details.get("submission"), delegation=notice.delegation)
    submission = filed.select_related("call", "delegation", "receipt", "submitted_by").first()
    if submission is None or not submission.is_filed:
        return None
    receipt = getattr(submission, "receipt", None)
    return {
        "submission": submission,
        "call": submission.call,
        "delegation": submission.delegation,
        "receipt": receipt,
        "filed": tell_deadline(submission.submitted_at or at, submission.call.time_zone),
        "submission_url": absolute("desk-receipt" if receipt else "desk-submission", submission.pk),
    }


def _say_answered(notice: Notice, at: dt.datetime) -> Filling | None:
    since, until = (dt.datetime.fromisoformat(notice.details[name]) for name in ("since", "until"))
    answered = Disposition.objects.filter(
        published_at__gte=since,
        published_at__lt=until,
        comment__submission__call=notice.call,
        comment__submission__delegation=notice.delegation,
    ).values_list("comment__submission", flat=True)
    submissions = sorted(answered)
    if not submissions:
        return None
    return {
        "count": len(submissions),
        "call": notice.call,
        "delegation": notice.delegation,
        "answers_url": absolute("desk-answers", submissions[-1]),
    }


_FILLINGS: dict[Notice.Kind, Callable[[Notice, dt.datetime], Filling | None]] = {
    Notice.Kind.CALL_OPENED: _say_opened,
    Notice.Kind.CALL_EXTENDED: _say_extended,
    Notice.Kind.CALL_CLOSED: _say_closed,
    Notice.Kind.CALL_OPENED_EARLY: _say_opened_early,
    Notice.Kind.REMINDER: _say_reminder,
    Notice.Kind.DIGEST: _say_digest,
    Notice.Kind.INVITATION: _say_invitation,
    Notice.Kind.PARTICIPATION_ASKED: _say_participation_asked,
    Notice.Kind.PARTICIPATION_DECIDED: _say_participation_decided,
    Notice.Kind.CO_SPONSOR_ASKED: _say_co_sponsor_asked,
    Notice.Kind.FILED: _say_filed,
    Notice.Kind.ANSWERED: _say_answered,
    Notice.Kind.FOCAL_POINT: _say_focal_point,
}
