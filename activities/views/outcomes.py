"""Public pages of what was taken into account and of what is due: outcomes of summits and conferences, and deliverables."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.filters import DeliverableFilter, OutcomeFilter
from activities.models import Deliverable, Outcome
from activities.rules import is_overdue
from declaration.citations import cite_entry
from declaration.models import Draft
from declaration.views.pages import Crumb, DetailPage, FilteredPage, offer_fields

ROWS_A_PAGE = 50


class OutcomeList(FilteredPage):
    """What summits, ministerial meetings and conferences came to, oldest first."""

    template_name = "activities/outcome_list.html"
    paginate_by = ROWS_A_PAGE
    context_object_name = "outcomes"

    @cached_property
    def filter(self) -> OutcomeFilter:
        """The outcomes, narrowed as the reader asked."""
        return OutcomeFilter(self.request.GET, queryset=Outcome.objects.for_list(), request=self.request)

    def get_queryset(self) -> QuerySet[Outcome]:
        """Return the outcomes, oldest first."""
        outcomes: QuerySet[Outcome] = self.filter.qs
        return outcomes

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Outcomes"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        return super().get_context_data(filter_fields=offer_fields(self.filter, "kind", "q"), **kwargs)


class OutcomeDetail(DetailPage):
    """An outcome: when and where, its documents, which requests ask to look to it, and the elements it led to."""

    template_name = "activities/outcome_detail.html"
    context_object_name = "outcome"

    def get_queryset(self) -> QuerySet[Outcome]:
        """Return the outcomes with all that the page prints."""
        outcomes: QuerySet[Outcome] = Outcome.objects.for_reading()
        return outcomes

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Outcomes"), reverse("outcome-list")), (self.object.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how to cite it."""
        outcome = self.object
        return super().get_context_data(citation=cite_entry(outcome, outcome.name, outcome.when), **kwargs)


class DeliverableList(FilteredPage):
    """What is due under the mandate, what is due first at the top."""

    template_name = "activities/deliverable_list.html"
    paginate_by = ROWS_A_PAGE

    @cached_property
    def filter(self) -> DeliverableFilter:
        """The deliverables, narrowed as the reader asked."""
        return DeliverableFilter(self.request.GET, queryset=Deliverable.objects.for_list(), request=self.request)

    def get_queryset(self) -> QuerySet[Deliverable]:
        """Return the deliverables in the order in which they are due."""
        deliverables: QuerySet[Deliverable] = self.filter.qs
        return deliverables

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Deliverables"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add which of them are overdue, and the filter."""
        fields = offer_fields(self.filter, "status", "is_overdue", "q")
        context = super().get_context_data(filter_fields=fields, **kwargs)
        today = timezone.localdate()
        return context | {"rows": [(each, is_overdue(each, on=today)) for each in context["page_obj"]]}


class DeliverableDetail(DetailPage):
    """A deliverable: when it is due, who asked for it, how far it is, and what came of it."""

    template_name = "activities/deliverable_detail.html"
    context_object_name = "deliverable"

    def get_queryset(self) -> QuerySet[Deliverable]:
        """Return the deliverables with all that the page prints; drafts once they are published."""
        deliverables: QuerySet[Deliverable] = Deliverable.objects.for_reading()
        return deliverables.prefetch_related(Prefetch("drafts", Draft.objects.published().order_by("ordinal")))

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Deliverables"), reverse("deliverable-list")), (self.object.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether it is overdue, and how to cite it."""
        each = self.object
        return super().get_context_data(
            overdue=is_overdue(each, on=timezone.localdate()), citation=cite_entry(each, each.name, each.due), **kwargs
        )
