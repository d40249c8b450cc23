"""Public pages of what was said outside calls for comments: all views, and questionnaires with what was answered."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.models import Answer, PartyCategory, Question, Questionnaire, View
from consultations.record_filters import QuestionnaireFilter, ViewFilter
from consultations.views.voices import make_voices
from declaration.citations import cite_entry
from declaration.models import Element
from declaration.views.pages import Crumb, DetailPage, FilteredPage, offer_fields, take_page

ROWS_A_PAGE = 50


class ViewList(FilteredPage):
    """The views that were expressed in consultations, by consultation."""

    template_name = "consultations/view_list.html"
    paginate_by = ROWS_A_PAGE

    @cached_property
    def filter(self) -> ViewFilter:
        """The public views, narrowed as the reader asked."""
        views = View.objects.public().with_context().in_order()
        return ViewFilter(self.request.GET, queryset=views, request=self.request)

    def get_queryset(self) -> QuerySet[View]:
        """Return the views in the order of their consultations."""
        views: QuerySet[View] = self.filter.qs
        return views

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Consultations"), reverse("consultation-list")), (_("Views"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the views ready to be shown, and the filter."""
        context = super().get_context_data(filter_fields=offer_fields(self.filter, "attribution", "q"), **kwargs)
        return context | {"voices": make_voices(context["page_obj"])}


class QuestionnaireList(FilteredPage):
    """The questionnaires that were sent out, oldest first."""

    template_name = "consultations/questionnaire_list.html"
    paginate_by = ROWS_A_PAGE
    context_object_name = "questionnaires"

    @cached_property
    def filter(self) -> QuestionnaireFilter:
        """The questionnaires, narrowed as the reader asked."""
        rows = Questionnaire.objects.with_context().in_order()
        return QuestionnaireFilter(self.request.GET, queryset=rows, request=self.request)

    def get_queryset(self) -> QuerySet[Questionnaire]:
        """Return the questionnaires, oldest first."""
        questionnaires: QuerySet[Questionnaire] = self.filter.qs
        return questionnaires

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Consultations"), reverse("consultation-list")), (_("Questionnaires"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        return super().get_context_data(filter_fields=offer_fields(self.filter, "recipient", "q"), **kwargs)


class QuestionnaireDetail(DetailPage):
    """A questionnaire: its questions, the elements they led to, and what was answered."""

    template_name = "consultations/questionnaire_detail.html"
    context_object_name = "questionnaire"

    def get_queryset(self) -> QuerySet[Questionnaire]:
        """Return the questionnaires with their questions."""
        elements = Prefetch("elements", Element.objects.order_by("position"))
        questions = Question.objects.order_by("position").prefetch_related(elements)
        rows: QuerySet[Questionnaire] = Questionnaire.objects.with_context()
        return rows.prefetch_related(Prefetch("questions", questions))

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [
            (_("Consultations"), reverse("consultation-list")),
            (_("Questionnaires"), reverse("questionnaire-list")),
            (self.object.name, ""),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the consultation it belongs to where that is public, the answers, and how to cite it."""
        each = self.object
        answers = Answer.objects.public().filter(question__questionnaire=each).with_context()
        page = take_page(self.request, answers.order_by("question__position", "id"), ROWS_A_PAGE)
        consultation = each.consultation if each.consultation and each.consultation.is_public else None
        return super().get_context_data(
            consultation=consultation,
            recipients=[PartyCategory(code).label for code in each.recipients],
            page_obj=page,
            voices=make_voices(page),
            citation=cite_entry(each, each.name, each.sent_on),
            **kwargs,
        )
