"""Lines with what each begins with: a head in words, a label, nothing; and which are headings by their look or shape."""

from dataclasses import dataclass
from typing import Final

from declaration.text.numerals import to_roman
from declaration.text.parser.lines import Line
from declaration.text.parser.marks import Mark, Meaning, letters_label, read_mark
from declaration.text.parser.shapes import ends_sentence, is_heading_like, is_in_capitals
from declaration.text.parser.structure_words import StructureMark, read_structure
from declaration.text.sources.lines import AutoNumber
from declaration.text.suffixes import NO_SUFFIX

_SERIES: Final = {
    **dict.fromkeys(("lowerLetter", "russianLower", "arabicAbjad", "arabicAlpha"), "letter"),
    **dict.fromkeys(("upperLetter", "russianUpper"), "LETTER"),
    "lowerRoman": "roman",
    "upperRoman": "ROMAN",
    "bullet": "bullet",
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"),
            *("taiwaneseCounting", "taiwaneseCountingThousand", "taiwaneseDigital"),
        ),
        "han",
    ),
}
_MAX_BOLD_HEADING: Final = 150


@dataclass(slots=True)
class Entry:
    """A line and what was recognized in it.

    `rest` is the text after the label, beginning at `start` of the line's text; `out` is the reason to leave it out.
    `is_heading` marks an unnumbered heading; `opens_preamble` the first line of a preamble that has no heading.
    """

    line: Line
    structure: StructureMark | None = None
    mark: Mark | None = None
    start: int = 0
    is_strong: bool = False
    is_heading: bool = False
    opens_preamble: bool = False
    out: str = ""
    unknown_label: str = ""

    @property
    def rest(self) -> str:
        """The text after the label."""
        return self.line.text[self.start :]

    @property
    def is_labelled(self) -> bool:
        """Whether a head in words or a label stands at its beginning."""
        return self.structure is not None or self.mark is not None

    @property
    def is_heading_like(self) -> bool:
        """Whether what follows the label may be a heading by its shape."""
        return is_heading_like(self.rest)


def read_entries(lines: list[Line], language: str, *, has_looks: bool) -> list[Entry]:
    """Return each line with its label; `has_looks` says that the source shows headings by their look."""
    entries = []
    last: dict[str, int] = {}
    for line in lines:
        entry = _read(line, language)
        structure = entry.structure
        if structure and structure.is_doubtful and not _is_next(structure, last.get(structure.kind, 0)):
            entry.structure, entry.start = None, 0
        elif structure:
            last[structure.kind] = structure.value
        entry.is_strong = has_looks and _looks_like_heading(entry)
        entries.append(entry)
    return entries


def _is_next(structure: StructureMark, last: int) -> bool:
    """Whether an article or part is the one that comes after the last."""
    return structure.value == last + 1 or (structure.value == last and bool(structure.suffix))


def _read(line: Line, language: str) -> Entry:
    if line.auto is not None:
        return _read_auto(line, line.auto, language)
    structure = read_structure(line.text, language)
    if structure is not None:
        return Entry(line, structure=structure, start=structure.end)
    mark = read_mark(line.text, language)
    return Entry(line, mark=mark, start=0 if mark is None else mark.end)


def _read_auto(line: Line, auto: AutoNumber, language: str) -> Entry:
    """Read a number that the word processor prints: which series it belongs to is known, and its value."""
    structure = read_structure(auto.text, language)
    if structure is not None and structure.end >= len(auto.text.rstrip()):
        return Entry(line, structure=structure)
    mark = read_mark(f"{auto.text} x", language) or read_mark(f"{auto.text}. x", language)
    series = _SERIES.get(auto.format, "digit")
    if auto.value is None:
        return Entry(line, mark=Mark((Meaning("bullet", 1, ""),), "•", NO_SUFFIX, 0))
    if mark is None:
        # The label is kept in the text, for a person to see.
        line.text, line.auto = f"{auto.text}\t{line.text}", None
        return Entry(line, unknown_label=auto.text)
    frame, suffix = mark.frame, mark.suffix
    if mark.meanings and mark.meanings[0].series == "points":
        return Entry(line, mark=mark._replace(end=0))
    meaning = _auto_meaning(series, auto.value, frame)
    return Entry(line, mark=Mark((meaning,), frame, suffix, 0))


def _auto_meaning(series: str, value: int, frame: str) -> Meaning:
    if series == "han":
        series = "roman" if "(" in frame else "ROMAN"
    if series == "digit" and frame == "''":
        # ‘1’ is how Arabic texts print the small Roman numeral of a list.
        series = "roman"
    if series in {"roman", "ROMAN"}:
        label = to_roman(max(value, 1))
        return Meaning(series, value, label.lower() if series == "roman" else label)
    if series in {"letter", "LETTER"}:
        label = letters_label(max(value, 1))
        return Meaning(series, value, label.upper() if series == "LETTER" else label)
    return Meaning(series, value, str(value))


def _looks_like_heading(entry: Entry) -> bool:
    """Whether a line looks like a heading: by its style, or because it is set apart and has a heading's shape."""
    look = entry.line.look
    if look.heading_level:
        return True
    text = entry.rest
    if look.is_title or entry.line.table is not None or not is_heading_like(text):
        return False
    return look.is_centred or (look.is_bold and len(text) <= _MAX_BOLD_HEADING) or is_in_capitals(text)


def mark_headings(entries: list[Entry], *, has_looks: bool) -> None:
    """Mark the unnumbered headings.

    By look, they are what looks like one and heads nothing in words. In plain text, they are what has a heading's shape,
    follows a whole sentence, and stands before a number that goes on counting; articles have none inside them.
    """
    in_article = in_preamble = False
    for index, entry in enumerate(entries):
        if entry.out or entry.is_heading:
            continue
        if entry.structure is not None:
            in_article = entry.structure.kind == "article"
            in_preamble = entry.structure.kind == "preamble"
            continue
        in_preamble = in_preamble or entry.opens_preamble
        if entry.mark is not None:
            in_preamble = in_preamble and entry.mark.meanings[0].series != "digit"
            continue
        if has_looks and entry.is_strong and not _heads_structure(entries, index):
            entry.is_heading = bool(entry.line.look.heading_level) or not (in_article or in_preamble)
        elif not has_looks and not in_article and not in_preamble:
            entry.is_heading = _has_place_of_heading(entries, index)


def _heads_structure(entries: list[Entry], index: int) -> bool:
    """Whether an unlabelled line is the heading of the article, part or annex on the line before."""
    previous = entries[index - 1] if index else None
    return previous is not None and previous.structure is not None and not previous.rest.strip()


def _has_place_of_heading(entries: list[Entry], index: int) -> bool:
    if not entries[index].is_heading_like or index + 1 >= len(entries) or _heads_structure(entries, index):
        return False
    following = entries[index + 1]
    counts_on = following.mark is not None and following.mark.meanings[0].series in {"digit", "ROMAN", "LETTER"}
    previous = next((entries[back] for back in range(index - 1, -1, -1) if not entries[back].out), None)
    after_text = previous is not None and (
        ends_sentence(previous.rest) or (previous.mark is not None and previous.is_heading_like)
    )
    return counts_on and after_text
