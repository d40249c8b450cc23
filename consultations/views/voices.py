"""What was said in consultations and in answer to questionnaires, as pages show it; who said it only to those who may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consultations.models import Answer, View
from consultations.rules import can_see_speaker
from consultations.standing_cards import clause_address
from consultations.views.cards import party_address
from declaration.outline import name_clause
from declaration.views.pages import Excerpt


@dataclass(frozen=True)
class Speaker:
    """Who said it: name, page, and the group spoken for."""

    name: Any
    url: str
    group: Any = None
    group_url: str = ""


@dataclass(frozen=True)
class Voice:
    """A view or an answer: its words, who said it where the reader may know, and the clauses it bears on by name and page."""

    said: View | Answer
    speaker: Speaker | None
    clauses: list[tuple[str, str]]


def find_speaker(said: View | Answer, user: Any) -> Speaker | None:
    """Return who said it; nothing where it is nobody's, or where this person may not know."""
    party = said.party
    if party is None or not can_see_speaker(user, said):
        return None
    group = said.on_behalf_of if isinstance(said, View) else None
    return Speaker(party.name, party_address(party), group and group.name, party_address(group) if group else "")


def make_voice(said: View | Answer, user: Any) -> Voice:
    """Return a view or an answer, which comes with its context, ready to be shown to this person."""
    clauses = said.clauses.all() if isinstance(said, View) else ()
    named = [(name_clause(clause), clause_address(clause)) for clause in clauses]
    return Voice(said, find_speaker(said, user), named)


def make_voices(rows: Iterable[View | Answer], user: Any = None) -> list[Voice]:
    """Return views or answers ready to be shown; public pages show everyone the same, and ask for nobody."""
    return [make_voice(said, user) for said in rows]


def excerpt_voices(excerpt: Excerpt) -> Excerpt:
    """Return the first views or answers ready to be shown on a public page."""
    return Excerpt(make_voices(excerpt.rows), excerpt.has_more)
