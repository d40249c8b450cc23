"""Drafts as files in the API."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from declaration.api.base import PublicReading
from declaration.exporters.formats import FORMATS
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Draft
from declaration.views.downloads import answer_with_file, find_format

KIND: Final = OpenApiParameter(
    "kind", str, OpenApiParameter.PATH, enum=list(FORMATS), description="The format of the file."
)
LANGUAGE: Final = OpenApiParameter(
    "language",
    str,
    enum=list(TEXT_LANGUAGES),
    description="The language of the text, which the draft must have. English, or else the draft's first, if not said.",
)
OTHER: Final = OpenApiParameter(
    "with", str, enum=list(TEXT_LANGUAGES), description="A second language of the text, beside or after the first."
)
FILES: Final[Any] = {
    (200, offered.content_type.partition(";")[0]): (
        OpenApiTypes.OBJECT if "json" in offered.content_type else OpenApiTypes.BINARY
    )
    for offered in FORMATS.values()
}


def send_file(request: HttpRequest, draft: Draft, kind: str) -> HttpResponse:
    """Return a draft as a file. Raises `Http404` for another format, `Refused` for a language it does not have."""
    return answer_with_file(request, draft, find_format(kind), "en")


class DraftDownload(PublicReading):
    """A published draft as a file, in one language or two."""

    further_errors = (400, 404)

    @extend_schema(operation_id="drafts_download", parameters=[KIND, LANGUAGE, OTHER], responses=FILES)
    def get(self, request: Request, ordinal: int, kind: str) -> HttpResponse:
        """Send the file: as Word or plain text, which can be brought in again, as Akoma Ntoso, or as JSON."""
        drafts = Draft.objects.published().for_reading().select_related("document__organ", "declaration__mandate")
        return send_file(request._request, get_object_or_404(drafts, ordinal=ordinal), kind)
