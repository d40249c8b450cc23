"""Addresses of the staff pages on which consultations are written up, below `staff/`."""

from django.urls import path

from consultations.views.staff_hearings import ConsultationListView, WriteUpView

urlpatterns = [
    path("consultations/", ConsultationListView.as_view(), name="staff-consultation-list"),
    path("consultations/new/", WriteUpView.as_view(), name="staff-consultation-add"),
    path("consultations/<slug:slug>/", WriteUpView.as_view(), name="staff-consultation-edit"),
]
