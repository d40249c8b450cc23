"""Addresses of pages that show what was asked of the mandate and what was done."""

from django.urls import URLPattern, URLResolver, path

from activities import views
from activities.document_pages import DocumentText

urlpatterns: list[URLPattern | URLResolver] = [
    path("resolutions/", views.ResolutionList.as_view(), name="resolution-list"),
    path("resolutions/<slug:slug>/", views.ResolutionDetail.as_view(), name="resolution-detail"),
    path("mandate/", views.show_mandate, name="mandate"),
    path("mandates/<slug:slug>/", views.MandateDetail.as_view(), name="mandate-detail"),
    path("documents/", views.DocumentList.as_view(), name="document-list"),
    path("documents/<slug:slug>/", views.DocumentDetail.as_view(), name="document-detail"),
    path("documents/<slug:slug>/text/", DocumentText.as_view(), name="document-text"),
    path("activities/", views.ActivityList.as_view(), name="activity-list"),
    path("activities/<slug:slug>/", views.ActivityDetail.as_view(), name="activity-detail"),
]
