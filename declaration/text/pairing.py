"""Which members of two runs belong together, by how probable each pair is over all ways of aligning the runs."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from math import exp, inf, log
from typing import Final, Protocol

SURE: Final = 0.9
"""The least probability with which two are paired."""

_GAP: Final = log(0.0099) - 2.0
_BAND: Final = 24


class Scores(Protocol):
    """How probable it is, as a logarithm, that members of two runs belong together."""

    def one_to_one(self, at: int, other_at: int) -> float:
        """One against one."""
        ...

    def two_to_one(self, at: int, other_at: int) -> float:
        """A member and the next of the first run against one of the second."""
        ...

    def one_to_two(self, at: int, other_at: int) -> float:
        """One of the first run against a member and the next of the second."""
        ...


def probable_pairs(rows: int, columns: int, scores: Scores) -> list[tuple[int, int, float]]:
    """Return the pairs that belong together with a probability of at least `SURE`, over all alignments of two runs."""
    return list(_Lattice(rows, columns, scores).probable()) if rows and columns else []


class _Lattice:
    """All ways of aligning two runs: one to one, one left out, two joined; with forward and backward sums over them.

    Only alignments within a band around the diagonal are looked at, which keeps the time in proportion to the length.
    """

    def __init__(self, rows: int, columns: int, scores: Scores) -> None:
        band = _BAND + abs(rows - columns)
        self.end = rows, columns
        self.steps: dict[tuple[int, int], list[tuple[int, int, float]]] = {
            (row, column): _steps(row, column, rows, columns, scores)
            for row in range(rows + 1)
            for middle in (row * columns // rows,)
            for column in range(max(0, middle - band), min(columns, middle + band) + 1)
        }

    def probable(self) -> Iterator[tuple[int, int, float]]:
        """Yield the pairs with their probability, in order."""
        ahead = self._sum_ahead()
        total = ahead[0, 0]
        if total == -inf:
            return
        before = {(0, 0): 0.0}
        for at, steps in self.steps.items():
            here = before.get(at, -inf)
            for down, across, score in steps if here > -inf else ():
                to = at[0] + down, at[1] + across
                if to not in self.steps:
                    continue
                before[to] = _total((before.get(to, -inf), here + score))
                probability = exp(min(0.0, here + score + ahead[to] - total))
                if down == across == 1 and probability >= SURE:
                    yield at[0], at[1], probability

    def _sum_ahead(self) -> dict[tuple[int, int], float]:
        ahead = {self.end: 0.0}
        for at in reversed(list(self.steps)):
            if at != self.end:
                ahead[at] = _total(
                    score + ahead.get((at[0] + down, at[1] + across), -inf) for down, across, score in self.steps[at]
                )
        return ahead


def _steps(row: int, column: int, rows: int, columns: int, scores: Scores) -> list[tuple[int, int, float]]:
    steps = []
    if row < rows and column < columns:
        steps.append((1, 1, scores.one_to_one(row, column)))
    if row < rows:
        steps.append((1, 0, _GAP))
    if column < columns:
        steps.append((0, 1, _GAP))
    if row + 1 < rows and column < columns:
        steps.append((2, 1, scores.two_to_one(row, column)))
    if row < rows and column + 1 < columns:
        steps.append((1, 2, scores.one_to_two(row, column)))
    return steps


def _total(logarithms: Iterable[float]) -> float:
    values = [value for value in logarithms if value > -inf]
    if not values:
        return -inf
    largest = max(values)
    return largest + log(sum(exp(value - largest) for value in values))


def increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs, in order of the first, whose second places increase too (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, (_at, other_at) in enumerate(pairs):
        length = bisect_left(tails, other_at)
        before.append(ends[length - 1] if length else None)
        if length == len(tails):
            tails.append(other_at)
            ends.append(index)
        else:
            tails[length] = other_at
            ends[length] = index
    run: list[tuple[int, int]] = []
    at: int | None = ends[-1] if ends else None
    while at is not None:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]
