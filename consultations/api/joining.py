"""Taking part through the API: asking, inviting, accepting, and arranging a delegation's people."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consultations.api.access import DeskAccess, StaffAccess, own_delegation
from consultations.api.serializers import PartySerializer
from consultations.models import Invitation, Membership, ParticipationRequest
from consultations.services import joining, participation
from consultations.throttling import KnockThrottle
from declaration.api.base import InputSerializer, MomentField, RecordSerializer
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import Stakeholder


class PersonSerializer(serializers.Serializer[Membership]):
    """One of a delegation's people."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="user.name")
    email = serializers.CharField(source="user.email")
    role = serializers.ChoiceField(Membership.Role.choices)


class InvitationSerializer(RecordSerializer):
    """An invitation that waits."""

    class Meta:
        model = Invitation
        fields = ["id", "email", "name", "role", "language", "invited_at", "expires_at"]


class InvitationInput(InputSerializer):
    """Whom to invite, to what, and in which language."""

    email = serializers.CharField(max_length=254)
    name = serializers.CharField(max_length=150, default="", allow_blank=True)
    role = serializers.ChoiceField(Membership.Role.choices)
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES, default="en")


class AcceptanceInput(InputSerializer):
    """The last part of the link in the mail; with a name and a password where the address has no account yet."""

    token = serializers.CharField(max_length=500)
    name = serializers.CharField(max_length=150, default="", allow_blank=True)
    password = serializers.CharField(max_length=1000, default="", allow_blank=True, trim_whitespace=False)


class AcceptedSerializer(serializers.Serializer[Membership]):
    """The delegation that a person acts for now, and her role in it."""

    delegation = PartySerializer()
    role = serializers.ChoiceField(Membership.Role.choices)


class RoleInput(InputSerializer):
    """Another role."""

    role = serializers.ChoiceField(Membership.Role.choices)


class ParticipationInput(InputSerializer):
    """Who asks to take part."""

    organization = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(Stakeholder.Kind.choices)
    ecosoc_status = serializers.ChoiceField(
        Stakeholder.EcosocStatus.choices, required=False, help_text="Left out where there is none."
    )
    website = serializers.CharField(max_length=200, default="", allow_blank=True)
    contact_name = serializers.CharField(max_length=150)
    email = serializers.CharField(max_length=254)
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)
    statement = serializers.CharField(max_length=ParticipationRequest.MAX_STATEMENT, default="", allow_blank=True)


class ParticipationSerializer(RecordSerializer):
    """A request to take part, and what was decided."""

    delegation = PartySerializer(allow_null=True)

    class Meta:
        model = ParticipationRequest
        fields = ["id", "organization", "kind", "ecosoc_status", "website", "contact_name", "email", "language"]
        fields += ["statement", "asked_at", "status", "reason", "decided_at", "delegation"]


class SentSerializer(serializers.Serializer[ParticipationRequest]):
    """A request was sent; the answer comes by e-mail."""

    asked_at = MomentField()


class DeclineInput(InputSerializer):
    """Why a request is declined."""

    reason = serializers.CharField(max_length=ParticipationRequest.MAX_STATEMENT)


class AcceptRequestInput(InputSerializer):
    """The key of the stakeholder that the organization is already, if it is in the record."""

    stakeholder = serializers.SlugRelatedField(
        "slug", queryset=Stakeholder.objects.all(), default=None, allow_null=True
    )


def read(kind: type[InputSerializer], request: Request) -> dict[str, Any]:
    """Return what was sent. Raises `ValidationError`."""
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


class Participate(APIView):
    """Asking to take part, for those whom nobody knows yet."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [KnockThrottle]

    @extend_schema(operation_id="participate_create", request=ParticipationInput, responses={201: SentSerializer})
    def post(self, request: Request) -> Response:
        """Ask to take part: staff decide, and the answer comes by e-mail."""
        asked = participation.ask_to_take_part(**read(ParticipationInput, request))
        return Response(SentSerializer(asked).data, status=201)


class AcceptInvitation(APIView):
    """Accepting an invitation."""

    permission_classes = [AllowAny]
    throttle_classes = [KnockThrottle]
    further_errors = (401, 403, 404, 409, 410)

    @extend_schema(operation_id="invitations_accept", request=AcceptanceInput, responses=AcceptedSerializer)
    def post(self, request: Request) -> Response:
        """Accept with the account that asks, or with a new one."""
        user = request.user if request.user.is_authenticated else None
        return Response(AcceptedSerializer(joining.accept_invitation(user=user, **read(AcceptanceInput, request))).data)


class DeskPeople(DeskAccess, ListAPIView[Membership]):
    """A delegation's people."""

    queryset = Membership.objects.none()
    serializer_class = PersonSerializer
    further_errors = (404,)

    def get_queryset(self) -> QuerySet[Membership]:
        """Return them."""
        people = own_delegation(self.request, self.kwargs["key"]).memberships.select_related("user")
        return people.order_by("pk")

    @extend_schema(operation_id="desk_delegations_people_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them, with their roles."""
        return super().get(request, *args, **kwargs)


class PersonAccess(DeskAccess):
    """One of the people of a delegation that one acts for."""

    further_errors = (403, 404, 409)

    def member(self, request: Request, key: str, pk: int) -> Membership:
        """Return her membership. Raises `Http404`."""
        people = Membership.objects.select_related("user", "delegation")
        return get_object_or_404(people, delegation=own_delegation(request, key), pk=pk)


class DeskPerson(PersonAccess):
    """One of a delegation's people."""

    @extend_schema(operation_id="desk_delegations_people_update", request=RoleInput, responses=PersonSerializer)
    def patch(self, request: Request, key: str, pk: int) -> Response:
        """Give her another role."""
        member = self.member(request, key, pk)
        member = joining.give_role(membership=member, user=request.user, **read(RoleInput, request))
        return Response(PersonSerializer(member).data)

    @extend_schema(operation_id="desk_delegations_people_destroy", request=None, responses={204: None})
    def delete(self, request: Request, key: str, pk: int) -> Response:
        """Remove her; who names herself leaves."""
        member = self.member(request, key, pk)
        act = joining.leave if member.user_id == request.user.pk else joining.dismiss_member
        act(membership=member, user=request.user)
        return Response(status=204)


class DeskHandOver(PersonAccess):
    """Handing over."""

    @extend_schema(operation_id="desk_delegations_people_hand_over", request=None, responses=PersonSerializer)
    def post(self, request: Request, key: str, pk: int) -> Response:
        """Make this person the focal point in one's own place."""
        to = self.member(request, key, pk)
        own = get_object_or_404(Membership, delegation=to.delegation, user=request.user)
        return Response(PersonSerializer(joining.hand_over(membership=own, to=to, user=request.user)).data)


class DeskInvitations(DeskAccess, ListAPIView[Invitation]):
    """Inviting into one's delegation."""

    queryset = Invitation.objects.none()
    serializer_class = InvitationSerializer
    filter_backends = []
    further_errors = (403, 404, 409)

    def get_queryset(self) -> QuerySet[Invitation]:
        """Return those that wait. Refused to all but focal points, who arrange the delegation's people."""
        delegation = own_delegation(self.request, self.kwargs["key"])
        joining.refuse_unless_leads(self.request.user, delegation)
        return delegation.invitations_to_join.waiting().order_by("-invited_at", "-pk")

    @extend_schema(operation_id="desk_delegations_invitations_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the invitations that wait to be accepted; some of them may have expired."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="desk_delegations_invite", request=InvitationInput, responses={201: InvitationSerializer}
    )
    def post(self, request: Request, key: str) -> Response:
        """Invite a person by e-mail."""
        delegation = own_delegation(request, key)
        made = joining.invite(delegation=delegation, user=request.user, **read(InvitationInput, request))
        return Response(InvitationSerializer(made).data, status=201)


class StaffRequests(StaffAccess, ListAPIView[ParticipationRequest]):
    """Requests to take part."""

    queryset = ParticipationRequest.objects.select_related(
        "delegation__state", "delegation__stakeholder", "delegation__group"
    ).order_by("status", "-asked_at", "-pk")
    serializer_class = ParticipationSerializer

    @extend_schema(operation_id="staff_requests_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them, those that wait in front."""
        return super().get(request, *args, **kwargs)


class StaffRequest(StaffAccess, RetrieveAPIView[ParticipationRequest]):
    """One request to take part."""

    queryset = StaffRequests.queryset
    serializer_class = ParticipationSerializer

    @extend_schema(operation_id="staff_requests_retrieve")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return it, with what was decided."""
        return super().get(request, *args, **kwargs)


class StaffRequestAccept(StaffAccess):
    """Accepting a request."""

    further_errors = (404, 409)

    @extend_schema(operation_id="staff_requests_accept", request=AcceptRequestInput, responses=ParticipationSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Let the organization take part."""
        asked = get_object_or_404(ParticipationRequest, pk=pk)
        values = read(AcceptRequestInput, request)
        return Response(
            ParticipationSerializer(participation.accept_request(asked=asked, user=request.user, **values)).data
        )


class StaffRequestDecline(StaffAccess):
    """Declining a request."""

    further_errors = (404, 409)

    @extend_schema(operation_id="staff_requests_decline", request=DeclineInput, responses=ParticipationSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Decline it, with a reason that is sent to who asked."""
        asked = get_object_or_404(ParticipationRequest, pk=pk)
        values = read(DeclineInput, request)
        return Response(
            ParticipationSerializer(participation.decline_request(asked=asked, user=request.user, **values)).data
        )
