"""What exists of the text, its authority and the actors, and can never be false."""

from declaration.models.actors import Group, GroupMembership, Stakeholder, State
from declaration.models.authority import (
    Document,
    DocumentEdition,
    Mandate,
    MandateHolder,
    Organ,
    Paragraph,
    Phase,
    Request,
    Resolution,
)
from declaration.models.foundations import Element, LegalBasis
from declaration.models.text import Clause, Declaration, Descent, Draft, Wording

__all__ = [
    "Clause",
    "Declaration",
    "Descent",
    "Document",
    "DocumentEdition",
    "Draft",
    "Element",
    "Group",
    "GroupMembership",
    "LegalBasis",
    "Mandate",
    "MandateHolder",
    "Organ",
    "Paragraph",
    "Phase",
    "Request",
    "Resolution",
    "Stakeholder",
    "State",
    "Wording",
]
