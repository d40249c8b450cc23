"""The published answer to a delegation's comment, and its reply."""

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from consultations import services
from consultations.api.access import DeskAccess, telling_what_stands
from consultations.api.answer_serializers import RepliedAnswerSerializer
from consultations.models import Comment, Disposition, Reply, Submission
from declaration.api.base import InputSerializer, MomentField, TextInputField
from declaration.languages import TEXT_LANGUAGE_CHOICES


class OwnAnswerSerializer(RepliedAnswerSerializer):
    """A published answer to a delegation's own comment, with the replies to it. Send `revision` back with a reply."""

    class Meta(RepliedAnswerSerializer.Meta):
        fields = [*RepliedAnswerSerializer.Meta.fields, "revision"]


class ReplyInput(InputSerializer):
    """What a delegation says to an answer: `revision` is the answer's, and `replaces` the `replied_at` of the reply that was read."""

    verdict = serializers.ChoiceField(Reply.Verdict.choices)
    reason = TextInputField(default="", help_text="Needed where the comment is maintained.")
    language = serializers.ChoiceField(
        TEXT_LANGUAGE_CHOICES, required=False, help_text="The comment's language unless said."
    )
    revision = serializers.IntegerField(min_value=1)
    replaces = MomentField(allow_null=True, default=None)


class DeskReplyView(DeskAccess):
    """The answer to a comment of one of the person's delegations, and the reply to it."""

    def find_answer(self) -> Disposition:
        """Return the published answer. Raises `NotFound` where there is none, or the comment is another delegation's."""
        own = Submission.objects.of_delegations_of(self.request.user)
        place = {"submission": self.kwargs["submission"], "number": self.kwargs["number"]}
        comment = get_object_or_404(Comment.objects.filter(submission__in=own).with_context(), **place)
        if comment.answer is None:
            raise NotFound(_("This comment has no published answer."))
        return comment.answer

    def what_stands(self) -> Mapping[str, Any]:
        """Return the answer with its replies as they stand now."""
        return OwnAnswerSerializer(self.find_answer(), context={"request": self.request}).data

    @extend_schema(operation_id="desk_submissions_comments_reply_retrieve", responses=OwnAnswerSerializer)
    def get(self, request: Request, submission: int, number: int) -> Response:
        """Read the published answer with the replies to it."""
        return Response(self.what_stands())

    @extend_schema(
        operation_id="desk_submissions_comments_reply_update", request=ReplyInput, responses=OwnAnswerSerializer
    )
    def put(self, request: Request, submission: int, number: int) -> Response:
        """Say whether the answer satisfies the delegation, or whether it maintains its comment. It is published at once."""
        answer = self.find_answer()
        asked = ReplyInput(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        revision = values.pop("revision")
        with telling_what_stands(self.what_stands):
            services.reply(disposition=answer, user=request.user, expected_revision=revision, **values)
        return Response(self.what_stands())
