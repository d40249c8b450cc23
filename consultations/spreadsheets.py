"""The lists of who was heard that are exchanged as spreadsheets."""

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models import Answer, Consultation, ConsultationNote, Question, Questionnaire, View
from consultations.services.hearings import raise_revision, refuse_unless_member_then
from declaration.errors import Refused
from declaration.spreadsheets.citations import cite_by
from declaration.spreadsheets.tables import Table

cite_by(Consultation, lambda consultation: [consultation.slug])
cite_by(Questionnaire, lambda questionnaire: [questionnaire.slug])
cite_by(Question, lambda question: [f"{question.questionnaire.slug}#{question.label}"], "questionnaire")


def _consultation_can_be(consultation: Consultation, is_new: bool, _by: Any) -> None:
    """Refuse what the staff pages refuse: a meeting held before its day, and a new date that takes a speaker's group away."""
    when: Any = consultation.when
    first = when.earliest
    if consultation.status == Consultation.Status.HELD and first and first > timezone.localdate():
        message = _("This day has not come yet. Say that the consultation is planned, or put the date right.")
        raise Refused("held_ahead", message, field="when")
    if not is_new:
        for view in consultation.views.filter(on_behalf_of__isnull=False).select_related("state", "on_behalf_of"):
            refuse_unless_member_then(view.state, view.on_behalf_of, consultation, field="when")


def _view_can_be(view: View, _is_new: bool, _by: Any) -> None:
    if view.on_behalf_of and view.state:
        refuse_unless_member_then(view.state, view.on_behalf_of, view.consultation, field="on_behalf_of")


def _note_is_written_by(note: ConsultationNote, is_new: bool, by: Any) -> None:
    if is_new:
        note.author = by


def _count_in_consultation(row: Any) -> None:
    raise_revision(row.consultation)


CONSULTATIONS: Final = Table("consultations", Consultation, (("slug",),), prepare=_consultation_can_be)
VIEWS: Final = Table(
    "views",
    View,
    (("consultation", "position"),),
    parent="consultation",
    prepare=_view_can_be,
    stored=_count_in_consultation,
    promises={
        "consultations_view_one_party_where_attributed": (
            "attribution",
            _("Name one party where the view is one party's, and none where it is not."),
        ),
        "consultations_view_states_speak_for_groups": ("on_behalf_of", _("Only a State speaks on behalf of a group.")),
    },
)
NOTES: Final = Table(
    "consultation-notes",
    ConsultationNote,
    (("consultation", "created_at"),),
    parent="consultation",
    only_found="created_at",
    told={"author": lambda note: str(note.author or "")},
    prepare=_note_is_written_by,
    stored=_count_in_consultation,
)
QUESTIONNAIRES: Final = Table("questionnaires", Questionnaire, (("slug",),))
QUESTIONS: Final = Table("questions", Question, (("questionnaire", "label"),), parent="questionnaire")
ANSWERS: Final = Table(
    "answers",
    Answer,
    (("question", "state", "stakeholder", "group"),),
    parent="question__questionnaire",
    promises={
        "consultations_answer_exactly_one_party": (
            "state",
            _("Name who answered: a State, a stakeholder or a group, and one of them only."),
        ),
    },
)
