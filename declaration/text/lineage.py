"""What the clauses of a newer draft descend from, as it can be told from the two texts, and how sure that is.

A clause is found again by its words in all languages that the drafts share, by the order of the clauses, by what it stands
below and what stands below it, and by what is known already. Clauses that one older clause went into, or that went into one
newer clause, are found by the passages they share. What speaks for several clauses alike, and what has too few words to
tell, is proposed with little confidence; from `CERTAIN` on a proposal can be confirmed without being looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from declaration.text.likeness import (
    NOTHING,
    Likeness,
    Vocabulary,
    Words,
    compare,
    count_places,
    find_pairs,
    longest_run,
    shared_languages,
    shared_passages,
)
from declaration.text.places import Place, derive_kinds, read_places

Kind = Literal["same", "amended", "renumbered", "moved", "split", "merged"]

CERTAIN: Final = 0.9
"""From this confidence on a proposal holds so surely that a person may confirm it unseen, with all like it."""

ALIKE: Final = 0.42
"""Clauses less alike than this are the same clause only where their place says so."""

_ROUNDS: Final = 3
_ELSEWHERE: Final = 0.5
_OTHER_KIND: Final = 0.6
_MUCH_ALIKE: Final = 0.8
_RATHER_ALIKE: Final = 0.6
_LITTLE_LEFT: Final = 0.28
_LEAST_LEFT: Final = 0.2
_ALONE: Final = 2
"""Twins of a clause in both drafts where it has none but itself."""

# What places say, and by how much a pair must be liker than any other for there to be no doubt.
_MOST: Final = 0.6
_IN_ORDER: Final = 0.8
_IN_PLACE: Final = 0.85
_CLOSE: Final = 0.2
_WHOLE: Final = 0.8
_SURE_WORDS: Final = 0.75
_KEPT: Final = 0.5
_HELD: Final = 0.78
_HELD_MORE: Final = 0.2
_HELD_RUN: Final = 6
_FEW_WORDS: Final = 6

# Of a piece: how many words in a row it must share with the whole, and which share of all its words, beside the rest of
# the whole or far from it; and of a passage that went from one clause into another, each of which goes on.
_MIN_PIECE: Final = 4
_NEAR_SHARE: Final = 0.45
_FAR_RUN: Final = 8
_PIECE_SHARE: Final = 0.6
_LONG_RUN: Final = 10
_TRANSFERRED: Final = 0.3

_DOUBTFUL: Final = 0.6
_SHRUNK: Final = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseText:
    """A clause as it is compared. `texts` holds its heading and text, joined, by language; `parent` the key of another."""

    key: int
    kind: str
    label: str = ""
    parent: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


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
    matching = _Matching(older, newer, known or {}, hints or {})
    matching.match()
    matching.find_pieces()
    return matching.result()


def weigh_pair(older: Mapping[str, str], newer: Mapping[str, str]) -> float:
    """Return how sure it still is that a clause known to descend from another does, by their texts alone."""
    vocabulary = Vocabulary()
    ours, theirs = vocabulary.read(older), vocabulary.read(newer)
    if not shared_languages(ours, theirs):
        return 1.0
    shared = len(ours.features & theirs.features)
    likeness = compare(ours, theirs, 2 * shared / (len(ours.features) + len(theirs.features)))
    if likeness.text >= _KEPT or max(likeness.of_older, likeness.of_newer) >= _HELD:
        return 0.97
    return round(min(0.85, 0.3 + likeness.text), 2)


class _Matching:
    """Two drafts while their clauses are matched; clauses are named by their places, 0 the first."""

    def __init__(
        self,
        older: Sequence[ClauseText],
        newer: Sequence[ClauseText],
        known: Mapping[int, Iterable[int]],
        hints: Mapping[int, int],
    ) -> None:
        self.older, self.newer = older, newer
        vocabulary = Vocabulary()
        self.old_words = [vocabulary.read(each.texts) for each in older]
        self.new_words = [vocabulary.read(each.texts) for each in newer]
        self.old_places, self.new_places = read_places(older), read_places(newer)
        old_index = {each.key: index for index, each in enumerate(older)}
        self.known = {
            index: [old_index[key] for key in known[each.key] if key in old_index]
            for index, each in enumerate(newer)
            if each.key in known
        }
        self.hints = {
            index: old_index[hints[each.key]] for index, each in enumerate(newer) if hints.get(each.key) in old_index
        }
        self.likeness = find_pairs(self.old_words, self.new_words)
        self.by_old: dict[int, set[int]] = defaultdict(set)
        self.by_new: dict[int, set[int]] = defaultdict(set)
        for ours, theirs in self.likeness:
            self.by_old[ours].add(theirs)
            self.by_new[theirs].add(ours)
        self.taken = {old for olds in self.known.values() for old in olds}
        self.match_of: dict[int, int] = {}
        self.matched_by: dict[int, int] = {}
        self.origins: dict[int, dict[int, float]] = {}

    # How much speaks for a pair

    def like(self, old: int, new: int) -> Likeness:
        """How alike the words of two clauses are; two without any words are alike."""
        if not self.old_words[old].by_language and not self.new_words[new].by_language:
            return Likeness(1.0, 1.0, 1.0)
        return self.likeness.get((old, new), NOTHING)

    def context(self, old: int, new: int) -> dict[str, float]:
        """What the places of two clauses say for their being the same one, each figure from 0 to 1."""
        ours, theirs = self.old_places[old], self.new_places[new]
        if theirs.parent is None or ours.parent is None:
            same_parent = float(theirs.parent is None and ours.parent is None)
        else:
            same_parent = float(self.is_ancestor(ours.parent, theirs.parent))
        below = 0.0
        if theirs.children and ours.children:
            kept = sum(1 for child in theirs.children if self._parent_of_match(child) == old)
            below = kept / max(len(theirs.children), len(ours.children))
        same_number = self.older[old].kind == self.newer[new].kind and self.older[old].label == self.newer[new].label
        return {
            "parent": same_parent,
            "order": self._order(old, new),
            "below": below,
            "label": float(same_number and bool(self.newer[new].label)),
            "kind": float(self.older[old].kind == self.newer[new].kind),
        }

    def is_ancestor(self, old: int, new: int) -> bool:
        """Whether a newer clause is matched with an older one."""
        return self.match_of.get(new) == old or old in self.known.get(new, ())

    def _parent_of_match(self, new: int) -> int | None:
        old = self.match_of.get(new)
        if old is None:
            old = next(iter(self.known.get(new, ())), None)
        return None if old is None else self.old_places[old].parent

    def _order(self, old: int, new: int) -> float:
        """Whether the clauses before and after beside it descend from those before and after the older one."""
        votes = []
        for theirs, direction in ((self.new_places[new].before, -1), (self.new_places[new].after, 1)):
            neighbour = self.match_of.get(theirs) if theirs is not None else None
            expected = self.old_places[old].before if direction < 0 else self.old_places[old].after
            if theirs is None and expected is None:
                votes.append(1.0)
            elif neighbour is not None:
                votes.append(1.0 if neighbour == expected else 0.6 if (neighbour - old) * direction > 0 else 0.0)
        return sum(votes) / 2 if votes else 0.0

    def score(self, old: int, new: int) -> float:
        """How much speaks for a pair in all, for choosing among pairs."""
        text, place = self.like(old, new).text, self.context(old, new)
        hint = 0.3 if self.hints.get(new) == old else 0.0
        return (
            text
            + 0.12 * place["parent"]
            + 0.14 * place["order"]
            + 0.3 * place["below"]
            + 0.06 * place["label"]
            + 0.03 * place["kind"]
            + hint
        )

    # Choosing

    def match(self) -> None:
        """Give each newer clause at most one older one, and each older one to at most one, again as places become known."""
        self._anchor()
        for _round in range(_ROUNDS):
            pairs = self.likeness.keys() | self._pairs_by_place()
            scored = sorted(
                ((self.score(*pair), pair) for pair in pairs if self._is_free(*pair)),
                key=lambda each: (-each[0], each[1]),
            )
            match_of: dict[int, int] = {}
            matched_by: dict[int, int] = {}
            for _score, (old, new) in scored:
                if old not in matched_by and new not in match_of and self._is_enough(old, new):
                    match_of[new], matched_by[old] = old, new
            self.match_of, self.matched_by = match_of, matched_by

    def _is_free(self, old: int, new: int) -> bool:
        return new not in self.known and old not in self.taken

    def _is_enough(self, old: int, new: int) -> bool:
        text = self.like(old, new).text
        place = self.context(old, new)
        least = ALIKE if place["parent"] else _ELSEWHERE
        if text >= (least if place["kind"] else _OTHER_KIND):
            return True
        if self.hints.get(new) == old or place["below"] >= _MOST:
            return True
        settled = place["parent"] and place["kind"] and place["order"] >= _IN_ORDER
        return bool(settled and (text >= _LITTLE_LEFT or (place["label"] and text >= _LEAST_LEFT)))

    def _anchor(self) -> None:
        """Begin with the clauses whose words are the same and stand in each draft only once."""
        for (old, new), likeness in self.likeness.items():
            if likeness.text == 1.0 and self._is_free(old, new):
                twins = sum(1 for other in self.by_old[old] if self.likeness[old, other].text == 1.0)
                twins += sum(1 for other in self.by_new[new] if self.likeness[other, new].text == 1.0)
                if twins == _ALONE:
                    self.match_of[new], self.matched_by[old] = old, new

    def _pairs_by_place(self) -> set[tuple[int, int]]:
        """Return pairs that places speak for: parents of matched clauses, and clauses below matched ones."""
        pairs = {(old, new) for new, old in self.hints.items()}
        for new, old in self.match_of.items():
            ours, theirs = self.old_places[old], self.new_places[new]
            if ours.parent is not None and theirs.parent is not None:
                pairs.add((ours.parent, theirs.parent))
            for child in theirs.children:
                for candidate in ours.children:
                    if self.newer[child].label == self.older[candidate].label or self._has_few_words(candidate, child):
                        pairs.add((candidate, child))
        for new, place in enumerate(self.new_places):
            if place.parent is None and not self.new_words[new].by_language:
                pairs.update(
                    (old, new)
                    for old, each in enumerate(self.old_places)
                    if each.parent is None and not self.old_words[old].by_language
                )
        return pairs

    def _has_few_words(self, old: int, new: int) -> bool:
        return min(self._words(self.old_words[old]), self._words(self.new_words[new])) < _FEW_WORDS

    @staticmethod
    def _words(words: Words) -> float:
        """Words in a language on average, so that six languages do not make a short clause long."""
        return words.count / max(1, len(words.by_language))

    # How sure

    def confidence(self, old: int, new: int) -> float:
        """How sure it is that a clause is the one it was matched with, from 0 to 1."""
        text, place = self.like(old, new).text, self.context(old, new)
        support = (place["parent"] + place["order"] + max(place["label"], place["below"])) / 3
        rival = self._rival(old, new)
        if text >= 1.0:
            sure = 0.98
        elif text >= _MUCH_ALIKE:
            sure = 0.95
        elif text >= _RATHER_ALIKE:
            sure = 0.86 + 0.3 * (text - _RATHER_ALIKE)
        elif text >= ALIKE:
            sure = 0.55 + 0.31 * (text - ALIKE) / (_RATHER_ALIKE - ALIKE)
        else:
            sure = 0.3 + 0.5 * place["below"]
        # What the place says counts for more the less the words do.
        sure += (1 - sure) * (0.6 * support if support >= _MOST else 0.0)
        margin = text - rival
        if margin < _CLOSE:
            sure *= 0.8 + margin if support < _IN_PLACE else 0.94 + 0.3 * margin
        if self._has_few_words(old, new) and support < _IN_PLACE:
            sure = min(sure, 0.7)
        if self.hints.get(new) == old:
            sure = max(sure, 0.97 if text >= _LITTLE_LEFT else 0.6)
        return round(max(0.05, min(0.99, sure)), 2)

    def _rival(self, old: int, new: int) -> float:
        """Return how alike the likest other pair is that one of the two could be in instead.

        A clause that has found its own, liker than this one, is no rival.
        """
        worst = 0.0
        for other in self.by_new[new]:
            if other != old and self._is_loose(self.matched_by.get(other), other, self.likeness[other, new].text):
                worst = max(worst, self.likeness[other, new].text)
        for other in self.by_old[old]:
            if other != new and self._is_loose(other, self.match_of.get(other), self.likeness[old, other].text):
                worst = max(worst, self.likeness[old, other].text)
        return worst

    def _is_loose(self, new: int | None, old: int | None, text: float) -> bool:
        if new is None or old is None:
            return True
        return self.like(old, new).text < text + 0.1

    # Splits and merges

    def find_pieces(self) -> None:
        """Add what else clauses come from: the whole of which they are a piece, and the pieces of which they are the whole."""
        self._loosen_weak()
        found = _Pieces(self).find()
        further: set[int] = {old for old, _new, _sure in found}
        for new, old in self.match_of.items():
            sure = self.confidence(old, new)
            if old not in further and self.like(old, new).of_older < _SHRUNK:
                # Much of it is not there any more: cut, or gone where it was not found again.
                sure = min(sure, 0.85)
            self.origins[new] = {old: sure}
        for old, new, sure in found:
            self.origins.setdefault(new, {})[old] = sure

    def _loosen_weak(self) -> None:
        """Undo matches of clauses that have far more of their words in another one: they are a piece of that one."""
        for new, old in list(self.match_of.items()):
            likeness = self.like(old, new)
            if likeness.text >= _SURE_WORDS or self.hints.get(new) == old:
                continue
            held = any(self._holds(likeness.of_newer, each, new) for each in self.by_new[new] if each != old)
            holds = any(self._is_held(likeness.of_older, old, each) for each in self.by_old[old] if each != new)
            if held or holds:
                del self.match_of[new], self.matched_by[old]

    def _holds(self, share: float, old: int, new: int) -> bool:
        """Whether an older clause has far more of a newer one's words than such a share, and many of them in a row."""
        if self.likeness[old, new].of_newer < max(_HELD, share + _HELD_MORE):
            return False
        return longest_run(shared_passages(self.new_words[new], self.old_words[old])) >= _HELD_RUN

    def _is_held(self, share: float, old: int, new: int) -> bool:
        """The same of a newer clause that has the words of an older one."""
        if self.likeness[old, new].of_older < max(_HELD, share + _HELD_MORE):
            return False
        return longest_run(shared_passages(self.old_words[old], self.new_words[new])) >= _HELD_RUN

    def result(self) -> Lineage:
        """Put together what was found, and name how each clause descends."""
        origins = self.origins | {new: dict.fromkeys(olds, 1.0) for new, olds in self.known.items()}
        pairs = [(old, new) for new, olds in origins.items() for old in olds]
        changed = {(old, new) for old, new in pairs if self.like(old, new).text < 1.0 or self._differs(old, new)}
        kinds = derive_kinds(self.old_places, self.new_places, pairs, changed)
        proposals = tuple(
            Proposal(
                clause.key,
                tuple(
                    Origin(self.older[old].key, kinds[old, new], sure)
                    for old, sure in sorted(origins.get(new, {}).items())
                ),
            )
            for new, clause in enumerate(self.newer)
        )
        living = {old for old, _new in pairs}
        return Lineage(proposals, tuple(each.key for old, each in enumerate(self.older) if old not in living))

    def _differs(self, old: int, new: int) -> bool:
        """Whether the texts differ in what the comparison of words overlooks: marks, case, signs."""
        ours, theirs = self.older[old].texts, self.newer[new].texts
        return any(ours[language] != theirs[language] for language in ours if language in theirs)


class _Pieces:
    """Looks for wholes and their pieces among clauses that have been matched one to one."""

    def __init__(self, matching: _Matching) -> None:
        self.on = matching

    def find(self) -> list[tuple[int, int, float]]:
        """Return further descents as (older, newer, confidence)."""
        candidates = []
        for (old, new), likeness in self.on.likeness.items():
            if self.on.match_of.get(new) == old or not self.on._is_free(old, new):
                continue
            if max(likeness.of_older, likeness.of_newer) >= _PIECE_SHARE or (
                old in self.on.matched_by and new in self.on.match_of
            ):
                candidates.append((likeness, old, new))
        found: dict[tuple[int, int], float] = {}
        for likeness, old, new in candidates:
            sure = self._judge(likeness, old, new)
            if sure:
                found[old, new] = sure
        return self._settle(found)

    def _judge(self, likeness: Likeness, old: int, new: int) -> float:
        """Return how sure it is that a passage of the older clause went into the newer one; 0 where none did."""
        on = self.on
        ours, theirs = on.old_words[old], on.new_words[new]
        in_old, in_new = shared_passages(ours, theirs), shared_passages(theirs, ours)
        sibling, other = on.matched_by.get(old), on.match_of.get(new)
        free_old = _without(in_old, shared_passages(ours, on.new_words[sibling]) if sibling is not None else {})
        free_new = _without(in_new, shared_passages(theirs, on.old_words[other]) if other is not None else {})
        languages = max(1, len(in_old))
        size = min(count_places(free_old), count_places(free_new)) / languages
        run = longest_run(free_new)
        of_old, of_new = count_places(free_old) / max(1, ours.count), count_places(free_new) / max(1, theirs.count)
        if sibling is not None and other is not None:
            # Both have found their own: a passage went from one to the other, or they only use the same words.
            return _DOUBTFUL if run >= _LONG_RUN and max(of_old, of_new) >= _TRANSFERRED else 0.0
        share = of_new if other is None else of_old
        if other is None and sibling is None:
            share = max(of_old, of_new)
        is_near = self._nearness(old, new) > 0
        least_run, least_share = (_MIN_PIECE, _NEAR_SHARE) if is_near else (_FAR_RUN, _PIECE_SHARE)
        if size < _MIN_PIECE or run < least_run or share < least_share:
            return 0.0
        return round(0.5 + 0.45 * min(1.0, share), 2)

    def _settle(self, found: Mapping[tuple[int, int], float]) -> list[tuple[int, int, float]]:
        """Keep for each clause the whole that most speaks for; sure is what makes up the whole together."""
        on = self.on
        best: list[tuple[int, int, float]] = []
        by_piece: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
        for (old, new), sure in found.items():
            piece = ("new", new) if new not in on.match_of else ("old", old)
            by_piece[piece].append((sure + 0.2 * self._nearness(old, new), old, new))
        for options in by_piece.values():
            options.sort(reverse=True)
            _score, old, new = options[0]
            sure = found[old, new]
            if len(options) > 1 and options[0][0] - options[1][0] < _CLOSE:
                sure = min(sure, 0.6)
            best.append((old, new, sure))
        return [(old, new, self._weigh(old, new, sure, best)) for old, new, sure in best]

    def _nearness(self, old: int, new: int) -> float:
        """Whether a piece stands beside or below what else came of the whole."""
        on = self.on
        twin, other = on.matched_by.get(old), on.match_of.get(new)
        if twin is not None and _are_near(twin, new, on.new_places):
            return 1.0
        return float(other is not None and _are_near(other, old, on.old_places))

    def _weigh(self, old: int, new: int, sure: float, found: Iterable[tuple[int, int, float]]) -> float:
        """Return how sure a piece is, given how much of the whole all of its pieces make up."""
        on = self.on
        split = [each for ours, each, _sure in found if ours == old] + [on.matched_by.get(old)]
        merged = [ours for ours, each, _sure in found if each == new] + [on.match_of.get(new)]
        pieces_new, pieces_old = (
            [each for each in split if each is not None],
            [each for each in merged if each is not None],
        )
        whole, parts = (
            (on.old_words[old], [on.new_words[each] for each in pieces_new])
            if len(pieces_new) >= len(pieces_old)
            else (on.new_words[new], [on.old_words[each] for each in pieces_old])
        )
        covered: dict[str, set[int]] = defaultdict(set)
        for part in parts:
            for language, places in shared_passages(whole, part).items():
                covered[language] |= places
        share = count_places(covered) / max(1, whole.count)
        near = self._nearness(old, new)
        if len(parts) > 1 and share >= _WHOLE and near and sure >= _WHOLE:
            return 0.95
        return min(sure, 0.85)


def _without(places: Mapping[str, set[int]], others: Mapping[str, set[int]]) -> dict[str, set[int]]:
    return {language: each - others.get(language, set()) for language, each in places.items()}


def _are_near(one: int, other: int, places: Sequence[Place]) -> bool:
    """Whether two clauses of a draft stand side by side or one below the other."""
    ours, theirs = places[one], places[other]
    return other in (ours.before, ours.after, ours.parent) or theirs.parent in (one, ours.parent)
