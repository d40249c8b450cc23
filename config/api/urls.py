"""Addresses of the API, version 1. What shows two apps belongs to the higher one, whose addresses come first."""

from django.urls import include, path, re_path

from config.api import views

urlpatterns = [
    path("", views.RootView.as_view(), name="api-root"),
    path("schema/", views.SchemaView.as_view(), name="api-schema"),
    path("", include("activities.api.urls")),
    path("", include("consultations.api.urls")),
    path("", include("declaration.api.urls")),
    re_path("", views.NothingHere.as_view(), name="api-nothing"),
]
