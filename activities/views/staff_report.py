"""Staff write the activities section of a report: the page on which it is asked for, and the file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from activities.reporting.collect import Record, collect
from activities.reporting.forms import ReportForm
from activities.reporting.writing import WORD_TYPE, file_name, write_report
from consultations.views.staff_access import StaffView

TEMPLATE = "report"


def count_record(record: Record) -> list[tuple[str, int]]:
    """Return how many things of each kind a report is going to tell of."""
    views = {view.pk for theme in record.themes for view in theme.views}
    return [
        (_("Requests"), sum(len(asked) for _resolution, asked in record.requests)),
        (_("Activities"), len(record.activities)),
        (_("Activities whose date is not recorded"), len(record.undated)),
        (_("Consultations"), len(record.consultations)),
        (_("Views"), len(views)),
    ]


class ReportView(StaffView):
    """The form, and what a report for it would hold."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self.show_form(ReportForm.read(request.GET))

    def show_form(self, form: ReportForm) -> HttpResponse:
        """Show the form with what it says of itself, and the figures where it is complete."""
        context: dict[str, Any] = {"form": form}
        if form.is_valid():
            options = form.options
            record = collect(options["period"], is_internal=options["is_internal"])
            context |= {"figures": count_record(record), "query": form.query}
        return self.show(TEMPLATE, context, crumbs=[(_("Report"), "")], status=200 if form.is_valid() else 422)


class ReportFileView(ReportView):
    """The report as a Word file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it; where the form is not complete, show what is wrong with it."""
        form = ReportForm.read(request.GET)
        if not form.is_valid():
            return self.show_form(form)
        options = form.options
        response = HttpResponse(write_report(**options), content_type=WORD_TYPE)
        name = file_name(options["period"], options["language"], is_internal=options["is_internal"])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
