"""What happens to a consultation that staff write up: it is recorded, changed, made public and taken back.

Its views and notes have modules of their own. All of them count on the consultation's `revision`, which every change of
it or of one of its views raises: who writes on a page that she read before learns that a colleague was faster.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from consultations.models import Consultation, View
from consultations.services.gate import checked_text
from consultations.visibility import is_staff_member
from declaration.audit import audit_context
from declaration.errors import Conflict, Refused
from declaration.models import Group, GroupMembership, State
from declaration.services.checks import refuse_invalid
from declaration.translated import TranslatedText

RELATED: Final = ("states", "stakeholders", "groups", "documents", "phases")
"""What a consultation refers to in numbers."""

WRITTEN: Final = (
    *("name", "format", "status", "when", "when_printed", "place", "host_state", "categories", "participant_count"),
    *("attribution", "summary", "follow_up", "source", "source_paragraphs", "is_inferred", "source_note"),
)
"""What a consultation says of itself."""

MAX_RELATED: Final = 1_000
"""So many States, stakeholders or documents one consultation may name of each: more than any hall holds."""

MAX_SLUG: Final = 100

_ENTRY_LOCK: Final = 5086417

TAKEN_WORDS: Final = frozenset({"new", "views", "notes", "publish", "retract"})
"""Keys that addresses use as words of their own."""


def refuse_unless_staff_writes(by: Any) -> None:
    """Refuse everyone but the mandate holder's staff, as if there were nothing here."""
    if not is_staff_member(by):
        raise Refused("not_staff", _("There is nothing of yours at this address."), status=404)


@transaction.atomic
def write_up_consultation(*, by: Any, entry_key: uuid.UUID | None = None, **values: Any) -> Consultation:
    """Record a consultation, for staff alone until it is made public.

    `values` are of `WRITTEN` and `RELATED`; a name in English and a format must be among them. Its key in addresses is made
    of its name and its year. With an `entry_key` that one was written up under already, nothing is stored and that one
    returned. Refused to all but staff, and where the values cannot be so.
    """
    refuse_unless_staff_writes(by)
    entered = find_entered(entry_key)
    if entered is not None:
        return entered
    related = _take_related(values)
    consultation = Consultation(entry_key=entry_key)
    _describe(consultation, values)
    consultation.slug = _free_slug(consultation)
    refuse_invalid(consultation)
    with audit_context(user=by.pk):
        consultation.save(force_insert=True)
        _relate(consultation, related)
    return consultation


def find_entered(entry_key: uuid.UUID | None) -> Consultation | None:
    """Return the consultation that was written up under a key; until the transaction ends nobody else writes one up under it."""
    if entry_key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ENTRY_LOCK, entry_key.int % 2**31])
    return Consultation.objects.filter(entry_key=entry_key).first()


@transaction.atomic
def change_consultation(
    *, consultation: Consultation, by: Any, expected_revision: int | None = None, **changes: Any
) -> Consultation:
    """Change what a consultation says; what is not named stays. Nothing is stored where nothing is different.

    Refused as `write_up_consultation`, with `Conflict` where it was changed since `expected_revision` was read, and where a
    new date would have a State speak for a group that it had not joined by then.
    """
    consultation = lock_consultation(consultation, by=by, expected_revision=expected_revision)
    related = _take_related(changes)
    before = {name: getattr(consultation, name) for name in changes}
    _describe(consultation, changes)
    different = any(before[name] != getattr(consultation, name) for name in changes)
    different |= any(_is_different(consultation, name, rows) for name, rows in related.items())
    if not different:
        return consultation
    refuse_invalid(consultation)
    _refuse_lost_speakers(consultation)
    with audit_context(user=by.pk):
        consultation.revision += 1
        consultation.save()
        _relate(consultation, related)
    return consultation


@transaction.atomic
def publish_consultation(*, consultation: Consultation, by: Any, expected_revision: int | None = None) -> Consultation:
    """Make a consultation public, with its public views and notes; internal ones stay with staff."""
    return _show(consultation, by=by, expected_revision=expected_revision, is_public=True)


@transaction.atomic
def retract_consultation(*, consultation: Consultation, by: Any, expected_revision: int | None = None) -> Consultation:
    """Take a consultation back from the public, with all that was said in it."""
    return _show(consultation, by=by, expected_revision=expected_revision, is_public=False)


def _show(consultation: Consultation, *, by: Any, expected_revision: int | None, is_public: bool) -> Consultation:
    consultation = lock_consultation(consultation, by=by, expected_revision=expected_revision)
    if consultation.is_public != is_public:
        with audit_context(user=by.pk):
            consultation.is_public = is_public
            consultation.revision += 1
            consultation.save(update_fields=["is_public", "revision"])
    return consultation


def lock_consultation(consultation: Consultation, *, by: Any, expected_revision: int | None) -> Consultation:
    """Read a consultation anew and keep others from changing it until the transaction ends.

    Refused to all but staff, and with `Conflict` where it was changed since `expected_revision` was read.
    """
    refuse_unless_staff_writes(by)
    locked = Consultation.objects.select_for_update(of=("self",)).filter(pk=consultation.pk).first()
    if locked is None:
        raise Refused("consultation_gone", _("A colleague removed this consultation meanwhile."), status=409)
    if expected_revision is not None and expected_revision != locked.revision:
        message = _(
            "A colleague changed this consultation after you opened it. Nothing was saved: compare, and save again."
        )
        raise Conflict(message, current={"revision": locked.revision})
    return locked


def raise_revision(consultation: Consultation) -> None:
    """Count a change of what belongs to a consultation as one of it."""
    Consultation.objects.filter(pk=consultation.pk).update(revision=F("revision") + 1)
    consultation.revision += 1


def checked_texts(texts: Mapping[str, str], *, field: str) -> TranslatedText:
    """Return a text by language as it will be stored. Refused where one of them cannot be taken."""
    return TranslatedText.of({code: checked_text(text, field=field) for code, text in texts.items()})


def refuse_unless_member_then(
    state: State | None, group: Group | None, consultation: Consultation, *, field: str
) -> None:
    """Refuse to let a State speak for a group of which it was no member on any day that the consultation may mean.

    As the database has it: whoever joined by the last of these days and had not left on the first.
    """
    when: Any = consultation.when
    first, last = when.earliest, when.latest
    memberships = GroupMembership.objects.filter(state=state, group=group)
    if last:
        memberships = memberships.filter(Q(joined_on__isnull=True) | Q(joined_on__lte=last))
    if first:
        memberships = memberships.filter(Q(left_on__isnull=True) | Q(left_on__gt=first))
    if not memberships.exists():
        message = _(
            "%(state)s was no member of %(group)s then, and could not speak for it. Check the date and the group."
        )
        raise Refused("not_of_group", message % {"state": state, "group": group}, field=field)


def _describe(consultation: Consultation, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in WRITTEN:
            raise TypeError(f"A consultation has no {name} that could be written.")
        if name in {"name", "place", "summary", "follow_up", "source_note"}:
            value = checked_texts(value, field=name)  # noqa: PLW2901 - as it will be stored
        setattr(consultation, name, value)
    if not consultation.name.get("en"):
        raise Refused("name_missing", _("Give the consultation a name in English."), field="name")
    first = consultation.when.earliest if hasattr(consultation.when, "earliest") else None
    if consultation.status == Consultation.Status.HELD and first and first > _today():
        message = _("This day has not come yet. Say that the consultation is planned, or put the date right.")
        raise Refused("held_ahead", message, field="when")


def _today() -> dt.date:
    return timezone.localdate()


def _take_related(values: dict[str, Any]) -> dict[str, list[Any]]:
    related: dict[str, list[Any]] = {name: list(dict.fromkeys(values.pop(name))) for name in RELATED if name in values}
    for name, rows in related.items():
        if len(rows) > MAX_RELATED:
            message = _("These are more than %(number)d. Name whole categories instead.") % {"number": MAX_RELATED}
            raise Refused("too_many", message, field=name)
    return related


def _is_different(consultation: Consultation, name: str, rows: Iterable[Any]) -> bool:
    stored = set(getattr(consultation, name).values_list("pk", flat=True))
    return stored != {row.pk for row in rows}


def _relate(consultation: Consultation, related: Mapping[str, list[Any]]) -> None:
    for name, rows in related.items():
        getattr(consultation, name).set(rows)


def _refuse_lost_speakers(consultation: Consultation) -> None:
    speaking = View.objects.filter(consultation=consultation, on_behalf_of__isnull=False, state__isnull=False)
    for view in speaking.select_related("state", "on_behalf_of"):
        refuse_unless_member_then(view.state, view.on_behalf_of, consultation, field="when")


def _free_slug(consultation: Consultation) -> str:
    first = consultation.when.earliest if hasattr(consultation.when, "earliest") else None
    year = str(first.year) if first else ""
    base = slugify(consultation.name.get("en", ""))[: MAX_SLUG - 12].strip("-") or "consultation"
    base = base if not year or year in base else f"{base}-{year}"
    taken = set(Consultation.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | TAKEN_WORDS
    number, slug = 2, base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
