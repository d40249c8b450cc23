"""Public pages of mandates: their tasks, who holds them, and what was done about what was asked of them."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from activities.models import Activity
from activities.pictures.progress import ProgressPicture, read_progress
from consultations.models import Consultation
from declaration.models import Mandate, MandateHolder, Phase, Request, Resolution
from declaration.views.pages import Crumb, DetailPage


def show_mandate(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the mandate under which the text is drafted."""
    mandate = Mandate.objects.main()
    if mandate is None:
        raise Http404
    return redirect("mandate-detail", slug=mandate.slug)


class MandateDetail(DetailPage):
    """A mandate: its tasks, who holds and held it, its work plan, and the resolutions that made and renewed it."""

    template_name = "declaration/mandate_detail.html"
    context_object_name = "mandate"

    def get_queryset(self) -> QuerySet[Mandate]:
        """Return the mandates with all that the page prints, in a fixed number of queries."""
        phases = Phase.objects.select_related("source").prefetch_related(
            Prefetch("activities", Activity.objects.in_order()),
            Prefetch("consultations", Consultation.objects.public().in_order()),
        )
        return Mandate.objects.select_related("parent_organ", "source").prefetch_related(
            Prefetch("holders", MandateHolder.objects.select_related("appointed_by", "source").order_by("ordinal")),
            Prefetch("phases", phases.order_by("ordinal")),
            Prefetch("resolutions", Resolution.objects.select_related("organ").order_by("adopted_on_earliest")),
        )

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Mandate"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tasks one by one, the other mandates, and how far each request is that is addressed to this one."""
        asked = Request.objects.filter(addressee_mandate=self.object).select_related("resolution")
        progress = read_progress(asked.order_by("resolution__adopted_on_earliest", "resolution__symbol", "position"))
        return super().get_context_data(
            tasks=[line for line in str(self.object.tasks).splitlines() if line.strip()],
            others=Mandate.objects.exclude(pk=self.object.pk).order_by("slug"),
            request_count=len(progress),
            unanswered_count=sum(not each.activities for each in progress),
            progress=progress,
            progress_picture=ProgressPicture(progress, mirrored=get_language_bidi()),
            **kwargs,
        )
