"""Standing behind another's submission by name: a delegation asks, and the one that is asked reads the text and answers."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from consultations.api.access import DeskAccess
from consultations.api.attachment_serializers import AttachmentSerializer
from consultations.api.desk_clearance import own_submission
from consultations.api.serializers import COMMENT_FIELDS, CallReference, PartySerializer
from consultations.arrival import arrival_of
from consultations.desk import comments_in_text_order
from consultations.models import Comment, CoSponsor, Submission
from consultations.proposals import redline_proposal
from consultations.services import sponsors
from declaration.api.base import InputSerializer, RecordSerializer
from declaration.api.redlines import RedlineOperationSerializer
from declaration.api.references import ClauseReference, GroupReference


class CoSponsorSerializer(RecordSerializer):
    """A delegation that was asked to stand behind a submission, and what it said."""

    delegation = PartySerializer()

    class Meta:
        model = CoSponsor
        fields = ["id", "delegation", "status", "asked_at", "answered_at"]


class CoSponsorInput(InputSerializer):
    """Which delegation is asked."""

    delegation = serializers.CharField(max_length=120, help_text="The key of the delegation's party: XAA.")


class OfferedSubmissionSerializer(RecordSerializer):
    """Another delegation's text as it is offered: cleared or filed, so that it no longer changes."""

    call = CallReference()
    draft = serializers.IntegerField(source="call.draft.ordinal")
    delegation = PartySerializer()
    on_behalf_of = GroupReference(allow_null=True)
    attachments = AttachmentSerializer(many=True)

    class Meta:
        model = Submission
        fields = ["id", "call", "draft", "delegation", "on_behalf_of", "status", "language", "general_comment"]
        fields += ["attachments", "submitted_at"]


class CoSponsorshipSerializer(CoSponsorSerializer):
    """What one of the person's delegations is asked to stand behind, and what it said."""

    submission = OfferedSubmissionSerializer()

    class Meta(CoSponsorSerializer.Meta):
        fields = [*CoSponsorSerializer.Meta.fields, "submission"]


class OfferedCommentSerializer(RecordSerializer):
    """A comment of a text that is offered, with its redline; who of the other delegation wrote it is not told."""

    clause = ClauseReference(allow_null=True)
    redline = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = ["id", "number", *COMMENT_FIELDS, "redline"]

    @extend_schema_field(RedlineOperationSerializer(many=True))
    def get_redline(self, comment: Comment) -> list[dict[str, str]]:
        """Return the operations that make the proposal of the clause's words."""
        wordings = comment.clause.wordings.all() if comment.clause else []
        return [operation._asdict() for operation in redline_proposal(comment, wordings)]


class DeskCoSponsorViewSet(DeskAccess, ListModelMixin, GenericViewSet[CoSponsor]):
    """Who was asked to stand behind a submission of one of the person's delegations."""

    queryset = CoSponsor.objects.none()
    serializer_class = CoSponsorSerializer
    filter_backends = []

    def get_queryset(self) -> QuerySet[CoSponsor]:
        """Return the rows. Raises `Http404` for a submission of another delegation."""
        submission = own_submission(self.request.user, self.kwargs["submission"])
        return CoSponsor.objects.filter(submission=submission).with_party().order_by("id")

    @extend_schema(request=CoSponsorInput, responses={201: CoSponsorSerializer})
    def create(self, request: Request, submission: int) -> Response:
        """Ask a delegation to stand behind the submission; it reads the text from now on, and joins or declines."""
        asked = CoSponsorInput(data=request.data)
        asked.is_valid(raise_exception=True)
        row = sponsors.ask_by_key(
            submission=own_submission(request.user, submission),
            key=asked.validated_data["delegation"],
            user=request.user,
            at=arrival_of(request),
        )
        return Response(self.get_serializer(row).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, submission: int, pk: int) -> Response:
        """Take back what was asked, while the submission has not been filed."""
        row = get_object_or_404(self.get_queryset().select_related("submission"), pk=pk)
        sponsors.take_back(co_sponsor=row, user=request.user, at=arrival_of(request))
        return Response(status=204)


class CoSponsorshipViewSet(DeskAccess, ReadOnlyModelViewSet[CoSponsor]):
    """What the person's delegations are asked to stand behind or stand behind, the newest first."""

    queryset = CoSponsor.objects.none()
    serializer_class = CoSponsorshipSerializer
    filter_backends = []
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[CoSponsor]:
        """Return what they may read."""
        rows = CoSponsor.objects.offered_to(self.request.user).with_submission()
        return rows.prefetch_related("submission__attachments").order_by("-id")

    @extend_schema(operation_id="desk_co_sponsorships_join", request=None, responses=CoSponsorshipSerializer)
    def join(self, request: Request, pk: int) -> Response:
        """Stand behind the submission by name."""
        return self._answer(sponsors.join)

    @extend_schema(operation_id="desk_co_sponsorships_decline", request=None, responses=CoSponsorshipSerializer)
    def decline(self, request: Request, pk: int) -> Response:
        """Say that the delegation does not stand behind it."""
        return self._answer(sponsors.decline)

    @extend_schema(operation_id="desk_co_sponsorships_leave", request=None, responses=CoSponsorshipSerializer)
    def leave(self, request: Request, pk: int) -> Response:
        """Stand behind it no longer; possible until the call closes."""
        return self._answer(sponsors.leave)

    def _answer(self, service: Any) -> Response:
        service(co_sponsor=self.get_object(), user=self.request.user, at=arrival_of(self.request))
        return Response(self.get_serializer(self.get_object()).data)


class OfferedCommentList(DeskAccess, ListAPIView[Comment]):
    """The comments of a text that one of the person's delegations is asked to stand behind, in the order of the draft."""

    queryset = Comment.objects.none()
    serializer_class = OfferedCommentSerializer
    filter_backends = []
    further_errors = (404,)

    def get_queryset(self) -> QuerySet[Comment]:
        """Return the comments. Raises `Http404` for what is not offered."""
        offered = CoSponsor.objects.offered_to(self.request.user).select_related("submission")
        row = get_object_or_404(offered, pk=self.kwargs["pk"])
        return comments_in_text_order(row.submission).select_related("clause__draft")

    @extend_schema(operation_id="desk_co_sponsorships_comments_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them."""
        return super().get(request, *args, **kwargs)
