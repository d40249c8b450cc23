"""What a text that comes from outside may hold, to the letter.

Nothing is altered here: a text is read and what is wrong with it is listed, with the place, so that a caller can say so in
the reader's language. Markup is text like any other: it is escaped where it is shown, and kept as it was written.

Refused are characters that nobody can see or that make a text read otherwise than it is stored (Unicode Technical Report
36 calls the second kind visual spoofing). Right-to-left and left-to-right marks and the joiners stay, because Arabic needs
them; embeddings and isolates stay where each is closed on its own line.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, Literal

MAX_WORDING: Final = 50_000
"""Characters in one wording or proposed wording: several times the longest article of any declaration."""

MAX_PROBLEMS: Final = 20
"""Problems listed for one text; more would help nobody."""

MAX_STACKED: Final = 30
"""Marks upon one letter, as many as the Stream-Safe Text Format of Unicode Standard Annex 15 allows."""

ProblemCode = Literal[
    "too_long",
    "nul",
    "control",
    "surrogate",
    "noncharacter",
    "hidden",
    "direction_override",
    "direction_unclosed",
    "stacked_marks",
    "not_normalized",
    "zero_width",
    "private_use",
    "line_separator",
]

_REPORTED: Final = frozenset({"not_normalized", "zero_width", "private_use", "line_separator"})

# A quick search decides whether a text needs to be walked at all: nearly none does.
_SUSPECT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U0001fffe-\U0001ffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_BEYOND_BASIC: Final = re.compile("[\U00010000-\U0010ffff]")
# The last two places of each plane, and a gap among the Arabic presentation forms, are for no character (Unicode 23.7).
_PLANE_END: Final = 0xFFFE
_ARABIC_FORMS_GAP: Final = range(0xFDD0, 0xFDF0)
_OPENING: Final = frozenset("\u202a\u202b\u2066\u2067\u2068")
_TURNING: Final = re.compile("[\u202a-\u202c\u2066-\u2069]")
_CLOSING: Final = {"\u202c": frozenset("\u202a\u202b"), "\u2069": frozenset("\u2066\u2067\u2068")}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a text.

    `position` counts characters from 0, `character` is the one that stands there; a text that is too long has its
    first character that is too many.
    """

    code: ProblemCode
    position: int
    character: str

    @property
    def is_refused(self) -> bool:
        """Whether the text cannot be taken like this; otherwise the problem is only worth telling."""
        return self.code not in _REPORTED

    @property
    def code_point(self) -> str:
        """The character as standards name it: `U+202E`."""
        return f"U+{ord(self.character):04X}"


def with_plain_newlines(text: str) -> str:
    """Return a text with each line ended by a line feed, as browsers and Word files end it in three ways."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def problems(text: str, *, max_length: int = MAX_WORDING, of_each: int = MAX_PROBLEMS) -> list[Problem]:
    """List what is wrong with a text, in the order of the text, at most `MAX_PROBLEMS`, and `of_each` character.

    A text that is too long is not read further.
    """
    if len(text) > max_length:
        return [Problem("too_long", max_length, text[max_length])]
    found: list[Problem] = []
    if _SUSPECT.search(text):
        found = sorted(
            [*_characters(text, of_each), *islice(_unclosed(text), MAX_PROBLEMS)], key=lambda problem: problem.position
        )
    stacked = _find_stacked(text)
    if stacked is not None:
        found.append(Problem("stacked_marks", stacked.start(), text[stacked.start()]))
    elif not unicodedata.is_normalized("NFC", text):
        found.append(_not_normalized(text))
    if len(found) <= MAX_PROBLEMS:
        return found
    # What is refused must not be hidden behind what is only worth telling.
    places = sorted(range(len(found)), key=lambda place: not found[place].is_refused)[:MAX_PROBLEMS]
    return [found[place] for place in sorted(places)]


def refused(text: str, *, max_length: int = MAX_WORDING) -> list[Problem]:
    """List only what makes a text one that cannot be taken."""
    return [problem for problem in problems(text, max_length=max_length) if problem.is_refused]


def _find_stacked(text: str) -> re.Match[str] | None:
    """Return where more marks stand upon one letter than any script stacks; to put them in order would take long, too."""
    return _stacked(0x20000 if _BEYOND_BASIC.search(text) else 0x10000).search(text)


@lru_cache(maxsize=2)
def _stacked(end: int) -> re.Pattern[str]:
    """Return a pattern of marks below a code; those of the basic plane alone are found many times faster."""
    marks = "".join(re.escape(chr(code)) for code in range(0x300, end) if unicodedata.combining(chr(code)))
    # The first is set apart, because a search for one character is faster than for the beginning of a repeat.
    return re.compile(f"[{marks}][{marks}]{{{MAX_STACKED}}}")


def _characters(text: str, of_each: int) -> Iterator[Problem]:
    for character in set(_SUSPECT.findall(text)):
        code = _code(character)
        position = text.find(character) if code else -1
        for _ in range(of_each):
            if position < 0 or code is None:
                break
            yield Problem(code, position, character)
            position = text.find(character, position + 1)


@lru_cache(maxsize=1024)
def _code(character: str) -> ProblemCode | None:
    number = ord(character)
    if character == "\0":
        return "nul"
    if number & _PLANE_END == _PLANE_END or number in _ARABIC_FORMS_GAP:
        return "noncharacter"
    for code, characters in _CLASSES:
        if character in characters:
            return code
    category = unicodedata.category(character)
    by_category: dict[str, ProblemCode] = {"Cc": "control", "Cs": "surrogate", "Co": "private_use"}
    return by_category.get(category)


_CLASSES: Final[tuple[tuple[ProblemCode, frozenset[str]], ...]] = (
    ("direction_override", frozenset("\u202d\u202e")),
    ("line_separator", frozenset("\u2028\u2029")),
    ("zero_width", frozenset("\u00ad\u180e\u200b\u2060\ufeff")),
    # Invisible operators, deprecated format characters, annotations, and tags that can carry a hidden text.
    (
        "hidden",
        frozenset(
            chr(number)
            for numbers in (
                range(0x2061, 0x2066),
                range(0x206A, 0x2070),
                range(0xFFF9, 0xFFFC),
                range(0xE0000, 0xE0080),
            )
            for number in numbers
        ),
    ),
)


def _unclosed(text: str) -> Iterator[Problem]:
    """Yield each embedding or isolate that its line does not close, and each closing mark that closes nothing."""
    start = 0
    if not _TURNING.search(text):
        return
    for line in text.split("\n"):
        opened: list[int] = []
        for offset, character in enumerate(line):
            if character in _OPENING:
                opened.append(start + offset)
            elif character in _CLOSING:
                if opened and text[opened[-1]] in _CLOSING[character]:
                    opened.pop()
                else:
                    yield Problem("direction_unclosed", start + offset, character)
        yield from (Problem("direction_unclosed", position, text[position]) for position in opened)
        start += len(line) + 1


def _not_normalized(text: str) -> Problem:
    normal = unicodedata.normalize("NFC", text)
    position = next(
        (index for index, (ours, theirs) in enumerate(zip(text, normal, strict=False)) if ours != theirs), len(normal)
    )
    position = min(position, len(text) - 1)
    return Problem("not_normalized", position, text[position])
