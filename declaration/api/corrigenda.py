"""A draft's corrigenda as JSON, for everyone to read."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from declaration.api.base import MomentField, PublicReading
from declaration.api.fields import PartialDateSerializerField, TranslatedSerializerField
from declaration.api.redlines import RedlineOperationSerializer
from declaration.api.references import ClauseReference, DocumentReference
from declaration.corrigenda import Correction, corrigenda_of, read_corrections
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import Corrigendum, Draft


class CorrigendumSerializer(serializers.Serializer[Correction]):
    """A corrigendum with its clause, and what it changes in heading and text as they read before it."""

    clause = ClauseReference(source="corrigendum.clause")
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES, source="corrigendum.language")
    number = serializers.IntegerField(source="corrigendum.number")
    heading = serializers.CharField(source="corrigendum.heading")
    text = serializers.CharField(source="corrigendum.text")
    heading_redline = RedlineOperationSerializer(source="heading_operations", many=True)
    text_redline = RedlineOperationSerializer(source="text_operations", many=True)
    is_newest = serializers.BooleanField(help_text="Whether it holds: none corrects the same again.")
    reason = TranslatedSerializerField(source="corrigendum.reason")
    document = DocumentReference(source="corrigendum.document", allow_null=True)
    issued_on = PartialDateSerializerField(source="corrigendum.issued_on")
    recorded_at = MomentField(source="corrigendum.recorded_at")


class CorrigendumList(PublicReading, GenericAPIView[Any]):
    """The corrigenda of a published draft, in the order of its text."""

    queryset = Corrigendum.objects.none()
    serializer_class = CorrigendumSerializer

    def get_queryset(self) -> QuerySet[Corrigendum]:
        """Return them. Raises `Http404` for a draft that is not published."""
        draft = get_object_or_404(Draft.objects.published(), ordinal=self.kwargs["ordinal"])
        return corrigenda_of(draft).select_related("clause__draft")

    @extend_schema(operation_id="drafts_corrigenda_list", responses=CorrigendumSerializer(many=True))
    def get(self, request: Request, ordinal: int) -> Response:
        """List them, each with what it changes."""
        page: Any = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(read_corrections(page), many=True).data)
