"""Which consultations, views, notes, questionnaires and answers, and for whom."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Prefetch, Q, QuerySet

from consultations.visibility import is_staff_member
from declaration.models import Clause, Draft

OPEN = ("public", "chatham_house")
"""What was said under these may be read by everyone; who said it only where it is public."""


def published_clauses() -> "Prefetch[str, QuerySet[Clause], str]":
    """Return the prefetch of the clauses of published drafts that a view bears on, as they are read."""
    clauses = Clause.objects.filter(draft__in=Draft.objects.published()).select_related("draft")
    return Prefetch("clauses", clauses.in_reading_order())


class ConsultationQuerySet(models.QuerySet[Any]):
    """Consultations, which everyone reads once staff have made them public."""

    def public(self) -> Self:
        """Those that everyone may read."""
        return self.filter(is_public=True)

    def visible_to(self, user: Any) -> Self:
        """Those that this person may read: staff all, others what is public."""
        return self if is_staff_member(user) else self.public()

    def in_order(self) -> Self:
        """Oldest first; what has no date of its own comes last."""
        return self.order_by(F("when_earliest").asc(nulls_last=True), "slug")

    def for_list(self) -> Self:
        """With what a list prints of each."""
        return self.select_related("host_state", "source")

    def for_reading(self) -> Self:
        """With everything that is recorded of who took part, in a fixed number of queries."""
        return self.for_list().prefetch_related("states", "stakeholders", "groups", "documents", "phases__mandate")


class ViewQuerySet(models.QuerySet[Any]):
    """Views expressed in consultations."""

    def public(self) -> Self:
        """Those that everyone may read, be it without knowing who expressed them."""
        return self.filter(confidentiality__in=OPEN, consultation__is_public=True)

    def visible_to(self, user: Any) -> Self:
        """Those that this person may read: staff all, others what is public."""
        return self if is_staff_member(user) else self.public()

    def of_party(self, party: Q, *, user: Any) -> Self:
        """Those of a party that this person may know to be its: under the Chatham House Rule nobody but staff may.

        `party` says whose, as `Q(state=…)`.
        """
        own = self.filter(party)
        return own if is_staff_member(user) else own.filter(confidentiality="public", consultation__is_public=True)

    def in_order(self) -> Self:
        """By consultation, and there in the order in which they were written down."""
        return self.order_by("consultation", "position")

    def with_context(self) -> Self:
        """With all that is printed of them; whether the speaker is, is for `rules.can_see_speaker` to say."""
        spoken = self.select_related("consultation", "state", "stakeholder", "group", "on_behalf_of", "source")
        return spoken.prefetch_related("elements", published_clauses())


class ConsultationNoteQuerySet(models.QuerySet[Any]):
    """Notes of staff on consultations."""

    def public(self) -> Self:
        """Those that everyone may read."""
        return self.filter(confidentiality__in=OPEN, consultation__is_public=True)

    def visible_to(self, user: Any) -> Self:
        """Those that this person may read: staff all, others what was made public."""
        return self if is_staff_member(user) else self.public()


class QuestionnaireQuerySet(models.QuerySet[Any]):
    """Questionnaires, which are public."""

    def in_order(self) -> Self:
        """Oldest first; what has no date of its own comes last."""
        return self.order_by(F("sent_on_earliest").asc(nulls_last=True), "slug")

    def with_context(self) -> Self:
        """With what is printed of each; its consultation may be one that staff alone read."""
        return self.select_related("sent_by", "consultation", "replies", "source")


class AnswerQuerySet(models.QuerySet[Any]):
    """Answers to questionnaires."""

    def public(self) -> Self:
        """Those that everyone may read, be it without knowing who answered."""
        return self.filter(confidentiality__in=OPEN)

    def visible_to(self, user: Any) -> Self:
        """Those that this person may read: staff all, others what is public."""
        return self if is_staff_member(user) else self.public()

    def of_party(self, party: Q, *, user: Any) -> Self:
        """Those of a party that this person may know to be its; `party` says whose, as `Q(state=…)`."""
        own = self.filter(party)
        return own if is_staff_member(user) else own.filter(confidentiality="public")

    def in_order(self) -> Self:
        """By question, and there as they were written down."""
        return self.order_by("question", "id")

    def with_context(self) -> Self:
        """With all that is printed of them; whether the party is, is for `rules.can_see_speaker` to say."""
        given = self.select_related("question__questionnaire", "state", "stakeholder", "group", "source")
        return given.prefetch_related("elements")
