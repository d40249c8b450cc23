"""The lists of this app that are exchanged as spreadsheets."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from declaration.models import (
    Clause,
    Declaration,
    Document,
    DocumentEdition,
    Draft,
    Element,
    Group,
    GroupMembership,
    LegalBasis,
    Mandate,
    MandateHolder,
    Organ,
    Paragraph,
    Phase,
    Request,
    Resolution,
    Stakeholder,
    State,
    Wording,
)
from declaration.spreadsheets.tables import Table
from declaration.text.references import symbol_slug


def _derive_slug(values: dict[str, Any]) -> None:
    """A document or resolution with a symbol is known in addresses by it."""
    if values.get("symbol") and not values.get("slug"):
        values["slug"] = symbol_slug(values["symbol"])


ORGANS: Final = Table("organs", Organ, (("code",),))
STATES: Final = Table("states", State, (("alpha3",),))
GROUPS: Final = Table("groups", Group, (("code",),))
MEMBERSHIPS: Final = Table(
    "group-memberships",
    GroupMembership,
    (("group", "state", "joined_on"),),
    parent="group",
    promises={
        "declaration_groupmembership_one_current": (
            "left_on",
            _("This State is in this group already. Say when it left, or change the row that is there."),
        ),
        "declaration_groupmembership_left_after_joined": ("left_on", _("A State leaves a group after it joined it.")),
    },
)
DOCUMENTS: Final = Table("documents", Document, (("symbol",), ("slug",)), complete=_derive_slug)
EDITIONS: Final = Table("document-editions", DocumentEdition, (("document", "language"),), parent="document")
MANDATES: Final = Table("mandates", Mandate, (("slug",),))
HOLDERS: Final = Table("mandate-holders", MandateHolder, (("mandate", "ordinal"),), parent="mandate")
PHASES: Final = Table("phases", Phase, (("mandate", "ordinal"),), parent="mandate")
RESOLUTIONS: Final = Table("resolutions", Resolution, (("symbol",),), complete=_derive_slug)
REQUESTS: Final = Table(
    "requests",
    Request,
    (("resolution", "label"), ("resolution", "position")),
    parent="resolution",
    promises={
        "declaration_request_one_per_position": (
            "position",
            _("Another request of this resolution has this position."),
        ),
        "declaration_request_one_per_label": ("label", _("Another request of this resolution has this letter.")),
    },
)
ELEMENTS: Final = Table("elements", Element, (("code",),))
LEGAL_BASES: Final = Table("legal-bases", LegalBasis, (("slug",),))
STAKEHOLDERS: Final = Table("stakeholders", Stakeholder, (("slug",),))

# Texts come in through the pages for texts, where their structure is seen; they go out here as well.
DECLARATIONS: Final = Table("declarations", Declaration, (("slug",),), takes=False)
DRAFTS: Final = Table("drafts", Draft, (("ordinal",),), leave_out=("languages",), takes=False)
CLAUSES: Final = Table("clauses", Clause, (("draft", "eid"),), takes=False)
WORDINGS: Final = Table(
    "wordings", Wording, (("clause", "language"),), parent="clause", leave_out=("footnotes",), takes=False
)
PARAGRAPHS: Final = Table(
    "paragraphs", Paragraph, (("document", "language", "eid"),), leave_out=("footnotes",), takes=False
)
