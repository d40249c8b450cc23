"""How lists of activities, and of the requests they answer, are narrowed; see `declaration.filters`."""

import django_filters
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from declaration.filters import HasFilter, KeyFilter, RequestFilter, SearchFilter, WholeNumberFilter


class ActivityFilter(django_filters.FilterSet):
    """Activities by kind, time, place and what they answer."""

    kind = django_filters.ChoiceFilter(choices=Activity.Kind.choices, label=_("Kind"))
    after = django_filters.DateFilter(field_name="when_latest", lookup_expr="gte", label=_("On or after"))
    before = django_filters.DateFilter(field_name="when_earliest", lookup_expr="lte", label=_("On or before"))
    host_state = KeyFilter(field_name="host_state__alpha3", label=_("Host State"))
    resolution = KeyFilter(field_name="requests__resolution__slug", distinct=True, label=_("Asked for by resolution"))
    request = WholeNumberFilter(field_name="requests__id", label=_("Answers request"))
    part_of = KeyFilter(field_name="part_of__slug", label=_("Part of"))
    q = SearchFilter(translated=("name", "place", "summary"))

    class Meta:
        model = Activity
        fields: list[str] = []


class AnsweredRequestFilter(RequestFilter):
    """Requests, also by whether an activity answers them."""

    is_answered = HasFilter(field_name="activities", label=_("Answered by an activity"))
