"""What the clauses of a newer draft descend from, as it can be told from the two texts, and how sure that is.

A clause is found again by its words in all languages that the drafts share, by the order of the clauses, by what it stands
below and what stands below it, and by what is known already. Clauses that one older clause went into, or that went into one
newer clause, are found by the passages they share. What speaks for several clauses alike, and what has too few words to
tell, is proposed with little confidence; from `CERTAIN` on a proposal can be confirmed without being looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from declaration.text.likeness import Vocabulary, compare, shared_languages
from declaration.text.matching import ClauseText, Matching
from declaration.text.pieces import HELD, find_origins
from declaration.text.places import derive_kinds

__all__ = ["CERTAIN", "ClauseText", "Lineage", "Origin", "Proposal", "propose", "weigh_pair"]

CERTAIN: Final = 0.9
"""From this confidence on a proposal holds so surely that a person may confirm it unseen, with all like it."""

_KEPT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Origin:
    """That a clause descends from an older one, how, and how sure that is from 0 to 1."""

    ancestor: int
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a newer clause descends from; without origins it is new."""

    key: int
    origins: tuple[Origin, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether it can be confirmed unseen. That a clause is new is for a person to say."""
        return bool(self.origins) and all(each.confidence >= CERTAIN for each in self.origins)


@dataclass(frozen=True, slots=True)
class Lineage:
    """A proposal for every newer clause, in their order, and the keys of the older ones that none descends from."""

    proposals: tuple[Proposal, ...]
    dropped: tuple[int, ...]


def propose(
    older: Sequence[ClauseText],
    newer: Sequence[ClauseText],
    *,
    known: Mapping[int, Iterable[int]] | None = None,
    hints: Mapping[int, int] | None = None,
) -> Lineage:
    """Propose what each newer clause descends from. Both sequences stand in reading order, parents before children.

    `known` names newer clauses whose ancestors a person has confirmed (none for a new clause): they are taken as given,
    with confidence 1. `hints` names older clauses that newer ones say they continue, by an identifier kept for instance.
    """
    matching = Matching(older, newer, known or {}, hints or {})
    matching.match()
    return _put_together(matching, find_origins(matching))


def _put_together(on: Matching, origins: dict[int, dict[int, float]]) -> Lineage:
    """Put together what was found, and name how each clause descends."""
    origins = origins | {new: dict.fromkeys(olds, 1.0) for new, olds in on.known.items()}
    pairs = [(old, new) for new, olds in origins.items() for old in olds]
    changed = {(old, new) for old, new in pairs if on.like(old, new).text < 1.0 or on.differs(old, new)}
    kinds = derive_kinds(on.old_places, on.new_places, pairs, changed)
    proposals = tuple(
        Proposal(
            clause.key,
            tuple(
                Origin(on.older[old].key, kinds[old, new], sure) for old, sure in sorted(origins.get(new, {}).items())
            ),
        )
        for new, clause in enumerate(on.newer)
    )
    living = {old for old, _new in pairs}
    return Lineage(proposals, tuple(each.key for old, each in enumerate(on.older) if old not in living))


def weigh_pair(older: Mapping[str, str], newer: Mapping[str, str]) -> float:
    """Return how sure it still is that a clause known to descend from another does, by their texts alone."""
    vocabulary = Vocabulary()
    ours, theirs = vocabulary.read(older), vocabulary.read(newer)
    if not shared_languages(ours, theirs):
        return 1.0
    shared = len(ours.features & theirs.features)
    likeness = compare(ours, theirs, 2 * shared / (len(ours.features) + len(theirs.features)))
    if likeness.text >= _KEPT or max(likeness.of_older, likeness.of_newer) >= HELD:
        return 0.97
    return round(min(0.85, 0.3 + likeness.text), 2)
