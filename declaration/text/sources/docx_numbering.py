"""The automatic numbers of a Word file, counted as a word processor counts them (ECMA-376 part 1, 17.9)."""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from declaration.text.sources.docx_names import Names
from declaration.text.sources.docx_styles import Styles
from declaration.text.sources.lines import AutoNumber
from declaration.text.sources.number_formats import BULLET, format_number, is_known

_LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")
_DOT: Final = "•"
_MAX_LABEL: Final = 60


@dataclass
class Level:
    """One level of a list: where its count starts, how its number is written, and when it begins again."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    is_legal: bool = False
    indent: int | None = None


@dataclass
class AbstractList:
    """A list's definition with its present counts; all lists that share a definition share the counts."""

    levels: dict[int, Level]
    styles: dict[str, int]
    link: str = ""
    counts: dict[int, int] = field(default_factory=dict)


@dataclass
class List:
    """A list in use: its definition and what it sets otherwise."""

    abstract: AbstractList
    overrides: dict[int, Level]
    starts: dict[int, int]
    started: set[int] = field(default_factory=set)

    def level(self, index: int) -> Level:
        """Return what holds for a level; one that is not defined counts plainly."""
        return self.overrides.get(index) or self.abstract.levels.get(index) or Level(text=f"%{index + 1}.")


class Numbering:
    """The lists of a file, counting on with each paragraph that is asked for in the order of the text."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[int, List] = {}
        self.unknown_formats: set[str] = set()
        if root is not None:
            self._read(root)

    def place(self, names: Names, own: etree._Element | None) -> tuple[int, int] | None:
        """Return the list and level of a paragraph, from its own properties or its style's; `None` for no list."""
        key = self._styles.key(names, own)
        number_id = level = None
        for properties in self._styles.properties(key, own):
            element = properties.find(names["numPr"])
            if element is None:
                continue
            level = names.number(element.find(names["ilvl"])) if level is None else level
            number_id = names.number(element.find(names["numId"])) if number_id is None else number_id
            if number_id is not None:
                break
        if not number_id or number_id not in self._lists:
            return None
        if level is None:
            level = self._level_of_style(number_id, key)
        return number_id, min(max(level, 0), _LEVELS - 1)

    def count(self, list_id: int, level: int) -> AutoNumber | None:
        """Count one paragraph on, and return its number; `None` if the list prints nothing there."""
        used = self._lists[list_id]
        counts = used.abstract.counts
        definition = used.level(level)
        if level in used.starts and level not in used.started:
            counts[level] = used.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else definition.start
        used.started.add(level)
        for deeper in range(level + 1, _LEVELS):
            after = used.level(deeper).restarts_after
            if after is None or (after > 0 and level < after):
                counts.pop(deeper, None)
        if not is_known(definition.format):
            self.unknown_formats.add(definition.format)
        text = self._text(used, level)
        if not text:
            return None
        value = None if definition.format in {BULLET, "none"} else counts[level]
        return AutoNumber(text[:_MAX_LABEL], definition.format, value, level, list_id)

    def indent(self, list_id: int, level: int) -> int | None:
        """Return where the text of a level stands."""
        return self._lists[list_id].level(level).indent

    def _text(self, used: List, level: int) -> str:
        definition = used.level(level)
        if definition.format == BULLET:
            return _DOT
        counts = used.abstract.counts

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            above = used.level(index)
            value = counts.get(index, above.start)
            return format_number(value, "decimal" if definition.is_legal else above.format)

        return _PLACE.sub(number, definition.text).strip()

    def _level_of_style(self, list_id: int, key: str) -> int:
        levels = self._lists[list_id].abstract.styles
        return next((levels[each] for each in self._styles.keys_with_ancestors(key) if each in levels), 0)

    def _read(self, root: etree._Element) -> None:
        names = Names(root)
        abstracts: dict[str, AbstractList] = {}
        links: dict[str, AbstractList] = {}
        for element in root.iter(names["abstractNum"]):
            abstract = _read_abstract(names, element)
            abstracts[element.get(names["abstractNumId"], "")] = abstract
            link = names.value(element.find(names["styleLink"]))
            if link:
                links[link] = abstract
        for element in root.iter(names["num"]):
            key = names.number(element, "numId")
            chosen = abstracts.get(names.value(element.find(names["abstractNumId"])))
            if key is None or chosen is None:
                continue
            overrides, starts = _read_overrides(names, element)
            self._lists[key] = List(links.get(chosen.link, chosen), overrides, starts)


def _read_abstract(names: Names, element: etree._Element) -> AbstractList:
    levels: dict[int, Level] = {}
    styles: dict[str, int] = {}
    for child in element.findall(names["lvl"]):
        index = names.number(child, "ilvl")
        if index is None:
            continue
        levels[index] = _read_level(names, child)
        style = names.value(child.find(names["pStyle"]))
        if style:
            styles[style] = index
    return AbstractList(levels, styles, names.value(element.find(names["numStyleLink"])))


def _read_overrides(names: Names, element: etree._Element) -> tuple[dict[int, Level], dict[int, int]]:
    overrides: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for child in element.findall(names["lvlOverride"]):
        index = names.number(child, "ilvl")
        if index is None:
            continue
        level = child.find(names["lvl"])
        if level is not None:
            overrides[index] = _read_level(names, level)
        start = names.number(child.find(names["startOverride"]))
        if start is not None:
            starts[index] = start
    return overrides, starts


def _read_level(names: Names, element: etree._Element) -> Level:
    start = names.number(element.find(names["start"]))
    indent = element.find(f"{names['pPr']}/{names['ind']}")
    left = names.number(indent, "start")
    return Level(
        start=1 if start is None else start,
        format=names.value(element.find(names["numFmt"]), "decimal"),
        text=names.value(element.find(names["lvlText"])),
        restarts_after=names.number(element.find(names["lvlRestart"])),
        is_legal=names.is_on(element.find(names["isLgl"])),
        indent=names.number(indent, "left") if left is None else left,
    )
