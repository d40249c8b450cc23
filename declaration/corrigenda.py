"""Corrigenda as they are read: what was published, what it should read, and what that changes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from declaration.models import Clause, Corrigendum, Draft, Wording
from declaration.outline import name_clause
from declaration.text.redline import Operation, TextTooLongError, redline


@dataclass(frozen=True)
class Correction:
    """A corrigendum with what it changes in the heading and in the text as they read before it."""

    corrigendum: Corrigendum
    heading_operations: Sequence[Operation]
    text_operations: Sequence[Operation]
    is_newest: bool

    @property
    def clause(self) -> Clause:
        """The clause that it corrects."""
        return self.corrigendum.clause

    @property
    def clause_name(self) -> str:
        """How that is called."""
        return name_clause(self.clause)

    @property
    def changes_heading(self) -> bool:
        """Whether it corrects the heading."""
        return any(each.op != "equal" for each in self.heading_operations)

    @property
    def changes_text(self) -> bool:
        """Whether it corrects the text."""
        return any(each.op != "equal" for each in self.text_operations)


def corrigenda_of(draft: Draft) -> QuerySet[Corrigendum]:
    """Return a draft's corrigenda in the order of the text, by language and number, with what prints them."""
    found: QuerySet[Corrigendum] = Corrigendum.objects.filter(clause__draft=draft).select_related("clause", "document")
    return found.order_by("clause__position", "language", "number")


def read_corrections(corrigenda: Iterable[Corrigendum]) -> list[Correction]:
    """Return corrigenda with what each changes in how its clause read before it.

    Asks the database twice: for the wordings as they were published, and for all corrigenda of the same clauses.
    """
    rows = list(corrigenda)
    if not rows:
        return []
    clauses = {each.clause_id for each in rows}
    standing = {
        (each.clause_id, each.language): (each.heading, each.text)
        for each in Wording.objects.filter(clause__in=clauses)
    }
    before: dict[int, tuple[str, str]] = {}
    newest: dict[tuple[int, str], int] = {}
    for each in Corrigendum.objects.filter(clause__in=clauses).order_by("number"):
        key = (each.clause_id, each.language)
        before[each.pk] = standing.get(key, ("", ""))
        standing[key], newest[key] = (each.heading, each.text), each.number
    return [
        Correction(
            each,
            heading_operations=_compare(before[each.pk][0], each.heading),
            text_operations=_compare(before[each.pk][1], each.text),
            is_newest=newest[each.clause_id, each.language] == each.number,
        )
        for each in rows
    ]


def newest_corrigenda(clauses: Iterable[Clause]) -> dict[int, dict[str, Corrigendum]]:
    """Return the corrigenda that hold, by clause and language: {clause id: {language: corrigendum}}; one query."""
    found: dict[int, dict[str, Corrigendum]] = defaultdict(dict)
    rows = Corrigendum.objects.filter(clause__in=[clause.pk for clause in clauses]).order_by("number")
    for each in rows.select_related("document"):
        found[each.clause_id][each.language] = each
    return dict(found)


def corrected_clauses(draft: Draft) -> set[int]:
    """Return the ids of a draft's clauses that have a corrigendum."""
    return set(Corrigendum.objects.filter(clause__draft=draft).values_list("clause", flat=True))


def _compare(before: str, after: str) -> list[Operation]:
    try:
        return redline(before, after)
    except TextTooLongError:
        return [Operation("delete", before), Operation("insert", after)]
