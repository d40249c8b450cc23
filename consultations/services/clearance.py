"""How a delegation comes to stand by a comment: written, ready, sent back or cleared, and what its people say about it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import rules
from consultations.models import Comment, DelegationNote, Submission
from consultations.services.gate import (
    checked_text,
    lock_submission,
    refuse_unless_focal_point,
    refuse_unless_writer,
)
from declaration.audit import audit_context
from declaration.errors import Conflict, Refused

NUMBERS_NAMED = 20
"""So many comments are named by number in a sentence; a program gets all the numbers."""

MAX_NOTES = 5_000
"""So many notes one submission takes: more than any delegation reads, few enough to be kept."""


@transaction.atomic
def mark_ready(*, comment: Comment, user: Any, expected_revision: int | None = None) -> Comment:
    """Say that a comment is ready for the focal point to read.

    A comment that is cleared already stays so. Refused to those who do not write for the delegation, and as `clear_comment`.
    """
    submission = lock_submission(comment.submission)
    refuse_unless_writer(user, submission)
    comment = _as_read(comment, expected_revision)
    if comment.clearance == Comment.Clearance.CLEARED:
        return comment
    return _set(comment, submission, Comment.Clearance.READY, user)


@transaction.atomic
def clear_comment(*, comment: Comment, user: Any, expected_revision: int | None = None) -> Comment:
    """Clear a comment: the focal point has read it, and it can be filed.

    Refused to all but focal points, once the submission as a whole is cleared or filed, and with `Conflict` where the
    comment was changed or deleted since `expected_revision` was read, so that nobody clears what she has not seen.
    """
    submission = lock_submission(comment.submission)
    _refuse_unless_clearing(user, submission)
    return _set(_as_read(comment, expected_revision), submission, Comment.Clearance.CLEARED, user)


@transaction.atomic
def send_back(
    *,
    comment: Comment,
    user: Any,
    reason: str,
    expected_revision: int | None = None,
    at: dt.datetime | None = None,
) -> DelegationNote:
    """Send a comment back to those who write, with the reason, which is kept as a note inside the delegation.

    Refused as `clear_comment`, and without a reason.
    """
    submission = lock_submission(comment.submission)
    _refuse_unless_clearing(user, submission)
    comment = _as_read(comment, expected_revision)
    reason = checked_text(reason, field="reason")
    if not reason:
        raise Refused("reason_missing", _("Say what is to be changed, so that it can be."), field="reason")
    _set(comment, submission, Comment.Clearance.SENT_BACK, user)
    return _note(submission, comment, user=user, text=reason, kind=DelegationNote.Kind.SENT_BACK, at=at)


@transaction.atomic
def clear_all_comments(*, submission: Submission, user: Any) -> int:
    """Clear every comment of a submission that is not, and return how many these were.

    For a focal point who has read them all; that she read the submission as it stands is for the caller to check.
    """
    submission = lock_submission(submission)
    _refuse_unless_clearing(user, submission)
    with audit_context(user=user.pk):
        count: int = _uncleared(submission).update(clearance=Comment.Clearance.CLEARED)
    return count


def list_uncleared(submission: Submission) -> list[int]:
    """Return the numbers of the comments that no focal point has cleared."""
    return list(_uncleared(submission).order_by("number").values_list("number", flat=True))


def refuse_uncleared(submission: Submission) -> None:
    """Refuse to clear or file a submission while comments of it are not cleared; the refusal names them."""
    numbers = list_uncleared(submission)
    if numbers:
        raise Refused("comments_not_cleared", say_uncleared(numbers), status=409, current={"comments": numbers})


def say_uncleared(numbers: list[int]) -> str:
    """Say which comments are not cleared, and what can be done about it."""
    named = ", ".join(map(str, numbers[:NUMBERS_NAMED]))
    values = {"count": len(numbers), "numbers": named}
    if len(numbers) > NUMBERS_NAMED:
        return (
            _("%(count)d comments are not cleared, among them: %(numbers)s. Clear them or send them back first.")
            % values
        )
    return (
        ngettext(
            "%(count)d comment is not cleared: number %(numbers)s. Clear it or send it back first.",
            "%(count)d comments are not cleared: numbers %(numbers)s. Clear them or send them back first.",
            len(numbers),
        )
        % values
    )


@transaction.atomic
def write_note(
    *,
    submission: Submission,
    user: Any,
    text: str,
    comment: Comment | None = None,
    at: dt.datetime | None = None,
) -> DelegationNote:
    """Write a note to the delegation's own people, on one comment or on the whole submission; nobody else ever reads it.

    It can be written at any time, also on what has been filed. Refused to those who do not write for the delegation, and
    for a comment of another submission.
    """
    submission = lock_submission(submission)
    role = rules.role_in(user, submission.delegation)
    if not role:
        raise Refused("not_your_delegation", _("You do not act for this delegation."), status=404)
    if role not in rules.WRITERS:
        raise Refused(
            "role_cannot_write", _("An observer reads, but does not write. Ask your focal point."), status=403
        )
    if comment is not None and not submission.comments.filter(pk=comment.pk).exists():
        raise Refused("comment_unknown", _("This submission has no such comment."), field="comment", status=404)
    if submission.notes.count() >= MAX_NOTES:
        raise Refused("too_many_notes", _("A submission takes at most %(limit)d notes.") % {"limit": MAX_NOTES})
    text = checked_text(text, field="text")
    if not text:
        raise Refused("note_empty", _("Write something first."), field="text")
    return _note(submission, comment, user=user, text=text, kind=DelegationNote.Kind.NOTE, at=at)


def _note(
    submission: Submission, comment: Comment | None, *, user: Any, text: str, kind: str, at: dt.datetime | None
) -> DelegationNote:
    return DelegationNote.objects.create(
        submission=submission,
        comment=comment,
        comment_number=comment.number if comment else None,
        kind=kind,
        text=text,
        author=user,
        written_at=at or timezone.now(),
    )


def _uncleared(submission: Submission) -> Any:
    return submission.comments.exclude(clearance=Comment.Clearance.CLEARED)


def _refuse_unless_clearing(user: Any, submission: Submission) -> None:
    refuse_unless_focal_point(user, submission)
    refuse_unless_writer(user, submission)


def _as_read(comment: Comment, expected_revision: int | None) -> Comment:
    current = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if current is None:
        raise Conflict(_("A colleague deleted this comment meanwhile."), current={})
    if expected_revision is not None and current.revision != expected_revision:
        raise Conflict(
            _("A colleague changed this comment since you read it. Read it as it is now, and confirm again."),
            current={"revision": current.revision},
        )
    return current


def _set(comment: Comment, submission: Submission, clearance: str, user: Any) -> Comment:
    """Store where a comment stands, and in the audit trail who said so.

    What it says is as it was, and so is its revision: nobody's words are overtaken.
    """
    if comment.clearance != clearance:
        comment.clearance = clearance
        with audit_context(user=user.pk):
            # Not `updated_at`, which tells when the words changed.
            comment.save(update_fields=["clearance"])
        submission.revision += 1
        submission.save(update_fields=["revision"])
    return comment
