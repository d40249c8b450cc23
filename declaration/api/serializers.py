"""The record as JSON: the text, its authority, what it rests on, and the actors."""

from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from declaration.api.base import RecordSerializer
from declaration.api.lineage import DescendantSerializer, OriginSerializer
from declaration.api.references import (
    AddresseeField,
    ClauseReference,
    DeclarationReference,
    DocumentReference,
    DraftReference,
    ElementReference,
    GroupReference,
    LegalBasisReference,
    MandateReference,
    OrganReference,
    ResolutionReference,
    SourcedSerializer,
    StateReference,
)
from declaration.models import (
    Clause,
    Corrigendum,
    Declaration,
    Document,
    DocumentEdition,
    Draft,
    Element,
    Group,
    GroupMembership,
    LegalBasis,
    Mandate,
    MandateHolder,
    Organ,
    Phase,
    Request,
    Resolution,
    Stakeholder,
    State,
    Wording,
)
from declaration.outline import name_clause


def address(view_name: str, key: str) -> Any:
    """Return the field with an entry's own address in the API."""
    return serializers.HyperlinkedIdentityField(view_name=view_name, lookup_field=key)


class OrganSerializer(RecordSerializer):
    """A body that adopts, receives or serves."""

    url = address("api-organ-detail", "code")

    class Meta:
        model = Organ
        fields = ["url", "code", "kind", "name", "acronym", "symbol_prefix", "is_active", "note"]


class DocumentEditionSerializer(RecordSerializer):
    """A document in one language, and where it can be read."""

    class Meta:
        model = DocumentEdition
        fields = ["language", "url"]


class DocumentSerializer(RecordSerializer):
    """A document of the United Nations, with its language editions."""

    url = address("api-document-detail", "slug")
    organ = OrganReference(allow_null=True)
    editions = DocumentEditionSerializer(many=True)

    class Meta:
        model = Document
        fields = ["url", "slug", "symbol", "title", "organ", "published_on", "note", "editions"]


class MandateHolderSerializer(SourcedSerializer):
    """A person appointed to a mandate."""

    appointed_by = OrganReference(allow_null=True)

    class Meta:
        model = MandateHolder
        fields = ["ordinal", "name", "appointed_by", "appointed_on", "took_office_on", "left_on", "note", "source"]


class PhaseSerializer(SourcedSerializer):
    """A phase of a mandate's work plan."""

    class Meta:
        model = Phase
        fields = ["ordinal", "name", "summary", "status", "due_on", "due_on_printed", "source"]


class MandateSerializer(SourcedSerializer):
    """A mandate with those who held it, its phases, and the resolutions that made and renewed it."""

    url = address("api-mandate-detail", "slug")
    parent_organ = OrganReference()
    holders = MandateHolderSerializer(many=True)
    phases = PhaseSerializer(many=True)
    resolutions = ResolutionReference(many=True)

    class Meta:
        model = Mandate
        fields = [
            "url",
            "slug",
            "kind",
            "name",
            "parent_organ",
            "tasks",
            "note",
            "holders",
            "phases",
            "resolutions",
            "source",
        ]


class RequestSerializer(SourcedSerializer):
    """One thing that a resolution asks of somebody."""

    addressee = AddresseeField()

    class Meta:
        model = Request
        fields = ["id", "label", "position", "kind", "addressee", "summary", "source"]


class ResolutionSerializer(SourcedSerializer):
    """A resolution or decision: who adopted it, how, and what it did to a mandate."""

    url = address("api-resolution-detail", "slug")
    organ = OrganReference()
    document = DocumentReference(allow_null=True)
    mandate = MandateReference(allow_null=True)
    sponsors = StateReference(many=True)
    requests = RequestSerializer(many=True)

    class Meta:
        model = Resolution
        fields = [
            "url",
            "slug",
            "symbol",
            "kind",
            "organ",
            "title",
            "effect",
            "adopted_on",
            "adopted_without_vote",
            "vote_for",
            "vote_against",
            "vote_abstaining",
            "document",
            "mandate",
            "mandate_action",
            "mandate_years",
            "sponsors",
            "requests",
            "source",
        ]


class StateMembershipSerializer(RecordSerializer):
    """A group that a State is or was a member of."""

    group = GroupReference()

    class Meta:
        model = GroupMembership
        fields = ["group", "joined_on", "left_on", "note"]


class StateSerializer(RecordSerializer):
    """A member or observer State, or one invented for demonstration."""

    url = address("api-state-detail", "alpha3")
    groups = StateMembershipSerializer(many=True, source="group_memberships")

    class Meta:
        model = State
        fields = ["url", "alpha3", "m49", "status", "name", "groups"]


class GroupMembershipSerializer(RecordSerializer):
    """A State that is or was a member of a group."""

    state = StateReference()

    class Meta:
        model = GroupMembership
        fields = ["state", "joined_on", "left_on", "note"]


class GroupSerializer(RecordSerializer):
    """A group of States with its members."""

    url = address("api-group-detail", "code")
    memberships = GroupMembershipSerializer(many=True)

    class Meta:
        model = Group
        fields = ["url", "code", "kind", "name", "acronym", "note", "memberships"]


class StakeholderSerializer(RecordSerializer):
    """Somebody who is heard and is no State."""

    url = address("api-stakeholder-detail", "slug")
    state = StateReference(allow_null=True)

    class Meta:
        model = Stakeholder
        fields = ["url", "slug", "kind", "name", "acronym", "ecosoc_status", "state", "website", "is_invented", "note"]


class ElementSerializer(SourcedSerializer):
    """A consideration or assumption, with the clauses of published drafts that reflect it."""

    url = address("api-element-detail", "code")
    clauses = ClauseReference(many=True)

    class Meta:
        model = Element
        fields = ["url", "code", "kind", "position", "theme", "text", "source", "clauses"]


class LegalBasisSerializer(SourcedSerializer):
    """An instrument and provision, with the clauses of published drafts that rest on it."""

    url = address("api-legal-basis-detail", "slug")
    document = DocumentReference(allow_null=True)
    clauses = ClauseReference(many=True)

    class Meta:
        model = LegalBasis
        fields = ["url", "slug", "position", "instrument", "provision", "document", "source", "clauses"]


class DeclarationSerializer(RecordSerializer):
    """An instrument as an idea, with its published drafts."""

    url = address("api-declaration-detail", "slug")
    mandate = MandateReference(allow_null=True)
    drafts = DraftReference(many=True)

    class Meta:
        model = Declaration
        fields = ["url", "slug", "title", "mandate", "drafts"]


class DraftSerializer(RecordSerializer):
    """One version of a declaration's text; its clauses have an address of their own."""

    url = address("api-draft-detail", "ordinal")
    clauses_url = address("api-clause-list", "ordinal")
    corrigenda_url = address("api-draft-corrigenda", "ordinal")
    declaration = DeclarationReference()
    document = DocumentReference(allow_null=True)
    supersedes = serializers.IntegerField(
        source="supersedes.ordinal",
        allow_null=True,
        default=None,
        help_text="The number of the draft that it replaces.",
    )

    class Meta:
        model = Draft
        fields = [
            "url",
            "ordinal",
            "name",
            "declaration",
            "stage",
            "status",
            "document",
            "supersedes",
            "languages",
            "is_illustrative",
            "note",
            "published_at",
            "clauses_url",
            "corrigenda_url",
        ]


class WordingSerializer(RecordSerializer):
    """A clause's heading and text in one language."""

    class Meta:
        model = Wording
        fields = ["language", "heading", "text", "authenticity"]


class CorrigendumReference(RecordSerializer):
    """How a published clause should read in one language, and why; of several for a language the highest number holds."""

    document = DocumentReference(allow_null=True)

    class Meta:
        model = Corrigendum
        fields = ["language", "number", "heading", "text", "reason", "document", "issued_on", "recorded_at"]


class ClauseSerializer(RecordSerializer):
    """A clause: where it stands, its words, what it reflects and what it rests on.

    Clauses are listed as they are read, a parent before what stands below it.
    """

    detail_view = "api-clause-detail"

    url = serializers.SerializerMethodField()
    draft = serializers.IntegerField(source="draft.ordinal")
    parent = serializers.CharField(  # type: ignore[assignment] # the field takes the place of the attribute
        source="parent.eid", allow_null=True, default=None, help_text="The identifier of the clause that it stands in."
    )
    citation = serializers.SerializerMethodField(help_text="How it is called, in the language of the request.")
    wordings = WordingSerializer(many=True)
    elements = ElementReference(many=True)
    legal_bases = LegalBasisReference(many=True)
    corrigenda = CorrigendumReference(many=True)
    origins = OriginSerializer(many=True)
    descendants = DescendantSerializer(many=True, source="descents")

    class Meta:
        model = Clause
        fields = [
            "url",
            "draft",
            "eid",
            "wid",
            "kind",
            "label",
            "citation",
            "position",
            "parent",
            "negotiating_status",
            "wordings",
            "elements",
            "legal_bases",
            "corrigenda",
            "origins",
            "descendants",
        ]

    def get_url(self, clause: Clause) -> str:
        """Return the clause's own address in the API."""
        kwargs = {"ordinal": clause.draft.ordinal, "eid": clause.eid}
        url: str = reverse(self.detail_view, kwargs=kwargs, request=self.context.get("request"))
        return url

    def get_citation(self, clause: Clause) -> str:
        """Return how the clause is called."""
        return name_clause(clause)
