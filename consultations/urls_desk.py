"""Addresses of a delegation's own pages, below `desk/`."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
