"""The mail that was given up, for staff."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from consultations import services
from consultations.api.access import StaffAccess
from consultations.models import Notice
from declaration.api.base import MomentField, RecordSerializer
from declaration.api.serializers import address


class GivenUpSerializer(RecordSerializer):
    """A mail that was given up: to whom, about what, when, after how many attempts, and what the mail server said."""

    url = address("api-staff-given-up-mail-detail", "pk")
    call = serializers.IntegerField(source="call_id", allow_null=True)
    settled_at = MomentField()

    class Meta:
        model = Notice
        fields = [
            "url",
            "id",
            "kind",
            "email",
            "language",
            "call",
            "attempts",
            "last_error",
            "created_at",
            "settled_at",
        ]


class GivenUpMailViewSet(StaffAccess, ReadOnlyModelViewSet[Notice]):
    """Mail that was given up, the latest first: nothing that would tell what was filed in a sealed call."""

    queryset = Notice.objects.none()
    serializer_class = GivenUpSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Notice]:
        """Return what staff may know of at this moment."""
        return Notice.objects.given_up_for_staff()

    @extend_schema(operation_id="staff_given_up_mail_send_again", request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="send-again")
    def send_again(self, request: Request, pk: int) -> Response:
        """Put it back among the mail that waits. What was interrupted may then reach its addressee twice."""
        services.send_again(notice=self.get_object())
        return Response(status=204)
