"""The record's files of activities, outcomes and deliverables. `activities/dossier/` has them."""

from pathlib import Path
from typing import Final

from activities.models import Activity, Deliverable, Outcome
from consultations.importers.dossier_kinds import HEARD_RECORD
from declaration.importers.kinds import Kind

DOSSIER: Final = Path(__file__).resolve().parent.parent / "dossier"

ACTIVITIES: Final = Kind("activity", Activity, ("slug",), DOSSIER / "activities.toml")
OUTCOMES: Final = Kind("outcome", Outcome, ("slug",), DOSSIER / "outcomes.toml")
DELIVERABLES: Final = Kind(
    "deliverable",
    Deliverable,
    ("slug",),
    DOSSIER / "deliverables.toml",
    # Drafts are brought in, not recorded.
    omit=("drafts",),
)

WHOLE_RECORD: Final = (*HEARD_RECORD, ACTIVITIES, OUTCOMES, DELIVERABLES)
"""All files of the record: the text's authority and actors, who was heard, and what was done under the mandate."""
