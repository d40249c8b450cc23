"""How a delegation comes to stand by its comments, and what its people say to each other; nobody else reads any of it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from consultations import services
from consultations.api import desk_clearance_serializers as shapes
from consultations.api import desk_serializers as desk
from consultations.api.access import DeskAccess, own_delegation
from consultations.api.desk_comments import DeskCommentViewSet
from consultations.clearance import list_notes
from consultations.delegation_history import find_history, read_history
from consultations.filters import NoteFilter
from consultations.models import Comment, DelegationNote, Submission
from declaration.errors import Refused

COMMENT = desk.DeskCommentDetailSerializer


class DeskClearanceViewSet(DeskCommentViewSet):
    """Where a comment stands on its way to being filed."""

    def _read_revision(self) -> int | None:
        asked = desk.ReadRevision(data=self.request.data or {})
        asked.is_valid(raise_exception=True)
        revision: int | None = asked.validated_data.get("revision")
        return revision

    @extend_schema(operation_id="desk_submissions_comments_ready", request=desk.ReadRevision, responses=COMMENT)
    def ready(self, request: Request, submission: int, number: int) -> Response:
        """Say that a comment is ready for the focal point to read."""
        comment = self.get_object()
        services.mark_ready(comment=comment, user=request.user, expected_revision=self._read_revision())
        return self.reply(comment)

    @extend_schema(operation_id="desk_submissions_comments_clear", request=desk.ReadRevision, responses=COMMENT)
    def clear(self, request: Request, submission: int, number: int) -> Response:
        """Clear a comment: the focal point has read it, and it can be filed."""
        comment = self.get_object()
        services.clear_comment(comment=comment, user=request.user, expected_revision=self._read_revision())
        return self.reply(comment)

    @extend_schema(operation_id="desk_submissions_comments_send_back", request=shapes.SendBackInput, responses=COMMENT)
    def send_back(self, request: Request, submission: int, number: int) -> Response:
        """Send a comment back to those who write, with the reason, which stays inside the delegation."""
        comment = self.get_object()
        asked = shapes.SendBackInput(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        services.send_back(
            comment=comment, user=request.user, reason=values["reason"], expected_revision=values.get("revision")
        )
        return self.reply(comment)


def own_submission(user: Any, pk: int) -> Submission:
    """Return a submission of one of the person's delegations. Raises `Http404` for any other."""
    own = Submission.objects.of_delegations_of(user).with_context()
    submission: Submission = get_object_or_404(own, pk=pk)
    return submission


class DeskNoteViewSet(DeskAccess, ListModelMixin, GenericViewSet[DelegationNote]):
    """What a delegation's people say to each other about a submission and its comments, the oldest first."""

    queryset = DelegationNote.objects.none()
    serializer_class = shapes.NoteSerializer
    filterset_class = NoteFilter

    def get_queryset(self) -> QuerySet[DelegationNote]:
        """Return the notes. Raises `Http404` for a submission of another delegation."""
        notes: QuerySet[DelegationNote] = list_notes(own_submission(self.request.user, self.kwargs["submission"]))
        return notes

    @extend_schema(request=shapes.NoteInput, responses={201: shapes.NoteSerializer})
    def create(self, request: Request, submission: int) -> Response:
        """Write a note; only the delegation's own people ever read it."""
        about = own_submission(request.user, submission)
        asked = shapes.NoteInput(data=request.data)
        asked.is_valid(raise_exception=True)
        comment = self._comment(about, asked.validated_data["comment"])
        note = services.write_note(
            submission=about, comment=comment, user=request.user, text=asked.validated_data["text"]
        )
        return Response(self.get_serializer(note).data, status=201)

    def _comment(self, submission: Submission, number: int | None) -> Comment | None:
        if number is None:
            return None
        comment: Comment | None = submission.comments.filter(number=number).first()
        if comment is None:
            raise Refused("comment_unknown", _("This submission has no such comment."), field="comment")
        return comment


class DeskHistory(DeskAccess, GenericViewSet[Any]):
    """Who of a delegation wrote what, and when."""

    queryset = Submission.objects.none()
    serializer_class = shapes.DelegationEventSerializer
    filter_backends = []

    @extend_schema(operation_id="desk_delegations_history", parameters=[shapes.HistoryParameters])
    def list(self, request: Request, key: str) -> Response:
        """List it, the newest first: of one submission, or of all that the delegation has written."""
        delegation = own_delegation(request, key)
        asked = shapes.HistoryParameters(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = find_history(delegation, submission=asked.validated_data.get("submission"))
        entries = read_history(self.paginate_queryset(rows) or [])
        return self.get_paginated_response(self.get_serializer(entries, many=True).data)
