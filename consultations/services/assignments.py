"""Who of the staff prepares which answers."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Assignment, Comment, User
from consultations.services.answers import MAX_AT_ONCE
from consultations.visibility import is_staff_member
from declaration.errors import Refused


@transaction.atomic
def assign(
    *, comments: Iterable[Comment], to: User | None, user: Any, at: dt.datetime | None = None
) -> list[Assignment]:
    """Give comments to one of the staff to prepare their answers, or to nobody; all of them or none.

    Whoever had them before has them no longer. Refused where the person is not of the staff, and where one of the comments
    does not stand or staff may not read it yet: of a sealed call none is given to anybody.
    """
    if not is_staff_member(user):
        raise Refused("not_staff", _("Only the mandate holder's staff give comments to each other."), status=403)
    if to is not None and not is_staff_member(to):
        raise Refused("assignee_not_staff", _("Choose one of the mandate holder's staff."), field="to")
    wanted = {comment.pk for comment in comments}
    if len(wanted) > MAX_AT_ONCE:
        raise Refused(
            "too_many_comments",
            _("At most %(limit)d comments are given to somebody at once. Choose fewer.") % {"limit": MAX_AT_ONCE},
        )
    now = at or timezone.now()
    found = list(Comment.objects.filed_for_staff(at=now).filter(pk__in=wanted).order_by("pk"))
    if len(found) < len(wanted):
        raise Refused(
            "comment_not_answerable",
            _("One of these comments cannot be answered now, so none was given to anybody."),
            status=409,
        )
    if to is None:
        Assignment.objects.filter(comment__in=found).delete()
        return []
    values = [Assignment(comment=comment, assigned_to=to, assigned_by=user, assigned_at=now) for comment in found]
    return Assignment.objects.bulk_create(
        values,
        update_conflicts=True,
        unique_fields=["comment"],
        update_fields=["assigned_to", "assigned_by", "assigned_at"],
    )
