"""The map of positions ready to be shown: which parties and clauses, narrowed as a reader asked, and the counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from consultations.models import Comment
from consultations.positions import Position, StateCount, count_states, read_positions
from declaration.collation import sort_key
from declaration.languages import active_text_language
from declaration.models import Clause, Draft, Group, GroupMembership, Stakeholder, State
from declaration.outline import name_clause

CLAUSES_A_PAGE = 40

SOURCES = [
    ("own", pgettext_lazy("whose position", "their own")),
    ("group", pgettext_lazy("whose position", "their group's")),
]


class PositionFilter(forms.Form):
    """How the map is narrowed; whatever is given must be one of the choices."""

    group = forms.ChoiceField(label=gettext_lazy("States of the group"), required=False)
    stakeholder_kind = forms.ChoiceField(label=gettext_lazy("Stakeholders in place of States"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("Whose position"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = active_text_language()
        groups = sorted(Group.objects.all(), key=lambda each: sort_key(each.name.text_for(language), language))
        groups.sort(key=lambda each: each.kind != Group.Kind.REGIONAL)
        self._offer("group", [(group.code, str(group.name)) for group in groups])
        self._offer("stakeholder_kind", list(Stakeholder.Kind.choices))
        self._offer("source", SOURCES)

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", _("any")), *choices]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """Return what was chosen, nothing where nothing was or where it is no choice."""
        return str(self.cleaned_data.get(name, "")) if self.is_valid() else ""


@dataclass(frozen=True)
class HeldPosition:
    """A party and what it holds of one clause."""

    party: State | Stakeholder
    position: Position


@dataclass(frozen=True)
class PositionRow:
    """A clause, or the whole text where `clause` is nothing, with who holds what, and how many hold nothing recorded."""

    clause: Clause | None
    name: str
    counts: list[StateCount]
    held: list[HeldPosition]
    none_recorded: int

    @property
    def recorded(self) -> int:
        """How many parties hold a position."""
        return len(self.held)

    @property
    def columns(self) -> list[tuple[StateCount, list[HeldPosition]]]:
        """The five positions, each with its count and those who hold it."""
        return [(count, [each for each in self.held if each.position.code == count.code]) for count in self.counts]

    @property
    def departing(self) -> list[HeldPosition]:
        """The States whose own position differs from their group's."""
        return [each for each in self.held if each.position.departs]


class PositionMap:
    """The positions on a draft, or on one clause of it, as a reader wants them."""

    def __init__(self, draft: Draft, asked: PositionFilter, *, clause: Clause | None = None, user: Any = None) -> None:
        self.draft = draft
        self.clause = clause
        self.asked = asked
        self.positions = read_positions(clause or draft, user=user)

    @property
    def is_of_stakeholders(self) -> bool:
        """Whether it shows stakeholders in place of States."""
        return bool(self.asked.chosen("stakeholder_kind"))

    @cached_property
    def parties(self) -> dict[int, State | Stakeholder]:
        """Those whose positions are shown, or would be if they had any, by id, in the order of their names."""
        found: Any
        if self.is_of_stakeholders:
            found = Stakeholder.objects.filter(kind=self.asked.chosen("stakeholder_kind"))
        else:
            found = State.objects.all()
            if self.asked.chosen("group"):
                members = GroupMembership.objects.filter(group__code=self.asked.chosen("group"), left_on__isnull=True)
                found = found.filter(pk__in=members.values("state"))
        language = active_text_language()
        return {
            each.pk: each for each in sorted(found, key=lambda each: sort_key(each.name.text_for(language), language))
        }

    @cached_property
    def rows(self) -> list[PositionRow]:
        """The clauses on which somebody holds a position, in reading order, after the whole text."""
        held = self.positions.stakeholders if self.is_of_stakeholders else self.positions.states
        shown = {clause_id: kept for clause_id, parties in held.items() if (kept := self._narrow(parties))}
        clauses: list[Clause | None] = [None] if None in shown else []
        clauses += Clause.objects.filter(pk__in=filter(None, shown)).select_related("draft").order_by("position")
        if self.clause and not clauses:
            clauses = [self.clause]
        return [self._row(clause, shown.get(clause.pk if clause else None, {})) for clause in clauses]

    def _narrow(self, parties: dict[int, Position]) -> dict[int, Position]:
        source = self.asked.chosen("source")
        return {
            party_id: parties[party_id]
            for party_id in self.parties
            if party_id in parties and source in ("", "own" if parties[party_id].is_own else "group")
        }

    def _row(self, clause: Clause | None, held: dict[int, Position]) -> PositionRow:
        all_held = self.positions.stakeholders if self.is_of_stakeholders else self.positions.states
        recorded = all_held.get(clause.pk if clause else None, {})
        return PositionRow(
            clause,
            name_clause(clause) if clause else _("The whole text"),
            count_states(held),
            [HeldPosition(self.parties[party_id], position) for party_id, position in held.items()],
            sum(party_id not in recorded for party_id in self.parties),
        )


CELL, LABEL, HEAD = 14, 54, 190
"""Widths of the picture, in its own units: of a cell, of the parties' names, and the height of the clauses' names."""

FEW, LARGEST = 24, 1.6
"""Up to so many clauses are drawn so many times as large."""

MOST_OF_A_NAME = 36
"""So many characters of a clause's name have room above its column; the table below has all of it."""

SQUARE = "h10v10h-10z"

SIGNS = {
    "supports": "m4 2h2v2h2v2h-2v2h-2v-2h-2v-2h2z",
    "supports_with_amendment": "m4 1h2v1.5h2v2h-2v1.5h-2v-1.5h-2v-2h2zm-2 6.5h6v1.5h-6z",
    "reserves": "m1.5 6.5v-1.5l2 -1.8l3 2l2 -1.8v1.6l-2 1.8l-3 -2z",
    "opposes": "m2 4h6v2h-6z",
    "asks_for_clarification": "m3 3.5v-1l1 -1h2l1 1v2l-1.4 1.2v1h-1.4v-1.7l1.4 -1.2v-1h-1.2v.7zm1.2 4.1h1.4v1.3h-1.4z",
}
"""The sign of each position in a square ten units wide, as beside its name elsewhere, so that it is known without colour."""


@dataclass(frozen=True)
class Mark:
    """All marks of one position, of parties' own or of their groups': the squares as one path, and the signs in them."""

    code: str
    is_own: bool
    squares: str
    signs: str


@dataclass(frozen=True)
class Sign:
    """What the picture's key shows of a position."""

    label: str
    mark: Mark


@dataclass(frozen=True)
class Place:
    """A name in the picture, and where it stands."""

    text: str
    x: int
    y: int


class Picture:
    """States down, clauses across; in a page that runs from right to left it is mirrored."""

    def __init__(self, rows: list[PositionRow], *, mirrored: bool) -> None:
        parties = {each.party.pk: each.party for row in rows for each in row.held}
        language = active_text_language()
        named = sorted(parties.values(), key=lambda each: sort_key(each.name.text_for(language), language))
        self.width = LABEL + CELL * len(rows)
        self.height = HEAD + CELL * len(named)
        self.mirrored = mirrored
        self.parties = [
            Place(_short_name(party), self._across(LABEL - 4), HEAD + CELL * at + 11) for at, party in enumerate(named)
        ]
        self.clauses = [
            Place(_cut(row.name), self._across(LABEL + CELL * at + CELL // 2) + 4, HEAD - 4)
            for at, row in enumerate(rows)
        ]
        self.marks = self._draw(rows, {party.pk: at for at, party in enumerate(named)})
        self.scale = LARGEST if len(rows) <= FEW else 1
        self.key = [Sign(str(label), _mark(code, [(2, 2)], is_own=True)) for code, label in Comment.Position.choices]
        lines = range(len(named) + 1)
        self.grid = "".join(f"M0 {HEAD + CELL * at}h{self.width}" for at in lines)

    def _across(self, x: int, *, wide: int = 0) -> int:
        return self.width - x - wide if self.mirrored else x

    def _draw(self, rows: list[PositionRow], order: dict[int, int]) -> list[Mark]:
        places: dict[tuple[str, bool], list[tuple[int, int]]] = {}
        for column, row in enumerate(rows):
            for each in row.held:
                x = self._across(LABEL + CELL * column + 2, wide=10)
                y = HEAD + CELL * order[each.party.pk] + 2
                places.setdefault((each.position.code, each.position.is_own), []).append((x, y))
        return [_mark(code, at, is_own=is_own) for (code, is_own), at in sorted(places.items())]

    @property
    def size(self) -> tuple[int, int]:
        """Its width and height on the page, in pixels: larger where few clauses would leave it too small to read."""
        return round(self.width * self.scale), round(self.height * self.scale)


def _mark(code: str, places: Sequence[tuple[int, int]], *, is_own: bool) -> Mark:
    squares = "".join(f"M{x} {y}{SQUARE}" for x, y in places)
    return Mark(code, is_own, squares, "".join(f"M{x} {y}{SIGNS[code]}" for x, y in places))


def _cut(name: str) -> str:
    return name if len(name) <= MOST_OF_A_NAME else f"{name[: MOST_OF_A_NAME - 1]}…"


def _short_name(party: State | Stakeholder) -> str:
    return party.alpha3 if isinstance(party, State) else (party.acronym or party.slug)[:8]
