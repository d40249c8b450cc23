"""How documents and their paragraphs are cited.

Symbols are the same in all languages (United Nations document symbols, ST/LIB/SER.B/5). Paragraphs are cited by number,
and within one by letter: "10, 11, 34-35", "26 (a)", "26 (a)-(h)".
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

SYMBOL_PATTERN: Final = r"^[A-Z]{1,8}(?:/[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*(?:\([A-Z0-9./]+\))?)+\*{0,3}$"
"""The symbol of a United Nations document, the same in all languages: A/HRC/RES/21/10, E/CN.4/2005/55, A/68/176*."""

MAX_REFERENCE_LENGTH: Final = 200
MAX_PARAGRAPHS: Final = 500

_SYMBOL: Final = re.compile(SYMBOL_PATTERN)
_NOT_IN_SLUG: Final = re.compile(r"[^0-9A-Za-z]+")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
# The Arabic-Indic and extended digits, dashes of every length, the Arabic comma and semicolon, direction marks and tatweel.
_AS_TYPED: Final = {
    **{0x0660 + digit: str(digit) for digit in range(10)},
    **{0x06F0 + digit: str(digit) for digit in range(10)},
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    ord("،"): ",",
    ord("؛"): ",",
    ord(";"): ",",
    **dict.fromkeys((0x200E, 0x200F, 0x0640), None),
}
_PART: Final = re.compile(
    r"""
    (?: (?P<number>[0-9]{1,4}) \s* )?
    (?P<letter> \([a-z]\) | [a-z] )?
    (?: \s*-\s* (?: (?P<last_number>[0-9]{1,4}) | (?P<last_letter> \([a-z]\) | [a-z] ) ) )?
    """,
    re.VERBOSE,
)


class ParagraphReference(NamedTuple):
    """A paragraph of a document, or one lettered part of it; `str()` is how it is cited: "26 (a)"."""

    number: int
    letter: str = ""

    def __str__(self) -> str:
        return f"{self.number} ({self.letter})" if self.letter else str(self.number)


class ParagraphReferenceError(ValueError):
    """A text does not cite paragraphs. `part` is the piece of it that cannot be read."""

    def __init__(self, part: str) -> None:
        super().__init__(f"“{part}” does not cite paragraphs. Write for example 10, 11, 34-35 or 26 (a)-(c).")
        self.part = part


def parse_paragraphs(text: str) -> list[ParagraphReference]:
    """Read a citation of paragraphs, ranges spelt out: "13 (a), 16-18" → 13 (a), 16, 17, 18; nothing → an empty list.

    Understood are commas or semicolons, "26a", "26 a-c" and "26 (a)-(c)", a letter alone that follows its number
    ("26 (a), (c)"), dashes of any length, and Arabic-Indic digits and commas. Raises `ParagraphReferenceError`.
    """
    if len(text) > MAX_REFERENCE_LENGTH:
        raise ParagraphReferenceError(text[:MAX_REFERENCE_LENGTH] + "…")
    found: list[ParagraphReference] = []
    typed = text.translate(_AS_TYPED).strip()
    for part in typed.split(",") if typed else ():
        found.extend(_parse_part(part.strip(), found[-1].number if found else None))
        if len(found) > MAX_PARAGRAPHS:
            raise ParagraphReferenceError(part.strip())
    return found


def _parse_part(part: str, last_cited: int | None) -> Iterator[ParagraphReference]:
    match = _PART.fullmatch(part)
    if not part or match is None:
        raise ParagraphReferenceError(part)
    letter, last_letter = ((match[name] or "").strip("()") for name in ("letter", "last_letter"))
    number = int(match["number"]) if match["number"] else last_cited
    last_number = int(match["last_number"]) if match["last_number"] else number
    alone = match["number"] is None
    if not number or last_number is None or (alone and not letter) or (bool(last_letter) and not letter):
        raise ParagraphReferenceError(part)
    if match["last_number"] and (letter or last_number <= number or last_number - number > MAX_PARAGRAPHS):
        raise ParagraphReferenceError(part)
    if last_letter and last_letter <= letter:
        raise ParagraphReferenceError(part)
    if letter:
        for each in _LETTERS[_LETTERS.index(letter) : _LETTERS.index(last_letter or letter) + 1]:
            yield ParagraphReference(number, each)
    else:
        yield from (ParagraphReference(each) for each in range(number, last_number + 1))


def format_paragraphs(references: Iterable[ParagraphReference]) -> str:
    """Return the citation of paragraphs, neighbours in one range: "13 (a), 16-18, 26 (a)-(c)"."""
    return ", ".join(_format_run(run) for run in group_runs(references))


def group_runs(references: Iterable[ParagraphReference]) -> Iterator[list[ParagraphReference]]:
    """Yield what a citation of paragraphs prints as one: a paragraph, a run of them (16-18), or of letters (26 (a)-(c))."""

    def place(pair: tuple[int, ParagraphReference]) -> tuple[bool, int, int]:
        index, (number, letter) = pair
        return (True, number, ord(letter) - index) if letter else (False, 0, number - index)

    for _, run in groupby(enumerate(references), key=place):
        yield [reference for _, reference in run]


def _format_run(run: list[ParagraphReference]) -> str:
    first, last = run[0], run[-1]
    if first == last:
        return str(first)
    return f"{first}-({last.letter})" if last.letter else f"{first}-{last}"


def is_symbol(text: str) -> bool:
    """Whether a text has the form of a United Nations document symbol."""
    return len(text) <= MAX_REFERENCE_LENGTH and _SYMBOL.fullmatch(text) is not None


def symbol_slug(symbol: str) -> str:
    """Return the key of a symbol in addresses: A/HRC/RES/21/10 → `A-HRC-RES-21-10`, A/HRC/21/44/Add.1 → `A-HRC-21-44-Add-1`.

    Symbols may hold hyphens themselves, so that a key cannot be turned back: it is kept beside the symbol and looked up.
    """
    return _NOT_IN_SLUG.sub("-", symbol).strip("-")
