"""What the services on submissions and comments ask first: who acts, when, and whether what was read still stands."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consultations import rules
from consultations.deadlines import deadline_in_words
from consultations.models import Call, Submission
from consultations.visibility import is_staff_member
from declaration.errors import Refused
from declaration.text_messages import validate_text


def lock_submission(submission: Submission) -> Submission:
    """Read a submission anew and keep others from changing it until the transaction ends."""
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("call__draft", "delegation__state", "delegation__stakeholder", "delegation__group")
        .get(pk=submission.pk)
    )


def refuse_closed(call: Call, *, at: dt.datetime) -> None:
    """Refuse where a call takes no filing at that moment, saying which of the reasons it is."""
    if rules.takes_filing(call, at=at):
        return
    if call.status == Call.Status.PREPARING or at < call.opens_at:
        raise Refused("call_not_open", _("This call has not opened yet."))
    raise Refused(
        "call_closed",
        _(
            "This call closed on %(closed)s and takes no late submissions. The server received this on %(received)s."
            " What you saved before stays on your desk. What you have just typed is not saved: copy it."
        )
        % {
            "closed": deadline_in_words(call.closes_at, call.time_zone),
            "received": deadline_in_words(at, call.time_zone),
        },
    )


def refuse_letter_closed(call: Call, *, at: dt.datetime) -> None:
    """Refuse letters where a call takes none at that moment: they can be entered from its opening until it is archived.

    While it is sealed none is entered; that also keeps everybody from learning whether the delegation has filed itself.
    """
    if call.status != Call.Status.OPEN or at < call.opens_at:
        raise Refused("call_not_open", _("Letters are entered from the opening of a call until it is archived."))
    if call.is_sealed(at=at):
        raise Refused(
            "call_sealed",
            _("This call is sealed. Keep the letter closed, and enter it once the submissions have been released."),
            status=409,
        )


def refuse_submission_closed(submission: Submission, *, at: dt.datetime) -> None:
    """Refuse where a submission can no longer be written or filed at that moment; a letter has longer than others."""
    if submission.is_letter:
        refuse_letter_closed(submission.call, at=at)
    else:
        refuse_closed(submission.call, at=at)


def refuse_unless_staff_enters(user: Any) -> None:
    """Refuse everyone but the mandate holder's staff, who enter letters."""
    if not is_staff_member(user):
        raise Refused("not_your_delegation", _("You do not act for this delegation."), status=404)


def refuse_unless_writer(user: Any, submission: Submission) -> None:
    """Refuse people who may not write for the delegation, and changes of what has been cleared or filed."""
    role = rules.role_in(user, submission.delegation)
    if submission.is_letter and (not submission.is_filed or is_staff_member(user)):
        # Of a letter that they have filed staff are told so below.
        refuse_unless_staff_enters(user)
    elif not role:
        raise Refused("not_your_delegation", _("You do not act for this delegation."), status=404)
    elif role not in rules.WRITERS:
        raise Refused(
            "role_cannot_write", _("An observer reads, but does not write. Ask your focal point."), status=403
        )
    if submission.is_filed:
        raise Refused("submission_filed", _("This submission has been filed and no longer changes."), status=409)
    if submission.status == Submission.Status.CLEARED:
        raise Refused(
            "submission_cleared",
            _("This submission has been cleared. Your focal point can send it back for changes."),
            status=409,
        )


def refuse_unless_focal_point(user: Any, submission: Submission) -> None:
    """Refuse everyone but the delegation's focal points; of a letter that is being entered, everyone but staff."""
    if submission.is_letter and not submission.is_filed:
        refuse_unless_staff_enters(user)
        return
    role = rules.role_in(user, submission.delegation)
    if not role:
        raise Refused("not_your_delegation", _("You do not act for this delegation."), status=404)
    if role != "focal_point":
        raise Refused("role_cannot_submit", _("Only a focal point of the delegation may do this."), status=403)


def checked_text(text: str, *, field: str) -> str:
    """Return a text as it will be stored, line ends made one kind and outer white space taken off.

    Refused where it is too long or has characters that cannot be printed; nothing else is changed, so that what was
    typed is what is published. Markup is kept as the characters that were typed and is never read as markup.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    try:
        validate_text(text)
    except ValidationError as error:
        first = error.error_list[0]
        raise Refused(str(first.code), first.messages[0], field=field) from error
    return text
