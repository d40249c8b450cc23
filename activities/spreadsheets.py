"""The lists of what the mandate did that are exchanged as spreadsheets."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Deliverable, Outcome
from declaration.spreadsheets.citations import cite_by
from declaration.spreadsheets.tables import Table

cite_by(Activity, lambda activity: [activity.slug])
cite_by(Outcome, lambda outcome: [outcome.slug])
cite_by(Deliverable, lambda deliverable: [deliverable.slug])

ACTIVITIES: Final = Table(
    "activities",
    Activity,
    (("slug",),),
    promises={
        "activities_activity_part_of_without_circle": ("part_of", _("An activity is no part of its own parts.")),
        "activities_activity_not_part_of_itself": ("part_of", _("An activity is no part of itself.")),
    },
)
OUTCOMES: Final = Table("outcomes", Outcome, (("slug",),))
DELIVERABLES: Final = Table(
    "deliverables",
    Deliverable,
    (("slug",),),
    promises={
        "activities_deliverable_after_without_circle": (
            "after",
            _("These deliverables would be due after one another."),
        ),
        "activities_deliverable_not_after_itself": ("after", _("Nothing is due after itself.")),
        "activities_deliverable_date_once_delivered": (
            "delivered_on",
            _("Only what has been delivered has a day of delivery."),
        ),
    },
)
