"""Reading a text: from the lines of a source to clauses, symbols and findings."""

import re
from collections import Counter
from typing import Final

from declaration.text import hygiene
from declaration.text.findings import Finding, LeftOut
from declaration.text.label_words import LANGUAGES
from declaration.text.parser.builder import Builder
from declaration.text.parser.check import check_characters, check_lines
from declaration.text.parser.clauses import Clause
from declaration.text.parser.entries import Entry, mark_headings, read_entries
from declaration.text.parser.front import set_aside
from declaration.text.parser.identifiers import identify
from declaration.text.parser.languages import guess_language
from declaration.text.parser.lines import read_lines
from declaration.text.parser.result import Form, Node, Note, ParsedText
from declaration.text.parser.sequences import decide
from declaration.text.parser.shapes import runs_against
from declaration.text.parser.sides import choose_side
from declaration.text.parser.symbols import cite_symbols
from declaration.text.sources.lines import Source
from declaration.text.sources.plain import read_text

_EMPTY_CALL: Final = re.compile(r"\(\s*\)|（\s*）")
_RIGHT_TO_LEFT: Final = "ar"
_SHOWN: Final = 40


def parse(
    source: Source | str, *, language: str | None = None, known_symbols: frozenset[str] = frozenset()
) -> ParsedText:
    """Return the clauses of a text, with everything that was left out and noticed.

    `language` is the code of one of the six languages; without it, it is told from the text. `known_symbols` are symbols
    of documents and resolutions on record, which decide where a text may have turned two numbers around. Of a file with the
    text in two languages the one that is said, or else the first, is read. Raises
    `ValueError` for another language, `SourceError` for a text that is too long or empty. Takes time in proportion to the
    length of the text.
    """
    if isinstance(source, str):
        source = read_text(source)
    if language is not None and language not in LANGUAGES:
        raise ValueError(f"“{language}” is not one of the languages {', '.join(LANGUAGES)}.")
    source = choose_side(source, language)
    guessed = guess_language("\n".join(line.text for line in source.lines))
    chosen = language or guessed or "en"
    findings = [*source.findings, *_language_findings(language, guessed), *_character_findings(source, chosen)]
    entries, blanks = _entries(source, chosen)
    builder = Builder(entries, decide(entries), chosen)
    clauses = builder.build()
    eids, depths, odd = identify(clauses)
    out = [*blanks, *_left_out(source, entries)]
    check_characters(source, clauses, out)
    notes, note_lines, unplaced = _notes(source, clauses)
    left_out = sorted([*source.left_out, *out, *unplaced], key=lambda each: each.line)
    check_lines(source, clauses, left_out, note_lines)
    nodes = tuple(
        _node(clause, eid, depth, notes[index])
        for index, (clause, eid, depth) in enumerate(zip(clauses, eids, depths, strict=True))
    )
    symbols, unsearched = cite_symbols(nodes, left_out, chosen, known_symbols)
    findings += [*builder.findings, *odd, *_clause_findings(clauses), *_structure_findings(clauses)]
    if unsearched is not None:
        findings.append(Finding("symbols_unsearched", min(nodes[unsearched].source_lines, default=0)))
    return ParsedText(
        language=chosen,
        form=_form(clauses),
        title="\n".join(each.text.strip() for each in left_out if each.reason == "title"),
        nodes=nodes,
        left_out=tuple(left_out),
        symbols=tuple(symbols),
        findings=tuple(sorted(findings, key=lambda finding: finding.line)),
        lines_total=source.lines_total,
    )


def _entries(source: Source, language: str) -> tuple[list[Entry], list[LeftOut]]:
    has_looks = source.format == "docx"
    lines, blanks = read_lines(source, language)
    entries = read_entries(lines, language, has_looks=has_looks)
    set_aside(entries, language, has_looks=has_looks)
    mark_headings(entries, has_looks=has_looks)
    return entries, blanks


def _left_out(source: Source, entries: list[Entry]) -> list[LeftOut]:
    """Return each source line of the entries that are left out."""
    reasons = {number: entry.out for entry in entries if entry.out for number in entry.line.numbers}
    return [LeftOut(line.number, line.shown, reasons[line.number]) for line in source.lines if line.number in reasons]


def _notes(source: Source, clauses: list[Clause]) -> tuple[list[tuple[Note, ...]], set[int], list[LeftOut]]:
    """Return each clause's notes, the source lines they took, and the lines of notes that no clause calls."""
    placed: set[str] = set()
    by_clause = []
    lines: set[int] = set()
    for clause in clauses:
        notes = []
        for key, position, is_in_heading in clause.calls:
            note = source.notes.get(key)
            if note is None or key in placed:
                continue
            placed.add(key)
            numbers = tuple(line.number for line in note.lines)
            lines.update(numbers)
            text = "\n".join(line.shown.strip() for line in note.lines if not line.is_blank)
            notes.append(Note(note.label, text, numbers, position, is_in_heading))
        by_clause.append(tuple(notes))
    unplaced = [
        LeftOut(line.number, line.shown, "note_unplaced" if line.text.strip() else "blank")
        for key, note in source.notes.items()
        if key not in placed
        for line in note.lines
    ]
    return by_clause, lines, unplaced


def _node(clause: Clause, eid: str, depth: int, notes: tuple[Note, ...]) -> Node:
    lines = [*clause.lines, *(number for note in notes for number in note.source_lines)]
    return Node(
        kind=clause.kind,
        label=clause.label,
        depth=depth,
        eid=eid,
        heading=clause.heading,
        text=clause.text,
        source_lines=tuple(lines),
        parent=clause.parent,
        printed=clause.printed,
        is_bracketed=clause.is_bracketed,
        notes=notes,
    )


def _form(clauses: list[Clause]) -> Form:
    kinds = {clause.kind for clause in clauses}
    if "article" in kinds:
        return "declaration"
    if kinds & {"operative_paragraph", "preamble"}:
        return "resolution"
    return "report" if any(clause.label for clause in clauses) else "plain"


def _language_findings(said: str | None, guessed: str | None) -> list[Finding]:
    if said is None and guessed is None:
        return [Finding("language_unknown")]
    if said is not None and guessed is not None and said != guessed:
        return [Finding("language_differs", params={"said": said, "found": guessed})]
    return []


def _character_findings(source: Source, language: str) -> list[Finding]:
    """Return what is wrong with characters, and which lines are in the other direction.

    What cannot be taken is told line by line; what is only worth knowing is told once, with the number of lines.
    """
    findings = []
    noticed: dict[str, tuple[int, str]] = {}
    counts: Counter[str] = Counter()
    notes = (line for note in source.notes.values() for line in note.lines)
    for line in (*source.lines, *notes):
        for code, problem in {
            problem.code: problem for problem in reversed(hygiene.problems(line.text, of_each=1))
        }.items():
            if problem.is_refused:
                params = {"name": problem.code_point}
                findings.append(Finding(f"characters_{code}", line.number, "error", params))
            else:
                counts[code] += 1
                noticed.setdefault(code, (line.number, problem.code_point))
        if runs_against(line.text, from_right=language == _RIGHT_TO_LEFT):
            findings.append(Finding("direction_mixed", line.number, "notice"))
    for told, (number, name) in noticed.items():
        findings.append(Finding(f"characters_{told}", number, "notice", {"name": name, "lines": counts[told]}))
    return findings


def _clause_findings(clauses: list[Clause]) -> list[Finding]:
    findings = []
    parents = {clause.parent for clause in clauses}
    for index, clause in enumerate(clauses):
        number = clause.lines[0] if clause.lines else 0
        if not clause.heading and not clause.text and index not in parents:
            label = clause.printed or clause.label or clause.kind
            findings.append(Finding("clause_empty", number, params={"label": label[:_SHOWN]}))
        if len(clause.text) > hygiene.MAX_WORDING:
            findings.append(Finding("characters_too_long", number, "error", {"limit": hygiene.MAX_WORDING}))
        calls = len(_EMPTY_CALL.findall(clause.text))
        if calls:
            findings.append(Finding("note_call_empty", number, "notice", {"count": calls}))
    return findings


def _structure_findings(clauses: list[Clause]) -> list[Finding]:
    if any(clause.label or clause.kind != "paragraph" for clause in clauses):
        return []
    return [Finding("no_structure")]
