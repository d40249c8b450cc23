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


def with_names_at_filing(content: dict[str, Any], submission: Submission) -> dict[str, Any]:
    """Return the content of a filing with every key as it was at the moment of filing. Takes at most four questions."""
    at = submission.submitted_at
    if at is None:
        return content
    party = submission.delegation.party
    declaration = submission.call.draft.declaration_id
    group = submission.on_behalf_of_id
    clauses = dict(submission.comments.filter(clause__isnull=False).values_list("number", "clause"))
    eids = _keys_at(Clause, set(clauses.values()), at)
    named = content | {
        "delegation": content["delegation"] | _replaced("key", _keys_at(type(party), [party.pk], at).get(party.pk)),
        "draft": content["draft"] | _replaced("declaration", _keys_at(Declaration, [declaration], at).get(declaration)),
        "comments": [
            each | _replaced("clause", eids.get(clauses.get(each["number"], 0))) for each in content["comments"]
        ],
    }
    if group is not None:
        named |= _replaced("on_behalf_of", _keys_at(Group, [group], at).get(group))
    return named


def _replaced(name: str, key: str | None) -> dict[str, str]:
    """Return what is to be put in the place of a key; nothing where the audit trail does not know the row."""
    return {name: key} if key else {}


def _keys_at(model: Any, ids: Iterable[int], at: dt.datetime) -> dict[int, str]:
    """Return which key each row bore at a moment, and its first one where it was made later: {id: key}."""
    events = model.pgh_event_models["insert"].objects.filter(pgh_obj_id__in=ids).order_by("pgh_created_at", "pgh_id")
    found: dict[int, str] = {}
    for pk, key, since in events.values_list("pgh_obj_id", _KEYS[model], "pgh_created_at"):
        if pk not in found or since <= at:
            found[pk] = key
    return found
