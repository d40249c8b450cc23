"""What staff enter of a letter that came in on paper: a filing of the delegation that wrote it, marked as such.

A letter is in time by the day on which it was received, whenever it is entered. For a sealed call letters are entered
only once its submissions are released, since whoever enters one knows what was filed.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import rules
from consultations.models import Call, Delegation, Submission
from consultations.querysets import is_staff_member
from consultations.services.filing import put_on_record
from consultations.services.gate import lock_submission, refuse_sealed_letter, refuse_unless_letter_writer
from consultations.services.groups import day_in
from consultations.services.submissions import describe_submission, refuse_missing, refuse_unread
from declaration.errors import Refused


@transaction.atomic
def enter_letter(
    *,
    call: Call,
    delegation: Delegation,
    user: Any,
    received_on: dt.date,
    language: str,
    at: dt.datetime | None = None,
) -> Submission:
    """Begin to enter a letter, or return the one of this delegation that is being entered.

    Nothing is consented to until staff say that the letter does. Refused to all but staff, while the call is sealed, in
    preparation or archived, where the delegation has filed itself, and for days on which it was not open.
    """
    at = at or timezone.now()
    if not is_staff_member(user):
        raise Refused("not_staff", _("Letters are entered by staff."), status=404)
    _lock_call(call)
    refuse_sealed_letter(call, at=at)
    if not rules.is_answerable_by(call, delegation):
        message = _("This call is not addressed to %(party)s.") % {"party": delegation}
        raise Refused("not_in_audience", message, field="delegation")
    _refuse_filed_itself(call, delegation)
    current = Submission.objects.letters_in_writing().filter(call=call, delegation=delegation).first()
    if current:
        return current  # type: ignore[no-any-return]
    _refuse_day(call, received_on, at=at)
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


@transaction.atomic
def describe_letter(
    *,
    submission: Submission,
    user: Any,
    expected_revision: int,
    received_on: dt.date,
    at: dt.datetime | None = None,
    **described: Any,
) -> Submission:
    """Change what is entered of a letter beside its comments; `described` is what `describe_submission` takes."""
    at = at or timezone.now()
    submission = lock_submission(submission)
    refuse_unless_letter_writer(user, submission, at=at)
    _refuse_day(submission.call, received_on, at=at)
    submission = describe_submission(
        submission=submission,
        user=user,
        expected_revision=expected_revision,
        received_on=received_on,
        at=at,
        **described,
    )
    return submission


@transaction.atomic
def file_letter(
    *, submission: Submission, user: Any, expected_revision: int | None = None, at: dt.datetime | None = None
) -> Submission:
    """File what was entered of a letter; an earlier letter of the delegation is superseded, and kept.

    Late is what was received after the closing day. Refused where the delegation has filed itself meanwhile, and where it
    changed since the revision that was read.
    """
    at = at or timezone.now()
    submission = lock_submission(submission)
    refuse_unless_letter_writer(user, submission, at=at)
    _lock_call(submission.call)
    _refuse_filed_itself(submission.call, submission.delegation)
    refuse_unread(submission, expected_revision)
    refuse_missing(submission)
    received_on = submission.received_on or day_in(submission.call, at)
    _refuse_day(submission.call, received_on, at=at)
    is_late = received_on > day_in(submission.call, submission.call.closes_at)
    put_on_record(submission, user=user, at=at, on=received_on, is_late=is_late)
    return submission


@transaction.atomic
def discard_letter(*, submission: Submission, user: Any, at: dt.datetime | None = None) -> None:
    """Throw away what was entered of a letter and never filed."""
    submission = lock_submission(submission)
    refuse_unless_letter_writer(user, submission, at=at or timezone.now())
    submission.delete()


def _lock_call(call: Call) -> None:
    """Let two of the staff who enter a letter of the same delegation come one after the other."""
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)


def _refuse_filed_itself(call: Call, delegation: Delegation) -> None:
    own = Submission.objects.filter(call=call, delegation=delegation, status=Submission.Status.SUBMITTED)
    if own.exclude(source=Submission.Source.LETTER).exists():
        message = _("%(party)s has filed itself in this call. What it filed stands.") % {"party": delegation}
        raise Refused("delegation_has_filed", message, field="delegation", status=409)


def _refuse_day(call: Call, received_on: dt.date, *, at: dt.datetime) -> None:
    if received_on > day_in(call, at):
        raise Refused("received_in_future", _("This day has not come yet."), field="received_on")
    if received_on < day_in(call, call.opens_at):
        message = _("The call had not opened on that day.")
        raise Refused("call_not_open", message, field="received_on")
    if received_on > day_in(call, call.closes_at) and not call.takes_late:
        message = _("The call had closed on that day and takes no late submissions.")
        raise Refused("call_closed", message, field="received_on")
