"""What clauses come from and what came of them, as the API tells it."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from declaration.api.base import RecordSerializer
from declaration.api.references import ClauseReference
from declaration.models import Clause, Descent, Draft


class OriginSerializer(RecordSerializer):
    """A clause of an earlier draft that a clause comes from, and how."""

    clause = ClauseReference(source="ancestor")

    class Meta:
        model = Descent
        fields = ["clause", "kind"]


class DescendantSerializer(RecordSerializer):
    """A clause of a later draft that comes from a clause, and how."""

    clause = ClauseReference(source="descendant")

    class Meta:
        model = Descent
        fields = ["clause", "kind"]


def with_lineage(clauses: QuerySet[Clause], readable: QuerySet[Draft]) -> QuerySet[Clause]:
    """Return clauses with what they come from and what came of them, in drafts that the reader may read. Two questions."""
    descents = Descent.objects.select_related("ancestor__draft", "descendant__draft")
    origins = descents.filter(ancestor__draft__in=readable).order_by("ancestor__draft__ordinal", "ancestor__position")
    onward = descents.filter(descendant__draft__in=readable).order_by(
        "descendant__draft__ordinal", "descendant__position"
    )
    return clauses.prefetch_related(Prefetch("origins", origins), Prefetch("descents", onward))


class ProposedOriginSerializer(OriginSerializer):
    """The same with how sure it is: from 0 to 1 as it was proposed, 1 where a person said so."""

    class Meta(OriginSerializer.Meta):
        fields = [*OriginSerializer.Meta.fields, "confidence"]


class ClauseOriginSerializer(serializers.Serializer[Any]):
    """A clause of a draft in preparation with what it comes from. Send `revision` back to confirm or change it."""

    clause = ClauseReference()
    revision = serializers.IntegerField(source="clause.revision")
    is_confirmed = serializers.BooleanField(source="clause.is_origin_confirmed")
    certainty = serializers.CharField(
        source="certainty.value", help_text="confirmed, certain, likely, uncertain; new where nothing was found."
    )
    origins = ProposedOriginSerializer(many=True)
