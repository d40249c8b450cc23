"""The lists of what the mandate did that are exchanged as spreadsheets."""

from typing import Final

from activities.models import Activity, Deliverable, Outcome
from declaration.spreadsheets.citations import cite_by
from declaration.spreadsheets.tables import Table

cite_by(Activity, lambda activity: [activity.slug])
cite_by(Outcome, lambda outcome: [outcome.slug])
cite_by(Deliverable, lambda deliverable: [deliverable.slug])

ACTIVITIES: Final = Table("activities", Activity, (("slug",),))
OUTCOMES: Final = Table("outcomes", Outcome, (("slug",),))
DELIVERABLES: Final = Table("deliverables", Deliverable, (("slug",),))
