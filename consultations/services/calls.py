"""What happens to a call for comments."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Call
from declaration.errors import Refused
from declaration.models import Draft


def _lock(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("draft").get(pk=call.pk)


@transaction.atomic
def open_call(*, call: Call) -> Call:
    """Open a call that is in preparation: it is public from now on and takes submissions between its two times."""
    call = _lock(call)
    if call.status != Call.Status.PREPARING:
        raise Refused("call_not_preparing", _("This call has been opened already."))
    if call.draft.status != Draft.Status.PUBLISHED:
        raise Refused(
            "draft_not_published",
            _("Comments can be called for on a published draft only. Publish the draft first."),
            field="draft",
        )
    if call.closes_at <= timezone.now():
        raise Refused(
            "call_would_be_closed",
            _("This call would close in the past. Give it a later closing time."),
            field="closes_at",
        )
    call.status = Call.Status.OPEN
    call.save(update_fields=["status"])
    return call


@transaction.atomic
def extend_call(*, call: Call, closes_at: dt.datetime) -> Call:
    """Give an opened call a later closing time. A sealed call that has closed stays closed: its filings are released."""
    call = _lock(call)
    if call.status != Call.Status.OPEN:
        raise Refused("call_not_open", _("Only an opened call can be extended."))
    if closes_at <= call.closes_at:
        raise Refused(
            "call_not_extended", _("An extension ends later than the present closing time."), field="closes_at"
        )
    if call.publication_rule == Call.PublicationRule.TOGETHER_AFTER_CLOSING and call.closes_at <= timezone.now():
        raise Refused(
            "call_released",
            _("This call has closed and its submissions have been released; it cannot be opened again."),
            field="closes_at",
        )
    call.closes_at = closes_at
    call.save(update_fields=["closes_at"])
    return call


@transaction.atomic
def close_call(*, call: Call, at: dt.datetime | None = None) -> Call:
    """Close an open call now, before its time."""
    at = at or timezone.now()
    call = _lock(call)
    if not call.is_open(at=at):
        raise Refused("call_not_open", _("Only an open call can be closed."))
    call.closes_at = at
    call.save(update_fields=["closes_at"])
    return call


@transaction.atomic
def archive_call(*, call: Call) -> Call:
    """Put a closed call away: it stays readable, and takes no late submissions any more."""
    call = _lock(call)
    if call.status != Call.Status.OPEN or call.closes_at > timezone.now():
        raise Refused("call_not_closed", _("Only a closed call can be archived."))
    call.status = Call.Status.ARCHIVED
    call.save(update_fields=["status"])
    return call
