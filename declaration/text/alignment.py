"""A text in a second language set beside the first: which clause of the one is which of the other.

Structure comes first: clauses that stand in the same place with the same kind and number are each other's. Between those, and
where nothing is numbered, lengths and numbers decide, after W. A. Gale and K. W. Church, "A program for aligning sentences in
bilingual corpora" (Computational Linguistics 19, 1993). That model gives each pair the probability that it belongs together,
over all ways in which the two could be aligned; below `SURE` nothing is paired. What cannot be aligned is shown, never guessed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import erfc, inf, log, sqrt
from typing import Any, Final, Literal

from declaration.text.corrections import parents_of
from declaration.text.findings import gettext_noop
from declaration.text.numerals import western_digits
from declaration.text.pairing import increasing, probable_pairs

Basis = Literal["by_hand", "label", "order"]

_VARIANCE: Final = 6.8
_ONE_TO_ONE: Final = log(0.89)
_JOINED: Final = log(0.089 / 2)
_WORST: Final = log(1e-9)
_NUMBERS_AGREE: Final = 4.0
_NUMBERS_DISAGREE: Final = -3.0
_SIDE_DIFFERS: Final = -6.0
_UNLIKELY: Final = 3.0
_MIN_LENGTH: Final = 40
_MIN_SAMPLE: Final = 400
_DIGITS: Final = re.compile("[0-9]{2,}")
_THROUGHOUT: Final = frozenset({"article", "operative_paragraph"})

MISMATCHES: Final[Mapping[str, str]] = {
    "only_first": gettext_noop("%(clause)s has no counterpart in the other language."),
    "only_second": gettext_noop("%(clause)s has no counterpart in the first language."),
    "kind_differs": gettext_noop("%(clause)s is a clause of another kind in the other language."),
    "label_differs": gettext_noop("%(clause)s is numbered in one language and not in the other."),
    "count_differs": gettext_noop(
        "%(clause)s is divided differently: %(first)s clauses stand in it in the first language, %(second)s in the other."
    ),
    "place_differs": gettext_noop("%(clause)s stands elsewhere in the other language."),
    "length_unlikely": gettext_noop("%(clause)s is much longer in one language than in the other."),
    "numbers_differ": gettext_noop("%(clause)s has numbers in one language that are not in the other: %(numbers)s."),
    "aligned_to_nothing": gettext_noop("%(clause)s was aligned by hand with a clause that is not there any more."),
}
"""A sentence for each way in which two languages do not match, with named places."""

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Pair:
    """A clause in both languages, or in one of them only; the places are those among the nodes of each text.

    `basis` is what the pair rests on, and `sureness` how probable it is, from 0 to 1.
    """

    first: int | None
    second: int | None
    basis: Basis | None = None
    sureness: float = 1.0


@dataclass(frozen=True)
class Mismatch:
    """A way in which the languages differ: a key of `MISMATCHES`, and the clauses it is about."""

    code: str
    first: int | None
    second: int | None
    params: Mapping[str, str | int]


@dataclass(frozen=True)
class Alignment:
    """Two texts side by side: the pairs in reading order, and where the texts do not match."""

    pairs: tuple[Pair, ...]
    mismatches: tuple[Mismatch, ...]

    @property
    def by_second(self) -> dict[int, int]:
        """The place in the first text of each clause of the second that has one."""
        return {pair.second: pair.first for pair in self.pairs if pair.first is not None and pair.second is not None}


def align(first: Sequence[Node], second: Sequence[Node]) -> Alignment:
    """Set the nodes of a second text beside those of a first one, both as `ParsedText.as_json` has them.

    A node of the second with a key `aligned` was aligned by hand: with the identifier that it names, or with nothing where
    that is empty.
    """
    return _Aligner(first, second).run()


class _Aligner:
    def __init__(self, first: Sequence[Node], second: Sequence[Node]) -> None:
        self.first, self.second = first, second
        self.children = _children(first), _children(second)
        self.parents = parents_of(first), parents_of(second)
        self.lengths = [_length(node) for node in first], [_length(node) for node in second]
        self.numbers = [_numbers(node) for node in first], [_numbers(node) for node in second]
        self.ratio = _ratio(first, second, self.lengths)
        self.partner: dict[int, tuple[int, Basis, float]] = {}
        self.taken: set[int] = set()
        self.mismatches: list[Mismatch] = []
        self.settled: set[int] = set()

    def run(self) -> Alignment:
        if any("aligned" in node for node in self.second):
            self._by_hand()
            self._keep()
        known = sorted((first, second) for second, (first, _basis, _sureness) in self.partner.items())
        self._below(None, None)
        for first, second in known:
            self._below(first, second)
        self._throughout()
        return Alignment(tuple(self._in_order()), tuple(self._compare()))

    def _keep(self) -> None:
        """Keep the pairs that would be there without a hand, as far as it does not say otherwise of one of the two.

        Otherwise one clause aligned by hand could take its counterpart from another one.
        """
        bare = [{key: value for key, value in node.items() if key != "aligned"} for node in self.second]
        for pair in align(self.first, bare).pairs:
            if pair.first is None or pair.second is None or pair.basis is None:
                continue
            if pair.first not in self.taken and pair.second not in self.settled:
                self._pair(pair.first, pair.second, pair.basis, pair.sureness)

    def _pair(self, first: int, second: int, basis: Basis, sureness: float = 1.0) -> None:
        self.partner[second] = first, basis, sureness
        self.taken.add(first)

    def _by_hand(self) -> None:
        places = {node["eid"]: place for place, node in enumerate(self.first)}
        for place, node in enumerate(self.second):
            if "aligned" not in node:
                continue
            self.settled.add(place)
            other = places.get(node["aligned"])
            if other is not None and other not in self.taken:
                self._pair(other, place, "by_hand")
            elif node["aligned"]:
                self.mismatches.append(Mismatch("aligned_to_nothing", None, place, {"clause": _name(node)}))

    def _below(self, first: int | None, second: int | None) -> None:
        """Align what stands in two clauses that are each other's, and what stands in that."""
        waiting = [(first, second)]
        while waiting:
            one, other = waiting.pop()
            waiting += self._siblings(self.children[0].get(one, ()), self.children[1].get(other, ()))

    def _siblings(self, firsts: Sequence[int], seconds: Sequence[int]) -> list[tuple[int, int]]:
        """Pair clauses that stand beside each other: by kind and number, and by length between those that are so paired.

        What was aligned by hand divides them as a number does, where its order is the same in both.
        """
        hands = self._hands(firsts, seconds)
        kept = {first for first, _second in hands}
        firsts = [place for place in firsts if place not in self.taken or place in kept]
        seconds = [
            place
            for place in seconds
            if (place not in self.partner and place not in self.settled) or self.partner.get(place, (None,))[0] in kept
        ]
        fixed = [(firsts.index(first), seconds.index(second)) for first, second in hands]
        alike = [
            (at, other_at)
            for at, other_at in self._alike(firsts, seconds)
            if firsts[at] not in self.taken
            and seconds[other_at] not in self.partner
            and all(at != i and other_at != j and (at < i) == (other_at < j) for i, j in fixed)
        ]
        found: list[tuple[int, int]] = []
        start = other_start = 0
        for at, other_at in [*sorted([*fixed, *increasing(alike)]), (len(firsts), len(seconds))]:
            found += self._by_length(firsts[start:at], seconds[other_start:other_at])
            if at < len(firsts) and (at, other_at) not in fixed:
                self._pair(firsts[at], seconds[other_at], "label")
                found.append((firsts[at], seconds[other_at]))
            start, other_start = at + 1, other_at + 1
        return found

    def _hands(self, firsts: Sequence[int], seconds: Sequence[int]) -> list[tuple[int, int]]:
        """Return the pairs made by hand among clauses beside each other, as far as their order is the same in both."""
        if not self.settled:
            return []
        beside = set(firsts)
        pairs = [(self.partner[place][0], place) for place in seconds if place in self.partner]
        return increasing(sorted(pair for pair in pairs if pair[0] in beside))

    def _alike(self, firsts: Sequence[int], seconds: Sequence[int]) -> list[tuple[int, int]]:
        """Return the places, among those given, of clauses with a kind and number that no other has on either side."""
        keys = [_key(self.first[place]) for place in firsts]
        other_keys = [_key(self.second[place]) for place in seconds]
        counts, other_counts = Counter(keys), Counter(other_keys)
        where = {key: at for at, key in enumerate(other_keys)}
        return [
            (at, where[key])
            for at, key in enumerate(keys)
            if key is not None and counts[key] == 1 and other_counts[key] == 1
        ]

    def _by_length(self, firsts: Sequence[int], seconds: Sequence[int]) -> list[tuple[int, int]]:
        found = []
        for at, other_at, sureness in probable_pairs(len(firsts), len(seconds), self._scores(firsts, seconds)):
            first, second = firsts[at], seconds[other_at]
            self._pair(first, second, "order", sureness)
            found.append((first, second))
        return found

    def _scores(self, firsts: Sequence[int], seconds: Sequence[int]) -> "_Scores":
        return _Scores(self, firsts, seconds)

    def _throughout(self) -> None:
        """Pair articles with the same identifier wherever they stand: their numbers run through the whole text."""
        left = {
            node["eid"]: place
            for place, node in enumerate(self.first)
            if place not in self.taken and node["kind"] in _THROUGHOUT and node["label"]
        }
        for place, node in enumerate(self.second):
            first = left.get(node["eid"])
            if first is None or place in self.partner or place in self.settled or first in self.taken:
                continue
            self._pair(first, place, "label")
            self.mismatches.append(Mismatch("place_differs", first, place, {"clause": _name(self.first[first])}))
            self._below(first, place)

    def _in_order(self) -> Iterable[Pair]:
        """Yield all clauses of both, those of the second that have no counterpart behind the one before them."""
        second_of = {first: second for second, (first, _basis, _sureness) in self.partner.items()}
        alone: dict[int | None, list[int]] = {}
        behind: int | None = None
        for second in range(len(self.second)):
            if second in self.partner:
                behind = self.partner[second][0]
            else:
                alone.setdefault(behind, []).append(second)
        yield from (Pair(None, second) for second in alone.get(None, ()))
        for first in range(len(self.first)):
            second_place = second_of.get(first)
            if second_place is None:
                yield Pair(first, None)
            else:
                _first, basis, sureness = self.partner[second_place]
                yield Pair(first, second_place, basis, sureness)
            yield from (Pair(None, each) for each in alone.get(first, ()))

    def _compare(self) -> Iterable[Mismatch]:
        yield from self.mismatches
        second_of = {first: second for second, (first, _basis, _sureness) in self.partner.items()}
        for first, node in enumerate(self.first):
            second = second_of.get(first)
            if second is None:
                yield Mismatch("only_first", first, None, {"clause": _name(node)})
            else:
                yield from self._compare_pair(first, second)
        for second, node in enumerate(self.second):
            if second not in self.partner:
                yield Mismatch("only_second", None, second, {"clause": _name(node)})

    def _compare_pair(self, first: int, second: int) -> Iterable[Mismatch]:
        one, other = self.first[first], self.second[second]
        name = {"clause": _name(one)}
        if one["kind"] != other["kind"]:
            yield Mismatch("kind_differs", first, second, name)
        if bool(one["label"]) != bool(other["label"]):
            yield Mismatch("label_differs", first, second, name)
        counts = len(self.children[0].get(first, ())), len(self.children[1].get(second, ()))
        if counts[0] != counts[1]:
            yield Mismatch("count_differs", first, second, {**name, "first": counts[0], "second": counts[1]})
        lengths = self.lengths[0][first], self.lengths[1][second]
        expected = lengths[0] * self.ratio
        if max(expected, lengths[1]) >= _MIN_LENGTH and (
            min(expected, lengths[1]) * _UNLIKELY < max(expected, lengths[1])
        ):
            yield Mismatch("length_unlikely", first, second, name)
        numbers = self.numbers[0][first] ^ self.numbers[1][second]
        if numbers:
            listed = ", ".join(sorted(numbers, key=lambda each: (len(each), each)))
            yield Mismatch("numbers_differ", first, second, {**name, "numbers": listed[:200]})


class _Scores:
    """How probable it is, as a logarithm, that clauses of two runs belong together."""

    def __init__(self, aligner: _Aligner, firsts: Sequence[int], seconds: Sequence[int]) -> None:
        self.ratio = aligner.ratio
        self.nodes = [aligner.first[place] for place in firsts], [aligner.second[place] for place in seconds]
        self.lengths = [aligner.lengths[0][place] for place in firsts], [aligner.lengths[1][place] for place in seconds]
        self.numbers = [aligner.numbers[0][place] for place in firsts], [aligner.numbers[1][place] for place in seconds]

    def one_to_one(self, at: int, other_at: int) -> float:
        """Clause against clause; two that carry different numbers never belong together."""
        one, other = self.nodes[0][at], self.nodes[1][other_at]
        if one["label"] and other["label"] and one["label"] != other["label"]:
            return -inf
        score = _ONE_TO_ONE + self._length(self.lengths[0][at], self.lengths[1][other_at])
        if one["kind"] != other["kind"]:
            score += _SIDE_DIFFERS
        if bool(one["label"]) != bool(other["label"]) or bool(one["heading"]) != bool(other["heading"]):
            score += _SIDE_DIFFERS / 2
        return score + _agreement(self.numbers[0][at], self.numbers[1][other_at])

    def two_to_one(self, at: int, other_at: int) -> float:
        """Two clauses of the first text that are one in the second."""
        return (
            _JOINED
            + self._length(self.lengths[0][at] + self.lengths[0][at + 1], self.lengths[1][other_at])
            + _agreement(self.numbers[0][at] | self.numbers[0][at + 1], self.numbers[1][other_at])
        )

    def one_to_two(self, at: int, other_at: int) -> float:
        """One clause of the first text that is two in the second."""
        return (
            _JOINED
            + self._length(self.lengths[0][at], self.lengths[1][other_at] + self.lengths[1][other_at + 1])
            + _agreement(self.numbers[0][at], self.numbers[1][other_at] | self.numbers[1][other_at + 1])
        )

    def _length(self, one: int, other: int) -> float:
        mean = (one + other / self.ratio) / 2 or 1.0
        delta = abs(other - one * self.ratio) / sqrt(mean * _VARIANCE * max(self.ratio, 0.2))
        return max(log(max(erfc(delta / sqrt(2)), 1e-12)), _WORST)


def _agreement(one: frozenset[str], other: frozenset[str]) -> float:
    """Numbers that stand in both speak for a pair, numbers that stand in one only against it."""
    if not one or not other:
        return 0.0
    shared = len(one & other) / len(one | other)
    return _NUMBERS_DISAGREE + (_NUMBERS_AGREE - _NUMBERS_DISAGREE) * shared


def _ratio(first: Sequence[Node], second: Sequence[Node], lengths: tuple[list[int], list[int]]) -> float:
    """Return how many characters of the second language go to one of the first.

    Clauses with a number that both texts have tell it best: elsewhere one of them may have clauses that the other lacks.
    """
    places = {node["eid"]: place for place, node in enumerate(first) if node["label"]}
    both = [
        (places[node["eid"]], place) for place, node in enumerate(second) if node["label"] and node["eid"] in places
    ]
    one, other = sum(lengths[0][place] for place, _ in both), sum(lengths[1][place] for _, place in both)
    if min(one, other) < _MIN_SAMPLE:
        one, other = sum(lengths[0]), sum(lengths[1])
    return (other or 1) / (one or 1)


def _children(nodes: Sequence[Node]) -> dict[int | None, list[int]]:
    children: dict[int | None, list[int]] = {}
    for place, parent in enumerate(parents_of(nodes)):
        children.setdefault(parent, []).append(place)
    return children


def _key(node: Node) -> tuple[str, str] | None:
    """Return what tells a clause from its neighbours, nothing for one without a number; a preamble is the only one."""
    return (node["kind"], node["label"]) if node["label"] or node["kind"] == "preamble" else None


def _length(node: Node) -> int:
    return len(node["heading"]) + len(node["text"])


def _numbers(node: Node) -> frozenset[str]:
    """Return the numbers of at least two digits in a text, such as years and parts of symbols."""
    words = western_digits(f"{node['heading']} {node['text']}")
    return frozenset(digits.lstrip("0") for digits in _DIGITS.findall(words))


def _name(node: Node) -> str:
    return str(node["printed"] or node["label"] or (node["heading"] or node["text"])[:40] or node["eid"])
