"""What follows from where the nodes of a text stand, a text being the JSON object of `ParsedText.as_json`."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from declaration.text.findings import Finding
from declaration.text.hygiene import MAX_WORDING
from declaration.text.parser.clauses import Clause
from declaration.text.parser.identifiers import identify

Json = dict[str, Any]


def level(nodes: list[Json]) -> None:
    """Let no node stand more than one level below the one before it."""
    before = -1
    for node in nodes:
        node["depth"] = min(node["depth"], before + 1)
        before = node["depth"]


def parents_of(nodes: Iterable[Mapping[str, Any]]) -> list[int | None]:
    """Return the place of what each node stands in, `None` at the top."""
    path: list[int] = []
    parents: list[int | None] = []
    for place, node in enumerate(nodes):
        del path[node["depth"] :]
        parents.append(path[-1] if path else None)
        path.append(place)
    return parents


_COMPUTED: Final = frozenset({"label_repeated", "eid_shortened", "clause_empty", "characters_too_long"})
_SHOWN: Final = 40


def _clause_findings(nodes: list[Json]) -> Iterable[Finding]:
    """Yield what is odd about clauses by themselves."""
    for place, node in enumerate(nodes):
        line = node["source_lines"][0] if node["source_lines"] else 0
        has_below = place + 1 < len(nodes) and nodes[place + 1]["depth"] > node["depth"]
        if not node["heading"] and not node["text"] and not has_below:
            label = node["printed"] or node["label"] or node["kind"]
            yield Finding("clause_empty", line, params={"label": label[:_SHOWN]})
        if len(node["text"]) > MAX_WORDING:
            yield Finding("characters_too_long", line, "error", {"limit": MAX_WORDING})


def identify_nodes(text: Json) -> None:
    """Make identifiers and depths anew; what is odd about them takes the place of what was odd before."""
    nodes = text["nodes"]
    level(nodes)
    clauses = []
    for node, parent in zip(nodes, parents_of(nodes), strict=True):
        clause = Clause(node["kind"], node["label"], parent, printed=node["printed"])
        clause.lines = list(node["source_lines"])
        clauses.append(clause)
    eids, depths, odd = identify(clauses)
    for node, eid, depth in zip(nodes, eids, depths, strict=True):
        node.update(eid=eid, depth=depth)
    kept = [finding for finding in text["findings"] if finding["code"] not in _COMPUTED]
    text["findings"] = kept + [
        {
            "code": finding.code,
            "line": finding.line,
            "severity": finding.severity,
            "message": finding.message,
            "params": dict(finding.params),
        }
        for finding in [*odd, *_clause_findings(nodes)]
    ]
