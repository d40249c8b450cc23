"""What happens to a call for comments."""

import datetime as dt
import functools
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Call, Delegation
from consultations.services.telling import tell_call_closed, tell_call_extended, tell_call_opened
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Draft
from declaration.services.checks import refuse_invalid

DRAFT_STATUSES = (Draft.Status.PREPARING, Draft.Status.PUBLISHED)
"""Drafts that a call can be prepared for: those that are published, or will be."""

FIXED_ONCE_OPENED = (
    "draft_id",
    "opens_at",
    "closes_at",
    "time_zone",
    "audience",
    "languages",
    "publication_rule",
    "takes_late",
    "stakeholder_kinds",
    "holds_stakeholders",
    "needs_second_reader",
)
"""What delegations were told of a call, and so what stays as it is once the call has been opened."""


@functools.cache
def time_zones() -> frozenset[str]:
    """The names of time zones in the IANA database, such as Africa/Cairo."""
    return frozenset(zoneinfo.available_timezones())


@transaction.atomic
def create_call(
    *,
    draft: Draft,
    title: Mapping[str, str],
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    audience: Sequence[str],
    languages: Sequence[str],
    time_zone: str = settings.TIME_ZONE,
    publication_rule: str = Call.PublicationRule.AS_RECEIVED,
    takes_late: bool = False,
    note: Mapping[str, str] | None = None,
    invited: Iterable[Delegation] = (),
    stakeholder_kinds: Sequence[str] = (),
    holds_stakeholders: bool = False,
    needs_second_reader: bool = False,
) -> Call:
    """Prepare a call for comments on a draft; opening it is a step of its own.

    Times are moments (aware of a time zone); `time_zone` is the one they are announced in. Refused where the call would
    close before it opens, takes a language that the draft has no text in, is open to nobody, or contradicts itself.
    """
    call = Call(status=Call.Status.PREPARING)
    invited = list(invited)
    _fill(
        call,
        draft=draft,
        title=title,
        note=note,
        opens_at=opens_at,
        closes_at=closes_at,
        time_zone=time_zone,
        audience=audience,
        languages=languages,
        publication_rule=publication_rule,
        takes_late=takes_late,
        invited=invited,
        stakeholder_kinds=stakeholder_kinds,
        holds_stakeholders=holds_stakeholders,
        needs_second_reader=needs_second_reader,
    )
    call.save(force_insert=True)
    call.invited.set(invited)
    return call


@transaction.atomic
def change_call(
    *,
    call: Call,
    draft: Draft,
    title: Mapping[str, str],
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    audience: Sequence[str],
    languages: Sequence[str],
    time_zone: str,
    publication_rule: str,
    takes_late: bool,
    note: Mapping[str, str] | None = None,
    invited: Iterable[Delegation] = (),
    stakeholder_kinds: Sequence[str] = (),
    holds_stakeholders: bool = False,
    needs_second_reader: bool = False,
) -> Call:
    """Change a call. Refused as `create_call`; of an opened call only title, note and those invited can be changed.

    What delegations were told when they began to write must not change under them; `extend_call` and `close_call` move
    an opened call's closing time.
    """
    call = lock_call(call)
    before = {name: getattr(call, name) for name in FIXED_ONCE_OPENED}
    invited = list(invited)
    _fill(
        call,
        draft=draft,
        title=title,
        note=note,
        opens_at=opens_at,
        closes_at=closes_at,
        time_zone=time_zone,
        audience=audience,
        languages=languages,
        publication_rule=publication_rule,
        takes_late=takes_late,
        invited=invited,
        stakeholder_kinds=stakeholder_kinds,
        holds_stakeholders=holds_stakeholders,
        needs_second_reader=needs_second_reader,
    )
    if call.status != Call.Status.PREPARING:
        _refuse_changes_of_opened(call, before, invited)
    call.save(force_update=True)
    call.invited.set(invited)
    return call


def _refuse_changes_of_opened(call: Call, before: Mapping[str, object], invited: Iterable[Delegation]) -> None:
    changed = next((name for name in FIXED_ONCE_OPENED if getattr(call, name) != before[name]), "")
    if changed:
        raise Refused(
            "call_opened",
            _("This call has been opened: its title, its note and those invited can be changed, and nothing else."),
            field=changed.removesuffix("_id"),
            status=409,
        )
    was_invited = {delegation.pk for delegation in call.invited.all()}
    if not was_invited <= {delegation.pk for delegation in invited}:
        raise Refused(
            "call_opened",
            _("This call has been opened: nobody who was invited can be taken off it. Others can be added."),
            field="invited",
            status=409,
        )


def _fill(
    call: Call,
    *,
    draft: Draft,
    title: Mapping[str, str],
    note: Mapping[str, str] | None,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    time_zone: str,
    audience: Sequence[str],
    languages: Sequence[str],
    publication_rule: str,
    takes_late: bool,
    invited: Sequence[Delegation],
    stakeholder_kinds: Sequence[str],
    holds_stakeholders: bool,
    needs_second_reader: bool,
) -> None:
    """Put into a call what it says of itself, if all of it fits together."""
    if call.status == Call.Status.PREPARING and draft.status not in DRAFT_STATUSES:
        raise Refused(
            "draft_not_published",
            _("Comments are called for on a published draft, or on one that is being prepared. Choose another draft."),
            field="draft",
        )
    for field, moment in (("opens_at", opens_at), ("closes_at", closes_at)):
        if timezone.is_naive(moment):
            raise Refused("time_zone_missing", _("Say in which time zone this time is."), field=field)
    if closes_at <= opens_at:
        raise Refused("closes_before_it_opens", _("A call closes after it opens."), field="closes_at")
    refuse_unknown_time_zone(time_zone)
    call.draft = draft
    call.title = title
    call.note = note or {}
    call.opens_at, call.closes_at, call.time_zone = opens_at, closes_at, time_zone
    call.audience = list(dict.fromkeys(audience))
    call.languages = list(dict.fromkeys(languages))
    call.publication_rule, call.takes_late = publication_rule, takes_late
    call.stakeholder_kinds = list(dict.fromkeys(stakeholder_kinds))
    call.holds_stakeholders, call.needs_second_reader = holds_stakeholders, needs_second_reader
    refuse_invalid(call)
    _refuse_contradictions(call, draft, invited)


def _refuse_contradictions(call: Call, draft: Draft, invited: Sequence[Delegation]) -> None:
    missing = next((code for code in call.languages if code not in draft.languages), None)
    if missing:
        raise Refused(
            "language_not_of_draft",
            _("The draft has no text in this language: %(language)s.") % {"language": TEXT_LANGUAGES[missing]},
            field="languages",
        )
    if bool(invited) != (Call.Audience.INVITED in call.audience):
        raise Refused(
            "invited_by_name",
            _("Name those who are invited, and choose “those invited by name” among who may answer: both or neither."),
            field="invited",
        )
    if call.stakeholder_kinds and Call.Audience.STAKEHOLDERS not in call.audience:
        raise Refused(
            "kinds_without_stakeholders",
            _("Kinds of stakeholders are chosen where stakeholders may answer: choose “stakeholders” too, or no kind."),
            field="stakeholder_kinds",
        )


def refuse_unknown_time_zone(name: str, *, field: str = "time_zone") -> None:
    """Refuse a name that is no time zone of the IANA database."""
    if name not in time_zones():
        raise Refused(
            "time_zone_unknown",
            _("This is not the name of a time zone, such as Africa/Cairo: %(name)s.") % {"name": name[:64]},
            field=field,
        )


def lock_call(call: Call) -> Call:
    """Read a call anew and keep others from changing it until the transaction ends."""
    locked: Call = Call.objects.select_for_update(of=("self",)).select_related("draft").get(pk=call.pk)
    return locked


@transaction.atomic
def open_call(*, call: Call, at: dt.datetime | None = None) -> Call:
    """Open a call that is in preparation: it is public from now on and takes submissions between its two times.

    `at` is when it is opened, now unless said. Refused where the draft is not published, or the call would have closed.
    """
    call = lock_call(call)
    if call.status != Call.Status.PREPARING:
        raise Refused("call_not_preparing", _("This call has been opened already."))
    if call.draft.status != Draft.Status.PUBLISHED:
        raise Refused(
            "draft_not_published",
            _("Comments can be called for on a published draft only. Publish the draft first."),
            field="draft",
        )
    if call.closes_at <= (at or timezone.now()):
        raise Refused(
            "call_would_be_closed",
            _("This call would close in the past. Give it a later closing time."),
            field="closes_at",
        )
    call.status = Call.Status.OPEN
    call.save(update_fields=["status"])
    tell_call_opened(call, at=at)
    return call


@transaction.atomic
def extend_call(*, call: Call, closes_at: dt.datetime) -> Call:
    """Give an opened call a later closing time. A sealed call that has closed stays closed: its filings are released."""
    call = lock_call(call)
    if call.status != Call.Status.OPEN:
        raise Refused("call_not_open", _("Only an opened call can be extended."))
    if closes_at <= call.closes_at:
        raise Refused(
            "call_not_extended", _("An extension ends later than the present closing time."), field="closes_at"
        )
    if call.publication_rule == Call.PublicationRule.TOGETHER_AFTER_CLOSING and call.closes_at <= timezone.now():
        raise Refused(
            "call_released",
            _("This call has closed and its submissions have been released; it cannot be opened again."),
            field="closes_at",
        )
    call.closes_at = closes_at
    call.save(update_fields=["closes_at"])
    tell_call_extended(call)
    return call


@transaction.atomic
def close_call(*, call: Call, at: dt.datetime | None = None) -> Call:
    """Close an open call now, before its time.

    Refused for a call that is sealed: closing it would release what was filed, which takes two people (see
    `consultations.services.early_opening`). Once they have opened it, it can be closed as any other.
    """
    at = at or timezone.now()
    call = lock_call(call)
    if not call.is_open(at=at):
        raise Refused("call_not_open", _("Only an open call can be closed."))
    if call.is_sealed(at=at):
        raise Refused(
            "call_sealed",
            _(
                "Closing this call now would open what was filed under seal. Two members of staff open it early first, with a"
                " reason; then it can be closed."
            ),
            status=409,
        )
    call.closes_at = at
    call.save(update_fields=["closes_at"])
    tell_call_closed(call, at=at)
    return call


@transaction.atomic
def archive_call(*, call: Call) -> Call:
    """Put a closed call away: it stays readable, and takes no late submissions any more."""
    call = lock_call(call)
    if call.status != Call.Status.OPEN or call.closes_at > timezone.now():
        raise Refused("call_not_closed", _("Only a closed call can be archived."))
    call.status = Call.Status.ARCHIVED
    call.save(update_fields=["status"])
    return call
