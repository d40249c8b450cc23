"""What staff read and send while a text is brought in."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from declaration.api.base import InputSerializer, RecordSerializer, TextInputField
from declaration.api.references import DocumentReference, DraftReference
from declaration.api.serializers import address
from declaration.import_preview import ImportPreview, PreviewText
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import ImportedText, TextImport
from declaration.text.corrections import MAX_CORRECTIONS
from declaration.text.sources.limits import MAX_TEXT_LENGTH

MAX_AT_ONCE = 200
"""So many corrections are sent at once."""


class ImportSerializer(RecordSerializer):
    """A text that is, or was, brought in: into a draft in preparation, or as the text of a document."""

    url = address("api-staff-import-detail", "pk")
    draft = DraftReference(allow_null=True)
    document = DocumentReference(allow_null=True)
    languages = serializers.SerializerMethodField()

    class Meta:
        model = TextImport
        fields = ["url", "id", "status", "revision", "draft", "document", "languages", "created_at", "updated_at"]

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)))
    def get_languages(self, text_import: TextImport) -> list[str]:
        """Return the languages of its texts, in order."""
        return [text.language for text in text_import.texts.all()]


class MismatchSerializer(serializers.Serializer[Any]):
    """A way in which a language does not match the first; `first` and `second` are places among the clauses of both."""

    code = serializers.CharField()
    first = serializers.IntegerField(allow_null=True)
    second = serializers.IntegerField(allow_null=True)
    message = serializers.CharField()


class ObstacleSerializer(serializers.Serializer[Any]):
    """What stands between an import and its being brought in."""

    code = serializers.CharField()
    message = serializers.CharField()


class ImportedTextSerializer(serializers.Serializer[Any]):
    """One language of an import as it stands after corrections.

    `preview` is what `import_text --preview --json` prints. `eids` are the identifiers under which its clauses will be stored,
    null for a clause without a counterpart in the first language.
    """

    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)
    file_name = serializers.CharField(source="text.file_name")
    sha256 = serializers.CharField(source="text.sha256")
    corrections = serializers.ListField(source="text.corrections", child=serializers.DictField())
    preview = serializers.DictField(source="parsed")
    eids = serializers.SerializerMethodField()
    mismatches = MismatchSerializer(many=True)

    @extend_schema_field(serializers.ListField(child=serializers.CharField(allow_null=True)))
    def get_eids(self, text: PreviewText) -> list[str | None]:
        """Return the identifier of each clause, in order."""
        return [text.eids.get(place) for place in range(len(text.nodes))]


class ImportDetailSerializer(ImportSerializer):
    """An import with its preview; `obstacles` is empty where it can be brought in."""

    texts = serializers.SerializerMethodField()
    obstacles = serializers.SerializerMethodField()

    class Meta(ImportSerializer.Meta):
        fields = [*ImportSerializer.Meta.fields, "texts", "obstacles"]

    @extend_schema_field(ImportedTextSerializer(many=True))
    def get_texts(self, text_import: TextImport) -> list[dict[str, Any]]:
        """Return its texts as they stand."""
        return list(ImportedTextSerializer(self._preview.texts, many=True).data) if self._preview else []

    @extend_schema_field(ObstacleSerializer(many=True))
    def get_obstacles(self, text_import: TextImport) -> list[dict[str, Any]]:
        """Return what stands in the way of bringing it in."""
        return list(ObstacleSerializer(self._preview.obstacles, many=True).data) if self._preview else []

    @property
    def _preview(self) -> ImportPreview | None:
        preview: ImportPreview | None = self.context.get("preview")
        return preview


class TextInput(InputSerializer):
    """A file, or a text as it is typed, with its language; without one, that is told from the text."""

    file = serializers.FileField(required=False, allow_empty_file=True, help_text="A Word file (.docx) or plain text.")
    text = TextInputField(required=False, max_length=MAX_TEXT_LENGTH)
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES, required=False)


class ImportInput(TextInput):
    """Where a text goes, a draft in preparation or a document, and the first text if it is at hand."""

    draft = serializers.IntegerField(min_value=0, max_value=32767, required=False, help_text="The draft's number.")
    document = serializers.CharField(max_length=80, required=False, help_text="The document's key: A-68-176.")


class ImportRevision(InputSerializer):
    """The revision of the import that was read."""

    revision = serializers.IntegerField(min_value=1)


class LanguageOfImport(ImportRevision):
    """One text of an import."""

    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)


class CorrectionsInput(LanguageOfImport):
    """Corrections of one text, made in their order, all of them or none.

    Each has an `op`: relabel, rekind, split, join, indent, outdent, leave_out, take_in, choose_symbol or align, with what it
    needs; `node` is the place of a clause among those of the text, counted from 0.
    """

    corrections = serializers.ListField(
        child=serializers.DictField(), allow_empty=False, max_length=min(MAX_AT_ONCE, MAX_CORRECTIONS)
    )


TEXTS = ImportedText.objects.only("text_import", "language", "position").order_by("position")
"""The texts of imports, without what was read of them."""
