"""What became of a clause in a later draft, followed through the drafts between by what descends from what.

Everything here is derived from `Descent` and asked anew each time. The number of questions to the database does not grow with
the number of clauses and drafts.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from declaration.models import Clause, Descent, Draft

Text = dict[str, str]
"""A digest of the words by language."""


class Step(NamedTuple):
    """That a clause descends from one of an earlier draft; `kind` is one of `Descent.Kind`."""

    ancestor: int
    descendant: int
    kind: str


@dataclass(frozen=True)
class Fate:
    """What became of a clause in a later draft.

    `clauses` are those that it became there, in reading order; none where it was dropped. `lost` are the last clauses of the
    parts of it that were dropped on the way, all of them where nothing is left, and `dropped_in` the first draft that such a
    part is not in. `is_known` is whether its lineage is settled enough to be told at all, `is_settled` whether people have
    confirmed all that it rests on.
    """

    clauses: tuple[Clause, ...] = ()
    lost: tuple[Clause, ...] = ()
    dropped_in: Draft | None = None
    is_split: bool = False
    is_merged: bool = False
    is_moved: bool = False
    is_known: bool = True
    is_settled: bool = True


@dataclass(frozen=True)
class Settlement:
    """How far a draft's lineage is settled: its clauses, those not confirmed, and those of these without any origin."""

    clauses: int = 0
    unconfirmed: int = 0
    without_origin: int = 0


_TRACE: Final = """
    WITH RECURSIVE trace AS (
        SELECT step.ancestor_id, step.descendant_id, step.kind
        FROM declaration_descent step JOIN declaration_clause clause ON clause.id = step.{far}
        WHERE step.{near} = ANY(%s) AND clause.draft_id = ANY(%s)
        UNION
        SELECT step.ancestor_id, step.descendant_id, step.kind
        FROM trace JOIN declaration_descent step ON step.{near} = trace.{far}
                   JOIN declaration_clause clause ON clause.id = step.{far}
        WHERE clause.draft_id = ANY(%s)
    )
    SELECT ancestor_id, descendant_id, kind FROM trace ORDER BY ancestor_id, descendant_id
"""

UNKNOWN = Fate(is_known=False, is_settled=False)


def find_chain(draft: Draft, drafts: Mapping[int, Draft]) -> list[Draft]:
    """Return a draft and those it goes back to, oldest first, each superseded by the next.

    A published draft goes back to published ones only: what is in preparation is no ground for what the public reads.
    """
    chain: list[Draft] = [draft]
    while (before := drafts.get(chain[0].supersedes_id or 0)) and before not in chain:
        if draft.is_published and not before.is_published:
            break
        chain.insert(0, before)
    return chain


def trace_forward(clauses: Collection[int], drafts: Collection[int]) -> list[Step]:
    """Return every descent that leads on from these clauses, to clauses of these drafts."""
    return _trace(clauses, drafts, near="ancestor_id", far="descendant_id")


def trace_back(clauses: Collection[int], drafts: Collection[int]) -> list[Step]:
    """Return every descent that leads to these clauses, from clauses of these drafts."""
    return _trace(clauses, drafts, near="descendant_id", far="ancestor_id")


def _trace(clauses: Collection[int], drafts: Collection[int], *, near: str, far: str) -> list[Step]:
    """Walk from clauses along descents, each from its `near` end to its `far` one, both of them columns of the table."""
    if not clauses or not drafts:
        return []
    sql = _TRACE.format(near=near, far=far)
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(clauses), list(drafts), list(drafts)])
        return [Step(*row) for row in cursor.fetchall()]


def digest_below(clauses: Collection[int]) -> dict[int, Text]:
    """Return a digest of the words of all that stands below each clause, by language, without labels; none for a leaf."""
    if not clauses:
        return {}
    sql = """
        WITH RECURSIVE below AS (
            SELECT parent_id AS top, id, position FROM declaration_clause WHERE parent_id = ANY(%s)
            UNION ALL
            SELECT below.top, clause.id, clause.position
            FROM below JOIN declaration_clause clause ON clause.parent_id = below.id
        )
        SELECT top, language, md5(string_agg(md5(heading) || md5(text), '' ORDER BY below.position))
        FROM below JOIN declaration_wording wording ON wording.clause_id = below.id
        GROUP BY top, language
    """
    return _digests(sql, clauses)


def digest_drafts(drafts: Collection[int]) -> dict[int, Text]:
    """Return a digest of the words of whole drafts, by language, without labels."""
    if not drafts:
        return {}
    sql = """
        SELECT draft_id, language, md5(string_agg(md5(heading) || md5(text), '' ORDER BY position))
        FROM declaration_clause clause JOIN declaration_wording wording ON wording.clause_id = clause.id
        WHERE draft_id = ANY(%s)
        GROUP BY draft_id, language
    """
    return _digests(sql, drafts)


def _digests(sql: str, keys: Collection[int]) -> dict[int, Text]:
    digests: dict[int, Text] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(keys)])
        for key, language, digest in cursor.fetchall():
            digests.setdefault(key, {})[language] = digest
    return digests


def count_settled(drafts: Collection[int]) -> dict[int, Settlement]:
    """Return how far the lineage of each draft is settled: {draft id: settlement}."""
    has_origin = Exists(Descent.objects.filter(descendant=OuterRef("pk")))
    open_ones = Q(is_origin_confirmed=False)
    rows = (
        Clause.objects.filter(draft__in=drafts)
        .order_by()
        .annotate(has_origin=has_origin)
        .values("draft")
        .annotate(
            clauses=Count("pk"),
            unconfirmed=Count("pk", filter=open_ones),
            without_origin=Count("pk", filter=open_ones & Q(has_origin=False)),
        )
    )
    return {row["draft"]: Settlement(row["clauses"], row["unconfirmed"], row["without_origin"]) for row in rows}


class Lineage:
    """What descends from some clauses in the drafts that lead to later ones, ready to be followed."""

    def __init__(self, clauses: Iterable[int], targets: Iterable[Draft], drafts: Mapping[int, Draft]) -> None:
        """Ask three questions: for the descents, for the clauses they lead to, and for what is settled."""
        self.chains = {target.pk: find_chain(target, drafts) for target in targets}
        in_chains = {draft.pk for chain in self.chains.values() for draft in chain}
        starts = set(clauses)
        steps = trace_forward(starts, in_chains)
        self.onward: dict[int, list[Step]] = {}
        for step in steps:
            self.onward.setdefault(step.ancestor, []).append(step)
        wanted = starts | {step.descendant for step in steps}
        found = Clause.objects.filter(pk__in=wanted).annotate(origin_count=Count("origins")) if wanted else ()
        self.clauses: dict[int, Clause] = {clause.pk: clause for clause in found}
        for clause in self.clauses.values():
            clause.draft = drafts[clause.draft_id]
        self.settled = count_settled(in_chains) if in_chains else {}

    def follow(self, start: int, target: Draft) -> Fate:
        """Return what became of a clause in a later draft; `UNKNOWN` where that draft does not go back to the clause's."""
        chain = {draft.pk: place for place, draft in enumerate(self.chains[target.pk])}
        home = self.clauses[start].draft_id
        if home not in chain or chain[home] == len(chain) - 1 or not self.settled.get(target.pk, Settlement()).clauses:
            return UNKNOWN
        reached = self._reach(start, chain)
        ends = {pk for pk in reached if self.clauses[pk].draft_id == target.pk}
        steps = [step for pk in reached for step in self.onward.get(pk, ()) if step.descendant in reached]
        leading = self._leading_to(ends, steps)
        lost = {pk for pk in reached - leading if not any(step.ancestor == pk for step in steps)}
        return self._judge(target, ends, [step for step in steps if step.descendant in leading], lost)

    def _reach(self, start: int, chain: Mapping[int, int]) -> set[int]:
        reached, waiting = {start}, [start]
        while waiting:
            for step in self.onward.get(waiting.pop(), ()):
                if step.descendant not in reached and self.clauses[step.descendant].draft_id in chain:
                    reached.add(step.descendant)
                    waiting.append(step.descendant)
        return reached

    @staticmethod
    def _leading_to(ends: set[int], steps: Iterable[Step]) -> set[int]:
        back: dict[int, list[int]] = {}
        for step in steps:
            back.setdefault(step.descendant, []).append(step.ancestor)
        leading, waiting = set(ends), list(ends)
        while waiting:
            for ancestor in back.get(waiting.pop(), ()):
                if ancestor not in leading:
                    leading.add(ancestor)
                    waiting.append(ancestor)
        return leading

    def _judge(self, target: Draft, ends: set[int], steps: list[Step], lost: set[int]) -> Fate:
        """Put together what the steps on the way to the target say, and how sure that is."""
        chain = self.chains[target.pk]
        arrivals: dict[int, int] = {}
        for step in steps:
            arrivals[step.descendant] = arrivals.get(step.descendant, 0) + 1
        reunited = any(count > 1 for count in arrivals.values())
        is_merged = any(
            self.clauses[step.descendant].origin_count > arrivals[step.descendant]  # type: ignore[attr-defined]
            or (step.kind == Descent.Kind.MERGED and arrivals[step.descendant] == 1)
            for step in steps
        )
        split_steps = [step for step in steps if step.kind == Descent.Kind.SPLIT]
        is_split = len(ends) > 1 or bool(ends and lost) or bool(split_steps and not reunited)
        # What may still change: a clause on the way that nobody has confirmed, and, where a part is missing, any clause that
        # might turn out to be it.
        searched = {draft.pk for pk in lost for draft in self._after(pk, chain)}
        if is_split:
            searched |= {self.clauses[step.descendant].draft_id for step in steps}
        settlements = [self.settled.get(pk, Settlement()) for pk in searched]
        is_settled = all(self.clauses[step.descendant].is_origin_confirmed for step in steps) and not any(
            each.unconfirmed for each in settlements
        )
        if not ends and any(each.without_origin for each in settlements):
            return UNKNOWN
        return Fate(
            clauses=self._in_order(ends),
            lost=self._in_order(lost),
            dropped_in=self._dropped_in(lost, chain),
            is_split=is_split,
            is_merged=is_merged,
            is_moved=any(step.kind == Descent.Kind.MOVED for step in steps),
            is_settled=is_settled,
        )

    def _in_order(self, clauses: Iterable[int]) -> tuple[Clause, ...]:
        found = [self.clauses[pk] for pk in clauses]
        return tuple(sorted(found, key=lambda clause: (clause.draft.ordinal, clause.position)))

    def _after(self, clause: int, chain: list[Draft]) -> list[Draft]:
        home = self.clauses[clause].draft_id
        place = next(index for index, draft in enumerate(chain) if draft.pk == home)
        return chain[place + 1 :]

    def _dropped_in(self, lost: Iterable[int], chain: list[Draft]) -> Draft | None:
        # A draft that never goes beyond the target: what reached the target was not lost.
        places = [self._after(pk, chain)[0] for pk in lost]
        return max(places, key=lambda draft: draft.ordinal) if places else None


def find_ancestors_of(clause: Clause, draft: Draft) -> set[int]:
    """Return the ids of all clauses of earlier drafts that a clause of a draft comes from. Two questions to the database."""
    drafts = {each.pk: each for each in Draft.objects.filter(declaration=draft.declaration_id)}
    earlier = {each.pk for each in find_chain(draft, drafts)} - {draft.pk}
    return {step.ancestor for step in trace_back({clause.pk}, earlier)}
