"""Addresses of the staff pages that show what was done, below `staff/`; those of the apps below follow."""

from django.urls import URLPattern, URLResolver, path

from activities.views.staff_report import ReportFileView, ReportView

urlpatterns: list[URLPattern | URLResolver] = [
    path("report/", ReportView.as_view(), name="staff-report"),
    path("report/report.docx", ReportFileView.as_view(), name="staff-report-file"),
]
