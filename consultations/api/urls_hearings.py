"""Addresses in the API with which staff write up consultations."""

from django.urls import path

from consultations.api import staff_lookups

urlpatterns = [
    path("staff/lookups/", staff_lookups.StaffLookup.as_view(), name="api-staff-lookup-list"),
]
