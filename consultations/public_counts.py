"""How much is public, counted once for every change of what is public.

What was filed never changes, so a count over public comments depends only on which submissions are public. That set is
small, and naming it takes one quick question; the counting itself, over every comment, is done when the set is a new one
and kept in the shared cache under the set's name. A count can therefore never be stale, also at the moment at which a
sealed call is released, which nothing announces.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.contrib.postgres.aggregates import StringAgg
from django.core.cache import cache
from django.db.models import CharField, Count, F, Max, Subquery, Sum, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property

from consultations.models import Comment, Disposition, Hold, Submission
from consultations.standing import find_standings
from declaration.models import Draft

T = TypeVar("T")

KEPT_FOR = 7 * 24 * 3600
"""Seconds after which a count that nobody asked for any more may be forgotten."""


@dataclass(frozen=True)
class CarriedOver:
    """The public comments on earlier drafts, as they stand on a newer one.

    `kinds` holds how each stands ({comment id: kind}), `by_clause` how many lead to each clause of the newer draft.
    """

    kinds: dict[int, str] = field(default_factory=dict)
    by_clause: dict[int, int] = field(default_factory=dict)


def name_public_submissions() -> str:
    """A short name for the submissions that are public now, and for which comments are held: other sets, other names."""
    ids = StringAgg(Cast("id", CharField()), Value(","), order_by=F("id"))
    held = Hold.objects.active().filter(comment__isnull=False).order_by().values("lifted_at")
    held = held.annotate(ids=StringAgg(Cast("comment_id", CharField()), Value(","), order_by=F("comment_id")))
    public = Submission.objects.public().order_by("status").values("status").annotate(ids=ids)
    # In one question, since every page of the text asks it.
    row = public.annotate(held=Subquery(held.values("ids"))).values_list("ids", "held").first()
    listed = "/".join(each or "" for each in row) if row else ""
    return hashlib.sha256(listed.encode()).hexdigest()[:32]


def name_published_answers() -> str:
    """A short name for the state of the published answers, which can be retracted, changed and published again."""
    state = (
        Disposition.objects.published().order_by().aggregate(n=Count("id"), r=Sum("revision"), at=Max("published_at"))
    )
    return hashlib.sha256(repr(sorted(state.items())).encode()).hexdigest()[:32]


class PublicCounts:
    """Counts for one page: what is public is named once, however many counts the page asks for."""

    @cached_property
    def submissions(self) -> str:
        """The name of the set of public submissions."""
        return name_public_submissions()

    @cached_property
    def answers(self) -> str:
        """The name of the state of the published answers."""
        return name_published_answers()

    def by_target(self, draft: Draft) -> dict[int | None, dict[str, int]]:
        """How many public comments each clause of a draft has, by position; under None those on the whole text."""
        return _counted(
            f"public-by-target-{draft.pk}-{self.submissions}",
            lambda: Comment.objects.public().on_draft(draft).count_by_target(),
        )

    def by_draft(self) -> dict[int, int]:
        """How many public comments each draft has: {draft id: count}."""
        return _counted(f"public-by-draft-{self.submissions}", lambda: Comment.objects.public().count_by_draft())

    def carried_to(self, draft: Draft) -> CarriedOver:
        """Where the public comments on earlier drafts stand on a published draft, which never changes.

        Its own comments are not among them. A draft that supersedes none asks nothing.
        """
        if draft.supersedes_id is None:
            return CarriedOver()
        return _counted(f"public-carried-{draft.pk}-{self.submissions}", lambda: _carry_over(draft))

    def answers_on(self, draft: Draft) -> int:
        """How many published answers to public comments on a draft there are."""
        return _counted(
            f"public-answers-{draft.pk}-{self.submissions}-{self.answers}",
            lambda: Disposition.objects.public().filter(comment__submission__call__draft=draft).count(),
        )

    def by_decision(self) -> dict[str, int]:
        """How many public answers decide what: {decision: count}."""
        return _counted(
            f"public-decisions-{self.submissions}-{self.answers}",
            lambda: Disposition.objects.public().count_decisions(),
        )

    def unanswered(self) -> int:
        """How many public comments have no published answer."""
        return _counted(
            f"public-unanswered-{self.submissions}-{self.answers}",
            lambda: Comment.objects.public().unanswered().count(),
        )


def _carry_over(draft: Draft) -> CarriedOver:
    earlier = {"submission__call__draft__declaration": draft.declaration_id}
    comments = Comment.objects.public().filter(**earlier, submission__call__draft__ordinal__lt=draft.ordinal)
    found = CarriedOver()
    for pk, standing in find_standings(comments, draft).items():
        found.kinds[pk] = standing.kind.value
        for clause in standing.clauses:
            found.by_clause[clause.pk] = found.by_clause.get(clause.pk, 0) + 1
    return found


def _counted(key: str, count: Callable[[], T]) -> T:
    return cache.get_or_set(key, count, timeout=KEPT_FOR)  # type: ignore[return-value]
