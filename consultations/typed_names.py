"""Reads what staff typed for a State, a document or a clause: its key, its name in any language, or both as they were offered."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from consultations.lookups import named
from consultations.models.hearings import PartyCategory
from declaration.errors import Refused
from declaration.models import Clause, Document, Draft, Element, Group, Stakeholder, State

MAX_NAMES: Final = 500
"""So many names are read of one field."""

SHOWN: Final = 80
_KEYED: Final = re.compile(r"^(?P<name>.*)\[(?P<key>[^\[\]]+)\]\s*$", re.DOTALL)
_SYMBOL: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9./()\-\[\] *&]*$")
_ELEMENT: Final = re.compile(r"^(\d+)\s*\(?([a-z])\)?$", re.IGNORECASE)


def split_names(text: str) -> list[str]:
    """Return the names that were typed, one a line or with semicolons between them, each once. Refused where they are too many."""
    parts = (part.strip(" \t\u200e\u200f") for part in re.split(r"[;\n\r؛；]+", text))
    names = list(dict.fromkeys(part for part in parts if part))
    if len(names) > MAX_NAMES:
        raise Refused("too_many", _("These are more than %(number)d names.") % {"number": MAX_NAMES})
    return names


def read_party(typed: str) -> State | Group | Stakeholder:
    """Return the State, group or stakeholder that was typed. Refused where there is none, or more than one."""
    found = read_parties([typed], categories=False)
    return found[0]  # type: ignore[return-value] # categories are left out


def read_parties(typed: Iterable[str], *, categories: bool = True) -> list[State | Group | Stakeholder | str]:
    """Return the parties that were typed, whole categories as their values; each once.

    A constant number of queries where keys were typed, as they are offered. Refused with the name that nothing has, that
    several things have, or that was typed twice.
    """
    wanted = list(typed)
    keys = {key for each in wanted for key in _keys(each)}
    known = _by_key(keys)
    found = [_one_party(each, known, categories=categories) for each in wanted]
    for place, thing in enumerate(found):
        if thing in found[:place]:
            raise Refused("named_twice", _("“%(name)s” stands here twice.") % {"name": _short(wanted[place])})
    return found


def _one_party(typed: str, known: Mapping[str, list[Any]], *, categories: bool) -> State | Group | Stakeholder | str:
    for key in _keys(typed):
        if categories and key.lower() in PartyCategory.values:
            return key.lower()
        found = known.get(key.casefold(), [])
        if found:
            return _party(typed, found)
    label = next((value for value, name in PartyCategory.choices if str(name).casefold() == typed.casefold()), None)
    if categories and label:
        return str(label)
    found = [row for model in (State, Group, Stakeholder) for row in _named(model, typed)]
    if not found:
        message = _(
            "There is no State, group or stakeholder of the name “%(name)s”. Choose one of the list that opens."
        )
        raise Refused("party_unknown", message % {"name": _short(typed)})
    return _party(typed, found)


def _party(typed: str, found: list[Any]) -> State | Group | Stakeholder:
    party: State | Group | Stakeholder = _only(typed, found)
    return party


def _named(model: Any, typed: str) -> list[Any]:
    condition = named("name", typed)
    if model is not State:
        condition |= Q(acronym__iexact=typed)
    return list(model._default_manager.filter(condition)[:2])


def _by_key(keys: Iterable[str]) -> dict[str, list[Any]]:
    wanted = list(keys)
    rows: dict[str, list[Any]] = {}
    for model, name in ((State, "alpha3"), (Group, "code"), (Stakeholder, "slug")):
        written = [key.upper() if name == "alpha3" else key.lower() for key in wanted]
        for row in model._default_manager.filter(**{f"{name}__in": written}):
            rows.setdefault(getattr(row, name).casefold(), []).append(row)
    return rows


def read_states(typed: str) -> State | None:
    """Return the State that was typed, nothing for nothing. Refused for what is no State."""
    if not typed.strip():
        return None
    party = read_party(typed)
    if not isinstance(party, State):
        raise Refused("not_a_state", _("“%(name)s” is no State.") % {"name": _short(typed)})
    return party


def read_group(typed: str) -> Group | None:
    """Return the group that was typed, nothing for nothing. Refused for what is no group."""
    if not typed.strip():
        return None
    party = read_party(typed)
    if not isinstance(party, Group):
        raise Refused("not_a_group", _("“%(name)s” is no group of States.") % {"name": _short(typed)})
    return party


def read_documents(typed: Iterable[str]) -> list[Document]:
    """Return the documents whose symbols were typed. Refused for a symbol that is malformed, unknown or typed twice."""
    found: list[Document] = []
    for each in typed:
        symbol = _keys(each)[0]
        rows = list(Document.objects.filter(Q(symbol__iexact=symbol) | Q(slug__iexact=symbol))[:2])
        if not rows and (not _SYMBOL.match(symbol) or "/" not in symbol):
            message = _("“%(name)s” is not a symbol of a document. A symbol reads like A/HRC/RES/21/10.")
            raise Refused("symbol_malformed", message % {"name": _short(each)})
        if not rows:
            message = _("The record has no document with the symbol %(name)s. Record it first, or check the symbol.")
            raise Refused("symbol_unknown", message % {"name": _short(symbol)})
        document = _only(each, rows)
        if document in found:
            raise Refused("named_twice", _("“%(name)s” stands here twice.") % {"name": _short(symbol)})
        found.append(document)
    return found


def read_targets(typed: Iterable[str]) -> tuple[list[Element], list[Clause]]:
    """Return the elements and clauses that were typed: "26a", "26 (a)", "2/art_9__para_1", or an identifier of the newest text.

    Refused for what is neither.
    """
    elements: list[Element] = []
    clauses: list[Clause] = []
    for each in typed:
        key = _keys(each)[0]
        match = _ELEMENT.match(key)
        code = f"{match[1]}{match[2].lower()}" if match else key
        element = Element.objects.filter(Q(code__iexact=code) | named("theme", each)).first()
        clause = None if element else _find_clause(key)
        if element and element not in elements:
            elements.append(element)
        elif clause and clause not in clauses:
            clauses.append(clause)
        elif not element and not clause:
            message = _(
                "“%(name)s” is no element and no clause of a published draft. Write 26 (a), or 1/art_9__para_1."
            )
            raise Refused("target_unknown", message % {"name": _short(each)})
    return elements, clauses


def _find_clause(key: str) -> Clause | None:
    ordinal, stroke, eid = key.partition("/")
    drafts = Draft.objects.published()
    if stroke and not (ordinal.isascii() and ordinal.isdecimal() and len(ordinal) <= 6):  # noqa: PLR2004
        return None
    drafts = drafts.filter(ordinal=int(ordinal)) if stroke else drafts
    found: Clause | None = (
        Clause.objects.filter(draft__in=drafts, eid=eid if stroke else key).order_by("-draft__ordinal").first()
    )
    return found


def _keys(typed: str) -> list[str]:
    """Return what may be the key in what was typed: what stands in square brackets behind the name, else all of it."""
    match = _KEYED.match(typed)
    return [match["key"].strip()] if match else [typed.strip()]


def _only(typed: str, found: list[Any]) -> Any:
    if len(found) > 1:
        message = _("“%(name)s” is the name of more than one. Choose one of the list that opens.")
        raise Refused("name_doubled", message % {"name": _short(typed)})
    return found[0]


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
