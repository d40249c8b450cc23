"""What the thread is made of: the kinds of its things, the columns they stand in, and what leads from one to the other.

Every step is a row of the record: a foreign key or a link between many. Nothing is stored for the thread itself.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity, Deliverable, Outcome
from consultations.models import Answer, Comment, Disposition, Question, View
from declaration.models import Clause, Descent, Request


class Kind(models.TextChoices):
    """A kind of thing in the thread."""

    RESOLUTION = "resolution", _("resolution")
    REQUEST = "request", pgettext_lazy("of a resolution", "request")
    ACTIVITY = "activity", _("activity")
    OUTCOME = "outcome", _("outcome")
    DELIVERABLE = "deliverable", _("deliverable")
    CONSULTATION = "consultation", _("consultation")
    QUESTION = "question", _("question")
    VIEW = "view", pgettext_lazy("expressed in a consultation", "view")
    ANSWER = "answer", pgettext_lazy("to a questionnaire", "answer")
    ELEMENT = "element", pgettext_lazy("of the text", "element")
    DRAFT = "draft", _("draft")
    CLAUSE = "clause", _("clause")
    COMMENT = "comment", _("comment")
    DISPOSITION = "disposition", pgettext_lazy("to a comment", "answer")


class Relation(models.TextChoices):
    """What leads from one thing to the next."""

    ASKS = "asks", _("asks")
    IS_ANSWERED_BY = "is_answered_by", _("is answered by")
    TAKES_INTO_ACCOUNT = "takes_into_account", _("asks to take into account")
    ASKS_FOR = "asks_for", _("asks for")
    HELD = "held", _("in it was held")
    HEARD = "heard", _("heard")
    PUT = "put", _("put the question")
    WAS_ANSWERED = "was_answered", _("was answered")
    BEARS_ON = "bears_on", _("bears on")
    IS_REFLECTED_IN = "is_reflected_in", _("is reflected in")
    DELIVERED = "delivered", _("was delivered as")
    WAS_COMMENTED_ON = "was_commented_on", _("was commented on")
    WAS_DECIDED = "was_decided", _("was decided")
    LED_TO = "led_to", _("led to")
    BECAME = "became", _("became")


@dataclass(frozen=True)
class Step:
    """How one kind leads to another: rows of `model`, where `source` and `target` are the paths to the two ids."""

    relation: Relation
    before: Kind
    after: Kind
    model: type[models.Model]
    source: str
    target: str

    def onward(self, ids: Any) -> QuerySet[Any]:
        """Return the ids to which these lead, as a query for a condition."""
        return self._rows(**{f"{self.source}__in": ids}).values(self.target)

    def back(self, ids: Any) -> QuerySet[Any]:
        """Return the ids that lead to these, as a query for a condition."""
        return self._rows(**{f"{self.target}__in": ids}).values(self.source)

    def between(self, before: Any, after: Any) -> QuerySet[Any]:
        """Return the pairs of ids of which both are among these, as a query."""
        rows = self._rows(**{f"{self.source}__in": before, f"{self.target}__in": after})
        return rows.values_list(self.source, self.target)

    def _rows(self, **conditions: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = self.model._default_manager.filter(**conditions).order_by()
        return found


STEPS: Final = (
    Step(Relation.ASKS, Kind.RESOLUTION, Kind.REQUEST, Request, "resolution_id", "id"),
    Step(Relation.IS_ANSWERED_BY, Kind.REQUEST, Kind.ACTIVITY, Activity.requests.through, "request_id", "activity_id"),
    Step(Relation.TAKES_INTO_ACCOUNT, Kind.REQUEST, Kind.OUTCOME, Outcome.requests.through, "request_id", "outcome_id"),
    Step(
        Relation.ASKS_FOR,
        Kind.REQUEST,
        Kind.DELIVERABLE,
        Deliverable.requests.through,
        "request_id",
        "deliverable_id",
    ),
    Step(
        Relation.HELD,
        Kind.ACTIVITY,
        Kind.CONSULTATION,
        Activity.consultations.through,
        "activity_id",
        "consultation_id",
    ),
    Step(Relation.HEARD, Kind.CONSULTATION, Kind.VIEW, View, "consultation_id", "id"),
    Step(Relation.PUT, Kind.CONSULTATION, Kind.QUESTION, Question, "questionnaire__consultation_id", "id"),
    Step(Relation.WAS_ANSWERED, Kind.QUESTION, Kind.ANSWER, Answer, "question_id", "id"),
    Step(Relation.BEARS_ON, Kind.QUESTION, Kind.ELEMENT, Question.elements.through, "question_id", "element_id"),
    Step(Relation.BEARS_ON, Kind.OUTCOME, Kind.ELEMENT, Outcome.elements.through, "outcome_id", "element_id"),
    Step(Relation.BEARS_ON, Kind.VIEW, Kind.ELEMENT, View.elements.through, "view_id", "element_id"),
    Step(Relation.BEARS_ON, Kind.ANSWER, Kind.ELEMENT, Answer.elements.through, "answer_id", "element_id"),
    Step(Relation.BEARS_ON, Kind.VIEW, Kind.CLAUSE, View.clauses.through, "view_id", "clause_id"),
    Step(Relation.IS_REFLECTED_IN, Kind.ELEMENT, Kind.CLAUSE, Clause.elements.through, "element_id", "clause_id"),
    Step(Relation.DELIVERED, Kind.DELIVERABLE, Kind.DRAFT, Deliverable.drafts.through, "deliverable_id", "draft_id"),
    Step(Relation.WAS_COMMENTED_ON, Kind.CLAUSE, Kind.COMMENT, Comment, "clause_id", "id"),
    Step(Relation.WAS_DECIDED, Kind.COMMENT, Kind.DISPOSITION, Disposition, "comment_id", "id"),
    Step(Relation.LED_TO, Kind.DISPOSITION, Kind.CLAUSE, Disposition, "id", "resulting_clause_id"),
    Step(Relation.BECAME, Kind.CLAUSE, Kind.CLAUSE, Descent, "ancestor_id", "descendant_id"),
)
"""All that leads from one thing to another, in the order in which the thread runs."""


@dataclass(frozen=True)
class Layer:
    """Some of the things of one kind that stand together, and in which column of the picture."""

    name: str
    kind: Kind
    column: int


LAYERS: Final = (
    *(
        Layer(kind.value, kind, column)
        for column, kinds in enumerate(
            (
                (Kind.RESOLUTION,),
                (Kind.REQUEST,),
                (Kind.ACTIVITY, Kind.OUTCOME, Kind.DELIVERABLE),
                (Kind.CONSULTATION, Kind.QUESTION),
                (Kind.VIEW, Kind.ANSWER),
                (Kind.ELEMENT, Kind.DRAFT),
                (Kind.CLAUSE,),
                (Kind.COMMENT,),
                (Kind.DISPOSITION,),
            )
        )
        for kind in kinds
    ),
    Layer("later_clause", Kind.CLAUSE, 9),
)
"""The layers from the left to the right: clauses of drafts that come after another stand last."""

COLUMNS: Final = (
    _("Resolutions"),
    _("Requests"),
    _("Activities, outcomes, deliverables"),
    _("Consultations and questions"),
    _("Views and answers"),
    _("Elements and drafts"),
    _("Clauses"),
    _("Comments"),
    _("Answers to comments"),
    _("Clauses of later drafts"),
)
"""What stands in each column."""

ROUNDS: Final = (*LAYERS, *LAYERS[-3:])
"""The order in which the thread is followed: comments on later clauses come once these are known."""
