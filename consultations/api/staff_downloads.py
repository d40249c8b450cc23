"""Drafts as files for staff, those in preparation included."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from consultations.api.access import StaffAccess
from declaration.api.downloads import FILES, KIND, LANGUAGE, OTHER, send_file
from declaration.models import Draft


class StaffDraftDownload(StaffAccess):
    """A draft as a file, in one language or two, also while it is in preparation."""

    further_errors = (400, 404)

    @extend_schema(operation_id="staff_drafts_download", parameters=[KIND, LANGUAGE, OTHER], responses=FILES)
    def get(self, request: Request, ordinal: int, kind: str) -> HttpResponse:
        """Send the file: as Word or plain text, which can be brought in again, as Akoma Ntoso, or as JSON."""
        drafts = Draft.objects.for_reading().select_related("document__organ", "declaration__mandate")
        return send_file(request._request, get_object_or_404(drafts, ordinal=ordinal), kind)
