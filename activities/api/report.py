"""The activities section of a report for staff's own programs: as JSON, and as the Word file."""

from typing import Any, Final

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from activities.reporting.forms import ReportForm
from activities.reporting.writing import WORD_TYPE, compose_report, file_name, write_report
from consultations.api.access import StaffAccess
from declaration.api.filtering import refuse_unknown
from declaration.languages import TEXT_LANGUAGES

FIELDS: Final = {"from": "since", "to": "until", "language": "language", "internal": "is_internal"}
"""What an address calls the fields of the form."""

ASKED: Final = [
    OpenApiParameter("from", str, description="When the period begins: 2011, 2011-08 or 2011-08-01."),
    OpenApiParameter("to", str, description="When it ends, counted with: 2012, 2012-12 or 2012-12-31."),
    OpenApiParameter("language", str, enum=list(TEXT_LANGUAGES), description="The language of the report."),
    OpenApiParameter("internal", bool, description="With what staff alone may read, each such entry marked."),
]


class BlockSerializer(serializers.Serializer[Any]):
    """A heading, which has a level, or a paragraph, which mostly has a number."""

    level = serializers.IntegerField(allow_null=True)
    number = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class ReportSerializer(serializers.Serializer[Any]):
    """A report as it is printed."""

    language = serializers.ChoiceField(list(TEXT_LANGUAGES))
    title = serializers.CharField()
    subtitles = serializers.ListField(child=serializers.CharField())
    blocks = BlockSerializer(many=True)


def take_options(request: Request) -> dict[str, Any]:
    """Return what is asked for, as `write_report` takes it. Raises `ValidationError`, naming each parameter."""
    refuse_unknown(request, FIELDS)
    asked = {field: request.query_params[name] for name, field in FIELDS.items() if name in request.query_params}
    # Without a period or a language it is what the page shows first.
    form = ReportForm({**ReportForm.read({}).data, **asked})
    if not form.is_valid():
        names = {field: name for name, field in FIELDS.items()}
        raise ValidationError(
            {
                names.get(field, field): [
                    ErrorDetail(error.messages[0], code=error.code or "invalid") for error in errors
                ]
                for field, errors in form.errors.as_data().items()
            }
        )
    return form.options


class StaffReport(StaffAccess):
    """The report as JSON."""

    pagination_class = None
    further_errors = (400,)

    @extend_schema(operation_id="staff_report", parameters=ASKED, responses=ReportSerializer)
    def get(self, request: Request) -> Response:
        """Tell what was asked and what answers it, the activities, who was consulted, and the views by theme."""
        draft = compose_report(**take_options(request))
        told = {
            "language": draft.language,
            "title": draft.title,
            "subtitles": [each.text for each in draft.subtitles],
            "blocks": [{"level": level, "number": number, "text": text} for level, number, text in draft.plain()],
        }
        return Response(ReportSerializer(told).data)


class StaffReportFile(StaffAccess):
    """The report as a Word file."""

    pagination_class = None
    further_errors = (400,)

    @extend_schema(
        operation_id="staff_report_file", parameters=ASKED, responses={(200, WORD_TYPE): OpenApiTypes.BINARY}
    )
    def get(self, request: Request) -> HttpResponse:
        """Send the same as the staff page does."""
        options = take_options(request)
        name = file_name(options["period"], options["language"], is_internal=options["is_internal"])
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(write_report(**options), content_type=WORD_TYPE, headers=headers)
