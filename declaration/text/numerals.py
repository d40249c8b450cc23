"""Numbers and letters as the six official languages print them, to and fro.

In neutral form a number is an `int` and a letter is Latin ("a"), so that clause (a) is the same clause in all languages.
Arabic lists follow the abjad order that United Nations documents use (أ ب ج د هـ و ز ح ط ي …).
"""

import re
from typing import Final

MAX_ROMAN: Final = 3999
MAX_CHINESE: Final = 9999

_ROMAN: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ROMAN_FORM: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

_CHINESE_DIGITS: Final = "零一二三四五六七八九"
_CHINESE_UNITS: Final = ((1000, "千"), (100, "百"), (10, "十"))
_CHINESE_TEENS: Final = range(10, 20)
_CHINESE_FORM: Final = re.compile(
    r"(?:([二三四五六七八九一])千)?零?(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九]?)十)?零?([一二三四五六七八九])?"
)

LATIN_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
ABJAD_LETTERS: Final = (
    *("أ", "ب", "ج", "د", "هـ", "و", "ز", "ح", "ط", "ي", "ك", "ل", "م"),
    *("ن", "س", "ع", "ف", "ص", "ق", "ر", "ش", "ت", "ث", "خ", "ذ", "ض"),
)
"""The Arabic letter that stands for each Latin one in a list."""

ABJAD_NAMES: Final = (
    *("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام", "ميم"),
    *("نون", "سين", "عين", "فاء", "صاد", "قاف", "راء", "شين", "تاء", "ثاء", "خاء", "ذال", "ضاد"),
)
"""The letters' names, which head the subdivisions of reports ("ألف -" where English has "A.")."""

ARABIC_ALPHABET: Final = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
"""The Arabic letters in the order of the dictionary, which some lists follow instead of the abjad order."""

RUSSIAN_LETTERS: Final = "абвгдежзиклмнопрстуфхцчшщыэюя"
"""The Cyrillic letters of lists as word processors count them, without ё, й, ъ and ь."""

RUSSIAN_LETTER_ORDERS: Final = (
    RUSSIAN_LETTERS,
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "абвгдежзийклмнопрстуфхцчшщэюя",
    "абвгдежиклмнпрстуфхцшщэюя",
    "абвгдежзиклмнопрстуфхцчшщэюя",
)
"""Orders in which Russian lists run: besides that one the whole alphabet, it without ё and the signs, and what GOST leaves."""

ARABIC_ADVERBS: Final = (
    *("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"),
    *("حادي عشر", "ثاني عشر", "ثالث عشر", "رابع عشر", "خامس عشر"),
    *("سادس عشر", "سابع عشر", "ثامن عشر", "تاسع عشر", "عشرون"),
)
"""First, secondly, thirdly …, which head the sections of reports ("أولا -" where English has "I.")."""

ARABIC_ORDINALS: Final = (
    *("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"),
    *("الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر"),
    *("السادس عشر", "السابع عشر", "الثامن عشر", "التاسع عشر", "العشرون"),
)
"""First, second, third … in the masculine, for parts and annexes ("الجزء الأول")."""

_FEMININE_UNITS: Final = (
    "الأولى",
    "الثانية",
    "الثالثة",
    "الرابعة",
    "الخامسة",
    "السادسة",
    "السابعة",
    "الثامنة",
    "التاسعة",
)
_FEMININE_TENS: Final = ("العشر", "الثلاث", "الأربع", "الخمس", "الست", "السبع", "الثمان", "التسع")


def _feminine_ordinals() -> dict[str, int]:
    """Return the ordinals that Arabic laws give their articles, up to 99: المادة الأولى, المادة الحادية والعشرون."""
    values = {word: number for number, word in enumerate((*_FEMININE_UNITS, "العاشرة"), start=1)}
    units = ("الحادية", *_FEMININE_UNITS[1:])
    values.update({f"{unit} عشرة": number for number, unit in enumerate(units, start=11)})
    for ten, word in enumerate(_FEMININE_TENS, start=2):
        for ending in ("ون", "ين"):
            values[word + ending] = ten * 10
            values.update({f"{unit} و{word}{ending}": ten * 10 + number for number, unit in enumerate(units, start=1)})
    return values


_FEMININE_VALUES: Final = _feminine_ordinals()

_ABJAD_VALUES: Final = {letter.rstrip("ـ"): latin for letter, latin in zip(ABJAD_LETTERS, LATIN_LETTERS, strict=True)}
_ADVERB_VALUES: Final = {word: number for number, word in enumerate(ARABIC_ADVERBS, start=1)}
_ORDINAL_VALUES: Final = {word: number for number, word in enumerate(ARABIC_ORDINALS, start=1)}
_NAME_VALUES: Final = dict(zip(ABJAD_NAMES, LATIN_LETTERS, strict=True))
# Vowel signs and tatweel, which printers add or leave out ("أولاً", "هـ").
_ARABIC_SIGNS: Final = re.compile("[\u0640\u064b-\u065f\u0670]")
_ARABIC_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def to_roman(number: int) -> str:
    """Return a Roman numeral in capitals. Raises `ValueError` outside 1 to 3999."""
    if not 1 <= number <= MAX_ROMAN:
        raise ValueError(f"{number} has no Roman numeral; only 1 to {MAX_ROMAN} have.")
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def from_roman(text: str) -> int | None:
    """Return the number of a well-formed Roman numeral in capitals or small letters, else `None`."""
    capitals = text.upper()
    if not text or text not in (capitals, text.lower()) or not _ROMAN_FORM.fullmatch(capitals):
        return None
    number, position = 0, 0
    for value, letters in _ROMAN:
        while capitals.startswith(letters, position):
            number += value
            position += len(letters)
    return number


def to_chinese(number: int) -> str:
    """Return a number in Chinese numerals: 21 → 二十一. Raises `ValueError` outside 1 to 9999."""
    if not 1 <= number <= MAX_CHINESE:
        raise ValueError(f"{number} is not printed in Chinese numerals here; only 1 to {MAX_CHINESE} are.")
    numeral, rest = "", number
    for value, unit in _CHINESE_UNITS:
        count, rest = divmod(rest, value)
        if count:
            numeral += _CHINESE_DIGITS[count] + unit
        elif numeral and rest and not numeral.endswith("零"):
            numeral += "零"
    numeral += _CHINESE_DIGITS[rest] if rest else ""
    return numeral[1:] if number in _CHINESE_TEENS else numeral


def from_chinese(text: str) -> int | None:
    """Return the number of a Chinese numeral (二十一) up to 9999, else `None`."""
    match = _CHINESE_FORM.fullmatch(text)
    if not text or match is None:
        return None
    thousands, hundreds, tens, ones = match.groups()
    number = 0
    for value, digit in ((1000, thousands), (100, hundreds), (10, "一" if tens == "" else tens), (1, ones)):
        number += value * (_CHINESE_DIGITS.index(digit) if digit else 0)
    # Left out zeros ("一百一") are refused: in speech they stand for tens.
    printed = to_chinese(number) if number else ""
    return (
        number
        if text in {printed, printed.replace("一十", "十"), "一" + printed * (number in _CHINESE_TEENS)}
        else None
    )


def western_digits(text: str) -> str:
    """Return a text with Arabic-Indic and extended Arabic digits as Western ones."""
    return text.translate(_ARABIC_DIGITS)


def to_abjad(letters: str) -> str:
    """Return a Latin list letter, or letters ("aa"), as Arabic documents print it: "e" → هـ, "aa" → أ أ.

    Raises `ValueError` for what is no small Latin letter.
    """
    if not letters or any(letter not in LATIN_LETTERS for letter in letters):
        raise ValueError(f"“{letters}” is no list letter from a to z.")
    return " ".join(ABJAD_LETTERS[LATIN_LETTERS.index(letter)] for letter in letters)


def from_abjad(text: str) -> str | None:
    """Return the Latin list letter of an Arabic one, however it is printed (ا, أ, هـ, ه), else `None`."""
    letters = [_ARABIC_SIGNS.sub("", part) for part in text.split()]
    latin = [_ABJAD_VALUES.get("أ" if letter == "ا" else letter, "") for letter in letters]
    return "".join(latin) if latin and all(latin) else None


def from_abjad_name(text: str) -> str | None:
    """Return the Latin letter of an Arabic letter's name (ألف → a), else `None`."""
    return _NAME_VALUES.get(_ARABIC_SIGNS.sub("", text))


def from_arabic_ordinal(text: str) -> int | None:
    """Return the number of an Arabic ordinal or adverb, else `None`.

    Masculine ordinals and adverbs go up to 20 (الأول, أولاً, حادي عشر), feminine ones to 99 (الأولى, الحادية والعشرون).
    """
    plain = " ".join(_ARABIC_SIGNS.sub("", text).split())
    return _ORDINAL_VALUES.get(plain) or _ADVERB_VALUES.get(plain) or _FEMININE_VALUES.get(plain)
