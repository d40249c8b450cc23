"""How staff share the answering among them: who prepares what, who reviews it, and many answered alike."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consultations import services
from consultations.alike_reading import find_groups
from consultations.api import staff_serializers as staff
from consultations.api.access import StaffAccess
from consultations.api.staff_answers import change_answers, find_clause
from consultations.models import Alike, AlikeGroup, Call, Comment, User
from consultations.services.answers import MAX_AT_ONCE
from declaration.api.base import InputSerializer, RecordSerializer
from declaration.errors import Refused


class AlikeSerializer(RecordSerializer):
    """A comment in a group of like ones: `likeness` is to the first, 1 for the same words."""

    class Meta:
        model = Alike
        fields = ["comment", "likeness"]


class AlikeGroupSerializer(RecordSerializer):
    """Comments of a call that say the same or nearly so; each of them is answered."""

    members = AlikeSerializer(many=True)
    unanswered = serializers.IntegerField()

    class Meta:
        model = AlikeGroup
        fields = ["id", "kind", "found_at", "unanswered", "members"]


class AlikeGroups(serializers.Serializer[Any]):
    """The groups that were found in a call, the largest first."""

    groups = AlikeGroupSerializer(many=True)


class AssignmentInput(InputSerializer):
    """Which comments are given to whom, by e-mail address; to nobody where that is null."""

    ids = serializers.ListField(child=serializers.IntegerField(min_value=1), allow_empty=False, max_length=MAX_AT_ONCE)
    to = serializers.EmailField(allow_null=True)


class ReadComment(InputSerializer):
    """A comment, and the revision of its answer as it was read, 0 where there was none."""

    id = serializers.IntegerField(min_value=1)
    revision = serializers.IntegerField(min_value=0, default=0)


class AlikeAnswerInput(staff.AnswerContent):
    """One answer to several comments."""

    comments = ReadComment(many=True, allow_empty=False)


class AnsweredComments(serializers.Serializer[Any]):
    """The comments that were meant."""

    ids = serializers.ListField(child=serializers.IntegerField())


def find_comments(ids: set[int]) -> list[Comment]:
    """Return comments by their ids. Refused where staff can read one of them not, or not yet."""
    found = list(Comment.objects.filed_for_staff().filter(pk__in=ids))
    missing = sorted(ids - {comment.pk for comment in found})
    if missing:
        message = _("There is no comment with this id: %(id)d. Nothing was changed.") % {"id": missing[0]}
        raise Refused("comment_unknown", message, field="ids")
    return found


class AssignComments(StaffAccess):
    """Comments that are given to somebody to prepare their answers."""

    @extend_schema(operation_id="staff_comments_assign", request=AssignmentInput, responses=AnsweredComments)
    def post(self, request: Request) -> Response:
        """Give comments to one of the staff, or to nobody; all of them or none."""
        asked = AssignmentInput(data=request.data)
        asked.is_valid(raise_exception=True)
        address = asked.validated_data["to"]
        to = User.objects.filter(email__iexact=address, is_staff=True).first() if address else None
        if address and to is None:
            raise Refused("assignee_not_staff", _("Choose one of the mandate holder's staff."), field="to")
        comments = find_comments(set(asked.validated_data["ids"]))
        services.assign(comments=comments, to=to, user=request.user)
        return Response({"ids": sorted(comment.pk for comment in comments)})


class AnswerAlike(StaffAccess):
    """Comments that are given the same answer."""

    @extend_schema(operation_id="staff_comments_answer_alike", request=AlikeAnswerInput, responses=AnsweredComments)
    def post(self, request: Request) -> Response:
        """Give several comments one answer, all of them or none. Publishing is a step of its own."""
        asked = AlikeAnswerInput(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        revisions = {each["id"]: each["revision"] for each in values.pop("comments")}
        values["resulting_clause"] = find_clause(values["resulting_clause"])
        comments = find_comments(set(revisions))
        try:
            services.answer_alike(comments=comments, user=request.user, expected_revisions=revisions, **values)
        except Refused as refused:
            refusals: Any = refused.current.get("comments", {})
            refused.current = {"comments": {str(pk): {"code": why.code} for pk, why in refusals.items()}}
            raise
        return Response({"ids": sorted(revisions)})


class ReviewAnswers(StaffAccess):
    """Answers that are to be reviewed by a second person."""

    @extend_schema(
        operation_id="staff_dispositions_review", request=staff.ChosenAnswers, responses=staff.ChangedAnswers
    )
    def post(self, request: Request) -> Response:
        """Say, as somebody other than their author, that answers may be published; all of them or none."""
        return change_answers(request, services.review_dispositions)


class CallAlike(StaffAccess):
    """The groups of like comments in a call."""

    def reply(self, call: Call) -> Response:
        """Return the groups as they stand."""
        return Response(AlikeGroups({"groups": find_groups(call)}).data)

    @extend_schema(operation_id="staff_calls_alike_retrieve", responses=AlikeGroups)
    def get(self, request: Request, pk: int) -> Response:
        """Tell which comments were found to say the same or nearly so."""
        return self.reply(get_object_or_404(Call, pk=pk))

    @extend_schema(operation_id="staff_calls_alike_find", request=None, responses=AlikeGroups)
    def post(self, request: Request, pk: int) -> Response:
        """Find them anew. Of a sealed call there are none before its release."""
        call = get_object_or_404(Call, pk=pk)
        services.group_alike(call=call)
        return self.reply(call)
