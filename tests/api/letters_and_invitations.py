"""Rows for the test of access: letters that staff enter, invitations that wait, and requests to take part."""

from typing import Any

from django.utils import timezone

from consultations import services
from consultations.models import Delegation, Membership
from consultations.services import joining, letters, participation
from tests import factories

ASKING = {"kind": "ngo", "contact_name": "Mina", "language": "en"}


def make_letters_and_invitations(
    delegation: Delegation, leader: Any, staff: Any
) -> tuple[dict[str, str], dict[str, Any]]:
    """Make them; return the last parts of the addresses by operation, and what is sent."""
    call, today = factories.make_call(), timezone.localdate()
    writing = letters.start_letter(call=call, delegation=factories.make_delegation(), user=staff, received_on=today)
    clause = call.draft.clauses.get(eid="art_2")
    services.add_comment(submission=writing, user=staff, clause=clause, rationale="Their reason.")
    filed = letters.start_letter(call=call, delegation=factories.make_delegation(), user=staff, received_on=today)
    services.add_comment(submission=filed, user=staff, clause=clause, rationale="Their reason.")
    filed.refresh_from_db()
    filed = services.submit_submission(submission=filed, user=staff)
    waiting = joining.invite(
        delegation=delegation, user=leader, email="new@example.org", role=Membership.Role.FOCAL_POINT
    )
    asked = participation.ask_to_take_part(organization="Springs", email="springs@example.org", **ASKING)
    member = factories.make_member(delegation, Membership.Role.CONTRIBUTOR)
    link = joining.make_link(
        joining.invite(delegation=delegation, user=leader, email="nora@example.org", role="observer")
    )
    stranger = factories.make_state()
    keys = {
        "staff_letters": f"{writing.pk}/",
        "staff_letters_correct": f"{filed.pk}/",
        "staff_letters_withdraw": f"{filed.pk}/",
        "staff_letters_receipt": f"{filed.pk}/",
        "staff_letters_receipt_file": f"{filed.pk}/receipt/json/",
        "staff_letters_comments": f"{writing.pk}/comments/1/",
        "desk_delegations_people": f"{delegation.key}/people/{member.memberships.get().pk}/",
        "desk_delegations_invite": f"{delegation.key}/",
        "desk_delegations_invitations": f"{delegation.key}/invitations/{waiting.pk}/",
        "staff_delegations": f"{delegation.pk}/",
        "staff_invitations": f"{waiting.pk}/",
        "staff_requests": f"{asked.pk}/",
    }
    comment = {"clause": "art_2", "rationale": "A reason."}
    bodies = {
        "participate_create": {"organization": "Wells", "email": "wells@example.org"} | ASKING,
        "invitations_accept": {
            "token": link.rstrip("/").rpartition("/")[2],
            "name": "Nora",
            "password": factories.PASSWORD,
        },
        "desk_delegations_people_update": {"role": "observer"},
        "desk_delegations_invite": {"email": "other@example.org", "role": "observer"},
        "staff_delegations_create": {"kind": "state", "key": stranger.alpha3},
        "staff_delegations_invite": {"email": "leader@example.org", "role": "focal_point"},
        "staff_requests_decline": {"reason": "It is known already."},
        "staff_letters_create": {
            "call": call.pk,
            "delegation": factories.make_delegation().key,
            "received_on": today.isoformat(),
        },
        "staff_letters_partial_update": {"revision": 2, "general_comment": "As they wrote."},
        "staff_letters_withdraw": {"reason": "It was another's."},
        "staff_letters_comments_create": comment,
        "staff_letters_comments_update": comment | {"revision": 1},
    }
    return keys, bodies
