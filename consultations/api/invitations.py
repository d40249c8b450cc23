"""What becomes of an invitation that waits: it is taken back, or sent again with a new link."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.api.access import DeskAccess, StaffAccess, WritesAreCounted, own_delegation
from consultations.api.joining import InvitationSerializer
from consultations.models import Invitation, Membership
from consultations.services import joining


class InvitationAccess(WritesAreCounted):
    """One invitation, among those that the person reaches."""

    further_errors = (403, 404, 409)

    def invitations(self) -> QuerySet[Invitation]:
        """Return those that she reaches."""
        raise NotImplementedError

    def invitation(self) -> Invitation:
        """Return the one in the address. Raises `Http404`."""
        return get_object_or_404(self.invitations().select_related("delegation"), pk=self.kwargs["pk"])

    def take_back(self) -> Response:
        """Take it back."""
        joining.revoke_invitation(invitation=self.invitation(), user=self.request.user)
        return Response(status=204)

    def send_again(self) -> Response:
        """Send it again."""
        sent = joining.send_invitation_again(invitation=self.invitation(), user=self.request.user)
        return Response(InvitationSerializer(sent).data)


class OfDelegation(DeskAccess, InvitationAccess):
    """An invitation into a delegation that the person acts for."""

    def invitations(self) -> QuerySet[Invitation]:
        """Return the delegation's. Raises `Http404` for another delegation."""
        return Invitation.objects.filter(delegation=own_delegation(self.request, self.kwargs["key"]))


class OfStaff(StaffAccess, InvitationAccess):
    """An invitation of a focal point."""

    def invitations(self) -> QuerySet[Invitation]:
        """Return those to be a focal point, in whatever delegation; others are the focal points' own."""
        return Invitation.objects.filter(role=Membership.Role.FOCAL_POINT)


class DeskInvitation(OfDelegation):
    """An invitation that waits."""

    @extend_schema(operation_id="desk_delegations_invitations_take_back", responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it back: its link is good for nothing from now on."""
        return self.take_back()


class DeskInvitationAgain(OfDelegation):
    """Sending an invitation again."""

    @extend_schema(operation_id="desk_delegations_invitations_send_again", request=None, responses=InvitationSerializer)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Send it with a new link and a new time; the earlier link is good for nothing from now on."""
        return self.send_again()


class StaffInvitation(OfStaff):
    """An invitation of a focal point that waits."""

    @extend_schema(operation_id="staff_invitations_take_back", responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it back: its link is good for nothing from now on."""
        return self.take_back()


class StaffInvitationAgain(OfStaff):
    """Sending an invitation of a focal point again."""

    @extend_schema(operation_id="staff_invitations_send_again", request=None, responses=InvitationSerializer)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Send it with a new link and a new time; the earlier link is good for nothing from now on."""
        return self.send_again()
