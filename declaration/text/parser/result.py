"""What comes out of reading a text: its clauses, what was left out, the symbols it cites, and what was noticed."""

from dataclasses import dataclass
from typing import Literal

from declaration.text.findings import Finding, LeftOut

Form = Literal["declaration", "resolution", "report", "plain"]


@dataclass(frozen=True)
class Note:
    """A footnote or endnote: the label its call prints, and where that stands in the clause's heading or text."""

    label: str
    text: str
    source_lines: tuple[int, ...]
    position: int
    is_in_heading: bool = False


@dataclass(frozen=True)
class Node:
    """One clause. `kind` and `label` are those of a draft's clauses; `printed` is the label as the source prints it.

    `parent` is the place of the clause it stands in among all, `None` at the top; `depth` counts the clauses it stands in.
    `source_lines` are all lines that became part of it, those of its notes included. `is_bracketed` says that its label
    stands in square brackets.
    """

    kind: str
    label: str
    depth: int
    eid: str
    heading: str
    text: str
    source_lines: tuple[int, ...]
    parent: int | None
    printed: str = ""
    is_bracketed: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class CitedSymbol:
    """A document or resolution that the text cites.

    `symbol` is set where there is no doubt; otherwise `candidates` says what it could be, the likeliest first. `node` is
    the place of the clause it stands in, `None` for what was left out; `position` counts characters.
    `basis` says what it was read from: `printed`, `organ` (that the sentence names), `organ_before` (named earlier in the
    text), `speaker` (the organ whose resolution the text is, said to be its own), `unknown` (no organ is named), `reversed` (the two numbers may have changed places). `place` is `text`,
    `heading`, `note` or `left_out`; the position counts in that.
    """

    as_printed: str
    symbol: str | None
    candidates: tuple[str, ...]
    node: int | None
    eid: str
    position: int
    basis: str
    place: str = "text"


@dataclass(frozen=True)
class ParsedText:
    """A text that was read. `title` is what was left out as its title, each line of it on one."""

    language: str
    form: Form
    title: str
    nodes: tuple[Node, ...]
    left_out: tuple[LeftOut, ...]
    symbols: tuple[CitedSymbol, ...]
    findings: tuple[Finding, ...]
    lines_total: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stands in the way of taking the text over."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def as_json(self) -> dict[str, object]:
        """Return all of it as a JSON object; nodes and symbols name a clause by its identifier."""
        return {
            "language": self.language,
            "form": self.form,
            "title": self.title,
            "nodes": [_node_json(node) for node in self.nodes],
            "left_out": [{"line": out.line, "text": out.text, "reason": out.reason} for out in self.left_out],
            "symbols": [_symbol_json(symbol) for symbol in self.symbols],
            "findings": [
                {
                    "code": finding.code,
                    "line": finding.line,
                    "severity": finding.severity,
                    "message": finding.message,
                    "params": dict(finding.params),
                }
                for finding in self.findings
            ],
            "lines_total": self.lines_total,
        }


def _node_json(node: Node) -> dict[str, object]:
    answer: dict[str, object] = {
        "kind": node.kind,
        "label": node.label,
        "depth": node.depth,
        "eid": node.eid,
        "heading": node.heading,
        "text": node.text,
        "source_lines": list(node.source_lines),
        "printed": node.printed,
        "is_bracketed": node.is_bracketed,
    }
    if node.notes:
        answer["notes"] = [
            {
                "label": note.label,
                "text": note.text,
                "source_lines": list(note.source_lines),
                "position": note.position,
                "is_in_heading": note.is_in_heading,
            }
            for note in node.notes
        ]
    return answer


def _symbol_json(symbol: CitedSymbol) -> dict[str, object]:
    answer: dict[str, object] = {"as_printed": symbol.as_printed}
    if symbol.symbol:
        answer["symbol"] = symbol.symbol
    else:
        answer["candidates"] = list(symbol.candidates)
    return {
        **answer,
        "node": symbol.eid or None,
        "place": symbol.place,
        "position": symbol.position,
        "basis": symbol.basis,
    }
