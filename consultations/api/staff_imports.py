"""Staff's part of the API: bringing texts in, by the same steps as on the pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.viewsets import ReadOnlyModelViewSet

from consultations.api import staff_import_serializers as shapes
from consultations.api.access import StaffAccess
from consultations.api.staff_editing import read_input
from consultations.forms.imports import read_upload
from declaration.errors import Refused
from declaration.filters import ImportFilter
from declaration.models import Document, Draft, ImportedText, TextImport
from declaration.services import imports

IMPORT = shapes.ImportDetailSerializer


class StaffImportViewSet(StaffAccess, ReadOnlyModelViewSet[TextImport]):
    """Texts that are brought in, the newest first: read, looked at, corrected, and stored as a whole or not at all."""

    queryset = (
        TextImport.objects.select_related("draft", "document")
        .prefetch_related(Prefetch("texts", queryset=shapes.TEXTS))
        .order_by("-created_at", "-pk")
    )
    serializer_class = shapes.ImportSerializer
    filterset_class = ImportFilter
    parser_classes: Sequence[Any] = [*api_settings.DEFAULT_PARSER_CLASSES, MultiPartParser]
    lookup_value_converter = "int"

    def reply(self, text_import: TextImport, *, status: int = 200) -> Response:
        """Return the import as it stands now, with its preview while it is open."""
        found = self.get_queryset().get(pk=text_import.pk)
        is_open = found.status == TextImport.Status.OPEN
        context = {**self.get_serializer_context(), "preview": imports.read_import(found) if is_open else None}
        return Response(IMPORT(found, context=context).data, status=status)

    @extend_schema(responses=IMPORT)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read an import with its preview: what came of each text after corrections."""
        return self.reply(self.get_object())

    @extend_schema(
        request={"multipart/form-data": shapes.ImportInput, "application/json": shapes.ImportInput},
        responses={201: IMPORT},
    )
    def create(self, request: Request) -> Response:
        """Begin to bring a text in; a file or a text that is sent along becomes its first language."""
        values = read_input(shapes.ImportInput, request.data)
        with transaction.atomic():
            text_import = imports.begin_import(**find_target(values))
            if "file" in values or "text" in values:
                add_text(text_import, values)
        return self.reply(text_import, status=201)

    @extend_schema(
        operation_id="staff_imports_add_text",
        request={"multipart/form-data": shapes.TextInput, "application/json": shapes.TextInput},
        responses=IMPORT,
    )
    @action(detail=True, methods=["post"])
    def texts(self, request: Request, pk: int) -> Response:
        """Add a text in a further language; it is set beside the first."""
        text_import = self.get_object()
        add_text(text_import, read_input(shapes.TextInput, request.data))
        return self.reply(text_import)

    @extend_schema(operation_id="staff_imports_remove_text", request=shapes.LanguageOfImport, responses=IMPORT)
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: int) -> Response:
        """Take a text out again."""
        text_import = self.get_object()
        values = read_input(shapes.LanguageOfImport, request.data)
        imports.remove_text(text=text_of(text_import, values), expected_revision=values["revision"])
        return self.reply(text_import)

    @extend_schema(operation_id="staff_imports_correct", request=shapes.CorrectionsInput, responses=IMPORT)
    @action(detail=True, methods=["post"])
    def corrections(self, request: Request, pk: int) -> Response:
        """Correct a text by hand, all that is sent or nothing."""
        text_import = self.get_object()
        values = read_input(shapes.CorrectionsInput, request.data)
        text = text_of(text_import, values)
        with transaction.atomic():
            for number, correction in enumerate(values["corrections"]):
                revision = values["revision"] + number
                imports.correct_text(text=text, correction=correction, expected_revision=revision)
        return self.reply(text_import)

    @extend_schema(operation_id="staff_imports_undo", request=shapes.LanguageOfImport, responses=IMPORT)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Take the last correction of a text back."""
        text_import = self.get_object()
        values = read_input(shapes.LanguageOfImport, request.data)
        imports.undo_correction(text=text_of(text_import, values), expected_revision=values["revision"])
        return self.reply(text_import)

    @extend_schema(operation_id="staff_imports_commit", request=shapes.ImportRevision, responses=IMPORT)
    @action(detail=True, methods=["post"])
    def commit(self, request: Request, pk: int) -> Response:
        """Bring the text in, wholly or not at all."""
        text_import = self.get_object()
        values = read_input(shapes.ImportRevision, request.data)
        imports.commit_import(text_import=text_import, expected_revision=values["revision"])
        return self.reply(text_import)

    @extend_schema(operation_id="staff_imports_discard", request=None, responses=IMPORT)
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: int) -> Response:
        """Give the import up; nothing of it was stored anywhere else."""
        text_import = self.get_object()
        imports.discard_import(text_import=text_import)
        return self.reply(text_import)


def find_target(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the draft and the document that were named. Refused for keys that nothing has."""
    found: dict[str, Any] = {}
    if "draft" in values:
        found["draft"] = Draft.objects.filter(ordinal=values["draft"]).first()
        if found["draft"] is None:
            raise Refused("draft_unknown", _("There is no draft with this number."), field="draft")
    if "document" in values:
        found["document"] = Document.objects.filter(slug=values["document"]).first()
        if found["document"] is None:
            raise Refused("document_unknown", _("There is no document with this key."), field="document")
    return found


def add_text(text_import: TextImport, values: Mapping[str, Any]) -> None:
    """Read the file or the text that was sent. Refused where there is none, or both."""
    if ("file" in values) == ("text" in values):
        raise Refused("text_missing", _("Send either a file or a text."), field="file")
    language = values.get("language", "")
    if "file" in values:
        given = read_upload(values["file"], field="file", language=language)
        data, name = given.data, given.file_name
    else:
        data, name = values["text"].encode(errors="surrogatepass"), ""
    imports.add_text(text_import=text_import, data=data, file_name=name, language=language)


def text_of(text_import: TextImport, values: Mapping[str, Any]) -> ImportedText:
    """Return the text of an import in a language. Raises `Http404` where it has none."""
    text: ImportedText = get_object_or_404(ImportedText, text_import=text_import, language=values["language"])
    return text
