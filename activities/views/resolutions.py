"""Public pages of resolutions: what each asks, and what was done about it."""

from typing import Any

from django.db.models import Count, F, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from activities.models import Activity, Deliverable, Outcome
from activities.pictures.progress import ProgressPicture, read_progress
from declaration.citations import cite_resolution
from declaration.collation import sorted_by_name
from declaration.models import Request, Resolution
from declaration.views.pages import Crumb, DetailPage, ListPage


class ResolutionList(ListPage):
    """Resolutions and decisions in the order of their adoption, and what each does to the mandate."""

    template_name = "declaration/resolution_list.html"
    context_object_name = "resolutions"

    def get_queryset(self) -> QuerySet[Resolution]:
        """Return the resolutions, oldest first, each with the number of its requests."""
        resolutions = Resolution.objects.select_related("organ", "mandate", "source")
        return resolutions.annotate(request_count=Count("requests")).order_by(
            F("adopted_on_earliest").asc(nulls_last=True), "symbol"
        )

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Resolutions"), "")]


class ResolutionDetail(DetailPage):
    """A resolution: how it was adopted, what it asks, and what was done about each request."""

    template_name = "declaration/resolution_detail.html"
    context_object_name = "resolution"

    def get_queryset(self) -> QuerySet[Resolution]:
        """Return the resolutions with all that the page prints, in a fixed number of queries."""
        requests = Request.objects.select_related("addressee_mandate", "addressee_organ", "source").prefetch_related(
            Prefetch("activities", Activity.objects.in_order().with_consultations()),
            Prefetch("outcomes", Outcome.objects.in_order()),
            Prefetch("deliverables", Deliverable.objects.in_order()),
        )
        return Resolution.objects.select_related("organ", "mandate", "source", "document").prefetch_related(
            Prefetch("requests", requests.order_by("position")), "sponsors"
        )

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Resolutions"), reverse("resolution-list")), (self.object.symbol, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sponsors by name, and how far each request is."""
        progress = read_progress(self.object.requests.all())
        return super().get_context_data(
            progress=progress,
            progress_picture=ProgressPicture(progress, mirrored=get_language_bidi()),
            sponsors=sorted_by_name(self.object.sponsors.all(), self.language),
            citation=cite_resolution(self.object),
            **kwargs,
        )
