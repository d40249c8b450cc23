"""Chains of receipts for everybody, and a filing's receipt for the delegation that filed."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consultations.api.access import DeskAccess
from consultations.models import Call, ChainHead, Receipt, Submission
from consultations.receipts import signing
from consultations.receipts.document import ALGORITHM
from consultations.receipts.formats import RECEIPT_FORMATS
from consultations.receipts.heads import head_document, is_chain_public, public_heads
from consultations.views.desk_receipts import send_receipt
from declaration.api.base import PublicReading, PublicViewSet


class HeadSerializer(serializers.Serializer[Any]):
    """A head of a chain, exactly as it was signed; kept as it is, `manage.py verify_chain --heads` reads it."""

    format = serializers.CharField(read_only=True)
    call = serializers.IntegerField(read_only=True)
    length = serializers.IntegerField(read_only=True)
    chain_hash = serializers.CharField(read_only=True, help_text="Of the last link.")
    moved_at = serializers.CharField(read_only=True, help_text="In UTC, to the microsecond, as it was signed.")
    key = serializers.CharField(read_only=True, help_text="The name of the key.")
    signature = serializers.CharField(read_only=True, help_text="Ed25519, in base64.")

    def to_representation(self, instance: ChainHead) -> dict[str, Any]:
        """Return the head."""
        return head_document(instance)


class LinkSerializer(serializers.Serializer[Any]):
    """One link of a chain. What it is computed from is in the receipt, which its delegation has."""

    position = serializers.IntegerField(read_only=True)
    chain_hash = serializers.CharField(read_only=True)


class KeySerializer(serializers.Serializer[Any]):
    """A public key that receipts and heads were signed with."""

    key = serializers.CharField(read_only=True, help_text="Its name.")
    algorithm = serializers.CharField(read_only=True)
    public_key = serializers.CharField(read_only=True, help_text="In base64.")
    is_current = serializers.BooleanField(read_only=True)


class ChainViewSet(PublicViewSet):
    """Heads of the chains that everybody may see, those that moved last first."""

    queryset = ChainHead.objects.none()
    serializer_class = HeadSerializer
    lookup_field = "call"
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[ChainHead]:
        """Return what everybody may see at this moment."""
        return public_heads(at=timezone.now())


class ChainLinks(PublicReading, ListAPIView[Any]):
    """The links of a call's chain, in order; none while everybody may not see it."""

    serializer_class = LinkSerializer
    queryset = Receipt.objects.none()

    def get_queryset(self) -> QuerySet[Any, Any]:
        """Return the links, where everybody may see them."""
        call = get_object_or_404(Call.objects.announced(), pk=self.kwargs["call"])
        is_public = Call.objects.filter(is_chain_public("", at=timezone.now()), pk=call.pk).exists()
        links = Receipt.objects.filter(call=call) if is_public else Receipt.objects.none()
        return links.order_by("position").values("position", "chain_hash")

    @extend_schema(operation_id="calls_chain_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the links: of each its place and its hash."""
        return super().get(request, *args, **kwargs)


class KeyList(PublicReading, APIView):
    """The public keys of this site."""

    @extend_schema(operation_id="chains_keys_list", responses=KeySerializer(many=True))
    def get(self, request: Request) -> Response:
        """List them, the one in use first."""
        keys = [
            {"key": name, "algorithm": ALGORITHM, "public_key": signing.encode(key), "is_current": not number}
            for number, (name, key) in enumerate(signing.public_keys().items())
        ]
        return Response(KeySerializer(keys, many=True).data)


def receipt_of(request: Request, pk: int) -> Receipt:
    """Return the receipt of a filing of the person's delegations. Raises `Http404` where there is none."""
    mine = Submission.objects.of_delegations_of(request.user).with_context()
    submission = get_object_or_404(mine, pk=pk)
    receipt = Receipt.objects.select_related("call").filter(submission=submission).first()
    if receipt is None:
        raise Http404(_("This submission has no receipt: a receipt is given when it is filed."))
    receipt.submission = submission
    return receipt


class DeskReceipt(DeskAccess):
    """The receipt of a filing."""

    further_errors = (404,)

    @extend_schema(
        operation_id="desk_submissions_receipt",
        responses={200: OpenApiResponse(OpenApiTypes.OBJECT, "The receipt, in canonical JSON (RFC 8785).")},
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Send the receipt as it is kept and checked."""
        response = send_receipt(request._request, receipt_of(request, pk), "json")
        del response["Content-Disposition"]
        return response


class DeskReceiptFile(DeskAccess):
    """The receipt of a filing as a file."""

    further_errors = (404,)

    @extend_schema(
        operation_id="desk_submissions_receipt_file",
        parameters=[OpenApiParameter("extension", str, OpenApiParameter.PATH, enum=list(RECEIPT_FORMATS))],
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            (200, "application/json"): OpenApiTypes.OBJECT,
        },
    )
    def get(self, request: Request, pk: int, extension: str) -> HttpResponse:
        """Send the file: in PDF its labels are in the language that is asked for."""
        return send_receipt(request._request, receipt_of(request, pk), extension)
