"""Matches the clauses of two drafts one to one, as far as their words and places tell, and says how sure each match is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from declaration.text.likeness import NOTHING, Likeness, Vocabulary, Words, compare_by_weights, find_pairs
from declaration.text.places import read_places

ALIKE: Final = 0.42
"""Clauses less alike than this are the same clause only where their place says so."""

LITTLE_LEFT: Final = 0.33
"""So alike clauses are at least of which one may be the other, written anew."""

CLOSE: Final = 0.2
"""By so much a pair must be liker than any other for there to be no doubt."""

_ROUNDS: Final = 3
_GIVES_WAY: Final = 0.1
_GAINS: Final = 0.01
_ELSEWHERE: Final = 0.45
_OTHER_KIND: Final = 0.6
_MUCH_ALIKE: Final = 0.8
_RATHER_ALIKE: Final = 0.6
_FEW_WORDS: Final = 6
_ALONE: Final = 2
"""Twins of a clause in both drafts where it has none but itself."""

# How much places say for a pair.
_MOST: Final = 0.6
_IN_ORDER: Final = 0.8
_IN_PLACE: Final = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseText:
    """A clause as it is compared. `texts` holds its heading and text, joined, by language; `parent` the key of another."""

    key: int
    kind: str
    label: str = ""
    parent: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


class Matching:
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
        self.likeness, self._weights = find_pairs(self.old_words, self.new_words)
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
            beside = self._pairs_by_place()
            self._compare(beside)
            pairs = self.likeness.keys() | beside
            scored = sorted(
                ((self.score(*pair), pair) for pair in pairs if self.is_free(*pair)),
                key=lambda each: (-each[0], each[1]),
            )
            match_of: dict[int, int] = {}
            matched_by: dict[int, int] = {}
            for _score, (old, new) in scored:
                if old not in matched_by and new not in match_of and self.is_enough(old, new):
                    match_of[new], matched_by[old] = old, new
            self._exchange({pair: score for score, pair in scored if self.is_enough(*pair)}, match_of, matched_by)
            self.match_of, self.matched_by = match_of, matched_by

    @staticmethod
    def _exchange(
        scores: Mapping[tuple[int, int], float], match_of: dict[int, int], matched_by: dict[int, int]
    ) -> None:
        """Let clauses exchange what they were matched with, where more speaks for all of it together than before.

        The likest pair is taken first, though it may be one of twins, and the other twin was the only one that a third
        clause could have been matched with. A clause that gives way to such a one finds another about as good.
        """
        options: dict[int, list[int]] = defaultdict(list)
        for old, new in scores:
            options[new].append(old)
        for (old, new), score in scores.items():
            mine, its = match_of.get(new), matched_by.get(old)
            if its is None or its == new:
                continue
            least = scores[old, its] - _GIVES_WAY
            if mine is not None:
                least = scores[old, its] + scores[mine, new] - score + _GAINS
            others = [mine] if mine is not None else [each for each in options[its] if each not in matched_by]
            best = max(others, key=lambda each: scores.get((each, its), -1.0), default=None)
            if best is None or scores.get((best, its), -1.0) < least:
                continue
            match_of[new], matched_by[old] = old, new
            match_of[its], matched_by[best] = best, its

    def is_free(self, old: int, new: int) -> bool:
        """Whether nobody has settled either of two clauses."""
        return new not in self.known and old not in self.taken

    def is_enough(self, old: int, new: int) -> bool:
        """Whether enough speaks for two clauses to be matched where nothing else is to be had."""
        text = self.like(old, new).text
        place = self.context(old, new)
        least = ALIKE if place["parent"] else _ELSEWHERE
        if text >= (least if place["kind"] else _OTHER_KIND):
            return True
        if self.hints.get(new) == old or place["below"] >= _MOST:
            return True
        return text >= LITTLE_LEFT and self.is_settled(old, new)

    def is_settled(self, old: int, new: int) -> bool:
        """Whether all around them says that two clauses are in the same place: what they stand below and beside."""
        place = self.context(old, new)
        return bool(place["parent"] and place["kind"] and place["order"] >= _IN_ORDER)

    def _anchor(self) -> None:
        """Begin with the clauses whose words are the same and stand in each draft only once."""
        for (old, new), likeness in self.likeness.items():
            if likeness.text == 1.0 and self.is_free(old, new):
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
            for before, after in ((ours.before, theirs.before), (ours.after, theirs.after)):
                if before is not None and after is not None:
                    pairs.add((before, after))
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

    def _compare(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Compare clauses whose places speak for them, though others share more of their words."""
        for old, new in pairs:
            if (old, new) not in self.likeness and self.old_words[old].count and self.new_words[new].count:
                self.likeness[old, new] = compare_by_weights(self.old_words[old], self.new_words[new], self._weights)
                self.by_old[old].add(new)
                self.by_new[new].add(old)

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
        if margin < CLOSE:
            sure *= 0.8 + margin if support < _IN_PLACE else 0.94 + 0.3 * margin
        if self._has_few_words(old, new) and support < _IN_PLACE:
            sure = min(sure, 0.7)
        if self.hints.get(new) == old:
            sure = max(sure, 0.97 if text >= LITTLE_LEFT else 0.6)
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

    def differs(self, old: int, new: int) -> bool:
        """Whether the texts differ in what the comparison of words overlooks: marks, case, signs."""
        ours, theirs = self.older[old].texts, self.newer[new].texts
        return any(ours[language] != theirs[language] for language in ours if language in theirs)
