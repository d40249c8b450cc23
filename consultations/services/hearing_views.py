"""What happens to the views that were expressed in a consultation: they are added, changed, put in order and removed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consultations.models import Consultation, View
from consultations.services.hearings import (
    checked_texts,
    lock_consultation,
    raise_revision,
    refuse_unless_member_then,
)
from declaration.audit import audit_context
from declaration.errors import Refused
from declaration.models import Draft, Group, Stakeholder, State
from declaration.services.checks import refuse_invalid

Party = State | Stakeholder | Group

WRITTEN: Final = (
    *("summary", "attribution", "state", "stakeholder", "group", "on_behalf_of", "confidentiality"),
    *("source", "source_paragraphs", "is_inferred", "source_note"),
)
"""What a view says of itself."""

LINKED: Final = ("elements", "clauses")
"""What a view bears on."""

MAX_VIEWS: Final = 500
"""So many views one consultation holds; longer ones are held in parts."""

MAX_LINKED: Final = 200
"""So many elements or clauses one view bears on."""


def place_party(party: Party | None) -> dict[str, Party | None]:
    """Return a party as the columns of a view: one of the three is filled, or none."""
    return {
        "state": party if isinstance(party, State) else None,
        "stakeholder": party if isinstance(party, Stakeholder) else None,
        "group": party if isinstance(party, Group) else None,
    }


@transaction.atomic
def add_view(*, consultation: Consultation, by: Any, expected_revision: int | None = None, **values: Any) -> View:
    """Write down a view as the last of a consultation.

    `values` are of `WRITTEN` and `LINKED`; a summary in English must be among them. A view with a party is that party's;
    without one it is collective unless said to be unattributed. Refused to all but staff, with `Conflict` where the consultation
    was changed since `expected_revision` was read, where a State speaks for a group of which it was no member then, and for
    clauses of drafts in preparation, which the public must not learn of.
    """
    consultation = lock_consultation(consultation, by=by, expected_revision=expected_revision)
    if consultation.views.count() >= MAX_VIEWS:
        message = _("A consultation holds %(number)d views at most. Write up the rest as another one.")
        raise Refused("too_many_views", message % {"number": MAX_VIEWS}, field="summary")
    last = consultation.views.aggregate(last=Max("position"))["last"] or 0
    view = View(consultation=consultation, position=last + 1)
    linked = _take_linked(values)
    _describe(view, values)
    with audit_context(user=by.pk):
        view.save(force_insert=True)
        _link(view, linked)
        raise_revision(consultation)
    view.consultation = consultation
    return view


@transaction.atomic
def change_view(*, view: View, by: Any, expected_revision: int | None = None, **changes: Any) -> View:
    """Change what a view says; what is not named stays. Nothing is stored where nothing is different.

    Refused as `add_view`.
    """
    consultation = lock_consultation(view.consultation, by=by, expected_revision=expected_revision)
    view = find_view(consultation, view.pk)
    linked = _take_linked(changes)
    before = {name: getattr(view, name) for name in WRITTEN}
    _describe(view, changes)
    different = any(before[name] != getattr(view, name) for name in WRITTEN)
    different |= any(set(getattr(view, name).all()) != set(rows) for name, rows in linked.items())
    if different:
        with audit_context(user=by.pk):
            view.save()
            _link(view, linked)
            raise_revision(consultation)
    return view


@transaction.atomic
def order_views(
    *, consultation: Consultation, by: Any, views: Sequence[int], expected_revision: int | None = None
) -> Consultation:
    """Put the views of a consultation, given by their numbers, in this order. Refused unless all of them are named once."""
    consultation = lock_consultation(consultation, by=by, expected_revision=expected_revision)
    stored = list(consultation.views.order_by("position").values_list("pk", flat=True))
    if sorted(stored) != sorted(views):
        raise Refused(
            "views_differ", _("Name every view of the consultation once, in the order wanted."), field="views"
        )
    if stored != list(views):
        with audit_context(user=by.pk):
            for position, pk in enumerate(views, start=1):
                View.objects.filter(pk=pk).exclude(position=position).update(position=position)
            raise_revision(consultation)
    return consultation


@transaction.atomic
def remove_view(*, view: View, by: Any, expected_revision: int | None = None) -> Consultation:
    """Remove a view that was written down by mistake; the audit trail keeps it."""
    consultation = lock_consultation(view.consultation, by=by, expected_revision=expected_revision)
    view = find_view(consultation, view.pk)
    with audit_context(user=by.pk):
        view.delete()
        raise_revision(consultation)
    return consultation


def find_view(consultation: Consultation, pk: int) -> View:
    """Return a view of a consultation. Refused where a colleague removed it meanwhile."""
    view: View | None = consultation.views.filter(pk=pk).first()
    if view is None:
        raise Refused("view_gone", _("A colleague removed this view meanwhile."), status=409)
    view.consultation = consultation
    return view


def _describe(view: View, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in WRITTEN:
            raise TypeError(f"A view has no {name} that could be written.")
        if name in {"summary", "source_note"}:
            value = checked_texts(value, field=name)  # noqa: PLW2901 - as it will be stored
        setattr(view, name, value)
    if not view.summary.get("en"):
        raise Refused("summary_missing", _("Say in English what was said."), field="summary")
    _attribute(view, named="attribution" in values)
    refuse_invalid(view)
    if view.on_behalf_of and view.state:
        refuse_unless_member_then(view.state, view.on_behalf_of, view.consultation, field="on_behalf_of")


def _attribute(view: View, *, named: bool) -> None:
    """Let the attribution follow from whether there is a party, where it was not said; refuse what contradicts itself."""
    if not named and view.party:
        view.attribution = View.Attribution.PARTY
    elif not named and view.attribution == View.Attribution.PARTY:
        view.attribution = View.Attribution.COLLECTIVE
    if view.attribution == View.Attribution.PARTY and not view.party:
        raise Refused(
            "party_missing", _("Say whose view it is, or that it is of several or of nobody named."), field="party"
        )
    if view.attribution != View.Attribution.PARTY and view.party:
        raise Refused(
            "party_of_none", _("A view of one party is attributed to it, and no other to one."), field="party"
        )
    if view.on_behalf_of and not view.state:
        raise Refused("not_a_state", _("Only a State speaks on behalf of a group."), field="on_behalf_of")


def _take_linked(values: dict[str, Any]) -> dict[str, list[Any]]:
    linked: dict[str, list[Any]] = {name: list(dict.fromkeys(values.pop(name))) for name in LINKED if name in values}
    for rows in linked.values():
        if len(rows) > MAX_LINKED:
            message = _("A view bears on %(number)d elements or clauses at most.") % {"number": MAX_LINKED}
            raise Refused("too_many", message, field="bears_on")
    drafts = {clause.draft_id for clause in linked.get("clauses", [])}
    if drafts and Draft.objects.published().filter(pk__in=drafts).count() != len(drafts):
        message = _("A view bears on clauses that everyone can read, not on those of a draft in preparation.")
        raise Refused("clause_unpublished", message, field="bears_on")
    return linked


def _link(view: View, linked: Mapping[str, list[Any]]) -> None:
    for name, rows in linked.items():
        getattr(view, name).set(rows)
