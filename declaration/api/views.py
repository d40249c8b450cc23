"""The record, for everyone to read. Each list is narrowed by the filter set that its page uses."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from rest_framework import serializers
from rest_framework.generics import GenericAPIView

from declaration import converters, filters  # noqa: F401 - converters makes <eid:…> known
from declaration.api import serializers as record
from declaration.api.base import PublicViewSet
from declaration.api.lineage import with_lineage
from declaration.api.pagination import LongPages
from declaration.models import (
    Clause,
    Declaration,
    Document,
    Draft,
    Element,
    Group,
    LegalBasis,
    Mandate,
    Organ,
    Resolution,
    Stakeholder,
    State,
)


class OrganViewSet(PublicViewSet):
    """Bodies that adopt, receive or serve."""

    queryset = Organ.objects.order_by("code")
    serializer_class = record.OrganSerializer
    filterset_class = filters.OrganFilter
    lookup_field = "code"
    lookup_value_converter = "slug"


class DocumentViewSet(PublicViewSet):
    """Documents of the United Nations, with their language editions."""

    queryset = Document.objects.select_related("organ").prefetch_related("editions").order_by("symbol", "slug")
    serializer_class = record.DocumentSerializer
    filterset_class = filters.DocumentFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


class MandateViewSet(PublicViewSet):
    """Mandates, with those who held them, their phases and the resolutions that made them."""

    queryset = (
        Mandate.objects.select_related("parent_organ", "source")
        .prefetch_related("holders__appointed_by", "holders__source", "phases__source", "resolutions")
        .order_by("slug")
    )
    serializer_class = record.MandateSerializer
    filterset_class = filters.MandateFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


class ResolutionViewSet(PublicViewSet):
    """Resolutions and decisions, oldest first, with what they ask for."""

    queryset = (
        Resolution.objects.select_related("organ", "document", "mandate", "source")
        .prefetch_related("sponsors", "requests__addressee_mandate", "requests__addressee_organ", "requests__source")
        .order_by("adopted_on_earliest", "symbol")
    )
    serializer_class: type[serializers.BaseSerializer[Any]] = record.ResolutionSerializer
    filterset_class = filters.ResolutionFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


class StateViewSet(PublicViewSet):
    """Member and observer States, by code, with the groups they are or were members of."""

    queryset = State.objects.prefetch_related("group_memberships__group").order_by("alpha3")
    serializer_class = record.StateSerializer
    filterset_class = filters.StateFilter
    lookup_field = "alpha3"
    lookup_value_converter = "slug"


class GroupViewSet(PublicViewSet):
    """Groups of States, with their members."""

    queryset = Group.objects.prefetch_related("memberships__state").order_by("code")
    serializer_class = record.GroupSerializer
    filterset_class = filters.GroupFilter
    lookup_field = "code"
    lookup_value_converter = "slug"


class StakeholderViewSet(PublicViewSet):
    """Everyone who is heard and is no State."""

    queryset = Stakeholder.objects.select_related("state").order_by("slug")
    serializer_class = record.StakeholderSerializer
    filterset_class = filters.StakeholderFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


def with_clauses(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return elements or legal bases with the clauses of published drafts that lead to them."""
    clauses = Clause.objects.filter(draft__in=Draft.objects.published()).select_related("draft").in_reading_order()
    return queryset.prefetch_related(Prefetch("clauses", queryset=clauses))


class ElementViewSet(PublicViewSet):
    """Considerations and assumptions that the text must reflect, with the clauses that reflect them."""

    queryset = with_clauses(Element.objects.select_related("source").order_by("position"))
    serializer_class = record.ElementSerializer
    filterset_class = filters.ElementFilter
    lookup_field = "code"
    lookup_value_converter = "slug"


class LegalBasisViewSet(PublicViewSet):
    """Instruments and provisions that the text rests on, with the clauses that rest on them."""

    queryset = with_clauses(LegalBasis.objects.select_related("document", "source").order_by("position"))
    serializer_class = record.LegalBasisSerializer
    filterset_class = filters.LegalBasisFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


class DeclarationViewSet(PublicViewSet):
    """Declarations, with their published drafts."""

    queryset = (
        Declaration.objects.select_related("mandate")
        .prefetch_related(Prefetch("drafts", queryset=Draft.objects.published().order_by("-ordinal")))
        .order_by("slug")
    )
    serializer_class = record.DeclarationSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"


class DraftViewSet(PublicViewSet):
    """Published drafts, newest first."""

    queryset = Draft.objects.published().for_reading().order_by("-ordinal")
    serializer_class = record.DraftSerializer
    filterset_class = filters.DraftFilter
    lookup_field = "ordinal"
    lookup_value_converter = "int"


class ClauseReading(GenericAPIView[Any]):
    """For views of a draft's clauses: of which draft, and in what order."""

    queryset = Clause.objects.none()
    serializer_class: type[serializers.BaseSerializer[Any]] = record.ClauseSerializer
    filterset_class = filters.ClauseFilter
    pagination_class = LongPages
    lookup_field = "eid"

    def readable_drafts(self) -> QuerySet[Draft]:
        """Return the drafts whose clauses this reader may read."""
        return Draft.objects.published()

    @cached_property
    def draft(self) -> Draft:
        """The draft that the address names. Raises `Http404` for one that the reader may not see."""
        return get_object_or_404(self.readable_drafts(), ordinal=self.kwargs["ordinal"])

    def get_queryset(self) -> QuerySet[Clause]:
        """Return the draft's clauses in reading order. Raises `Http404` for a draft that the reader may not see."""
        clauses = Clause.objects.filter(draft=self.draft).order_by("position").select_related("draft", "parent")
        clauses = clauses.with_wordings().with_foundations().with_corrigenda()
        return with_lineage(clauses, self.readable_drafts())
