"""How an organization that nobody knows yet comes to take part: it asks, and the mandate holder's staff decide."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from consultations.models import Membership, ParticipationRequest
from consultations.services import telling
from consultations.services.gate import checked_text
from consultations.services.joining import invite
from consultations.services.people import create_delegation
from consultations.visibility import is_staff_member
from declaration.errors import Refused
from declaration.models import Stakeholder
from declaration.models.actors import RESERVED_KEYS
from declaration.services.actors import create_stakeholder
from declaration.services.checks import refuse_invalid

MAX_WAITING: Final = 3
"""So many requests from one address may wait for an answer."""


@transaction.atomic
def ask_to_take_part(
    *,
    organization: str,
    kind: str,
    contact_name: str,
    email: str,
    language: str,
    ecosoc_status: str = "",
    website: str = "",
    statement: str = "",
    at: dt.datetime | None = None,
) -> ParticipationRequest:
    """Keep a request to take part, and tell staff. Refused for what cannot be read, and after too many from one address."""
    at = at or timezone.now()
    asked = ParticipationRequest(
        organization=" ".join(organization.split()),
        kind=kind,
        ecosoc_status=ecosoc_status,
        website=website.strip(),
        contact_name=" ".join(contact_name.split()),
        email=email.strip().lower(),
        language=language,
        statement=checked_text(statement, field="statement"),
        asked_at=at,
    )
    refuse_invalid(asked)
    waiting = ParticipationRequest.objects.filter(status=ParticipationRequest.Status.ASKED, email__iexact=asked.email)
    if waiting.count() >= MAX_WAITING:
        message = _("Requests from this address wait for an answer already. You get one by e-mail.")
        raise Refused("too_many_requests", message, field="email", status=409)
    asked.save(force_insert=True)
    telling.tell_participation_asked(asked, at=at)
    return asked


@transaction.atomic
def accept_request(
    *, asked: ParticipationRequest, user: Any, stakeholder: Stakeholder | None = None, at: dt.datetime | None = None
) -> ParticipationRequest:
    """Let an organization take part: its delegation is made, and its contact person invited as its focal point.

    It becomes a new stakeholder of the record, unless staff say which one it is already. Refused where that one has a
    delegation, and where the request has been decided.
    """
    at = at or timezone.now()
    asked = _lock(asked, user)
    stakeholder = stakeholder or create_stakeholder(
        slug=_free_slug(asked.organization, asked.pk),
        kind=asked.kind,
        # English is what the record always has; staff translate the name there if it has one.
        name={"en": asked.organization, asked.language: asked.organization},
        ecosoc_status=asked.ecosoc_status,
        website=asked.website,
    )
    asked.delegation = create_delegation(party=stakeholder)
    asked.status = ParticipationRequest.Status.ACCEPTED
    _decide(asked, user, at=at)
    invite(
        delegation=asked.delegation,
        user=user,
        email=asked.email,
        name=asked.contact_name,
        role=Membership.Role.FOCAL_POINT,
        language=asked.language,
        at=at,
    )
    return asked


@transaction.atomic
def decline_request(
    *, asked: ParticipationRequest, user: Any, reason: str, at: dt.datetime | None = None
) -> ParticipationRequest:
    """Decline a request, with a reason that is told to who asked."""
    asked = _lock(asked, user)
    asked.reason = checked_text(reason, field="reason")
    if not asked.reason:
        raise Refused("reason_missing", _("Say why: the reason is sent to who asked."), field="reason")
    asked.status = ParticipationRequest.Status.DECLINED
    _decide(asked, user, at=at or timezone.now())
    return asked


def _lock(asked: ParticipationRequest, user: Any) -> ParticipationRequest:
    if not is_staff_member(user):
        raise Refused("not_staff", _("Only the mandate holder's staff may do this."), status=403)
    asked = ParticipationRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if asked.status != ParticipationRequest.Status.ASKED:
        message = _("This request has been decided already.")
        raise Refused("already_decided", message, status=409, current={"status": asked.status})
    return asked


def _decide(asked: ParticipationRequest, user: Any, *, at: dt.datetime) -> None:
    asked.decided_by, asked.decided_at = user, at
    refuse_invalid(asked)
    asked.save(update_fields=["status", "reason", "decided_by", "decided_at", "delegation"])
    telling.tell_participation_decided(asked, at=at)


def _free_slug(organization: str, number: int) -> str:
    """Return a key for addresses from a name; the request's number tells apart what is taken, reserved or not Latin."""
    slug = slugify(organization)[:60].strip("-")
    if slug and slug not in RESERVED_KEYS and not Stakeholder.objects.filter(slug=slug).exists():
        return slug
    return f"{slug or 'organization'}-{number}"
