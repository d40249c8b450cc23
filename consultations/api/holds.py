"""What is held of what stakeholders filed, as JSON: for everyone with its reason, and for staff to hold and to lift."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from consultations import services
from consultations.api.access import StaffAccess
from consultations.api.serializers import PartySerializer
from consultations.models import Comment, Hold, Submission
from declaration.api.base import InputSerializer, PublicViewSet, RecordSerializer, TextInputField
from declaration.api.references import ClauseReference
from declaration.api.serializers import address
from declaration.languages import TEXT_LANGUAGE_CHOICES


class HoldSerializer(RecordSerializer):
    """What is held, or was until `lifted_at`, and why; never what it says.

    `comment` is null where the whole filing is held. `party` is null where the delegation did not agree to be named.
    `is_automatic` says that the call holds what stakeholders file until staff have looked at it.
    """

    url = address("api-hold-detail", "pk")
    call = serializers.IntegerField(source="filing.call_id")
    submission = serializers.IntegerField(source="filing.pk")
    comment = serializers.IntegerField(source="comment_id", allow_null=True)
    clause = ClauseReference(source="comment.clause", allow_null=True, default=None)
    party = PartySerializer(source="filing.named_delegation", allow_null=True)
    is_automatic = serializers.BooleanField()

    class Meta:
        model = Hold
        fields = [
            "url",
            "id",
            "call",
            "submission",
            "comment",
            "clause",
            "party",
            "reason",
            "language",
            "is_automatic",
            "placed_at",
            "lifted_at",
        ]


class StaffHoldSerializer(HoldSerializer):
    """The same for staff, with whose it is in any case, and who held and lifted."""

    url = address("api-staff-hold-detail", "pk")
    party = PartySerializer(source="filing.delegation")
    placed_by = serializers.CharField(allow_null=True)
    lifted_by = serializers.CharField(allow_null=True)

    class Meta(HoldSerializer.Meta):
        fields = [*HoldSerializer.Meta.fields, "placed_by", "lifted_by"]


class HoldInput(InputSerializer):
    """Why something is held."""

    reason = TextInputField()
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)


class HoldViewSet(PublicViewSet):
    """What is held of what stakeholders filed, or was, the newest first, with the published reasons."""

    queryset = Hold.objects.none()
    serializer_class = HoldSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Hold]:
        """Return what everyone may know of at this moment."""
        return Hold.objects.public().with_context().order_by("-placed_at", "-id")


class StaffHoldViewSet(StaffAccess, ReadOnlyModelViewSet[Hold]):
    """What is held, or was, for staff: nothing of a sealed call."""

    queryset = Hold.objects.none()
    serializer_class = StaffHoldSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Hold]:
        """Return what staff may know of at this moment."""
        return Hold.objects.for_staff().with_context().order_by("-placed_at", "-id")

    @extend_schema(operation_id="staff_holds_lift", request=None, responses=StaffHoldSerializer)
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, pk: int) -> Response:
        """Let the public read what was held; that it was held stays on the record."""
        hold = services.lift_hold(hold=self.get_object(), user=request.user)
        return Response(self.get_serializer(self.get_queryset().get(pk=hold.pk)).data)


class Holding(StaffAccess):
    """For views that hold."""

    def hold(self, request: Request, **on: Any) -> Response:
        """Hold what is named."""
        asked = HoldInput(data=request.data)
        asked.is_valid(raise_exception=True)
        hold = services.hold(user=request.user, **on, **asked.validated_data)
        found = Hold.objects.with_context().get(pk=hold.pk)
        return Response(StaffHoldSerializer(found, context={"request": request}).data, status=201)


class HoldSubmission(Holding):
    """A filing of a stakeholder."""

    @extend_schema(operation_id="staff_submissions_hold", request=HoldInput, responses={201: StaffHoldSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Keep it from the public, with a reason that is published in its place."""
        return self.hold(request, submission=get_object_or_404(Submission.objects.filed_for_staff(), pk=pk))


class HoldComment(Holding):
    """A comment of a stakeholder's filing."""

    @extend_schema(operation_id="staff_comments_hold", request=HoldInput, responses={201: StaffHoldSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Keep it from the public, with a reason that is published in its place."""
        return self.hold(request, comment=get_object_or_404(Comment.objects.filed_for_staff(), pk=pk))
