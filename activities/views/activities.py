"""Public pages of activities: what was done under the mandate, as a timeline and one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.filters import ActivityFilter
from activities.models import Activity
from declaration.citations import cite_entry
from declaration.dates import PartialDate
from declaration.views.pages import Crumb, DetailPage, FilteredPage, offer_fields

ACTIVITIES_A_PAGE = 100


@dataclass(frozen=True)
class Period:
    """A part of the timeline: a year, or what has no date of its own (`year` is None)."""

    year: int | None
    activities: list[Activity]


def group_by_year(activities: Iterable[Activity]) -> list[Period]:
    """Return activities, given in order, under the year in which each began; those without a year come last."""
    periods: list[Period] = []
    for activity in activities:
        began = PartialDate.parse(activity.when).earliest
        year = began.year if began else None
        if not periods or periods[-1].year != year:
            periods.append(Period(year, []))
        periods[-1].activities.append(activity)
    return periods


class ActivityList(FilteredPage):
    """What was done under the mandate, as a timeline."""

    template_name = "activities/activity_list.html"
    paginate_by = ACTIVITIES_A_PAGE

    @cached_property
    def filter(self) -> ActivityFilter:
        """The activities, narrowed as the reader asked."""
        return ActivityFilter(self.request.GET, queryset=Activity.objects.for_timeline(), request=self.request)

    def get_queryset(self) -> QuerySet[Activity]:
        """Return the activities, oldest first."""
        activities: QuerySet[Activity] = self.filter.qs
        return activities

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Activities"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the activities by year, and the filter."""
        context = super().get_context_data(filter_fields=offer_fields(self.filter, "kind", "q"), **kwargs)
        return context | {"periods": group_by_year(context["page_obj"])}


class ActivityDetail(DetailPage):
    """An activity: when, where, by whom, the requests it answers, its phases, and the consultations held in it."""

    template_name = "activities/activity_detail.html"
    context_object_name = "activity"

    def get_queryset(self) -> QuerySet[Activity]:
        """Return the activities with all that the page prints."""
        activities: QuerySet[Activity] = Activity.objects.for_timeline().with_consultations()
        return activities.prefetch_related(Prefetch("parts", Activity.objects.in_order()), "phases__mandate")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Activities"), reverse("activity-list")), (self.object.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how to cite it."""
        activity = self.object
        return super().get_context_data(citation=cite_entry(activity, activity.name, activity.when), **kwargs)
