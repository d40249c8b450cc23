"""What staff enter of a letter that came in on paper: a filing of the delegation that wrote it, marked as such.

A letter is in time by the day on which it was received, whenever it is entered. For a sealed call letters are entered
only once its submissions are released, since whoever enters one knows what was filed. Once it is begun, a letter is
described, commented on and filed by the services of every submission, which let staff do it.
"""

import datetime as dt
import zoneinfo
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import rules
from consultations.models import Call, Delegation, Submission
from consultations.services.gate import refuse_letter_closed, refuse_unless_staff_enters
from declaration.errors import Refused


@transaction.atomic
def start_letter(
    *,
    call: Call,
    delegation: Delegation,
    user: Any,
    received_on: dt.date,
    language: str | None = None,
    at: dt.datetime | None = None,
) -> Submission:
    """Begin to enter a letter, or return the one of this delegation that is being entered.

    Nothing is consented to until staff say that the letter does. Refused to all but staff, while the call is sealed, before
    it opens and once it is archived, where the delegation has filed itself, and for days before it opened or to come.
    """
    at = at or timezone.now()
    refuse_unless_staff_enters(user)
    # Two of the staff who enter a letter of the same delegation come one after the other.
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    refuse_letter_closed(call, at=at)
    if not rules.is_answerable_by(call, delegation):
        message = _("This call is not addressed to %(delegation)s.") % {"delegation": delegation}
        raise Refused("not_in_audience", message, field="delegation")
    refuse_own_filing(call, delegation)
    current = Submission.objects.letters_in_writing().filter(call=call, delegation=delegation).first()
    if current:
        return current
    refuse_impossible_day(call, received_on, at=at)
    language = language or call.languages[0]
    if language not in call.languages:
        message = _("This call does not take submissions in that language.")
        raise Refused("language_not_taken", message, field="language")
    return Submission.objects.create(
        call=call,
        delegation=delegation,
        language=language,
        source=Submission.Source.LETTER,
        received_on=received_on,
        consents_to_attribution=False,
        consents_to_publication=False,
    )


def find_delegation(key: str) -> Delegation:
    """Return the active delegation with this key. Refused for keys that nobody has."""
    key = key.strip()
    delegation: Delegation | None = Delegation.objects.with_key(key).filter(is_active=True).first()
    if delegation is None:
        message = _("There is no delegation with this key: %(key)s. Make it first.") % {"key": key[:60]}
        raise Refused("delegation_unknown", message, field="delegation")
    return delegation


def is_letter_late(submission: Submission) -> bool:
    """Whether a letter came after the day on which its call closed, in the call's time zone."""
    call = submission.call
    return submission.received_on is not None and submission.received_on > _day_in(call, call.closes_at)


def refuse_late_letter(submission: Submission) -> None:
    """Refuse to file a letter that came too late for a call that takes no late submissions."""
    if is_letter_late(submission) and not submission.call.takes_late:
        raise Refused(
            "call_closed",
            _("The letter came after the call had closed, and the call takes no late submissions."),
            field="received_on",
        )


def refuse_own_filing(call: Call, delegation: Delegation) -> None:
    """Refuse a letter of a delegation that has filed itself: what it filed stands."""
    own = Submission.objects.filter(call=call, delegation=delegation, status=Submission.Status.SUBMITTED)
    if own.exclude(source=Submission.Source.LETTER).exists():
        message = _("%(delegation)s has filed in this call itself. What it filed stands.") % {"delegation": delegation}
        raise Refused("delegation_filed", message, field="delegation", status=409)


def refuse_impossible_day(call: Call, received_on: dt.date, *, at: dt.datetime) -> None:
    """Refuse days that are to come, and those before the call opened, in the call's time zone."""
    if received_on > _day_in(call, at):
        raise Refused("received_ahead", _("This day has not come yet."), field="received_on")
    if received_on < _day_in(call, call.opens_at):
        raise Refused("received_too_early", _("The call had not opened on that day."), field="received_on")


def _day_in(call: Call, at: dt.datetime) -> dt.date:
    return at.astimezone(zoneinfo.ZoneInfo(call.time_zone)).date()
