"""What the mandate did, as JSON; and what was asked, together with what was done about it."""

from rest_framework import serializers

from activities.models import Activity
from declaration.api.base import RecordSerializer
from declaration.api.references import (
    DocumentReference,
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
            "source",
        ]


class AnsweredRequestSerializer(RequestSerializer):
    """One thing that a resolution asks of somebody, and the activities that answer it."""

    activities = ActivityReference(many=True)

    class Meta(RequestSerializer.Meta):
        fields = [*RequestSerializer.Meta.fields, "activities"]


class AnsweredResolutionSerializer(ResolutionSerializer):
    """A resolution or decision with what it asks for, and the activities that answer."""

    requests = AnsweredRequestSerializer(many=True)


class ListedRequestSerializer(AnsweredRequestSerializer):
    """A request by itself, with the resolution that makes it."""

    url = serializers.HyperlinkedIdentityField(view_name="api-request-detail", lookup_field="pk", lookup_url_kwarg="id")
    resolution = ResolutionReference()

    class Meta(AnsweredRequestSerializer.Meta):
        fields = ["url", "resolution", *AnsweredRequestSerializer.Meta.fields]
