"""Consultations, views, questionnaires and answers as JSON. Who said something is told only to those who may know."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consultations.api.serializers import PARTY_KINDS, narrowed_list
from consultations.models import Answer, Consultation, ConsultationNote, PartyCategory, Question, Questionnaire, View
from consultations.rules import can_see_speaker
from declaration.api.base import RecordSerializer
from declaration.api.fields import TranslatedSerializerField
from declaration.api.references import (
    ClauseReference,
    DocumentReference,
    ElementReference,
    GroupReference,
    MandateReference,
    SourcedSerializer,
    StakeholderReference,
    StateReference,
)
from declaration.api.serializers import address
from declaration.models import Group, MandateHolder, Phase, Stakeholder, State


class SpeakerSerializer(serializers.Serializer[Any]):
    """Who said it: exactly one State, stakeholder or group, under its natural key."""

    kind = serializers.ChoiceField(PARTY_KINDS)
    key = serializers.CharField()
    name = TranslatedSerializerField()

    def to_representation(self, party: State | Stakeholder | Group) -> dict[str, Any]:
        """Return kind, key and name of a party."""
        kind = str(party._meta.model_name)
        key = {"state": "alpha3", "stakeholder": "slug", "group": "code"}[kind]
        return super().to_representation({"kind": kind, "key": getattr(party, key), "name": party.name})


def categories() -> Any:
    """Return the field for whole categories of those who take part."""
    return serializers.ListField(child=serializers.ChoiceField(PartyCategory.choices))


class ConsultationReference(RecordSerializer):
    """A consultation."""

    class Meta:
        model = Consultation
        fields = ["slug", "format", "status", "name", "when"]


class QuestionnaireReference(RecordSerializer):
    """A questionnaire."""

    class Meta:
        model = Questionnaire
        fields = ["slug", "name"]


class PhaseReference(RecordSerializer):
    """A phase of a mandate's work plan."""

    mandate = MandateReference()

    class Meta:
        model = Phase
        fields = ["mandate", "ordinal", "name", "status"]


class PublicNoteSerializer(RecordSerializer):
    """A note on a consultation that staff made public."""

    class Meta:
        model = ConsultationNote
        fields = ["text", "language"]


class ConsultationSerializer(SourcedSerializer):
    """A meeting or an exchange in which parties were or are to be heard; the views have an address of their own."""

    url = address("api-consultation-detail", "slug")
    host_state = StateReference(allow_null=True)
    states = StateReference(many=True)
    groups = GroupReference(many=True)
    stakeholders = StakeholderReference(many=True)
    categories = categories()
    documents = DocumentReference(many=True)
    phases = PhaseReference(many=True)
    questionnaire = QuestionnaireReference(allow_null=True, default=None)
    notes = PublicNoteSerializer(many=True, help_text="The notes that staff made public.")
    views_url = serializers.SerializerMethodField()

    class Meta:
        model = Consultation
        fields = [
            "url",
            "slug",
            "format",
            "status",
            "name",
            "when",
            "when_printed",
            "place",
            "host_state",
            "states",
            "groups",
            "stakeholders",
            "categories",
            "participant_count",
            "attribution",
            "summary",
            "follow_up",
            "documents",
            "phases",
            "questionnaire",
            "notes",
            "views_url",
            "source",
        ]

    def get_views_url(self, consultation: Consultation) -> str:
        """Return the address of what was said there."""
        return narrowed_list("api-view-list", self.context.get("request"), consultation=consultation.slug)


class SaidSerializer(SourcedSerializer):
    """What was said: `party` is null where it is nobody's by name, or where the reader may not know whose it is."""

    party = serializers.SerializerMethodField()
    elements = ElementReference(many=True)

    def may_know(self, said: View | Answer) -> bool:
        """Whether this reader may know who said it."""
        request = self.context.get("request")
        return can_see_speaker(getattr(request, "user", None), said)

    @extend_schema_field(SpeakerSerializer(allow_null=True))
    def get_party(self, said: View | Answer) -> dict[str, Any] | None:
        """Return who said it."""
        party = said.party
        return SpeakerSerializer().to_representation(party) if party and self.may_know(said) else None


class ViewSerializer(SaidSerializer):
    """A view expressed in a consultation, with the elements and the clauses of published drafts that it bears on."""

    consultation = ConsultationReference()
    on_behalf_of = serializers.SerializerMethodField()
    clauses = ClauseReference(many=True)

    class Meta:
        model = View
        fields = [
            "id",
            "consultation",
            "summary",
            "attribution",
            "confidentiality",
            "party",
            "on_behalf_of",
            "elements",
            "clauses",
            "source",
        ]

    @extend_schema_field(GroupReference(allow_null=True))
    def get_on_behalf_of(self, view: View) -> dict[str, Any] | None:
        """Return the group that the State spoke for, to those who may know that it did."""
        group = view.on_behalf_of
        return dict(GroupReference(group).data) if group and self.may_know(view) else None


class QuestionSerializer(RecordSerializer):
    """A question under its letter or number, with the elements it led to."""

    elements = ElementReference(many=True)

    class Meta:
        model = Question
        fields = ["label", "position", "text", "elements"]


class HolderReference(RecordSerializer):
    """A person appointed to a mandate."""

    mandate = MandateReference()

    class Meta:
        model = MandateHolder
        fields = ["mandate", "ordinal", "name"]


class QuestionnaireSerializer(SourcedSerializer):
    """Questions put in writing; the answers have an address of their own."""

    url = address("api-questionnaire-detail", "slug")
    sent_by = HolderReference(allow_null=True)
    recipients = categories()
    consultation = serializers.SerializerMethodField()
    replies = DocumentReference(allow_null=True)
    questions = QuestionSerializer(many=True)
    answers_url = serializers.SerializerMethodField()

    class Meta:
        model = Questionnaire
        fields = [
            "url",
            "slug",
            "name",
            "sent_on",
            "sent_by",
            "recipients",
            "consultation",
            "replies",
            "questions",
            "answers_url",
            "source",
        ]

    @extend_schema_field(ConsultationReference(allow_null=True))
    def get_consultation(self, questionnaire: Questionnaire) -> dict[str, Any] | None:
        """Return the consultation it belongs to, once that is public."""
        consultation = questionnaire.consultation
        return dict(ConsultationReference(consultation).data) if consultation and consultation.is_public else None

    def get_answers_url(self, questionnaire: Questionnaire) -> str:
        """Return the address of what was answered."""
        return narrowed_list("api-answer-list", self.context.get("request"), questionnaire=questionnaire.slug)


class QuestionReference(RecordSerializer):
    """A question of a questionnaire."""

    questionnaire = QuestionnaireReference()

    class Meta:
        model = Question
        fields = ["questionnaire", "label"]


class QuestionAnswerSerializer(SaidSerializer):
    """What one party answered to one question."""

    question = QuestionReference()

    class Meta:
        model = Answer
        fields = ["id", "question", "summary", "confidentiality", "party", "elements", "source"]
