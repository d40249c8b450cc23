"""The files of the record: which kinds of entry each holds. `declaration/dossier/` has them."""

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final

from declaration.importers.kinds import Kind, Table
from declaration.languages import TEXT_LANGUAGES
from declaration.models import (
    Document,
    DocumentEdition,
    Element,
    Group,
    GroupMembership,
    LegalBasis,
    Mandate,
    MandateHolder,
    Organ,
    Phase,
    Request,
    Resolution,
    Stakeholder,
    State,
)
from declaration.text.references import symbol_slug

DOSSIER: Final = Path(__file__).resolve().parent.parent / "dossier"

NOTE_LANGUAGES: Final = ("en", "ar")
"""The languages in which the table of States has notes."""


def _derive_slug(entry: MutableMapping[str, Any]) -> None:
    """A document with a symbol is known in addresses by it."""
    symbol = entry.get("symbol")
    if isinstance(symbol, str):
        entry.setdefault("slug", symbol_slug(symbol))


def _cite_in_mandate(row: MandateHolder | Phase) -> list[str]:
    """A holder or phase is cited by its mandate and its number there: "international-solidarity#2"."""
    return [f"{row.mandate.slug}#{row.ordinal}"]


def _state(row: Mapping[str, str]) -> dict[str, Any]:
    """Return a row of the table of States as an entry: the State, and in it its membership in its regional group.

    The note of a row is about that membership.
    """
    entry: dict[str, Any] = {name: row[name] for name in ("alpha3", "m49", "status") if name in row}
    entry["name"] = {code: row[f"name_{code}"] for code in TEXT_LANGUAGES if f"name_{code}" in row}
    membership: dict[str, Any] = {"group": row["regional_group"]} if "regional_group" in row else {}
    note = {code: row[f"note_{code}"] for code in NOTE_LANGUAGES if f"note_{code}" in row}
    if note:
        membership["note"] = note
    if membership:
        entry["membership"] = [membership]
    return entry


ORGANS: Final = Kind("organ", Organ, ("code",), DOSSIER / "organs.toml")
STATES: Final = Kind(
    "state",
    State,
    ("alpha3",),
    DOSSIER / "states.csv",
    csv=Table(
        columns=[
            *("alpha3", "m49", "status", "regional_group"),
            *(f"name_{code}" for code in TEXT_LANGUAGES),
            *(f"note_{code}" for code in NOTE_LANGUAGES),
        ],
        entry=_state,
    ),
    children=(Kind("membership", GroupMembership, ("group",), parent="state", tell_apart=("joined_on",)),),
)
GROUPS: Final = Kind(
    "group",
    Group,
    ("code",),
    DOSSIER / "groups.toml",
    children=(Kind("membership", GroupMembership, ("state",), parent="group", tell_apart=("joined_on",)),),
)
DOCUMENTS: Final = Kind(
    "document",
    Document,
    ("slug",),
    DOSSIER / "documents.toml",
    complete=_derive_slug,
    cite=lambda document: (document.symbol, document.slug),
    children=(Kind("edition", DocumentEdition, ("language",), parent="document"),),
)
MANDATES: Final = Kind(
    "mandate",
    Mandate,
    ("slug",),
    DOSSIER / "mandates.toml",
    children=(
        Kind("holder", MandateHolder, ("ordinal",), parent="mandate", cite=_cite_in_mandate),
        Kind("phase", Phase, ("ordinal",), parent="mandate", cite=_cite_in_mandate),
    ),
)
RESOLUTIONS: Final = Kind(
    "resolution",
    Resolution,
    ("symbol",),
    DOSSIER / "resolutions.toml",
    complete=_derive_slug,
    children=(
        Kind(
            "request",
            Request,
            ("label",),
            parent="resolution",
            order="position",
            cite=lambda request: [f"{request.resolution.symbol}#{request.label}"],
        ),
    ),
)
ELEMENTS: Final = Kind("element", Element, ("code",), DOSSIER / "elements.toml", order="position")
LEGAL_BASES: Final = Kind("legal_basis", LegalBasis, ("slug",), DOSSIER / "legal_bases.toml", order="position")
STAKEHOLDERS: Final = Kind("stakeholder", Stakeholder, ("slug",), DOSSIER / "stakeholders.toml")

RECORD: Final = (
    ORGANS,
    STATES,
    GROUPS,
    DOCUMENTS,
    MANDATES,
    RESOLUTIONS,
    ELEMENTS,
    LEGAL_BASES,
    STAKEHOLDERS,
)
"""The files of this app, in the order in which a load tells of them."""
