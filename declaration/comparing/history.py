"""A clause through all drafts: what it comes from, what it became, and its words in each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from declaration.comparing.clauses import ComparedClause, Redliner, Steps, read_words
from declaration.fates import Step, find_chain, trace_back, trace_forward
from declaration.models import Clause, Descent, Draft


@dataclass(frozen=True)
class HistoryEntry:
    """The clauses in one draft that a clause was, is or became, each beside those of the draft before it.

    `compared` is empty where nothing of it is left. The first entry compares with nothing: there all is as it was written.
    """

    draft: Draft
    compared: Sequence[ComparedClause]
    is_first: bool = False


@dataclass(frozen=True)
class ClauseHistory:
    """A clause's whole history in one language, oldest draft first."""

    clause: Clause
    language: str
    entries: Sequence[HistoryEntry]

    @property
    def clauses(self) -> list[Clause]:
        """All clauses in it."""
        return [each.now for entry in self.entries for each in entry.compared if each.now]

    @property
    def has_other_drafts(self) -> bool:
        """Whether it leads beyond the clause's own draft."""
        return len(self.entries) > 1


def clause_history(clause: Clause, language: str, drafts: Iterable[Draft]) -> ClauseHistory:
    """Return the history of a clause through those of the drafts, which the reader may see, that lead to its own or on from it.

    The clause is given with its draft. Seven questions to the database, for any number of drafts.
    """
    by_id = {each.pk: each for each in drafts if each.declaration_id == clause.draft.declaration_id}
    by_id.setdefault(clause.draft_id, clause.draft)
    chain = _line_of(clause.draft, by_id)
    ids = {draft.pk for draft in chain}
    own = [*trace_back([clause.pk], ids), *trace_forward([clause.pk], ids)]
    kin = {clause.pk} | {pk for step in own for pk in (step.ancestor, step.descendant)}
    origins = [
        Step(*row)
        for row in Descent.objects.filter(descendant__in=kin, ancestor__draft__in=ids).values_list(*Step._fields)
    ]
    before = {step.ancestor for step in origins}
    near = [
        Step(*row)
        for row in Descent.objects.filter(ancestor__in=before, descendant__draft__in=ids).values_list(*Step._fields)
    ]
    steps = list({(step.ancestor, step.descendant): step for step in (*origins, *near)}.values())
    wanted = kin | {pk for step in steps for pk in (step.ancestor, step.descendant)}
    clauses: dict[int, Clause] = {each.pk: each for each in Clause.objects.filter(pk__in=wanted)}
    for each in clauses.values():
        each.draft = by_id[each.draft_id]
    redliner = Redliner(_step_up(steps, clauses), read_words(wanted, language), language)
    entries = _make_entries(chain, kin, clauses, redliner)
    return ClauseHistory(clause, language, entries)


def _line_of(draft: Draft, drafts: dict[int, Draft]) -> list[Draft]:
    """Return the drafts that a draft goes back to, itself, and those that go back to it, oldest first."""
    later = [each for each in drafts.values() if draft in find_chain(each, drafts)[:-1]]
    return [*find_chain(draft, drafts), *sorted(later, key=lambda each: each.ordinal)]


def _step_up(steps: Iterable[Step], clauses: dict[int, Clause]) -> Steps:
    ancestors: dict[int, list[Clause]] = {}
    descendants: dict[int, list[Clause]] = {}
    kinds: dict[int, set[str]] = {}
    for step in sorted(steps, key=lambda step: (clauses[step.ancestor].position, clauses[step.descendant].position)):
        ancestors.setdefault(step.descendant, []).append(clauses[step.ancestor])
        descendants.setdefault(step.ancestor, []).append(clauses[step.descendant])
        kinds.setdefault(step.descendant, set()).add(step.kind)
    return Steps(ancestors, descendants, {pk: frozenset(found) for pk, found in kinds.items()})


def _make_entries(
    chain: Sequence[Draft], kin: set[int], clauses: dict[int, Clause], redliner: Redliner
) -> list[HistoryEntry]:
    entries: list[HistoryEntry] = []
    for draft in chain:
        here = sorted((clauses[pk] for pk in kin if clauses[pk].draft_id == draft.pk), key=lambda each: each.position)
        if here:
            compared = [redliner.compare(each) for each in here]
            entries.append(HistoryEntry(draft, compared, is_first=not entries))
        elif entries and entries[-1].compared:
            entries.append(HistoryEntry(draft, ()))
    return entries
