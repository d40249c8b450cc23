"""The report on the answers in a call: for everyone, and for staff."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.api.access import StaffAccess
from consultations.api.report_serializers import EntrySerializer, FiguresSerializer
from consultations.models import Call, Comment
from consultations.report import arrange, count_report, find_comments, read_entries
from consultations.report_filters import ReportFilter, StaffReportFilter
from declaration.api.base import PublicReading


class ReportPage(serializers.Serializer[Any]):
    """A page of the report, with the figures of the whole."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = EntrySerializer(many=True)
    figures = FiguresSerializer()


class Report(GenericAPIView[Comment]):
    """The comments in a call in the order that is asked for, each with its answer, and how far they are answered."""

    queryset = Comment.objects.none()
    serializer_class: Any = EntrySerializer
    for_staff = False

    @cached_property
    def comments(self) -> QuerySet[Comment]:
        """The comments of the call in the address. Raises `Http404` where there is no such call."""
        calls = Call.objects.all() if self.for_staff else Call.objects.announced()
        return find_comments(get_object_or_404(calls, pk=self.kwargs["pk"]), for_staff=self.for_staff)

    def get_queryset(self) -> QuerySet[Comment]:
        """Return them as the report arranges them."""
        asked = self.request.query_params.get("by", "")
        return arrange(self.comments, by=asked, for_staff=self.for_staff)

    def answer(self, request: Request) -> Response:
        """Return a page of entries with the figures of the whole."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        entries = list(read_entries(page or [], for_staff=self.for_staff))
        response: Response = self.get_paginated_response(self.get_serializer(entries, many=True).data)
        figures = count_report(self.comments, for_staff=self.for_staff)
        response.data["figures"] = FiguresSerializer(figures).data
        return response


class CallReportView(PublicReading, Report):
    """The public report on the answers in a call."""

    filterset_class = ReportFilter

    @extend_schema(operation_id="calls_report", responses=ReportPage)
    def get(self, request: Request, pk: int) -> Response:
        """Tell what was answered to each public comment, what the text became, and what was replied."""
        return self.answer(request)


class StaffCallReportView(StaffAccess, Report):
    """The report for staff: who wrote what, and answers before they are published."""

    filterset_class = StaffReportFilter
    for_staff = True

    @extend_schema(operation_id="staff_calls_report", responses=ReportPage)
    def get(self, request: Request, pk: int) -> Response:
        """Tell what was answered to each comment that stands, published or not."""
        return self.answer(request)
