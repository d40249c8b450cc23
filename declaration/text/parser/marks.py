"""The labels at the beginning of lines: "1.", "(a)", "IV.", "أولا -", "（一）", "a) bis", and what each may mean.

A label is read in every way that it can be meant: "(i)" is the ninth letter and the first Roman numeral, "(в)" the third
letter in Russian, "(ت)" the 22nd in the abjad order and the third in the dictionary's. Which one it is, the neighbours
decide (see `sequences`).
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from declaration.text.numerals import (
    ABJAD_LETTERS,
    ABJAD_NAMES,
    ARABIC_ADVERBS,
    ARABIC_ALPHABET,
    LATIN_LETTERS,
    RUSSIAN_LETTER_ORDERS,
    from_abjad_name,
    from_arabic_ordinal,
    from_chinese,
    from_roman,
    to_roman,
)
from declaration.text.parser.shapes import place_in, skeleton
from declaration.text.suffixes import NO_SUFFIX, Suffix, read_suffix, suffix_pattern

MAX_ROMAN_LABEL: Final = 60


class Meaning(NamedTuple):
    """One way to read a label: the series it belongs to, its place in it from 1, and the label in neutral form.

    Series: `digit`, `letter` and `roman` (small), `LETTER` and `ROMAN` (capital), `points` ("2.1"), `bullet`, `pp` and `op`
    (numbers of preambular and operative paragraphs). `cost` is how unusual the reading is.
    """

    series: str
    value: int
    label: str
    cost: float = 0.0


class Mark(NamedTuple):
    """A label as it stands at the beginning of a line.

    `frame` is what surrounds it ("()", ")", ".", "-", "''", "tab", "" for nothing), `suffix` is *bis* or *alt* after the number,
    `end` is where the text begins, `is_bracketed` says that a square bracket opens before the label.
    """

    meanings: tuple[Meaning, ...]
    frame: str
    suffix: Suffix
    end: int
    is_bracketed: bool = False


_DIGITS: Final = "0-9٠-٩۰-۹０-９"
_HAN_NUMBER: Final = "一二三四五六七八九十百千零〇"
# The stems 甲乙丙 stand for (a), (b), (c) in Chinese treaties, the branches 子丑寅 for (i), (ii), (iii).
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
# Without the line that lengthens letters, which stands for a dash behind a number.
_ARABIC: Final = "\u0621-\u063f\u0641-\u064a"
_TOKEN: Final = (
    rf"(?:[{_DIGITS}]{{1,4}}(?:\.[{_DIGITS}]{{1,3}}){{0,4}}|[A-Za-zñÑ]{{1,7}}|[\u0400-\u04ff]{{1,3}}"
    rf"|[{_HAN_NUMBER}]{{1,7}}|[{_STEMS}{_BRANCHES}]|[{_ARABIC}](?:\s[{_ARABIC}]){{0,2}}(?![{_ARABIC}]))"
)


SUFFIX: Final = suffix_pattern()
_OPEN: Final = r"\s*(?P<open>\[(?:\s*\[)*)?\s*"
_DASH: Final = "[-–—―\u0640]"
_SHUT: Final = r"(?(open)\]?)"
_ENCLOSED: Final = re.compile(
    rf"{_OPEN}(?:§\s*)?[(（]\s*(?P<token>{_TOKEN})(?P<in>{SUFFIX})?\s*[)）](?P<out>{SUFFIX})?[.．:：]?{_SHUT}\s*"
)
_CLOSED: Final = re.compile(rf"{_OPEN}(?P<token>{_TOKEN})(?P<in>{SUFFIX})?\s?[)）](?P<out>{SUFFIX})?{_SHUT}\s*")
_QUOTED: Final = re.compile(
    rf"{_OPEN}[‘’'`´“”\"«]\s*(?P<token>[{_DIGITS}]{{1,3}})(?P<in>{SUFFIX})?\s*[’‘'`´”“\"»](?P<out>{SUFFIX})?(?:\s+|$)"
)
_DOTTED: Final = re.compile(
    rf"{_OPEN}(?P<token>{_TOKEN})(?P<in>{SUFFIX})?\s?(?:(?P<dot>[.．。])(?=\s|$|[^\s{_DIGITS}a-z.,)])|(?P<comma>、)){_SHUT}\s*"
)
_DASHED: Final = re.compile(rf"{_OPEN}(?P<token>{_TOKEN})(?P<in>{SUFFIX})?\s?{_DASH}+(?=\s|$|[^\W\d_])\s*")
_TABBED: Final = re.compile(rf"{_OPEN}(?P<token>{_TOKEN})(?P<in>{SUFFIX})?\t+\s*")
_ALONE: Final = re.compile(r"\s*(?P<token>[IVXL]{1,7})\s*$")
_POINTS: Final = re.compile(rf"{_OPEN}(?P<token>[{_DIGITS}]{{1,3}}(?:\.[{_DIGITS}]{{1,3}}){{1,4}})(?P<in>{SUFFIX})?\s+")
_REVERSED: Final = re.compile(rf"\s*(?:{_DASH}|\.)\s?(?P<token>[{_DIGITS}]{{1,4}})(?P<in>{SUFFIX})?\s+")
_BULLET: Final = re.compile(r"\s*(?P<token>[•·▪◦‣●○■□▶➢\uf0b7\uf0a7]|[-–—*](?=\s))\s*")
_PARAGRAPH_OF_PREAMBLE: Final = re.compile(
    rf"{_OPEN}(?P<kind>PP|OP|ПП|ПО)\s?(?P<token>[{_DIGITS}]{{1,3}})(?P<in>{SUFFIX})?\s*[.:)\]]?\s+"
)
_CIRCLED: Final = re.compile(r"\s*(?P<token>[\u2460-\u249b\u3220-\u3229])\s*")
_CIRCLED_SETS: Final = ((0x2460, "()"), (0x2474, "()"), (0x2488, "."), (0x3220, "(一)"))
_ADVERB: Final = re.compile(
    rf"\s*(?P<token>{'|'.join(sorted(ARABIC_ADVERBS, key=len, reverse=True))})\s*(?:{_DASH}+|[:.])\s*"
)
_NAME: Final = re.compile(rf"\s*(?P<token>{'|'.join(ABJAD_NAMES)})\s*(?:{_DASH}+|[:.])\s*")
_PLAIN: Final = (
    (_ENCLOSED, "()"),
    (_QUOTED, "''"),
    (_CLOSED, ")"),
    (_DOTTED, "."),
    (_DASHED, "-"),
    (_TABBED, "tab"),
)
_MAX_LABEL_LETTERS: Final = 3
_REACH: Final = 240

# Cyrillic letters that are typed for the Latin ones they look like.
_LOOKALIKES: Final = str.maketrans("асеорхуіѕј", "aceopxyisj")
_CAPITAL_LOOKALIKES: Final = str.maketrans("АВСЕНІЈКМОРЅТХУ", "abcehijkmopstxy")
_SPANISH: Final = "abcdefghijklmnñopqrstuvwxyz"
_ABJAD: Final = "".join(letter.rstrip("ـ") for letter in ABJAD_LETTERS) + "ظغ"
# Each order of letters with how much less usual it is than the first of its script.
_ORDERS: Final = (
    (LATIN_LETTERS, 0.0),
    (_SPANISH, 0.3),
    (_ABJAD, 0.0),
    (ARABIC_ALPHABET, 0.3),
    *((order, 0.05 * index) for index, order in enumerate(RUSSIAN_LETTER_ORDERS)),
)
_UNUSUAL: Final = 0.3
# A number, a dash and a number may be a range: "7 - 8 June".
_RANGE: Final = 2.5


def read_mark(text: str, language: str) -> Mark | None:
    """Return the label at the beginning of a line, `None` if it has none.

    Whether the line is meant to begin with a label is not decided here: "(a) of article 3" has one too.
    """
    bare, places = skeleton(text)
    # Spaces before it and what is far behind it are not looked at, so that no line takes long.
    margin = len(bare) - len(bare.lstrip())
    found = _read(bare[margin : margin + _REACH], language)
    return None if found is None else found._replace(end=place_in(places, margin + found.end))


def letters_label(value: int) -> str:
    """Return the neutral form of the letter with a place in its order: 1 → a, 27 → aa, 28 → bb."""
    repeats, index = divmod(value - 1, len(LATIN_LETTERS))
    return LATIN_LETTERS[index] * (repeats + 1)


def join_label(label: str, suffix: Suffix) -> str:
    """Return a label with its suffix: "53" and *bis* → "53 bis"."""
    return f"{label} {suffix}" if suffix else label


def _read(text: str, language: str) -> Mark | None:
    for pattern, frame in _PLAIN:
        match = pattern.match(text)
        if match is None or _is_part_of_word(text, match, frame):
            continue
        meanings = token_meanings(match["token"], frame, language)
        if frame == "-" and text[match.end() : match.end() + 1].isdigit():
            meanings = tuple(meaning._replace(cost=meaning.cost + _RANGE) for meaning in meanings)
        if meanings:
            return _mark(match, meanings, frame)
    return _read_rare(text, language)


def _read_rare(text: str, language: str) -> Mark | None:
    match = _PARAGRAPH_OF_PREAMBLE.match(text)
    if match:
        value = int(match["token"])
        return _mark(match, (Meaning("pp" if match["kind"] in {"PP", "ПП"} else "op", value, str(value)),), "word")
    if language == "ar":
        found = _read_arabic(text)
        if found:
            return found
    match = _POINTS.match(text)
    if match:
        return _mark(
            match, tuple(each._replace(cost=_UNUSUAL) for each in token_meanings(match["token"], ".", language)), "."
        )
    match = _CIRCLED.match(text)
    if match:
        start, frame = next(each for each in reversed(_CIRCLED_SETS) if ord(match["token"]) >= each[0])
        value = ord(match["token"]) - start + 1
        meaning = _han_meaning(value, frame) if frame == "(一)" else Meaning("digit", value, str(value))
        return Mark((meaning,), "()" if frame == "(一)" else frame, NO_SUFFIX, match.end())
    match = _BULLET.match(text)
    if match:
        return Mark((Meaning("bullet", 1, ""),), match["token"], NO_SUFFIX, match.end())
    match = _ALONE.match(text)
    return Mark(token_meanings(match["token"], ".", language), ".", NO_SUFFIX, match.end()) if match else None


def _read_arabic(text: str) -> Mark | None:
    match = _ADVERB.match(text)
    if match:
        value = from_arabic_ordinal(match["token"]) or 0
        return Mark((Meaning("ROMAN", value, to_roman(value)),), "word", NO_SUFFIX, match.end())
    match = _NAME.match(text)
    if match:
        letter = from_abjad_name(match["token"]) or ""
        return Mark(
            (Meaning("LETTER", LATIN_LETTERS.index(letter) + 1, letter.upper()),), "word", NO_SUFFIX, match.end()
        )
    match = _REVERSED.match(text)
    return _mark(match, token_meanings(match["token"], "-", "ar"), "-") if match else None


def _mark(match: re.Match[str], meanings: tuple[Meaning, ...], frame: str) -> Mark:
    groups = match.groupdict()
    suffix = read_suffix(f"{groups.get('in') or ''} {groups.get('out') or ''}")
    return Mark(meanings, frame, suffix, match.end(), bool(groups.get("open")))


def _is_part_of_word(text: str, match: re.Match[str], frame: str) -> bool:
    """Whether what seems a label is the beginning of a word or an abbreviation: "U.S. policy", "pre-war", "a - b"."""
    token = match["token"]
    after = match.end("token")
    if token[0].isdigit():
        # "65-е заседание"; with a space, or before a capital or an Arabic letter, the dash ends a label.
        return frame == "-" and text[after : after + 1] != " " and text[match.end() : match.end() + 1].islower()
    if frame == "-":
        # A letter is a label only with space before the dash: "A - Introduction", not "X-ray".
        return not text[after : after + 1].isspace() and not "\u0621" <= token[0] <= "\u064a"
    if frame == ".":
        return text[after : after + 1] == "." and text[after + 2 : after + 3] == "."
    return frame == "tab" and len(token) > 1 and not token.isupper()


@lru_cache(maxsize=4096)
def token_meanings(token: str, frame: str, language: str) -> tuple[Meaning, ...]:
    """Return every way in which a label without its marks can be meant, the likeliest first; nothing for a mere word."""
    if token[0].isdigit():
        return _digit_meanings(token, frame)
    number = from_chinese(token.replace("〇", "零"))
    if number is not None:
        return (_han_meaning(number, frame),)
    if token in _STEMS:
        return (Meaning("letter", _STEMS.index(token) + 1, letters_label(_STEMS.index(token) + 1)),)
    if token in _BRANCHES:
        return (_han_meaning(_BRANCHES.index(token) + 1, "()"),)
    found: dict[tuple[str, int], Meaning] = {}
    for meaning in (*_letter_meanings(token, language), *_roman_meanings(token)):
        known = found.get((meaning.series, meaning.value))
        if known is None or meaning.cost < known.cost:
            found[meaning.series, meaning.value] = meaning
    return tuple(sorted(found.values(), key=lambda meaning: meaning.cost))


def _han_meaning(number: int, frame: str) -> Meaning:
    """Return what a Chinese numeral means: 一、 heads a section, （一） is an item of a list."""
    label = to_roman(number)
    is_section = frame in {".", "-", "tab", "word"}
    return Meaning("ROMAN" if is_section else "roman", number, label if is_section else label.lower())


def _digit_meanings(token: str, frame: str) -> tuple[Meaning, ...]:
    if "." in token:
        numbers = [int(part) for part in token.split(".")]
        return (Meaning("points", numbers[-1], ".".join(map(str, numbers))),) if numbers[-1] else ()
    value = int(token)
    if frame == "''" and value <= MAX_ROMAN_LABEL:
        # ‘2’ in Arabic stands for (ii) in the other languages.
        return (Meaning("roman", value, to_roman(value).lower()),) if value else ()
    return (Meaning("digit", value, str(value)),) if value else ()


def _letter_meanings(token: str, language: str) -> list[Meaning]:
    letters = token.split() if " " in token else list(token)
    if len(set(letters)) != 1 or len(letters) > _MAX_LABEL_LETTERS:
        return []
    more = len(LATIN_LETTERS) * (len(letters) - 1)
    is_capital = letters[0].isupper()
    letter = letters[0].lower().replace("ا", "أ")
    places = [(order.find(letter), cost) for order, cost in _ORDERS if order != _SPANISH or language == "es"]
    likeness = letters[0].translate(_CAPITAL_LOOKALIKES if is_capital else _LOOKALIKES)
    if likeness != letters[0]:
        places.append((LATIN_LETTERS.index(likeness), _UNUSUAL))
    return [
        Meaning("LETTER", place + more + 1, letters_label(place + more + 1).upper(), cost)
        if is_capital
        else Meaning("letter", place + more + 1, letters_label(place + more + 1), cost)
        for place, cost in places
        if place >= 0
    ]


def _roman_meanings(token: str) -> list[Meaning]:
    number = from_roman(token)
    if number is None or number > MAX_ROMAN_LABEL:
        return []
    return [Meaning("ROMAN" if token.isupper() else "roman", number, token)]
