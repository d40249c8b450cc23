"""What follows the number of a clause that came in after numbering: "53 bis", "53 ter", and "53 alt" for an alternative.

In neutral form it is Latin, with a space between its parts: "bis", "alt", "alt 2", "bis alt". The six languages have words of
their own for *bis* and *ter*; *alt* stays as negotiated texts print it in all of them.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from declaration.text.label_words import ALTERNATIVE, LATIN_SUFFIXES, SUFFIXES

_DIGITS: Final = "0-9٠-٩۰-۹０-９"
_ARABIC: Final = "\u0621-\u064a"
_ARABIC_BIS: Final = SUFFIXES["ar"][0]
# Russian texts print it in either script.
_ALTERNATIVES: Final = (ALTERNATIVE, "альт")
_NEUTRAL: Final = (
    rf"(?:(?:{'|'.join(LATIN_SUFFIXES)})(?: ?{ALTERNATIVE}(?: ?[0-9]{{1,2}})?)?|{ALTERNATIVE}(?: ?[0-9]{{1,2}})?)"
)
_LABEL: Final = re.compile(rf"(?P<number>.*?)(?: ?\b(?P<suffix>{_NEUTRAL}))?", re.DOTALL)
_JOINED: Final = re.compile(rf"(?<=[0-9a-zA-Z])(?P<suffix>{_NEUTRAL})$")
_PARTS: Final = re.compile(rf"(?P<inserted>.*?) ?(?:(?:{'|'.join(_ALTERNATIVES)})\.? ?(?P<number>\d*))?", re.DOTALL)


class Suffix(NamedTuple):
    """A suffix by its place: `inserted` is 1 for *bis*, 2 for *ter*; `alternative` is 1 for *alt*, 2 for *alt 2*.

    They compare in the order in which clauses stand: 3, 3 alt, 3 alt 2, 3 bis, 3 bis alt.
    """

    inserted: int = 0
    alternative: int = 0

    def __bool__(self) -> bool:
        """Whether there is a suffix at all."""
        return self.inserted > 0 or self.alternative > 0

    def __str__(self) -> str:
        """The neutral form: "bis alt 2"."""
        return written(self, "en").strip()

    def follows(self, last: "Suffix") -> bool:
        """Whether a clause with this suffix comes right after one with the same number and another suffix."""
        if self.inserted == last.inserted:
            return self.alternative == last.alternative + 1
        return self.inserted == last.inserted + 1 and not self.alternative


NO_SUFFIX: Final = Suffix()


def suffix_pattern() -> str:
    """Return a regular expression, without groups, for a suffix in any of the languages and the space before it."""
    latin = "|".join((*LATIN_SUFFIXES, *SUFFIXES["ru"]))
    chinese = "|".join(SUFFIXES["zh"])
    ordinals = "|".join(word.split()[1] for word in SUFFIXES["ar"][1:])
    arabic = rf"مكررا?(?:\s*\(?(?:{ordinals})\)?)?(?![{_ARABIC}])"
    inserted = (
        rf"(?:(?:\s?|-)(?:\((?i:{latin})\)|(?i:{latin})(?=(?i:{'|'.join(_ALTERNATIVES)})|\W|_|$)|{chinese})"
        rf"|\s*(?:\({arabic}\)|{arabic}))"
    )
    alternative = rf"(?i:{'|'.join(_ALTERNATIVES)})(?:\.?\s?[{_DIGITS}]{{1,2}}|\.)?"
    alternative = rf"\s?(?:\({alternative}\)|{alternative}(?![^\W\u3400-\u9fff]))"
    return rf"(?:{inserted}(?:{alternative})?|{alternative})"


@lru_cache(maxsize=512)
def read_suffix(text: str) -> Suffix:
    """Return the suffix that a text in any of the languages prints; `NO_SUFFIX` for nothing."""
    bare = " ".join(re.sub(r"[()-]", " ", text).split()).lower()
    match = _PARTS.fullmatch(bare)
    if not bare or match is None:
        return NO_SUFFIX
    alternative = 0 if match["number"] is None else max(int(match["number"] or 1), 1)
    return Suffix(_inserted(match["inserted"].strip()), alternative)


def _inserted(bare: str) -> int:
    if not bare:
        return 0
    for words in SUFFIXES.values():
        if bare in words:
            return words.index(bare) + 1
    # The Arabic word is printed with and without its ending, the ordinal after it alike.
    ordinal = bare.partition(" ")[2]
    return SUFFIXES["ar"].index(f"{_ARABIC_BIS} {ordinal}") + 1 if ordinal else 1


def split_label(label: str) -> tuple[str, str]:
    """Return a label's number and suffix in neutral form: "53 bis" → ("53", "bis"), "3 alt 2" → ("3", "alt 2")."""
    match = _LABEL.fullmatch(label.strip())
    if match is None:
        return label.strip(), ""
    return match["number"].strip(), str(read_suffix(match["suffix"] or ""))


def part_label(number: str) -> str:
    """Return the number of an identifier with its suffix set apart: "53bis" → "53 bis", "3alt2" → "3 alt 2"."""
    match = _JOINED.search(number)
    return f"{number[: match.start()]} {read_suffix(match['suffix'])}" if match else number


def written(suffix: Suffix, language: str) -> str:
    """Return a suffix as a language prints it behind a number, with the space before it: " bis alt", "之二 alt"."""
    inserted = SUFFIXES[language][suffix.inserted - 1] if suffix.inserted else ""
    joint = " " if inserted and language != "zh" else ""
    if not suffix.alternative:
        return f"{joint}{inserted}"
    number = f" {suffix.alternative}" if suffix.alternative > 1 else ""
    return f"{joint}{inserted} {ALTERNATIVE}{number}"
