"""What staff look up as they type, as JSON."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.api.access import StaffAccess
from consultations.lookups import FINDERS, MAX_TYPED, suggest
from declaration.errors import Refused


class ChoiceSerializer(serializers.Serializer[Any]):
    """Something that can be chosen."""

    kind = serializers.CharField(help_text=f"One of {', '.join(FINDERS)}.")
    key = serializers.CharField(help_text="BRA, africa, A/HRC/RES/21/10, 26a, 1/art_9__para_1.")
    name = serializers.CharField(help_text="In the language of the request.")
    detail = serializers.CharField(allow_blank=True, help_text="What tells it from others of the name.")
    typed = serializers.CharField(help_text="As it stands in a field: the name, and the key in square brackets.")


class ChoicesSerializer(serializers.Serializer[Any]):
    """The likeliest choices, the best first."""

    results = ChoiceSerializer(many=True)


class StaffLookup(StaffAccess):
    """States, groups, stakeholders, categories, documents, elements and clauses by what was typed so far."""

    pagination_class = None

    @extend_schema(
        operation_id="staff_lookups",
        parameters=[
            OpenApiParameter("kind", OpenApiTypes.STR, description=f"One or more, with commas: {', '.join(FINDERS)}."),
            OpenApiParameter("q", OpenApiTypes.STR, description="What was typed so far, in any of the six languages."),
        ],
        responses=ChoicesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return ten choices at most, none where nothing was typed."""
        kinds = [each for each in request.query_params.get("kind", "").split(",") if each] or list(FINDERS)
        unknown = [each for each in kinds if each not in FINDERS]
        if unknown:
            message = _("There is no such kind. The kinds are: %(kinds)s.") % {"kinds": ", ".join(FINDERS)}
            raise Refused("kind_unknown", message, field="kind")
        found = suggest(kinds, request.query_params.get("q", "")[:MAX_TYPED])
        return Response(ChoicesSerializer({"results": found}).data)
