"""What the pages of letters, invitations, holds, replies and co-sponsors show in the browser, beside the demonstration."""

import datetime as dt

from django.utils import timezone

from consultations import services
from consultations.models import Call, CoSponsor, Delegation, Hold, Membership, ParticipationRequest, Submission, User
from consultations.services import joining, letters
from declaration.models import Draft
from tests import factories

INVITED = "invited@example.org"


def prepare_heard(open_call: Call, closed_call: Call, other_draft: Draft) -> dict[str, object]:
    """Make what the demonstration has none of; return the keys of what the pages show."""
    staff = User.objects.get(email="staff@example.org")
    filed_letter = Submission.objects.get(call=closed_call, source=Submission.Source.LETTER)
    of_stakeholder = Submission.objects.get(call=closed_call, delegation__stakeholder__slug="lantern-bridge-network")
    return {
        **_invite(open_call),
        **_enter_letter(closed_call, staff),
        "filed_letter": filed_letter.pk,
        "letter_delegation": filed_letter.delegation_id,
        "co_sponsorship": CoSponsor.objects.get(submission__call=open_call, status=CoSponsor.Status.JOINED).pk,
        "of_stakeholder": of_stakeholder.pk,
        "said_by_stakeholder": of_stakeholder.comments.order_by("number")[0].pk,
        "replied": of_stakeholder.comments.filter(disposition__published_at__isnull=False).order_by("number")[0].pk,
        "hold": Hold.objects.get().pk,
        "request": ParticipationRequest.objects.get().pk,
        "sealed_call": factories.make_call(
            other_draft, publication_rule="together_after_closing", audience=["invited"]
        ).pk,
        "alike": _find_alike(other_draft),
    }


def _invite(call: Call) -> dict[str, object]:
    delegation = Delegation.objects.get(state__alpha3="XAA")
    leader = factories.focal_point(delegation)
    invitation = joining.invite(delegation=delegation, user=leader, email=INVITED, role=Membership.Role.CONTRIBUTOR)
    member = delegation.memberships.exclude(user=leader).order_by("pk")[0]
    return {
        "invitation": joining.make_link(invitation).rstrip("/").rpartition("/")[2],
        "delegation": delegation.pk,
        "member": member.pk,
    }


def _enter_letter(call: Call, staff: User) -> dict[str, object]:
    """Begin to enter a letter of a delegation that has not filed."""
    delegation = Delegation.objects.get(state__alpha3="XAG")
    letter = letters.start_letter(
        call=call, delegation=delegation, user=staff, received_on=timezone.localdate(call.closes_at)
    )
    clause = call.draft.clauses.get(eid="art_2__para_1")
    comment = services.add_comment(submission=letter, user=staff, clause=clause, rationale="Their reason.")
    return {"letter": letter.pk, "letter_comment": comment.pk}


def _find_alike(draft: Draft) -> object:
    """Let two delegations say the same in a call that closed long ago."""
    opens_at = timezone.now() - dt.timedelta(days=400)
    call = factories.make_call(draft, opens_at=opens_at, closes_at=opens_at + dt.timedelta(days=1))
    for _number in range(2):
        factories.make_filed_comment(call)
    return services.group_alike(call=call)[0].pk
