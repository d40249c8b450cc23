"""Trees of clauses as plain text, in any of the six languages and several ways of numbering.

What is printed can be read again by `declaration.text.parser` as the same tree, as long as no line of a clause's text begins
like a label or has the shape of a heading where one may stand. Without indents two more things cannot be told apart: a
lone numeral (i) below the letter (h) from the letter (i), and words that close a paragraph after its list from those of the
last item.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from declaration.text.label_words import LANGUAGES
from declaration.text.labels import print_label
from declaration.text.numerals import LATIN_LETTERS, from_roman, to_abjad, to_chinese
from declaration.text.suffixes import read_suffix, split_label, written

Digits = Literal["usual", "western", "arabic", "persian"]
Frame = Literal["usual", "dot", "closed", "enclosed", "dash", "tab"]


class Printable(Protocol):
    """A clause that can be printed: those of the parser, or what has the same properties. They come in reading order."""

    @property
    def kind(self) -> str:
        """One of the kinds of clause."""
        ...

    @property
    def label(self) -> str:
        """The label in neutral form, empty for none."""
        ...

    @property
    def depth(self) -> int:
        """How many clauses it stands in."""
        ...

    @property
    def heading(self) -> str:
        """Its heading, empty for none."""
        ...

    @property
    def text(self) -> str:
        """Its text, lines ended by line feeds."""
        ...


@dataclass(frozen=True)
class PrintStyle:
    """How a text is set.

    `digits`: as the language prints them, or Western, Arabic-Indic or Persian ones. `paragraphs` and `letters` frame the
    numbers of paragraphs ("1.", "1)", "(1)", "1 -", "1" and a tab) and the letters of lists. `heading_on_line` puts an
    article's heading on the line of its label. `indent` is the number of spaces for each level, `blank_lines` puts an
    empty line between clauses.
    """

    digits: Digits = "usual"
    paragraphs: Frame = "usual"
    letters: Frame = "usual"
    heading_on_line: bool = False
    indent: int = 0
    blank_lines: bool = False


_FRAMES: Final = {"dot": "{}.", "closed": "{})", "enclosed": "({})", "dash": "{} -", "tab": "{}\t"}
_PARAGRAPH_FRAME: Final = {"ar": "dash"}
_LETTER_FRAME: Final = {"en": "enclosed", "ar": "enclosed", "zh": "enclosed"}
_DIGITS: Final = {
    "arabic": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "persian": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}
_NUMBERED_HEADS: Final = frozenset({"article", "part", "annex"})
_ENCLOSED: Final = frozenset({"subparagraph", "item"})
_SEPARATORS: Final = {"ar": " - ", "zh": "\u3000"}
_BULLET: Final = "•"


def print_text(clauses: Iterable[Printable], language: str, *, style: PrintStyle | None = None, title: str = "") -> str:
    """Return clauses as plain text that ends with a line end; nothing for none.

    `clauses` come in reading order, each with its depth. Raises `ValueError` for a language that is not one of the six.
    """
    if language not in LANGUAGES:
        raise ValueError(f"“{language}” is not one of the languages {', '.join(LANGUAGES)}.")
    printer = _Printer(list(clauses), language, style or PrintStyle())
    blocks = [*([title.split("\n")] if title else []), *printer.blocks()]
    joint = "\n\n" if printer.style.blank_lines else "\n"
    return joint.join("\n".join(block) for block in blocks) + ("\n" if blocks else "")


def print_labels(clauses: Iterable[Printable], language: str, *, style: PrintStyle | None = None) -> list[str]:
    """Return for each clause the label that `print_text` puts before its words, empty where it prints none.

    Raises `ValueError` for a language that is not one of the six.
    """
    if language not in LANGUAGES:
        raise ValueError(f"“{language}” is not one of the languages {', '.join(LANGUAGES)}.")
    printer = _Printer(list(clauses), language, style or PrintStyle())
    return printer.labels()


@dataclass
class _Row:
    """Clauses side by side. They are Roman numerals, not letters, if the first is i and all can be."""

    is_roman: bool = False
    first_labelled: int | None = None


class _Printer:
    def __init__(self, clauses: Sequence[Printable], language: str, style: PrintStyle) -> None:
        self._clauses = clauses
        self._language = language
        self.style = style
        self._parents = _parents(clauses)
        self._rows = _rows(clauses, self._parents)

    def blocks(self) -> Iterable[list[str]]:
        """Yield the lines of each clause that prints any."""
        for index, clause in enumerate(self._clauses):
            depth = clause.depth
            if self._closes_list(index):
                depth -= 1
            lines = self._head(index, clause) if clause.kind not in _ENCLOSED else self._listed(index, clause)
            indent = " " * (self.style.indent * max(depth, 0))
            if lines:
                yield [indent + line for line in lines]

    def labels(self) -> list[str]:
        """Return the label of each clause as it is printed before the clause's words."""
        return [self._label(index, clause) for index, clause in enumerate(self._clauses)]

    def _label(self, index: int, clause: Printable) -> str:
        if clause.kind in _ENCLOSED:
            if clause.label:
                return self._list_label(index, clause).rstrip()
            return "" if self._closes_list(index) else _BULLET
        if clause.kind in {"paragraph", "operative_paragraph", "preambular_paragraph"}:
            return self._paragraph_label(clause).rstrip()
        return self._digits(print_label(clause.kind, clause.label, self._language))

    def _head(self, index: int, clause: Printable) -> list[str]:
        text = clause.text.split("\n") if clause.text else []
        if clause.kind in {"paragraph", "operative_paragraph", "preambular_paragraph"}:
            return self._with_label(self._paragraph_label(clause), [*filter(None, [clause.heading]), *text])
        label = self._digits(print_label(clause.kind, clause.label, self._language))
        if clause.kind in _NUMBERED_HEADS:
            return self._numbered_head(index, clause, label, text)
        if clause.kind == "section" and label:
            return self._with_label(label, [*filter(None, [clause.heading]), *text])
        return [*filter(None, [clause.heading]), *text]

    def _numbered_head(self, index: int, clause: Printable, label: str, text: list[str]) -> list[str]:
        if clause.kind == "article" and self._language == "zh" and self.style.digits == "western":
            number, suffix = split_label(clause.label)
            label = f"第{number}条{self._suffix(suffix)}"
        if not clause.heading:
            return [label, *text]
        has_more = bool(text) or self._has_children(index)
        if self.style.heading_on_line or (clause.kind == "article" and not has_more):
            separator = _SEPARATORS.get(self._language, ". ")
            return [f"{label}{separator}{clause.heading}", *text]
        return [label, clause.heading, *text]

    def _listed(self, index: int, clause: Printable) -> list[str]:
        text = [*filter(None, [clause.heading]), *(clause.text.split("\n") if clause.text else [])]
        if clause.label:
            return self._with_label(self._list_label(index, clause), text)
        return text if self._closes_list(index) else self._with_label(_BULLET, text)

    def _with_label(self, label: str, text: list[str]) -> list[str]:
        if not label:
            return text
        joint = "" if label.endswith(("\t", "、")) else " "
        return [f"{label}{joint}{text[0]}" if text else label.rstrip(), *text[1:]]

    def _paragraph_label(self, clause: Printable) -> str:
        if not clause.label:
            return ""
        number, suffix = split_label(clause.label)
        printed = self._digits(number) + self._suffix(suffix)
        if clause.kind == "preambular_paragraph":
            return f"PP{printed}."
        frame = self.style.paragraphs
        return _FRAMES[_PARAGRAPH_FRAME.get(self._language, "dot") if frame == "usual" else frame].format(printed)

    def _list_label(self, index: int, clause: Printable) -> str:
        """Return a list's label: letters and small numerals in the first levels, plainer frames below them."""
        number, suffix = split_label(clause.label)
        level = self._level(index)
        is_roman = clause.kind == "item" and self._rows[index].is_roman
        frame = _LETTER_FRAME.get(self._language, "closed") if self.style.letters == "usual" else self.style.letters
        if level > 1 or (clause.kind == "item" and not is_roman):
            frame = "dot" if level != 1 or frame != "dot" else "closed"
        printed = number
        if number[:1].isdigit():
            printed, frame = self._digits(number), "closed" if "." not in number else "dot"
        elif is_roman:
            printed, frame = self._roman(number, level, frame)
        elif self._language == "ar" and all(letter in LATIN_LETTERS for letter in number):
            printed = to_abjad(number)
        addition = self._suffix(suffix)
        if frame in {"dot", "dash", "tab"}:
            return _FRAMES[frame].format(printed + addition)
        return (f"‘{printed}’" if frame == "quoted" else _FRAMES[frame].format(printed)) + addition

    def _roman(self, number: str, level: int, frame: str) -> tuple[str, str]:
        """Return a small numeral as the language prints it: Arabic has ‘2’, Chinese (二); deeper ones stay Latin."""
        value = from_roman(number) or 0
        if self._language == "ar" and level <= 1:
            return self._digits(str(value)), "quoted"
        if self._language == "zh" and level <= 1:
            return to_chinese(value), "enclosed"
        return number, frame

    def _level(self, index: int) -> int:
        """Return how many lists a listed clause stands in."""
        level = 0
        parent = self._parents[index]
        while parent is not None and self._clauses[parent].kind in _ENCLOSED:
            level += 1
            parent = self._parents[parent]
        return level

    def _closes_list(self, index: int) -> bool:
        """Whether a clause without a label follows those of a list: words that close the paragraph the list is in."""
        clause = self._clauses[index]
        if clause.kind not in _ENCLOSED or clause.label:
            return False
        first = self._rows[index].first_labelled
        return first is not None and first < index

    def _has_children(self, index: int) -> bool:
        return index + 1 < len(self._clauses) and self._clauses[index + 1].depth > self._clauses[index].depth

    def _suffix(self, suffix: str) -> str:
        return self._digits(written(read_suffix(suffix), self._language))

    def _digits(self, text: str) -> str:
        table = _DIGITS.get(self.style.digits)
        return text.translate(table) if table else text


def _parents(clauses: Sequence[Printable]) -> list[int | None]:
    """Return the place of the clause that each stands in, told from their depths."""
    parents: list[int | None] = []
    path: list[int] = []
    for index, clause in enumerate(clauses):
        path = path[: max(clause.depth, 0)]
        parents.append(path[-1] if path else None)
        path.append(index)
    return parents


def _rows(clauses: Sequence[Printable], parents: Sequence[int | None]) -> list[_Row]:
    """Return for each clause the row it stands in: all clauses of its kind in the same one."""
    rows: dict[tuple[int | None, str], _Row] = {}
    for index, clause in enumerate(clauses):
        row = rows.setdefault((parents[index], clause.kind), _Row())
        if clause.label:
            number = split_label(clause.label)[0]
            row.is_roman = from_roman(number) is not None and (
                row.is_roman or (row.first_labelled is None and number == "i")
            )
            row.first_labelled = index if row.first_labelled is None else row.first_labelled
    return [rows[parents[index], clause.kind] for index, clause in enumerate(clauses)]
