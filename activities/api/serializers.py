"""What the mandate did, as JSON; and what was asked, together with what was done about it."""

from django.utils import timezone
from rest_framework import serializers

from activities.models import Activity, Deliverable, Outcome
from activities.rules import is_overdue
from consultations.api.record_serializers import ConsultationReference, ConsultationSerializer, PhaseReference
from declaration.api.base import RecordSerializer
from declaration.api.references import (
    DocumentReference,
    DraftReference,
    ElementReference,
    RequestReference,
    ResolutionReference,
    SourcedSerializer,
    StateReference,
)
from declaration.api.serializers import RequestSerializer, ResolutionSerializer, address


class ActivityReference(RecordSerializer):
    """An activity."""

    class Meta:
        model = Activity
        fields = ["slug", "kind", "name", "when"]


class ActivitySerializer(SourcedSerializer):
    """Something done under the mandate, with its date as exactly as it is known and the requests it answers."""

    url = address("api-activity-detail", "slug")
    host_state = StateReference(allow_null=True)
    documents = DocumentReference(many=True)
    requests = RequestReference(many=True)
    part_of = ActivityReference(allow_null=True)
    parts = ActivityReference(many=True)
    consultations = ConsultationReference(many=True, help_text="The public consultations that were held in it.")
    phases = PhaseReference(many=True)

    class Meta:
        model = Activity
        fields = [
            "url",
            "slug",
            "kind",
            "name",
            "when",
            "when_printed",
            "place",
            "host_state",
            "organizer",
            "role",
            "summary",
            "documents",
            "requests",
            "part_of",
            "parts",
            "consultations",
            "phases",
            "source",
        ]


class HeldConsultationSerializer(ConsultationSerializer):
    """A consultation with the activities that it was held in."""

    activities = ActivityReference(many=True)

    class Meta(ConsultationSerializer.Meta):
        fields = [*ConsultationSerializer.Meta.fields, "activities"]


class OutcomeReference(RecordSerializer):
    """What a summit or a conference came to."""

    class Meta:
        model = Outcome
        fields = ["slug", "kind", "name", "when"]


class OutcomeSerializer(SourcedSerializer):
    """What a summit, a ministerial meeting or a conference came to, and what in the record looks to it."""

    url = address("api-outcome-detail", "slug")
    host_state = StateReference(allow_null=True)
    documents = DocumentReference(many=True)
    requests = RequestReference(many=True)
    elements = ElementReference(many=True)

    class Meta:
        model = Outcome
        fields = [
            "url",
            "slug",
            "kind",
            "name",
            "when",
            "when_printed",
            "place",
            "host_state",
            "summary",
            "documents",
            "requests",
            "elements",
            "source",
        ]


class DeliverableReference(RecordSerializer):
    """Something that is due under the mandate."""

    class Meta:
        model = Deliverable
        fields = ["slug", "name", "status", "due"]


class DeliverableSerializer(SourcedSerializer):
    """Something that is due under the mandate: when, at whose request, how far it is, and what came of it."""

    url = address("api-deliverable-detail", "slug")
    is_overdue = serializers.SerializerMethodField(help_text="Whether it should have been delivered by yesterday.")
    requests = RequestReference(many=True)
    after = DeliverableReference(allow_null=True)
    followed_by = DeliverableReference(many=True)
    documents = DocumentReference(many=True)
    drafts = DraftReference(many=True)

    class Meta:
        model = Deliverable
        fields = [
            "url",
            "slug",
            "name",
            "due",
            "due_printed",
            "status",
            "is_overdue",
            "delivered_on",
            "requests",
            "after",
            "followed_by",
            "documents",
            "drafts",
            "source",
        ]

    def get_is_overdue(self, deliverable: Deliverable) -> bool:
        """Whether it is overdue today."""
        return is_overdue(deliverable, on=timezone.localdate())


class AnsweredRequestSerializer(RequestSerializer):
    """One thing that a resolution asks of somebody, and what came of it."""

    activities = ActivityReference(many=True)
    outcomes = OutcomeReference(many=True)
    deliverables = DeliverableReference(many=True)

    class Meta(RequestSerializer.Meta):
        fields = [*RequestSerializer.Meta.fields, "activities", "outcomes", "deliverables"]


class AnsweredResolutionSerializer(ResolutionSerializer):
    """A resolution or decision with what it asks for, and the activities that answer."""

    requests = AnsweredRequestSerializer(many=True)


class ListedRequestSerializer(AnsweredRequestSerializer):
    """A request by itself, with the resolution that makes it."""

    url = serializers.HyperlinkedIdentityField(view_name="api-request-detail", lookup_field="pk", lookup_url_kwarg="id")
    resolution = ResolutionReference()

    class Meta(AnsweredRequestSerializer.Meta):
        fields = ["url", "resolution", *AnsweredRequestSerializer.Meta.fields]
