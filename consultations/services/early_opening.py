"""Opening what was filed under seal before its call closes: one of the staff asks, another confirms.

Nothing is opened until then. Once it is, the call's page says so for ever: when, why, and by whom.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Call, EarlyOpening
from consultations.services.calls import lock_call
from consultations.services.gate import checked_text
from consultations.services.telling import tell_call_opened_early
from consultations.visibility import is_staff_member
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES


@transaction.atomic
def ask_early_opening(
    *, call: Call, user: Any, reason: str, language: str, at: dt.datetime | None = None
) -> EarlyOpening:
    """Ask that what was filed in a sealed call be opened before it closes. Nothing is opened yet.

    `reason` is what everybody will read, in `language`. Refused where the call is not open and sealed at that moment,
    where it has been asked already, and for everybody but staff.
    """
    at = at or timezone.now()
    _refuse_all_but_staff(user)
    call = lock_call(call)
    _refuse_unless_sealed(call, at=at)
    if EarlyOpening.objects.filter(call=call).exists():
        raise Refused(
            "early_opening_asked",
            _("An early opening of this call has been asked for already. Another member of staff can confirm it."),
            status=409,
        )
    reason = checked_text(reason, field="reason")
    if not reason:
        raise Refused("required", _("Give the reason. Everybody will read it on the page of the call."), field="reason")
    if language not in TEXT_LANGUAGES:
        raise Refused("language_unknown", _("Choose the language in which the reason is written."), field="language")
    return EarlyOpening.objects.create(call=call, reason=reason, language=language, asked_by=user, asked_at=at)


@transaction.atomic
def confirm_early_opening(*, call: Call, user: Any, at: dt.datetime | None = None) -> Call:
    """Open what was filed in a sealed call, as a colleague asked: from now on it is read as if the call had closed.

    Refused for the one who asked, for everybody but staff, and where the call is no longer open and sealed.
    """
    at = at or timezone.now()
    _refuse_all_but_staff(user)
    call = lock_call(call)
    _refuse_unless_sealed(call, at=at)
    opening = _find_asked(call)
    if opening.asked_by_id == user.pk:
        raise Refused(
            "early_opening_by_one",
            _("You asked for this opening yourself. Another member of staff has to confirm it."),
            status=409,
        )
    opening.confirmed_by, opening.confirmed_at = user, at
    opening.save(update_fields=["confirmed_by", "confirmed_at"])
    call.opened_early_at = at
    call.save(update_fields=["opened_early_at"])
    tell_call_opened_early(call, at=at)
    return call


@transaction.atomic
def take_back_early_opening(*, call: Call, user: Any) -> None:
    """Take back what was asked and has not been confirmed: any of the staff can. It can be asked anew."""
    _refuse_all_but_staff(user)
    call = lock_call(call)
    opening = _find_asked(call)
    if opening.confirmed_at:
        raise Refused(
            "early_opening_confirmed",
            _("This call has been opened early. That stays on its page and cannot be taken back."),
            status=409,
        )
    opening.delete()


def _find_asked(call: Call) -> EarlyOpening:
    opening = EarlyOpening.objects.filter(call=call).first()
    if opening is None:
        raise Refused(
            "early_opening_not_asked",
            _("No early opening of this call is asked for. A member of staff asks first, with a reason."),
            status=409,
        )
    return opening


def _refuse_all_but_staff(user: Any) -> None:
    if not is_staff_member(user):
        raise Refused("not_staff", _("Only the mandate holder's staff may do this."), status=403)


def _refuse_unless_sealed(call: Call, *, at: dt.datetime) -> None:
    if not call.is_open(at=at) or not call.is_sealed(at=at):
        raise Refused(
            "call_not_sealed",
            _("Only a call that is open, and whose submissions are sealed until it closes, can be opened early."),
            status=409,
        )
