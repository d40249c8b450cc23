"""Which activities, and in what order."""

import datetime as dt
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


class OutcomeQuerySet(models.QuerySet[Any]):
    """What summits and conferences came to."""

    def in_order(self) -> Self:
        """Oldest first; what has no date of its own comes last."""
        return self.order_by(F("when_earliest").asc(nulls_last=True), "slug")


class DeliverableQuerySet(models.QuerySet[Any]):
    """What is due under the mandate."""

    def in_order(self) -> Self:
        """What is due first comes first; what has no date comes last."""
        return self.order_by(F("due_earliest").asc(nulls_last=True), "slug")

    def overdue(self, *, on: dt.date) -> Self:
        """What should have been delivered by the end of the day before, and was not."""
        return self.filter(status__in=["planned", "in_progress"], due_latest__lt=on)
