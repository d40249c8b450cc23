"""Names as they were when something was filed: a party, a group, a declaration or a clause may be renamed afterwards.

A receipt's content names them by keys that people read. The rows of the filing point at them by numbers that never change,
and the audit trail knows which key each of them bore when. A filing that points at the same ones is thus told from one
that was made to point at others, whatever they are called today.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from consultations.models import Submission
from declaration.models import Clause, Declaration, Group, Stakeholder, State

_KEYS: Final[dict[Any, str]] = {
    State: "alpha3",
    Stakeholder: "slug",
    Group: "code",
    Declaration: "slug",
    Clause: "eid",
}


class NamesAtFiling:
    """The keys that rows bore at a moment. What was asked for once is kept: one serves for a whole chain."""

    def __init__(self) -> None:
        self._borne: dict[tuple[Any, int], list[tuple[dt.datetime, str]]] = {}

    def put_into(self, content: dict[str, Any], submission: Submission) -> dict[str, Any]:
        """Return the content of a filing with every key as it was at the moment of filing."""
        at = submission.submitted_at
        if at is None:
            return content
        party, group = submission.delegation.party, submission.on_behalf_of
        clauses = dict(submission.comments.filter(clause__isnull=False).values_list("number", "clause"))
        self._ask(Clause, clauses.values())
        named = content | {
            "delegation": content["delegation"] | self._key("key", type(party), party.pk, at),
            "draft": content["draft"] | self._key("declaration", Declaration, submission.call.draft.declaration_id, at),
            "comments": [
                each | self._key("clause", Clause, clauses[each["number"]], at) if each["number"] in clauses else each
                for each in content["comments"]
            ],
        }
        return named | self._key("on_behalf_of", Group, group.pk, at) if group else named

    def _key(self, name: str, model: Any, pk: int, at: dt.datetime) -> dict[str, str]:
        """Return the key that a row bore at a moment, or its first one where it was made later, under `name`.

        Nothing where the audit trail does not know the row: the key that it bears today stands then.
        """
        self._ask(model, [pk])
        borne = self._borne[model, pk]
        earlier = [key for since, key in borne if since <= at]
        return {name: (earlier or [borne[0][1]])[-1]} if borne else {}

    def _ask(self, model: Any, ids: Iterable[int]) -> None:
        new = {pk for pk in ids if (model, pk) not in self._borne}
        if not new:
            return
        self._borne |= {(model, pk): [] for pk in new}
        events = (
            model.pgh_event_models["insert"].objects.filter(pgh_obj_id__in=new).order_by("pgh_created_at", "pgh_id")
        )
        for pk, since, key in events.values_list("pgh_obj_id", "pgh_created_at", _KEYS[model]):
            self._borne[model, pk].append((since, key))
