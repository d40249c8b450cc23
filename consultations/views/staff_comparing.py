"""A draft against one before it, for staff: also a draft in preparation."""

from typing import Any

from django.db.models import QuerySet

from consultations.views.comparing import DraftCompare
from consultations.views.staff_access import StaffView
from declaration.models import Draft


class StaffDraftCompare(StaffView, DraftCompare):
    """The comparison as everyone sees it once the newer draft is published; origins that nobody has confirmed may change."""

    template_name = "consultations/staff/draft_compare.html"
    address_name = "staff-draft-compare"

    def get_drafts(self) -> QuerySet[Draft]:
        """Return all drafts."""
        drafts: QuerySet[Draft] = Draft.objects.for_reading()
        return drafts

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many clauses have an origin that nobody has confirmed."""
        unconfirmed = 0 if self.newer.is_published else self.newer.clauses.filter(is_origin_confirmed=False).count()
        return super().get_context_data(unconfirmed=unconfirmed, **kwargs)
