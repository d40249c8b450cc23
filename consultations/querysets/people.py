"""Which delegations and invitations, and for whom."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from consultations.visibility import (
    is_staff_member,
)


class InvitationQuerySet(models.QuerySet[Any]):
    """Invitations to act for a delegation."""

    def waiting(self) -> Self:
        """Those that are neither accepted nor taken back, with who invited; some of them may have expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True).select_related("invited_by")


class DelegationQuerySet(models.QuerySet[Any]):
    """Delegations, with the party that each of them is."""

    def with_party(self) -> Self:
        """With the State, stakeholder or group in the same query."""
        return self.select_related("state", "stakeholder", "group")

    def of(self, user: Any) -> Self:
        """The active delegations that this person belongs to."""
        if not (user and user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(memberships__user=user, is_active=True)

    def with_key(self, key: str) -> Self:
        """The delegation with this key, as somebody typed it: large and small letters are the same."""
        return self.filter(
            Q(state__alpha3__iexact=key) | Q(stakeholder__slug__iexact=key) | Q(group__code__iexact=key)
        ).with_party()

    def own(self, user: Any, key: str) -> Any:
        """Return the person's delegation with exactly this key, as an address has it; nothing for every other."""
        return next((each for each in self.of(user).with_party() if each.key == key), None)

    def for_staff(self, words: str = "") -> Self:
        """As staff list them: with their focal points, those without any in front; narrowed by a part of a name or key."""
        from consultations.models import Membership  # the models import this module

        leading = Membership.objects.filter(role="focal_point").select_related("user").order_by("pk")
        found = self.with_party().prefetch_related(models.Prefetch("memberships", leading, to_attr="focal_points"))
        if words:
            paths = ("state__name", "stakeholder__name", "group__name")
            named = Q(pk__in=self.model.objects.with_key(words).values("pk"))
            for path in paths:
                named |= Q(**{f"{path}__icontains": words})
            found = found.filter(named)
        has_nobody = ~Exists(leading.filter(delegation=OuterRef("pk")))
        return found.annotate(has_nobody=has_nobody).order_by("-has_nobody", "pk")

    def visible_to(self, user: Any) -> Self:
        """Staff see them all; a person sees her own."""
        return self.all() if is_staff_member(user) else self.of(user)
