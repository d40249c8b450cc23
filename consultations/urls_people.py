"""Addresses of the staff pages about who takes part."""

from django.urls import URLPattern, URLResolver, path

from consultations.views import staff_people

urlpatterns: list[URLPattern | URLResolver] = [
    path("delegations/", staff_people.DelegationListView.as_view(), name="staff-delegation-list"),
    path("delegations/new/", staff_people.DelegationAddView.as_view(), name="staff-delegation-add"),
    path("delegations/<int:pk>/", staff_people.DelegationDetailView.as_view(), name="staff-delegation-detail"),
    path("invitations/<int:pk>/", staff_people.StaffInvitationActView.as_view(), name="staff-invitation"),
    path("requests/", staff_people.RequestListView.as_view(), name="staff-request-list"),
    path("requests/<int:pk>/", staff_people.RequestDetailView.as_view(), name="staff-request-detail"),
]
