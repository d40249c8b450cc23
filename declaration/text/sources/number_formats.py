"""The numbers that a word processor prints by itself (ECMA-376 part 1, 17.18.59, ST_NumberFormat).

Only what texts in the six official languages use is formatted; other formats are printed as plain numbers, and said.
"""

from collections.abc import Callable
from typing import Final

from declaration.text.numerals import ABJAD_LETTERS, ARABIC_ALPHABET, RUSSIAN_LETTERS, to_chinese, to_roman

BULLET: Final = "bullet"

_ALPHABETS: Final[dict[str, str | tuple[str, ...]]] = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "russianLower": RUSSIAN_LETTERS,
    "russianUpper": RUSSIAN_LETTERS.upper(),
    "arabicAlpha": ARABIC_ALPHABET,
    "arabicAbjad": (*(letter.rstrip("ـ") for letter in ABJAD_LETTERS), "ظ", "غ"),
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
}
_ENCLOSED: Final = {"decimalEnclosedCircle": 0x2460, "decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488}
_LAST_ENCLOSED: Final = 20
_MAX_REPEATS: Final = 4
_CHINESE_DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_CHINESE: Final = (
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
    *("taiwaneseCounting", "taiwaneseCountingThousand", "ideographLegalTraditional", "chineseLegalSimplified"),
)

_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "ordinal": str,
    "cardinalText": str,
    "ordinalText": str,
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "ideographDigital": lambda number: str(number).translate(_CHINESE_DIGITS),
    "taiwaneseDigital": lambda number: str(number).translate(_CHINESE_DIGITS),
    "upperRoman": to_roman,
    "lowerRoman": lambda number: to_roman(number).lower(),
    **dict.fromkeys(_CHINESE, to_chinese),
}


def is_known(number_format: str) -> bool:
    """Whether numbers can be printed in a format as the word processor would."""
    return number_format in {*_FORMATS, *_ALPHABETS, *_ENCLOSED, BULLET, "none"}


def format_number(number: int, number_format: str) -> str:
    """Return a number in a format; in one that is not known, or where that has no such number, as plain digits."""
    if number_format in {BULLET, "none"}:
        return ""
    if number_format in _ALPHABETS:
        return _letters(number, _ALPHABETS[number_format])
    if number_format in _ENCLOSED and 1 <= number <= _LAST_ENCLOSED:
        return chr(_ENCLOSED[number_format] + number - 1)
    try:
        return _FORMATS.get(number_format, str)(number)
    except ValueError:
        return str(number)


def _letters(number: int, alphabet: str | tuple[str, ...]) -> str:
    """Return the letter of a number; after the last come aa, bb, cc …."""
    repeats, index = divmod(number - 1, len(alphabet))
    return alphabet[index] * (repeats + 1) if number > 0 and repeats < _MAX_REPEATS else str(number)
