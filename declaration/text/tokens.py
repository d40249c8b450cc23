"""A text cut into the smallest pieces that a redline compares: words, spaces and marks.

The pieces joined are the text, to the letter. A word holds its vowel signs, joiners, and the marks that hold it together
("A/HRC/RES/21/10", "well-being", "l’homme", "1.5"); in Han and kana, which have no spaces, each character is a piece.
"""

import re
from typing import Final

_HAN: Final = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# Signs that stand on a letter or beside it: combining marks of Latin, Cyrillic, Arabic (harakat, small letters of the
# Koran) and Hebrew, variation selectors, joiners.
_SIGNS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u200c\u200d\ufe00-\ufe0f\ufe20-\ufe2f"
)
_LETTER: Final = rf"[^\W_{_HAN}]"

_TOKEN: Final = re.compile(
    rf"""
    [{_HAN}] [{_SIGNS}\U000e0100-\U000e01ef]*
    | {_LETTER} [{_SIGNS}]* (?: {_LETTER} | [{_SIGNS}] | (?: ['’\-‑/] | (?<=[0-9])[.,٫٬](?=[0-9]) ) (?={_LETTER}) )*
    | \n
    | [^\S\n]+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD: Final = re.compile(rf"{_LETTER}|[{_HAN}]")


def tokenize(text: str) -> list[str]:
    """Return the pieces of a text in their order: words, runs of spaces, single line ends, single marks."""
    return _TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Whether a piece is a word, a number or a Han character rather than a space or a mark."""
    return _WORD.match(token) is not None


def count_words(text: str) -> int:
    """Return how many words a text has; in Chinese, how many characters."""
    return sum(map(is_word, tokenize(text)))
