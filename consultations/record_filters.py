"""How lists of consultations, views, questionnaires and answers are narrowed; see `declaration.filters`.

Each is applied to what the reader may read. Who said something is found only where everyone may know it.
"""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.models import Answer, Consultation, PartyCategory, Questionnaire, View
from declaration.filters import KeyFilter, SearchFilter, WholeNumberFilter
from declaration.models import Clause, Draft


class HasCategoryFilter(django_filters.ChoiceFilter):
    """Keeps rows whose list of categories has one of them in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=PartyCategory.choices, lookup_expr="contains", **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the rows; all of them where nothing was chosen."""
        return qs.filter(**{f"{self.field_name}__contains": [value]}) if value else qs


class ConsultationFilter(django_filters.FilterSet):
    """Consultations by format, time, place, and who took part."""

    kind = django_filters.ChoiceFilter(field_name="format", choices=Consultation.Format.choices, label=_("Format"))
    status = django_filters.ChoiceFilter(choices=Consultation.Status.choices, label=_("Status"))
    after = django_filters.DateFilter(field_name="when_latest", lookup_expr="gte", label=_("On or after"))
    before = django_filters.DateFilter(field_name="when_earliest", lookup_expr="lte", label=_("On or before"))
    host_state = KeyFilter(field_name="host_state__alpha3", label=_("Host State"))
    state = KeyFilter(field_name="states__alpha3", label=_("State that took part"))
    stakeholder = KeyFilter(field_name="stakeholders__slug", label=_("Stakeholder that took part"))
    group = KeyFilter(field_name="groups__code", label=_("Group that took part"))
    category = HasCategoryFilter(field_name="categories", label=_("Who took part"))
    document = KeyFilter(field_name="documents__slug", label=_("Document"))
    source = KeyFilter(field_name="source__slug", label=_("Source"))
    q = SearchFilter(translated=("name", "place", "summary"))

    class Meta:
        model = Consultation
        fields: list[str] = []


class StaffConsultationFilter(ConsultationFilter):
    """Consultations as staff look for them: also by who reads them."""

    public = django_filters.ChoiceFilter(
        field_name="is_public",
        choices=[("true", _("everyone")), ("false", _("staff alone"))],
        label=_("Who reads it"),
        method="read_by",
    )

    def read_by(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return those that everyone reads, or those that staff alone read."""
        return queryset.filter(is_public=value == "true")


class SaidFilter(django_filters.FilterSet):
    """What was said, by who said it as far as everyone may know."""

    state = KeyFilter(method="of_state", label=_("State"))
    stakeholder = KeyFilter(method="of_stakeholder", label=_("Stakeholder"))
    element = KeyFilter(field_name="elements__code", label=_("Element"))
    source = KeyFilter(field_name="source__slug", label=_("Source"))
    q = SearchFilter(translated=("summary",))

    class Meta:
        fields: list[str] = []

    def of_state(self, queryset: Any, name: str, value: str) -> QuerySet[Any]:
        """Return what a State is known to everyone to have said."""
        found: QuerySet[Any] = queryset.of_party(Q(state__alpha3=value), user=None)
        return found

    def of_stakeholder(self, queryset: Any, name: str, value: str) -> QuerySet[Any]:
        """Return what a stakeholder is known to everyone to have said."""
        found: QuerySet[Any] = queryset.of_party(Q(stakeholder__slug=value), user=None)
        return found


class ViewFilter(SaidFilter):
    """Views by consultation, by party as far as everyone may know it, and by what they bear on."""

    consultation = KeyFilter(field_name="consultation__slug", label=_("Consultation"))
    group = KeyFilter(method="of_group", label=_("Group"))
    attribution = django_filters.ChoiceFilter(choices=View.Attribution.choices, label=_("Attribution"))
    draft = WholeNumberFilter(method="on_draft", label=_("Draft"))
    clause = KeyFilter(method="on_clause", label=_("Clause"))

    class Meta(SaidFilter.Meta):
        model = View

    def of_group(self, queryset: Any, name: str, value: str) -> QuerySet[Any]:
        """Return what a group, or a State on its behalf, is known to everyone to have said."""
        found: QuerySet[Any] = queryset.of_party(Q(group__code=value) | Q(on_behalf_of__code=value), user=None)
        return found

    def on_draft(self, queryset: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        """Return the views that bear on a clause of a published draft."""
        return _on_clauses(queryset, Clause.objects.filter(draft__ordinal=value))

    def on_clause(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the views that bear on a clause: of the draft that is named beside it, else of any that has it."""
        clauses = Clause.objects.filter(eid=value)
        ordinal = self.form.cleaned_data.get("draft")
        return _on_clauses(queryset, clauses if ordinal is None else clauses.filter(draft__ordinal=ordinal))


def _on_clauses(views: QuerySet[Any], clauses: QuerySet[Clause]) -> QuerySet[Any]:
    published = clauses.filter(draft__in=Draft.objects.published())
    return views.filter(pk__in=View.clauses.through.objects.filter(clause__in=published).values("view"))


class QuestionnaireFilter(django_filters.FilterSet):
    """Questionnaires by time and by whom they were sent to."""

    after = django_filters.DateFilter(field_name="sent_on_latest", lookup_expr="gte", label=_("On or after"))
    before = django_filters.DateFilter(field_name="sent_on_earliest", lookup_expr="lte", label=_("On or before"))
    recipient = HasCategoryFilter(field_name="recipients", label=_("Sent to"))
    source = KeyFilter(field_name="source__slug", label=_("Source"))
    q = SearchFilter(translated=("name",))

    class Meta:
        model = Questionnaire
        fields: list[str] = []


class AnswerFilter(SaidFilter):
    """Answers by questionnaire and question, and by party as far as everyone may know it."""

    questionnaire = KeyFilter(field_name="question__questionnaire__slug", label=_("Questionnaire"))
    question = KeyFilter(field_name="question__label", label=_("Question"))
    group = KeyFilter(method="of_group", label=_("Group"))

    class Meta(SaidFilter.Meta):
        model = Answer

    def of_group(self, queryset: Any, name: str, value: str) -> QuerySet[Any]:
        """Return what a group is known to everyone to have answered."""
        found: QuerySet[Any] = queryset.of_party(Q(group__code=value), user=None)
        return found
