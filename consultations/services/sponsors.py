"""Who stands behind another delegation's submission by name: co-sponsors are asked, join, decline, and may leave again."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import rules
from consultations.models import Call, CoSponsor, Delegation, Membership, Submission
from consultations.services.gate import lock_submission, refuse_unless_focal_point
from consultations.services.telling import tell_co_sponsor_asked
from declaration.errors import Refused

MAX_CO_SPONSORS = 250
"""More than there are States; a bound on what one request can ask for."""

OFFERED = (Submission.Status.CLEARED, Submission.Status.SUBMITTED)
"""Only a text that no longer changes is offered."""


@transaction.atomic
def ask_co_sponsor(
    *, submission: Submission, delegation: Delegation, user: Any, at: dt.datetime | None = None
) -> CoSponsor:
    """Ask a delegation to stand behind a submission. It reads the text on its desk from now on, and joins or declines.

    Only a text that no longer changes is offered: one that is cleared or filed. Refused to everyone but the delegation's focal
    points, once the call has closed, for the delegation itself and for one that was asked, and where the delegation does not
    agree to be named.
    """
    at = at or timezone.now()
    submission = lock_submission(submission)
    refuse_unless_focal_point(user, submission)
    _refuse_settled(submission, at=at)
    if submission.status == Submission.Status.DRAFT:
        raise Refused(
            "submission_not_cleared",
            _("Clear the submission first: a co-sponsor stands behind a text that no longer changes."),
            status=409,
        )
    if not submission.consents_to_attribution:
        raise Refused(
            "submission_not_attributed",
            _("This submission is not to be published under your name, so nobody can stand behind it by name."),
            status=409,
        )
    if delegation == submission.delegation or not delegation.is_active:
        raise Refused("co_sponsor_unfit", _("Choose another delegation than your own."), field="delegation")
    if not rules.is_answerable_by(submission.call, delegation):
        raise Refused(
            "not_in_audience",
            _("This call is not addressed to %(delegation)s.") % {"delegation": delegation},
            field="delegation",
        )
    if submission.co_sponsors.count() >= MAX_CO_SPONSORS:
        message = _("At most %(limit)d delegations are asked to stand behind one submission.")
        raise Refused("too_many_co_sponsors", message % {"limit": MAX_CO_SPONSORS})
    co_sponsor = CoSponsor(submission=submission, delegation=delegation, asked_by=user, asked_at=at)
    try:
        with transaction.atomic():
            co_sponsor.save(force_insert=True)
    except IntegrityError as error:
        message = _("%(delegation)s has been asked already.")
        raise Refused(
            "co_sponsor_asked", message % {"delegation": delegation}, field="delegation", status=409
        ) from error
    tell_co_sponsor_asked(co_sponsor, at=at)
    return co_sponsor


def ask_by_key(*, submission: Submission, key: str, user: Any, at: dt.datetime | None = None) -> CoSponsor:
    """Ask the delegation with this key, as `ask_co_sponsor`.

    A delegation that there is not and one that the call is not addressed to are told alike: who may answer a call for those
    invited is not public.
    """
    key = key.strip()
    delegation = Delegation.objects.with_key(key).first()
    if delegation is None:
        raise _unknown(key)
    try:
        return ask_co_sponsor(submission=submission, delegation=delegation, user=user, at=at)
    except Refused as refused:
        if refused.code != "not_in_audience":
            raise
        raise _unknown(key) from None


def _unknown(key: str) -> Refused:
    message = _("There is no delegation with this key that may answer this call: %(key)s.") % {"key": key[:60]}
    return Refused("not_in_audience", message, field="delegation")


def join(*, co_sponsor: CoSponsor, user: Any, at: dt.datetime | None = None) -> CoSponsor:
    """Stand behind the submission by name. Possible again after declining or leaving, until the call closes."""
    return _answer(co_sponsor, user, CoSponsor.Status.JOINED, at=at)


def decline(*, co_sponsor: CoSponsor, user: Any, at: dt.datetime | None = None) -> CoSponsor:
    """Say that the delegation does not stand behind the submission."""
    return _answer(co_sponsor, user, CoSponsor.Status.DECLINED, at=at)


def leave(*, co_sponsor: CoSponsor, user: Any, at: dt.datetime | None = None) -> CoSponsor:
    """Stand behind the submission no longer. Refused to a delegation that had not joined."""
    return _answer(co_sponsor, user, CoSponsor.Status.LEFT, at=at)


@transaction.atomic
def _answer(co_sponsor: CoSponsor, user: Any, status: str, *, at: dt.datetime | None) -> CoSponsor:
    at = at or timezone.now()
    submission = lock_submission(co_sponsor.submission)
    co_sponsor = CoSponsor.objects.select_for_update(of=("self",)).select_related("delegation").get(pk=co_sponsor.pk)
    role = rules.role_in(user, co_sponsor.delegation)
    if not role:
        raise Refused("not_your_delegation", _("You do not act for this delegation."), status=404)
    if role != Membership.Role.FOCAL_POINT:
        raise Refused("role_cannot_submit", _("Only a focal point of the delegation may do this."), status=403)
    _refuse_settled(submission, at=at)
    if submission.status == Submission.Status.DRAFT:
        raise Refused(
            "submission_not_cleared",
            _("This submission is being changed. You can answer once it has been cleared again."),
            status=409,
        )
    if status == CoSponsor.Status.LEFT and co_sponsor.status != CoSponsor.Status.JOINED:
        raise Refused("co_sponsor_not_joined", _("Your delegation has not joined, so it cannot leave."), status=409)
    co_sponsor.status, co_sponsor.answered_by, co_sponsor.answered_at = status, user, at
    co_sponsor.save(update_fields=["status", "answered_by", "answered_at"])
    return co_sponsor


@transaction.atomic
def take_back(*, co_sponsor: CoSponsor, user: Any, at: dt.datetime | None = None) -> None:
    """Take back what was asked, while the submission has not been filed: the delegation no longer reads the text."""
    submission = lock_submission(co_sponsor.submission)
    refuse_unless_focal_point(user, submission)
    _refuse_settled(submission, at=at or timezone.now())
    if submission.is_filed:
        raise Refused(
            "submission_filed",
            _("This submission has been filed: who was asked to stand behind it stays on its record."),
            status=409,
        )
    CoSponsor.objects.filter(pk=co_sponsor.pk, submission=submission).delete()


def ask_anew(submission: Submission) -> None:
    """Ask again whoever had answered: the text that they answered about is going to change."""
    submission.co_sponsors.exclude(status=CoSponsor.Status.ASKED).update(
        status=CoSponsor.Status.ASKED, answered_by=None, answered_at=None
    )


def carry_co_sponsors(standing: Submission, submission: Submission, *, user: Any, at: dt.datetime) -> None:
    """Ask those who were asked about what stands about the submission that is to take its place."""
    CoSponsor.objects.bulk_create(
        CoSponsor(submission=submission, delegation_id=each.delegation_id, asked_by=user, asked_at=at)
        for each in standing.co_sponsors.all()
    )


def _refuse_settled(submission: Submission, *, at: dt.datetime) -> None:
    call = submission.call
    if call.status != Call.Status.OPEN or at >= call.closes_at:
        raise Refused(
            "co_sponsors_settled",
            _("This call has closed. Who stands behind a submission is settled since."),
            status=409,
        )
    if submission.status in (Submission.Status.SUPERSEDED, Submission.Status.WITHDRAWN):
        raise Refused("submission_not_standing", _("This submission no longer stands."), status=409)
