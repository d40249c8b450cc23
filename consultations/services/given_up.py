"""Mail that was given up: sent again because somebody of the staff says so."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Notice
from declaration.errors import Refused


@transaction.atomic
def send_again(*, notice: Notice, at: dt.datetime | None = None) -> Notice:
    """Put a mail that was given up back among those that wait, as if it had never been tried.

    What was interrupted while it was being sent may reach its addressee twice; who asks for this has been told so. Refused for
    a mail that was not given up, or that a colleague has sent again meanwhile.
    """
    current = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if current.status != Notice.Status.FAILED:
        raise Refused("notice_not_given_up", _("This mail was not given up, or is being sent again."), status=409)
    current.status = Notice.Status.WAITING
    current.due_at = at or timezone.now()
    current.attempts = 0
    current.settled_at = None
    current.save(update_fields=["status", "due_at", "attempts", "settled_at"])
    return current
