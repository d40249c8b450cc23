"""How positions divide, ready to be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from consultations.models import Comment


@dataclass(frozen=True)
class PositionCount:
    """One of the five positions, its name in the reader's language, and how many comments take it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Tally:
    """How many comments there are, and how those that take a position divide, in the order of the five positions."""

    comments: int
    positions: tuple[PositionCount, ...]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """Make a tally of {position: count}; comments that take no position are under an empty text.

        The tally of no comments has no positions either: a text has hundreds of clauses that nobody commented on.
        """
        if not counts:
            return cls(0, ())
        positions = (PositionCount(code, str(label), counts.get(code, 0)) for code, label in Comment.Position.choices)
        return cls(sum(counts.values()), tuple(positions))

    @property
    def total(self) -> int:
        """How many comments take a position."""
        return sum(position.count for position in self.positions)

    @property
    def without_position(self) -> int:
        """How many comments take none."""
        return self.comments - self.total


def add_counts(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Add the counts of several clauses: {position: count}."""
    added: dict[str, int] = {}
    for each in counts:
        for position, count in each.items():
            added[position] = added.get(position, 0) + count
    return added
