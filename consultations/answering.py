"""How staff answer many comments at once: the rows of a page, and what happens to each when they are sent.

Each row is saved for itself, so that one that cannot be does not keep back the others; what was typed in it stays, beside
what stands now where a colleague was faster.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Literal, Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations import services
from consultations.desk import name_target
from consultations.forms.staff import MARKED, AnswerForm, RowForm, make_row_form, mark_answer, row_prefix
from consultations.models import Assignment, Comment, Disposition, Submission, User
from consultations.proposals import redline_proposal
from declaration.errors import Conflict, Refused
from declaration.languages import active_text_language
from declaration.models import Clause, Draft, Wording
from declaration.outline import choose_language, name_clause
from declaration.text.redline import Operation

ROWS_A_PAGE: Final = 50
MAX_DIGITS: Final = 18
"""So many digits an id has at most: the database's whole numbers hold no more."""

Outcome = Literal["", "saved", "reviewed", "published", "unsaved", "refused", "conflict"]
"""What became of a row when it was sent: nothing, or what its author has to know."""


def with_answers(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Return comments in the order of the text, each with all that is printed in its row."""
    found: QuerySet[Comment] = comments.with_context()  # type: ignore[attr-defined]
    found = found.select_related(
        "disposition__decided_by", "disposition__reviewed_by", "assignment__assigned_to"
    ).prefetch_related("clause__wordings", "disposition__replies")
    return found.in_reading_order()  # type: ignore[attr-defined, no-any-return]


@dataclass
class AnswerRow:
    """A comment with its answer as it stands, or as it was typed and could not be saved."""

    comment: Comment
    form: RowForm
    outcome: Outcome = ""
    problem: str = ""
    is_saved: bool = False
    standing: object = None
    """Where the comment stands on a newer draft, as `_standing.html` takes it."""

    @property
    def disposition(self) -> Disposition | None:
        """The answer that stands, published or not."""
        disposition: Disposition | None = getattr(self.comment, "disposition", None)
        return disposition

    @property
    def is_published(self) -> bool:
        """Whether the answer that stands is published, so that it must be retracted before it changes."""
        return bool(self.disposition and self.disposition.published_at)

    @property
    def assigned_to(self) -> User | None:
        """Who of the staff prepares the answer."""
        assignment: Assignment | None = getattr(self.comment, "assignment", None)
        return assignment.assigned_to if assignment else None

    @property
    def asks(self) -> bool:
        """Whether the row has inputs: a published answer has none, unless something was typed that could not be saved."""
        return self.form.is_bound or not self.is_published

    @property
    def has_failed(self) -> bool:
        """Whether something could not be done with the row."""
        return self.outcome in {"refused", "conflict"}

    @property
    def name(self) -> str:
        """What the comment is on."""
        return name_target(self.comment)

    @property
    def form_errors(self) -> list[str]:
        """What is wrong with what was typed, beside `problem`."""
        messages = [str(message) for errors in self.form.errors.values() for message in errors]
        return [message for message in messages if message != self.problem]

    @property
    def input_names(self) -> str:
        """The names of the row's inputs, joined by commas, for saving the row alone."""
        return ",".join(self.form.add_prefix(name) for name in self.form.fields)

    @property
    def language(self) -> str:
        """The language that the reason is written in."""
        typed = str(self.form["language"].value() or "")
        return typed or self.comment.language

    @property
    def revision(self) -> int:
        """The revision that the row says it shows: after a conflict the one that stands now, which is shown too."""
        if self.form.is_bound and self.outcome != "conflict":
            return self.form.shown_revision
        return self.disposition.revision if self.disposition else 0

    @property
    def shown(self) -> str:
        """The mark of the answer that the row says it shows; see `mark_answer`."""
        if self.form.is_bound and self.outcome != "conflict":
            return str(self.form["shown"].data or "")
        stored = make_row_form(self.comment).initial
        return mark_answer(*(stored.get(name, "") for name in MARKED))

    @property
    def redline(self) -> list[Operation]:
        """What the comment's proposal does to its clause."""
        return redline_proposal(self.comment, self.comment.clause.wordings.all() if self.comment.clause else ())

    @property
    def result_name(self) -> str:
        """The clause that came of the comment, by name."""
        result = self.disposition and self.disposition.resulting_clause
        return name_clause(result) if result else ""

    def refuse(self, refused: Refused) -> None:
        """Mark the row with what a service refused."""
        self.outcome = "conflict" if isinstance(refused, Conflict) else "refused"
        self.problem = str(refused)
        if refused.field in self.form.fields:
            self.form.refuse(refused)


@dataclass(frozen=True)
class RowGroup:
    """The rows on one clause of a draft, or on its whole text, with the clause's words in the reader's language."""

    draft: Draft
    name: str
    clause: Clause | None
    wording: Wording | None
    rows: list[AnswerRow]


def group_rows(rows: Iterable[AnswerRow]) -> list[RowGroup]:
    """Return rows, which come in the order of the text, under what they are on."""
    groups = []
    for _key, same in groupby(rows, key=lambda row: (row.comment.submission.call.draft_id, row.comment.clause_id)):
        found = list(same)
        comment = found[0].comment
        draft: Draft = comment.submission.call.draft
        name = name_clause(comment.clause) if comment.clause else _("The whole text")
        groups.append(RowGroup(draft, name, comment.clause, _choose_wording(draft, comment.clause), found))
    return groups


def _choose_wording(draft: Draft, clause: Clause | None) -> Wording | None:
    language = choose_language(draft, active_text_language())
    wordings = clause.wordings.all() if clause else ()
    return next((wording for wording in wordings if wording.language == language), None)


class AnswerSheet:
    """The rows of a page, and what is done with those that were sent."""

    def __init__(self, rows: list[AnswerRow], *, user: Any, alike: AnswerForm | None = None) -> None:
        self.rows = rows
        self.user = user
        self.alike = alike or make_alike_form()
        self.alike_refused = False
        self.retracted = 0
        self.assigned = 0

    @classmethod
    def blank(cls, comments: Iterable[Comment], *, user: Any) -> Self:
        """Return rows with the answers that stand."""
        return cls([AnswerRow(comment, make_row_form(comment)) for comment in comments], user=user)

    @classmethod
    def typed(cls, data: Mapping[str, Any], *, ids: str, user: Any) -> Self:
        """Return the rows that were sent, of the comments whose ids are given, joined by commas.

        Comments that staff may not read are left out, as if they did not exist. Refused where there are more rows than a
        page has.
        """
        wanted = [
            int(part) for part in ids.split(",") if part.isascii() and part.isdecimal() and len(part) <= MAX_DIGITS
        ]
        if len(wanted) > ROWS_A_PAGE:
            raise Refused(
                "too_many_rows", _("At most %(limit)d comments are answered at once.") % {"limit": ROWS_A_PAGE}
            )
        comments = _readable(wanted)
        rows = [AnswerRow(comment, RowForm(data, prefix=row_prefix(comment.pk))) for comment in comments]
        return cls(rows, user=user, alike=make_alike_form(data))

    @property
    def groups(self) -> list[RowGroup]:
        """The rows under what they are on."""
        return group_rows(self.rows)

    @property
    def failed(self) -> list[AnswerRow]:
        """The rows with which something could not be done."""
        return [row for row in self.rows if row.has_failed]

    @property
    def saved(self) -> list[AnswerRow]:
        """The rows whose answers were saved."""
        return [row for row in self.rows if row.is_saved]

    @property
    def published(self) -> list[AnswerRow]:
        """The rows whose answers were published."""
        return [row for row in self.rows if row.outcome == "published"]

    @property
    def reviewed(self) -> list[AnswerRow]:
        """The rows whose answers were reviewed."""
        return [row for row in self.rows if row.outcome == "reviewed"]

    @property
    def unsaved(self) -> list[AnswerRow]:
        """The rows in which something was typed that was not sent to be saved."""
        return [row for row in self.rows if row.outcome == "unsaved"]

    @property
    def ticked(self) -> list[AnswerRow]:
        """The rows that were chosen."""
        return [row for row in self.rows if row.form.is_ticked]

    def find(self, comment_id: str) -> AnswerRow | None:
        """Return the row on the comment of that id."""
        return next((row for row in self.rows if str(row.comment.pk) == comment_id), None)

    @property
    def has_failed(self) -> bool:
        """Whether something could not be done."""
        return bool(self.failed) or self.alike_refused

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that was not sent to be saved, and would be lost by leaving the page."""
        return bool(self.unsaved) or (self.alike.is_bound and bool(self.alike.mark))

    def save(self, rows: Iterable[AnswerRow] | None = None) -> None:
        """Save the rows that were touched, among all or among these, each for itself."""
        for row in self.rows if rows is None else rows:
            if row.form.is_touched:
                self._try(row, self._answer)

    def publish(self, rows: Iterable[AnswerRow]) -> None:
        """Publish the answers of these rows as they were read or have just been saved, each for itself."""
        for row in rows:
            if not row.has_failed and not row.is_published:
                self._try(row, self._publish)

    def publish_complete(self) -> None:
        """Publish the answers that have just been saved, and those that stand with a reason."""
        self.publish(row for row in self.rows if row.disposition and (row.outcome or row.disposition.reason))

    def answer_alike(self) -> None:
        """Give the rows that were chosen one answer, all of them or none."""
        rows = self.ticked
        if not rows:
            self.alike.add_error(None, _("Choose the comments first: tick their rows."))
            self.alike_refused = True
        touched = [row for row in rows if row.form.is_touched]
        for row in touched:
            row.refuse(Refused("row_unsaved", _("What is typed in this row is not saved. Save it, or untick the row.")))
        self.alike_refused = bool(touched) or not self.alike.is_valid()
        if self.alike_refused:
            return
        try:
            services.answer_alike(
                comments=[row.comment for row in rows],
                user=self.user,
                expected_revisions={row.comment.pk: row.form.shown_revision for row in rows},
                **self.alike.values(),
            )
        except Refused as refused:
            self.alike_refused = True
            self.alike.refuse(refused)
            refusals: Any = refused.current.get("comments", {})
            for row in rows:
                if row.comment.pk in refusals:
                    row.refuse(refusals[row.comment.pk])
        else:
            self.alike = make_alike_form()
            for row in rows:
                row.outcome, row.is_saved = "saved", True

    @property
    def retractable(self) -> list[AnswerRow]:
        """The rows that were chosen and have a published answer."""
        return [row for row in self.ticked if row.is_published]

    def retract(self) -> None:
        """Take the published answers of the rows that were chosen back."""
        dispositions = [row.disposition for row in self.retractable if row.disposition]
        self.retracted = len(services.retract_dispositions(dispositions=dispositions, user=self.user))

    def review(self, rows: Iterable[AnswerRow]) -> None:
        """Say of the answers of these rows, as they were read, that they may be published; each for itself."""
        for row in rows:
            if not row.has_failed and not row.is_published:
                self._try(row, self._review)

    def assign(self, to: User | None) -> None:
        """Give the comments of the rows that were chosen to one of the staff, or to nobody."""
        services.assign(comments=[row.comment for row in self.ticked], to=to, user=self.user)
        self.assigned = len(self.ticked)

    def _try(self, row: AnswerRow, act: Callable[[AnswerRow], None]) -> None:
        try:
            act(row)
        except Refused as refused:
            row.refuse(refused)

    def _answer(self, row: AnswerRow) -> None:
        if not row.form.is_valid():
            row.outcome = "refused"
            return
        row.comment.disposition = services.answer_comment(
            comment=row.comment, user=self.user, expected_revision=row.form.shown_revision, **row.form.values()
        )
        row.outcome, row.is_saved = "saved", True

    def _review(self, row: AnswerRow) -> None:
        if row.disposition is None:
            raise Refused("answer_missing", _("Choose a decision."), field="decision")
        seen = row.disposition.revision if row.is_saved else row.form.shown_revision
        services.review_disposition(disposition=row.disposition, user=self.user, expected_revision=seen)
        row.outcome = "reviewed"

    def _publish(self, row: AnswerRow) -> None:
        disposition = row.disposition
        if disposition is None:
            raise Refused("answer_missing", _("Choose a decision."), field="decision")
        seen = disposition.revision if row.is_saved else row.form.shown_revision
        services.publish_dispositions(
            dispositions=[disposition], user=self.user, expected_revisions={disposition.pk: seen}
        )
        row.outcome = "published"

    def reread(self) -> None:
        """Show the rows anew: as they stand now, but with what was typed where it is not saved."""
        now = {comment.pk: comment for comment in _readable([row.comment.pk for row in self.rows])}
        self.rows = [row for row in self.rows if row.comment.pk in now]
        for row in self.rows:
            row.comment = now[row.comment.pk]
            if row.is_saved or not row.form.is_touched:
                self._show_what_stands(row)
            elif not row.outcome:
                row.outcome = "unsaved"

    def _show_what_stands(self, row: AnswerRow) -> None:
        ticked = row.form.is_ticked and row.outcome not in {"saved", "reviewed", "published"}
        row.form = make_row_form(row.comment)
        row.form.initial["tick"] = ticked


def _readable(ids: Iterable[int]) -> QuerySet[Comment]:
    # Filings that were superseded or withdrawn meanwhile are among them: what was typed on them must not be lost.
    filed = Submission.objects.filed_for_staff()
    return with_answers(Comment.objects.filter(pk__in=list(ids), submission__in=filed))


def make_alike_form(data: Mapping[str, Any] | None = None) -> AnswerForm:
    """Return the form of one answer to many comments, in the page's language unless said."""
    return AnswerForm(data, prefix="alike", initial={"language": active_text_language()})
