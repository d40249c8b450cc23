"""Who holds which position, as JSON."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.api.serializers import PartySerializer
from consultations.models import Comment
from consultations.position_map import HeldPosition, PositionFilter, PositionMap, PositionRow
from consultations.positions import Position, StateCount
from declaration.api.base import PublicReading
from declaration.api.fields import TranslatedSerializerField
from declaration.api.pagination import Pages
from declaration.api.references import ClauseReference, GroupReference
from declaration.models import Clause, Draft, Stakeholder, State

SOURCES = ["own", "co_sponsor", "group"]
"""Where a position comes from."""

FILTERS = [
    OpenApiParameter("group", str, description="Only States that are members of the group with this code now."),
    OpenApiParameter(
        "stakeholder_kind", str, enum=Stakeholder.Kind.values, description="Stakeholders of this kind, not States."
    ),
    OpenApiParameter("source", str, enum=["own", "group"], description="Only their own positions, or their groups'."),
]


class SourcedPositionSerializer(serializers.Serializer[Position]):
    """A position and where it comes from: the party's own filing, a filing that it co-sponsors, or its group's."""

    position = serializers.ChoiceField(Comment.Position.choices, source="code")
    source = serializers.ChoiceField(SOURCES)  # type: ignore[assignment]  # a field of that name
    group = GroupReference(allow_null=True)
    filed_by = PartySerializer(source="delegation")
    submission = serializers.IntegerField(source="submission_id")
    comment = serializers.IntegerField(source="comment_id")


class HeldPositionSerializer(serializers.Serializer[HeldPosition]):
    """What a State or a stakeholder holds. `of_group` is what its group holds, over which its own prevails."""

    kind = serializers.SerializerMethodField()
    key = serializers.SerializerMethodField()
    name = TranslatedSerializerField(source="party.name")
    held = SourcedPositionSerializer(source="position")
    of_group = SourcedPositionSerializer(source="position.of_group", allow_null=True)

    def get_kind(self, held: HeldPosition) -> str:
        """Return whether it is a State or a stakeholder."""
        return "state" if isinstance(held.party, State) else "stakeholder"

    def get_key(self, held: HeldPosition) -> str:
        """Return the State's code or the stakeholder's key."""
        return held.party.alpha3 if isinstance(held.party, State) else held.party.slug


class PositionCountSerializer(serializers.Serializer[StateCount]):
    """How many parties hold a position; none is counted twice."""

    position = serializers.ChoiceField(Comment.Position.choices, source="code")
    own = serializers.IntegerField()
    group = serializers.IntegerField()
    count = serializers.IntegerField()


class ClausePositionsSerializer(serializers.Serializer[PositionRow]):
    """Who holds what of a clause; of the whole text where `clause` is null. Of all others none is recorded."""

    clause = ClauseReference(allow_null=True)
    counts = PositionCountSerializer(many=True)
    none_recorded = serializers.IntegerField()
    parties = HeldPositionSerializer(source="held", many=True)


class PositionReading(PublicReading):
    """For views of positions on a published draft."""

    further_errors = (400,)

    def find_draft(self, ordinal: int) -> Draft:
        """Return the draft."""
        drafts: QuerySet[Draft] = Draft.objects.published().for_reading()
        return get_object_or_404(drafts, ordinal=ordinal)

    def take_filter(self, request: Request) -> PositionFilter:
        """Return how it is narrowed. Raises `ValidationError` for what is no choice."""
        asked = PositionFilter(request.query_params)
        if not asked.is_valid():
            raise ValidationError(
                {
                    name: [ErrorDetail(str(message), code="invalid_choice") for message in messages]
                    for name, messages in asked.errors.items()
                }
            )
        return asked


class DraftPositionList(PositionReading):
    """The clauses of a draft on which somebody holds a position."""

    pagination_class = Pages

    @extend_schema(
        operation_id="drafts_positions_list", parameters=FILTERS, responses=ClausePositionsSerializer(many=True)
    )
    def get(self, request: Request, ordinal: int) -> Response:
        """List them in reading order, with who holds what: each State once, its own position before its group's."""
        rows: Any = PositionMap(self.find_draft(ordinal), self.take_filter(request)).rows
        pages = Pages()
        page: Any = pages.paginate_queryset(rows, request, view=self)
        context = {"request": request}
        return pages.get_paginated_response(ClausePositionsSerializer(page, many=True, context=context).data)


class ClausePositionList(PositionReading):
    """The positions on a clause."""

    @extend_schema(
        operation_id="drafts_clauses_positions_retrieve", parameters=FILTERS, responses=ClausePositionsSerializer
    )
    def get(self, request: Request, ordinal: int, eid: str) -> Response:
        """Tell who holds what of the clause, and so who differs from whom."""
        draft = self.find_draft(ordinal)
        clause: Clause = get_object_or_404(Clause.objects.select_related("draft"), draft=draft, eid=eid)
        [row] = PositionMap(draft, self.take_filter(request), clause=clause).rows
        return Response(ClausePositionsSerializer(row, context={"request": request}).data)
