"""What happens to a delegation's submission, from its first draft to its filing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from consultations import rules
from consultations.models import Call, Comment, Delegation, Submission, Withdrawal
from consultations.receipts.issuing import issue_receipt
from consultations.services.attachments import copy_attachments, remove_contents
from consultations.services.clearance import clear_all_comments, list_uncleared, refuse_uncleared, say_uncleared
from consultations.services.gate import (
    checked_text,
    lock_submission,
    refuse_closed,
    refuse_submission_closed,
    refuse_unless_focal_point,
    refuse_unless_writer,
)
from consultations.services.groups import freeze_members, refuse_unless_speaks_for
from consultations.services.letters import is_letter_late, refuse_impossible_day, refuse_late_letter, refuse_own_filing
from consultations.services.moderation import hold_at_filing
from consultations.services.sponsors import ask_anew, carry_co_sponsors
from consultations.services.telling import tell_filed
from declaration.errors import Conflict, Refused
from declaration.models import Group


@dataclass(frozen=True)
class Missing:
    """Something that stands between a submission and its filing: a stable code, and a sentence for people.

    `can_be_settled` says that a focal point can settle it by confirming, in the very step that clears or files.
    """

    code: str
    message: str | Promise
    can_be_settled: bool = False


def start_submission(
    *,
    call: Call,
    delegation: Delegation,
    user: Any,
    language: str | None = None,
    source: str = Submission.Source.PAGE,
    at: dt.datetime | None = None,
) -> Submission:
    """Begin a delegation's submission in a call, or return the one that is being written.

    A delegation that has filed already begins its next filing from a copy of what stands. Refused where the call takes
    no filing, where the delegation is not among those who may answer, and to people who do not write for it.
    """
    try:
        return _start(call=call, delegation=delegation, user=user, language=language, source=source, at=at)
    except IntegrityError:
        # A colleague began it in the same moment; what she began is the delegation's one submission in writing.
        return Submission.objects.in_writing().get(call=call, delegation=delegation)


@transaction.atomic
def _start(
    *, call: Call, delegation: Delegation, user: Any, language: str | None, source: str, at: dt.datetime | None
) -> Submission:
    role = rules.role_in(user, delegation)
    if not role:
        raise Refused("not_your_delegation", _("You do not act for this delegation."), status=404)
    if role not in rules.WRITERS:
        raise Refused(
            "role_cannot_write", _("An observer reads, but does not write. Ask your focal point."), status=403
        )
    current = Submission.objects.in_writing().filter(call=call, delegation=delegation).first()
    if current:
        return current
    refuse_closed(call, at=at or timezone.now())
    if not rules.is_answerable_by(call, delegation):
        raise Refused("not_in_audience", _("This call is not addressed to your delegation."), status=403)
    language = language or (user.language if user.language in call.languages else call.languages[0])
    if language not in call.languages:
        raise Refused(
            "language_not_taken", _("This call does not take submissions in that language."), field="language"
        )
    standing = (
        Submission.objects.filter(call=call, delegation=delegation, status=Submission.Status.SUBMITTED)
        .prefetch_related("comments")
        .first()
    )
    submission = Submission(call=call, delegation=delegation, language=language, source=source)
    if standing:
        for name in (
            "language",
            "general_comment",
            "on_behalf_of",
            "consents_to_attribution",
            "consents_to_publication",
        ):
            setattr(submission, name, getattr(standing, name))
    submission.save()
    if standing:
        copy_comments(standing, submission, user=user)
        copy_attachments(standing, submission)
        carry_co_sponsors(standing, submission, user=user, at=at or timezone.now())
    return submission


COPIED_AT_ONCE = 1_000


def copy_comments(standing: Submission, submission: Submission, *, user: Any) -> None:
    """Begin a submission with the comments of the one that stands, which were cleared, and are."""
    comments = list(standing.comments.all())
    for comment in comments:
        comment.pk = None
        comment._state.adding = True
        comment.submission = submission
        comment.revision = 1
        comment.updated_by = user
    Comment.objects.bulk_create(comments, batch_size=COPIED_AT_ONCE)


DESCRIBED = ("language", "general_comment", "consents_to_attribution", "consents_to_publication", "on_behalf_of")
"""What a submission says of itself, beside its comments."""


CONSENTS = ("consents_to_attribution", "consents_to_publication")


@transaction.atomic
def describe_submission(
    *,
    submission: Submission,
    user: Any,
    expected_revision: int,
    general_comment: str,
    language: str,
    consents_to_attribution: bool,
    consents_to_publication: bool,
    on_behalf_of: Group | EllipsisType | None = ...,
    received_on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Submission:
    """Change what a submission says of itself: its language, general comment and consents, and for which group it speaks.

    A group that is not said stays as it was; it is one that the delegation can speak for on that day. `received_on` is of a
    letter alone, and stays as it was where it is not said.

    `Conflict` is raised where a colleague changed one of these since the revision that was read; comments that were
    written since are no reason, though they too make a new revision.
    """
    submission = lock_submission(submission)
    refuse_unless_writer(user, submission)
    refuse_submission_closed(submission, at=at or timezone.now())
    general_comment = checked_text(general_comment, field="general_comment")
    if language not in submission.call.languages:
        raise Refused(
            "language_not_taken", _("This call does not take submissions in that language."), field="language"
        )
    if submission.revision != expected_revision and not _says_the_same(submission, as_of=expected_revision):
        raise Conflict(
            _("A colleague changed this submission meanwhile. Compare both, and save again."),
            current={name: getattr(submission, name) for name in (*DESCRIBED, "revision")}
            | {"on_behalf_of": submission.on_behalf_of.code if submission.on_behalf_of else None},
        )
    at = at or timezone.now()
    if submission.is_letter and received_on:
        refuse_impossible_day(submission.call, received_on, at=at)
        submission.received_on = received_on
    if on_behalf_of is not ...:
        refuse_unless_speaks_for(submission.delegation, on_behalf_of, day=submission.received_on or at.date())
        submission.on_behalf_of = on_behalf_of
    submission.general_comment = general_comment
    submission.language = language
    submission.consents_to_attribution = consents_to_attribution
    submission.consents_to_publication = consents_to_publication
    submission.revision += 1
    submission.save(update_fields=[*DESCRIBED, "received_on", "revision"])
    return submission


def _says_the_same(submission: Submission, *, as_of: int) -> bool:
    """Whether a submission says of itself what it said at an earlier revision, which the audit trail keeps."""
    said = {name: getattr(submission, name) for name in DESCRIBED}
    return bool(submission.events.filter(revision=as_of, **said).exists())  # type: ignore[attr-defined]


def list_missing(submission: Submission) -> list[Missing]:
    """What must still be done before a submission can be filed; empty when it is ready."""
    uncleared = list_uncleared(submission)
    if uncleared:
        return [Missing("comments_not_cleared", say_uncleared(uncleared), can_be_settled=True)]
    if submission.general_comment or submission.comments.exists():
        return []
    return [Missing("nothing_said", _("Write at least one comment, or a general comment."))]


@transaction.atomic
def clear_submission(
    *, submission: Submission, user: Any, expected_revision: int | None = None, clear_comments: bool = False
) -> Submission:
    """Clear a submission: its focal point has read it, and it no longer changes unless it is sent back.

    With `expected_revision` refused where it changed since it was read. Refused while comments of it are not cleared,
    naming them, unless `clear_comments` says that they are cleared with it.
    """
    submission = lock_submission(submission)
    refuse_unless_focal_point(user, submission)
    if submission.status != Submission.Status.DRAFT:
        raise Refused("submission_not_in_writing", _("This submission is not being written any more."), status=409)
    refuse_unread(submission, expected_revision)
    _settle_comments(submission, user, clear_comments=clear_comments)
    refuse_missing(submission)
    submission.status = Submission.Status.CLEARED
    submission.revision += 1
    submission.save(update_fields=["status", "revision"])
    return submission


@transaction.atomic
def return_submission(*, submission: Submission, user: Any) -> Submission:
    """Send a cleared submission back for changes."""
    submission = lock_submission(submission)
    refuse_unless_focal_point(user, submission)
    if submission.status != Submission.Status.CLEARED:
        raise Refused("submission_not_cleared", _("Only a cleared submission can be sent back."), status=409)
    submission.status = Submission.Status.DRAFT
    submission.revision += 1
    submission.save(update_fields=["status", "revision"])
    ask_anew(submission)
    return submission


FILLED_AT_FILING = (
    "supersedes",
    "status",
    "submitted_at",
    "submitted_by",
    "is_late",
    "on_behalf_of",
    "group_members",
    *CONSENTS,
)


@transaction.atomic
def submit_submission(
    *,
    submission: Submission,
    user: Any,
    expected_revision: int | None = None,
    clear_comments: bool = False,
    consents: Mapping[str, bool] | None = None,
    at: dt.datetime | None = None,
) -> Submission:
    """File a submission: from now on it never changes. One that was filed before is superseded; both are kept.

    `at` is when the server received it: that moment decides whether it is in time, late, or refused. With
    `expected_revision` refused where it changed since it was read, so that nobody files what she has not seen. Refused while
    comments of it are not cleared, unless `clear_comments` says that they are cleared with it.
    `consents` are what the person answered when she filed, by the names of the fields; they are kept with the filing.
    """
    at = at or timezone.now()
    submission = lock_submission(submission)
    refuse_unless_focal_point(user, submission)
    if submission.is_filed:
        raise Refused(
            "submission_filed",
            _("This submission was filed already. It was not filed twice."),
            status=409,
        )
    refuse_submission_closed(submission, at=at)
    if submission.is_letter:
        refuse_own_filing(submission.call, submission.delegation)
        refuse_late_letter(submission)
    if not rules.is_answerable_by(submission.call, submission.delegation):
        raise Refused("not_in_audience", _("This call is not addressed to your delegation."), status=403)
    refuse_unread(submission, expected_revision)
    _settle_comments(submission, user, clear_comments=clear_comments)
    refuse_missing(submission)
    for name in CONSENTS:
        setattr(submission, name, (consents or {}).get(name, getattr(submission, name)))
    standing = (
        Submission.objects.select_for_update(of=("self",))
        .filter(call=submission.call, delegation=submission.delegation, status=Submission.Status.SUBMITTED)
        .first()
    )
    if standing:
        Submission.objects.filter(pk=standing.pk).update(status=Submission.Status.SUPERSEDED)
    submission.supersedes = standing
    submission.status = Submission.Status.SUBMITTED
    submission.submitted_at = at
    submission.submitted_by = user
    submission.is_late = is_letter_late(submission) if submission.is_letter else at >= submission.call.closes_at
    freeze_members(submission, at=at)
    submission.revision += 1
    submission.save(update_fields=[*FILLED_AT_FILING, "revision"])
    issue_receipt(submission=submission)
    if not submission.is_letter:
        # A letter was looked at by the staff who entered it.
        hold_at_filing(submission, at=at)
    tell_filed(submission, at=at)
    return submission


def refuse_unread(submission: Submission, expected_revision: int | None) -> None:
    """Refuse to act on what has changed since it was read."""
    if expected_revision is not None and submission.revision != expected_revision:
        raise Conflict(
            _("A colleague changed this submission since you read it. Read it as it is now, and confirm again."),
            current={"revision": submission.revision},
        )


def _settle_comments(submission: Submission, user: Any, *, clear_comments: bool) -> None:
    """Clear the comments with their submission where that was asked for; otherwise refuse while one is not cleared."""
    if clear_comments and submission.status == Submission.Status.DRAFT:
        clear_all_comments(submission=submission, user=user)
    refuse_uncleared(submission)


def refuse_missing(submission: Submission) -> None:
    """Refuse to file while something stands against it."""
    missing = list_missing(submission)
    if missing:
        raise Refused(missing[0].code, missing[0].message)


@transaction.atomic
def withdraw_submission(*, submission: Submission, user: Any, at: dt.datetime | None = None) -> Submission:
    """Withdraw what was filed: it is no longer public, counted or answered, and is kept."""
    submission = lock_submission(submission)
    refuse_unless_focal_point(user, submission)
    return take_out(submission, user=user, at=at)


def take_out(submission: Submission, *, user: Any, reason: str = "", at: dt.datetime | None = None) -> Submission:
    """Make a locked filing one that was withdrawn, and keep by whom, when and why. Refused unless it stands."""
    if submission.status != Submission.Status.SUBMITTED:
        raise Refused("submission_not_standing", _("Only a submission that stands can be withdrawn."), status=409)
    Submission.objects.filter(pk=submission.pk).update(status=Submission.Status.WITHDRAWN)
    submission.status = Submission.Status.WITHDRAWN
    Withdrawal.objects.create(
        submission=submission, reason=reason, withdrawn_by=user, withdrawn_at=at or timezone.now()
    )
    return submission


@transaction.atomic
def discard_submission(*, submission: Submission, user: Any) -> None:
    """Throw away a submission that was never filed, with its comments. The audit trail keeps that it was there."""
    submission = lock_submission(submission)
    refuse_unless_focal_point(user, submission)
    if submission.is_filed:
        raise Refused("submission_filed", _("This submission has been filed and no longer changes."), status=409)
    if submission.call.status == Call.Status.ARCHIVED and submission.co_sponsors.exists():
        message = _("The call is over: who was asked to stand behind this submission is kept with it.")
        raise Refused("call_archived", message, status=409)
    remove_contents(submission)
    submission.delete()
