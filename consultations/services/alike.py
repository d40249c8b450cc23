"""Groups of like comments, kept for those who answer them."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from consultations.alike import Group, find_alike
from consultations.models import Alike, AlikeGroup, Call, Comment


@transaction.atomic
def group_alike(*, call: Call, at: dt.datetime | None = None) -> list[AlikeGroup]:
    """Find which comments of a call say the same or nearly so, and keep the groups. Each of them is still answered.

    Only comments that staff may read at that moment are looked at, so that under embargo there is no group. A group that is
    found again unchanged stays the same one, at its address.
    """
    now = at or timezone.now()
    # Two people who ask for it at once come one after the other.
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    comments = Comment.objects.filed_for_staff(at=now).filter(submission__call=call).in_order_of_filing()
    found = {_members(group): group for group in find_alike(comments.defer("fingerprint"))}
    kept: list[AlikeGroup] = []
    for old in AlikeGroup.objects.filter(call=call).prefetch_related("members"):
        members = frozenset((each.comment_id, each.likeness) for each in old.members.all())
        if found.pop(members, None):
            kept.append(old)
        else:
            old.delete()
    new = AlikeGroup.objects.bulk_create(
        AlikeGroup(call=call, kind=AlikeGroup.Kind.EXACT if group.is_exact else AlikeGroup.Kind.NEAR, found_at=now)
        for group in found.values()
    )
    Alike.objects.bulk_create(
        Alike(group=row, comment=each.comment, likeness=each.likeness)
        for row, group in zip(new, found.values(), strict=True)
        for each in group.members
    )
    return [*kept, *new]


def _members(group: Group) -> frozenset[tuple[int, float]]:
    return frozenset((each.comment.pk, each.likeness) for each in group.members)
