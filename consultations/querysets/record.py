"""Which consultations, views, notes, questionnaires and answers, and for whom."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from consultations.visibility import is_staff_member

OPEN = ("public", "chatham_house")
"""What was said under these may be read by everyone; who said it only where it is public."""


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
