"""Addresses of pages that show what was said on the text: the public's, and those of delegations and of staff."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("consultations.urls_desk")),
    path("staff/", include("consultations.urls_staff")),
]
