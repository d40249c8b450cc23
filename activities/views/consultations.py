"""Public pages of consultations: who was heard, when, in which activity, and what was said."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.filters import HeldConsultationFilter
from activities.models import Activity
from consultations.models import Consultation, PartyCategory
from consultations.views.voices import make_voices
from declaration.citations import cite_entry
from declaration.collation import sorted_by_name
from declaration.views.pages import Crumb, DetailPage, FilteredPage, offer_fields, take_page

CONSULTATIONS_A_PAGE = 50
VIEWS_A_PAGE = 100


class ConsultationList(FilteredPage):
    """The consultations that were held and that are planned, oldest first."""

    template_name = "activities/consultation_list.html"
    paginate_by = CONSULTATIONS_A_PAGE
    context_object_name = "consultations"

    @cached_property
    def filter(self) -> HeldConsultationFilter:
        """The public consultations, narrowed as the reader asked."""
        rows = Consultation.objects.public().for_list().in_order()
        return HeldConsultationFilter(self.request.GET, queryset=rows, request=self.request)

    def get_queryset(self) -> QuerySet[Consultation]:
        """Return the consultations, oldest first."""
        consultations: QuerySet[Consultation] = self.filter.qs
        return consultations

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Consultations"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        fields = offer_fields(self.filter, "kind", "category", "status", "q")
        return super().get_context_data(filter_fields=fields, **kwargs)


class ConsultationDetail(DetailPage):
    """A consultation: when, where and with whom, the activities it was held in, the views, and what is to follow."""

    template_name = "activities/consultation_detail.html"
    context_object_name = "consultation"

    def get_queryset(self) -> QuerySet[Consultation]:
        """Return the public consultations with all that is recorded of who took part."""
        rows: QuerySet[Consultation] = Consultation.objects.public().for_reading()
        activities = Activity.objects.in_order().prefetch_related("requests__resolution")
        return rows.select_related("questionnaire").prefetch_related(Prefetch("activities", activities))

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Consultations"), reverse("consultation-list")), (self.object.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who took part by name, what was said, the notes that staff made public, and how to cite it."""
        each = self.object
        page = take_page(self.request, each.views.public().with_context().order_by("position"), VIEWS_A_PAGE)
        parties = (each.states, each.groups, each.stakeholders)
        return super().get_context_data(
            parties=[sorted_by_name(party.all(), self.language) for party in parties],
            categories=[PartyCategory(code).label for code in each.categories],
            page_obj=page,
            voices=make_voices(page),
            notes=each.notes.public(),
            requests=list(dict.fromkeys(asked for done in each.activities.all() for asked in done.requests.all())),
            citation=cite_entry(each, each.name, each.when),
            **kwargs,
        )
