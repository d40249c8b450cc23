"""What happens to a comment while its submission is being written."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import rules
from consultations.models import Comment, Membership, Submission
from consultations.proposals import present_words
from consultations.services.gate import (
    checked_text,
    lock_submission,
    refuse_submission_closed,
    refuse_unless_writer,
)
from declaration.errors import Conflict, Refused
from declaration.models import Clause

MAX_COMMENTS = 10_000
"""So many comments one submission takes: more than any text has clauses, few enough to be read and answered."""


@transaction.atomic
def add_comment(
    *,
    submission: Submission,
    user: Any,
    target: str = Comment.Target.CLAUSE,
    clause: Clause | None = None,
    category: str = Comment.Category.SUBSTANTIVE,
    position: str = "",
    operation: str = Comment.Operation.NONE,
    proposed_text: str = "",
    rationale: str = "",
    language: str | None = None,
    at: dt.datetime | None = None,
) -> Comment:
    """Write a comment in a submission, numbered after those that are there.

    Refused to people who do not write for the delegation, once the submission is cleared or filed or the call takes
    nothing more, and where the comment contradicts itself or is on a clause of another draft.
    """
    submission = lock_submission(submission)
    refuse_unless_writer(user, submission)
    refuse_submission_closed(submission, at=at or timezone.now())
    last = submission.comments.aggregate(last=Max("number"))["last"] or 0
    if last >= MAX_COMMENTS:
        raise Refused(
            "too_many_comments", _("One submission takes at most %(limit)d comments.") % {"limit": MAX_COMMENTS}
        )
    comment = Comment(submission=submission, number=last + 1, updated_by=user)
    _fill(
        comment,
        target=target,
        clause=clause,
        category=category,
        position=position,
        operation=operation,
        proposed_text=proposed_text,
        rationale=rationale,
        language=language or submission.language,
    )
    comment.clearance = _clearance_by(user, submission)
    comment.save(force_insert=True)
    _touch(submission)
    return comment


@transaction.atomic
def edit_comment(
    *,
    comment: Comment,
    user: Any,
    expected_revision: int,
    target: str,
    clause: Clause | None,
    category: str,
    position: str,
    operation: str,
    proposed_text: str,
    rationale: str,
    language: str,
    at: dt.datetime | None = None,
) -> Comment:
    """Change a comment. Refused as `add_comment`, and with `Conflict` where a colleague saved it first."""
    submission = lock_submission(comment.submission)
    refuse_unless_writer(user, submission)
    refuse_submission_closed(submission, at=at or timezone.now())
    comment = _current(comment, expected_revision=expected_revision)
    comment.submission = submission
    _fill(
        comment,
        target=target,
        clause=clause,
        category=category,
        position=position,
        operation=operation,
        proposed_text=proposed_text,
        rationale=rationale,
        language=language,
    )
    comment.revision += 1
    comment.updated_by = user
    comment.clearance = _clearance_by(user, submission)
    comment.save(force_update=True)
    _touch(submission)
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, user: Any, expected_revision: int, at: dt.datetime | None = None) -> None:
    """Take a comment out of a submission that is being written; the audit trail keeps it."""
    submission = lock_submission(comment.submission)
    refuse_unless_writer(user, submission)
    refuse_submission_closed(submission, at=at or timezone.now())
    _current(comment, expected_revision=expected_revision).delete()
    _touch(submission)


def _clearance_by(user: Any, submission: Submission) -> str:
    """What a focal point writes she has cleared, and what staff enter from a letter; what a contributor writes waits."""
    if submission.is_letter:
        return Comment.Clearance.CLEARED
    is_focal_point = rules.role_in(user, submission.delegation) == Membership.Role.FOCAL_POINT
    return Comment.Clearance.CLEARED if is_focal_point else Comment.Clearance.WRITING


def _current(comment: Comment, *, expected_revision: int) -> Comment:
    current = (
        Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk, submission=comment.submission_id).first()
    )
    if current is None:
        raise Conflict(
            _("A colleague deleted this comment meanwhile. What you typed is kept below: save it as a new comment."),
            current={},
        )
    if current.revision != expected_revision:
        raise Conflict(
            _("A colleague changed this comment meanwhile. Compare both, and save again."),
            current={
                name: getattr(current, name)
                for name in (
                    "target",
                    "category",
                    "position",
                    "operation",
                    "proposed_text",
                    "rationale",
                    "language",
                    "revision",
                )
            },
        )
    return current


def _touch(submission: Submission) -> None:
    submission.revision += 1
    submission.save(update_fields=["revision"])


def _fill(
    comment: Comment,
    *,
    target: str,
    clause: Clause | None,
    category: str,
    position: str,
    operation: str,
    proposed_text: str,
    rationale: str,
    language: str,
) -> None:
    _refuse_unknown(target, Comment.Target, field="target")
    _refuse_unknown(category, Comment.Category, field="category")
    _refuse_unknown(operation, Comment.Operation, field="operation")
    if position:
        _refuse_unknown(position, Comment.Position, field="position")
    if language not in comment.submission.call.languages:
        raise Refused("language_not_taken", _("This call does not take comments in that language."), field="language")
    comment.proposed_text = checked_text(proposed_text, field="proposed_text")
    comment.rationale = checked_text(rationale, field="rationale")
    _refuse_wrong_target(comment.submission, target=target, clause=clause)
    _refuse_wrong_operation(target=target, operation=operation, proposed_text=comment.proposed_text)
    if operation == Comment.Operation.NONE and not comment.rationale and not position:
        raise Refused("comment_says_nothing", _("Give a position, a proposal or a reason."), field="rationale")
    if operation == Comment.Operation.REPLACE and clause is not None:
        _refuse_unchanged(clause, language=language, proposed_text=comment.proposed_text)
    comment.target = target
    comment.clause = clause
    comment.category = category
    comment.position = position
    comment.operation = operation
    comment.language = language


def _refuse_unknown(value: str, choices: Any, *, field: str) -> None:
    if value not in choices.values:
        raise Refused(
            "choice_unknown", _("This is none of the choices: %(value)s.") % {"value": value[:40]}, field=field
        )


def _refuse_wrong_target(submission: Submission, *, target: str, clause: Clause | None) -> None:
    if target == Comment.Target.WHOLE_TEXT:
        if clause is not None:
            raise Refused("clause_not_wanted", _("A comment on the whole text names no clause."), field="clause")
        return
    if clause is None:
        raise Refused("clause_missing", _("Choose the clause that the comment is on."), field="clause")
    if clause.draft_id != submission.call.draft_id:
        raise Refused(
            "clause_of_other_draft",
            _("This clause belongs to another draft than the one of this call."),
            field="clause",
        )


def _refuse_wrong_operation(*, target: str, operation: str, proposed_text: str) -> None:
    fits = {
        Comment.Target.CLAUSE: {Comment.Operation.NONE, Comment.Operation.REPLACE, Comment.Operation.DELETE},
        Comment.Target.AFTER_CLAUSE: {Comment.Operation.NONE, Comment.Operation.INSERT},
        Comment.Target.WHOLE_TEXT: {Comment.Operation.NONE},
    }
    if operation not in fits[Comment.Target(target)]:
        raise Refused(
            "operation_does_not_fit",
            _(
                "A clause is replaced or deleted; a new one is inserted after a clause; "
                "on the whole text no wording is proposed."
            ),
            field="operation",
        )
    proposes = operation in {Comment.Operation.REPLACE, Comment.Operation.INSERT}
    if proposes and not proposed_text:
        raise Refused("proposed_text_missing", _("Write the wording that you propose."), field="proposed_text")
    if proposed_text and not proposes:
        raise Refused(
            "proposed_text_not_wanted",
            _("Say with “change proposed” what the wording is for, or leave it empty."),
            field="proposed_text",
        )


def _refuse_unchanged(clause: Clause, *, language: str, proposed_text: str) -> None:
    if present_words(clause.wordings.all(), language) == proposed_text:
        raise Refused(
            "proposal_changes_nothing",
            _("The wording you propose is the clause's present wording."),
            field="proposed_text",
        )
