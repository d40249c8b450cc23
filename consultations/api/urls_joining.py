"""Addresses in the API by which people and organizations come to take part."""

from django.urls import path

from consultations.api import invitations, joining, staff_delegations

_DELEGATION = "desk/delegations/<str:key>/"

urlpatterns = [
    path("participate/", joining.Participate.as_view(), name="api-participate"),
    path("invitations/accept/", joining.AcceptInvitation.as_view(), name="api-invitation-accept"),
    path(f"{_DELEGATION}people/", joining.DeskPeople.as_view(), name="api-desk-people"),
    path(f"{_DELEGATION}people/<int:pk>/", joining.DeskPerson.as_view(), name="api-desk-person"),
    path(f"{_DELEGATION}people/<int:pk>/hand_over/", joining.DeskHandOver.as_view(), name="api-desk-hand-over"),
    path(f"{_DELEGATION}invitations/", joining.DeskInvitations.as_view(), name="api-desk-invitation-list"),
    path(
        f"{_DELEGATION}invitations/<int:pk>/", invitations.DeskInvitation.as_view(), name="api-desk-invitation-detail"
    ),
    path(
        f"{_DELEGATION}invitations/<int:pk>/send_again/",
        invitations.DeskInvitationAgain.as_view(),
        name="api-desk-invitation-send-again",
    ),
    path("staff/delegations/", staff_delegations.StaffDelegations.as_view(), name="api-staff-delegation-list"),
    path(
        "staff/delegations/<int:pk>/", staff_delegations.StaffDelegation.as_view(), name="api-staff-delegation-detail"
    ),
    path(
        "staff/delegations/<int:pk>/invitations/",
        staff_delegations.StaffInvitations.as_view(),
        name="api-staff-invitation",
    ),
    path("staff/invitations/<int:pk>/", invitations.StaffInvitation.as_view(), name="api-staff-invitation-detail"),
    path(
        "staff/invitations/<int:pk>/send_again/",
        invitations.StaffInvitationAgain.as_view(),
        name="api-staff-invitation-send-again",
    ),
    path("staff/requests/", joining.StaffRequests.as_view(), name="api-staff-request-list"),
    path("staff/requests/<int:pk>/", joining.StaffRequest.as_view(), name="api-staff-request-detail"),
    path("staff/requests/<int:pk>/accept/", joining.StaffRequestAccept.as_view(), name="api-staff-request-accept"),
    path("staff/requests/<int:pk>/decline/", joining.StaffRequestDecline.as_view(), name="api-staff-request-decline"),
]
