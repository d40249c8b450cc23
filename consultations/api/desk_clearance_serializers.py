"""Clearance, notes, history and files inside a delegation, as JSON: what is read, and what is sent."""

from typing import Any, Final

from rest_framework import serializers

from consultations.api.desk_serializers import ReadRevision
from consultations.delegation_history import Entry
from consultations.desk import Difference
from consultations.models import DelegationNote
from declaration.api.base import InputSerializer, MomentField, RecordSerializer, TextInputField

HISTORY_KINDS: Final = ("submission", "comment", "note", "attachment")
HISTORY_ACTS: Final = ("insert", "update", "delete")


class SendBackInput(ReadRevision):
    """Why a comment is sent back, and the revision of it that the person has read."""

    reason = TextInputField()


class NoteSerializer(RecordSerializer):
    """What one of a delegation's people said to the others. `comment` is the number of the comment that it is on."""

    submission = serializers.IntegerField(source="submission_id")
    comment = serializers.IntegerField(source="comment_number", allow_null=True)
    author = serializers.CharField()

    class Meta:
        model = DelegationNote
        fields = ["id", "submission", "comment", "kind", "text", "author", "written_at"]


class NoteInput(InputSerializer):
    """A note, and the number of the comment that it is on; null for the whole submission."""

    text = TextInputField()
    comment = serializers.IntegerField(min_value=1, allow_null=True, default=None)


class AttachmentInput(InputSerializer):
    """A file, as a part of a form."""

    # What is wrong with an empty one is for the service to say.
    file = serializers.FileField(allow_empty_file=True)


class WrittenFieldSerializer(serializers.Serializer[Difference]):
    """A field as somebody wrote it: what it said before, and what since."""

    field = serializers.CharField(source="label")
    before = serializers.CharField(source="theirs")
    after = serializers.CharField(source="yours")


class DelegationEventSerializer(serializers.Serializer[Entry]):
    """One thing that one of a delegation's people did. `who` is null where nobody is known."""

    at = MomentField()
    who = serializers.SerializerMethodField()
    kind = serializers.ChoiceField(HISTORY_KINDS)
    act = serializers.ChoiceField(HISTORY_ACTS)
    what = serializers.CharField(help_text="In words, in the language of the request.")
    submission = serializers.IntegerField()
    comment = serializers.IntegerField(source="comment_number", allow_null=True)
    changes = WrittenFieldSerializer(many=True)
    text = serializers.CharField(help_text="The words of a note.")

    def get_who(self, entry: Entry) -> str | None:
        """Return the person's name."""
        return entry.who or None


class HistoryParameters(serializers.Serializer[Any]):
    """Of which submission the history is wanted; of all of them, unless said."""

    submission = serializers.IntegerField(min_value=1, required=False)
