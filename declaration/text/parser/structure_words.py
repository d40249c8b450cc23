"""Lines that say by a word what they head: "Article 3", "الجزء الأول", "第五条之二", "Annex II", "Preamble"."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from declaration.text.numerals import (
    ABJAD_NAMES,
    ARABIC_ADVERBS,
    LATIN_LETTERS,
    from_abjad_name,
    from_arabic_ordinal,
    from_chinese,
    from_roman,
    to_roman,
)
from declaration.text.parser import words
from declaration.text.parser.marks import SUFFIX, join_label
from declaration.text.parser.shapes import is_heading_like, place_in, skeleton, trimmed
from declaration.text.suffixes import NO_SUFFIX, Suffix, read_suffix


class StructureMark(NamedTuple):
    """What a line heads: its kind (`article`, `part`, `chapter`, `section`, `annex`, `preamble`), label, and place.

    `value` is 0 for what has no number, `end` is where a heading or text on the same line begins. `is_doubtful` says that a
    whole sentence follows after a mere space: "Article 5 Everyone has …" or "Article 5 Charter rights are …".
    """

    kind: str
    label: str
    value: int
    suffix: Suffix
    end: int
    is_bracketed: bool = False
    is_doubtful: bool = False


_DIGITS: Final = "0-9٠-٩۰-۹０-９"
_HAN: Final = "一二三四五六七八九十百千零〇"
_OPEN: Final = r"^\s*(?P<open>\[*)\s*"
_SEPARATOR: Final = re.compile(
    r"(?:\s*[.．。:：)\]–—―°º-])+(?=\s|$|[^\w\s])\s*|\s*[：。、．]\s*|\s*$|\s*\t+\s*|\s{2,}|\u3000\s*|\s+(?=\[)"
)
_ARABIC_ORDINAL: Final = (
    r"ال[\u0621-\u064a]+(?:\s+عشرة?(?!\w)|\s+وال(?:عشر|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع)(?:ون|ين)(?!\w))?"
)
_ONES: Final = {
    "fr": ("premier", "première", "1er", "1re"),
    "es": ("primero", "primera", "único", "única", "1o", "1º", "1ª"),
}
# Of single capitals that number annexes, only these are numerals; the others are letters.
_SINGLE_ROMAN: Final = frozenset("IVX")
# No further than this is a number looked for, so that no line takes long.
_REACH: Final = 240
_CASELESS: Final = frozenset({"ar", "zh"})
_KINDS: Final = ("article", "part", "chapter", "section", "annex")
# These may stand without a number.
_MAY_BE_ALONE: Final = frozenset({"annex"})


def read_structure(text: str, language: str) -> StructureMark | None:
    """Return what a line heads by its words, `None` for a line that is no such head.

    "Article 5 of the Charter …" is none: within a sentence a small letter or a known word follows the number.
    """
    bare, places = skeleton(text)
    margin = len(bare) - len(bare.lstrip())
    bare = bare[margin:]
    stripped = trimmed(bare).strip("[]")
    if stripped.casefold() in _preambles(language):
        return StructureMark("preamble", "", 0, NO_SUFFIX, len(text), is_bracketed=trimmed(bare).startswith("["))
    for kind, pattern in _patterns(language):
        match = pattern.match(bare, 0, _REACH)
        if match is None:
            continue
        found = _read(kind, match, bare, language)
        if found is not None:
            return found._replace(end=place_in(places, margin + found.end))
    return None


@lru_cache(maxsize=16)
def _preambles(language: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words.PREAMBLE[language])


@lru_cache(maxsize=16)
def _ordinals(language: str) -> dict[str, int]:
    rows = words.ORDINALS.get(language, ())
    found = {word: value for row in rows for value, word in enumerate(row, start=1)}
    return {**found, **dict.fromkeys(_ONES.get(language, ()), 1)}


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return a pattern for each kind of head, the groups `number` and `suffix` being what follows its word."""
    found: list[tuple[str, re.Pattern[str]]] = []
    for kind in _KINDS:
        if language == "zh":
            found.extend((kind, pattern) for pattern in _chinese(kind))
            continue
        names = "|".join(
            re.escape(form) for name in words.STRUCTURE[kind][language] for form in dict.fromkeys((name, name.upper()))
        )
        number = rf"[{_DIGITS}]{{1,4}}(?![{_DIGITS}])|[IVXLCDM]{{1,8}}(?!\w)|[A-Z](?!\w)"
        ordinals = "|".join(map(re.escape, sorted(_ordinals(language), key=len, reverse=True)))
        if ordinals:
            number = rf"(?i:{ordinals})(?!\w)|{number}"
        if language == "ar":
            adverbs = "|".join(sorted(ARABIC_ADVERBS, key=len, reverse=True))
            number = rf"{number}|{'|'.join(ABJAD_NAMES)}|(?:{adverbs})(?![\u0621-\u064a])|{_ARABIC_ORDINAL}"
        spaced = rf"(?:{names})\s*[(\[]?\s*(?P<number>{number})(?P<suffix>{SUFFIX})?(?:\s*[)\]])?"
        found.append((kind, re.compile(_OPEN + spaced)))
        if ordinals and kind in {"part", "chapter", "section"}:
            found.append((kind, re.compile(rf"{_OPEN}(?P<number>(?i:{ordinals}))\s+(?i:{names})(?P<suffix>)(?!\w)")))
        if kind in _MAY_BE_ALONE:
            found.append((kind, re.compile(rf"{_OPEN}(?:{names})(?P<number>)(?P<suffix>)(?!\w)")))
    return tuple(found)


def _chinese(kind: str) -> list[re.Pattern[str]]:
    names = "|".join(words.STRUCTURE[kind]["zh"])
    number = rf"[{_DIGITS}]{{1,4}}|[{_HAN}](?:\s?[{_HAN}]){{0,6}}|[A-Z]|[IVXLC]{{1,8}}"
    if kind == "annex":
        return [re.compile(rf"{_OPEN}(?:{names})(?:\s*(?P<number>{number}))?(?P<suffix>{SUFFIX})?")]
    return [re.compile(rf"{_OPEN}第\s*(?P<number>{number})\s*(?:{names})(?P<suffix>{SUFFIX})?")]


def _read(kind: str, match: re.Match[str], text: str, language: str) -> StructureMark | None:
    number, suffix = match["number"] or "", read_suffix(match["suffix"] or "")
    label, value = _neutral(kind, number, language)
    if number and not value:
        return None
    separator = _SEPARATOR.match(text, match.end())
    end = separator.end() if separator else match.end()
    rest = text[end:]
    if separator is None:
        if not text[match.end() : match.end() + 1].isspace() or not _begins_heading(rest, language):
            return None
    elif rest[:1].islower() or (not number and not is_heading_like(rest) and trimmed(rest)):
        return None
    end += len(rest) - len(rest.lstrip())
    is_doubtful = separator is None and not is_heading_like(rest)
    return StructureMark(kind, join_label(label, suffix), value, suffix, end, bool(match["open"]), is_doubtful)


def _begins_heading(rest: str, language: str) -> bool:
    """Whether words that follow a number after a mere space are a heading, not the rest of a sentence."""
    words_after = rest.lstrip().lstrip("[(“«\"'‘")
    if language not in _CASELESS:
        return words_after[:1].isupper() or words_after[:1].isdigit()
    if not words_after:
        return False
    starters = words.SENTENCE_STARTERS[language]
    return not words_after.startswith(starters) if language == "zh" else words_after.split()[0] not in starters


def _neutral(kind: str, number: str, language: str) -> tuple[str, int]:
    """Return a number's neutral form and value; numbers in words are Roman for parts, plain for articles."""
    digits = re.match(r"\d+", number)
    if digits:
        return str(int(digits[0])), int(digits[0])
    letter = from_abjad_name(number) or (number.lower() if re.fullmatch("[A-Z]", number) else None)
    in_roman = from_roman(number) if number.isupper() else None
    if letter and (in_roman is None or (kind == "annex" and number not in _SINGLE_ROMAN)):
        return letter.upper(), LATIN_LETTERS.index(letter) + 1
    value = in_roman or _spelt(number, language)
    if not value:
        return "", 0
    return (str(value) if kind == "article" else to_roman(value)), value


def _spelt(number: str, language: str) -> int | None:
    if language == "zh":
        return from_chinese("".join(number.split()).replace("〇", "零"))
    if language == "ar":
        return from_arabic_ordinal(number)
    return _ordinals(language).get(number.lower())
