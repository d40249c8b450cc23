"""Changing what a draft in preparation consists of: adding clauses, changing their kind and number, moving and removing them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.models import Clause, Draft, Element, LegalBasis
from declaration.services.checks import refuse_invalid
from declaration.services.editing.aftermath import follow_up
from declaration.services.editing.gate import EditedDraft, refusing_numbers, touch
from declaration.services.editing.wordings import store_wording
from declaration.services.texts import NewWording
from declaration.text.eids import eid_number
from declaration.text.tree import Node

PLACES: Final = ("before", "after", "into")
"""Where a clause is put: before or after another one with all that stands below that, or as the last one below it."""


@dataclass(frozen=True, kw_only=True)
class ClauseValues:
    """What a clause says of itself beside its words; what is None stays as it is."""

    kind: str | None = None
    label: str | None = None
    negotiating_status: str | None = None
    elements: Sequence[Element] | None = None
    legal_bases: Sequence[LegalBasis] | None = None


@transaction.atomic
def insert_clause(
    *,
    draft: Draft,
    kind: str,
    label: str = "",
    place: str = "into",
    beside: Clause | None = None,
    wordings: Mapping[str, NewWording] | None = None,
    negotiating_status: str = Clause.NegotiatingStatus.OPEN,
) -> Clause:
    """Add a clause before or after another one or below it ("into"), or at the end of the text where none is named.

    Its identifier says where it stands; clauses behind it that have no number of their own move on. Refused where another
    clause has its number (`label_taken`), and as `reword_clause` for its words.
    """
    edited = EditedDraft(draft)
    clause = Clause(kind=kind, negotiating_status=negotiating_status)
    clause.label = checked_label(kind, label)
    _refuse_choices(clause)
    parent, index = _place(edited, place, edited.node(edited.find(beside)) if beside else None)
    edited.add(clause, parent=parent, index=index)
    for language, new in (wordings or {}).items():
        store_wording(edited.draft, clause, None, language, new)
    follow_up([clause])
    return clause


@transaction.atomic
def edit_clause(*, clause: Clause, values: ClauseValues, expected_revision: int) -> Clause:
    """Change a clause's kind, number, negotiating status, and what it reflects and rests on.

    Where kind or number change its identifier follows, and with it those of what stands below; its `wid` stays. Raises
    `Conflict`, and `Refused` where another clause has the number (`label_taken`).
    """
    edited = EditedDraft(clause.draft)
    current = edited.find(clause, expected_revision=expected_revision)
    changes = {
        name: value
        for name in ("kind", "label", "negotiating_status")
        if (value := getattr(values, name)) is not None and value != getattr(current, name)
    }
    if "label" in changes:
        changes["label"] = checked_label(changes.get("kind", current.kind), changes["label"])
    for name, value in changes.items():
        setattr(current, name, value)
    _refuse_choices(current)
    with refusing_numbers(edited):
        edited.tree.relabel(edited.node(current), kind=current.kind, label=current.label)
    edited.save_places()
    linked = [_link(current, name, getattr(values, name)) for name in ("elements", "legal_bases")]
    if changes or any(linked):
        touch([current], **changes)
    if changes:
        follow_up([current])
    return current


@transaction.atomic
def move_clause(*, clause: Clause, place: str, beside: Clause, expected_revision: int) -> Clause:
    """Move a clause with all that stands below it before or after another one, or below it as the last.

    Its identifier follows where it comes to stand below another clause. Raises `Conflict`; refused where it would stand
    below itself, and where another clause there has its number.
    """
    edited = EditedDraft(clause.draft)
    current = edited.find(clause, expected_revision=expected_revision)
    node, target = edited.node(current), edited.node(edited.find(beside))
    if node in target.path:
        message = _("A clause cannot be moved to a place beside or below itself. Choose another place.")
        raise Refused("moved_into_itself", message, field="beside")
    parent, index = _place(edited, place, target)
    if parent is node.parent and edited.tree.index(node) < index:
        index -= 1
    edited.forget_position(node)
    with refusing_numbers(edited):
        edited.tree.move(node, parent=parent, index=index)
    edited.save_places()
    touch([current])
    follow_up([current])
    return current


@transaction.atomic
def shift_clause(*, clause: Clause, by: int, expected_revision: int) -> Clause:
    """Move a clause up (-1) or down (1) among those below the same parent; at the end it stays where it is."""
    edited = EditedDraft(clause.draft)
    current = edited.find(clause, expected_revision=expected_revision)
    siblings = edited.tree.beside(edited.node(current))
    at = edited.tree.index(edited.node(current)) + by
    if not 0 <= at < len(siblings):
        return current
    place = "before" if by < 0 else "after"
    beside = edited.clause_of(siblings[at])
    return move_clause(clause=current, place=place, beside=beside, expected_revision=expected_revision)


@transaction.atomic
def remove_clause(*, clause: Clause, expected_revision: int) -> int:
    """Remove a clause with all that stands below it, and return how many clauses that were.

    The audit trail keeps them. Raises `Conflict`; refused where something points at one of them, saying what.
    """
    edited = EditedDraft(clause.draft)
    current = edited.find(clause, expected_revision=expected_revision)
    return edited.remove(current)


def checked_label(kind: str, label: str) -> str:
    """Return a number as it is kept. Refused where identifiers could not hold it."""
    label = " ".join(label.split())
    if label and not eid_number(label):
        message = _(
            "A number has digits or Latin letters, such as 3, 53 bis, a or IV; each language prints it in its own."
        )
        raise Refused("label_invalid", message, field="label")
    return label


def _place(edited: EditedDraft, place: str, beside: Node | None) -> tuple[Node | None, int]:
    """Return the parent that a place is below, and which one it is there."""
    if place not in PLACES:
        raise Refused("place_unknown", _("A clause is put before or after another one, or into it."), field="place")
    if beside is None or place == "into":
        return beside, len(edited.tree.children(beside))
    return beside.parent, edited.tree.index(beside) + (place == "after")


def _refuse_choices(clause: Clause) -> None:
    elsewhere = {field.name for field in Clause._meta.fields} - {"kind", "label", "negotiating_status"}
    refuse_invalid(clause, exclude=elsewhere)


def _link(clause: Clause, name: str, wanted: Sequence[Model] | None) -> bool:
    if wanted is None:
        return False
    related = getattr(clause, name)
    if set(related.values_list("pk", flat=True)) == {each.pk for each in wanted}:
        return False
    related.set(wanted)
    return True
