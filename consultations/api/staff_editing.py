"""Staff's part of the API: writing drafts, clause by clause, and correcting published ones."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from consultations.api import staff_editing_serializers as inputs
from consultations.api.access import StaffAccess, telling_what_stands
from consultations.api.desk_serializers import RevisionParameter
from declaration.api.corrigenda import CorrigendumSerializer
from declaration.api.views import ClauseReading
from declaration.corrigenda import corrigenda_of, read_corrections
from declaration.errors import Refused
from declaration.filters import DraftFilter
from declaration.models import Clause, Declaration, Document, Draft, Element, LegalBasis
from declaration.services import create_draft, editing, publish_draft, withdraw_draft
from declaration.services.corrigenda import describe_standing, issue_corrigendum
from declaration.services.editing import ClauseValues
from declaration.services.texts import NewWording

CLAUSE = inputs.StaffClauseSerializer
DRAFT = inputs.StaffDraftSerializer


def read_input(serializer: Any, data: Any) -> dict[str, Any]:
    """Return what came in, as the services take it. Raises `ValidationError`."""
    asked = serializer(data=data)
    asked.is_valid(raise_exception=True)
    values: dict[str, Any] = asked.validated_data
    return values


class StaffDraftViewSet(StaffAccess, ReadOnlyModelViewSet[Draft]):
    """All drafts, also those in preparation, newest first."""

    queryset = Draft.objects.for_reading().annotate(revision=Count("events")).order_by("-ordinal")
    serializer_class = DRAFT
    filterset_class = DraftFilter
    lookup_field = "ordinal"
    lookup_value_converter = "int"

    def reply(self, draft: Draft, *, status: int = 200) -> Response:
        """Return the draft as it stands now."""
        return Response(self.get_serializer(self.get_queryset().get(pk=draft.pk)).data, status=status)

    @extend_schema(request=inputs.DraftInput, responses={201: DRAFT})
    @transaction.atomic
    def create(self, request: Request) -> Response:
        """Begin a draft in preparation; its text comes in by an import, or clause by clause."""
        values = resolve_draft(read_input(inputs.DraftInput, request.data))
        title = values.pop("title", None)
        if values.get("declaration") is None:
            if not title:
                message = _("Choose the declaration, or write the title of a new one.")
                raise Refused("declaration_missing", message, field="declaration")
            values["declaration"] = editing.begin_declaration(title=title)
        return self.reply(create_draft(**values), status=201)

    @extend_schema(request=inputs.DraftChange, responses=DRAFT)
    def partial_update(self, request: Request, ordinal: int) -> Response:
        """Change what a draft in preparation says of itself; what is left out stays as it is."""
        draft = self.get_object()
        values = resolve_draft(read_input(inputs.DraftChange, request.data))
        names = ("name", "stage", "languages", "document", "supersedes", "note", "is_illustrative")
        stands = {name: getattr(draft, name) for name in names}
        revision = values.pop("revision")
        return self.reply(editing.change_draft(draft=draft, expected_revision=revision, **stands | values))

    @extend_schema(operation_id="staff_drafts_publish", request=None, responses=DRAFT)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, ordinal: int) -> Response:
        """Publish a draft: from now on its clauses and wordings never change."""
        return self.reply(publish_draft(draft=self.get_object()))

    @extend_schema(operation_id="staff_drafts_withdraw", request=None, responses=DRAFT)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, ordinal: int) -> Response:
        """Withdraw a published draft: it stays readable, and no call opens on it any more."""
        return self.reply(withdraw_draft(draft=self.get_object()))


class StaffClauseViewSet(StaffAccess, ClauseReading, ReadOnlyModelViewSet[Any]):
    """The clauses of a draft in reading order, also of a draft in preparation, which they are written in."""

    serializer_class = CLAUSE
    further_parameters = ("revision",)
    lookup_value_converter = "eid"

    def readable_drafts(self) -> QuerySet[Draft]:
        """Return all drafts."""
        return Draft.objects.all()

    def reply(self, clause: Clause, *, status: int = 200) -> Response:
        """Return the clause as it stands now."""
        return Response(self.get_serializer(self.get_queryset().get(pk=clause.pk)).data, status=status)

    def what_stands(self) -> Mapping[str, object]:
        """Return the clause in the address as it stands now; nothing where a colleague removed it."""
        clause = self.get_queryset().filter(eid=self.kwargs["eid"]).first()
        return self.get_serializer(clause).data if clause else {}

    def beside(self, eid: str | None) -> Clause | None:
        """Return the clause that another one is put beside. Refused where the draft has none of this identifier."""
        if eid is None:
            return None
        clause: Clause | None = self.draft.clauses.filter(eid=eid).first()
        if clause is None:
            raise Refused("clause_unknown", _("This draft has no such clause."), field="beside")
        return clause

    @extend_schema(request=inputs.ClauseInput, responses={201: CLAUSE})
    def create(self, request: Request, ordinal: int) -> Response:
        """Add a clause to a draft in preparation."""
        values = read_input(inputs.ClauseInput, request.data)
        values["beside"] = self.beside(values["beside"])
        values["wordings"] = {code: NewWording(**words) for code, words in values["wordings"].items()}
        return self.reply(editing.insert_clause(draft=self.draft, **values), status=201)

    @extend_schema(request=inputs.ClauseChange, responses=CLAUSE)
    def partial_update(self, request: Request, ordinal: int, eid: str) -> Response:
        """Change a clause and its words, all that is sent or nothing. Its identifier follows its number."""
        clause = self.get_object()
        values = read_input(inputs.ClauseChange, request.data)
        revision, words = values.pop("revision"), values.pop("wordings")
        with telling_what_stands(self.what_stands), transaction.atomic():
            revisions = {code: each.pop("revision") for code, each in words.items()}
            if words:
                wordings = {code: NewWording(**each) for code, each in words.items()}
                editing.reword_clause(clause=clause, wordings=wordings, expected_revisions=revisions)
            if values:
                said = ClauseValues(**resolve_links(values))
                clause = editing.edit_clause(clause=clause, values=said, expected_revision=revision)
        return self.reply(clause)

    @extend_schema(parameters=[RevisionParameter], responses={204: None})
    def destroy(self, request: Request, ordinal: int, eid: str) -> Response:
        """Remove a clause with all that stands below it from a draft in preparation."""
        clause = self.get_object()
        revision = read_input(RevisionParameter, request.query_params)["revision"]
        with telling_what_stands(self.what_stands):
            editing.remove_clause(clause=clause, expected_revision=revision)
        return Response(status=204)

    @extend_schema(operation_id="staff_drafts_clauses_move", request=inputs.ClauseMove, responses=CLAUSE)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, ordinal: int, eid: str) -> Response:
        """Move a clause with all that stands below it."""
        clause = self.get_object()
        values = read_input(inputs.ClauseMove, request.data)
        values["expected_revision"], values["beside"] = values.pop("revision"), self.beside(values["beside"])
        with telling_what_stands(self.what_stands):
            return self.reply(editing.move_clause(clause=clause, **values))

    @extend_schema(operation_id="staff_drafts_clauses_split", request=inputs.ClauseSplit, responses=CLAUSE(many=True))
    @action(detail=True, methods=["post"], pagination_class=None, filterset_class=None)
    def split(self, request: Request, ordinal: int, eid: str) -> Response:
        """Make two clauses of one; the answer is both, in reading order."""
        clause = self.get_object()
        values = read_input(inputs.ClauseSplit, request.data)
        values["expected_revision"] = values.pop("revision")
        values["expected_revisions"] = values.pop("wording_revisions")
        with telling_what_stands(self.what_stands):
            parts = editing.split_clause(clause=clause, **values)
        both = self.get_queryset().filter(pk__in=[each.pk for each in parts])
        return Response(self.get_serializer(both, many=True).data)

    @extend_schema(operation_id="staff_drafts_clauses_merge", request=inputs.ClauseMerge, responses=CLAUSE)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, ordinal: int, eid: str) -> Response:
        """Make one clause of a clause and the one behind it."""
        clause = self.get_object()
        values = read_input(inputs.ClauseMerge, request.data)
        with telling_what_stands(self.what_stands):
            merged = editing.merge_clauses(
                clause=clause,
                expected_revision=values["revision"],
                expected_revisions=values["wording_revisions"],
                following_revision=values["following_revision"],
                following_revisions=values["following_wording_revisions"],
            )
        return self.reply(merged)

    @extend_schema(operation_id="staff_drafts_clauses_brackets", request=inputs.BracketsInput, responses=CLAUSE)
    @action(detail=True, methods=["post"])
    def brackets(self, request: Request, ordinal: int, eid: str) -> Response:
        """Put a clause into square brackets in every language, or take them away."""
        clause = self.get_object()
        values = read_input(inputs.BracketsInput, request.data)
        change = editing.put_in_brackets if values["enclosed"] else editing.take_out_of_brackets
        with telling_what_stands(self.what_stands):
            clause = change(
                clause=clause,
                expected_revision=values["revision"],
                expected_revisions=values["wording_revisions"],
            )
        return self.reply(clause)

    @extend_schema(
        operation_id="staff_drafts_clauses_correct",
        request=inputs.CorrigendumInput,
        responses={201: CorrigendumSerializer},
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, ordinal: int, eid: str) -> Response:
        """Record a corrigendum of a published clause; the clause itself stays as it is."""
        clause = self.get_object()
        values = read_input(inputs.CorrigendumInput, request.data)
        values["document"] = find_document(values["document"])
        with telling_what_stands(lambda: describe_standing(clause, values["language"])):
            issued = issue_corrigendum(clause=clause, expected_number=values.pop("number", None), **values)
        correction = read_corrections(corrigenda_of(self.draft).filter(pk=issued.pk))[0]
        return Response(CorrigendumSerializer(correction, context=self.get_serializer_context()).data, status=201)


def resolve_draft(values: dict[str, Any]) -> dict[str, Any]:
    """Return what a draft says of itself with rows in place of keys. Refused for keys that nothing has."""
    found = dict(values)
    if "document" in values:
        found["document"] = find_document(values["document"])
    if values.get("supersedes") is not None:
        found["supersedes"] = Draft.objects.filter(ordinal=values["supersedes"]).first()
        if found["supersedes"] is None:
            raise Refused("draft_unknown", _("There is no draft with this number."), field="supersedes")
    if values.get("declaration"):
        found["declaration"] = Declaration.objects.filter(slug=values["declaration"]).first()
        if found["declaration"] is None:
            raise Refused("declaration_unknown", _("There is no declaration with this key."), field="declaration")
    return found


def resolve_links(values: dict[str, Any]) -> dict[str, Any]:
    """Return what a clause says of itself with elements and legal bases in place of their keys. Refused as above."""
    found = dict(values)
    links: dict[str, tuple[Any, str]] = {"elements": (Element, "code"), "legal_bases": (LegalBasis, "slug")}
    for name, (model, key) in links.items():
        if name in values:
            rows = {getattr(row, key): row for row in model._default_manager.filter(**{f"{key}__in": values[name]})}
            missing = [each for each in values[name] if each not in rows]
            if missing:
                message = _("There is none of the name “%(name)s”.") % {"name": missing[0]}
                raise Refused("link_unknown", message, field=name)
            found[name] = list(rows.values())
    return found


def find_document(slug: str | None) -> Document | None:
    """Return the document with a key, nothing for none. Refused where there is none of it."""
    if slug is None:
        return None
    document = Document.objects.filter(slug=slug).first()
    if document is None:
        raise Refused("document_unknown", _("The record has no document with this key."), field="document")
    return document
