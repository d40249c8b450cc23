"""The report on the answers in a call: each comment with what it proposes, what was decided, why, what the text became, and the reply.

Comments without an answer are in it too, and where each stands on the newest draft. For everyone it holds what is public; for staff what was filed and stands, with
the answers that are not published yet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from consultations.models import Call, Comment, Delegation, Disposition, Reply
from consultations.proposals import present_words, redline_proposal
from consultations.standing import Standing, find_newest_standings
from declaration.models import Clause, Group
from declaration.outline import name_clause
from declaration.text.redline import Operation, TextTooLongError, redline

BY_CLAUSE: Final = "clause"
BY_DELEGATION: Final = "delegation"

ENTRIES_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Became:
    """What the text became: the clause that came of a comment, with its words in `language` and how they differ from before."""

    clause: Clause
    language: str
    text: str
    redline: list[Operation]

    @property
    def name(self) -> str:
        """The clause by name."""
        return name_clause(self.clause)


@dataclass(frozen=True)
class Entry:
    """A comment in the report. `party` and `group` are missing where the delegation did not agree to be named.

    `standing` is where the comment stands on the newest draft, where that is not its own.
    """

    comment: Comment
    party: Delegation | None
    group: Group | None
    redline: list[Operation]
    answer: Disposition | None
    became: Became | None
    standing: Standing | None
    reply: Reply | None
    earlier_replies: list[Reply] = field(default_factory=list)

    @property
    def target_name(self) -> str:
        """What the comment is on, by name."""
        return name_clause(self.comment.clause) if self.comment.clause else _("The whole text")

    @property
    def is_unpublished(self) -> bool:
        """Whether the answer is one that only staff read."""
        return bool(self.answer and self.answer.published_at is None)


@dataclass(frozen=True)
class Figures:
    """How far the comments of a report are answered.

    `decisions` counts published answers by what they decide, `replies` the replies to them by what they say. `unanswered`
    counts what has no answer that the reader may know: for staff `unpublished` ones are counted apart.
    """

    comments: int
    decisions: dict[str, int]
    unanswered: int
    unpublished: int
    replies: dict[str, int]

    @property
    def answered(self) -> int:
        """How many have a published answer."""
        return sum(self.decisions.values())

    @property
    def without_reply(self) -> int:
        """How many published answers nobody has replied to."""
        return self.answered - sum(self.replies.values())


def find_comments(call: Call, *, for_staff: bool = False) -> QuerySet[Comment]:
    """Return the comments of a call that its report is about."""
    readable = Comment.objects.filed_for_staff() if for_staff else Comment.objects.public()
    found: QuerySet[Comment] = readable.filter(submission__call=call)
    return found


def arrange(comments: QuerySet[Comment], *, by: str, for_staff: bool = False) -> QuerySet[Comment]:
    """Return comments with all that an entry needs, in the order of the text, or delegation by delegation.

    Delegations come by name, States first. For everyone those that did not agree to be named come last, in the order of
    their filings, so that where they stand tells nothing of who they are.
    """
    found: QuerySet[Comment] = comments.with_context().prefetch_related(  # type: ignore[attr-defined]
        "clause__wordings", "disposition__resulting_clause__wordings", "disposition__replies"
    )
    if by != BY_DELEGATION:
        return found.in_reading_order()  # type: ignore[attr-defined, no-any-return]
    to = "submission__delegation__"
    kind = Case(
        When(**{f"{to}state__isnull": False}, then=Value(0)),
        When(**{f"{to}group__isnull": False}, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    names = (KeyTextTransform("en", f"{to}{party}__name") for party in ("state", "group", "stakeholder"))
    name: Any = Coalesce(*names, output_field=TextField())
    if not for_staff:
        unnamed = When(submission__consents_to_attribution=False, then=Value(3))
        kind = Case(unnamed, default=kind, output_field=IntegerField())
        unnamed = When(submission__consents_to_attribution=False, then=Value(""))
        name = Case(unnamed, default=name, output_field=TextField())
    order = (kind.asc(), name.asc(), "submission__submitted_at", "submission_id")
    return found.order_by(*order, F("clause__position").asc(nulls_first=True), "number")


def _read_entry(comment: Comment, standing: Standing | None, *, for_staff: bool) -> Entry:
    submission = comment.submission
    answer: Disposition | None = getattr(comment, "disposition", None) if for_staff else comment.answer
    return Entry(
        comment=comment,
        party=submission.delegation if for_staff else submission.named_delegation,
        group=submission.on_behalf_of if for_staff else submission.named_group,
        redline=redline_proposal(comment, comment.clause.wordings.all() if comment.clause else ()),
        answer=answer,
        became=_read_became(comment, answer, for_staff=for_staff) if answer else None,
        standing=standing,
        reply=answer.reply if answer else None,
        earlier_replies=answer.earlier_replies if answer else [],
    )


def read_entries(comments: Iterable[Comment], *, for_staff: bool = False) -> Iterator[Entry]:
    """Yield comments, which come as `arrange` gives them, as they stand in the report.

    Where they stand on the newest draft is asked for `ENTRIES_AT_ONCE` of them together.
    """
    rest = iter(comments)
    while some := list(islice(rest, ENTRIES_AT_ONCE)):
        standings = find_newest_standings(some, for_staff=for_staff)
        for comment in some:
            yield _read_entry(comment, standings.get(comment.pk), for_staff=for_staff)


def _read_became(comment: Comment, answer: Disposition, *, for_staff: bool) -> Became | None:
    clause = answer.resulting_clause if for_staff else answer.published_clause
    if clause is None:
        return None
    wordings = list(clause.wordings.all())
    languages = [wording.language for wording in wordings]
    language = comment.language if comment.language in languages else next(iter(languages), comment.language)
    text = present_words(wordings, language)
    replaces = comment.clause and comment.target == Comment.Target.CLAUSE
    before = present_words(comment.clause.wordings.all(), language) if comment.clause and replaces else ""
    return Became(clause, language, text, _redline(before, text) if before else [Operation("equal", text)])


def _redline(before: str, after: str) -> list[Operation]:
    try:
        return redline(before, after)
    except TextTooLongError:
        return [Operation("delete", before), Operation("insert", after)]


def count_report(comments: QuerySet[Comment], *, for_staff: bool = False) -> Figures:
    """Count how far comments are answered, and what was replied. Takes two questions, however many comments there are."""
    decisions = dict.fromkeys(Disposition.Decision.values, 0)
    total = unpublished = 0
    rows: Any = comments.order_by().annotate(is_published=Q(disposition__published_at__isnull=False))
    for decision, is_published, count in rows.values_list("disposition__decision", "is_published").annotate(
        n=Count("id")
    ):
        total += count
        if decision and is_published:
            decisions[decision] += count
        elif decision:
            unpublished += count
    unanswered = total - sum(decisions.values()) - (unpublished if for_staff else 0)
    return Figures(total, decisions, unanswered, unpublished if for_staff else 0, _count_replies(comments))


def _count_replies(comments: QuerySet[Comment]) -> dict[str, int]:
    standing = Reply.objects.filter(
        disposition__comment__in=comments.order_by().values("pk"),
        disposition__published_at__isnull=False,
        to_revision=F("disposition__revision"),
    )
    counted = dict(standing.order_by().values_list("verdict").annotate(n=Count("id")))
    return {verdict: counted.get(verdict, 0) for verdict in Reply.Verdict.values}
