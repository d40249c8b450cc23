"""Files that hold a text in two languages, one beside the other in a table or one behind the other: which part is read."""

from dataclasses import replace
from typing import Final

from declaration.text.findings import LeftOut
from declaration.text.parser.languages import guess_language
from declaration.text.sources.columns import count_columns, read_column
from declaration.text.sources.lines import Source, SourceLine

BREAK: Final = "* * *"
"""The line between a text in one language and the same text in another."""

_MIN_SHARE: Final = 0.6
_FEWEST: Final = 2


def choose_side(source: Source, language: str | None) -> Source:
    """Return the part of a source that is in a language, the rest as left out; the whole of it where it is one text.

    Without `language` the first part is read. A text is in parts only where these are in different languages: in the columns
    of tables that hold most of its lines, or before and behind a lone line of three asterisks.
    """
    sides = _columns(source) or _parts(source)
    languages = [guess_language("\n".join(line.text for line in side.lines)) for side in sides]
    if len(sides) < _FEWEST or None in languages or len(set(languages)) < len(sides):
        return source
    wanted = language if language in languages else languages[0]
    if language is not None and wanted != language:
        return source
    return sides[languages.index(wanted)]


def _columns(source: Source) -> list[Source]:
    printed = [line for line in source.lines if not line.is_blank]
    in_cells = sum(1 for line in printed if line.cell)
    if not printed or in_cells < len(printed) * _MIN_SHARE:
        return []
    return [read_column(source, number) for number in range(count_columns(source))]


def _parts(source: Source) -> list[Source]:
    breaks = [line.number for line in source.lines if line.text.strip() == BREAK]
    if len(breaks) != 1 or any(line.cell for line in source.lines):
        return []
    before = [line for line in source.lines if line.number < breaks[0]]
    behind = [line for line in source.lines if line.number > breaks[0]]
    return [_without(source, before, behind, breaks[0]), _without(source, behind, before, breaks[0])]


def _without(source: Source, kept: list[SourceLine], others: list[SourceLine], at: int) -> Source:
    left_out = [LeftOut(line.number, line.shown, "blank" if line.is_blank else "other_language") for line in others]
    left_out.append(LeftOut(at, BREAK, "rule"))
    return replace(
        source,
        lines=tuple(kept),
        left_out=tuple(sorted((*source.left_out, *left_out), key=lambda out: out.line)),
    )
