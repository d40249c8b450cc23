"""The record's files of consultations and questionnaires. `consultations/dossier/` has them."""

from pathlib import Path
from typing import Final

from consultations.models import Consultation, Question, Questionnaire, View
from declaration.importers.dossier_kinds import RECORD
from declaration.importers.kinds import Kind

DOSSIER: Final = Path(__file__).resolve().parent.parent / "dossier"

CONSULTATIONS: Final = Kind(
    "consultation",
    Consultation,
    ("slug",),
    DOSSIER / "consultations.toml",
    # What was said before a draft was there bears on elements; which clauses a view bears on is for people to say.
    children=(Kind("view", View, ("position",), parent="consultation", omit=("clauses",)),),
)
QUESTIONNAIRES: Final = Kind(
    "questionnaire",
    Questionnaire,
    ("slug",),
    DOSSIER / "questionnaires.toml",
    children=(Kind("question", Question, ("label",), parent="questionnaire", order="position"),),
)

HEARD_RECORD: Final = (*RECORD, CONSULTATIONS, QUESTIONNAIRES)
"""The text's authority and actors, and who was heard."""
