"""Comparisons as plain text, for terminals and mail: `[-deleted-]` and `{+inserted+}`, one clause after the other."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from declaration.comparing.clauses import ComparedClause, Kind
from declaration.comparing.drafts import Comparison
from declaration.comparing.history import ClauseHistory
from declaration.outline import name_clause
from declaration.text.redline import as_plain_text


def print_comparison(comparison: Comparison, *, only_changes: bool = False) -> str:
    """Return two drafts compared: a head with the figures, then every clause, or those of which anything differs."""
    return "".join(f"{line}\n" for line in _comparison_lines(comparison, only_changes=only_changes))


def print_clause(compared: ComparedClause) -> str:
    """Return one compared clause."""
    return "".join(f"{line}\n" for line in _clause_lines(compared))


def print_history(history: ClauseHistory) -> str:
    """Return a clause's history, oldest draft first."""
    lines = [name_clause(history.clause), ""]
    for entry in history.entries:
        lines += [f"== {_draft_line(entry.draft.ordinal, str(entry.draft.name))} ==", ""]
        for compared in entry.compared:
            lines += [*(_first_lines(compared) if entry.is_first else _clause_lines(compared)), ""]
        if not entry.compared:
            lines += [_("Nothing of it is left in this draft."), ""]
    return "".join(f"{line}\n" for line in lines)


def _comparison_lines(comparison: Comparison, *, only_changes: bool) -> Iterator[str]:
    yield f"--- {_draft_line(comparison.older.ordinal, str(comparison.older.name))}"
    yield f"+++ {_draft_line(comparison.newer.ordinal, str(comparison.newer.name))}"
    yield pgettext("between two counts", ", ").join(
        f"{Kind(kind).label}: {count}" for kind, count in comparison.counts.items() if count
    )
    words = {"inserted": comparison.words.inserted, "deleted": comparison.words.deleted}
    yield _("words inserted: %(inserted)d, words deleted: %(deleted)d") % words
    clauses: Iterable[ComparedClause] = comparison.changes if only_changes else comparison.clauses
    for compared in clauses:
        yield ""
        yield from _clause_lines(compared)


def _draft_line(ordinal: int, name: str) -> str:
    return _("Draft %(number)d: %(name)s") % {"number": ordinal, "name": name}


def _clause_lines(compared: ComparedClause) -> Iterator[str]:
    head = f"# {compared.clause.eid} · {compared.name}"
    if compared.kind != Kind.UNCHANGED:
        head += f" · {compared.kind.label}"
    before = [each.eid for each in compared.before if not compared.now or each.eid != compared.now.eid]
    yield f"{head} ← {', '.join(before)}" if before and compared.now else head
    yield from (as_plain_text(operations) for operations in (compared.heading, compared.text) if operations)


def _first_lines(compared: ComparedClause) -> Iterator[str]:
    yield f"# {compared.clause.eid} · {compared.name}"
    yield from ("".join(each.text for each in ops) for ops in (compared.heading, compared.text) if ops)
