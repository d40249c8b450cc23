"""How lists of what was done, of where people were heard in it, and of what is due are narrowed; see `declaration.filters`."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Deliverable, Outcome
from consultations.models import Consultation
from consultations.record_filters import ConsultationFilter
from declaration.filters import HasFilter, KeyFilter, RequestFilter, SearchFilter, WholeNumberFilter, YesNoFilter


class ActivityFilter(django_filters.FilterSet):
    """Activities by kind, time, place, what they answer, and the public consultations held in them."""

    kind = django_filters.ChoiceFilter(choices=Activity.Kind.choices, label=_("Kind"))
    after = django_filters.DateFilter(field_name="when_latest", lookup_expr="gte", label=_("On or after"))
    before = django_filters.DateFilter(field_name="when_earliest", lookup_expr="lte", label=_("On or before"))
    host_state = KeyFilter(field_name="host_state__alpha3", label=_("Host State"))
    resolution = KeyFilter(field_name="requests__resolution__slug", distinct=True, label=_("Asked for by resolution"))
    request = WholeNumberFilter(field_name="requests__id", label=_("Answers request"))
    part_of = KeyFilter(field_name="part_of__slug", label=_("Part of"))
    consultation = KeyFilter(method="of_consultation", label=_("Consultation held in it"))
    q = SearchFilter(translated=("name", "place", "summary"))

    class Meta:
        model = Activity
        fields: list[str] = []

    def of_consultation(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the activities in which a consultation that is public was held."""
        return queryset.filter(consultations__in=Consultation.objects.public().filter(slug=value))


class AnsweredRequestFilter(RequestFilter):
    """Requests, also by whether an activity answers them."""

    is_answered = HasFilter(field_name="activities", label=_("Answered by an activity"))


class HeldConsultationFilter(ConsultationFilter):
    """Consultations, also by the activity they were held in and by what that answers."""

    activity = KeyFilter(field_name="activities__slug", label=_("Held in activity"))
    resolution = KeyFilter(
        field_name="activities__requests__resolution__slug", distinct=True, label=_("Asked for by resolution")
    )
    request = WholeNumberFilter(field_name="activities__requests__id", distinct=True, label=_("Answers request"))


class OutcomeFilter(django_filters.FilterSet):
    """Outcomes by kind, time and place, by the requests that ask to look to them, and by the elements they led to."""

    kind = django_filters.ChoiceFilter(choices=Outcome.Kind.choices, label=_("Kind"))
    after = django_filters.DateFilter(field_name="when_latest", lookup_expr="gte", label=_("On or after"))
    before = django_filters.DateFilter(field_name="when_earliest", lookup_expr="lte", label=_("On or before"))
    host_state = KeyFilter(field_name="host_state__alpha3", label=_("Host State"))
    request = WholeNumberFilter(field_name="requests__id", label=_("Taken into account at the request"))
    element = KeyFilter(field_name="elements__code", label=_("Element"))
    q = SearchFilter(translated=("name", "place", "summary"))

    class Meta:
        model = Outcome
        fields: list[str] = []


class DeliverableFilter(django_filters.FilterSet):
    """Deliverables by status, by when they are due, and by the requests that ask for them."""

    status = django_filters.ChoiceFilter(choices=Deliverable.Status.choices, label=_("Status"))
    is_overdue = YesNoFilter(method="overdue_now", label=_("Overdue"))
    after = django_filters.DateFilter(field_name="due_latest", lookup_expr="gte", label=_("On or after"))
    before = django_filters.DateFilter(field_name="due_earliest", lookup_expr="lte", label=_("On or before"))
    resolution = KeyFilter(field_name="requests__resolution__slug", distinct=True, label=_("Asked for by resolution"))
    request = WholeNumberFilter(field_name="requests__id", label=_("Asked for by request"))
    q = SearchFilter(translated=("name",))

    class Meta:
        model = Deliverable
        fields: list[str] = []

    def overdue_now(self, queryset: Any, name: str, value: bool) -> QuerySet[Any]:
        """Return the deliverables that are overdue today, or the others."""
        overdue = Deliverable.objects.overdue(on=timezone.localdate())
        found: QuerySet[Any] = queryset.filter(pk__in=overdue) if value else queryset.exclude(pk__in=overdue)
        return found
