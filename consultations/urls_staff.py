"""Addresses of the pages of the mandate holder's staff, below `staff/`."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
