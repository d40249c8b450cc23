"""Which clause of a text goes with which of the same text in another language.

Numbers decide first: what has the same kind and number below clauses that go together goes together itself. Clauses without
a number, such as recitals, are aligned by their lengths and by what is written alike in every language (numbers, dates,
symbols), after Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora" (Computational Linguistics 19, 1993).
Their model is used for doubt as well: for each pair the share of all ways to align the clauses around it that hold it. What
stays in doubt is not paired, and is shown on both sides.
"""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from declaration.text.numerals import western_digits

Reason = Literal["number", "anchors", "only_one", "place", "length", "by_hand"]
"""Why two clauses go together: the same number, the same numbers or symbols in their words, being the only ones of their
kind, the same place among as many, fitting lengths, or a person's word."""

Lack = Literal["counts_differ", "missing", "below_unpaired", "by_hand", "in_doubt"]
"""Why a clause goes with none: the clauses around it are not as many in the other language; none has its number; what it
stands in goes with none; a person said so; more than one could be meant."""

MIN_CERTAINTY: Final = 0.95
"""A pair that lengths alone speak for is taken where so much of all ways to align holds it."""

MAX_CELLS: Final = 250_000
"""So many pairs are looked at in one run of clauses; of longer ones only those about as far along."""

# Gale and Church, section 3: how often one sentence was one, none, or two; for clauses the second are rarer still.
_PRIORS: Final = {(1, 1): 0.94, (1, 0): 0.012, (0, 1): 0.012, (2, 1): 0.018, (1, 2): 0.018}
_VARIANCE: Final = 6.8
_SMALLEST: Final = 1e-300
_SKIP_PENALTY: Final = 0.5
_NUMBER: Final = re.compile(r"[0-9]+(?:[./-][0-9]+)*")
_ANCHOR_BONUS: Final = 3.0
_ANCHOR_PENALTY: Final = 1.5


@dataclass(frozen=True)
class AlignedNode:
    """What is looked at of a clause. `parent` is its place among those given, `None` at the top."""

    kind: str
    label: str
    parent: int | None
    words: str = ""


@dataclass(frozen=True)
class Pair:
    """Two clauses that go together, by their places. `certainty` is from 0 to 1; `differs` names what of them differs."""

    first: int
    second: int
    reason: Reason
    certainty: float = 1.0
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alignment:
    """What goes together and what does not: `only_first` and `only_second` are places with the reason."""

    pairs: tuple[Pair, ...]
    only_first: dict[int, Lack]
    only_second: dict[int, Lack]

    @property
    def second_to_first(self) -> dict[int, int]:
        """The place in the first language of each clause of the second that has one."""
        return {pair.second: pair.first for pair in self.pairs}


@dataclass
class _Side:
    nodes: Sequence[AlignedNode]
    children: dict[int | None, list[int]] = field(default_factory=lambda: defaultdict(list))
    lengths: list[int] = field(default_factory=list)
    anchors: list[frozenset[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for index, node in enumerate(self.nodes):
            self.children[node.parent].append(index)
            text = western_digits(node.words)
            self.lengths.append(sum(1 for character in text if character.isalnum()))
            self.anchors.append(frozenset(_NUMBER.findall(text)))

    def below(self, index: int) -> list[int]:
        """Return all that stands below a clause."""
        found, waiting = [], list(self.children.get(index, ()))
        while waiting:
            place = waiting.pop()
            found.append(place)
            waiting += self.children.get(place, ())
        return found


def align(
    first: Sequence[AlignedNode], second: Sequence[AlignedNode], by_hand: dict[int, int | None] | None = None
) -> Alignment:
    """Return which clauses of two texts go together.

    `by_hand` says of clauses of the second which of the first each goes with, `None` for none; it goes before all else.
    Takes time in proportion to the number of clauses, and to the square of those in a run without numbers.
    """
    return _Aligner(_Side(first), _Side(second), dict(by_hand or {})).run()


class _Aligner:
    def __init__(self, first: _Side, second: _Side, by_hand: dict[int, int | None]) -> None:
        self.first, self.second, self.by_hand = first, second, by_hand
        self.taken = {place for place in by_hand.values() if place is not None}
        self.pairs: dict[int, Pair] = {}
        self.only_first: dict[int, Lack] = {}
        self.only_second: dict[int, Lack] = {}
        total = sum(first.lengths) or 1
        # How many characters of the second language one of the first makes, from the two texts as a whole.
        self.ratio = min(6.0, max(1 / 6, (sum(second.lengths) or 1) / total))

    def run(self) -> Alignment:
        for second, chosen in self.by_hand.items():
            if chosen is None:
                self.only_second[second] = "by_hand"
            else:
                self.pairs[second] = self._pair(chosen, second, "by_hand")
        waiting: list[tuple[int | None, int | None]] = [(None, None)]
        waiting += [(pair.first, pair.second) for pair in self.pairs.values()]
        while waiting:
            above_first, above_second = waiting.pop()
            found = self._level(self.first.children[above_first], self.second.children[above_second])
            for pair in found:
                self.pairs[pair.second] = pair
                self.taken.add(pair.first)
                waiting.append((pair.first, pair.second))
        paired_first = {pair.first for pair in self.pairs.values()}
        self._explain(self.first, paired_first, self.only_first)
        self._explain(self.second, set(self.pairs), self.only_second)
        ordered = sorted(self.pairs.values(), key=lambda pair: (pair.first, pair.second))
        return Alignment(tuple(ordered), dict(sorted(self.only_first.items())), dict(sorted(self.only_second.items())))

    def _pair(self, first: int, second: int, reason: Reason, certainty: float = 1.0) -> Pair:
        ours, theirs = self.first.nodes[first], self.second.nodes[second]
        differs = [name for name in ("kind", "label") if getattr(ours, name) != getattr(theirs, name)]
        if len(self.first.children.get(first, ())) != len(self.second.children.get(second, ())):
            differs.append("children")
        return Pair(first, second, reason, round(certainty, 3), tuple(differs))

    def _explain(self, side: _Side, paired: set[int], lacks: dict[int, Lack]) -> None:
        for index, node in enumerate(side.nodes):
            if index not in paired:
                below = node.parent is not None and node.parent not in paired
                lacks.setdefault(index, "below_unpaired" if below else "missing")

    def _level(self, ours: Sequence[int], theirs: Sequence[int]) -> list[Pair]:
        """Return the pairs among the clauses directly below two that go together."""
        ours = [place for place in ours if place not in self.taken]
        theirs = [place for place in theirs if place not in self.by_hand]
        found = self._numbered(ours, theirs)
        pairs = [self._pair(ours[i], theirs[j], "number") for i, j in found]
        start = (0, 0)
        for i, j in [*found, (len(ours), len(theirs))]:
            pairs += self._run(ours[start[0] : i], theirs[start[1] : j])
            start = (i + 1, j + 1)
        return pairs

    def _numbered(self, ours: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int]]:
        """Return the places of those with the same kind and number, as far as they stand in the same order in both."""
        places = _unique_keys([self.first.nodes[place] for place in ours])
        others = _unique_keys([self.second.nodes[place] for place in theirs])
        return _longest_rising(_both(places, others))

    def _run(self, ours: list[int], theirs: list[int]) -> Iterator[Pair]:
        """Yield the pairs of a run of clauses between two that go together by their numbers."""
        related = [
            self._pair(ours[i], theirs[j], "number")
            for i, j in _longest_rising(
                _both(
                    _unique_keys([self.first.nodes[place] for place in ours], _FAMILIES),
                    _unique_keys([self.second.nodes[place] for place in theirs], _FAMILIES),
                )
            )
        ]
        yield from related
        kinds = dict.fromkeys(self.first.nodes[place].kind for place in ours)
        kinds |= dict.fromkeys(self.second.nodes[place].kind for place in theirs)
        for kind in kinds:
            left = [place for place in ours if self._may_move(self.first, place, kind)]
            right = [place for place in theirs if self._may_move(self.second, place, kind)]
            yield from self._kin(left, right)

    def _may_move(self, side: _Side, place: int, kind: str) -> bool:
        """Whether a clause is aligned by its words: it has no number that says something else."""
        node = side.nodes[place]
        return node.kind == kind and not node.label

    def _kin(self, ours: list[int], theirs: list[int]) -> Iterator[Pair]:
        """Yield the pairs among clauses of one kind without numbers."""
        if not ours or not theirs:
            return
        if len(ours) == 1 and len(theirs) == 1:
            if self._fits(ours[0], theirs[0]) or not self.first.lengths[ours[0]] or not self.second.lengths[theirs[0]]:
                yield self._pair(ours[0], theirs[0], "only_one")
            else:
                self._doubt(ours, theirs, "in_doubt")
            return
        chances = _chances(self._matrix(ours, theirs), len(ours), len(theirs))
        is_even = len(ours) == len(theirs)
        by_place = is_even and all(self._fits(*both) for both in zip(ours, theirs, strict=True))
        kept: set[tuple[int, int]] = set()
        for (i, j), chance in chances.items():
            first, second = ours[i], theirs[j]
            if by_place and i == j:
                kept.add((i, j))
                yield self._pair(first, second, "place", max(chance, MIN_CERTAINTY))
            elif not by_place and chance >= MIN_CERTAINTY and self._fits(first, second):
                kept.add((i, j))
                shared = self.first.anchors[first] & self.second.anchors[second]
                yield self._pair(first, second, "anchors" if shared else "length", chance)
        reason: Lack = "in_doubt" if is_even else "counts_differ"
        paired_ours, paired_theirs = {i for i, _ in kept}, {j for _, j in kept}
        self._doubt(
            [place for i, place in enumerate(ours) if i not in paired_ours],
            [place for j, place in enumerate(theirs) if j not in paired_theirs],
            reason,
        )

    def _doubt(self, ours: Sequence[int], theirs: Sequence[int], reason: Lack) -> None:
        self.only_first.update(dict.fromkeys(ours, reason))
        self.only_second.update(dict.fromkeys(theirs, reason))

    def _fits(self, first: int, second: int) -> bool:
        """Whether two clauses may be the same: their lengths fit, and so do the numbers in their words."""
        ours, theirs = self.first.anchors[first], self.second.anchors[second]
        if ours and theirs and not ours & theirs:
            return False
        expected, found = self.first.lengths[first] * self.ratio + 12, self.second.lengths[second] + 12
        return 0.4 <= found / expected <= 2.5

    def _matrix(self, ours: list[int], theirs: list[int]) -> "_Scores":
        return _Scores(
            [self.first.lengths[place] for place in ours],
            [self.second.lengths[place] for place in theirs],
            [self.first.anchors[place] for place in ours],
            [self.second.anchors[place] for place in theirs],
            self.ratio,
        )


_FAMILIES: Final = {"operative_paragraph": "paragraph", "item": "subparagraph", "section": "part"}
"""Kinds that two languages may print so differently that they are read as each other."""


def _both(first: dict[tuple[str, str], int], second: dict[tuple[str, str], int]) -> list[tuple[int, int]]:
    return [(place, second[key]) for key, place in first.items() if key in second]


def _unique_keys(nodes: Sequence[AlignedNode], families: Mapping[str, str] | None = None) -> dict[tuple[str, str], int]:
    keys = [((families or {}).get(node.kind, node.kind), node.label) for node in nodes]
    counts = Counter(keys)
    return {key: place for place, key in enumerate(keys) if counts[key] == 1 and key[1]}


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most pairs, sorted by the first place, whose second place rises as well."""
    pairs = sorted(pairs)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, (_, second) in enumerate(pairs):
        at = bisect_left(tails, second)
        before.append(ends[at - 1] if at else None)
        tails[at : at + 1] = [second]
        ends[at : at + 1] = [index]
    chain = []
    place: int | None = ends[-1] if ends else None
    while place is not None:
        chain.append(pairs[place])
        place = before[place]
    return chain[::-1]


@dataclass
class _Scores:
    """How likely a number of clauses of one side is the same as a number of the other, as logarithms."""

    ours: list[int]
    theirs: list[int]
    our_anchors: list[frozenset[str]]
    their_anchors: list[frozenset[str]]
    ratio: float

    def score(self, i: int, j: int, bead: tuple[int, int]) -> float:
        """Return the score of a bead that begins at places i and j."""
        down, right = bead
        prior = math.log(_PRIORS[bead])
        if not down or not right:
            return prior - _SKIP_PENALTY
        length = sum(self.ours[i : i + down])
        other = sum(self.theirs[j : j + right])
        mean = (length + other / self.ratio) / 2 or 1
        delta = (other - length * self.ratio) / math.sqrt(mean * _VARIANCE * max(self.ratio, 0.2))
        fits = math.log(max(math.erfc(abs(delta) / math.sqrt(2)), _SMALLEST))
        ours = frozenset().union(*self.our_anchors[i : i + down])
        theirs = frozenset().union(*self.their_anchors[j : j + right])
        shared = len(ours & theirs)
        return prior + fits + _ANCHOR_BONUS * shared - _ANCHOR_PENALTY * (len(ours | theirs) - shared)


def _chances(scores: _Scores, rows: int, columns: int) -> dict[tuple[int, int], float]:
    """Return for each pair of places how much of all ways to align holds it, by weight (forward and backward sums)."""
    band = max(abs(rows - columns) + 8, MAX_CELLS // max(rows, 1) // 2)
    beads: dict[tuple[int, int], list[tuple[tuple[int, int], float]]] = {}
    for i in range(rows + 1):
        middle = i * columns // max(rows, 1)
        for j in range(max(0, middle - band), min(columns, middle + band) + 1):
            beads[i, j] = [
                (bead, scores.score(i, j, bead)) for bead in _PRIORS if i + bead[0] <= rows and j + bead[1] <= columns
            ]
    forward: dict[tuple[int, int], float] = {(0, 0): 0.0}
    for cell, steps in beads.items():
        here = forward.get(cell)
        if here is not None:
            for (down, right), score in steps:
                target = (cell[0] + down, cell[1] + right)
                forward[target] = _add(forward.get(target), here + score)
    backward: dict[tuple[int, int], float] = {(rows, columns): 0.0}
    for cell in reversed(beads):
        for (down, right), score in beads[cell]:
            after = backward.get((cell[0] + down, cell[1] + right))
            if after is not None:
                backward[cell] = _add(backward.get(cell), after + score)
    whole = forward.get((rows, columns))
    if whole is None:
        return {}
    found = {}
    for (i, j), steps in beads.items():
        for bead, score in steps:
            here, after = forward.get((i, j)), backward.get((i + 1, j + 1))
            if bead == (1, 1) and here is not None and after is not None:
                found[i, j] = min(1.0, math.exp(here + score + after - whole))
    return found


def _add(first: float | None, second: float) -> float:
    """Return the logarithm of the sum of two numbers given by theirs."""
    if first is None:
        return second
    high, low = max(first, second), min(first, second)
    return high + math.log1p(math.exp(low - high))
