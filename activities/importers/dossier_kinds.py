"""The record's file of activities. `activities/dossier/` has it."""

from pathlib import Path
from typing import Final

from activities.models import Activity
from declaration.importers.dossier_kinds import RECORD
from declaration.importers.kinds import Kind

DOSSIER: Final = Path(__file__).resolve().parent.parent / "dossier"

ACTIVITIES: Final = Kind("activity", Activity, ("slug",), DOSSIER / "activities.toml")

WHOLE_RECORD: Final = (*RECORD, ACTIVITIES)
"""All files of the record: the text's authority and actors, and what was done under the mandate."""
