"""Addresses of pages that show what was asked of the mandate and what was done."""

from django.urls import URLPattern, URLResolver, include, path

from activities.document_pages import DocumentText
from activities.views import (
    activities,
    consultations,
    documents,
    elements,
    feeds,
    mandates,
    outcomes,
    parties,
    resolutions,
    thread,
)
from activities.views.pictures import RegionList, Timeline

urlpatterns: list[URLPattern | URLResolver] = [
    path("resolutions/", resolutions.ResolutionList.as_view(), name="resolution-list"),
    path("resolutions/<slug:slug>/", resolutions.ResolutionDetail.as_view(), name="resolution-detail"),
    path("mandate/", mandates.show_mandate, name="mandate"),
    path("mandates/<slug:slug>/", mandates.MandateDetail.as_view(), name="mandate-detail"),
    path("documents/", documents.DocumentList.as_view(), name="document-list"),
    path("documents/<slug:slug>/", documents.DocumentDetail.as_view(), name="document-detail"),
    path("documents/<slug:slug>/text/", DocumentText.as_view(), name="document-text"),
    path("thread/", thread.ThreadPage.as_view(), name="thread"),
    path("thread/gaps/<slug:gap>/", thread.GapPage.as_view(), name="thread-gap"),
    path("timeline/", Timeline.as_view(), name="timeline"),
    path("regions/", RegionList.as_view(), name="regions"),
    path("activities/", activities.ActivityList.as_view(), name="activity-list"),
    path("activities/<slug:slug>/", activities.ActivityDetail.as_view(), name="activity-detail"),
    path("consultations/", consultations.ConsultationList.as_view(), name="consultation-list"),
    path("consultations/<slug:slug>/", consultations.ConsultationDetail.as_view(), name="consultation-detail"),
    path("outcomes/", outcomes.OutcomeList.as_view(), name="outcome-list"),
    path("outcomes/<slug:slug>/", outcomes.OutcomeDetail.as_view(), name="outcome-detail"),
    path("deliverables/", outcomes.DeliverableList.as_view(), name="deliverable-list"),
    path("deliverables/<slug:slug>/", outcomes.DeliverableDetail.as_view(), name="deliverable-detail"),
    path("elements/<slug:code>/", elements.FoundedElementDetail.as_view(), name="element-detail"),
    path("states/<slug:alpha3>/", parties.HostStateDetail.as_view(), name="state-detail"),
    path("feed/", feeds.NewsFeed.as_view(), name="news-feed"),
    path("drafts/<int:ordinal>/feed/", feeds.DraftFeed.as_view(), name="draft-feed"),
    path("calls/<int:pk>/feed/", feeds.CallFeed.as_view(), name="call-feed"),
    path("calendar.ics", feeds.CalendarView.as_view(), name="calendar"),
    path("staff/", include("activities.urls_staff")),
]
