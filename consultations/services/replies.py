"""What the commenter says to an answer."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Disposition, Reply, Submission
from consultations.services.gate import checked_text, refuse_unless_focal_point
from declaration.errors import Conflict, Refused
from declaration.languages import TEXT_LANGUAGES


@transaction.atomic
def reply(
    *,
    disposition: Disposition,
    user: Any,
    verdict: str,
    reason: str = "",
    language: str | None = None,
    expected_revision: int | None = None,
    replaces: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> Reply:
    """Say for a delegation whether a published answer satisfies it, or whether it maintains its comment, and why.

    One reply stands to each published answer; a further one takes the place of the first. `expected_revision` is the
    answer's revision as it was read, and `replaces` the time of the reply that was read, nothing where there was none:
    `Conflict` is raised where either is no longer what stands. `language` is the comment's unless said.
    Once an answer has been taken back its reply stays with it as the reply to the earlier answer.
    """
    disposition = (
        Disposition.objects.select_for_update(of=("self",))
        .select_related("comment__submission__delegation")
        .get(pk=disposition.pk)
    )
    submission = disposition.comment.submission
    refuse_unless_focal_point(user, submission)
    if submission.status != Submission.Status.SUBMITTED:
        raise Refused(
            "submission_not_standing",
            _("This submission was superseded or withdrawn. Reply to the answers to what stands."),
            status=409,
        )
    if disposition.published_at is None:
        raise Refused("answer_not_published", _("There is no published answer to reply to."), status=409)
    if expected_revision is not None and disposition.revision != expected_revision:
        raise Conflict(
            _("The answer was changed meanwhile. Read it as it is now, and reply again."),
            current={"revision": disposition.revision},
        )
    if verdict not in Reply.Verdict.values:
        raise Refused("choice_unknown", _("Choose whether the answer satisfies you."), field="verdict")
    language = language or disposition.comment.language
    if language not in TEXT_LANGUAGES:
        raise Refused("choice_unknown", _("Choose a language."), field="language")
    reason = checked_text(reason, field="reason")
    if verdict == Reply.Verdict.MAINTAINS and not reason:
        raise Refused("reason_missing", _("Say why the comment is maintained."), field="reason")
    standing = disposition.replies.filter(to_revision=disposition.revision).first()
    if (standing.replied_at if standing else None) != replaces:
        raise Conflict(
            _("A colleague replied meanwhile. Compare both, and reply again."),
            current={
                "verdict": standing.verdict if standing else "",
                "reason": standing.reason if standing else "",
                "replied_at": standing.replied_at if standing else None,
            },
        )
    answer = standing or Reply(disposition=disposition, to_revision=disposition.revision)
    answer.verdict, answer.reason, answer.language = verdict, reason, language
    answer.replied_by, answer.replied_at = user, at or timezone.now()
    answer.save()
    return answer
