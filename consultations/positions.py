"""Who holds which position on which clause of a draft: each State and stakeholder once, with where its position comes from.

A State's position on a clause is its own where it filed one, or stands behind another's filing as a co-sponsor; otherwise
it is that of a group for which was filed while the State was a member. Its own prevails. Where several filings would give
one, that of the newest call does, and within a call the weightiest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.db.models import QuerySet

from consultations.models import Comment, CoSponsor, Delegation, Submission
from consultations.visibility import is_staff_member
from declaration.models import Clause, Draft, State

Source = Literal["own", "co_sponsor", "group"]

WEIGHTS: Final = {
    Comment.Position.OPPOSES: 0,
    Comment.Position.RESERVES: 1,
    Comment.Position.SUPPORTS_WITH_AMENDMENT: 2,
    Comment.Position.ASKS_FOR_CLARIFICATION: 3,
    Comment.Position.SUPPORTS: 4,
}
"""The positions from the weightiest on: a reader must not miss that somebody opposes."""

SOURCES: Final[dict[Source, int]] = {"own": 0, "co_sponsor": 1, "group": 2}


@dataclass(frozen=True)
class Position:
    """What a party holds of a clause.

    `code` is one of the five positions, `delegation` whose filing says so, `group` the group that it was filed for where that
    is where the position comes from. `of_group` is what the group holds where the State's own position prevails over it.
    """

    code: str
    source: Source
    comment_id: int
    submission_id: int
    delegation: Delegation
    group: Any = None
    of_group: "Position | None" = None

    @property
    def is_own(self) -> bool:
        """Whether it is the party's own: by its filing, or as a co-sponsor."""
        return self.source != "group"

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return str(Comment.Position(self.code).label)

    @property
    def departs(self) -> bool:
        """Whether it differs from what the State's group holds."""
        return self.of_group is not None and self.of_group.code != self.code


Held = dict[int | None, dict[int, Position]]
"""Positions by clause id (None for the whole text) and by the id of the State or stakeholder."""


@dataclass(frozen=True)
class Positions:
    """The positions of States and of stakeholders, each by clause; a clause without any is not among them."""

    states: Held = field(default_factory=dict)
    stakeholders: Held = field(default_factory=dict)


@dataclass(frozen=True)
class StateCount:
    """How many States hold a position: by their own, and by their group's."""

    code: str
    label: str
    own: int
    group: int

    @property
    def count(self) -> int:
        """All of them; no State twice."""
        return self.own + self.group


_Claim = tuple[float, int, int, int, int, int]
"""What makes one position prevail over another: the call, what it is, whose it is; then the comment and its filing.

The smallest prevails within what is a party's own, and within what is its groups'.
"""

_Found = dict[int | None, dict[int, dict[bool, _Claim]]]
"""The best claims by clause, party, and whether they are the party's own."""

_CODES: Final = {weight: str(code) for code, weight in WEIGHTS.items()}
_SOURCES: Final = {place: source for source, place in SOURCES.items()}


@dataclass(frozen=True)
class _Filing:
    call: tuple[float, int]
    delegation: Delegation
    group: Any
    states: tuple[tuple[int, Source], ...]
    stakeholders: tuple[tuple[int, Source], ...]


def read_positions(on: Draft | Clause, *, user: Any = None) -> Positions:
    """Return who holds which position on each clause of a draft, and on the whole of it, or on one clause.

    Everyone is told what is public and filed under its author's name; staff what they may read. Positions that comments on
    earlier drafts took are not among them: a text that has changed is another text.
    """
    comments = _find_comments(on, user)
    rows = list(comments.values_list("pk", "clause_id", "position", "submission_id"))
    filings = _read_filings({row[3] for row in rows})
    held: tuple[_Found, _Found] = ({}, {})
    for pk, clause_id, code, submission_id in rows:
        filing = filings[submission_id]
        for found, parties in zip(held, (filing.states, filing.stakeholders), strict=True):
            for party_id, source in parties:
                # Only the best of each is kept as they come: there may be a hundred thousand of them.
                claim = (*filing.call, WEIGHTS[code], SOURCES[source], pk, submission_id)  # type: ignore[index] # by its value
                best = found.setdefault(clause_id, {}).setdefault(party_id, {})
                if (is_own := source != "group") not in best or claim < best[is_own]:
                    best[is_own] = claim
    return Positions(*({clause: _settle(parties, filings) for clause, parties in found.items()} for found in held))


def _find_comments(on: Draft | Clause, user: Any) -> QuerySet[Comment]:
    staff = is_staff_member(user)
    readable = Comment.objects.filed_for_staff() if staff else Comment.objects.public().attributed()
    found: QuerySet[Comment] = readable.exclude(position="").order_by("pk")
    return found.filter(clause=on) if isinstance(on, Clause) else found.on_draft(on)  # type: ignore[attr-defined]


def _read_filings(ids: Iterable[int]) -> dict[int, _Filing]:
    submissions = Submission.objects.filter(pk__in=ids).with_context().order_by("pk")
    states = dict(State.objects.order_by().values_list("alpha3", "pk"))
    sponsors: dict[int, list[Delegation]] = {}
    joined = CoSponsor.objects.filter(submission__in=ids, status=CoSponsor.Status.JOINED, delegation__is_active=True)
    for each in joined.select_related("delegation"):
        sponsors.setdefault(each.submission_id, []).append(each.delegation)
    return {each.pk: _read_filing(each, sponsors.get(each.pk, ()), states) for each in submissions}


def _read_filing(submission: Submission, sponsors: Iterable[Delegation], states: Mapping[str, int]) -> _Filing:
    delegation = submission.delegation
    group = submission.on_behalf_of or delegation.group
    held: dict[int, Source] = {}
    if group:
        held = {states[code]: "group" for code in submission.group_members if code in states}
    elif delegation.state_id:
        held = {delegation.state_id: "own"}
    # A State that stands behind its group's filing by name holds it as its own.
    held |= {each.state_id: "co_sponsor" for each in sponsors if each.state_id}
    stakeholders: dict[int, Source] = {each.stakeholder_id: "co_sponsor" for each in sponsors if each.stakeholder_id}
    if delegation.stakeholder_id:
        stakeholders[delegation.stakeholder_id] = "own"
    call = (-submission.call.opens_at.timestamp(), -submission.call_id)
    return _Filing(call, delegation, group, tuple(held.items()), tuple(stakeholders.items()))


def _settle(parties: Mapping[int, Mapping[bool, _Claim]], filings: Mapping[int, _Filing]) -> dict[int, Position]:
    settled = {}
    for party_id, best in parties.items():
        group = _read_claim(best[False], filings) if False in best else None
        settled[party_id] = _read_claim(best[True], filings, of_group=group) if True in best else group
    return {party_id: position for party_id, position in settled.items() if position}


def _read_claim(claim: _Claim, filings: Mapping[int, _Filing], *, of_group: Position | None = None) -> Position:
    _opened, _number, weight, place, comment_id, submission_id = claim
    filing, source = filings[submission_id], _SOURCES[place]
    group = filing.group if source == "group" else None
    return Position(_CODES[weight], source, comment_id, submission_id, filing.delegation, group, of_group)


@dataclass(frozen=True)
class StatesOnClause:
    """How the States divide on one clause, each counted once; of `none_recorded` of them nothing is known."""

    counts: list[StateCount]
    none_recorded: int

    @property
    def recorded(self) -> int:
        """How many States hold a position."""
        return sum(each.count for each in self.counts)


def count_on_clause(clause: Clause) -> StatesOnClause:
    """Return how the States divide on a clause, as far as it is public."""
    held = read_positions(clause).states.get(clause.pk, {})
    return StatesOnClause(count_states(held), State.objects.count() - len(held))


def count_states(held: Mapping[int, Position]) -> list[StateCount]:
    """Count the States that hold each of the five positions on a clause, in their usual order; each State once."""
    counts = {code: [0, 0] for code in Comment.Position.values}
    for position in held.values():
        counts[position.code][0 if position.is_own else 1] += 1
    return [StateCount(code, str(label), *counts[code]) for code, label in Comment.Position.choices]
