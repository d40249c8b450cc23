"""The symbols that a text cites, written out or told from a number and the organ that the sentence names.

Symbols are the same in all languages (United Nations document symbols, ST/LIB/SER.B/5). "Resolution 23/12" belongs to the
organ that its sentence names; where it names none, or the two numbers may have changed places as they do when Arabic is
taken from a PDF, what it could be is said and nothing is decided.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from declaration.text.findings import LeftOut
from declaration.text.numerals import western_digits
from declaration.text.parser.result import CitedSymbol, Node
from declaration.text.parser.symbol_numbers import NumberReader

_SEGMENT: Final = r"(?:[A-Za-z]+\.[0-9]+|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(?:\([A-Z0-9./]{1,12}\))?"
_SYMBOL: Final = re.compile(rf"(?<![A-Za-z0-9/.\-])[A-Z]{{1,8}}(?:/{_SEGMENT})+\*{{0,3}}(?![A-Za-z0-9/])")
_MORE: Final = re.compile(
    r"\s*(?:,|،|、|and|et|y|и|و|和|及)\s*[\u064b-\u0652]?\s*(?P<kind>Add|Corr|Rev|Amend)\.(?P<first>[0-9]{1,3})"
    r"(?:\s?[-–]\s?(?P<last>[0-9]{1,3}))?"
)
_SUFFIX: Final = re.compile(r"/(?P<kind>Add|Corr|Rev|Amend)\.(?P<first>[0-9]+)$")
_RANGE: Final = re.compile(r"\s?[-–]\s?(?P<last>[0-9]{1,3})(?![0-9/])")
_REVERSED: Final = re.compile(
    r"(?<![A-Za-z0-9/.])(?:[A-Z][a-z]+\.[0-9]+/)?(?:[0-9]{1,4}/){1,3}(?:[A-Z][A-Za-z0-9.]*/)*[AES](?![A-Za-z0-9/])"
)
_MAX_SUFFIXES: Final = 20
# Strokes and brackets, one of which every symbol or number of a resolution has. The longest reports have a few thousand.
_MAX_STROKES: Final = 20_000
# Series of United Nations documents. An unknown beginning needs more than one stroke to be taken for a symbol.
_SERIES: Final = frozenset(
    [
        "A",
        "AC",
        "BWC",
        "CAC",
        "CAT",
        "CBD",
        "CCPR",
        "CD",
        "CED",
        "CEDAW",
        "CEB",
        "CERD",
        "CESCR",
        "CGE",
        "CMW",
        "CRC",
        "CRPD",
        "DC",
        "DP",
        "E",
        "ECE",
        "ESCAP",
        "FCCC",
        "GC",
        "HRI",
        "HS",
        "HSP",
        "ICC",
        "ICCD",
        "ID",
        "IPBES",
        "ISBA",
        "LC",
        "LOS",
        "NPT",
        "PBC",
        "S",
        "SG",
        "SPLOS",
        "ST",
        "T",
        "TD",
        "UNCTAD",
        "UNEP",
        "UNICEF",
        "UNODC",
        "UNW",
        "WFP",
        "WG",
    ]
)
_STROKE: Final = re.compile("[/(（\uff0f\u2044\u2215]")
_MARKS: Final = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\u0640]")
_ALIKE: Final = str.maketrans(
    {"\u2011": "-", "\u2010": "-", "\uff0f": "/", "\u2044": "/", "\u2215": "/", "\u00a0": " ", "\u202f": " "}
)
_TITLES: Final = frozenset({"masthead", "title", "header", "footer", "running_head"})


class Cleaned(NamedTuple):
    """A text as symbols are looked for in it, and where each of its characters stood; `None` if nothing was taken away."""

    text: str
    places: list[int] | None

    def place(self, index: int) -> int:
        """Return where a character stood in the text itself."""
        return index if self.places is None else self.places[index]


class Found(NamedTuple):
    """A symbol found in a cleaned text, from `start` to `end`."""

    start: int
    end: int
    symbol: str | None
    candidates: tuple[str, ...]
    basis: str


def cite_symbols(
    nodes: Iterable[Node], left_out: Iterable[LeftOut], language: str, known: frozenset[str] = frozenset()
) -> tuple[list[CitedSymbol], int | None]:
    """Return the symbols that clauses, their notes and the head of the document cite, in the order of the text.

    `known` are symbols on record: they tell which of two numbers a reversed citation means. Where there would be
    thousands, the place of the first clause in which none are looked for any more is returned too.
    """
    reader = NumberReader(language, known)
    nodes = list(nodes)
    pieces, unsearched = _bounded(_pieces(nodes, left_out))
    # Where there is no stroke or bracket there is no symbol; such a text is only read for the organs that it names.
    cleaned = [clean(text) if _STROKE.search(text) else Cleaned(text, None) for text, _, _, _ in pieces]
    written = [list(_written(each.text)) for each in cleaned]
    reader.look_ahead(
        [each.text for each in cleaned],
        has_reversed=any(found.basis == "reversed" for each in written for found in each),
    )
    cited = []
    for (text, node, eid, place), each, found in zip(pieces, cleaned, written, strict=True):
        spans = [(one.start, one.end) for one in found]
        if node is not None and nodes[node].kind in {"preamble", "annex"} and place == "text":
            reader.hear(each.text)
        if place != "left_out":
            found += [
                Found(start, end, symbol, candidates, basis)
                for start, end, symbol, candidates, basis in reader.read(each.text, spans)
            ]
        for one in sorted(found):
            start, end = each.place(one.start), each.place(one.end - 1) + 1
            cited.append(CitedSymbol(text[start:end], one.symbol, one.candidates, node, eid, start, one.basis, place))
    return cited, unsearched


def find_symbols(text: str, language: str, known: frozenset[str] = frozenset()) -> list[CitedSymbol]:
    """Return the symbols that a text by itself cites; none of them belongs to a clause."""
    node = Node("paragraph", "", 0, "", "", text, (), None)
    return [replace(cited, node=None) for cited in cite_symbols([node], [], language, known)[0]]


def _bounded(
    pieces: Iterable[tuple[str, int | None, str, str]],
) -> tuple[list[tuple[str, int | None, str, str]], int | None]:
    """Return as many pieces as are looked through, and the clause of the first that is not."""
    taken: list[tuple[str, int | None, str, str]] = []
    strokes = 0
    for piece in pieces:
        text = piece[0]
        strokes += len(_STROKE.findall(text))
        if strokes > _MAX_STROKES and taken:
            return taken, piece[1] or 0
        taken.append(piece)
    return taken, None


def _pieces(nodes: Iterable[Node], left_out: Iterable[LeftOut]) -> Iterator[tuple[str, int | None, str, str]]:
    for out in left_out:
        if out.reason in _TITLES:
            yield out.text, None, "", "left_out"
    for index, node in enumerate(nodes):
        if node.heading:
            yield node.heading, index, node.eid, "heading"
        yield node.text, index, node.eid, "text"
        for note in node.notes:
            yield note.text, index, node.eid, "note"


def clean(text: str) -> Cleaned:
    """Return a text with Western digits, plain hyphens and strokes, and without marks of direction."""
    plain = western_digits(text).translate(_ALIKE)
    if not _MARKS.search(plain):
        return Cleaned(plain, None)
    marks = {match.start() for match in _MARKS.finditer(plain)}
    kept = [index for index in range(len(plain)) if index not in marks]
    return Cleaned("".join(plain[index] for index in kept), kept)


def _written(text: str) -> Iterator[Found]:
    """Yield the symbols that are written out, and those of which only the last part is: "A/HRC/21/44 and Add.1"."""
    if "/" not in text:
        return
    for match in _SYMBOL.finditer(text):
        symbol = match[0]
        if not _is_symbol(symbol):
            continue
        yield Found(match.start(), match.end(), symbol, (), "printed")
        bare = symbol.rstrip("*")
        base = _SUFFIX.sub("", bare)
        suffix, following = _SUFFIX.search(bare), _RANGE.match(text, match.end())
        end = match.end()
        if suffix and following:
            end = following.end()
            first = int(suffix["first"])
            for number in range(first + 1, min(int(following["last"]), first + _MAX_SUFFIXES) + 1):
                yield Found(match.start(), end, f"{base}/{suffix['kind']}.{number}", (), "printed")
        yield from _suffixed(text, end, base)
    for match in _REVERSED.finditer(text):
        symbol = "/".join(reversed(match[0].split("/")))
        if _is_symbol(symbol):
            yield Found(match.start(), match.end(), None, (symbol,), "reversed")


def _suffixed(text: str, position: int, base: str) -> Iterator[Found]:
    match = _MORE.match(text, position)
    while match:
        first, last = int(match["first"]), int(match["last"] or match["first"])
        for number in range(first, min(last, first + _MAX_SUFFIXES) + 1):
            yield Found(match.start("kind"), match.end(), f"{base}/{match['kind']}.{number}", (), "printed")
        match = _MORE.match(text, match.end())


def _is_symbol(symbol: str) -> bool:
    series, _, rest = symbol.partition("/")
    return any(map(str.isdigit, rest)) and (series in _SERIES or rest.count("/") > 0)
