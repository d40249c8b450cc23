"""What changed between two texts, word by word, in Chinese character by character.

A redline is a list of operations from which both texts can be rebuilt to the letter: what is equal and what is deleted
make the old text, what is equal and what is inserted make the new one. Texts are compared as they are: neither case nor
vowel signs nor the way in which Unicode writes a letter is overlooked.

A clause goes through `difflib`, which finds what a reader would call unchanged; longer texts go through `rapidfuzz`, which
finds the fewest changes fast, and texts beyond its bounds are compared sentence by sentence first. The time stays within
bounds whatever the texts are.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import Indel

from declaration.text.tokens import is_word, tokenize

Change = Literal["equal", "insert", "delete"]

MAX_TEXT: Final = 500_000
"""Characters in each text that is compared."""

# Products of the two texts' numbers of pieces. `difflib` takes at worst about their product times the smaller number, and
# `rapidfuzz` an eighth of a byte for each pair.
_CLAUSE_PAIRS: Final = 60_000
_TEXT_PAIRS: Final = 100_000_000

_MAX_SLIDE: Final = 200
_REWRITTEN: Final = 4
_SENTENCE: Final = re.compile(r"[^.;:!?。；：！？؛؟\n]*[.;:!?。；：！？؛؟\n]+\s*|.+", re.DOTALL)


class TextTooLongError(ValueError):
    """A text is longer than can be compared; `length` and `limit` are in characters."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"The text has {length} characters; at most {limit} can be compared.")
        self.length = length
        self.limit = limit


class Operation(NamedTuple):
    """A piece of text that stands in both texts, only in the new one, or only in the old one."""

    op: Change
    text: str


@dataclass(frozen=True, slots=True)
class WordCount:
    """How many words are equal, were inserted and were deleted; in Chinese, how many characters."""

    equal: int
    inserted: int
    deleted: int

    @property
    def changed(self) -> int:
        """Words inserted and words deleted together."""
        return self.inserted + self.deleted


def redline(old: str, new: str) -> list[Operation]:
    """Return what changed from an old text to a new one; an empty list if both are empty.

    No two neighbours have the same operation, none is empty, and a deletion stands before the insertion that replaces it.
    Raises `TextTooLongError`.
    """
    for text in (old, new):
        if len(text) > MAX_TEXT:
            raise TextTooLongError(len(text), MAX_TEXT)
    if old == new:
        return [Operation("equal", old)] if old else []
    before, after = tokenize(old), tokenize(new)
    hunks = _readable(list(_compare(before, after)))
    return list(_operations(hunks))


def old_text(operations: Iterable[Operation]) -> str:
    """Rebuild the old text."""
    return "".join(each.text for each in operations if each.op != "insert")


def new_text(operations: Iterable[Operation]) -> str:
    """Rebuild the new text."""
    return "".join(each.text for each in operations if each.op != "delete")


def count_changes(operations: Iterable[Operation]) -> WordCount:
    """Count the words of each kind of operation."""
    counts = {"equal": 0, "insert": 0, "delete": 0}
    for each in operations:
        counts[each.op] += sum(map(is_word, tokenize(each.text)))
    return WordCount(equal=counts["equal"], inserted=counts["insert"], deleted=counts["delete"])


def as_plain_text(operations: Iterable[Operation]) -> str:
    """Return a redline for plain text: `[-deleted-]` and `{+inserted+}`."""
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(marks[each.op].format(each.text) for each in operations)


def as_json(operations: Iterable[Operation]) -> list[dict[str, str]]:
    """Return a redline as plain data: `[{"op": "equal", "text": "…"}, …]`."""
    return [{"op": each.op, "text": each.text} for each in operations]


# A hunk is a run of pieces that both texts share (`before` and `after` the same), or one that differs.


@dataclass(slots=True)
class _Hunk:
    is_equal: bool
    before: list[str]
    after: list[str]
    _words: int | None = None

    @property
    def words(self) -> int:
        """The words that change here, on both sides, or that stay."""
        if self._words is None:
            self._words = sum(map(is_word, self.before)) + (0 if self.is_equal else sum(map(is_word, self.after)))
        return self._words

    def take(self, other: "_Hunk") -> None:
        """Add what follows, which counts as changed where either is."""
        if self._words is not None:
            self._words += other.words * (2 if other.is_equal and not self.is_equal else 1)
        self.before.extend(other.before)
        self.after.extend(other.after)


def _compare(before: Sequence[str], after: Sequence[str]) -> Iterator[_Hunk]:
    """Yield equal and differing hunks; what the texts share at both ends is set aside first."""
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if head:
        yield _Hunk(True, list(before[:head]), list(before[:head]))
    yield from _compare_middle(old, new)
    if tail:
        yield _Hunk(True, list(before[len(before) - tail :]), list(before[len(before) - tail :]))


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    count = 0
    for ours, theirs in zip(before, after, strict=False):
        if ours != theirs:
            break
        count += 1
    return count


def _compare_middle(old: Sequence[str], new: Sequence[str]) -> Iterator[_Hunk]:
    pairs = len(old) * len(new)
    if not pairs:
        if old or new:
            yield _Hunk(False, list(old), list(new))
    elif pairs <= _TEXT_PAIRS:
        yield from _hunks(old, new, pairs)
    else:
        yield from _by_sentence(old, new)


def _hunks(old: Sequence[str], new: Sequence[str], pairs: int) -> Iterator[_Hunk]:
    for is_equal, start, end, new_start, new_end in _opcodes(old, new, pairs):
        yield _Hunk(is_equal, list(old[start:end]), list(new[new_start:new_end]))


def _opcodes(old: Sequence[str], new: Sequence[str], pairs: int) -> Iterator[tuple[bool, int, int, int, int]]:
    # Numbers instead of the pieces themselves: rapidfuzz compares by hash, and a number's hash is the number.
    numbers: dict[str, int] = {}
    before = [numbers.setdefault(piece, len(numbers)) for piece in old]
    after = [numbers.setdefault(piece, len(numbers)) for piece in new]
    if pairs <= _CLAUSE_PAIRS:
        for tag, start, end, new_start, new_end in difflib.SequenceMatcher(
            None, before, after, autojunk=False
        ).get_opcodes():
            yield tag == "equal", start, end, new_start, new_end
    else:
        for each in Indel.opcodes(before, after):
            yield each.tag == "equal", each.src_start, each.src_end, each.dest_start, each.dest_end


def _by_sentence(old: Sequence[str], new: Sequence[str]) -> Iterator[_Hunk]:
    """Compare whole sentences, and the words only of those that differ; what is still too much counts as replaced."""
    before, after = (_SENTENCE.findall("".join(pieces)) for pieces in (old, new))
    pairs = len(before) * len(after)
    if pairs > _TEXT_PAIRS or min(len(before), len(after)) <= 1:
        yield _Hunk(False, list(old), list(new))
        return
    for hunk in _merged(_hunks(before, after, max(pairs, _CLAUSE_PAIRS + 1))):
        old_words, new_words = tokenize("".join(hunk.before)), tokenize("".join(hunk.after))
        if hunk.is_equal:
            yield _Hunk(True, old_words, old_words)
        elif 0 < len(old_words) * len(new_words) <= _TEXT_PAIRS:
            yield from _compare(old_words, new_words)
        else:
            yield _Hunk(False, old_words, new_words)


def _merged(hunks: Iterable[_Hunk]) -> list[_Hunk]:
    """Join neighbours of one sort and drop what is empty."""
    merged: list[_Hunk] = []
    for hunk in hunks:
        if not hunk.before and not hunk.after:
            continue
        if merged and merged[-1].is_equal == hunk.is_equal:
            merged[-1].take(hunk)
        else:
            merged.append(_Hunk(hunk.is_equal, list(hunk.before), list(hunk.after)))
    return merged


def _readable(hunks: list[_Hunk]) -> list[_Hunk]:
    """Join changes that only a space, a mark or a lone word keeps apart, and let each begin where a word begins.

    A line end always keeps them apart.
    """
    result = _merged(hunks)
    for is_island in (_is_gap, _is_lone_word):
        result = _without_islands(result, is_island)
    _slide(result)
    return _merged(result)


def _without_islands(hunks: list[_Hunk], is_island: Callable[[_Hunk, _Hunk, _Hunk], bool]) -> list[_Hunk]:
    result: list[_Hunk] = []
    for index, hunk in enumerate(hunks):
        following = hunks[index + 1] if index + 1 < len(hunks) else None
        if not result:
            result.append(hunk)
        elif result[-1].is_equal == hunk.is_equal or (
            hunk.is_equal and following and "\n" not in hunk.before and is_island(result[-1], hunk, following)
        ):
            result[-1].take(hunk)
        else:
            result.append(hunk)
    return result


def _is_gap(previous: _Hunk, island: _Hunk, following: _Hunk) -> bool:
    """Whether what is equal is one space or mark between changed words."""
    return len(island.before) == 1 and not island.words and previous.words > 0 and following.words > 0


def _is_lone_word(previous: _Hunk, island: _Hunk, following: _Hunk) -> bool:
    """Whether what is equal is a word that a sentence written anew shares by chance, as an "of"."""
    return island.words == 1 and min(previous.words, following.words) >= _REWRITTEN


def _slide(hunks: list[_Hunk]) -> None:
    """Move each insertion or deletion, where the text allows, to where a reader expects it to begin.

    "our{+ strong+} commitment" and "our {+strong +}commitment" are the same change: what stands just before or after it
    repeats its own end or beginning. Something of what precedes always stays.
    """
    for previous, change, following in zip(hunks, hunks[1:], hunks[2:], strict=False):
        if change.is_equal or (change.before and change.after):
            continue
        pieces = change.before or change.after
        left = _repeats(pieces[::-1], previous.before[:0:-1])
        right = _repeats(pieces, following.before[: len(following.before) - 1])
        if not left and not right:
            continue
        line = [*previous.before[-left - 1 :], *pieces, *following.before[:right]]
        # `line` begins with one piece that stays, so that the one before each possible beginning can be seen.
        unmoved = left + 1
        start = max(
            range(1, left + right + 2), key=lambda at: (_boundary_score(line[at - 1], line[at]), -abs(at - unmoved))
        )
        kept = previous.before[: len(previous.before) - left - 1] + line[:start]
        rest = line[start + len(pieces) :] + following.before[right:]
        pieces[:] = line[start : start + len(pieces)]
        previous.before, previous.after = kept, list(kept)
        following.before, following.after = rest, list(rest)


def _repeats(pieces: Sequence[str], neighbours: Sequence[str]) -> int:
    """Return how far a change can move into its neighbours: as long as they go on repeating it, within bounds."""
    count = 0
    for neighbour in neighbours[:_MAX_SLIDE]:
        if neighbour != pieces[count % len(pieces)]:
            break
        count += 1
    return count


def _boundary_score(before: str, first: str) -> int:
    """How natural it is that a change begins between two pieces: best on a new line, then at a word after a space."""
    if before == "\n":
        return 3
    if is_word(first):
        return 2 if before.isspace() else 1
    return 0 if first.isspace() else 1


def _operations(hunks: Iterable[_Hunk]) -> Iterator[Operation]:
    for hunk in hunks:
        before, after = "".join(hunk.before), "".join(hunk.after)
        if hunk.is_equal:
            yield Operation("equal", before)
            continue
        if before:
            yield Operation("delete", before)
        if after:
            yield Operation("insert", after)
