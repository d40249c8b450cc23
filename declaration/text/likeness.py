"""How alike clauses of two drafts are: which words they share, in how many languages, and which part of one is in another.

Words are compared without case, vowel signs and marks; words that few clauses have count for more than those that all
have. All languages that two clauses share are taken together. Only pairs that share something rare are looked at, so that
the time stays in proportion to the texts and not to their product.
"""

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Indel, LCSseq

from declaration.text.tokens import is_word, tokenize

MAX_COMMON: Final = 3000
"""A word or pair of words that is in more pairs of clauses than this tells none of them from another."""

MAX_RIVALS: Final = 14
"""So many of the likest clauses on the other side are compared closely."""

MIN_RUN: Final = 3
"""Words in a row that two clauses must share for them to count as the same passage."""

MAX_WORDS: Final = 4000
"""Words of a clause in one language that are compared; what a longer one has beyond them is not looked at."""

_SURROGATES: Final = range(0xD800, 0xE000)


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(each for each in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(each))


def list_words(text: str) -> list[str]:
    """Return the words of a text as they are compared; in Chinese, its characters."""
    return [_plain(token) for token in tokenize(text) if is_word(token)][:MAX_WORDS]


@dataclass(slots=True)
class Words:
    """The words of one clause: by language, each word one character, so that they are compared fast."""

    by_language: dict[str, str]
    features: frozenset[int]
    weight: float = 0.0

    @property
    def count(self) -> int:
        """How many words there are in all languages."""
        return sum(map(len, self.by_language.values()))


class Vocabulary:
    """Numbers for the words and pairs of words of two drafts."""

    def __init__(self) -> None:
        self._letters: dict[tuple[str, str], str] = {}
        self._features: dict[tuple[str, str], int] = {}

    def read(self, texts: Mapping[str, str]) -> Words:
        """Return the words of a clause, given its text by language."""
        by_language = {
            language: "".join(self._letter(language, word) for word in list_words(text))
            for language, text in texts.items()
        }
        by_language = {language: words for language, words in by_language.items() if words}
        features: set[int] = set()
        for language, words in by_language.items():
            features.update(self._feature(language, word) for word in words)
            features.update(self._feature(language, words[at : at + 2]) for at in range(len(words) - 1))
        return Words(by_language, frozenset(features))

    def _letter(self, language: str, word: str) -> str:
        letter = self._letters.get((language, word))
        if letter is None:
            number = len(self._letters) + 0x100
            letter = chr(number if number < _SURROGATES.start else number + len(_SURROGATES))
            self._letters[language, word] = letter
        return letter

    def _feature(self, language: str, letters: str) -> int:
        # Letters are already apart by language.
        return self._features.setdefault((language, letters), len(self._features))


def shared_languages(older: Words, newer: Words) -> list[str]:
    """Return the languages in which both clauses have words."""
    return [language for language in older.by_language if language in newer.by_language]


def is_alike_to_the_letter(older: Words, newer: Words) -> bool:
    """Whether two clauses have the same words in every language that both are in, and there is one."""
    languages = shared_languages(older, newer)
    return bool(languages) and all(older.by_language[each] == newer.by_language[each] for each in languages)


@dataclass(slots=True)
class Likeness:
    """What the words of an older and a newer clause have to do with each other; each figure from 0 to 1.

    `text` is how alike they are as wholes; `of_older` and `of_newer` which share of one's words is in the other, in the
    same order.
    """

    text: float
    of_older: float
    of_newer: float


NOTHING: Final = Likeness(0.0, 0.0, 0.0)


def compare(older: Words, newer: Words, rare: float) -> Likeness:
    """Compare two clauses; `rare` is what they share of their rarer words, from 0 to 1."""
    languages = shared_languages(older, newer)
    shared = before = after = 0
    for language in languages:
        ours, theirs = older.by_language[language], newer.by_language[language]
        shared += LCSseq.similarity(ours, theirs)
        before += len(ours)
        after += len(theirs)
    if not before or not after:
        return NOTHING
    order = 2 * shared / (before + after)
    # Order alone flatters: any two sentences share "of the". Rare words alone flatter a reshuffled one.
    text = 1.0 if is_alike_to_the_letter(older, newer) else min(0.995, (order + rare) / 2)
    return Likeness(text, shared / before, shared / after)


def compare_by_weights(older: Words, newer: Words, weights: Mapping[int, float]) -> Likeness:
    """Compare two clauses of drafts of which `find_pairs` told how much each word says."""
    whole = older.weight + newer.weight
    shared = sum(weights.get(each, 0.0) for each in older.features & newer.features)
    return compare(older, newer, min(1.0, 2 * shared / whole) if whole else 0.0)


def find_pairs(
    older: Sequence[Words], newer: Sequence[Words]
) -> tuple[dict[tuple[int, int], Likeness], dict[int, float]]:
    """Return how alike those pairs are that could have to do with each other, and how much each word says.

    Pairs are named as (place among older, place among newer); of words, those that both drafts have and few clauses of them.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for index, words in enumerate(older):
        for feature in words.features:
            places[feature].append(index)
    counts = Counter(feature for words in newer for feature in words.features)
    total = len(older) + len(newer)
    weights = {
        feature: math.log(1 + total / (len(places.get(feature, ())) + count))
        for feature, count in counts.items()
        if len(places.get(feature, ())) * count <= MAX_COMMON
    }
    for words in older:
        words.weight = sum(
            weights.get(each, 0.0 if each in counts else math.log(1 + total / len(places[each])))
            for each in words.features
        )
    shares: dict[tuple[int, int], float] = {}
    for index, words in enumerate(newer):
        words.weight = sum(weights.get(each, 0.0) for each in words.features)
        for each, overlap in _overlaps(words, places, weights):
            shares[each, index] = overlap
    kept = _likest(shares, older, newer) | _alike(older, newer)
    pairs = {pair: compare(older[pair[0]], newer[pair[1]], _rare(pair, shares, older, newer)) for pair in sorted(kept)}
    return pairs, weights


def _overlaps(
    words: Words, places: Mapping[int, Sequence[int]], weights: Mapping[int, float]
) -> Iterable[tuple[int, float]]:
    found: dict[int, float] = defaultdict(float)
    for feature in words.features:
        weight = weights.get(feature)
        if weight:
            for place in places.get(feature, ()):
                found[place] += weight
    return found.items()


def _rare(
    pair: tuple[int, int], shares: Mapping[tuple[int, int], float], older: Sequence[Words], newer: Sequence[Words]
) -> float:
    whole = older[pair[0]].weight + newer[pair[1]].weight
    return min(1.0, 2 * shares.get(pair, 0.0) / whole) if whole else 0.0


def _likest(
    shares: Mapping[tuple[int, int], float], older: Sequence[Words], newer: Sequence[Words]
) -> set[tuple[int, int]]:
    """Return for each clause the pairs in which most of it, or of the other one, is shared."""
    by_clause: dict[tuple[str, int], list[tuple[float, tuple[int, int]]]] = defaultdict(list)
    for pair, share in shares.items():
        smaller = min(older[pair[0]].weight, newer[pair[1]].weight) or 1.0
        # A piece of a long clause shares all of itself, though little of the whole.
        score = _rare(pair, shares, older, newer) + share / smaller
        by_clause["older", pair[0]].append((score, pair))
        by_clause["newer", pair[1]].append((score, pair))
    kept: set[tuple[int, int]] = set()
    for scored in by_clause.values():
        scored.sort(reverse=True)
        kept.update(pair for _, pair in scored[:MAX_RIVALS])
    return kept


def _alike(older: Sequence[Words], newer: Sequence[Words]) -> set[tuple[int, int]]:
    """Return pairs with the same words: where many clauses have them, those about as far down."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index, words in enumerate(older):
        places[tuple(sorted(words.by_language.items()))].append(index)
    kept: set[tuple[int, int]] = set()
    for index, words in enumerate(newer):
        if words.by_language:
            same = places.get(tuple(sorted(words.by_language.items())), [])
            wanted = index * len(older) / max(1, len(newer))
            kept.update((place, index) for place in sorted(same, key=lambda at: abs(at - wanted))[:MAX_RIVALS])
    return kept


def shared_passages(whole: Words, part: Words) -> dict[str, set[int]]:
    """Return by language the places of a clause's words that stand in passages it shares with another clause.

    A passage is `MIN_RUN` words in a row, or the whole of a shorter clause.
    """
    found: dict[str, set[int]] = {}
    for language in shared_languages(whole, part):
        ours, theirs = whole.by_language[language], part.by_language[language]
        least = min(MIN_RUN, len(theirs), len(ours))
        places: set[int] = set()
        for block in Indel.opcodes(ours, theirs):
            if block.tag == "equal" and block.src_end - block.src_start >= least:
                places.update(range(block.src_start, block.src_end))
        found[language] = places
    return found


def count_places(places: Mapping[str, set[int]]) -> int:
    """Return how many words such places are."""
    return sum(map(len, places.values()))


def longest_run(places: Mapping[str, set[int]]) -> float:
    """Return how many words in a row such places are at most, on average over the languages."""
    runs = []
    for each in places.values():
        best = run = 0
        for place in sorted(each):
            run = run + 1 if place - 1 in each else 1
            best = max(best, run)
        runs.append(best)
    return sum(runs) / len(runs) if runs else 0.0
