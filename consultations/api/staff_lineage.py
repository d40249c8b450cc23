"""Staff's part of the API: what the clauses of a draft in preparation come from, and the draft that follows a published one."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from consultations.api.access import StaffAccess
from consultations.api.staff_editing_serializers import REVISION_HELP
from declaration.api.base import InputSerializer
from declaration.api.fields import TranslatedSerializerField
from declaration.api.lineage import ClauseOriginSerializer
from declaration.api.pagination import LongPages
from declaration.api.references import DraftReference
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import Clause, Descent, Draft
from declaration.origins import Show, read_origins, select_clauses, with_origins
from declaration.services.lineage import prepare_next_draft, propose_descents, settle_certain, settle_origin


class OriginInput(InputSerializer):
    """A clause of the superseded draft, and how the other one descends from it; computed where that is left out."""

    eid = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(Descent.Kind.choices, required=False)


class SettledOrigin(InputSerializer):
    """What a clause comes from; nothing for a new clause."""

    revision = serializers.IntegerField(min_value=0, help_text=REVISION_HELP)
    origins = OriginInput(many=True)


class NextDraftInput(InputSerializer):
    """What the next draft is called; all else is copied."""

    name = TranslatedSerializerField(required_languages=("en",))
    stage = serializers.ChoiceField(Draft.Stage.choices)
    languages = serializers.ListField(
        child=serializers.ChoiceField(TEXT_LANGUAGE_CHOICES), required=False, allow_empty=False, max_length=6
    )


class ProposedCounts(serializers.Serializer[Any]):
    """What a proposal came to, in clauses: with an origin, certain, without one, confirmed by a person before, and dropped."""

    proposed = serializers.IntegerField()
    certain = serializers.IntegerField()
    new = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    dropped = serializers.IntegerField()


class ConfirmedCount(serializers.Serializer[Any]):
    """How many clauses were confirmed."""

    confirmed = serializers.IntegerField()


class StaffLineageViewSet(StaffAccess, GenericViewSet[Clause]):
    """What the clauses of a draft that supersedes another come from, in reading order."""

    queryset = Clause.objects.none()
    serializer_class = ClauseOriginSerializer
    pagination_class = LongPages
    filterset_class = None
    lookup_field = "eid"
    lookup_value_converter = "eid"

    @cached_property
    def draft(self) -> Draft:
        """The draft. Raises `Http404` for one that supersedes none."""
        draft = get_object_or_404(Draft, ordinal=self.kwargs["ordinal"])
        if draft.supersedes_id is None:
            raise Http404
        return draft

    def get_queryset(self) -> QuerySet[Clause]:
        """Return the draft's clauses, narrowed as asked."""
        wanted = self.request.query_params.get("show", Show.ALL)
        if wanted not in Show.values or wanted == Show.DROPPED:
            raise Refused("show_unknown", _("There is no such choice of clauses: %(show)s.") % {"show": wanted[:20]})
        return with_origins(select_clauses(self.draft, wanted).select_related("draft"))

    def reply(self, clause: Clause) -> Response:
        """Return a clause as it stands now."""
        [row] = read_origins(with_origins(Clause.objects.filter(pk=clause.pk).select_related("draft")), [])
        return Response(self.get_serializer(row).data)

    @extend_schema(parameters=[OpenApiParameter("show", enum=[each for each in Show.values if each != Show.DROPPED])])
    def list(self, request: Request, ordinal: int) -> Response:
        """List the clauses with what they are proposed to come from."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(read_origins(page or [], []), many=True).data)

    def retrieve(self, request: Request, ordinal: int, eid: str) -> Response:
        """Read what one clause is proposed to come from."""
        return self.reply(self.get_object())

    @extend_schema(request=SettledOrigin, responses=ClauseOriginSerializer)
    def update(self, request: Request, ordinal: int, eid: str) -> Response:
        """Confirm what a clause comes from, or that it is new."""
        clause = self.get_object()
        asked = SettledOrigin(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = {each["eid"]: each.get("kind", "") for each in asked.validated_data["origins"]}
        older = {each.eid: each for each in Clause.objects.filter(draft=self.draft.supersedes_id, eid__in=wanted)}
        for unknown in sorted(wanted.keys() - older.keys()):
            message = _("The draft before has no clause “%(clause)s”.") % {"clause": unknown}
            raise Refused("ancestor_unknown", message, field="origins")
        settle_origin(
            clause=clause,
            ancestors=[(older[each], kind) for each, kind in wanted.items()],
            expected_revision=asked.validated_data["revision"],
        )
        return self.reply(clause)

    @extend_schema(operation_id="staff_drafts_lineage_propose", request=None, responses=ProposedCounts)
    @action(detail=False, methods=["post"], pagination_class=None)
    def propose(self, request: Request, ordinal: int) -> Response:
        """Propose anew what all clauses come from that nobody has confirmed."""
        return Response(ProposedCounts(propose_descents(draft=self.draft)).data)

    @extend_schema(operation_id="staff_drafts_lineage_certain", request=None, responses=ConfirmedCount)
    @action(detail=False, methods=["post"], pagination_class=None)
    def certain(self, request: Request, ordinal: int) -> Response:
        """Confirm all that is certain."""
        return Response({"confirmed": settle_certain(draft=self.draft)})


class NextDraft(StaffAccess):
    """The draft that follows a published one."""

    @extend_schema(operation_id="staff_drafts_next", request=NextDraftInput, responses={201: DraftReference})
    def post(self, request: Request, ordinal: int) -> Response:
        """Begin it, as a copy."""
        asked = NextDraftInput(data=request.data)
        asked.is_valid(raise_exception=True)
        draft = get_object_or_404(Draft, ordinal=ordinal)
        begun = prepare_next_draft(draft=draft, **asked.validated_data)
        return Response(DraftReference(begun, context={"request": request}).data, status=201)
