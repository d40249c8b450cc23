"""The published answer to a comment, and what the delegation says to it, as JSON."""

from consultations.models import Disposition, Reply
from declaration.api.base import RecordSerializer
from declaration.api.references import ClauseReference


class ReplySerializer(RecordSerializer):
    """What a delegation says to an answer. `to_revision` is the answer's revision that it replies to."""

    class Meta:
        model = Reply
        fields = ["verdict", "reason", "language", "replied_at", "to_revision"]


class AnswerSerializer(RecordSerializer):
    """The published answer to a comment."""

    resulting_clause = ClauseReference(source="published_clause", allow_null=True)

    class Meta:
        model = Disposition
        fields = ["id", "decision", "reason", "language", "resulting_clause", "published_at"]


class RepliedAnswerSerializer(AnswerSerializer):
    """A published answer with the reply to it. `earlier_replies` are to answers that were taken back since."""

    reply = ReplySerializer(allow_null=True)
    earlier_replies = ReplySerializer(many=True)

    class Meta(AnswerSerializer.Meta):
        fields = [*AnswerSerializer.Meta.fields, "reply", "earlier_replies"]
