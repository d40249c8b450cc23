"""Who comes to a delegation's own part of the API, and who to that of staff; how often they may write."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.http import Http404
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from consultations.models import Delegation
from consultations.visibility import is_staff_member
from declaration.errors import Conflict


class IsStaffMember(BasePermission):
    """The mandate holder's staff."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether this is one of them."""
        return is_staff_member(request.user)


class WritesAreCounted(APIView):
    """For views that write: so many writes a minute for each person; reading is not counted."""

    throttle_scope = "writes"

    def get_throttles(self) -> list[BaseThrottle]:
        """Return what counts this request."""
        return [] if self.request.method in SAFE_METHODS else super().get_throttles()


class DeskAccess(WritesAreCounted):
    """For people who are signed in; which rows they reach is for each view to say."""

    permission_classes = [IsAuthenticated]


class StaffAccess(WritesAreCounted):
    """For staff only."""

    permission_classes = [IsStaffMember]


def own_delegation(request: Request, key: str) -> Delegation:
    """Return the person's delegation with that key. Raises `Http404` for those who do not act for it."""
    delegation: Delegation | None = Delegation.objects.own(request.user, key)
    if delegation is None:
        raise Http404
    return delegation


@contextmanager
def telling_what_stands(describe: Callable[[], Mapping[str, object]]) -> Iterator[None]:
    """Let a conflict carry the whole of what stands now, as it would be read, so that both can be compared."""
    try:
        yield
    except Conflict as conflict:
        conflict.current = dict(describe())
        raise
