"""All filings of a delegation in a call as JSON, with what changed from one to the next."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.api.access import DeskAccess, StaffAccess, own_delegation
from consultations.models import Call, Delegation, Submission
from consultations.versions import Kind, Versions, own_versions, staff_versions
from declaration.api.base import MomentField
from declaration.api.redlines import RedlineOperationSerializer
from declaration.api.references import ClauseReference


class FieldChangeSerializer(serializers.Serializer[Any]):
    """A field that says something else than in the filing before, as people read it; with a redline where it is a text."""

    field = serializers.CharField(source="label", help_text="What the field is called, in the language of the request.")
    before = serializers.CharField(source="theirs")
    after = serializers.CharField(source="yours")
    redline = RedlineOperationSerializer(many=True)


class CommentChangeSerializer(serializers.Serializer[Any]):
    """A comment that was added, dropped or changed; a dropped one has the number that it had."""

    kind = serializers.ChoiceField(Kind.choices)
    number = serializers.IntegerField()
    clause = ClauseReference(source="comment.clause", allow_null=True)
    name = serializers.CharField(help_text="What it is on, in words.")
    changes = FieldChangeSerializer(source="differences", many=True)


class ChangeCountsSerializer(serializers.Serializer[Any]):
    """How many comments differ from the filing before."""

    added = serializers.IntegerField()
    dropped = serializers.IntegerField()
    changed = serializers.IntegerField()


class VersionSerializer(serializers.Serializer[Any]):
    """One filing, what happened to it, and how it differs from the one before, which is null for the first."""

    submission = serializers.IntegerField(source="filing.pk")
    number = serializers.IntegerField(help_text="Counted from the delegation's first filing in the call.")
    status = serializers.ChoiceField(Submission.Status.choices, source="filing.status")
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field of that name
        Submission.Source.choices, source="filing.source"
    )
    received_on = serializers.DateField(source="filing.received_on", allow_null=True)
    is_late = serializers.BooleanField(source="filing.is_late")
    submitted_at = MomentField(source="filing.submitted_at")
    superseded_at = MomentField(allow_null=True)
    withdrawn_at = MomentField(source="withdrawal.withdrawn_at", allow_null=True, default=None, read_only=True)
    withdrawal_reason = serializers.CharField(source="withdrawal.reason", default="", read_only=True)
    before = serializers.IntegerField(source="before.pk", allow_null=True, default=None, read_only=True)
    changes = FieldChangeSerializer(source="described", many=True, help_text="In what it says of itself.")
    counts = ChangeCountsSerializer()
    comments = CommentChangeSerializer(source="changes", many=True, help_text="At most 100 of them.")
    comments_left_off = serializers.IntegerField(source="left_off", help_text="How many more there are.")
    files_added = serializers.ListField(child=serializers.CharField())
    files_dropped = serializers.ListField(child=serializers.CharField())


class VersionList(GenericAPIView[Any]):
    """Filings of one delegation in one call, the newest first."""

    queryset = Submission.objects.none()
    serializer_class = VersionSerializer
    filter_backends = []
    further_errors = (404,)

    def reply(self, versions: Versions) -> Response:
        """Return a page of them."""
        page: Any = self.paginate_queryset(versions)  # cut into pages as a list is
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class DeskVersions(DeskAccess, VersionList):
    """What a delegation filed in a call, for its own people."""

    @extend_schema(operation_id="desk_delegations_versions", responses=VersionSerializer(many=True))
    def get(self, request: Request, key: str, call: int) -> Response:
        """List it with what changed from one filing to the next."""
        delegation = own_delegation(request, key)
        return self.reply(own_versions(delegation, get_object_or_404(Call.objects.announced(), pk=call)))


class StaffVersions(StaffAccess, VersionList):
    """What a delegation filed in a call, as staff may read it: nothing while it is sealed."""

    @extend_schema(operation_id="staff_calls_versions", responses=VersionSerializer(many=True))
    def get(self, request: Request, pk: int, delegation: int) -> Response:
        """List it with what changed from one filing to the next."""
        call = get_object_or_404(Call.objects.announced(), pk=pk)
        return self.reply(staff_versions(get_object_or_404(Delegation.objects.with_party(), pk=delegation), call))
