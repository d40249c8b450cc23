"""What the mere shape of a line says: whether it may be a heading, how it ends, which marks are invisible."""

import re
from functools import lru_cache
from typing import Final

MAX_HEADING: Final = 250

# Marks of direction, joiners of no width, tatweel within a word and vowel signs: none of them changes what a label is.
_UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u064b-\u065f\u0670\u0301\u0300]"
    "|(?<=[\u0621-\u063f\u0641-\u065f])\u0640|\u0640(?=[\u0621-\u063f\u0641-\u064a])"
)
_LABEL_REACH: Final = 96
_TERMINAL: Final = frozenset(".;:,!?،؛؟۔。；：，！？…、")
_CLOSING: Final = "”»’\"')]）】」』“›\u200e\u200f\u061c\u202c\u2069"
_SENTENCE_END: Final = frozenset(".!?؟۔。！？;؛；:：,،，")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_HAN_WEIGHT: Final = 3
_WIDE: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60]")
_SPACES: Final = re.compile("[\\s\u200e\u200f\u061c\ufeff]+")
_FROM_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FROM_LEFT: Final = re.compile("[A-Za-z\u00aa-\u058f\u0900-\ufb12]")
_MIN_AGAINST: Final = 20
_LETTER: Final = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=4)
def skeleton(text: str) -> tuple[str, list[int] | None]:
    """Return a line without the marks that nobody sees in its beginning, and where those characters that stay stood.

    The places are `None` if nothing was taken away. Only as much of the line is looked at as a label can be long.
    """
    head = text[:_LABEL_REACH]
    if not _UNSEEN.search(head):
        return text, None
    unseen = {match.start() for match in _UNSEEN.finditer(head)}
    kept = [index for index in range(len(head)) if index not in unseen]
    return _UNSEEN.sub("", head) + text[_LABEL_REACH:], [*kept, len(head)]


def place_in(places: list[int] | None, index: int) -> int:
    """Return where a character of a skeleton stands in the line itself."""
    if places is None:
        return index
    last = len(places) - 1
    return places[index] if index < last else places[last] + index - last


def trimmed(text: str) -> str:
    """Return a text without spaces and invisible marks at its ends."""
    return text.strip(" \t\r\n\u00a0\u200e\u200f\u061c\ufeff\u3000\u2003\u2002\u2009\u202f")


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a mark that ends a sentence or a part of one, quotes and brackets set aside."""
    bare = trimmed(text).rstrip(_CLOSING)
    return bool(bare) and bare[-1] in _SENTENCE_END


def width_of(text: str) -> int:
    """Return how many columns a line takes: a Chinese character, or a mark that stands with them, takes two."""
    return len(text) + len(_WIDE.findall(text))


def introduces_list(text: str) -> bool:
    """Whether a line ends as one does that a list follows."""
    return trimmed(text).endswith((":", "：", ":-", ": –", ":—"))


def is_heading_like(text: str) -> bool:
    """Whether a line may be a heading by its shape: words, not too many, and no mark of a sentence at the end.

    Chinese headings are shorter: each character counts for three.
    """
    bare = trimmed(text)
    if not bare or "\n" in bare:
        return False
    length = len(bare) + _HAN_WEIGHT * len(_HAN.findall(bare[:MAX_HEADING]))
    if length > MAX_HEADING or not _LETTER.search(bare):
        return False
    return bare.rstrip(_CLOSING)[-1:] not in _TERMINAL


def is_in_capitals(text: str) -> bool:
    """Whether a line is written in capitals."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def squeezed(text: str) -> str:
    """Return a text without spaces and invisible marks, to compare whether anything of it was lost."""
    return _SPACES.sub("", text)


def runs_against(text: str, *, from_right: bool) -> bool:
    """Whether most letters of a text, and at least a whole phrase of them, run in the other direction than it should."""
    other = _FROM_LEFT if from_right else _FROM_RIGHT
    if not other.search(text):
        return False
    right = len(_FROM_RIGHT.findall(text))
    left = len(_LETTER.findall(text)) - right
    against = left if from_right else right
    return against >= _MIN_AGAINST and against * 2 > right + left
