"""Addresses of activities in the API, and of what shows them beside what was asked."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from activities.api import pictures, report, thread, views

router = SimpleRouter(use_regex_path=False)
router.register("activities", views.ActivityViewSet, "api-activity")
router.register("resolutions", views.AnsweredResolutionViewSet, "api-resolution")
router.register("requests", views.RequestViewSet, "api-request")
router.register("consultations", views.ConsultationViewSet, "api-consultation")
router.register("outcomes", views.OutcomeViewSet, "api-outcome")
router.register("deliverables", views.DeliverableViewSet, "api-deliverable")

urlpatterns = [
    path("thread/", thread.ThreadView.as_view(), name="api-thread"),
    path("thread.graphml", thread.ThreadFile.as_view(), name="api-thread-graphml"),
    path("thread/gaps/<slug:gap>/", thread.GapList.as_view(), name="api-thread-gap"),
    path("timeline/", pictures.TimelineView.as_view(), name="api-timeline"),
    path("regions/", pictures.RegionsView.as_view(), name="api-regions"),
    path("mandates/<slug:slug>/progress/", pictures.MandateProgress.as_view(), name="api-mandate-progress"),
    path("resolutions/<slug:slug>/progress/", pictures.ResolutionProgress.as_view(), name="api-resolution-progress"),
    path("staff/report/", report.StaffReport.as_view(), name="api-staff-report"),
    path("staff/report.docx", report.StaffReportFile.as_view(), name="api-staff-report-file"),
    *router.urls,
]
