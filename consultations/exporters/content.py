"""What a submission says, as plain data: the same whoever asks, whenever, and in whatever language the page is."""

import datetime as dt
from typing import Any, Final

from consultations.models import Attachment, Comment, Submission

FORMAT: Final = "travaux-submission/2"
"""Names the shape of the content; a change of the shape is a new number."""


def submission_content(submission: Submission) -> dict[str, Any]:
    """Return the content of a submission, of nothing but texts, numbers, truth values, nulls, lists and dictionaries.

    What was filed has this content for ever: nothing is in it that can change afterwards (a call's title or closing
    time, a party's name, whether it was superseded), and nobody's name. Comments stand in the order of their numbers,
    moments are in UTC. `submitted_at` is null while nothing has been filed.
    """
    draft = submission.call.draft
    comments = submission.comments.select_related("clause").order_by("number")
    return {
        "format": FORMAT,
        "submission": submission.pk,
        "call": submission.call_id,
        "draft": {
            "declaration": draft.declaration.slug,
            "ordinal": draft.ordinal,
            "is_illustrative": draft.is_illustrative,
        },
        "delegation": _party(submission),
        "on_behalf_of": submission.on_behalf_of.code if submission.on_behalf_of else None,
        "group_members": sorted(submission.group_members),
        "language": submission.language,
        "general_comment": submission.general_comment,
        "consents_to_publication": submission.consents_to_publication,
        "consents_to_attribution": submission.consents_to_attribution,
        "source": submission.source,
        "received_on": submission.received_on.isoformat() if submission.received_on else None,
        "submitted_at": _moment(submission.submitted_at),
        "is_late": submission.is_late,
        "supersedes": submission.supersedes_id,
        "attachments": [_attachment(attachment) for attachment in submission.attachments.order_by("sha256")],
        "comments": [_comment(comment) for comment in comments],
    }


def _party(submission: Submission) -> dict[str, Any]:
    delegation = submission.delegation
    kind = "state" if delegation.state_id else "stakeholder" if delegation.stakeholder_id else "group"
    return {"kind": kind, "key": delegation.key, "is_invented": delegation.is_invented}


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "name": attachment.name,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "number": comment.number,
        "target": comment.target,
        "clause": comment.clause.eid if comment.clause else None,
        "category": comment.category,
        "position": comment.position or None,
        "operation": comment.operation,
        "proposed_text": comment.proposed_text,
        "rationale": comment.rationale,
        "language": comment.language,
    }


def _moment(value: dt.datetime | None) -> str | None:
    """Return a moment as RFC 3339 writes it, to the microsecond: `2026-11-24T09:15:00.000000Z`."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if value else None
