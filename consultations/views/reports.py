"""The report on the answers in a call: for everyone, for staff, and as a table to download."""

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View

from consultations.exporters.report import write_rows
from consultations.models import Call, Comment
from consultations.report import (
    BY_DELEGATION,
    Entry,
    Figures,
    arrange,
    count_report,
    find_comments,
    read_entries,
)
from consultations.report_filters import ReportFilter, StaffReportFilter
from consultations.views.calls import list_decisions
from consultations.views.staff_access import StaffView
from declaration.views.pages import Crumb, FilteredPage, offer_fields

ENTRIES_A_PAGE = 50
ROWS_AT_ONCE = 200
"""So many comments of a table are read from the database at a time."""

OFFERED = ("within", "decision", "reply")


def group_entries(entries: list[Entry], *, by: str) -> list[tuple[str, list[Entry]]]:
    """Return entries, which come in that order, under the clause or the delegation that they belong to."""
    if by == BY_DELEGATION:
        unnamed = _("Delegations that did not wish to be named")
        runs = groupby(entries, key=lambda entry: str(entry.party) if entry.party else unnamed)
    else:
        runs = groupby(entries, key=lambda entry: entry.target_name)
    return [(name, list(found)) for name, found in runs]


def describe_report(figures: Figures, filterset: ReportFilter) -> dict[str, Any]:
    """Return what both reports print above their entries."""
    return {
        "figures": figures,
        "decisions": list_decisions(figures.decisions),
        "filter_fields": [filterset.form["by"], *offer_fields(filterset, *OFFERED)],
        "arranged_by": filterset.arranged_by,
    }


class CallReport(FilteredPage):
    """The public comments in a call, each with its published answer, what came of it, and the reply."""

    template_name = "consultations/call_report.html"
    paginate_by = ENTRIES_A_PAGE

    @cached_property
    def call(self) -> Call:
        """The call. Raises `Http404` for one that has not been announced."""
        call: Call = get_object_or_404(Call.objects.announced().with_draft(), pk=self.kwargs["pk"])
        return call

    @cached_property
    def filter(self) -> ReportFilter:
        """The comments, narrowed as the reader asked."""
        return ReportFilter(self.request.GET, queryset=find_comments(self.call), request=self.request)

    def get_queryset(self) -> QuerySet[Comment]:
        """Return the comments in the order that was asked for."""
        return arrange(self.filter.qs, by=self.filter.arranged_by)

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here, through the call."""
        calls = (_("Calls for comments"), reverse("call-list"))
        return [calls, (self.call.title, reverse("call-detail", args=[self.call.pk])), (_("Report on the answers"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the call, how far it is answered, and the entries."""
        figures = count_report(find_comments(self.call))
        context = super().get_context_data(call=self.call, **describe_report(figures, self.filter), **kwargs)
        entries = list(read_entries(context["page_obj"]))
        return context | {"groups": group_entries(entries, by=self.filter.arranged_by)}


class StaffCallReport(StaffView):
    """The same for staff: who wrote what, and answers before they are published."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it. Raises `Http404` for a call that there is not."""
        call = get_object_or_404(Call.objects.with_draft(), pk=pk)
        comments = find_comments(call, for_staff=True)
        narrowed = StaffReportFilter(request.GET, queryset=comments, request=request)
        rows = arrange(narrowed.qs, by=narrowed.arranged_by, for_staff=True)
        page = Paginator(rows, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
        entries = list(read_entries(page, for_staff=True))
        figures = count_report(comments, for_staff=True)
        context = describe_report(figures, narrowed) | {
            "call": call,
            "page_obj": page,
            "groups": group_entries(entries, by=narrowed.arranged_by),
        }
        here = (call.title, reverse("staff-call-detail", args=[pk]))
        crumbs = [(_("Calls"), reverse("staff-call-list")), here, (_("Report on the answers"), "")]
        return self.show("call_report", context, crumbs=crumbs)


def stream_table(call: Call, filterset: ReportFilter, *, name: str, for_staff: bool = False) -> StreamingHttpResponse:
    """Return a report as a table that is sent while it is read, so that its length costs no memory."""
    comments = arrange(filterset.qs, by=filterset.arranged_by, for_staff=for_staff)
    entries = read_entries(comments.iterator(chunk_size=ROWS_AT_ONCE), for_staff=for_staff)
    lines = write_rows(entries, language=get_language() or "en")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{call.pk}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class CallReportTable(View):
    """The public report as a table, arranged and narrowed as its page."""

    def get(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Send it. Raises `Http404` for a call that has not been announced."""
        call = get_object_or_404(Call.objects.announced(), pk=pk)
        filterset = ReportFilter(request.GET, queryset=find_comments(call), request=request)
        response = stream_table(call, filterset, name="answers")
        response["Cache-Control"] = "public, no-cache"
        return response


class StaffCallReportTable(StaffView):
    """The staff's report as a table."""

    def get(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Send it. Raises `Http404` for a call that there is not."""
        call = get_object_or_404(Call, pk=pk)
        comments = find_comments(call, for_staff=True)
        filterset = StaffReportFilter(request.GET, queryset=comments, request=request)
        return stream_table(call, filterset, name="staff-answers", for_staff=True)
