"""How the number of a clause is printed beside its words, and how a clause is cited, in the six languages.

What is stored of a number is the same in all languages ("3", "1 bis", "a", "ii"). What is printed of it follows the
custom of each language's United Nations documents: "Article 3", "1.", "(a)", "(ii)"; "المادة 3", "1 -", "(أ)", "'2'"; "第三条".
"""

import re
from collections.abc import Mapping
from typing import Final

from declaration.text.eids import ELEMENT_REFS, parse_eid

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "preamble": {
        "en": "Preamble",
        "ar": "الديباجة",
        "fr": "Préambule",
        "es": "Preámbulo",
        "ru": "Преамбула",
        "zh": "序言",
    },
    "part": {"en": "Part", "ar": "الجزء", "fr": "Partie", "es": "Parte", "ru": "Часть", "zh": "第{}部分"},
    "section": {"en": "Section", "ar": "الفرع", "fr": "Section", "es": "Sección", "ru": "Раздел", "zh": "第{}节"},
    "article": {"en": "Article", "ar": "المادة", "fr": "Article", "es": "Artículo", "ru": "Статья", "zh": "第{}条"},
    "annex": {"en": "Annex", "ar": "المرفق", "fr": "Annexe", "es": "Anexo", "ru": "Приложение", "zh": "附件{}"},
}
"""The word before a number, or in Chinese around it, of the clauses that are headings."""

_CITED: Final[Mapping[str, Mapping[str, str]]] = {
    "preambular_paragraph": {
        "en": "preambular paragraph {}",
        "ar": "الفقرة {} من الديباجة",
        "fr": "alinéa {} du préambule",
        "es": "párrafo {} del preámbulo",
        "ru": "пункт {} преамбулы",
        "zh": "序言部分第{}段",
    },
    "paragraph": {
        "en": "paragraph {}",
        "ar": "الفقرة {}",
        "fr": "paragraphe {}",
        "es": "párrafo {}",
        "ru": "пункт {}",
        "zh": "第{}款",
    },
}
_SEPARATORS: Final[Mapping[str, str]] = {"ar": "، ", "zh": ""}
_KINDS: Final[Mapping[str, str]] = {
    **{reference: kind for kind, reference in ELEMENT_REFS.items()},
    "para": "paragraph",
}
_ABJAD: Final = "أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض".split()
_REPEATED: Final[Mapping[str, Mapping[str, str]]] = {
    "ar": {"bis": "مكررا", "ter": "مكررا ثانيا", "quater": "مكررا ثالثا", "quinquies": "مكررا رابعا"},
    "zh": {"bis": "之二", "ter": "之三", "quater": "之四", "quinquies": "之五"},
}
_REPEATED_NUMBER: Final = re.compile(r"([0-9]+|[ivxlcIVXLC]+)[ -]?(bis|ter|quater|quinquies)")
_ROMAN: Final = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES: Final[Mapping[str, int]] = {"i": 1, "v": 5, "x": 10}
_HAN_DIGITS: Final = "〇一二三四五六七八九"
_BEFORE_TEN: Final = 10
_BELOW_HUNDRED: Final = 100


def print_label(kind: str, label: str, language: str) -> str:
    """Return what stands beside a clause's words: "Article 3", "1.", "(a)"; empty where nothing is printed.

    A preamble has its name, headings have their word even without a number ("Annex"), a preambular paragraph is printed
    without a number of its own unless it has a label.
    """
    if kind in _WORDS:
        return _headed(kind, label, language)
    if not label:
        return ""
    if kind == "subparagraph":
        return _bracketed(_letter(label, language), language)
    if kind == "item":
        return _item(label, language)
    return f"{_number(label, language)} -" if language == "ar" else f"{_number(label, language)}."


def cite_clause(eid: str, language: str) -> str:
    """Return how a clause is cited within its text, from its identifier: "Article 3, paragraph 1 (a)".

    Raises `ValueError` for a text that is no identifier.
    """
    parts: list[str] = []
    for reference, number in parse_eid(eid):
        kind = _KINDS.get(reference, reference)
        if kind in {"subparagraph", "item"} and parts:
            parts[-1] += _appended(kind, number, language)
        else:
            parts.append(_cited(kind, number, language))
    text = _SEPARATORS.get(language, ", ").join(_lowered(part, index) for index, part in enumerate(parts))
    return text[:1].upper() + text[1:]


def _headed(kind: str, label: str, language: str) -> str:
    word = _WORDS[kind][language]
    if language == "zh":
        return word.format(_han(label)) if label or kind in {"preamble", "annex"} else word.format("")
    return f"{word} {_number(label, language)}" if label else word


def _cited(kind: str, number: str, language: str) -> str:
    if kind in _WORDS:
        return _headed(kind, number, language)
    if kind in {"subparagraph", "item"}:
        return _appended(kind, number, language).strip()
    pattern = _CITED.get(kind, _CITED["paragraph"])[language]
    return pattern.format(_number(number, language))


def _appended(kind: str, number: str, language: str) -> str:
    label = _item(number, language) if kind == "item" else _bracketed(_letter(number, language), language)
    return f"{label}项" if language == "zh" and kind == "subparagraph" else f" {label}".replace(" ", "", language == "zh")


def _lowered(part: str, index: int) -> str:
    return part[:1].lower() + part[1:] if index else part


def _bracketed(label: str, language: str) -> str:
    return f"{label})" if language in {"fr", "es", "ru"} else f"({label})"


def _item(label: str, language: str) -> str:
    value = _roman(label)
    if language == "ar" and value:
        return f"'{value}'"
    if language == "zh" and value:
        return f"({_han(str(value))})"
    return _bracketed(label, language)


def _letter(label: str, language: str) -> str:
    if language == "ar" and len(label) == 1 and "a" <= label <= "z":
        return _ABJAD[ord(label) - ord("a")]
    return label


def _number(label: str, language: str) -> str:
    """Return a number as printed: "1 bis" and its like in the language's own words."""
    match = _REPEATED_NUMBER.fullmatch(label)
    if match is None:
        return label
    number, repeated = match.groups()
    word = _REPEATED.get(language, {}).get(repeated, repeated)
    return f"{number}{word}" if language == "zh" else f"{number} {word}"


def _han(label: str) -> str:
    """Return a number below 100 in Chinese numerals ("12" → 十二); anything else as it is."""
    match = _REPEATED_NUMBER.fullmatch(label)
    if match:
        return _han(match[1]) + _REPEATED["zh"][match[2]]
    if not label.isascii() or not label.isdigit() or not 0 < int(label) < _BELOW_HUNDRED:
        return label
    tens, ones = divmod(int(label), _BEFORE_TEN)
    ten = "" if not tens else "十" if tens == 1 else f"{_HAN_DIGITS[tens]}十"
    return ten + (_HAN_DIGITS[ones] if ones else "")


def _roman(label: str) -> int:
    """Return the value of a small Roman number up to 39, or 0."""
    if not label or not _ROMAN.fullmatch(label):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in label]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
