"""Addresses in the API by which people and organizations come to take part."""

from django.urls import path

from consultations.api import joining

_DELEGATION = "desk/delegations/<str:key>/"

urlpatterns = [
    path("participate/", joining.Participate.as_view(), name="api-participate"),
    path("invitations/accept/", joining.AcceptInvitation.as_view(), name="api-invitation-accept"),
    path(f"{_DELEGATION}people/", joining.DeskPeople.as_view(), name="api-desk-people"),
    path(f"{_DELEGATION}people/<int:pk>/", joining.DeskPerson.as_view(), name="api-desk-person"),
    path(f"{_DELEGATION}people/<int:pk>/hand_over/", joining.DeskHandOver.as_view(), name="api-desk-hand-over"),
    path(f"{_DELEGATION}invitations/", joining.DeskInvitations.as_view(), name="api-desk-invitation-list"),
    path("staff/delegations/<int:pk>/invitations/", joining.StaffInvitations.as_view(), name="api-staff-invitation"),
    path("staff/requests/", joining.StaffRequests.as_view(), name="api-staff-request-list"),
    path("staff/requests/<int:pk>/accept/", joining.StaffRequestAccept.as_view(), name="api-staff-request-accept"),
    path("staff/requests/<int:pk>/decline/", joining.StaffRequestDecline.as_view(), name="api-staff-request-decline"),
]
