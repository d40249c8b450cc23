"""Groups of like comments as staff read them: only what they may read at this moment is counted or named."""

from django.db.models import Count, Prefetch, Q, QuerySet

from consultations.models import Alike, AlikeGroup, Call, Comment


def find_groups(call: Call) -> QuerySet[AlikeGroup]:
    """Return the groups of a call, the largest first, each with `size`, `unanswered` and its members in order of filing.

    A comment that was superseded or withdrawn since is left out, and so is a group of which fewer than two are left.
    """
    readable = Comment.objects.filed_for_staff().filter(submission__call=call)
    still = Q(members__comment__in=readable)
    members = Alike.objects.filter(comment__in=readable)
    ordered = members.order_by("comment__submission__submitted_at", "comment__submission_id", "comment__number")
    return (
        AlikeGroup.objects.filter(call=call)
        .annotate(
            size=Count("members", filter=still),
            unanswered=Count("members", filter=still & Q(members__comment__disposition__isnull=True)),
        )
        .filter(size__gte=2)
        .prefetch_related(Prefetch("members", queryset=ordered.select_related("comment__disposition")))
        .order_by("-size", "id")
    )
