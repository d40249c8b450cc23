"""For whom a delegation speaks beside itself: the group that its submission is made on behalf of, and that group's members."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from consultations.models import Delegation, Submission
from declaration.errors import Refused
from declaration.models import Group, GroupMembership


def members_at(group: Group, day: dt.date) -> list[str]:
    """The codes of the States that are members of a group on a day, in their order.

    A State that joined on the day is one of them, a State that left on it is not; an unknown date excludes nobody.
    """
    rows = GroupMembership.objects.filter(group=group).filter(
        Q(joined_on__isnull=True) | Q(joined_on__lte=day), Q(left_on__isnull=True) | Q(left_on__gt=day)
    )
    return sorted(set(rows.values_list("state__alpha3", flat=True)))


def groups_of(delegation: Delegation, day: dt.date) -> list[Group]:
    """The groups that a delegation can speak for on a day: those its State is a member of, or the group that it is."""
    if delegation.group:
        return [delegation.group]
    if not delegation.state_id:
        return []
    rows = GroupMembership.objects.filter(state=delegation.state_id).filter(
        Q(joined_on__isnull=True) | Q(joined_on__lte=day), Q(left_on__isnull=True) | Q(left_on__gt=day)
    )
    return list(Group.objects.filter(pk__in=rows.values("group")))


def refuse_unless_speaks_for(delegation: Delegation, group: Group | None, *, day: dt.date) -> None:
    """Refuse a group that the delegation cannot speak for on that day, saying why."""
    if group is None or group in groups_of(delegation, day):
        return
    if delegation.state:
        message = _("%(state)s is no member of %(group)s on that day, and cannot speak for it.")
        raise Refused(
            "not_of_group", message % {"state": delegation.state, "group": group}, field="on_behalf_of", status=403
        )
    message = _("Only a member State, or the group's own delegation, speaks for %(group)s.")
    raise Refused("not_of_group", message % {"group": group}, field="on_behalf_of", status=403)


def freeze_members(submission: Submission, *, at: dt.datetime) -> None:
    """Put into a submission that is being filed for whom it speaks: the members of its group on that day.

    Of a letter the day on which it was received counts. What the group's own delegation files it files for the group. Refused where the delegation cannot speak for it any more.
    """
    group = submission.on_behalf_of or submission.delegation.group
    day = submission.received_on or at.date()
    refuse_unless_speaks_for(submission.delegation, group, day=day)
    submission.on_behalf_of = group
    submission.group_members = members_at(group, day) if group else []
