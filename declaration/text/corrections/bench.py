"""The text on the workbench: clauses in reading order with their depths, and what was left out.

A tree is kept as depths alone: a clause stands below the last one before it that is less deep. Each change keeps the order
in which words are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from declaration.text.corrections.errors import CorrectionError
from declaration.text.findings import Finding
from declaration.text.parser.clauses import Clause
from declaration.text.parser.identifiers import identify


MAX_PIECES: Final = 10_000
_STANDING_ALONE: Final = frozenset({"article", "part", "section", "annex"})


@dataclass(slots=True)
class Piece:
    """One clause on the workbench. `notes` and `symbols` are JSON objects as in `ParsedText.as_json()`, their own to change."""

    key: str
    eid: str
    kind: str
    label: str
    depth: int
    printed: str = ""
    heading: str = ""
    text: str = ""
    lines: list[int] = field(default_factory=list)
    is_bracketed: bool = False
    notes: list[dict[str, Any]] = field(default_factory=list)
    symbols: list[dict[str, Any]] = field(default_factory=list)
    aligned_with: str | None = None

    @property
    def note_lines(self) -> set[int]:
        """The source lines of its footnotes."""
        return {number for note in self.notes for number in note["source_lines"]}

    def lines_of_texts(self) -> list[list[int]] | None:
        """Return the source lines of each line of its text, where they can be told.

        They can where each line of the text was one line of the source, and at most a label on a line of its own before.
        """
        notes = self.note_lines
        own = [number for number in self.lines if number not in notes]
        count = self.text.count("\n") + 1 if self.text else 0
        if len(own) == count or (
            len(own) == count + 1 and self.kind in _STANDING_ALONE and (self.heading or self.printed)
        ):
            return [[number] for number in own[len(own) - count :]]
        return None


class Bench:
    """All clauses of a text, what was left out, and the lines about which a person has decided."""

    def __init__(self, parsed: Mapping[str, Any]) -> None:
        """Take a text as `ParsedText.as_json()` gives it."""
        self.pieces = [
            Piece(
                key=str(index),
                eid=node["eid"],
                kind=node["kind"],
                label=node["label"],
                depth=node["depth"],
                printed=node["printed"],
                heading=node["heading"],
                text=node["text"],
                lines=list(node["source_lines"]),
                is_bracketed=node["is_bracketed"],
                notes=[dict(note) for note in node.get("notes", ())],
            )
            for index, node in enumerate(parsed["nodes"])
        ]
        by_eid = {piece.eid: piece for piece in self.pieces}
        self.head_symbols: list[dict[str, Any]] = []
        for symbol in parsed["symbols"]:
            piece = by_eid.get(symbol["node"] or "")
            (piece.symbols if piece else self.head_symbols).append(dict(symbol))
        self.left_out = [dict(out) for out in parsed["left_out"]]
        self.language: str = parsed["language"]
        self.has_old_eids = False
        self.settled_lines: set[int] = set()
        self._splits: dict[str, int] = {}

    def find(self, name: str) -> int:
        """Return the place of a clause by its key or identifier. Raises `CorrectionError`."""
        for place, piece in enumerate(self.pieces):
            if name == piece.key:
                return place
        if self.has_old_eids:
            identify_pieces(self)
        for place, piece in enumerate(self.pieces):
            if name == piece.eid:
                return place
        raise CorrectionError("node_unknown", node=name)

    def end_below(self, place: int) -> int:
        """Return the place behind a clause and all that stands below it."""
        end = place + 1
        while end < len(self.pieces) and self.pieces[end].depth > self.pieces[place].depth:
            end += 1
        return end

    def shift(self, start: int, end: int, by: int) -> None:
        """Change the depth of a run of clauses."""
        for piece in self.pieces[start:end]:
            piece.depth += by

    def new_key(self, key: str) -> str:
        """Return a key for a part of a clause."""
        self._splits[key] = self._splits.get(key, 1) + 1
        return f"{key}.{self._splits[key]}"

    def insert(self, place: int, piece: Piece) -> None:
        """Put a clause at a place. Raises `CorrectionError` where the text has as many as it takes."""
        if len(self.pieces) >= MAX_PIECES:
            raise CorrectionError("too_many_clauses", limit=MAX_PIECES)
        self.pieces.insert(place, piece)

    def settle(self, piece: Piece) -> None:
        """Note that a person has looked at a clause: what was noticed about its lines is no longer told."""
        self.settled_lines.update(piece.lines)


def identify_pieces(bench: Bench) -> list[Finding]:
    """Give each clause the identifier of its place, and return what is odd about them."""
    clauses: list[Clause] = []
    way: list[int] = []
    for index, piece in enumerate(bench.pieces):
        del way[piece.depth :]
        clauses.append(
            Clause(piece.kind, piece.label, way[-1] if way else None, printed=piece.printed, lines=piece.lines)
        )
        way.append(index)
    eids, _depths, findings = identify(clauses)
    for piece, eid in zip(bench.pieces, eids, strict=True):
        piece.eid = eid
    bench.has_old_eids = False
    return findings
