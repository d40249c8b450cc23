"""Public pages of what was asked of the mandate and what was done: resolutions, mandates, documents and activities."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.filters import ActivityFilter
from activities.models import Activity
from declaration.citations import cite_document, cite_entry, cite_resolution
from declaration.collation import sorted_by_name
from declaration.dates import PartialDate
from declaration.document_text import list_languages
from declaration.filters import DocumentFilter
from declaration.models import Document, Element, LegalBasis, Mandate, MandateHolder, Phase, Request, Resolution
from declaration.views.pages import Crumb, DetailPage, FilteredPage, ListPage, offer_fields

DOCUMENTS_A_PAGE = 100


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
            Prefetch("activities", Activity.objects.in_order())
        )
        return Resolution.objects.select_related("organ", "mandate", "source", "document").prefetch_related(
            Prefetch("requests", requests.order_by("position")), "sponsors"
        )

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Resolutions"), reverse("resolution-list")), (self.object.symbol, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sponsors by name."""
        return super().get_context_data(
            sponsors=sorted_by_name(self.object.sponsors.all(), self.language),
            citation=cite_resolution(self.object),
            **kwargs,
        )


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
        return Mandate.objects.select_related("parent_organ", "source").prefetch_related(
            Prefetch("holders", MandateHolder.objects.select_related("appointed_by", "source").order_by("ordinal")),
            Prefetch("phases", Phase.objects.select_related("source").order_by("ordinal")),
            Prefetch("resolutions", Resolution.objects.select_related("organ").order_by("adopted_on_earliest")),
        )

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Mandate"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tasks one by one, the other mandates, and what was done about requests addressed to this one."""
        requests = Request.objects.filter(addressee_mandate=self.object)
        return super().get_context_data(
            tasks=[line for line in str(self.object.tasks).splitlines() if line.strip()],
            others=Mandate.objects.exclude(pk=self.object.pk).order_by("slug"),
            request_count=requests.count(),
            unanswered_count=requests.filter(activities__isnull=True).count(),
            **kwargs,
        )


class DocumentList(FilteredPage):
    """The documents of the record, newest first."""

    template_name = "declaration/document_list.html"
    paginate_by = DOCUMENTS_A_PAGE
    context_object_name = "documents"

    @cached_property
    def filter(self) -> DocumentFilter:
        """The documents, narrowed as the reader asked."""
        documents = Document.objects.select_related("organ").prefetch_related("editions")
        return DocumentFilter(self.request.GET, queryset=documents, request=self.request)

    def get_queryset(self) -> QuerySet[Document]:
        """Return the documents, newest first; those without a date last."""
        documents: QuerySet[Document] = self.filter.qs
        return documents.order_by(F("published_on_latest").desc(nulls_last=True), "symbol", "slug")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Documents"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        return super().get_context_data(filter_fields=offer_fields(self.filter, "q"), **kwargs)


class DocumentDetail(DetailPage):
    """A document: where it can be read, and what the record takes from it."""

    template_name = "declaration/document_detail.html"
    context_object_name = "document"

    def get_queryset(self) -> QuerySet[Document]:
        """Return the documents with their language editions."""
        return Document.objects.select_related("organ").prefetch_related("editions")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Documents"), reverse("document-list")), (str(self.object), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the record takes from the document, and the languages in which its text can be read here."""
        document = self.object
        return super().get_context_data(
            resolutions=Resolution.objects.filter(source=document).order_by("adopted_on_earliest", "symbol"),
            adopted=Resolution.objects.filter(document=document),
            elements=Element.objects.filter(source=document),
            legal_bases=LegalBasis.objects.filter(source=document),
            instruments=LegalBasis.objects.filter(document=document),
            told_activities=Activity.objects.filter(source=document).in_order(),
            activities=document.activities.in_order(),
            drafts=document.drafts.published().order_by("ordinal"),
            text_languages=list_languages(document),
            citation=cite_document(document),
            **kwargs,
        )


class ActivityList(FilteredPage):
    """What was done under the mandate, as a timeline."""

    template_name = "activities/activity_list.html"

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
        return super().get_context_data(
            periods=group_by_year(self.object_list), filter_fields=offer_fields(self.filter, "kind", "q"), **kwargs
        )


class ActivityDetail(DetailPage):
    """An activity: when, where, by whom, the mandate holder's role, and the requests it answers."""

    template_name = "activities/activity_detail.html"
    context_object_name = "activity"

    def get_queryset(self) -> QuerySet[Activity]:
        """Return the activities with all that the page prints."""
        activities: QuerySet[Activity] = Activity.objects.for_timeline()
        return activities.prefetch_related(Prefetch("parts", Activity.objects.in_order()))

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Activities"), reverse("activity-list")), (self.object.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how to cite it."""
        activity = self.object
        return super().get_context_data(citation=cite_entry(activity, activity.name, activity.when), **kwargs)
