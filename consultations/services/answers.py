"""How staff answer comments."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import rules
from consultations.models import Comment, Disposition
from consultations.services.gate import checked_text
from consultations.services.telling import tell_answered
from consultations.visibility import is_staff_member
from declaration.errors import Conflict, Refused
from declaration.models import Clause

MAX_AT_ONCE: Final = 500
"""So many comments are answered alike at once: more than anybody reads in one go."""


@transaction.atomic
def answer_comment(
    *,
    comment: Comment,
    user: Any,
    decision: str,
    reason: str,
    language: str | None = None,
    resulting_clause: Clause | None = None,
    expected_revision: int = 0,
    at: dt.datetime | None = None,
) -> Disposition:
    """Answer a comment, or change an answer that is not published. Publishing is a step of its own.

    `expected_revision` is the answer's revision as it was read, 0 where there was none; `Conflict` is raised where a
    colleague answered meanwhile. `language` is the comment's unless said. `resulting_clause`, what came of the comment, is
    a clause of the draft that was commented on or of a later one.
    """
    comment = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("submission__call__draft", "submission__delegation")
        .get(pk=comment.pk)
    )
    if not rules.can_answer(user, comment, at=at or timezone.now()):
        raise Refused("comment_not_answerable", _("This comment cannot be answered by you now."), status=403)
    if decision not in Disposition.Decision.values:
        raise Refused("choice_unknown", _("Choose a decision."), field="decision")
    _refuse_unrelated(comment, resulting_clause)
    disposition = Disposition.objects.select_for_update(of=("self",)).filter(comment=comment).first()
    if (disposition.revision if disposition else 0) != expected_revision:
        raise Conflict(
            _("A colleague answered this comment meanwhile. Compare both, and save again."),
            current={
                "decision": disposition.decision if disposition else "",
                "reason": disposition.reason if disposition else "",
                "revision": disposition.revision if disposition else 0,
            },
        )
    if disposition and disposition.published_at:
        raise Refused("answer_published", _("This answer is published. Retract it before you change it."), status=409)
    disposition = disposition or Disposition(comment=comment, revision=0)
    disposition.decision = decision
    disposition.reason = checked_text(reason, field="reason")
    disposition.language = language or comment.language
    disposition.resulting_clause = resulting_clause
    disposition.decided_by = user
    # What a second person has read is no longer what stands.
    disposition.reviewed_by = disposition.reviewed_at = None
    disposition.revision += 1
    disposition.save()
    return disposition


def _refuse_unrelated(comment: Comment, resulting_clause: Clause | None) -> None:
    if resulting_clause is None:
        return
    commented, resulting = comment.submission.call.draft, resulting_clause.draft
    if resulting.declaration_id != commented.declaration_id or resulting.ordinal < commented.ordinal:
        raise Refused(
            "clause_of_earlier_draft",
            _(
                "What came of a comment stands in the draft that was commented on, or in a later one. Choose a clause there."
            ),
            field="resulting_clause",
        )


@transaction.atomic
def answer_alike(
    *,
    comments: Collection[Comment],
    user: Any,
    decision: str,
    reason: str,
    language: str | None = None,
    resulting_clause: Clause | None = None,
    expected_revisions: Mapping[int, int] | None = None,
    at: dt.datetime | None = None,
) -> list[Disposition]:
    """Give several comments the same answer: all of them, or none.

    `expected_revisions` holds the revision of each comment's answer as it was read, by the comment's id; a comment that is
    not in it had none. Refused as `answer_comment`; where single comments cannot be answered so, `current["comments"]` of
    the refusal holds why, by the comment's id: {id: `Refused`}.
    """
    if len(comments) > MAX_AT_ONCE:
        raise Refused(
            "too_many_comments",
            _("At most %(limit)d comments are answered alike at once. Choose fewer.") % {"limit": MAX_AT_ONCE},
        )
    if decision not in Disposition.Decision.values:
        raise Refused("choice_unknown", _("Choose a decision."), field="decision")
    reason = checked_text(reason, field="reason")
    expected, answered, refusals = expected_revisions or {}, [], {}
    # Always in the same order, so that two people who answer some of the same comments do not wait for each other.
    for comment in sorted(comments, key=lambda each: each.pk):
        try:
            disposition = answer_comment(
                comment=comment,
                user=user,
                decision=decision,
                reason=reason,
                language=language,
                resulting_clause=resulting_clause,
                expected_revision=expected.get(comment.pk, 0),
                at=at,
            )
        except Refused as refused:
            refusals[comment.pk] = refused
        else:
            answered.append(disposition)
    if refusals:
        raise Refused(
            "some_not_answerable",
            ngettext(
                "%(count)d of the comments cannot be answered like that, so none was. It is marked.",
                "%(count)d of the comments cannot be answered like that, so none was. They are marked.",
                len(refusals),
            )
            % {"count": len(refusals)},
            status=409,
            current={"comments": refusals},
        )
    return answered


@transaction.atomic
def publish_dispositions(
    *,
    dispositions: Iterable[Disposition],
    user: Any,
    expected_revisions: Mapping[int, int] | None = None,
    at: dt.datetime | None = None,
) -> list[Disposition]:
    """Publish answers, all of them or none. Refused where one has no reason, naming how many lack one.

    Refused also where a call wants a second reader and nobody has reviewed the answer.

    With `expected_revisions`, by the answer's id, `Conflict` is raised where a colleague changed one since it was read, so
    that nobody publishes what she has not seen.
    """
    if not is_staff_member(user):
        raise Refused("not_staff", _("Only the mandate holder's staff publish answers."), status=403)
    chosen = list(
        Disposition.objects.select_for_update(of=("self",))
        .filter(pk__in=[disposition.pk for disposition in dispositions], published_at__isnull=True)
        .select_related("comment__submission__call")
        .order_by("pk")
    )
    expected = expected_revisions or {}
    changed = [each.pk for each in chosen if each.revision != expected.get(each.pk, each.revision)]
    if changed:
        raise Conflict(
            _("A colleague changed this answer meanwhile. Read it as it is now, and publish again."),
            current={"dispositions": changed},
        )
    lacking = sum(not disposition.reason for disposition in chosen)
    if lacking:
        raise Refused("reason_missing", _say_reason_missing(lacking, of=len(chosen)), field="reason")
    unread = sum(each.lacks_review for each in chosen)
    if unread:
        raise Refused("review_missing", _say_review_missing(unread, of=len(chosen)))
    now = at or timezone.now()
    for disposition in chosen:
        disposition.published_at = now
        disposition.revision += 1
    Disposition.objects.bulk_update(chosen, ["published_at", "revision"])
    tell_answered(chosen, at=now)
    return chosen


def _say_reason_missing(lacking: int, *, of: int) -> str:
    if of == 1:
        return _("This answer has no reason. Give it one before you publish.")
    return ngettext(
        "%(count)d of the answers has no reason. Give it one before you publish.",
        "%(count)d of the answers have no reason. Give each one before you publish.",
        lacking,
    ) % {"count": lacking}


def _say_review_missing(unread: int, *, of: int) -> str:
    if of == 1:
        return _("This answer has not been reviewed. In this call somebody other than its author reviews it first.")
    return ngettext(
        "%(count)d of the answers has not been reviewed. In this call somebody other than its author reviews it first.",
        "%(count)d of the answers have not been reviewed. In this call somebody other than their author reviews them first.",
        unread,
    ) % {"count": unread}


@transaction.atomic
def review_disposition(
    *, disposition: Disposition, user: Any, expected_revision: int | None = None, at: dt.datetime | None = None
) -> Disposition:
    """Say, as a second person, that a proposed answer may be published. A change of the answer takes the review away.

    `expected_revision` is the answer's as it was read; `Conflict` is raised where a colleague changed it meanwhile.
    Refused to whoever wrote the answer, and where it has no reason or is published.
    """
    if not is_staff_member(user):
        raise Refused("not_staff", _("Only the mandate holder's staff review answers."), status=403)
    disposition = Disposition.objects.select_for_update(of=("self",)).get(pk=disposition.pk)
    if expected_revision is not None and disposition.revision != expected_revision:
        raise Conflict(
            _("A colleague changed this answer meanwhile. Read it as it is now, and review it again."),
            current={"dispositions": [disposition.pk]},
        )
    if disposition.published_at:
        raise Refused("answer_published", _("This answer is published already."), status=409)
    if disposition.decided_by_id == user.pk:
        raise Refused("review_own", _("You wrote this answer. Somebody other than its author reviews it."), status=403)
    if not disposition.reason:
        raise Refused("reason_missing", _("This answer has no reason. It is reviewed once it has one."), field="reason")
    disposition.reviewed_by = user
    disposition.reviewed_at = at or timezone.now()
    disposition.revision += 1
    disposition.save()
    return disposition


@transaction.atomic
def review_dispositions(*, dispositions: Iterable[Disposition], user: Any) -> list[Disposition]:
    """Review answers as they were read, all of them or none; see `review_disposition`."""
    return [
        review_disposition(disposition=each, user=user, expected_revision=each.revision)
        for each in sorted(dispositions, key=lambda each: each.pk)
    ]


@transaction.atomic
def retract_dispositions(*, dispositions: Iterable[Disposition], user: Any) -> list[Disposition]:
    """Take published answers back, so that they can be changed; the audit trail keeps what was published."""
    if not is_staff_member(user):
        raise Refused("not_staff", _("Only the mandate holder's staff retract answers."), status=403)
    chosen = list(
        Disposition.objects.select_for_update(of=("self",))
        .filter(pk__in=[disposition.pk for disposition in dispositions], published_at__isnull=False)
        .order_by("pk")
    )
    for disposition in chosen:
        disposition.published_at = None
        disposition.revision += 1
    Disposition.objects.bulk_update(chosen, ["published_at", "revision"])
    return chosen
