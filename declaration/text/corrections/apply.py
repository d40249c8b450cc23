"""Making corrections one after another, and what comes of them as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from declaration.text import hygiene
from declaration.text.corrections.bench import Bench, Piece, identify_pieces
from declaration.text.corrections.errors import CorrectionError
from declaration.text.corrections.moves import MOVES, take_in
from declaration.text.corrections.shapes import check_shape
from declaration.text.findings import Finding

MAX_CORRECTIONS: Final = 2_000
_COMPUTED: Final = frozenset({"label_repeated", "eid_shortened", "clause_empty", "characters_too_long", "no_structure"})
_SHOWN: Final = 40
_KEEPING: Final = frozenset({"align", "choose_symbol"})


def apply(parsed: Mapping[str, Any], corrections: Sequence[object]) -> dict[str, Any]:
    """Return a text as `ParsedText.as_json()` gives it, with corrections made in their order.

    Each clause has its `key`, and `aligned_with` where that was settled by hand. Nothing given is changed. Findings that
    a person has dealt with, by correcting the clause on their line, are no longer told. Raises `CorrectionError` with the
    place of the correction that cannot be made.
    """
    if len(corrections) > MAX_CORRECTIONS:
        raise CorrectionError("too_many", limit=MAX_CORRECTIONS)
    bench = Bench(parsed)
    is_changed = False
    for index, correction in enumerate(corrections):
        try:
            checked = check_shape(correction)
            _make(bench, checked)
        except CorrectionError as error:
            error.index = index
            raise
        if checked["op"] not in _KEEPING:
            bench.has_old_eids = is_changed = True
    found = [*identify_pieces(bench), *_clause_findings(bench)] if is_changed else None
    return _as_json(parsed, bench, found)


def _make(bench: Bench, correction: Mapping[str, Any]) -> None:
    if correction["op"] == "take_in":
        take_in(bench, correction)
        return
    place = bench.find(correction["node"])
    if correction["op"] not in _KEEPING:
        bench.settle(bench.pieces[place])
    MOVES[correction["op"]](bench, place, correction)


def _clause_findings(bench: Bench) -> list[Finding]:
    findings = []
    for index, piece in enumerate(bench.pieces):
        line = piece.lines[0] if piece.lines else 0
        has_below = index + 1 < len(bench.pieces) and bench.pieces[index + 1].depth > piece.depth
        if not piece.heading and not piece.text and not has_below:
            label = piece.printed or piece.label or piece.kind
            findings.append(Finding("clause_empty", line, params={"label": label[:_SHOWN]}))
        if len(piece.text) > hygiene.MAX_WORDING:
            findings.append(Finding("characters_too_long", line, "error", {"limit": hygiene.MAX_WORDING}))
    return findings


def _as_json(parsed: Mapping[str, Any], bench: Bench, found: list[Finding] | None) -> dict[str, Any]:
    findings = [dict(finding) for finding in parsed["findings"]]
    if found is not None:
        in_tree = {number for piece in bench.pieces for number in piece.lines}
        findings = [finding for finding in findings if _stands(finding, bench, in_tree)]
        findings += [_finding_json(finding) for finding in found]
        findings.sort(key=lambda finding: finding["line"])
    symbols = bench.head_symbols + [
        {**symbol, "node": piece.eid}
        for piece in bench.pieces
        for symbol in sorted(piece.symbols, key=lambda each: (_ORDER[each["place"]], each["position"]))
    ]
    return {
        **parsed,
        "nodes": [_node_json(piece) for piece in bench.pieces],
        "left_out": bench.left_out,
        "symbols": symbols,
        "findings": findings,
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "line": finding.line,
        "severity": finding.severity,
        "message": finding.message,
        "params": dict(finding.params),
    }


_ORDER: Final = {"heading": 0, "text": 1, "note": 2, "left_out": 3}


def _stands(finding: Mapping[str, Any], bench: Bench, in_tree: set[int]) -> bool:
    """Whether a finding still holds: errors as long as their line is in the text, others until a person has dealt with it."""
    if finding["code"] in _COMPUTED:
        return False
    if finding["severity"] == "error":
        return not finding["line"] or finding["line"] in in_tree
    return finding["line"] not in bench.settled_lines


def _node_json(piece: Piece) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "key": piece.key,
        "kind": piece.kind,
        "label": piece.label,
        "depth": piece.depth,
        "eid": piece.eid,
        "heading": piece.heading,
        "text": piece.text,
        "source_lines": piece.lines,
        "printed": piece.printed,
        "is_bracketed": piece.is_bracketed,
    }
    if piece.notes:
        answer["notes"] = piece.notes
    if piece.aligned_with is not None:
        answer["aligned_with"] = piece.aligned_with
    return answer
