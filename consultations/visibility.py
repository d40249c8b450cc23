"""Who may see what of a filing: the conditions that every queryset of filings, comments, answers and holds is made of."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q

FILED = ("submitted", "superseded", "withdrawn")
UNFILED = ("draft", "cleared")


def is_staff_member(user: Any) -> bool:
    """Whether this is one of the mandate holder's staff, signed in and active."""
    return bool(user and user.is_authenticated and user.is_active and user.is_staff)


def is_sealed(prefix: str, *, at: dt.datetime) -> Q:
    """What belongs to a call under embargo at that moment, as `Call.is_sealed`: neither has it closed, nor was it opened early.

    `prefix` leads to what has the `call`.
    """
    call = f"{prefix}call__"
    return Q(**{f"{call}publication_rule": "together_after_closing", f"{call}closes_at__gt": at}) & (
        Q(**{f"{call}opened_early_at__isnull": True}) | Q(**{f"{call}opened_early_at__gt": at})
    )


def is_released(prefix: str, *, at: dt.datetime) -> Q:
    """Filings that everyone may know of at that moment; `prefix` leads to the submission ("" or "submission__")."""
    return Q(
        Q(**{f"{prefix}call__publication_rule": "as_received"})
        | (Q(**{f"{prefix}call__publication_rule": "together_after_closing"}) & ~is_sealed(prefix, at=at)),
        **{f"{prefix}status": "submitted", f"{prefix}consents_to_publication": True},
    )


def is_held(to: str, kind: str) -> Any:
    """Whether there is a hold that was not lifted on what `to` leads to: `kind` says if on a submission or a comment."""
    from consultations.models import Hold  # the models import this module

    return Exists(Hold.objects.filter(**{kind: OuterRef(f"{to}pk"), "lifted_at__isnull": True}))


def is_public(prefix: str, *, at: dt.datetime, comment: str | None = None) -> Q:
    """Filings that everyone may read at that moment: released, and not held.

    `prefix` leads to the submission, `comment` to the comment where one is looked for ("" for itself).
    """
    public = is_released(prefix, at=at) & ~Q(is_held(prefix, "submission"))
    return public if comment is None else public & ~Q(is_held(comment, "comment"))


def is_readable_by_staff(prefix: str, *, at: dt.datetime) -> Q:
    """Filings that staff may read: what was filed, but under embargo only once the call has closed."""
    return Q(**{f"{prefix}status__in": FILED}) & ~is_sealed(prefix, at=at)


def is_letter_in_writing(prefix: str) -> Q:
    """Letters that staff are entering: theirs alone until they are filed."""
    return Q(**{f"{prefix}status__in": UNFILED, f"{prefix}source": "letter"})


def is_visible(prefix: str, user: Any, *, at: dt.datetime, comment: str | None = None) -> Q:
    """Filings that this person may read: the public's, her delegations' own, and for staff what was filed."""
    visible = is_public(prefix, at=at, comment=comment)
    if not (user and user.is_authenticated and user.is_active):
        return visible
    visible |= Q(**{f"{prefix}delegation__in": delegations_of(user)}) & ~is_letter_in_writing(prefix)
    if is_staff_member(user):
        visible |= is_readable_by_staff(prefix, at=at)
    return visible


def delegations_of(user: Any) -> Any:
    """The active delegations that a person belongs to, for a condition."""
    from consultations.models import Membership  # the models import this module

    return Membership.objects.filter(user=user, delegation__is_active=True).values("delegation")
