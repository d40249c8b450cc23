"""The comments of a delegation's submission, while they are written and after."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from consultations import services
from consultations.api import desk_serializers as desk
from consultations.api.access import DeskAccess, telling_what_stands
from consultations.api.standings import FindsStandings
from consultations.arrival import arrival_of
from consultations.filters import DeskCommentFilter
from consultations.models import Comment, Submission
from declaration.errors import Refused
from declaration.models import Clause


class DeskCommentViewSet(FindsStandings, DeskAccess, ListModelMixin, RetrieveModelMixin, GenericViewSet[Comment]):
    """The comments of one submission of the person's delegations, by number."""

    queryset = Comment.objects.none()
    filterset_class = DeskCommentFilter
    further_parameters = ("revision",)
    lookup_field = "number"

    def get_serializer_class(self) -> Any:
        """Return the short form for the list; a comment by itself has its redline."""
        return desk.DeskCommentSerializer if self.action == "list" else desk.DeskCommentDetailSerializer

    def get_queryset(self) -> QuerySet[Comment]:
        """Return the submission's comments. Raises `Http404` for a submission of another delegation."""
        return self.submission().comments.with_context().select_related("updated_by").order_by("number")

    def submission(self) -> Submission:
        """Return the submission in the address, if it is one of her delegations'."""
        own = Submission.objects.of_delegations_of(self.request.user).select_related("call__draft")
        submission: Submission = get_object_or_404(own, pk=self.kwargs["submission"])
        return submission

    def clause(self, submission: Submission, eid: str | None) -> Clause | None:
        """Return the clause of the call's draft with this identifier. Refused where the draft has none."""
        if eid is None:
            return None
        clause: Clause | None = submission.call.draft.clauses.filter(eid=eid).first()
        if clause is None:
            raise Refused("clause_unknown", _("The draft of this call has no such clause."), field="clause")
        return clause

    def reply(self, comment: Comment, *, status: int = 200) -> Response:
        """Return the comment as it stands now."""
        return Response(self.get_serializer(self.get_queryset().get(pk=comment.pk)).data, status=status)

    def what_stands(self) -> Mapping[str, object]:
        """Return the comment in the address as it stands now; nothing where a colleague has deleted it."""
        comment = self.get_queryset().filter(number=self.kwargs["number"]).first()
        return self.get_serializer(comment).data if comment else {}

    @extend_schema(request=desk.CommentInput, responses={201: desk.DeskCommentDetailSerializer})
    def create(self, request: Request, submission: int) -> Response:
        """Write a comment in a submission that is being written."""
        written_in = self.submission()
        asked = desk.CommentInput(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        values["clause"] = self.clause(written_in, values["clause"])
        comment = services.add_comment(
            submission=written_in,
            user=request.user,
            at=arrival_of(request),
            **values | {"position": values["position"] or ""},
        )
        return self.reply(comment, status=201)

    @extend_schema(request=desk.CommentChange, responses=desk.DeskCommentDetailSerializer)
    def update(self, request: Request, submission: int, number: int) -> Response:
        """Replace what a comment says. Refused with what stands now, where a colleague saved it first."""
        comment = self.get_object()
        asked = desk.CommentChange(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        values["clause"] = self.clause(comment.submission, values["clause"])
        values["position"] = values["position"] or ""
        values.setdefault("language", comment.language)
        revision = values.pop("revision")
        with telling_what_stands(self.what_stands):
            services.edit_comment(
                comment=comment, user=request.user, expected_revision=revision, at=arrival_of(request), **values
            )
        return self.reply(comment)

    @extend_schema(parameters=[desk.RevisionParameter], responses={204: None})
    def destroy(self, request: Request, submission: int, number: int) -> Response:
        """Take a comment out of a submission that is being written."""
        comment = self.get_object()
        asked = desk.RevisionParameter(data=request.query_params)
        asked.is_valid(raise_exception=True)
        with telling_what_stands(self.what_stands):
            services.delete_comment(
                comment=comment,
                user=request.user,
                expected_revision=asked.validated_data["revision"],
                at=arrival_of(request),
            )
        return Response(status=204)
