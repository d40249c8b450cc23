"""How a clause's number is printed and cited in each of the six official languages.

A clause's label is kept in a neutral form: Western digits, Latin letters, Roman numerals in capitals (small ones for
items), and the Latin words for clauses put in later: "3", "53 bis", "a", "ii", "IV". From it and the clause's kind come
the printed label ("Article 53 bis", "المادة 53 مكررا", "(أ)") and the citation ("article 3, paragraph 1 (a)").
"""

import re
from collections.abc import Sequence
from typing import Final

from declaration.text import label_words as words
from declaration.text.eids import ELEMENT_REFS, Step, parse_eid
from declaration.text.numerals import (
    ABJAD_NAMES,
    ARABIC_ADVERBS,
    ARABIC_ORDINALS,
    LATIN_LETTERS,
    from_roman,
    to_abjad,
    to_chinese,
)
from declaration.text.suffixes import part_label, read_suffix, split_label, written

__all__ = ["cite", "cite_clause", "cite_eid", "path_of_eid", "print_label", "print_number", "split_label", "title"]

_LETTERS: Final = re.compile(r"[a-z]{1,3}")
_ROMAN_LETTERS: Final = frozenset("IVX")
_ENCLOSED: Final = frozenset({"subparagraph", "item"})
_PARAGRAPHS: Final = frozenset({"paragraph", "operative_paragraph"})
# In Chinese their number stands between two characters, and what was added to it behind both.
_CIRCUMFIXED: Final = frozenset({"part", "section", "article", "paragraph"})
_STANDALONE_PARENTS: Final = frozenset({"part", "section"})
_KINDS: Final = {
    **{reference: kind for kind, reference in ELEMENT_REFS.items() if reference != "para"},
    "para": "paragraph",
}


def print_label(kind: str, label: str, language: str) -> str:
    """Return a clause's label as its language prints it, with the words and marks around it; empty if it prints none.

    `kind` is one of the kinds of clause. Preambles and their paragraphs are printed without a number; an annex that is
    the only one has its word. Raises `ValueError` for a language that is not one of the six.
    """
    _refuse_unknown(language)
    if kind in {"preamble", "preambular_paragraph"}:
        return ""
    if not label:
        return words.UNNUMBERED["annex"][language] if kind == "annex" else ""
    number, suffix = split_label(label)
    printed = words.PRINTED[kind][language] if kind in words.PRINTED else "{}"
    if kind == "section" and language == "zh" and not _is_roman(number):
        printed = "{}."
    is_circumfixed = language == "zh" and printed.startswith("第")
    if suffix and (kind in _ENCLOSED or is_circumfixed):
        # The addition stands outside what surrounds the number: (a) bis, 第五十三条之二.
        return printed.format(_number(kind, number, language)) + written(read_suffix(suffix), language)
    return printed.format(print_number(kind, label, language))


def print_number(kind: str, label: str, language: str) -> str:
    """Return only the number of a label, as a language writes it: "53 مكررا", "الأول", "أ", "一"."""
    number, suffix = split_label(label)
    return _number(kind, number, language) + written(read_suffix(suffix), language)


def title(kind: str, label: str, heading: str, language: str) -> str:
    """Return the line that heads a clause: label and heading ("Article 3 Solidarity"), or the one there is.

    A preamble without a heading is called what it is, and so is a preambular paragraph, by its citation.
    """
    line = " ".join(filter(None, (print_label(kind, label, language), heading)))
    if line or kind not in {"preamble", "preambular_paragraph"}:
        return line
    return _capitalised(cite([Step(kind, label)], language)) if kind == "preamble" or label else ""


def cite(path: Sequence[Step], language: str) -> str:
    """Return how a clause is cited within a sentence: "article 3, paragraph 1 (a)", "الفقرة 1 (أ) من المادة 3".

    `path` leads from the top of the text to the clause. Parts and sections are left out where a clause inside them is
    cited, because articles and paragraphs are numbered through. Raises `ValueError` for an empty path or a language that
    is not one of the six.
    """
    if not path:
        raise ValueError("A citation needs a clause.")
    _refuse_unknown(language)
    annex = next((index for index in reversed(range(len(path))) if path[index].kind == "annex"), None)
    outer = [] if annex is None else [_named(path[annex], language)]
    inside = list(path if annex is None else path[annex + 1 :])
    if not inside:
        return outer[0]
    kind = inside[-1].kind
    if kind in _STANDALONE_PARENTS:
        chain = [_named(step, language) for step in inside if step.kind in _STANDALONE_PARENTS]
    elif kind in {"preamble", "preambular_paragraph"}:
        chain = [_named(inside[-1], language)]
    else:
        chain = _operative([step for step in inside if step.kind not in _STANDALONE_PARENTS | {"preamble"}], language)
    return _join([*outer, *chain], language)


def cite_eid(eid: str, language: str) -> str:
    """Return how the clause with an identifier is cited within a sentence. Raises `ValueError` for what is none."""
    return cite(path_of_eid(eid), language)


def cite_clause(eid: str, language: str) -> str:
    """Return the same to stand by itself: "Article 3, paragraph 1 (a)"."""
    return _capitalised(cite_eid(eid, language))


def path_of_eid(eid: str) -> list[Step]:
    """Return the steps an identifier names, labels as printed ("53bis" → "53 bis"). Raises `ValueError`."""
    steps = []
    for reference, number in parse_eid(eid):
        if reference not in _KINDS:
            raise ValueError(f"“{reference}” in “{eid}” is no element that clauses have.")
        label = part_label(number).replace("-", ".")
        steps.append(Step(_KINDS[reference], label))
    return steps


def _operative(steps: list[Step], language: str) -> list[str]:
    """Return the article and what is inside it, from the outside in: letters and items follow their paragraph's number."""
    named = [step for step in steps if step.kind not in _ENCLOSED]
    enclosed = [step for step in steps if step.kind in _ENCLOSED]
    chain = [_named(step, language, of_article=index > 0) for index, step in enumerate(named)]
    marks = [print_label(step.kind, step.label or step.number, language) for step in enclosed]
    if not marks:
        return chain
    if language == "zh":
        units = (words.CITED[step.kind]["zh"].format(mark) for step, mark in zip(enclosed, marks, strict=True))
        return [*chain, "".join(units)]
    if named and (named[-1].kind in _PARAGRAPHS or language not in {"ar", "ru"}):
        # "paragraph 1 (a)", and in these languages "article 4 (a)" too.
        chain[-1] = " ".join([chain[-1], *marks])
        return chain
    return [*chain, words.CITED[enclosed[0].kind][language].format(" ".join(marks))]


def _named(step: Step, language: str, *, of_article: bool = False) -> str:
    kind = "paragraph" if step.kind in _PARAGRAPHS else step.kind
    label = step.label or step.number
    if kind == "preamble":
        return words.CITED["preamble"][language]
    if kind == "annex" and not label:
        return words.UNNUMBERED["annex"][language].lower()
    if language == "zh" and kind in _CIRCUMFIXED:
        number, suffix = split_label(label)
        pattern = words.CHINESE_PARAGRAPH_OF_ARTICLE if of_article and kind == "paragraph" else words.CITED[kind]["zh"]
        return pattern.format(_number(kind, number, "zh")) + written(read_suffix(suffix), "zh")
    return words.CITED[kind][language].format(print_number(kind, label, language))


def _join(chain: list[str], language: str) -> str:
    """Join what is cited, named from the outside in, in the order of the language."""
    result = chain[0]
    for inner in chain[1:]:
        outer = _genitive(result) if language == "ru" else result
        result = words.WITHIN[language].format(outer=outer, inner=inner)
    return result


def _genitive(russian: str) -> str:
    first, space, rest = russian.partition(" ")
    return words.RUSSIAN_GENITIVE.get(first, first) + space + rest


def _number(kind: str, number: str, language: str) -> str:
    if language == "fr" and kind == "article" and number == "1":
        return words.FIRST_ARTICLE["fr"]
    if language == "ar":
        return _arabic_number(kind, number)
    if language == "zh":
        return _chinese_number(kind, number)
    return number


def _arabic_number(kind: str, number: str) -> str:
    value = _value(number)
    if kind in {"part", "annex"} and value and value <= len(ARABIC_ORDINALS):
        return ARABIC_ORDINALS[value - 1]
    if kind == "section" and _is_roman(number) and value and value <= len(ARABIC_ADVERBS):
        return ARABIC_ADVERBS[value - 1]
    if kind == "section" and len(number) == 1 and number.lower() in LATIN_LETTERS:
        return ABJAD_NAMES[LATIN_LETTERS.index(number.lower())]
    if kind == "item" and (value := from_roman(number)):
        return str(value)
    if kind == "subparagraph" and _LETTERS.fullmatch(number):
        return to_abjad(number)
    return number


def _chinese_number(kind: str, number: str) -> str:
    value = _value(number)
    numbered = kind in {"part", "article", "annex", "item"} or (kind == "section" and _is_roman(number))
    return to_chinese(value) if numbered and value else number


def _value(number: str) -> int | None:
    if re.fullmatch(r"0*[1-9][0-9]{0,3}", number):
        return int(number)
    return from_roman(number)


def _is_roman(number: str) -> bool:
    """Whether a section's number is Roman; of single capitals only I, V and X are, the others are letters."""
    return number.isupper() and from_roman(number) is not None and (len(number) > 1 or number in _ROMAN_LETTERS)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _refuse_unknown(language: str) -> None:
    if language not in words.LANGUAGES:
        raise ValueError(f"“{language}” is not one of the languages {', '.join(words.LANGUAGES)}.")
