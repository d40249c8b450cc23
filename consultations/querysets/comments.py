"""Which comments and answers, and for whom."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from consultations.visibility import (
    is_held,
    is_public,
    is_readable_by_staff,
    is_staff_member,
    is_visible,
)


def _count_once() -> Any:
    """How many comments there are, the same one that several stakeholders filed in a call counted once.

    A comment of a State or of a group of States is always its own.
    """
    same = Concat("submission__call_id", Value("/"), "fingerprint", output_field=models.TextField())
    own = Cast("id", models.TextField())
    of_stakeholder = Q(submission__delegation__stakeholder__isnull=False)
    return Count(Case(When(of_stakeholder, then=same), default=own), distinct=True)


class CommentQuerySet(models.QuerySet[Any]):
    """Comments, visible exactly as their submissions are."""

    def public(self, *, at: dt.datetime | None = None) -> Self:
        """What everyone may read at that moment (now, unless said)."""
        return self.filter(is_public("submission__", at=at or timezone.now(), comment=""))

    def not_held(self) -> Self:
        """Those that are not held one by one; their filing may be."""
        return self.filter(~Q(is_held("", "comment")))

    def held(self, *, at: dt.datetime | None = None) -> Self:
        """What everyone may know to be there and not read: single comments that are held, of filings that are public."""
        return self.filter(is_public("submission__", at=at or timezone.now()) & Q(is_held("", "comment")))

    def visible_to(self, user: Any, *, at: dt.datetime | None = None) -> Self:
        """What this person may read, as `SubmissionQuerySet.visible_to`."""
        return self.filter(is_visible("submission__", user, at=at or timezone.now(), comment=""))

    def filed_for_staff(self, *, at: dt.datetime | None = None) -> Self:
        """What staff have to answer: the comments of standing filings that staff may read."""
        return self.filter(
            is_readable_by_staff("submission__", at=at or timezone.now()), submission__status="submitted"
        )

    def unanswered(self) -> Self:
        """Without a published answer."""
        from consultations.models import Disposition  # the models import this module

        return self.filter(~Exists(Disposition.objects.filter(comment=OuterRef("pk"), published_at__isnull=False)))

    def with_context(self) -> Self:
        """With the submission, party, clause and answer that a comment is printed with."""
        return self.select_related(
            "submission__call__draft",
            "submission__delegation__state",
            "submission__delegation__stakeholder",
            "submission__delegation__group",
            "submission__on_behalf_of",
            "clause__draft",
            "disposition__resulting_clause__draft",
        )

    def with_replies(self) -> Self:
        """With what the commenters said to the answers, as one further query."""
        return self.prefetch_related("disposition__replies")

    def on_draft(self, draft: Any) -> Self:
        """Those filed in calls on a draft: on its clauses, and on its whole text."""
        return self.filter(submission__call__draft=draft)

    def attributed(self) -> Self:
        """Those whose author may be named: the only ones that a search for an author may find."""
        return self.filter(submission__consents_to_attribution=True)

    def in_order_of_filing(self) -> Self:
        """As they came in, and within a filing as they are numbered."""
        return self.order_by("submission__submitted_at", "submission_id", "number")

    def in_reading_order(self) -> Self:
        """By the clause they are on, newest draft first; on the whole text before all; then as they came in."""
        return self.order_by(
            "-submission__call__draft__ordinal",
            F("clause__position").asc(nulls_first=True),
            "submission__submitted_at",
            "submission_id",
            "number",
        )

    def repeated(self) -> Any:
        """What several stakeholders said in the same words in one call: rows of call, fingerprint, `first` and `times`.

        `first` is the id of one of the comments, `times` how many there are; what was said most often comes first.
        """
        filed = self.filter(submission__delegation__stakeholder__isnull=False).order_by()
        found = filed.values("submission__call", "fingerprint").annotate(
            first=models.Min("id"), times=Count("submission__delegation", distinct=True)
        )
        return found.filter(times__gt=1).order_by("-times", "first")

    def count_positions(self) -> dict[int, dict[str, int]]:
        """How many comments each clause has, by position ("" where none is given): {clause id: {position: count}}."""
        counts = self.count_by_target()
        return {clause: positions for clause, positions in counts.items() if clause is not None}

    def count_by_target(self) -> dict[int | None, dict[str, int]]:
        """The same, with what is said on the whole text under None."""
        counts: dict[int | None, dict[str, int]] = {}
        for clause_id, position, n in self.order_by().values_list("clause_id", "position").annotate(n=_count_once()):
            counts.setdefault(clause_id, {})[position] = n
        return counts

    def count_answers_by_call(self) -> dict[int, dict[str, int]]:
        """How far the comments of each call are answered: {call id: {"none" / "unpublished" / "published": count}}."""
        answered, published = Q(disposition__isnull=False), Q(disposition__published_at__isnull=False)
        rows = self.order_by().values("submission__call")
        rows = rows.annotate(
            none=Count("id", filter=~answered),
            unpublished=Count("id", filter=answered & ~published),
            published=Count("id", filter=published),
        )
        return {row.pop("submission__call"): row for row in rows}

    def count_by_draft(self) -> dict[int, int]:
        """How many comments there are on each draft: {draft id: count}."""
        return dict(self.order_by().values_list("submission__call__draft").annotate(n=_count_once()))


class DispositionQuerySet(models.QuerySet[Any]):
    """Answers."""

    def published(self) -> Self:
        """Those that the commenters and the public read."""
        return self.filter(published_at__isnull=False)

    def public(self, *, at: dt.datetime | None = None) -> Self:
        """What everyone may read at that moment: published answers to public comments."""
        return self.published().filter(is_public("comment__submission__", at=at or timezone.now(), comment="comment__"))

    def with_context(self) -> Self:
        """With the comment, party and clauses that an answer is printed with."""
        return self.select_related(
            "comment__submission__call__draft",
            "comment__submission__delegation__state",
            "comment__submission__delegation__stakeholder",
            "comment__submission__delegation__group",
            "comment__submission__on_behalf_of",
            "comment__clause__draft",
            "resulting_clause__draft",
        )

    def in_reading_order(self) -> Self:
        """By the clause that the comment is on, as `CommentQuerySet.in_reading_order`."""
        return self.order_by(
            "-comment__submission__call__draft__ordinal",
            F("comment__clause__position").asc(nulls_first=True),
            "comment__submission__submitted_at",
            "comment__number",
        )

    def count_decisions(self) -> dict[str, int]:
        """How many answers decide what: {decision: count}."""
        return dict(self.order_by().values_list("decision").annotate(n=Count("id")))

    def visible_to(self, user: Any, *, at: dt.datetime | None = None) -> Self:
        """Published answers to comments this person may read; for staff unpublished ones too."""
        at = at or timezone.now()
        published = Q(published_at__isnull=False) & is_visible(
            "comment__submission__", user, at=at, comment="comment__"
        )
        if is_staff_member(user):
            return self.filter(published | is_readable_by_staff("comment__submission__", at=at))
        return self.filter(published)
