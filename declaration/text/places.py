"""Where the clauses of a draft stand among one another, and what became of a clause's place and number in a later draft."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Placed(Protocol):
    """A clause with its number and the clause that it stands below."""

    @property
    def key(self) -> int:
        """What names the clause within its draft."""

    @property
    def parent(self) -> int | None:
        """What names the clause it stands below; nothing at the top."""

    @property
    def kind(self) -> str:
        """What kind of clause it is."""

    @property
    def label(self) -> str:
        """Its number as it is printed."""


@dataclass(slots=True)
class Place:
    """Where a clause stands; clauses are named by their places in the draft, 0 the first."""

    kind: str
    label: str
    parent: int | None = None
    before: int | None = None
    after: int | None = None
    children: list[int] = field(default_factory=list)


def read_places(clauses: Sequence[Placed]) -> list[Place]:
    """Return where each clause stands, in the order given: parent, neighbours with the same parent, children."""
    index = {clause.key: place for place, clause in enumerate(clauses)}
    places = [Place(clause.kind, clause.label) for clause in clauses]
    last: dict[int | None, int] = {}
    for number, clause in enumerate(clauses):
        place = places[number]
        place.parent = index.get(clause.parent) if clause.parent is not None else None
        place.before = last.get(place.parent)
        if place.before is not None:
            places[place.before].after = number
        last[place.parent] = number
        if place.parent is not None:
            places[place.parent].children.append(number)
    return places


def derive_kinds(
    older: Sequence[Place],
    newer: Sequence[Place],
    pairs: Collection[tuple[int, int]],
    changed: Collection[tuple[int, int]],
) -> dict[tuple[int, int], str]:
    """Return how clauses descend, for pairs of places (older, newer); `changed` are those whose words differ.

    Of several things that happened to a clause the kind names the one that the two clauses alone do not show: a merger or a
    split before a move, a move before changed words, and these before a new number.
    """
    ancestors: dict[int, list[int]] = defaultdict(list)
    descendants: dict[int, list[int]] = defaultdict(list)
    for old, new in pairs:
        ancestors[new].append(old)
        descendants[old].append(new)
    moved = _find_moved(older, newer, pairs, ancestors)
    kinds: dict[tuple[int, int], str] = {}
    for old, new in pairs:
        if len(ancestors[new]) > 1:
            kinds[old, new] = "merged"
        elif len(descendants[old]) > 1:
            kinds[old, new] = "split"
        elif (old, new) in moved:
            kinds[old, new] = "moved"
        elif (old, new) in changed:
            kinds[old, new] = "amended"
        elif (older[old].kind, older[old].label) != (newer[new].kind, newer[new].label):
            kinds[old, new] = "renumbered"
        else:
            kinds[old, new] = "same"
    return kinds


def _find_moved(
    older: Sequence[Place],
    newer: Sequence[Place],
    pairs: Iterable[tuple[int, int]],
    ancestors: Mapping[int, Sequence[int]],
) -> set[tuple[int, int]]:
    """Return the pairs whose clauses stand below another clause than before, or beside others in another order."""
    moved: set[tuple[int, int]] = set()
    families: dict[tuple[int | None, int | None], list[tuple[int, int]]] = defaultdict(list)
    for old, new in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        ours, theirs = older[old].parent, newer[new].parent
        if ours is None and theirs is None:
            stays = True
        elif theirs is None or ours is None:
            stays = False
        else:
            stays = ours in ancestors.get(theirs, ())
        if stays:
            families[ours, theirs].append((old, new))
        else:
            moved.add((old, new))
    for family in families.values():
        kept = _longest_rise([old for old, _new in family])
        moved.update(pair for place, pair in enumerate(family) if place not in kept)
    return moved


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the places of the longest run of numbers that never fall, in their order: what has not been moved."""
    tails: list[int] = []
    tail_places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number + 1)
        before.append(tail_places[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            tail_places.append(place)
        else:
            tails[at], tail_places[at] = number, place
    kept: set[int] = set()
    place = tail_places[-1] if tail_places else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept
