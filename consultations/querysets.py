"""Which delegations, calls, submissions, comments and answers, and for whom.

Who may see a filing is decided here, once: pages, API, exports and counts all ask `visible_to` or `public`.
"""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from consultations.visibility import (
    UNFILED,
    delegations_of,
    is_held,
    is_letter_in_writing,
    is_public,
    is_readable_by_staff,
    is_released,
    is_sealed,
    is_staff_member,
    is_visible,
)


class InvitationQuerySet(models.QuerySet[Any]):
    """Invitations to act for a delegation."""

    def waiting(self) -> Self:
        """Those that are neither accepted nor taken back, with who invited; some of them may have expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True).select_related("invited_by")


class DelegationQuerySet(models.QuerySet[Any]):
    """Delegations, with the party that each of them is."""

    def with_party(self) -> Self:
        """With the State, stakeholder or group in the same query."""
        return self.select_related("state", "stakeholder", "group")

    def of(self, user: Any) -> Self:
        """The active delegations that this person belongs to."""
        if not (user and user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(memberships__user=user, is_active=True)

    def for_staff(self, words: str = "") -> Self:
        """As staff list them: with their focal points, those without any in front; narrowed by a part of a name or key."""
        from consultations.models import Membership  # the models import this module

        leading = Membership.objects.filter(role="focal_point").select_related("user").order_by("pk")
        found = self.with_party().prefetch_related(models.Prefetch("memberships", leading, to_attr="focal_points"))
        if words:
            paths = ("state__name", "stakeholder__name", "group__name")
            named = Q(state__alpha3__iexact=words) | Q(stakeholder__slug__iexact=words) | Q(group__code__iexact=words)
            for path in paths:
                named |= Q(**{f"{path}__icontains": words})
            found = found.filter(named)
        has_nobody = ~Exists(leading.filter(delegation=OuterRef("pk")))
        return found.annotate(has_nobody=has_nobody).order_by("-has_nobody", "pk")

    def visible_to(self, user: Any) -> Self:
        """Staff see them all; a person sees her own."""
        return self.all() if is_staff_member(user) else self.of(user)


class CallQuerySet(models.QuerySet[Any]):
    """Calls for comments."""

    def visible_to(self, user: Any) -> Self:
        """What was opened, for everyone; what is in preparation, for staff too."""
        return self.all() if is_staff_member(user) else self.exclude(status="preparing")

    def announced(self) -> Self:
        """What everyone may read: all but calls in preparation."""
        return self.exclude(status="preparing")

    def open(self, *, at: dt.datetime | None = None) -> Self:
        """Calls that take submissions in time at that moment (now, unless said)."""
        at = at or timezone.now()
        return self.filter(status="open", opens_at__lte=at, closes_at__gt=at)

    def with_draft(self) -> Self:
        """With the draft that each is about."""
        return self.select_related("draft", "draft__declaration", "draft__document")

    def with_early_opening(self) -> Self:
        """With the early opening that was asked for, if any, and by whom."""
        return self.select_related("early_opening__asked_by", "early_opening__confirmed_by")


class SubmissionQuerySet(models.QuerySet[Any]):
    """Submissions, which only their delegation reads until they are released."""

    def public(self, *, at: dt.datetime | None = None) -> Self:
        """What everyone may read at that moment (now, unless said)."""
        return self.filter(is_public("", at=at or timezone.now()))

    def held(self, *, at: dt.datetime | None = None) -> Self:
        """What everyone may know to be there and nobody but staff and its delegation may read: released, and held."""
        return self.filter(is_released("", at=at or timezone.now()) & Q(is_held("", "submission")))

    def visible_to(self, user: Any, *, at: dt.datetime | None = None) -> Self:
        """What this person may read: the public's, her delegations' own, and for staff what was filed."""
        return self.filter(is_visible("", user, at=at or timezone.now()))

    def with_files_for(self, user: Any, *, at: dt.datetime | None = None) -> Self:
        """Those whose files this person may read: what she may read, and texts that her delegation is asked to sign."""
        visible = is_visible("", user, at=at or timezone.now())
        if user and user.is_authenticated and user.is_active:
            from consultations.models import CoSponsor  # the models import this module

            offered = CoSponsor.objects.offered_to(user).order_by().values("submission")
            visible |= Q(pk__in=offered)
        return self.filter(visible)

    def of_delegations_of(self, user: Any) -> Self:
        """Those of the delegations that this person belongs to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(~is_letter_in_writing(""), delegation__in=delegations_of(user))

    def filed_for_staff(self, *, at: dt.datetime | None = None) -> Self:
        """What was filed and staff may read: under embargo only once the call has closed."""
        return self.filter(is_readable_by_staff("", at=at or timezone.now()))

    def attributed(self) -> Self:
        """Those whose author may be named: the only ones that a search for an author may find."""
        return self.filter(consents_to_attribution=True)

    def in_writing(self) -> Self:
        """Not filed yet, and written by the delegation itself."""
        return self.filter(status__in=UNFILED).exclude(source="letter")

    def letters_in_writing(self) -> Self:
        """Letters that staff are entering."""
        return self.filter(is_letter_in_writing(""))

    def letters_for_staff(self, *, at: dt.datetime | None = None) -> Self:
        """Letters that staff are entering or have filed; none of a call that is sealed at that moment (now, unless said)."""
        return self.filter(~is_sealed("", at=at or timezone.now()), source="letter")

    def with_context(self) -> Self:
        """With the call, the draft and the party that every page about a submission names."""
        return self.select_related(
            "call__draft__declaration",
            "delegation__state",
            "delegation__stakeholder",
            "delegation__group",
            "on_behalf_of",
        )

    def with_supporters(self) -> Self:
        """With `supporters`, the co-sponsors that joined each, as one further query."""
        from consultations.models import CoSponsor  # the models import this module

        joined = CoSponsor.objects.joined().with_party().order_by("pk")
        return self.prefetch_related(models.Prefetch("co_sponsors", joined, to_attr="supporters"))

    def count_comments(self, *, also_held: bool = False) -> Self:
        """With `comment_count`, how many comments each has, counted for those that are read and no others.

        Comments that are held are counted only where that is said: for staff and for their delegation.
        """
        from consultations.models import Comment  # the models import this module

        written = Comment.objects.filter(submission=OuterRef("pk")).order_by()
        comments = (written if also_held else written.not_held()).values("submission")
        count = Subquery(comments.annotate(n=Count("id")).values("n"), output_field=models.IntegerField())
        return self.annotate(comment_count=Coalesce(count, 0))

    def count_by_status(self) -> dict[str, int]:
        """How many submissions have each status: {status: count}."""
        return dict(self.order_by().values_list("status").annotate(n=Count("id")))

    def count_by_call(self) -> dict[int, int]:
        """How many submissions there are in each call: {call id: count}."""
        return dict(self.order_by().values_list("call").annotate(n=Count("id")))


def _count_once() -> Any:
    """How many comments there are, the same one that several stakeholders filed in a call counted once.

    A comment of a State or of a group of States is always its own.
    """
    same = Concat("submission__call_id", Value("/"), "fingerprint", output_field=models.TextField())
    own = Cast("id", models.TextField())
    of_stakeholder = Q(submission__delegation__stakeholder__isnull=False)
    return Count(Case(When(of_stakeholder, then=same), default=own), distinct=True)


class CoSponsorQuerySet(models.QuerySet[Any]):
    """Delegations that were asked to stand behind others' submissions."""

    def offered_to(self, user: Any) -> Self:
        """What this person's delegations are asked to stand behind, or joined, and may read: cleared or filed texts alone."""
        readable = Q(submission__status__in=["cleared", "submitted"])
        readable |= Q(submission__status__in=["superseded", "withdrawn"], status="joined")
        return self.filter(readable, delegation__in=delegations_of(user)) if user.is_authenticated else self.none()

    def joined(self) -> Self:
        """Those who stand behind it."""
        return self.filter(status="joined")

    def with_party(self) -> Self:
        """With the party that each of the delegations is."""
        return self.select_related("delegation__state", "delegation__stakeholder", "delegation__group")

    def with_submission(self) -> Self:
        """With the submission, its call and its party."""
        return self.with_party().select_related(
            "submission__call__draft",
            "submission__delegation__state",
            "submission__delegation__stakeholder",
            "submission__delegation__group",
            "submission__on_behalf_of",
        )


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


class HoldQuerySet(models.QuerySet[Any]):
    """What is held, or was, of what stakeholders filed."""

    def active(self) -> Self:
        """Those that were not lifted."""
        return self.filter(lifted_at__isnull=True)

    def public(self, *, at: dt.datetime | None = None) -> Self:
        """Those that everyone may know of at that moment: on standing filings that were released."""
        at = at or timezone.now()
        return self.filter(is_released("submission__", at=at) | is_released("comment__submission__", at=at))

    def for_staff(self, *, at: dt.datetime | None = None) -> Self:
        """Those on standing filings that staff may read at that moment: nothing of a sealed call."""
        at = at or timezone.now()
        own = Q(submission__status="submitted") & is_readable_by_staff("submission__", at=at)
        one = Q(comment__submission__status="submitted") & is_readable_by_staff("comment__submission__", at=at)
        return self.filter(own | one)

    def in_call(self, call: Any) -> Self:
        """Those on filings in a call."""
        return self.filter(Q(submission__call=call) | Q(comment__submission__call=call))

    def with_context(self) -> Self:
        """With the filing, party, call and clause that a hold is printed with."""
        submissions = [
            f"{to}{name}"
            for to in ("submission__", "comment__submission__")
            for name in (
                "call__draft",
                "delegation__stakeholder",
                "delegation__state",
                "delegation__group",
                "on_behalf_of",
            )
        ]
        return self.select_related(*submissions, "comment__clause__draft", "placed_by", "lifted_by")


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
