"""Nothing is dropped in silence: each source line must be in the tree or among what was left out, with every character."""

from collections.abc import Iterable

from declaration.text.findings import LeftOut
from declaration.text.parser.clauses import Clause
from declaration.text.parser.shapes import squeezed
from declaration.text.sources.lines import Source


class LostTextError(RuntimeError):
    """The parser lost something of a text: an error of the parser itself, never of the text."""


def check_lines(
    source: Source, clauses: Iterable[Clause], left_out: Iterable[LeftOut], note_lines: Iterable[int]
) -> None:
    """Raise `LostTextError` if a source line is neither in the tree nor left out, or is there twice."""
    in_tree = [number for clause in clauses for number in clause.lines]
    numbers = {*in_tree, *note_lines, *(out.line for out in left_out)}
    missing = sorted(set(range(1, source.lines_total + 1)) - numbers)
    if missing:
        raise LostTextError(f"Lines {missing[:10]} are neither in the tree nor left out.")
    if len(in_tree) != len(set(in_tree)):
        raise LostTextError("A line is in the tree twice.")


def check_characters(source: Source, clauses: Iterable[Clause], left_out: Iterable[LeftOut]) -> None:
    """Raise `LostTextError` if the tree and what was left out hold more or fewer characters than the lines.

    `left_out` is what the parser left out; spaces, and marks that nobody sees, are not counted.
    """
    expected = sum(len(squeezed(line.shown)) for line in source.lines)
    kept = sum(
        len(squeezed(clause.printed)) + len(squeezed(clause.heading)) + len(squeezed(clause.text)) for clause in clauses
    )
    kept += sum(len(squeezed(out.text)) for out in left_out)
    if kept != expected:
        raise LostTextError(f"The lines hold {expected} characters, the tree and what was left out {kept}.")
