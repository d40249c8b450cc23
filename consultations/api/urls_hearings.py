"""Addresses in the API with which staff write up consultations."""

from django.urls import path

from consultations.api import staff_lookups
from consultations.api.staff_hearings import StaffConsultationViewSet as Consultations

_LIST = "staff/consultations/"
_ONE = f"{_LIST}<slug:slug>/"

urlpatterns = [
    path("staff/lookups/", staff_lookups.StaffLookup.as_view(), name="api-staff-lookup-list"),
    path(_LIST, Consultations.as_view({"get": "list", "post": "create"}), name="api-staff-consultation-list"),
    path(
        _ONE,
        Consultations.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-staff-consultation-detail",
    ),
    path(f"{_ONE}publish/", Consultations.as_view({"post": "publish"}), name="api-staff-consultation-publish"),
    path(f"{_ONE}retract/", Consultations.as_view({"post": "retract"}), name="api-staff-consultation-retract"),
    path(f"{_ONE}views/", Consultations.as_view({"post": "add_view"}), name="api-staff-consultation-views"),
    path(f"{_ONE}views/order/", Consultations.as_view({"post": "order_views"}), name="api-staff-consultation-order"),
    path(
        f"{_ONE}views/<int:pk>/",
        Consultations.as_view({"patch": "change_view", "delete": "remove_view"}),
        name="api-staff-consultation-view",
    ),
    path(f"{_ONE}notes/", Consultations.as_view({"post": "write_note"}), name="api-staff-consultation-notes"),
    path(f"{_ONE}notes/<int:pk>/", Consultations.as_view({"patch": "change_note"}), name="api-staff-consultation-note"),
]
