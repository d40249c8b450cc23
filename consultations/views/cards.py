"""Filings and comments as public pages show them: never more than their author and the drafters agreed to publish."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Comment, Delegation, Disposition, Reply, Submission
from consultations.proposals import redline_proposal
from consultations.standing import find_newest_standings, find_standings
from consultations.standing_cards import StandingCard, clause_address, make_standing_cards
from declaration.models import Draft, Group, Stakeholder, State, Wording
from declaration.outline import name_clause
from declaration.text.redline import Operation


@dataclass(frozen=True)
class Author:
    """Who filed, where they agreed to be named: name, page, the group they speak for, and whether they are invented."""

    name: Any
    url: str
    group: Any
    is_invented: bool


@dataclass(frozen=True)
class CommentCard:
    """A comment with all that is printed of it."""

    comment: Comment
    author: Author | None
    redline: list[Operation]
    answer: Disposition | None
    answer_url: str
    answer_label: str
    clause_label: str
    clause_url: str
    standing: StandingCard | None = None
    reply: Reply | None = None
    earlier_replies: list[Reply] = field(default_factory=list)


@dataclass(frozen=True)
class SubmissionCard:
    """A public filing as lists show it."""

    submission: Submission
    author: Author | None
    comment_count: int


def party_address(party: State | Stakeholder | Group) -> str:
    """Return the address of a party's page."""
    if isinstance(party, State):
        return reverse("state-detail", args=[party.alpha3])
    if isinstance(party, Stakeholder):
        return reverse("stakeholder-detail", args=[party.slug])
    return reverse("group-detail", args=[party.code])


def name_author(submission: Submission) -> Author | None:
    """Return who filed a submission, or nothing where they did not agree to be named."""
    if not submission.consents_to_attribution:
        return None
    delegation: Delegation = submission.delegation
    group = submission.on_behalf_of
    return Author(delegation.party.name, party_address(delegation.party), group and group.name, delegation.is_invented)


def name_target(comment: Comment) -> tuple[str, str]:
    """Return what a comment is on, and the address of that: a clause, or the whole text."""
    if comment.clause:
        return name_clause(comment.clause), clause_address(comment.clause)
    return _("The whole text"), reverse("draft-detail", args=[comment.submission.call.draft.ordinal])


def make_comment_cards(
    comments: Iterable[Comment], wordings: Iterable[Wording] | None = None, *, draft: Draft | None = None
) -> list[CommentCard]:
    """Return comments as `make_comment_card`, each with where it stands on a newer draft: the newest, unless said.

    What was replied to their answers is one question for all of them.
    """
    found = list(comments)
    prefetch_related_objects([comment.answer for comment in found if comment.answer], "replies")
    standings = find_standings(found, draft) if draft else find_newest_standings(found)
    cards = make_standing_cards(standings)
    return [make_comment_card(comment, wordings, standing=cards.get(comment.pk)) for comment in found]


def make_comment_card(
    comment: Comment, wordings: Iterable[Wording] | None = None, *, standing: StandingCard | None = None
) -> CommentCard:
    """Return a comment, which comes with its context, ready to be shown.

    On a clause's own page `wordings` are the clause's; elsewhere the comment comes with them, and what it is on is named. What
    came of a comment is shown only once the text that it came into is published.
    """
    answer = comment.answer
    result = answer.resulting_clause if answer else None
    shown_result = result if result and result.draft.is_published else None
    clause_label, clause_url = name_target(comment) if wordings is None else ("", "")
    if wordings is None:
        wordings = comment.clause.wordings.all() if comment.clause else ()
    return CommentCard(
        comment=comment,
        author=name_author(comment.submission),
        redline=redline_proposal(comment, wordings),
        answer=answer,
        answer_url=clause_address(shown_result) if shown_result else "",
        answer_label=name_clause(shown_result) if shown_result else "",
        clause_label=clause_label,
        clause_url=clause_url,
        standing=standing,
        reply=answer.reply if answer else None,
        earlier_replies=answer.earlier_replies if answer else [],
    )


def make_submission_cards(submissions: Iterable[Submission]) -> list[SubmissionCard]:
    """Return filings ready to be listed; each comes with its context and `comment_count`."""
    return [
        SubmissionCard(submission, name_author(submission), submission.comment_count)  # type: ignore[attr-defined]
        for submission in submissions
    ]
