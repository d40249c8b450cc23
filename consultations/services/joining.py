"""How people come to act for a delegation and leave it: by invitation, by another role, by handing over, by going.

The mandate holder's staff invite focal points; a focal point invites whom she wants, and answers for her delegation's
people. Who was removed finds every door closed with her next request: each service asks for her role anew.
"""

import datetime as dt
import secrets
from typing import Any, Final

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from consultations import rules
from consultations.models import Delegation, Invitation, Membership, User
from consultations.services import telling
from consultations.services.people import add_member, change_role, create_user, remove_member
from consultations.visibility import is_staff_member
from declaration.errors import Refused
from declaration.languages import django_language
from declaration.services.checks import refuse_invalid

VALID_FOR: Final = dt.timedelta(days=14)
"""How long a link is good for."""

MAX_WAITING: Final = 100
"""So many invitations of one delegation may wait to be accepted."""

_SALT: Final = "consultations.invitation"


@transaction.atomic
def invite(
    *,
    delegation: Delegation,
    user: Any,
    email: str,
    role: str,
    name: str = "",
    language: str = "en",
    at: dt.datetime | None = None,
) -> Invitation:
    """Invite a person by e-mail to a role in a delegation; the mail with the link is queued with it.

    Refused to those who may not invite, for an address that is one of the staff's, belongs to the delegation already or
    has an invitation that waits, and for a delegation that is closed.
    """
    at = at or timezone.now()
    _refuse_unless_may_invite(user, delegation, role)
    delegation = _lock(delegation)
    email = User.objects.normalize_email(email.strip()).lower()
    invitation = Invitation(
        delegation=delegation,
        email=email,
        name=name.strip(),
        role=role,
        language=language,
        nonce=secrets.token_hex(16),
        invited_by=user,
        invited_at=at,
        expires_at=at + VALID_FOR,
    )
    # First, so that an invitation that waits is told in words of its own and not as a broken constraint.
    _refuse_known_address(delegation, email)
    refuse_invalid(invitation)
    invitation.save(force_insert=True)
    telling.tell_invited(invitation, at=at)
    if role == Membership.Role.FOCAL_POINT:
        telling.tell_focal_point_invited(invitation, at=at)
    return invitation


def make_link(invitation: Invitation) -> str:
    """Return the path of the page where an invitation is accepted, in the invitation's language.

    It is signed with the site's secret: what the database holds does not let anybody make it.
    """
    token = signing.dumps([invitation.pk, invitation.nonce], salt=_SALT)
    with translation.override(django_language(invitation.language)):
        return reverse("invitation", args=[token])


def read_link(token: str, *, at: dt.datetime | None = None) -> Invitation:
    """Return the invitation that a link is for. Refused, each in its own words, where it is good for nothing any more."""
    try:
        pk, nonce = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise _unreadable() from error
    found = Invitation.objects.select_related(
        "delegation__state", "delegation__stakeholder", "delegation__group", "invited_by"
    )
    invitation = found.filter(pk=pk).first()
    if invitation is None:
        raise _unreadable()
    _refuse_spent(invitation, nonce, at=at or timezone.now())
    return invitation


def _unreadable() -> Refused:
    return Refused(
        "invitation_unreadable",
        _("This link is not one of ours, or a part of it is missing. Open it from the mail again, or copy all of it."),
        status=404,
    )


def _refuse_spent(invitation: Invitation, nonce: str, *, at: dt.datetime) -> None:
    if invitation.accepted_at:
        message = _("This invitation has been accepted already, and its link works once. Sign in instead.")
        raise Refused("invitation_used", message, status=410)
    if invitation.revoked_at:
        message = _("This invitation has been taken back. If you think that is a mistake, write to who invited you.")
        raise Refused("invitation_revoked", message, status=410)
    if nonce != invitation.nonce:
        message = _("This invitation was sent again since. Use the link in the newer mail.")
        raise Refused("invitation_replaced", message, status=410)
    if at >= invitation.expires_at:
        message = _("This invitation has expired. Ask who invited you to send it again.")
        raise Refused("invitation_expired", message, status=410)
    if not invitation.delegation.is_active:
        raise _closed()


def _closed() -> Refused:
    return Refused("delegation_closed", _("This delegation no longer takes part."), status=409)


@transaction.atomic
def accept_invitation(
    *, token: str, user: Any = None, name: str = "", password: str = "", at: dt.datetime | None = None
) -> Membership:
    """Give the person whom a link was sent to her role: to the one who is signed in, or with a new account.

    A link is for one address: refused where somebody else is signed in with it, and where the address has an account and
    nobody is signed in. Refused as `read_link` and `create_user` refuse.
    """
    at = at or timezone.now()
    # Both the delegation and the invitation are held, so that two tabs do not both accept, nor one while it is taken back.
    delegation = _lock(read_link(token, at=at).delegation)
    Invitation.objects.select_for_update().get(pk=read_link(token, at=at).pk)
    invitation = read_link(token, at=at)
    person = _whom(invitation, user, name=name, password=password)
    membership = add_member(delegation=delegation, user=person, role=invitation.role)
    invitation.accepted_by, invitation.accepted_at = person, at
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    _tell_of_focal_point(membership, at=at)
    return membership


def _tell_of_focal_point(membership: Membership, *, at: dt.datetime | None = None) -> None:
    if membership.role == Membership.Role.FOCAL_POINT:
        telling.tell_focal_point_joined(membership, at=at or timezone.now())


def _whom(invitation: Invitation, user: Any, *, name: str, password: str) -> User:
    if user is not None and user.is_authenticated:
        if user.email.lower() != invitation.email.lower():
            message = _("This invitation is for %(email)s, and you are signed in as %(other)s. Sign out first.")
            values = {"email": invitation.email, "other": user.email}
            raise Refused("invitation_for_other", message % values, status=403)
        person: User = user
    elif has_account(invitation):
        raise Refused(
            "sign_in_first",
            _("%(email)s has an account already. Sign in with it, and accept then.") % {"email": invitation.email},
            status=401,
        )
    else:
        person = create_user(
            email=invitation.email,
            name=name.strip() or invitation.name,
            language=invitation.language,
            password=password,
        )
    _refuse_staff(person)
    return person


def has_account(invitation: Invitation) -> bool:
    """Whether the address that was invited can sign in already."""
    return User.objects.filter(email__iexact=invitation.email).exists()


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, user: Any, at: dt.datetime | None = None) -> Invitation:
    """Take an invitation back: its link is good for nothing from now on. Once accepted there is nothing to take back."""
    invitation = _lock_waiting(invitation, user)
    invitation.revoked_at = at or timezone.now()
    invitation.save(update_fields=["revoked_at"])
    return invitation


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, user: Any, at: dt.datetime | None = None) -> Invitation:
    """Send an invitation anew, with a new link and a new time; the earlier link is good for nothing from now on."""
    at = at or timezone.now()
    invitation = _lock_waiting(invitation, user)
    if not invitation.delegation.is_active:
        raise _closed()
    invitation.nonce, invitation.invited_at, invitation.expires_at = secrets.token_hex(16), at, at + VALID_FOR
    invitation.save(update_fields=["nonce", "invited_at", "expires_at"])
    telling.tell_invited(invitation, at=at)
    return invitation


def _lock_waiting(invitation: Invitation, user: Any) -> Invitation:
    _refuse_unless_may_invite(user, invitation.delegation, invitation.role)
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("delegation").get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at:
        message = _("This invitation does not wait any more: it has been accepted or taken back.")
        raise Refused("invitation_settled", message, status=409)
    return invitation


@transaction.atomic
def give_role(*, membership: Membership, role: str, user: Any) -> Membership:
    """Give somebody of the delegation another role. Only its focal points do, and the last one stays."""
    refuse_unless_leads(user, membership.delegation)
    changed = change_role(membership=membership, role=role)
    _tell_of_focal_point(changed)
    return changed


@transaction.atomic
def dismiss_member(*, membership: Membership, user: Any) -> None:
    """Take somebody out of the delegation; what she wrote stays. Only its focal points do, and the last one stays."""
    refuse_unless_leads(user, membership.delegation)
    remove_member(membership=membership)


@transaction.atomic
def hand_over(*, membership: Membership, to: Membership, user: Any) -> Membership:
    """Make another of the delegation's people the focal point in one's own place; one stays as a contributor.

    `membership` is one's own. Refused where one is no focal point, and where the other belongs to another delegation.
    """
    refuse_unless_leads(user, membership.delegation)
    if membership.user_id != user.pk:
        raise Refused("not_your_role", _("You can hand over your own role only."), status=403)
    if to.delegation_id != membership.delegation_id or to.pk == membership.pk:
        message = _("Choose another member of your delegation.")
        raise Refused("member_unknown", message, field="to")
    _tell_of_focal_point(change_role(membership=to, role=Membership.Role.FOCAL_POINT))
    return change_role(membership=membership, role=Membership.Role.CONTRIBUTOR)


@transaction.atomic
def leave(*, membership: Membership, user: Any) -> None:
    """Leave a delegation; what one wrote stays. Refused for the last focal point, who hands over first."""
    if membership.user_id != user.pk:
        raise Refused("not_your_role", _("You can leave for yourself only."), status=403)
    remove_member(membership=membership)


def may_invite(user: Any, delegation: Delegation, role: str) -> bool:
    """Whether a person invites to that role: staff invite focal points, a focal point invites to every role."""
    if is_staff_member(user):
        return role == Membership.Role.FOCAL_POINT
    return rules.role_in(user, delegation) == Membership.Role.FOCAL_POINT


def _refuse_unless_may_invite(user: Any, delegation: Delegation, role: str) -> None:
    if role not in Membership.Role.values:
        message = _("This is none of the choices: %(value)s.") % {"value": role[:40]}
        raise Refused("choice_unknown", message, field="role")
    if not delegation.is_active:
        raise _closed()
    if may_invite(user, delegation, role):
        return
    if is_staff_member(user):
        message = _("Staff invite focal points only. The focal point invites everybody else.")
        raise Refused("role_not_yours_to_give", message, field="role", status=403)
    refuse_unless_leads(user, delegation)


def refuse_unless_leads(user: Any, delegation: Delegation) -> None:
    """Refuse everyone but the focal points of a delegation."""
    role = rules.role_in(user, delegation)
    if not role:
        raise Refused("not_your_delegation", _("You do not act for this delegation."), status=404)
    if role != Membership.Role.FOCAL_POINT:
        raise Refused("role_cannot_invite", _("Only a focal point of the delegation may do this."), status=403)


def _refuse_known_address(delegation: Delegation, email: str) -> None:
    person = User.objects.filter(email__iexact=email).first()
    if person:
        _refuse_staff(person)
        if delegation.memberships.filter(user=person).exists():
            message = _("%(email)s belongs to this delegation already. Change the role instead.")
            raise Refused("already_member", message % {"email": email}, field="email", status=409)
    waiting = delegation.invitations_to_join.filter(accepted_at__isnull=True, revoked_at__isnull=True)
    if waiting.filter(email__iexact=email).exists():
        message = _("%(email)s has been invited already. Send that invitation again, or take it back.")
        raise Refused("already_invited", message % {"email": email}, field="email", status=409)
    if waiting.count() >= MAX_WAITING:
        message = _("%(limit)d invitations wait already. Take back those that are no longer needed.")
        raise Refused("too_many_invitations", message % {"limit": MAX_WAITING}, status=409)


def _refuse_staff(person: User) -> None:
    if person.is_staff:
        raise Refused(
            "staff_in_no_delegation",
            _("One of the mandate holder's staff acts for no delegation: she would read what is sealed."),
            field="email",
            status=409,
        )


def _lock(delegation: Delegation) -> Delegation:
    locked: Delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    return locked
