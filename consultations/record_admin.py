"""Who may curate consultations, what was said in them, and questionnaires: staff, within the permissions they were given.

Meetings are written up quickly on the staff pages; here every entry can be looked up and put right, and what is changed here counts
for those who have the same consultation open there.
"""

from typing import Any, Final

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    Answer,
    Consultation,
    ConsultationNote,
    PartyCategory,
    Question,
    Questionnaire,
    View,
)
from consultations.services.hearings import raise_revision, refuse_unless_member_then
from consultations.spreadsheets import ANSWERS, CONSULTATIONS, NOTES, QUESTIONNAIRES, QUESTIONS, VIEWS
from declaration.admin import SOURCE
from declaration.errors import Refused
from declaration.spreadsheets.admin import ExchangeMixin

PARTIES: Final = ("state", "stakeholder", "group")


def categories_field(label: Any) -> forms.TypedMultipleChoiceField:
    """Return the field that offers the categories of those who take part."""
    return forms.TypedMultipleChoiceField(
        choices=PartyCategory.choices, widget=forms.CheckboxSelectMultiple, required=False, label=label
    )


class ConsultationForm(forms.ModelForm):
    """A consultation, its categories to be ticked."""

    categories = categories_field(_("categories that took part"))


class QuestionnaireForm(forms.ModelForm):
    """A questionnaire, its recipients to be ticked."""

    recipients = categories_field(_("sent to"))


class PartyForm(forms.ModelForm):
    """Something said by one party at most."""

    def clean(self) -> dict[str, Any]:
        """Say at the field where two parties are named."""
        cleaned = super().clean() or self.cleaned_data
        named = [name for name in PARTIES if cleaned.get(name)]
        if len(named) > 1:
            self.add_error(named[1], _("Name one party only: a State, a stakeholder or a group."))
        return cleaned


class AnswerForm(PartyForm):
    """An answer, which is always a party's."""

    def clean(self) -> dict[str, Any]:
        """Say at the field where nobody is named."""
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in PARTIES):
            self.add_error("state", _("Name who answered: a State, a stakeholder or a group."))
        return cleaned


class ViewForm(PartyForm):
    """A view: of a party where it is attributed to one, and for a group by a State that was a member of it then."""

    def clean(self) -> dict[str, Any]:
        """Say at the field what cannot be."""
        cleaned = super().clean()
        named = [name for name in PARTIES if cleaned.get(name)]
        is_party = cleaned.get("attribution") == View.Attribution.PARTY
        if is_party and not named:
            self.add_error("state", _("Name whose view it is, or say that it is not attributed."))
        elif named and not is_party:
            self.add_error("attribution", _("A party is named: say that the view is one party's."))
        state, group = cleaned.get("state"), cleaned.get("on_behalf_of")
        consultation = self.instance.consultation if self.instance.pk else cleaned.get("consultation")
        if group and not state:
            self.add_error("on_behalf_of", _("Only a State speaks on behalf of a group."))
        elif group and state and consultation:
            try:
                refuse_unless_member_then(state, group, consultation, field="on_behalf_of")
            except Refused as refusal:
                self.add_error("on_behalf_of", ValidationError(str(refusal), code=refusal.code))
        return cleaned


class OfConsultationAdmin(admin.ModelAdmin):
    """What belongs to a consultation: a change of it is one of the consultation."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it, and count the change."""
        super().save_model(request, obj, form, change)
        raise_revision(obj.consultation)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Remove it, and count the change."""
        super().delete_model(request, obj)
        raise_revision(obj.consultation)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Remove several, one by one."""
        for obj in queryset.select_related("consultation"):
            self.delete_model(request, obj)


class NoteInline(admin.StackedInline):
    """What staff wrote down."""

    model = ConsultationNote
    extra = 0
    readonly_fields = ["author", "created_at"]


@admin.register(Consultation)
class ConsultationAdmin(ExchangeMixin, admin.ModelAdmin):
    """Meetings and exchanges in which parties were heard."""

    tables = [CONSULTATIONS, VIEWS, NOTES]

    form = ConsultationForm
    list_display = ["name", "format", "status", "when", "is_public"]
    list_filter = ["is_public", "status", "format"]
    search_fields = ["slug", "name", "place", "summary"]
    autocomplete_fields = ["host_state", "states", "stakeholders", "groups", "documents", "source"]
    filter_horizontal = ["phases"]
    inlines = [NoteInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "format", "status", "is_public"]}),
        (None, {"fields": ["when", "when_printed", "place", "host_state"]}),
        (_("Who took part"), {"fields": ["states", "groups", "stakeholders", "categories", "participant_count"]}),
        (None, {"fields": ["attribution", "summary", "follow_up", "documents", "phases"]}),
        SOURCE,
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what belongs to it, and count the change."""
        super().save_related(request, form, formsets, change)
        if change:
            raise_revision(form.instance)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the notes, each new one under the name of who wrote it."""
        for note in formset.save(commit=False):
            note.author = note.author or request.user
            note.save()
        for gone in formset.deleted_objects:
            gone.delete()
        formset.save_m2m()


@admin.register(View)
class ViewAdmin(ExchangeMixin, OfConsultationAdmin):
    """What was said in consultations."""

    tables = [VIEWS]

    form = ViewForm
    list_display = ["summary", "consultation", "attribution", "confidentiality"]
    list_select_related = ["consultation"]
    list_filter = ["confidentiality", "attribution"]
    search_fields = ["summary", "consultation__slug", "consultation__name"]
    autocomplete_fields = [
        "consultation",
        "state",
        "stakeholder",
        "group",
        "on_behalf_of",
        "elements",
        "clauses",
        "source",
    ]
    fieldsets = [
        (None, {"fields": ["consultation", "position", "summary", "confidentiality"]}),
        (None, {"fields": ["attribution", "state", "stakeholder", "group", "on_behalf_of"]}),
        (None, {"fields": ["elements", "clauses"]}),
        SOURCE,
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Keep a view in the consultation in which it was expressed."""
        return ["consultation"] if obj else []


@admin.register(ConsultationNote)
class ConsultationNoteAdmin(ExchangeMixin, OfConsultationAdmin):
    """Notes of staff on consultations."""

    tables = [NOTES]

    list_display = ["__str__", "consultation", "confidentiality", "author", "created_at"]
    list_select_related = ["consultation", "author"]
    list_filter = ["confidentiality", "language"]
    search_fields = ["text", "consultation__slug", "consultation__name"]
    autocomplete_fields = ["consultation"]
    readonly_fields = ["author", "created_at"]

    def save_model(self, request: HttpRequest, obj: ConsultationNote, form: Any, change: bool) -> None:
        """Save the note under the name of who wrote it."""
        obj.author = obj.author or request.user  # type: ignore[assignment] # whoever comes here is one of our people
        super().save_model(request, obj, form, change)


class QuestionInline(admin.StackedInline):
    """The questions of a questionnaire."""

    model = Question
    extra = 0
    autocomplete_fields = ["elements"]


@admin.register(Questionnaire)
class QuestionnaireAdmin(ExchangeMixin, admin.ModelAdmin):
    """Questions that were put in writing."""

    tables = [QUESTIONNAIRES, QUESTIONS, ANSWERS]

    form = QuestionnaireForm
    list_display = ["name", "sent_on", "consultation"]
    list_select_related = ["consultation"]
    search_fields = ["slug", "name"]
    autocomplete_fields = ["consultation", "replies", "source"]
    inlines = [QuestionInline]


@admin.register(Question)
class QuestionAdmin(ExchangeMixin, admin.ModelAdmin):
    """The questions, one by one."""

    tables = [QUESTIONS]

    list_display = ["__str__", "questionnaire", "position"]
    list_select_related = ["questionnaire"]
    search_fields = ["label", "text", "questionnaire__slug", "questionnaire__name"]
    autocomplete_fields = ["questionnaire", "elements"]


@admin.register(Answer)
class AnswerAdmin(ExchangeMixin, admin.ModelAdmin):
    """What was answered."""

    tables = [ANSWERS]

    form = AnswerForm
    list_display = ["summary", "question", "confidentiality"]
    list_select_related = ["question"]
    list_filter = ["confidentiality"]
    search_fields = ["summary", "question__text", "question__questionnaire__slug"]
    autocomplete_fields = ["question", "state", "stakeholder", "group", "elements", "source"]
