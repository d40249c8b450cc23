"""Comparisons as JSON: what changed, as operations from which both texts can be rebuilt to the letter."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from declaration.api.redlines import RedlineOperationSerializer
from declaration.api.references import ClauseReference, DraftReference
from declaration.comparing import ClauseHistory, ComparedClause, Comparison, HistoryEntry, Kind


class WordCountSerializer(serializers.Serializer[Any]):
    """How many words (in Chinese: characters) stayed, were inserted and were deleted."""

    equal = serializers.IntegerField()
    inserted = serializers.IntegerField()
    deleted = serializers.IntegerField()


class ComparedClauseSerializer(serializers.Serializer[ComparedClause]):
    """A clause beside those it comes from.

    What is equal or inserted makes the new words, what is equal or deleted the old ones. The old words of several clauses that
    became one are joined by a space, in Chinese by nothing; those of a clause that became several are those of all its parts, in their order.
    """

    kind = serializers.ChoiceField(Kind.choices)
    clause = ClauseReference(source="now", allow_null=True, help_text="Null where the clause was dropped.")
    before = ClauseReference(many=True, help_text="The clauses of the older draft; none where the clause was added.")
    other_parts = ClauseReference(source="siblings", many=True)
    is_moved = serializers.BooleanField()
    is_renumbered = serializers.BooleanField()
    is_text_changed = serializers.BooleanField()
    heading = RedlineOperationSerializer(many=True)
    text = RedlineOperationSerializer(many=True)
    words = WordCountSerializer()


class KindCountsSerializer(serializers.Serializer[Any]):
    """How many clauses there are of each kind."""

    def get_fields(self) -> dict[str, Any]:
        """Return a number for every kind."""
        return {kind: serializers.IntegerField() for kind in Kind.values}


class ComparisonSerializer(serializers.Serializer[Comparison]):
    """Two drafts compared in one language: all clauses of both in reading order, dropped ones where they stood."""

    newer = DraftReference()
    older = DraftReference()
    language = serializers.CharField()
    counts = KindCountsSerializer()
    words = WordCountSerializer()
    clauses = serializers.SerializerMethodField()

    @extend_schema_field(ComparedClauseSerializer(many=True))
    def get_clauses(self, comparison: Comparison) -> list[dict[str, Any]]:
        """Return all clauses, or those of which anything differs."""
        shown = comparison.changes if self.context.get("only_changes") else comparison.clauses
        serializer: Any = ComparedClauseSerializer(many=True, context=self.context)
        return list(serializer.to_representation(shown))


class HistoryEntrySerializer(serializers.Serializer[HistoryEntry]):
    """What a clause was, is or became in one draft; no clauses where nothing of it is left."""

    draft = DraftReference()
    clauses = ComparedClauseSerializer(source="compared", many=True)


class ClauseHistorySerializer(serializers.Serializer[ClauseHistory]):
    """A clause through all drafts that lead to its own or on from it, oldest first."""

    clause = ClauseReference()
    language = serializers.CharField()
    entries = HistoryEntrySerializer(many=True)
