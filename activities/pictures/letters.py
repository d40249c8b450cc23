"""How much room words take in a picture: there is no browser here to ask, so it is reckoned, on the safe side."""

import functools
import unicodedata
from typing import Final

NARROW: Final = 6.6
WIDE: Final = 12.0
"""Units that a letter takes in writing of 12 units: most scripts' letters, and those of Chinese."""


@functools.lru_cache(maxsize=8192)
def width_of(text: str) -> int:
    """Return about how many units a text takes in writing of 12 units."""
    if text.isascii():
        return round(len(text) * NARROW)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    marks = sum(unicodedata.combining(letter) > 0 for letter in text)
    return round(wide * WIDE + (len(text) - wide - marks) * NARROW)


@functools.lru_cache(maxsize=8192)
def cut(text: str, most: int) -> str:
    """Return the text, or its beginning with a mark of omission where it takes more room than so many letters do."""
    if width_of(text) <= most * NARROW:
        return text
    end = len(text)
    while end and width_of(text[:end]) > (most - 1) * NARROW:
        end -= 1
    return f"{text[:end].rstrip()}…"
