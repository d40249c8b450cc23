"""The text of documents as JSON: their paragraphs, with notes and with the symbols they cite."""

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.viewsets import GenericViewSet

from declaration.api.base import PublicReading, RecordSerializer
from declaration.api.pagination import LongPages
from declaration.api.references import DocumentReference
from declaration.document_text import name_paragraph
from declaration.filters import ParagraphFilter
from declaration.languages import TEXT_LANGUAGES, active_text_language
from declaration.models import Citation, Document, Paragraph


class FootnoteSerializer(serializers.Serializer[Any]):
    """A footnote: what calls it, its text, and before which character of the heading or the text it is called."""

    label = serializers.CharField()  # type: ignore[assignment] # the field takes the place of the attribute
    text = serializers.CharField()
    position = serializers.IntegerField()
    is_in_heading = serializers.BooleanField()


class CitationSerializer(RecordSerializer):
    """A document or resolution that is cited; while that is in doubt, `symbol` is empty and `candidates` says what it could be."""

    class Meta:
        model = Citation
        fields = ["place", "position", "as_printed", "symbol", "candidates"]


class ParagraphSerializer(RecordSerializer):
    """A piece of a document's text in one language: a section, a paragraph, an item.

    `eid` says where it stands, alike in every language. `number` is that of the numbered paragraph which it is or stands in.
    """

    document = DocumentReference()
    citation = serializers.SerializerMethodField(help_text="How it is called, in the language of the request.")
    footnotes = serializers.SerializerMethodField()
    citations = CitationSerializer(many=True)

    class Meta:
        model = Paragraph
        fields = [
            "document",
            "language",
            "position",
            "eid",
            "kind",
            "label",
            "citation",
            "number",
            "depth",
            "heading",
            "text",
            "footnotes",
            "citations",
        ]

    def get_citation(self, paragraph: Paragraph) -> str:
        """Return how the paragraph is called."""
        return name_paragraph(paragraph.eid, active_text_language())

    @extend_schema_field(FootnoteSerializer(many=True))
    def get_footnotes(self, paragraph: Paragraph) -> list[dict[str, Any]]:
        """Return the footnotes in the order in which they are called."""
        return list(paragraph.footnotes)


class ParagraphViewSet(PublicReading, mixins.ListModelMixin, GenericViewSet[Any]):
    """The text of a document that has been brought in: its pieces in reading order, one language after another."""

    queryset = Paragraph.objects.none()
    serializer_class = ParagraphSerializer
    filterset_class = ParagraphFilter
    pagination_class = LongPages

    def get_queryset(self) -> QuerySet[Paragraph]:
        """Return the paragraphs. Raises `Http404` where there is no such document."""
        document = get_object_or_404(Document, slug=self.kwargs["slug"])
        order = Case(
            *(When(language=code, then=Value(place)) for place, code in enumerate(TEXT_LANGUAGES)),
            output_field=IntegerField(),
        )
        paragraphs = Paragraph.objects.filter(document=document).select_related("document")
        return paragraphs.prefetch_related("citations").order_by(order, "position")
