"""The rows that the thread is read from: those of each kind that a person may read, in order, with what names them."""

from typing import Any, Final

from django.db.models import F, Q, QuerySet

from activities.models import Activity, Deliverable, Outcome
from activities.thread.kinds import Kind, Layer
from consultations.models import Answer, Comment, Consultation, Disposition, Question, View
from declaration.models import Clause, Draft, Element, Request, Resolution

LATER: Final = Q(draft__supersedes__isnull=False)
"""Clauses of drafts that come after another."""

_COMMENTER: Final = (
    "submission__delegation__state",
    "submission__delegation__stakeholder",
    "submission__delegation__group",
)


def read_rows(kind: Kind, user: Any) -> QuerySet[Any]:
    """Return the rows of a kind that this person may read, in their own order.

    Every kind is narrowed by its own `visible_to`; what a thing leads to is in the thread only if it is found here itself.
    """
    return _READERS[kind](user)


def read_layer(layer: Layer, user: Any) -> QuerySet[Any]:
    """Return the rows of a layer that this person may read."""
    rows = read_rows(layer.kind, user)
    if layer.kind != Kind.CLAUSE:
        return rows
    return rows.filter(LATER) if layer.name == "later_clause" else rows.exclude(LATER)


def _resolutions(user: Any) -> QuerySet[Any]:
    return Resolution.objects.order_by(F("adopted_on_earliest").asc(nulls_last=True), "symbol")


def _requests(user: Any) -> QuerySet[Any]:
    adopted = F("resolution__adopted_on_earliest").asc(nulls_last=True)
    return Request.objects.select_related("resolution").order_by(adopted, "resolution__symbol", "position")


def _activities(user: Any) -> QuerySet[Any]:
    return Activity.objects.in_order()


def _outcomes(user: Any) -> QuerySet[Any]:
    return Outcome.objects.in_order()


def _deliverables(user: Any) -> QuerySet[Any]:
    return Deliverable.objects.in_order()


def _consultations(user: Any) -> QuerySet[Any]:
    return Consultation.objects.visible_to(user).in_order()


def _questions(user: Any) -> QuerySet[Any]:
    return Question.objects.select_related("questionnaire").order_by("questionnaire_id", "position")


def _views(user: Any) -> QuerySet[Any]:
    views: QuerySet[Any] = View.objects.visible_to(user)
    return views.select_related("consultation", "state", "stakeholder", "group").order_by("consultation_id", "position")


def _answers(user: Any) -> QuerySet[Any]:
    answers: QuerySet[Any] = Answer.objects.visible_to(user)
    return answers.select_related("question__questionnaire", "state", "stakeholder", "group").order_by(
        "question_id", "pk"
    )


def _elements(user: Any) -> QuerySet[Any]:
    return Element.objects.order_by("position")


def _drafts(user: Any) -> QuerySet[Any]:
    return Draft.objects.visible_to(user).order_by("ordinal")


def _clauses(user: Any) -> QuerySet[Any]:
    return Clause.objects.visible_to(user).select_related("draft").order_by("draft__ordinal", "position")


def _comments(user: Any) -> QuerySet[Any]:
    return Comment.objects.visible_to(user).select_related(*_COMMENTER).order_by("pk")


def _dispositions(user: Any) -> QuerySet[Any]:
    return Disposition.objects.visible_to(user).select_related("comment").order_by("pk")


_READERS: Final = {
    Kind.RESOLUTION: _resolutions,
    Kind.REQUEST: _requests,
    Kind.ACTIVITY: _activities,
    Kind.OUTCOME: _outcomes,
    Kind.DELIVERABLE: _deliverables,
    Kind.CONSULTATION: _consultations,
    Kind.QUESTION: _questions,
    Kind.VIEW: _views,
    Kind.ANSWER: _answers,
    Kind.ELEMENT: _elements,
    Kind.DRAFT: _drafts,
    Kind.CLAUSE: _clauses,
    Kind.COMMENT: _comments,
    Kind.DISPOSITION: _dispositions,
}
