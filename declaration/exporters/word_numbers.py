"""The automatic numbers of a draft's Word file (ECMA-376 part 1, 17.9): one multi-level list for each language.

A number is left to the word processor where it prints it exactly as the text does; "3 bis", "Article premier" and the Arabic
ordinals, which no number format has, are typed, and the count goes on behind them. Each row of clauses begins its count with
a list of its own that is told where to start, and no level begins anew by itself, so that Word, LibreOffice and the importer
count alike.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from declaration.exporters.reading import Words
from declaration.exporters.word_language import is_right_to_left, set_fonts
from declaration.exporters.word_styles import STEP
from declaration.text.numerals import LATIN_LETTERS, from_roman
from declaration.text.printer import print_labels
from declaration.text.sources.number_formats import format_number
from declaration.text.suffixes import split_label

_LEVELS: Final = 9
_TATWEEL: Final = "\u0640"
_LETTERED: Final = frozenset({"subparagraph", "item"})
_COUNTED: Final = frozenset({"part", "section", "article", "paragraph", "operative_paragraph", "annex", *_LETTERED})
_HEADS: Final = frozenset({"part", "section", "article", "annex"})


@dataclass(frozen=True)
class Numbered:
    """How a clause's label is set: typed (`label`), or as the next number of a list on a level (`list_id` above 0)."""

    label: str
    list_id: int = 0
    level: int = 0

    @property
    def is_automatic(self) -> bool:
        """Whether the word processor prints it."""
        return self.list_id > 0


@dataclass(frozen=True)
class _Shape:
    """What one level prints: a number format, what stands around the number, and how far from the margin its text stands.

    `indent` is counted in steps; 0 is a heading, whose number is followed by a space.
    """

    format: str
    pattern: str
    indent: int


@dataclass
class _Row:
    """The last number of a level, and the list that it was counted in."""

    value: int
    list_id: int


class Numbering:
    """The lists of a file."""

    def __init__(self) -> None:
        self._levels: list[tuple[_Shape, str]] = []
        self._lists: list[tuple[int, int, int]] = []

    def number(self, column: Sequence[Words], indents: Sequence[int]) -> list[Numbered]:
        """Return for each clause of a text in one language how its label is set; `indents` are in steps from the margin."""
        if not column:
            return []
        language = column[0].language
        labels = print_labels(column, language)
        parents = list(_parents(column))
        romans = _romans(column, parents)
        rows: dict[int, _Row] = {}
        result = []
        for index, (words, label) in enumerate(zip(column, labels, strict=True)):
            found = _find_shape(words, label, indents[index], is_roman=romans[index])
            if found is None:
                result.append(Numbered(label))
                continue
            shape, value = found
            slot = self._slot(shape, language)
            row = rows.get(slot)
            if row is None or row.value + 1 != value:
                self._lists.append((slot // _LEVELS, slot % _LEVELS, value))
                row = rows[slot] = _Row(value, len(self._lists))
            row.value = value
            result.append(Numbered(label, row.list_id, slot % _LEVELS))
        return result

    def _slot(self, shape: _Shape, language: str) -> int:
        """Return the place of a shape among all levels; each nine of them are one list definition."""
        wanted = (shape, language)
        if wanted not in self._levels:
            self._levels.append(wanted)
        return self._levels.index(wanted)

    def fill(self, root: Any) -> None:
        """Write the definitions and the lists into a numbering part's element, instead of what is there."""
        for child in list(root):
            root.remove(child)
        for number, first in enumerate(range(0, len(self._levels), _LEVELS)):
            abstract = _element(root, "abstractNum", abstractNumId=number)
            _element(abstract, "multiLevelType", val="multilevel")
            for level, (shape, language) in enumerate(self._levels[first : first + _LEVELS]):
                _write_level(abstract, level, shape, language)
        for number, (abstract_id, level, start) in enumerate(self._lists, start=1):
            used = _element(root, "num", numId=number)
            _element(used, "abstractNumId", val=abstract_id)
            _element(_element(used, "lvlOverride", ilvl=level), "startOverride", val=start)


def _write_level(abstract: Any, number: int, shape: _Shape, language: str) -> None:
    level = _element(abstract, "lvl", ilvl=number)
    _element(level, "start", val=1)
    _element(level, "numFmt", val=shape.format)
    _element(level, "lvlRestart", val=0)
    _element(level, "suff", val="tab" if shape.indent else "space")
    _element(level, "lvlText", val=shape.pattern.format(f"%{number + 1}"))
    _element(level, "lvlJc", val="left")
    properties = _element(level, "pPr")
    if shape.indent:
        _element(_element(properties, "tabs"), "tab", val="num", pos=STEP * shape.indent)
    _element(properties, "ind", left=STEP * shape.indent, **({"hanging": STEP} if shape.indent else {"firstLine": 0}))
    run_properties = _element(level, "rPr")
    set_fonts(run_properties)
    if is_right_to_left(language):
        _element(run_properties, "rtl")


def _element(parent: Any, name: str, **attributes: object) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    parent.append(element)
    return element


def _find_shape(words: Words, label: str, indent: int, *, is_roman: bool) -> tuple[_Shape, int] | None:
    """Return the shape and the number that print a label, `None` for one that is typed."""
    number, suffix = split_label(words.label)
    if words.kind not in _COUNTED or not number or suffix:
        return None
    bare = label.replace(_TATWEEL, "")
    for number_format, value in _candidates(words.kind, number, words.language, is_roman=is_roman):
        printed = re.escape(format_number(value, number_format))
        # Chinese writes numbers without spaces around them; elsewhere a letter within a word is no number.
        bounded = printed if words.language == "zh" else rf"(?<!\w){printed}(?!\w)"
        places = re.findall(bounded, bare) if printed and "{" not in bare else []
        if len(places) == 1:
            pattern = re.sub(bounded, "{}", bare)
            return _Shape(number_format, pattern, 0 if words.kind in _HEADS else indent), value
    return None


def _candidates(kind: str, number: str, language: str, *, is_roman: bool) -> Iterator[tuple[str, int]]:
    roman = from_roman(number) if is_roman else None
    if number.isascii() and number.isdigit() and not number.startswith("0"):
        yield from (("decimal", int(number)), *([("chineseCounting", int(number))] if language == "zh" else []))
    elif roman is not None:
        if language == "zh":
            yield "chineseCounting", roman
        yield ("upperRoman" if number.isupper() else "lowerRoman"), roman
        if language == "ar" and kind == "item":
            yield "decimal", roman
    elif len(set(number)) == 1 and number[0].lower() in LATIN_LETTERS:
        value = LATIN_LETTERS.index(number[0].lower()) + 1 + len(LATIN_LETTERS) * (len(number) - 1)
        yield ("upperLetter" if number.isupper() else "lowerLetter"), value
        if language == "ar" and value <= len(LATIN_LETTERS):
            yield "arabicAbjad", value


def _romans(column: Sequence[Words], parents: Sequence[int]) -> list[bool]:
    """Return for each clause whether its number is Roman: its row begins with one, or it heads a part or an annex."""
    firsts: dict[tuple[int, str], str] = {}
    for words, parent in zip(column, parents, strict=True):
        if words.label:
            firsts.setdefault((parent, words.kind), split_label(words.label)[0])
    starts = {"part": True, "annex": True}
    return [
        starts.get(words.kind, words.kind != "subparagraph" and firsts.get((parent, words.kind), "").lower() == "i")
        for words, parent in zip(column, parents, strict=True)
    ]


def _parents(column: Sequence[Words]) -> Iterator[int]:
    """Yield the place of the clause that each stands in, -1 at the top."""
    path: list[int] = []
    for index, words in enumerate(column):
        path = path[: words.depth]
        yield path[-1] if path else -1
        path.append(index)
