"""Delegations as staff arrange them: they are made, and their focal points invited. Who else acts for them is their own."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.api.access import StaffAccess
from consultations.api.joining import InvitationInput, InvitationSerializer, PersonSerializer, read
from consultations.api.serializers import PARTY_KINDS, PartySerializer
from consultations.models import Delegation, Invitation, Membership
from consultations.services import joining
from consultations.services.people import create_delegation
from declaration.api.base import InputSerializer
from declaration.errors import Refused
from declaration.models import Group, Stakeholder, State


class StaffDelegationSerializer(serializers.Serializer[Delegation]):
    """A delegation with its focal points."""

    id = serializers.IntegerField()
    party = PartySerializer(source="*")
    is_active = serializers.BooleanField()
    focal_points = PersonSerializer(many=True)


class DelegationInput(InputSerializer):
    """Which State, stakeholder or group is to have a delegation."""

    kind = serializers.ChoiceField(PARTY_KINDS)
    key = serializers.CharField(max_length=120, help_text="The code of a State or group, or a stakeholder's key.")


def find_party(kind: str, key: str) -> State | Stakeholder | Group:
    """Return a party by its natural key. Refused for keys that nobody has."""
    found: Any = {
        "state": State.objects.filter(alpha3__iexact=key),
        "stakeholder": Stakeholder.objects.filter(slug__iexact=key),
        "group": Group.objects.filter(code__iexact=key),
    }[kind]
    party: State | Stakeholder | Group | None = found.first()
    if party is None:
        raise Refused("party_unknown", _("There is none with this key: %(key)s.") % {"key": key[:60]}, field="key")
    return party


class StaffDelegations(StaffAccess, ListAPIView[Delegation]):
    """All delegations, those without a focal point in front."""

    queryset = Delegation.objects.none()
    serializer_class = StaffDelegationSerializer
    filter_backends = []
    further_errors = (409,)

    def get_queryset(self) -> QuerySet[Delegation]:
        """Return them with their focal points."""
        return Delegation.objects.for_staff()

    @extend_schema(operation_id="staff_delegations_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="staff_delegations_create", request=DelegationInput, responses={201: StaffDelegationSerializer}
    )
    def post(self, request: Request) -> Response:
        """Give a State, stakeholder or group its delegation; its focal point is invited in a step of its own."""
        made = create_delegation(party=find_party(**read(DelegationInput, request)))
        return Response(self.get_serializer(self.get_queryset().get(pk=made.pk)).data, status=201)


class StaffDelegation(StaffAccess, RetrieveAPIView[Delegation]):
    """One delegation."""

    queryset = Delegation.objects.none()
    serializer_class = StaffDelegationSerializer
    filter_backends = []

    def get_queryset(self) -> QuerySet[Delegation]:
        """Return all of them."""
        return Delegation.objects.for_staff()

    @extend_schema(operation_id="staff_delegations_retrieve")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return it with its focal points."""
        return super().get(request, *args, **kwargs)


class StaffInvitations(StaffAccess, ListAPIView[Invitation]):
    """Inviting focal points."""

    queryset = Invitation.objects.none()
    serializer_class = InvitationSerializer
    filter_backends = []
    further_errors = (403, 404, 409)

    def get_queryset(self) -> QuerySet[Invitation]:
        """Return those that wait, of focal points. Raises `Http404` for a delegation that there is not."""
        waiting = get_object_or_404(Delegation, pk=self.kwargs["pk"]).invitations_to_join.waiting()
        return waiting.filter(role=Membership.Role.FOCAL_POINT).order_by("-invited_at", "-pk")

    @extend_schema(operation_id="staff_delegations_invitations_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the invitations of focal points that wait to be accepted; some of them may have expired."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="staff_delegations_invite", request=InvitationInput, responses={201: InvitationSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Invite a focal point by e-mail."""
        delegation = get_object_or_404(Delegation, pk=pk)
        made = joining.invite(delegation=delegation, user=request.user, **read(InvitationInput, request))
        return Response(InvitationSerializer(made).data, status=201)
