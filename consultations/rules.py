"""May this person do this now? Pure answers; the services refuse by them, pages and API ask them what to offer."""

import datetime as dt
from typing import Any

from consultations.models import Answer, Call, Comment, Confidentiality, Delegation, Membership, Submission, View
from consultations.visibility import is_staff_member
from declaration.models import State

WRITERS = (Membership.Role.FOCAL_POINT, Membership.Role.CONTRIBUTOR)


def role_in(user: Any, delegation: Delegation) -> str:
    """The person's role in an active delegation, or an empty text."""
    if not (user and user.is_authenticated and user.is_active and delegation.is_active):
        return ""
    return delegation.memberships.filter(user=user).values_list("role", flat=True).first() or ""


def is_answerable_by(call: Call, delegation: Delegation) -> bool:
    """Whether a delegation is among those who may answer a call.

    Invented States stand in for member States, and invented stakeholders for stakeholders: that is what they are for.
    """
    audience = set(call.audience)
    if Call.Audience.INVITED in audience and _is_invited(call, delegation):
        return True
    if delegation.state:
        observer = delegation.state.status == State.Status.OBSERVER_STATE
        return (Call.Audience.OBSERVER_STATES if observer else Call.Audience.MEMBER_STATES) in audience
    if delegation.group:
        return Call.Audience.GROUPS in audience
    kinds = call.stakeholder_kinds
    wanted = not kinds or (delegation.stakeholder is not None and delegation.stakeholder.kind in kinds)
    return wanted and Call.Audience.STAKEHOLDERS in audience


def _is_invited(call: Call, delegation: Delegation) -> bool:
    # All of them, not a question about one: a page about many calls has fetched them beforehand.
    return any(invited.pk == delegation.pk for invited in call.invited.all())


def can_see_delegation(user: Any, delegation: Delegation) -> bool:
    """Members see their own delegation's work."""
    return bool(role_in(user, delegation))


def can_write(user: Any, submission: Submission, *, at: dt.datetime) -> bool:
    """Focal points and contributors write while the submission is being written and the call takes it."""
    return (
        submission.status == Submission.Status.DRAFT
        and role_in(user, submission.delegation) in WRITERS
        and takes_filing(submission.call, at=at)
    )


def can_clear(user: Any, submission: Submission) -> bool:
    """The focal point clears what is being written, or sends back what was cleared."""
    return not submission.is_filed and role_in(user, submission.delegation) == Membership.Role.FOCAL_POINT


def can_submit(user: Any, submission: Submission, *, at: dt.datetime) -> bool:
    """The focal point submits what is not filed, while the call takes it."""
    return can_clear(user, submission) and takes_filing(submission.call, at=at)


def can_withdraw(user: Any, submission: Submission) -> bool:
    """The focal point withdraws what stands."""
    return (
        submission.status == Submission.Status.SUBMITTED
        and role_in(user, submission.delegation) == Membership.Role.FOCAL_POINT
    )


def takes_filing(call: Call, *, at: dt.datetime) -> bool:
    """Whether a call takes filings at that moment: in time, or late where late ones are taken."""
    if call.is_open(at=at):
        return True
    return call.status == Call.Status.OPEN and call.takes_late and at >= call.closes_at


def can_answer(user: Any, comment: Comment, *, at: dt.datetime) -> bool:
    """Staff answer the comments of standing filings, once they may read them."""
    return (
        is_staff_member(user)
        and comment.submission.status == Submission.Status.SUBMITTED
        and not comment.submission.call.is_sealed(at=at)
    )


def can_moderate(user: Any, submission: Submission, *, at: dt.datetime) -> bool:
    """Staff hold what stakeholders filed and what stands, once they may read it; never what States and groups filed."""
    return (
        is_staff_member(user)
        and submission.delegation.stakeholder_id is not None
        and submission.status == Submission.Status.SUBMITTED
        and not submission.call.is_sealed(at=at)
    )


def can_see_author(user: Any, submission: Submission) -> bool:
    """Who filed is shown where the delegation agreed to it, to its own people, and to staff who may read the filing."""
    return submission.consents_to_attribution or is_staff_member(user) or bool(role_in(user, submission.delegation))


def can_see_speaker(user: Any, said: View | Answer) -> bool:
    """Who said it is shown to staff, and to everyone where what was said is public; never under the Chatham House Rule.

    It answers for what the person may read at all (`visible_to`), and for the group spoken for as for the speaker.
    """
    return said.confidentiality == Confidentiality.PUBLIC or is_staff_member(user)
