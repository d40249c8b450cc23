"""Files beside submissions: attached and removed by those who write, handed out to those who may read the submission."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from consultations import services
from consultations.api import desk_clearance_serializers as shapes
from consultations.api.access import DeskAccess
from consultations.api.attachment_serializers import AttachmentSerializer
from consultations.api.desk_clearance import own_submission
from consultations.arrival import arrival_of
from consultations.file_kinds import KINDS
from consultations.models import Attachment
from consultations.models.sharing import MAX_ATTACHMENT_BYTES
from consultations.views.attachments import FORM_ROOM, find_attachment, hand_out

# It is sent with its own type; what reads the schema to write a program knows files as this one.
CONTENT = {
    (200, "application/octet-stream"): OpenApiResponse(
        OpenApiTypes.BINARY, f"The file, as it was attached: {', '.join(kind.content_type for kind in KINDS)}."
    )
}


class DeskAttachmentViewSet(DeskAccess, ListModelMixin, GenericViewSet[Attachment]):
    """The files beside a submission of one of the person's delegations."""

    queryset = Attachment.objects.none()
    serializer_class = AttachmentSerializer
    parser_classes = [MultiPartParser]
    filter_backends = []
    lookup_value_converter = "int"
    max_body_bytes: ClassVar[int] = MAX_ATTACHMENT_BYTES + FORM_ROOM

    def get_queryset(self) -> QuerySet[Attachment]:
        """Return the files. Raises `Http404` for a submission of another delegation."""
        return Attachment.objects.filter(
            submission=own_submission(self.request.user, self.kwargs["submission"])
        ).order_by("id")

    @extend_schema(request={"multipart/form-data": shapes.AttachmentInput}, responses={201: AttachmentSerializer})
    def create(self, request: Request, submission: int) -> Response:
        """Attach a file to a submission that is being written: PDF, docx, PNG, JPEG or WebP, up to 20 MB."""
        beside = own_submission(request.user, submission)
        asked = shapes.AttachmentInput(data=request.data)
        asked.is_valid(raise_exception=True)
        file: Any = asked.validated_data["file"]
        attachment = services.attach_file(
            submission=beside, user=request.user, file=file, name=file.name, at=arrival_of(request)
        )
        return Response(self.get_serializer(attachment).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, submission: int, pk: int) -> Response:
        """Take a file away from a submission that is being written."""
        attachment = get_object_or_404(self.get_queryset().select_related("submission"), pk=pk)
        services.remove_attachment(attachment=attachment, user=request.user, at=arrival_of(request))
        return Response(status=204)


class AttachmentContent(APIView):
    """The content of a file beside a submission, for those who may read the submission, or are asked to sign it."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="submissions_attachments_content", responses=CONTENT)
    def get(self, request: Request, submission: int, pk: int) -> HttpResponseBase:
        """Send the file. It is asked anew each time whether it may be read."""
        return hand_out(request._request, find_attachment(request.user, submission, pk))
