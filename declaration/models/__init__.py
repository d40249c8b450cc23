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
from declaration.models.corrections import Corrigendum
from declaration.models.foundations import Element, LegalBasis
from declaration.models.imports import Citation, ImportedText, TextImport
from declaration.models.text import Clause, Declaration, Descent, Draft, Wording

__all__ = [
    "Citation",
    "Clause",
    "Corrigendum",
    "Declaration",
    "Descent",
    "Document",
    "DocumentEdition",
    "Draft",
    "Element",
    "Group",
    "GroupMembership",
    "ImportedText",
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
    "TextImport",
    "Wording",
]
