"""What holds of activities, outcomes and deliverables at a moment. Pure answers."""

import datetime as dt
from typing import Final

from activities.models import Deliverable
from declaration.dates import PartialDate

UNDER_WAY: Final = (Deliverable.Status.PLANNED, Deliverable.Status.IN_PROGRESS)


def is_overdue(deliverable: Deliverable, *, on: dt.date) -> bool:
    """Whether it should have been delivered by the end of the day before, and was not; as `overdue()` finds it."""
    due = PartialDate.parse(deliverable.due).latest
    return deliverable.status in UNDER_WAY and due is not None and due < on
