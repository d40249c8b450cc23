"""Which comments say the same, or nearly the same.

Only comments with the same target, change proposed, position and language are compared, so that one answer can fit all of
a group. What two comments say is compared as people read it: capitals, punctuation and white space do not count. A comment
joins the group of the earliest one that it is like; a group is thus never a chain at whose ends two say different things.

Not every pair is compared: a comment meets only those that share pieces of text with it, the likeliest first, at most
`MAX_CANDIDATES` of them. The work therefore grows with the number of comments, and not with its square.
"""

import heapq
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from consultations.models import Comment

NEAR: Final = 0.9
"""From this likeness on two comments say nearly the same: one letter in ten may differ."""

MAX_COMPARED: Final = 20_000
"""Characters; of longer comments only the same words are found."""

MAX_CANDIDATES: Final = 30
"""So many earlier comments each comment is compared with."""

MAX_SHARED: Final = 50
"""A piece that so many groups share says nothing about which of them a comment is like."""

PIECE: Final = 6
"""Characters of a piece: short enough for languages written without spaces."""

SHORT: Final = 200
"""Characters up to which all pieces of a text are kept; of a longer one about a quarter, always the same ones."""

_NOT_WORDS: Final = re.compile(r"[\W_]+")


@dataclass
class Found:
    """A comment and how like it is to the first of its group: 1 for the same words."""

    comment: Comment
    likeness: float


@dataclass
class Group:
    """Comments that are alike, in the order in which they were filed. The first is the one the others were compared with."""

    text: str
    members: list[Found] = field(default_factory=list)

    @property
    def is_exact(self) -> bool:
        """Whether all of them say the same."""
        return all(found.likeness == 1 for found in self.members)


def read_text(comment: Comment) -> str:
    """Return what a comment says, as it is compared: wording proposed and reasons, without what does not change their sense."""
    return " | ".join(
        _NOT_WORDS.sub(" ", text.casefold()).strip() for text in (comment.proposed_text, comment.rationale)
    )


def find_alike(comments: Iterable[Comment]) -> list[Group]:
    """Return the groups of at least two comments that are alike. `comments` come in the order in which they were filed."""
    blocks: dict[tuple[object, ...], _Block] = defaultdict(_Block)
    for comment in comments:
        key = (comment.target, comment.clause_id, comment.operation, comment.position, comment.language)
        blocks[key].add(comment)
    return [group for block in blocks.values() for group in block.groups if len(group.members) > 1]


class _Block:
    """Comments that may be alike, and the groups found among them so far."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._by_text: dict[str, tuple[Group, float]] = {}
        self._by_piece: dict[int, list[int]] = defaultdict(list)

    def add(self, comment: Comment) -> None:
        """Put a comment into the group it is like, or into one of its own."""
        text = read_text(comment)
        if text not in self._by_text:
            self._by_text[text] = self._find(text) or (self._begin(text), 1.0)
        group, likeness = self._by_text[text]
        group.members.append(Found(comment, likeness))

    def _find(self, text: str) -> tuple[Group, float] | None:
        if len(text) > MAX_COMPARED:
            return None
        best, at = 0.0, -1
        for place in self._candidates(text):
            likeness = fuzz.ratio(text, self.groups[place].text, score_cutoff=max(best, 100 * NEAR)) / 100
            if likeness > best / 100:
                best, at = likeness * 100, place
        # Different words are never wholly alike, whatever rounding makes of it.
        return (self.groups[at], min(best / 100, 0.9999)) if at >= 0 else None

    def _candidates(self, text: str) -> list[int]:
        shared: Counter[int] = Counter()
        for piece in _pieces(text):
            places = self._by_piece.get(piece, ())
            if len(places) <= MAX_SHARED:
                shared.update(places)
        # The earliest of equally likely ones first, so that the same comments always make the same groups.
        likeliest = heapq.nsmallest(MAX_CANDIDATES, shared.items(), key=lambda item: (-item[1], item[0]))
        return [place for place, _count in likeliest]

    def _begin(self, text: str) -> Group:
        group = Group(text)
        if len(text) <= MAX_COMPARED:
            for piece in _pieces(text):
                places = self._by_piece[piece]
                if len(places) <= MAX_SHARED:
                    places.append(len(self.groups))
        self.groups.append(group)
        return group


def _pieces(text: str) -> set[int]:
    numbers = {zlib.crc32(text[start : start + PIECE].encode()) for start in range(max(1, len(text) - PIECE + 1))}
    if len(text) <= SHORT:
        return numbers
    return {number for number in numbers if not number & 3}
