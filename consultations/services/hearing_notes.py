"""What happens to the notes that staff take of a consultation: they are written, saved again and again, and thrown away."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import Confidentiality, Consultation, ConsultationNote
from consultations.services.gate import checked_text
from consultations.services.hearings import refuse_unless_staff_writes
from declaration.audit import audit_context
from declaration.errors import Conflict, Refused

MAX_NOTES: Final = 1_000
"""So many notes one consultation takes."""


@transaction.atomic
def write_consultation_note(
    *,
    consultation: Consultation,
    by: Any,
    text: str,
    language: str,
    confidentiality: str = Confidentiality.INTERNAL,
) -> ConsultationNote:
    """Write a note on a consultation, for staff alone unless said otherwise. Refused to all but staff, and where it is empty."""
    refuse_unless_staff_writes(by)
    if consultation.notes.count() >= MAX_NOTES:
        message = _("A consultation takes %(number)d notes at most.") % {"number": MAX_NOTES}
        raise Refused("too_many_notes", message, field="note")
    with audit_context(user=by.pk):
        return ConsultationNote.objects.create(
            consultation=consultation,
            author=by,
            text=_checked_note(text),
            language=language,
            confidentiality=confidentiality,
        )


@transaction.atomic
def change_note(
    *,
    note: ConsultationNote,
    by: Any,
    expected_revision: int,
    text: str | None = None,
    language: str | None = None,
    confidentiality: str | None = None,
) -> ConsultationNote:
    """Save a note again; what is not named stays. Nothing is stored where nothing is different.

    A note is changed by who wrote it. Refused to everyone else, where it is empty, and with `Conflict` where it was changed
    since `expected_revision` was read, as in another window.
    """
    note = _lock_own(note, by=by, expected_revision=expected_revision)
    before = (note.text, note.language, note.confidentiality)
    note.text = note.text if text is None else _checked_note(text)
    note.language = language or note.language
    note.confidentiality = confidentiality or note.confidentiality
    if before != (note.text, note.language, note.confidentiality):
        note.revision += 1
        with audit_context(user=by.pk):
            note.save()
    return note


@transaction.atomic
def remove_note(*, note: ConsultationNote, by: Any, expected_revision: int) -> None:
    """Throw away one's own note; the audit trail keeps it. Refused as `change_note`."""
    note = _lock_own(note, by=by, expected_revision=expected_revision)
    with audit_context(user=by.pk):
        note.delete()


def _lock_own(note: ConsultationNote, *, by: Any, expected_revision: int) -> ConsultationNote:
    refuse_unless_staff_writes(by)
    found: ConsultationNote | None = ConsultationNote.objects.select_for_update().filter(pk=note.pk).first()
    if found is None:
        raise Refused("note_gone", _("This note was thrown away meanwhile."), field="note", status=409)
    if found.author_id != by.pk:
        raise Refused("note_of_another", _("Only who wrote a note changes it."), field="note", status=403)
    if found.revision != expected_revision:
        message = _("This note was changed in another window. Nothing was saved: compare, and save again.")
        raise Conflict(message, current={"note_revision": found.revision, "note": found.text})
    return found


def _checked_note(text: str) -> str:
    text = checked_text(text, field="note")
    if not text:
        raise Refused("note_empty", _("A note says something."), field="note")
    return text
