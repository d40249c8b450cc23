"""Which activities, and in what order."""

from typing import Any, Self

from django.db import models
from django.db.models import F


class ActivityQuerySet(models.QuerySet[Any]):
    """What the mandate did."""

    def in_order(self) -> Self:
        """Oldest first; what has no date of its own comes last."""
        return self.order_by(F("when_earliest").asc(nulls_last=True), "slug")

    def for_timeline(self) -> Self:
        """With everything that the timeline prints, in a fixed number of queries."""
        return (
            self.in_order()
            .select_related("host_state", "part_of", "source")
            .prefetch_related("documents", "requests__resolution")
        )
