"""What paragraphs of a Word file look like, from their styles and their own properties (ECMA-376 part 1, 17.7).

United Nations templates call their headings H1, H23, H_1_G, H__Ch_G and the like; they are told by name, because most of
them have no outline level.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from declaration.text.sources.docx_names import Names
from declaration.text.sources.lines import Look

_MAX_CHAIN: Final = 20
_HEADING: Final = re.compile(r"^(?:heading|titre|título|titulo|заголовок|标题|العنوان)\s*([1-9])$", re.IGNORECASE)
# H Ch: chapter, H M: main title, H 1, H 2/3, H 4, H 5/6; "G" and "GR" are those of Geneva.
_UN_HEADING: Final = re.compile(r"^_?\s*h[\s_]*(ch|1|2[\s_/]*3|23|4|5[\s_/]*6|56)[\s_]*(?:g|gr|ga)?$", re.IGNORECASE)
_UN_LEVELS: Final = {"ch": 1, "1": 2, "2": 3, "4": 4, "5": 5}
_TITLE: Final = re.compile(r"^(?:title|subtitle|_?\s*h[\s_]*m[\s_]*(?:g|gr|ga)?|hm|sm[gm]?|s[ls]g)$", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"^(?:toc|contents|table of contents|оглавление|目录)\b", re.IGNORECASE)
_BODY_LEVEL: Final = 9


@dataclass(frozen=True)
class Style:
    """A style as the file has it; what is `None` or empty comes from the style it is based on."""

    name: str
    based_on: str
    properties: etree._Element | None
    run_properties: etree._Element | None


class Styles:
    """The paragraph styles of a file."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        if root is None:
            return
        names = self._names = Names(root)
        for element in root.iter(names["style"]):
            if element.get(names["type"], "paragraph") != "paragraph":
                continue
            key = element.get(names["styleId"], "")
            self._styles[key] = Style(
                name=names.value(element.find(names["name"])),
                based_on=names.value(element.find(names["basedOn"])),
                properties=element.find(names["pPr"]),
                run_properties=element.find(names["rPr"]),
            )
            if element.get(names["default"], "0") in {"1", "true", "on"}:
                self.default = key

    def name(self, key: str) -> str:
        """Return the name that a person sees, the key itself for a style that is not there."""
        return self._styles[key].name if key in self._styles else key

    def chain(self, key: str) -> Iterator[Style]:
        """Yield a style and what it is based on, the nearest first; a circle ends."""
        for _ in range(_MAX_CHAIN):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = style.based_on

    def keys_with_ancestors(self, key: str) -> Iterator[str]:
        """Yield the keys of a style and what it is based on, the nearest first."""
        for _ in range(_MAX_CHAIN):
            if key not in self._styles:
                return
            yield key
            key = self._styles[key].based_on

    def properties(self, key: str, own: etree._Element | None) -> Iterator[etree._Element]:
        """Yield paragraph properties from the nearest: the paragraph's own, then those of its style and its ancestors."""
        if own is not None:
            yield own
        for style in self.chain(key):
            if style.properties is not None:
                yield style.properties

    def find(self, names: Names, key: str, own: etree._Element | None, name: str) -> etree._Element | None:
        """Return the nearest property of a name."""
        for properties in self.properties(key, own):
            element = properties.find(names[name])
            if element is not None:
                return element
        return None

    def is_bold(self, names: Names, key: str) -> bool:
        """Whether a style prints bold."""
        for style in self.chain(key):
            bold = None if style.run_properties is None else style.run_properties.find(names["b"])
            if bold is not None:
                return names.is_on(bold)
        return False

    def look(self, names: Names, own: etree._Element | None, *, is_bold: bool, number_indent: int | None) -> Look:
        """Return how a paragraph with these properties looks.

        `is_bold` says that all its own runs are bold; `number_indent` is where the text of its automatic number stands.
        """
        key = self.key(names, own)
        name = self.name(key)
        alignment = names.value(self.find(names, key, own, "jc"))
        indent = self._indent(names, key, own)
        return Look(
            style=name,
            heading_level=self._heading_level(names, key, own),
            is_title=_TITLE.match(name) is not None,
            is_contents=_CONTENTS.match(name) is not None,
            is_bold=is_bold or self.is_bold(names, key),
            is_centred=alignment == "center",
            indent=number_indent if indent is None else indent,
        )

    def key(self, names: Names, own: etree._Element | None) -> str:
        """Return the key of a paragraph's style."""
        return names.value(None if own is None else own.find(names["pStyle"])) or self.default

    def _heading_level(self, names: Names, key: str, own: etree._Element | None) -> int:
        """Return 1 to 9 for a heading, by its name or its outline level, else 0."""
        for style in self.chain(key):
            heading = _HEADING.match(style.name)
            if heading:
                return int(heading[1])
            heading = _UN_HEADING.match(style.name)
            if heading:
                return _UN_LEVELS[heading[1][0].lower() if heading[1].lower() != "ch" else "ch"]
        outline = names.number(self.find(names, key, own, "outlineLvl"))
        return outline + 1 if outline is not None and 0 <= outline < _BODY_LEVEL else 0

    def _indent(self, names: Names, key: str, own: etree._Element | None) -> int | None:
        """Return where the text begins, in twentieths of a point from the margin; `None` if nothing says so."""
        element = self.find(names, key, own, "ind")
        if element is None:
            return None
        for attribute in ("start", "left"):
            value = names.number(element, attribute)
            if value is not None:
                return value
        return None
