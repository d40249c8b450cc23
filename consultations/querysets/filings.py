"""Which calls, submissions and co-sponsorships, and for whom; and what of them is held."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
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

    def taking(self, *, at: dt.datetime | None = None) -> Self:
        """Calls that take submissions at that moment, in time or late, as `rules.takes_filing` says of one."""
        at = at or timezone.now()
        return self.filter(Q(closes_at__gt=at) | Q(takes_late=True), status="open", opens_at__lte=at)

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
