"""What happens to a whole page on which a consultation is written up: all of it is saved, or nothing."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from django.db import transaction

from consultations.models import Consultation, ConsultationNote
from consultations.services.hearing_notes import change_note, remove_note, write_consultation_note
from consultations.services.hearing_views import add_view, change_view, order_views, remove_view
from consultations.services.hearings import change_consultation, find_entered, lock_consultation, write_up_consultation
from declaration.errors import Conflict, Refused


@dataclass(frozen=True)
class Row:
    """A view as it stands on the page: under which number, which stored view it is, and what it says; `None` to remove it.

    The summary is given in one language, the others stay.
    """

    number: int
    pk: int | None
    values: Mapping[str, Any] | None


@dataclass(frozen=True)
class NoteRow:
    """The writer's own note as it stands on the page; an empty text throws it away."""

    pk: int | None
    revision: int
    text: str
    language: str
    confidentiality: str


@dataclass(frozen=True)
class Saved:
    """What was saved: the consultation, the stored view of each row, and the note."""

    consultation: Consultation
    views: Mapping[int, int] = field(default_factory=dict)
    note: ConsultationNote | None = None


@transaction.atomic
def save_write_up(
    *,
    consultation: Consultation | None,
    by: Any,
    expected_revision: int | None,
    language: str,
    values: Mapping[str, Any],
    rows: Sequence[Row],
    note: NoteRow | None = None,
    entry_key: uuid.UUID | None = None,
) -> Saved:
    """Save a page on which a consultation is written up, a new one where there is none yet.

    Views stand in the order of the rows. A new page whose first saving was answered to nobody is sent again under the same
    `entry_key`: it is saved as if the answer had come. Refused as the services of each part, with the field of the row that it is about
    (`v3-summary`); `Conflict` where a colleague changed any of it since `expected_revision` was read.
    """
    consultation = consultation or find_entered(entry_key)
    if consultation is None:
        consultation = write_up_consultation(by=by, entry_key=entry_key, **_merged(None, values, language))
    else:
        if not expected_revision and entry_key and entry_key == consultation.entry_key:
            expected_revision, rows, note = _take_up(consultation, rows, note, by=by)
        consultation = lock_consultation(consultation, by=by, expected_revision=expected_revision)
        consultation = change_consultation(consultation=consultation, by=by, **_merged(consultation, values, language))
    views = _save_rows(consultation, rows, by=by, language=language)
    kept = _save_note(consultation, note, by=by) if note else None
    return Saved(Consultation.objects.get(pk=consultation.pk), views, kept)


def _take_up(
    consultation: Consultation, rows: Sequence[Row], note: NoteRow | None, *, by: Any
) -> tuple[int, Sequence[Row], NoteRow | None]:
    """Return the revision, rows and note of a page that was saved and does not know it: what was stored of it, in its order.

    Where somebody else changed the consultation since, its revision is one that never was, so that she is asked to compare.
    """
    events = consultation.events.all()  # type: ignore[attr-defined] # from pghistory
    if events.exclude(pgh_context__metadata__user=by.pk).exists():
        return 0, rows, note
    filled = [row for row in rows if row.values is not None]
    stored = list(consultation.views.order_by("position").values_list("pk", flat=True))
    taken = [replace(row, pk=pk) for row, pk in zip_longest(filled, stored[: len(filled)])]
    left = [Row(-1, pk, None) for pk in stored[len(filled) :]]
    own = consultation.notes.filter(author=by).order_by("-created_at", "-pk").first()
    if note and own:
        note = replace(note, pk=own.pk, revision=own.revision)
    return consultation.revision, [*taken, *left], note


def _merged(thing: Any, values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the values with what was written in one language put among the other languages that stand."""
    merged = dict(values)
    for name in ("name", "place", "summary", "follow_up"):
        if name in merged:
            merged[name] = {**(getattr(thing, name) if thing else {}), language: merged[name]}
    return merged


def _save_rows(consultation: Consultation, rows: Sequence[Row], *, by: Any, language: str) -> dict[int, int]:
    stored = {
        view.pk: view for view in consultation.views.select_related("state", "stakeholder", "group", "on_behalf_of")
    }
    views: dict[int, int] = {}
    # Room is made first, so that a full page can be changed.
    for row in rows:
        if row.values is None and row.pk in stored:
            remove_view(view=stored.pop(row.pk), by=by)
    for row in rows:
        if row.values is None:
            continue
        view = stored.get(row.pk) if row.pk else None
        try:
            values = _merged(view, row.values, language)
            view = (
                change_view(view=view, by=by, **values)
                if view
                else add_view(consultation=consultation, by=by, **values)
            )
        except Conflict:
            raise
        except Refused as refused:
            raise Refused(
                refused.code,
                refused.message,
                field=f"v{row.number}-{refused.field or 'summary'}",
                status=refused.status,
            ) from refused
        views[row.number] = view.pk
    listed = list(views.values())
    others = [pk for pk in stored if pk not in listed]
    if listed:
        order_views(consultation=consultation, by=by, views=[*listed, *others])
    return views


def _save_note(consultation: Consultation, note: NoteRow, *, by: Any) -> ConsultationNote | None:
    text = note.text.strip()
    own = consultation.notes.filter(pk=note.pk, author=by).first() if note.pk else None
    if own is None:
        if not text:
            return None
        said = {"language": note.language, "confidentiality": note.confidentiality}
        return write_consultation_note(consultation=consultation, by=by, text=text, **said)
    if not text:
        remove_note(note=own, by=by, expected_revision=note.revision)
        return None
    return change_note(
        note=own,
        by=by,
        expected_revision=note.revision,
        text=text,
        language=note.language,
        confidentiality=note.confidentiality,
    )
