"""An import as its staff pages show it: a page of its clauses with the languages side by side, and what was done by whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from declaration.import_preview import (
    ImportPreview,
    PreviewFinding,
    PreviewMismatch,
    PreviewRow,
    PreviewSymbol,
    PreviewText,
)
from declaration.languages import direction
from declaration.models import Clause, ImportedText
from declaration.text.labels import print_label

ROWS_A_PAGE: Final = 150
MAX_LISTED: Final = 100
"""So many findings, mismatches, symbols or lines of one language are listed; the rest is counted."""

_SHOWN: Final = 80


@dataclass(frozen=True)
class Cell:
    """A clause in one language on the page. `place` is its number in its text; none for what is stored already."""

    language: str
    place: int | None
    node: Mapping[str, Any]
    notes: list[PreviewFinding] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its number as its language prints it."""
        return print_label(self.node["kind"], self.node["label"], self.language)

    @property
    def direction(self) -> str:
        """The direction of its language."""
        return direction(self.language)


@dataclass(frozen=True)
class Row:
    """A clause in the languages that are shown; `mismatches` say how these differ. A language that lacks it has no cell."""

    row: PreviewRow
    cells: list[tuple[str, Cell | None]]
    mismatches: list[PreviewMismatch]


@dataclass(frozen=True)
class Place:
    """Something about a clause or a line, and where on the pages it is: the address to go on, empty where there is none."""

    about: Any
    url: str


class ImportSheet:
    """One page of an import's preview, in up to two of its languages."""

    def __init__(self, preview: ImportPreview, query: Mapping[str, str]) -> None:
        """Take the preview and what the address asks for: `page`, or `at` (a clause); `with`, the second language."""
        self.preview = preview
        self.texts = {text.language: text for text in preview.texts}
        self.second = self._choose_second(query.get("with", ""))
        self._wanted = query

    def _choose_second(self, wanted: str) -> str:
        others = [code for code in self.preview.languages if code != self.preview.base_language]
        return wanted if wanted in others else next(iter(others), "")

    @property
    def languages(self) -> list[str]:
        """The languages that are shown side by side."""
        return list(filter(None, [self.preview.base_language, self.second]))

    @cached_property
    def rows_shown(self) -> list[PreviewRow]:
        """The rows that have something in the languages shown."""
        return [row for row in self.preview.rows if any(code in row.cells for code in self.languages)]

    @cached_property
    def page(self) -> Page:
        """The page that is asked for, or the one on which the clause `at` stands (`ar-12`)."""
        pages = Paginator(self.rows_shown, ROWS_A_PAGE)
        language, _dash, place = self._wanted.get("at", "").partition("-")
        for index, row in enumerate(self.rows_shown) if place else ():
            cell = row.cells.get(language)
            if cell is not None and str(cell.place) == place:
                return pages.get_page(index // ROWS_A_PAGE + 1)
        return pages.get_page(self._wanted.get("page"))

    @cached_property
    def rows(self) -> list[Row]:
        """The clauses of this page."""
        return [self._row(row) for row in self.page]

    def _row(self, row: PreviewRow) -> Row:
        cells = [(code, self._cell(row, code)) for code in self.languages]
        found = [
            mismatch
            for code, cell in cells
            for mismatch in (self._mismatches[code, cell.place] if cell and cell.place is not None else ())
        ]
        return Row(row, cells, found)

    def _cell(self, row: PreviewRow, code: str) -> Cell | None:
        cell = row.cells.get(code)
        if cell is None:
            return None
        notes = [note for line in cell.node["source_lines"] for note in self._findings[code].get(line, ())]
        return Cell(code, cell.place, cell.node, notes)

    @cached_property
    def _findings(self) -> dict[str, dict[int, list[PreviewFinding]]]:
        found: dict[str, dict[int, list[PreviewFinding]]] = defaultdict(lambda: defaultdict(list))
        for text in self.preview.texts:
            for finding in text.findings:
                if finding.line:
                    found[text.language][finding.line].append(finding)
        return found

    @cached_property
    def _mismatches(self) -> dict[tuple[str, int], list[PreviewMismatch]]:
        found: dict[tuple[str, int], list[PreviewMismatch]] = defaultdict(list)
        for mismatch in self.preview.mismatches:
            if mismatch.second is not None:
                found[mismatch.language, mismatch.second].append(mismatch)
            elif mismatch.first is not None and not self.preview.is_base_stored:
                found[self.preview.base_language, mismatch.first].append(mismatch)
        return found

    @cached_property
    def sides(self) -> list["Side"]:
        """What is to be told of each text of the import."""
        return [Side(self, text) for text in self.preview.texts]

    def address_of(self, language: str, place: int | None) -> str:
        """Return the address of a clause on these pages, as it follows the page's own; empty where there is none."""
        if place is None:
            return ""
        second = f"&with={language}" if language in self.texts and language != self.preview.base_language else ""
        return f"?at={language}-{place}{second}#{anchor_of(language, place)}"


class Side:
    """What is to be told of one text: its file, what was found in it, left out, cited and corrected."""

    def __init__(self, sheet: ImportSheet, preview: PreviewText) -> None:
        self.sheet = sheet
        self.preview = preview
        self.text = preview.text
        self.language = preview.language
        self._by_line = {line: place for place, node in enumerate(preview.nodes) for line in node["source_lines"]}
        self._by_eid = {node["eid"]: place for place, node in enumerate(preview.nodes)}

    @property
    def direction(self) -> str:
        """The direction of its language."""
        return direction(self.language)

    @property
    def findings(self) -> list[Place]:
        """What a person should look at, each with the clause it is about."""
        listed = self.preview.findings[:MAX_LISTED]
        return [Place(each, self.sheet.address_of(self.language, self._by_line.get(each.line))) for each in listed]

    @property
    def mismatches(self) -> list[Place]:
        """Where it does not match the first language."""
        return [Place(each, self._address(each)) for each in self.preview.mismatches[:MAX_LISTED]]

    def _address(self, mismatch: PreviewMismatch) -> str:
        if mismatch.second is not None:
            return self.sheet.address_of(self.language, mismatch.second)
        base = self.sheet.preview
        return "" if base.is_base_stored else self.sheet.address_of(base.base_language, mismatch.first)

    @property
    def left_out(self) -> list[Any]:
        """What was left out and has words."""
        return list(self.preview.words_left_out[:MAX_LISTED])

    @property
    def symbols(self) -> list[Place]:
        """What it cites, that which is in doubt first."""
        ordered = sorted(self.preview.symbols, key=lambda each: bool(each.symbol))
        return [Place(each, self._symbol_address(each)) for each in ordered[:MAX_LISTED]]

    def _symbol_address(self, symbol: PreviewSymbol) -> str:
        return self.sheet.address_of(self.language, self._by_eid.get(symbol.node or ""))

    @property
    def doubts(self) -> int:
        """How many of the symbols are in doubt."""
        return sum(1 for each in self.preview.symbols if not each.symbol)

    @property
    def blank_count(self) -> int:
        """How many lines without words were left out."""
        return len(self.preview.left_out) - len(self.preview.words_left_out)

    @property
    def corrections(self) -> int:
        """How many corrections were made by hand."""
        return len(self.text.corrections)

    @property
    def last_correction(self) -> str:
        """What the last correction did."""
        return describe_correction(self.text.corrections[-1]) if self.text.corrections else ""


def anchor_of(language: str, place: int) -> str:
    """Return the name of a clause's place on the page."""
    return f"c-{language}-{place}"


def describe_correction(correction: Mapping[str, Any]) -> str:
    """Say in a few words what a correction does."""
    number = correction.get("node", 0) + 1 if isinstance(correction.get("node"), int) else 0
    values: dict[str, Any] = {**correction, "number": number}
    match correction.get("op"):
        case "relabel":
            label = correction.get("label")
            sentence = _("clause %(number)d: number “%(label)s”") if label else _("clause %(number)d: no number")
        case "rekind":
            values["kind"] = kind_name(str(correction.get("kind")))
            sentence = _("clause %(number)d: %(kind)s")
        case "split":
            sentence = _("clause %(number)d: split in two")
        case "join":
            sentence = _("clause %(number)d: joined with the one before")
        case "indent":
            sentence = _("clause %(number)d: one level deeper")
        case "outdent":
            sentence = _("clause %(number)d: one level up")
        case "leave_out":
            sentence = _("clause %(number)d: left out")
        case "take_in":
            sentence = _("line %(line)s: taken in")
        case "choose_symbol":
            sentence = _("symbol: %(value)s") if correction.get("value") else _("symbol: in doubt")
        case _:
            sentence = _("clause %(number)d: aligned by hand")
    return sentence % values


def kind_name(code: str) -> str:
    """Return the name of a kind of clause."""
    return str(dict(Clause.Kind.choices).get(code, code))


def changes_since(text: ImportedText, count: int) -> list[str]:
    """Say what colleagues did to a text since it had so many corrections; at most the last twenty of it."""
    later: Sequence[Mapping[str, Any]] = text.corrections[count:]
    return [describe_correction(each) for each in later[-20:]]


def shorten(words: str) -> str:
    """Return the beginning of some words."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
