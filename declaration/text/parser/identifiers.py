"""Clauses with their identifiers and depths."""

from collections import Counter
from typing import Final

from declaration.text.eids import ELEMENT_REFS, Step, distinct_eid, make_eid
from declaration.text.findings import Finding
from declaration.text.parser.clauses import Clause

_GROUPS: Final = frozenset({"part", "section"})
_NUMBERED: Final = frozenset({"article", "paragraph", "operative_paragraph"})
_MIN_RESTARTS: Final = 2


def identify(clauses: list[Clause]) -> tuple[list[str], list[int], list[Finding]]:
    """Return each clause's identifier and depth, and what is odd about them.

    Where the numbers begin anew in each part or section, the identifiers name those too; two clauses with the same label
    are kept apart by a number at the end.
    """
    steps = _steps(clauses)
    anew = _begins_anew(clauses)
    in_full = [bool(anew) and _annex(clauses, index) in anew for index in range(len(clauses))]
    # What has a label keeps the identifier that it gives; a clause without one makes room.
    reserved = {
        _eid(clauses, steps, index, in_full=in_full[index]) or ""
        for index, clause in enumerate(clauses)
        if clause.label
    }
    eids: list[str] = []
    depths: list[int] = []
    taken: set[str] = set()
    repeats: Counter[str] = Counter()
    findings = []
    for index, clause in enumerate(clauses):
        depths.append(0 if clause.parent is None else depths[clause.parent] + 1)
        wanted = _eid(clauses, steps, index, in_full=in_full[index])
        if wanted is None:
            wanted = f"{ELEMENT_REFS[clause.kind]}_{index + 1}"
            findings.append(Finding("eid_shortened", _line(clause), params={"label": _name(clause), "eid": wanted}))
        eid = distinct_eid(wanted, taken if clause.label else _Either(taken, reserved), first=repeats[wanted] + 2)
        if eid != wanted:
            repeats[wanted] += 1
            if clause.label:
                findings.append(Finding("label_repeated", _line(clause), params={"label": _name(clause), "eid": eid}))
            # What stands in it is told apart by the distinct form as well.
            steps[index] = Step(clause.kind, eid.rpartition("__")[2].partition("_")[2])
        taken.add(eid)
        eids.append(eid)
    return eids, depths, findings


class _Either:
    """Two sets as one, without a copy of both."""

    def __init__(self, first: set[str], second: set[str]) -> None:
        self._first = first
        self._second = second

    def __contains__(self, member: object) -> bool:
        return member in self._first or member in self._second


def _name(clause: Clause) -> str:
    return clause.printed or clause.label or clause.kind


def _line(clause: Clause) -> int:
    return clause.lines[0] if clause.lines else 0


def _steps(clauses: list[Clause]) -> list[Step]:
    """Return each clause as a step of a path; what has no label is counted among those of its kind and parent."""
    counts: Counter[tuple[int | None, str]] = Counter()
    steps = []
    for clause in clauses:
        key = (clause.parent, clause.kind)
        counts[key] += 1
        is_single = clause.kind in {"preamble", "annex"}
        ordinal = None if clause.label or is_single else counts[key]
        steps.append(Step(clause.kind, clause.label, ordinal))
    return steps


def _eid(clauses: list[Clause], steps: list[Step], index: int, *, in_full: bool) -> str | None:
    path = []
    place: int | None = index
    while place is not None:
        path.append(steps[place])
        place = clauses[place].parent
    path.reverse()
    if in_full and any(step.kind in _GROUPS for step in path):
        path = [step for step in path if step.kind != "preamble" or step is path[-1]]
    try:
        return make_eid(path, in_full=in_full and path[-1].kind != "preambular_paragraph")
    except ValueError:
        return None


def _begins_anew(clauses: list[Clause]) -> set[int | None]:
    """Return where articles or paragraphs are numbered from one again in at least two parts or sections.

    Each annex counts for itself, `None` is what stands in none.
    """
    firsts = {
        (clause.parent, clause.kind)
        for clause in clauses
        if clause.kind in _NUMBERED and clause.label == "1" and clause.parent is not None
    }
    counts = Counter((_annex(clauses, parent), kind) for parent, kind in firsts if clauses[parent].kind in _GROUPS)
    return {annex for (annex, _), count in counts.items() if count >= _MIN_RESTARTS}


def _annex(clauses: list[Clause], place: int | None) -> int | None:
    """Return the annex that a clause stands in or is."""
    while place is not None and clauses[place].kind != "annex":
        place = clauses[place].parent
    return place
