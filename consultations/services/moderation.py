"""What stakeholders file is kept from the public for a reason that the public reads. Nothing is deleted by it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from consultations import rules
from consultations.models import Comment, Hold, Submission
from consultations.services.gate import checked_text, lock_submission
from consultations.visibility import is_staff_member
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES


@transaction.atomic
def hold(
    *,
    user: Any,
    reason: str,
    language: str,
    submission: Submission | None = None,
    comment: Comment | None = None,
    at: dt.datetime | None = None,
) -> Hold:
    """Keep a stakeholder's filing, or one comment of it, from the public. The reason is published in its place.

    Exactly one of `submission` and `comment` is given; anything else raises `ValueError`. Refused to all but staff, for what
    does not stand, for what staff may not read yet, for what a State or a group filed, without a reason, and where it is
    held already.
    """
    at = at or timezone.now()
    if (submission is None) == (comment is None):
        raise ValueError("Either a submission or a comment is held.")
    if not is_staff_member(user):
        raise Refused("not_staff", _("Only the mandate holder's staff hold what was filed."), status=403)
    locked = lock_submission(submission or comment.submission)  # type: ignore[union-attr]
    _refuse_not_holdable(user, locked, at=at)
    reason = checked_text(reason, field="reason")
    if not reason:
        raise Refused("reason_missing", _("Give the reason. It is published in place of what is held."), field="reason")
    if language not in TEXT_LANGUAGES:
        raise Refused("choice_unknown", _("Choose the language of the reason."), field="language")
    if Hold.objects.active().filter(submission=submission, comment=comment).exists():
        raise Refused("already_held", _("This is held already. It was not held twice."), status=409)
    return Hold.objects.create(
        submission=submission, comment=comment, reason=reason, language=language, placed_by=user, placed_at=at
    )


def _refuse_not_holdable(user: Any, submission: Submission, *, at: dt.datetime) -> None:
    if not rules.can_moderate(user, submission, at=at):
        raise Refused(
            "not_holdable",
            _("Only what a stakeholder filed and what stands can be held, once staff may read it."),
            status=409,
        )


@transaction.atomic
def lift_hold(*, hold: Hold, user: Any, at: dt.datetime | None = None) -> Hold:
    """Let the public read what was held. That it was held, and why, stays on the record.

    Refused to all but staff, while staff may not read what is held, and where a colleague lifted it already.
    """
    at = at or timezone.now()
    if not is_staff_member(user):
        raise Refused("not_staff", _("Only the mandate holder's staff lift a hold."), status=403)
    locked = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if locked.lifted_at:
        raise Refused("hold_lifted", _("A colleague lifted this hold already."), status=409)
    if not Hold.objects.for_staff(at=at).filter(pk=hold.pk).exists():
        raise Refused("not_holdable", _("This cannot be released yet: staff may not read it."), status=409)
    locked.lifted_by = user
    locked.lifted_at = at
    locked.save(update_fields=["lifted_by", "lifted_at"])
    return locked


def hold_at_filing(submission: Submission, *, at: dt.datetime) -> None:
    """Hold what was just filed where its call says so, and hold anew what was held of the delegation's earlier filings.

    Otherwise filing the same again would undo a hold. Called in the transaction that files.
    """
    if submission.delegation.stakeholder_id is None:
        return
    filed = Submission.objects.filter(
        delegation=submission.delegation, call=submission.call, status__in=Submission.FILED
    )
    # The last one only: where a hold was lifted since, it is not placed again.
    before = filed.exclude(pk=submission.pk).order_by("-submitted_at", "-pk").first()
    held = Hold.objects.active().filter(submission=before).first() if before else None
    if submission.call.holds_stakeholders:
        Hold.objects.create(submission=submission, placed_at=at, **_say_automatic())
    elif held:
        _hold_again(held, at=at, submission=submission)
    if before is None:
        return
    same = {comment.fingerprint: comment for comment in submission.comments.all()}
    for each in Hold.objects.active().filter(comment__submission=before).select_related("comment"):
        comment = same.pop(each.comment.fingerprint, None)  # type: ignore[union-attr]
        if comment:
            _hold_again(each, at=at, comment=comment)


def _say_automatic() -> dict[str, str]:
    # Kept in one language, since nobody wrote it; pages say it in the reader's own.
    with translation.override("en"):
        return {"reason": str(Hold.AUTOMATIC_REASON), "language": "en"}


def _hold_again(held: Hold, *, at: dt.datetime, **on: Submission | Comment) -> None:
    Hold.objects.create(reason=held.reason, language=held.language, placed_by=held.placed_by, placed_at=at, **on)
