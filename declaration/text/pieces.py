"""Finds the clauses that one clause was split into, and those that one was merged from, by the passages they share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from declaration.text.likeness import Likeness, count_places, longest_run, shared_passages
from declaration.text.matching import CLOSE, Matching
from declaration.text.places import Place

HELD: Final = 0.78
"""A clause is held by another that has so much of its words."""

# A match of which the words do not leave it beyond doubt gives way to a clause that has so much more of the words, so many
# of them in a row.
_SURE_WORDS: Final = 0.75
_HELD_MORE: Final = 0.2
_HELD_RUN: Final = 6
_SWALLOWED: Final = 0.8
_LIKE_ENOUGH: Final = 0.5

# Of a piece: how many words in a row it must share with the whole, and which share of all its words, beside the rest of
# the whole or far from it; and of a passage that went from one clause into another, each of which goes on.
_MIN_PIECE: Final = 3
_NEAR_SHARE: Final = 0.45
_FAR_RUN: Final = 10
_PIECE_SHARE: Final = 0.6
_LONG_RUN: Final = 10
_TRANSFERRED: Final = 0.3
_STANDS_TOGETHER: Final = 0.6

_DOUBTFUL: Final = 0.6
_SHRUNK: Final = 0.7
_MOST_OF_IT: Final = 0.6
_WHOLE: Final = 0.8
_NEARLY_ALL: Final = 0.88
_MORE_LOST: Final = 0.1
_IN_A_ROW: Final = 0.6


def find_origins(on: Matching) -> dict[int, dict[int, float]]:
    """Return how sure it is what each newer clause comes from: {place among newer: {place among older: confidence}}.

    That is what it was matched with, the whole of which it is a piece, and the pieces of which it is the whole.
    """
    origins: dict[int, dict[int, float]] = {}
    _exchange_twins(on)
    _loosen_weak(on)
    found = _Pieces(on).find()
    _match_rest(on, found)
    further: set[int] = {old for old, _new, _sure in found}
    for new, old in on.match_of.items():
        sure = on.confidence(old, new)
        if old not in further and _is_shrunk(on.like(old, new)):
            sure = min(sure, 0.85)
        origins[new] = {old: sure}
    for old, new, sure in found:
        origins.setdefault(new, {})[old] = sure
    return origins


def _exchange_twins(on: Matching) -> None:
    """Let of clauses with the same words the one beside a whole that has them go into it, and the other one elsewhere."""
    spare: dict[tuple[tuple[str, str], ...], list[int]] = defaultdict(list)
    for old, words in enumerate(on.old_words):
        if words.count and old not in on.matched_by and old not in on.taken:
            spare[tuple(sorted(words.by_language.items()))].append(old)
    for old, words in enumerate(on.old_words):
        twins, match = spare.get(tuple(sorted(words.by_language.items())), []), on.matched_by.get(old)
        if twins and match is not None and not on.is_settled(old, match) and _is_swallowed(on, old):
            twin = twins.pop(0)
            del on.matched_by[old]
            on.match_of[match], on.matched_by[twin] = twin, match


def _is_swallowed(on: Matching, old: int) -> bool:
    """Whether what became of a clause beside it has all of an older clause's words, too."""
    words = on.old_words[old]
    for beside in (on.old_places[old].before, on.old_places[old].after):
        whole = on.matched_by.get(beside) if beside is not None else None
        if beside is None or whole is None or on.like(old, whole).of_older < _SWALLOWED:
            continue
        theirs = on.new_words[whole]
        own = shared_passages(theirs, on.old_words[beside])
        if count_places(_without(shared_passages(theirs, words), own)) >= _SWALLOWED * words.count:
            return True
    return False


def _match_rest(on: Matching, found: Iterable[tuple[int, int, float]]) -> None:
    """Match what is left over once pieces have been found: what was loosened for pieces that were none, and freed twins."""
    olds, news = {old for old, _new, _sure in found} | on.matched_by.keys(), {new for _old, new, _sure in found}
    rest = [
        (on.score(old, new), old, new)
        for old, new in on.likeness
        if old not in olds and new not in news and new not in on.match_of and on.is_free(old, new)
    ]
    for _score, old, new in sorted(rest, key=lambda each: (-each[0], each)):
        if old not in on.matched_by and new not in on.match_of and on.is_enough(old, new):
            on.match_of[new], on.matched_by[old] = old, new


def _loosen_weak(on: Matching) -> None:
    """Undo matches of clauses that have far more of their words in another one: they are a piece of that one.

    A clause that is in its place, or much like what it was matched with, gives way only to one beside it: the sentence that
    stands in many clauses is also in one far away that has nothing to do with it.
    """
    pieces = _Pieces(on)
    for new, old in list(on.match_of.items()):
        likeness = on.like(old, new)
        if likeness.text >= _SURE_WORDS or on.hints.get(new) == old:
            continue
        stays = likeness.text >= _LIKE_ENOUGH or on.is_settled(old, new)
        held = any(
            _holds(on, likeness.of_newer, each, new)
            for each in on.by_new[new]
            if each != old and (not stays or pieces.nearness(each, new))
        )
        holds = any(
            _is_held(on, likeness.of_older, old, each)
            for each in on.by_old[old]
            if each != new and (not stays or pieces.nearness(old, each))
        )
        if held or holds:
            del on.match_of[new], on.matched_by[old]


def _holds(on: Matching, share: float, old: int, new: int) -> bool:
    """Whether an older clause has far more of a newer one's words than such a share, and many of them in a row."""
    if on.likeness[old, new].of_newer < max(HELD, share + _HELD_MORE):
        return False
    return longest_run(shared_passages(on.new_words[new], on.old_words[old])) >= _HELD_RUN


def _is_held(on: Matching, share: float, old: int, new: int) -> bool:
    """The same of a newer clause that has the words of an older one."""
    if on.likeness[old, new].of_older < max(HELD, share + _HELD_MORE):
        return False
    return longest_run(shared_passages(on.old_words[old], on.new_words[new])) >= _HELD_RUN


class _Pieces:
    """Looks for wholes and their pieces among clauses that have been matched one to one."""

    def __init__(self, matching: Matching) -> None:
        self.on = matching

    def find(self) -> list[tuple[int, int, float]]:
        """Return further descents as (older, newer, confidence)."""
        candidates = []
        for (old, new), likeness in self.on.likeness.items():
            if self.on.match_of.get(new) == old or not self.on.is_free(old, new):
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
        is_near = self.nearness(old, new) > 0
        least_run, least_share = (_MIN_PIECE, _NEAR_SHARE) if is_near else (_FAR_RUN, _PIECE_SHARE)
        if is_near and self._fills_gap(likeness, old, new):
            return max(_DOUBTFUL, round(0.5 + 0.45 * min(1.0, share), 2))
        if size < _MIN_PIECE or run < least_run or share < least_share:
            return 0.0
        if not is_near and min(_density(in_old), _density(in_new)) < _STANDS_TOGETHER:
            return 0.0
        return round(0.5 + 0.45 * min(1.0, share), 2)

    def _fills_gap(self, likeness: Likeness, old: int, new: int) -> bool:
        """Whether a whole lost words to where it stands, and a clause beside that has most of its own words from it."""
        on = self.on
        sibling, other = on.matched_by.get(old), on.match_of.get(new)
        if sibling is not None and other is None:
            return likeness.of_newer >= _MOST_OF_IT and on.like(old, sibling).of_older < _SHRUNK
        if other is not None and sibling is None:
            return likeness.of_older >= _MOST_OF_IT and on.like(other, new).of_newer < _SHRUNK
        return False

    def _settle(self, found: Mapping[tuple[int, int], float]) -> list[tuple[int, int, float]]:
        """Keep for each clause the whole that most speaks for; sure is what makes up the whole together."""
        on = self.on
        best: list[tuple[int, int, float]] = []
        by_piece: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
        for (old, new), sure in found.items():
            piece = ("new", new) if new not in on.match_of else ("old", old)
            by_piece[piece].append((sure + 0.2 * self.nearness(old, new), old, new))
        for options in by_piece.values():
            options.sort(reverse=True)
            _score, old, new = options[0]
            sure = found[old, new]
            if len(options) > 1 and options[0][0] - options[1][0] < CLOSE:
                sure = min(sure, 0.6)
            best.append((old, new, sure))
        best = self._without_twins(best)
        return [(old, new, self._weigh(old, new, sure, best)) for old, new, sure in best]

    def _without_twins(self, found: Iterable[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
        """Leave out pieces whose words in the whole are another piece's already: a passage comes from one clause only."""
        on = self.on
        used: dict[tuple[str, int], dict[str, set[int]]] = {}
        kept = []
        for old, new, sure in sorted(found, key=lambda each: (-each[2] - 0.2 * self.nearness(each[0], each[1]), each)):
            merges = new in on.match_of
            whole, part = (on.new_words[new], on.old_words[old]) if merges else (on.old_words[old], on.new_words[new])
            key = ("new", new) if merges else ("old", old)
            places = shared_passages(whole, part)
            before = used.setdefault(key, {})
            fresh = count_places(_without(places, before))
            if 2 * fresh < count_places(places):
                continue
            used[key] = {
                each: places.get(each, set()) | before.get(each, set()) for each in places.keys() | before.keys()
            }
            kept.append((old, new, sure))
        return kept

    def _is_in_one_piece(self, old: int, new: int) -> bool:
        """Whether most words of the shorter clause stand in a row in the longer one, as by chance they do not."""
        ours, theirs = self.on.old_words[old], self.on.new_words[new]
        shorter = min(ours.count / max(1, len(ours.by_language)), theirs.count / max(1, len(theirs.by_language)))
        runs = longest_run(shared_passages(ours, theirs)), longest_run(shared_passages(theirs, ours))
        return min(runs) >= _IN_A_ROW * shorter

    def nearness(self, old: int, new: int) -> float:
        """Return whether a piece stands beside or below what else came of the whole."""
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
        near = self.nearness(old, new)
        is_whole = len(parts) > 1 and share >= _WHOLE and near and sure >= _WHOLE
        if is_whole and self._is_in_one_piece(old, new):
            return 0.95
        return min(sure, 0.85)


def _is_shrunk(likeness: Likeness) -> bool:
    """Whether words went of which nothing came: they were cut, or are where they were not found again."""
    lost = likeness.of_newer - likeness.of_older
    return likeness.of_older < _SHRUNK or (likeness.of_older < _NEARLY_ALL and lost > _MORE_LOST)


def _density(places: Mapping[str, set[int]]) -> float:
    """Return which share of the words from the first to the last of such places is among them: a passage stands together."""
    spans = sum(max(each) - min(each) + 1 for each in places.values() if each)
    return count_places(places) / spans if spans else 0.0


def _without(places: Mapping[str, set[int]], others: Mapping[str, set[int]]) -> dict[str, set[int]]:
    return {language: each - others.get(language, set()) for language, each in places.items()}


def _are_near(one: int, other: int, places: Sequence[Place]) -> bool:
    """Whether two clauses of a draft stand side by side or one below the other."""
    ours, theirs = places[one], places[other]
    return other in (ours.before, ours.after, ours.parent) or theirs.parent in (one, ours.parent)
