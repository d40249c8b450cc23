"""One column of a Word file whose text stands in two columns, one language beside the other, as a source of its own."""

from dataclasses import replace

from declaration.text.findings import LeftOut
from declaration.text.sources.lines import Source


def count_columns(source: Source) -> int:
    """Return how many columns the widest table of a source has; 0 for a source without a table."""
    return max((line.cell[2] + 1 for line in source.lines if line.cell), default=0)


def read_column(source: Source, number: int) -> Source:
    """Return the lines of one column (from 0) as plain lines, the others as left out, each with its number as before.

    Lines outside tables stay. So do notes: those that the column does not call are told as unplaced when it is parsed.
    Raises `ValueError` for a column that no table has.
    """
    if not 0 <= number < count_columns(source):
        raise ValueError(f"There is no column {number}; there are {count_columns(source)}.")
    kept = [line for line in source.lines if line.cell is None or line.cell[2] == number]
    others = [line for line in source.lines if line.cell is not None and line.cell[2] != number]
    left_out = [LeftOut(line.number, line.shown, "other_column" if not line.is_blank else "blank") for line in others]
    return replace(
        source,
        lines=tuple(replace(line, cell=None) for line in kept),
        left_out=tuple(sorted((*source.left_out, *left_out), key=lambda out: out.line)),
    )
