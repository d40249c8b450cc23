"""What staff do with a letter that they have filed: correct it by one that takes its place, or withdraw it with a reason."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Submission
from consultations.services.attachments import copy_attachments
from consultations.services.gate import (
    checked_text,
    lock_submission,
    refuse_letter_closed,
    refuse_unless_staff_enters,
)
from consultations.services.letters import start_letter
from consultations.services.submissions import CONSENTS, copy_comments, take_out
from declaration.errors import Refused


@transaction.atomic
def correct_letter(*, letter: Submission, user: Any, at: dt.datetime | None = None) -> Submission:
    """Begin a letter that is to take the place of one that was filed, as a copy of it; the filed one stands until then.

    A letter of the delegation that is being entered already is returned as it is. Refused as `start_letter`, and for a
    letter that no longer stands.
    """
    at = at or timezone.now()
    letter = _lock_standing(letter, user, at=at)
    day: dt.date = letter.received_on  # type: ignore[assignment] # a letter always has one
    begun = Submission.objects.letters_in_writing().filter(call=letter.call, delegation=letter.delegation).first()
    if begun:
        return begun
    correction = start_letter(
        call=letter.call, delegation=letter.delegation, user=user, received_on=day, language=letter.language, at=at
    )
    for name in ("general_comment", "on_behalf_of", *CONSENTS):
        setattr(correction, name, getattr(letter, name))
    correction.save(update_fields=["general_comment", "on_behalf_of", *CONSENTS])
    copy_comments(letter, correction, user=user)
    copy_attachments(letter, correction)
    return correction


@transaction.atomic
def withdraw_letter(*, letter: Submission, user: Any, reason: str, at: dt.datetime | None = None) -> Submission:
    """Withdraw a letter that was filed in error, with a reason that its delegation reads. It is kept, and no longer stands.

    Refused to all but staff, without a reason, and for a letter that no longer stands.
    """
    at = at or timezone.now()
    letter = _lock_standing(letter, user, at=at)
    reason = checked_text(reason, field="reason")
    if not reason:
        raise Refused("reason_missing", _("Say why: the delegation reads the reason."), field="reason")
    return take_out(letter, user=user, reason=reason, at=at)


def _lock_standing(letter: Submission, user: Any, *, at: dt.datetime) -> Submission:
    refuse_unless_staff_enters(user)
    letter = lock_submission(letter)
    if not letter.is_letter:
        message = _("This was filed by the delegation itself. Only its focal point changes what becomes of it.")
        raise Refused("not_a_letter", message, status=403)
    refuse_letter_closed(letter.call, at=at)
    if letter.status != Submission.Status.SUBMITTED:
        raise Refused("submission_not_standing", _("This letter no longer stands."), status=409)
    return letter
