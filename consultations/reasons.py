"""Why a clause is as it is: the published answers of the drafters that led to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from consultations.models import Comment, Disposition
from declaration.comparing import ClauseHistory

DECIDED = (
    Disposition.Decision.ACCEPTED,
    Disposition.Decision.ACCEPTED_IN_PART,
    Disposition.Decision.NOT_ACCEPTED,
    Disposition.Decision.DEFERRED,
    Disposition.Decision.NOTED,
)
"""Answers in the order in which they tell why a clause changed."""

MAX_REASONS = 50
"""So many answers are shown for a clause of one draft; all are in the list of answers."""


@dataclass(frozen=True)
class Reason:
    """A public comment on what a clause comes from, with the published answer; `names_clause` is whether that names the clause."""

    comment: Comment
    answer: Disposition
    names_clause: bool


def find_reasons(history: ClauseHistory) -> dict[int, Sequence[Reason]]:
    """Return why each clause of a history is as it is: {clause id: reasons}, what was accepted first.

    An answer belongs to the clause that it names as what came of the comment; one that names none belongs to what the comment's
    clause became in the next draft. One question to the database.
    """
    compared = [each for entry in history.entries for each in entry.compared if each.now]
    before = {clause.pk for each in compared for clause in each.before}
    answers = Disposition.objects.public().filter(
        Q(resulting_clause__in=history.clauses) | Q(comment__clause__in=before, resulting_clause__isnull=True)
    )
    found = [*answers.with_context().order_by("comment__submission__submitted_at", "comment__number", "pk")]
    reasons: dict[int, Sequence[Reason]] = {}
    for each in compared:
        if each.now:
            reasons[each.now.pk] = _of_clause(each.now.pk, {clause.pk for clause in each.before}, found)
    return reasons


def _of_clause(clause: int, before: set[int], answers: Iterable[Disposition]) -> list[Reason]:
    found = [
        Reason(answer.comment, answer, answer.resulting_clause_id == clause)
        for answer in answers
        if answer.resulting_clause_id == clause
        or (answer.resulting_clause_id is None and answer.comment.clause_id in before)
    ]
    return sorted(found, key=lambda each: DECIDED.index(each.answer.decision))[:MAX_REASONS]
