"""Addresses of pages that show what was asked of the mandate and what was done."""

from django.urls import URLPattern, URLResolver, path

from activities.document_pages import DocumentText
from activities.views import activities, documents, mandates, resolutions

urlpatterns: list[URLPattern | URLResolver] = [
    path("resolutions/", resolutions.ResolutionList.as_view(), name="resolution-list"),
    path("resolutions/<slug:slug>/", resolutions.ResolutionDetail.as_view(), name="resolution-detail"),
    path("mandate/", mandates.show_mandate, name="mandate"),
    path("mandates/<slug:slug>/", mandates.MandateDetail.as_view(), name="mandate-detail"),
    path("documents/", documents.DocumentList.as_view(), name="document-list"),
    path("documents/<slug:slug>/", documents.DocumentDetail.as_view(), name="document-detail"),
    path("documents/<slug:slug>/text/", DocumentText.as_view(), name="document-text"),
    path("activities/", activities.ActivityList.as_view(), name="activity-list"),
    path("activities/<slug:slug>/", activities.ActivityDetail.as_view(), name="activity-detail"),
]
