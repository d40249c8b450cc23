"""What staff read and send while a consultation is written up. Things are named by their keys, or by their names in any language."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

from consultations import typed_names
from consultations.api.record_serializers import ConsultationSerializer, ViewSerializer
from consultations.api.staff_editing_serializers import REVISION_HELP
from consultations.models import Confidentiality, Consultation, ConsultationNote, View
from consultations.services.hearing_views import MAX_LINKED, MAX_VIEWS
from consultations.services.hearings import MAX_RELATED
from declaration.api.base import InputSerializer, MomentField, RecordSerializer, TextInputField
from declaration.api.fields import PartialDateSerializerField, TranslatedSerializerField
from declaration.api.serializers import address
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES


class NameField(serializers.CharField):
    """The key or the name of something in the record."""

    def __init__(self, *, read: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(max_length=300, allow_null=True, **kwargs)
        self.read = read

    def run_validation(self, data: Any = empty) -> Any:
        """Return the thing. Raises `ValidationError` where nothing is of the name, or more than one."""
        value = super().run_validation(data)
        return None if value is None else _read(self.read, value)


class NamesField(serializers.ListField):
    """Keys or names of things in the record."""

    child = serializers.CharField(max_length=300)

    def __init__(self, *, read: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def run_validation(self, data: Any = empty) -> Any:
        """Return the things. Raises `ValidationError` for the first that is not to be had."""
        return _read(self.read, super().run_validation(data))


def _read(read: Callable[[Any], Any], value: Any) -> Any:
    try:
        return read(value)
    except Refused as refused:
        raise serializers.ValidationError(str(refused.message), code=refused.code) from refused


class StaffNoteSerializer(RecordSerializer):
    """A note of one of the staff on a consultation."""

    author = serializers.CharField(source="author.name", default="")
    created_at = MomentField()
    revision = serializers.IntegerField()

    class Meta:
        model = ConsultationNote
        fields = ["id", "text", "language", "confidentiality", "author", "created_at", "revision"]


class StaffViewSerializer(ViewSerializer):
    """A view in its place."""

    class Meta(ViewSerializer.Meta):
        fields = [
            "id",
            "position",
            *(name for name in ViewSerializer.Meta.fields if name not in {"id", "consultation"}),
        ]


class StaffConsultationSerializer(ConsultationSerializer):
    """A consultation with its views and notes, public or not. Send `revision` back with a change of it or of a view."""

    url = address("api-staff-consultation-detail", "slug")
    notes = StaffNoteSerializer(many=True)  # type: ignore[assignment] # staff read more of each
    views = StaffViewSerializer(many=True)
    revision = serializers.IntegerField()

    class Meta(ConsultationSerializer.Meta):
        fields = [
            *(n for n in ConsultationSerializer.Meta.fields if n != "views_url"),
            "views",
            "is_public",
            "revision",
        ]


class ConsultationChange(InputSerializer):
    """What a consultation is to say; what is left out stays as it is."""

    revision = serializers.IntegerField(min_value=1, help_text=REVISION_HELP)
    name = TranslatedSerializerField(required=False)
    format = serializers.ChoiceField(Consultation.Format.choices, required=False)
    status = serializers.ChoiceField(Consultation.Status.choices, required=False)
    when = PartialDateSerializerField(required=False)
    when_printed = serializers.CharField(max_length=200, allow_blank=True, required=False)
    place = TranslatedSerializerField(required=False)
    host_state = NameField(read=typed_names.read_states, required=False, help_text="BRA.")
    participants = NamesField(
        read=typed_names.read_parties,
        max_length=MAX_RELATED,
        required=False,
        help_text="Codes of States, groups and stakeholders, and whole categories: BRA, africa, governments.",
    )
    participant_count = serializers.IntegerField(min_value=1, max_value=100_000, allow_null=True, required=False)
    attribution = serializers.ChoiceField(Consultation.Attribution.choices, required=False)
    summary = TranslatedSerializerField(required=False)
    follow_up = TranslatedSerializerField(required=False)
    documents = NamesField(
        read=typed_names.read_documents, max_length=MAX_RELATED, required=False, help_text="Symbols."
    )


class ConsultationInput(ConsultationChange):
    """A new consultation."""

    revision = None  # type: ignore[assignment] # a new one has none
    entry_key = serializers.UUIDField(
        required=False,
        help_text="A number of your own making. Sent again with the same one, since no answer came, it makes no second consultation.",
    )
    name = TranslatedSerializerField(required_languages=("en",))
    format = serializers.ChoiceField(Consultation.Format.choices)


class ReadRevisionInput(InputSerializer):
    """The revision of the consultation that was read."""

    revision = serializers.IntegerField(min_value=1, required=False, help_text=REVISION_HELP)


class ViewChange(ReadRevisionInput):
    """What a view is to say; what is left out stays as it is. `revision` is that of its consultation."""

    summary = TranslatedSerializerField(required=False)
    party = NameField(read=typed_names.read_party, required=False, help_text="BRA; null for a view of several.")
    attribution = serializers.ChoiceField(View.Attribution.choices, required=False)
    on_behalf_of = NameField(read=typed_names.read_group, required=False)
    confidentiality = serializers.ChoiceField(Confidentiality.choices, required=False)
    bears_on = NamesField(
        read=typed_names.read_targets, max_length=MAX_LINKED, required=False, help_text="26a, 1/art_9__para_1."
    )


class ViewInput(ViewChange):
    """A new view, the last of its consultation."""

    summary = TranslatedSerializerField(required_languages=("en",))


class ViewsOrder(ReadRevisionInput):
    """All views of a consultation by their `id`, in the order wanted."""

    views = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=MAX_VIEWS)


class ConsultationNoteInput(InputSerializer):
    """A new note; for staff alone unless said otherwise."""

    text = TextInputField()
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)
    confidentiality = serializers.ChoiceField(Confidentiality.choices, default=Confidentiality.INTERNAL)


class ConsultationNoteChange(InputSerializer):
    """One's own note, saved again; what is left out stays as it is."""

    revision = serializers.IntegerField(min_value=1, help_text="The revision of the note that was read.")
    text = TextInputField(required=False)
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES, required=False)
    confidentiality = serializers.ChoiceField(Confidentiality.choices, required=False)
