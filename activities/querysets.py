"""Which activities, and in what order."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Prefetch

from consultations.models import Consultation


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

    def with_consultations(self) -> Self:
        """With the public consultations that were held in each."""
        return self.prefetch_related(Prefetch("consultations", Consultation.objects.public().in_order()))


class OutcomeQuerySet(models.QuerySet[Any]):
    """What summits and conferences came to."""

    def in_order(self) -> Self:
        """Oldest first; what has no date of its own comes last."""
        return self.order_by(F("when_earliest").asc(nulls_last=True), "slug")

    def for_list(self) -> Self:
        """In order, with what a list prints of each."""
        return self.in_order().select_related("host_state", "source")

    def for_reading(self) -> Self:
        """With everything that is printed of one, in a fixed number of queries."""
        return self.for_list().prefetch_related("documents", "requests__resolution", "elements")


class DeliverableQuerySet(models.QuerySet[Any]):
    """What is due under the mandate."""

    def in_order(self) -> Self:
        """What is due first comes first; what has no date comes last."""
        return self.order_by(F("due_earliest").asc(nulls_last=True), "slug")

    def for_list(self) -> Self:
        """In order, with what a list prints of each."""
        return self.in_order().select_related("source").prefetch_related("requests__resolution")

    def for_reading(self) -> Self:
        """With everything that is printed of one but its drafts, in a fixed number of queries."""
        return self.for_list().select_related("after").prefetch_related("documents", "followed_by")

    def overdue(self, *, on: dt.date) -> Self:
        """What should have been delivered by the end of the day before, and was not."""
        return self.filter(status__in=["planned", "in_progress"], due_latest__lt=on)
