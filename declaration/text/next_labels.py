"""Which number a clause that is put in may take, as drafters give them: "4" after "3", "3 bis" between, "3 alt" beside it."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from declaration.text.numerals import LATIN_LETTERS, from_roman, to_roman

INSERTED: Final = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")
"""What stands behind the number of a clause that was put in later, in the order in which they are given."""

_ALTERNATIVE: Final = re.compile(r"(?P<base>.*?)(?: alt(?: (?P<number>[0-9]+))?)?", re.DOTALL)
_SUFFIXED: Final = re.compile(rf"(?P<number>.*?)(?: (?P<suffix>{'|'.join(INSERTED)}))?", re.DOTALL)
_ROMAN_KINDS: Final = frozenset({"part", "section", "item", "annex"})


def following_label(kind: str, label: str) -> str:
    """Return the next number of the same sort: "3" → "4", "b" → "c", "IV" → "V"; empty where there is none to tell.

    What was added to a number falls away: after "3 bis" comes "4".
    """
    number = _split(_without_alternative(label))[0]
    if re.fullmatch(r"[0-9]{1,4}", number):
        return str(int(number) + 1)
    value = from_roman(number) if kind in _ROMAN_KINDS else None
    if value is not None and (kind != "section" or len(number) > 1 or number in "IVX"):
        following = to_roman(value + 1)
        return following.lower() if number.islower() else following.upper()
    if len(number) == 1 and number.lower() in LATIN_LETTERS and number.lower() != LATIN_LETTERS[-1]:
        letter = LATIN_LETTERS[LATIN_LETTERS.index(number.lower()) + 1]
        return letter if number.islower() else letter.upper()
    return ""


def inserted_label(label: str, taken: Collection[str]) -> str:
    """Return the number of a clause put in behind another one: "3" → "3 bis", "3 bis" → "3 ter"; empty where all are taken."""
    number, suffix = _split(_without_alternative(label))
    if not number:
        return ""
    first = INSERTED.index(suffix) + 1 if suffix else 0
    candidates = (f"{number} {each}" for each in INSERTED[first:])
    return next((each for each in candidates if each not in taken), "")


def alternative_label(label: str, taken: Collection[str]) -> str:
    """Return the number of an alternative to a clause: "3" → "3 alt", then "3 alt 2", "3 alt 3"; empty for no number."""
    base = _without_alternative(label)
    if not base:
        return ""
    candidate, count = f"{base} alt", 2
    while candidate in taken:
        candidate, count = f"{base} alt {count}", count + 1
    return candidate


def suggest_label(kind: str, behind: str, beside: Sequence[str]) -> str:
    """Return the number of a clause that is put in behind the one labelled `behind`, among clauses with the labels `beside`.

    It is the next one, or where that is taken already the one for clauses put in later.
    """
    following = following_label(kind, behind)
    return following if following and following not in beside else inserted_label(behind, beside)


def _split(label: str) -> tuple[str, str]:
    match = _SUFFIXED.fullmatch(label.strip())
    return (match["number"], match["suffix"] or "") if match else (label.strip(), "")


def _without_alternative(label: str) -> str:
    match = _ALTERNATIVE.fullmatch(label.strip())
    return match["base"] if match else label.strip()
