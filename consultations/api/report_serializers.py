"""The report on the answers in a call as JSON."""

from typing import Any

from rest_framework import serializers

from consultations.api.answer_serializers import AnswerSerializer, ReplySerializer
from consultations.api.serializers import PartySerializer, StandingSerializer
from consultations.models import Comment, Disposition
from consultations.report import Became, Entry
from declaration.api.base import MomentField, OptionalChoiceField
from declaration.api.redlines import RedlineOperationSerializer
from declaration.api.references import ClauseReference, GroupReference


class BecameSerializer(serializers.Serializer[Became]):
    """What the text became: the clause, its words in `language`, and how they differ from those that were commented on."""

    clause = ClauseReference()
    language = serializers.CharField()
    text = serializers.CharField()
    redline = RedlineOperationSerializer(many=True)


class ReportAnswerSerializer(AnswerSerializer):
    """An answer in a report: its decision and reason; what came of it stands beside it."""

    class Meta(AnswerSerializer.Meta):
        model = Disposition
        fields = [name for name in AnswerSerializer.Meta.fields if name != "resulting_clause"]


class EntrySerializer(serializers.Serializer[Entry]):
    """A comment with what it proposes, the answer, what the text became, where it stands now, and the reply.

    `party` and `on_behalf_of` are null where the delegation did not agree to be named. `earlier_replies` are to answers that
    were taken back since.
    """

    comment = serializers.IntegerField(source="comment.pk")
    submission = serializers.IntegerField(source="comment.submission_id")
    number = serializers.IntegerField(source="comment.number")
    draft = serializers.IntegerField(source="comment.submission.call.draft.ordinal")
    party = PartySerializer(allow_null=True)
    on_behalf_of = GroupReference(source="group", allow_null=True)
    target = serializers.ChoiceField(Comment.Target.choices, source="comment.target")
    clause = ClauseReference(source="comment.clause", allow_null=True)
    category = serializers.ChoiceField(Comment.Category.choices, source="comment.category")
    position = OptionalChoiceField(Comment.Position.choices, source="comment.position")
    operation = serializers.ChoiceField(Comment.Operation.choices, source="comment.operation")
    proposed_text = serializers.CharField(source="comment.proposed_text")
    rationale = serializers.CharField(source="comment.rationale")
    language = serializers.CharField(source="comment.language")
    submitted_at = MomentField(source="comment.submission.submitted_at")
    redline = RedlineOperationSerializer(many=True)
    answer = ReportAnswerSerializer(allow_null=True)
    became = BecameSerializer(allow_null=True)
    standing = StandingSerializer(allow_null=True)
    reply = ReplySerializer(allow_null=True)
    earlier_replies = ReplySerializer(many=True)


class FiguresSerializer(serializers.Serializer[Any]):
    """How far the comments of a call are answered, whatever the filters; `unpublished` answers are counted for staff only."""

    comments = serializers.IntegerField()
    answered = serializers.IntegerField()
    decisions = serializers.DictField(child=serializers.IntegerField())
    unanswered = serializers.IntegerField()
    unpublished = serializers.IntegerField()
    replies = serializers.DictField(child=serializers.IntegerField())
    without_reply = serializers.IntegerField()
