"""How one entry of the record names another: by its natural key and its name."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from declaration.api.base import RecordSerializer
from declaration.api.fields import TranslatedSerializerField
from declaration.document_text import paragraph_anchor
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
    Request,
    Resolution,
    Stakeholder,
    State,
)
from declaration.models.sourced import Sourced
from declaration.outline import name_clause
from declaration.source_links import cited_here

ADDRESSEE_KINDS = ["mandate", "organ"]


class OrganReference(RecordSerializer):
    """A body."""

    class Meta:
        model = Organ
        fields = ["code", "name"]


class DocumentReference(RecordSerializer):
    """A document."""

    class Meta:
        model = Document
        fields = ["slug", "symbol", "title"]


class MandateReference(RecordSerializer):
    """A mandate."""

    class Meta:
        model = Mandate
        fields = ["slug", "name"]


class StateReference(RecordSerializer):
    """A State."""

    class Meta:
        model = State
        fields = ["alpha3", "name"]


class GroupReference(RecordSerializer):
    """A group of States."""

    class Meta:
        model = Group
        fields = ["code", "kind", "name"]


class StakeholderReference(RecordSerializer):
    """Somebody who is heard and is no State."""

    class Meta:
        model = Stakeholder
        fields = ["slug", "kind", "name"]


class ResolutionReference(RecordSerializer):
    """A resolution or decision."""

    class Meta:
        model = Resolution
        fields = ["slug", "symbol", "title"]


class RequestReference(RecordSerializer):
    """A request of a resolution."""

    resolution = ResolutionReference()

    class Meta:
        model = Request
        fields = ["id", "resolution", "label", "position", "kind", "summary"]


class ElementReference(RecordSerializer):
    """A consideration or assumption that the text must reflect."""

    class Meta:
        model = Element
        fields = ["code", "kind", "theme"]


class LegalBasisReference(RecordSerializer):
    """An instrument and provision that the text rests on."""

    class Meta:
        model = LegalBasis
        fields = ["slug", "instrument", "provision"]


class DeclarationReference(RecordSerializer):
    """A declaration."""

    class Meta:
        model = Declaration
        fields = ["slug", "title"]


class DraftReference(RecordSerializer):
    """A draft."""

    class Meta:
        model = Draft
        fields = ["ordinal", "name", "status"]


class ClauseReference(RecordSerializer):
    """A clause of a draft. `citation` is how it is called in the language of the request."""

    draft = serializers.IntegerField(source="draft.ordinal")
    citation = serializers.SerializerMethodField()

    class Meta:
        model = Clause
        fields = ["draft", "eid", "kind", "label", "citation"]

    def get_citation(self, clause: Clause) -> str:
        """Return how the clause is called."""
        return name_clause(clause)


class CitedParagraphSerializer(serializers.Serializer[Any]):
    """A paragraph of a document whose text is here."""

    paragraph = serializers.CharField(help_text="As cited: 26 (a).")
    eid = serializers.CharField(help_text="Its identifier, alike in every language: para_26__subpara_a.")
    url = serializers.URLField(help_text="Where it is read, in all languages it has been brought in.")


class SourceSerializer(serializers.Serializer[Sourced]):
    """Which document tells of an entry, and in which of its paragraphs; what it leaves open or prints wrongly."""

    document = DocumentReference(source="source", allow_null=True)
    paragraphs = serializers.CharField(source="source_paragraphs", help_text="As cited: 10, 11, 34-35 or 26 (a).")
    is_inferred = serializers.BooleanField(help_text="Not printed in the source, but following from it.")
    note = TranslatedSerializerField(source="source_note")
    addresses = serializers.SerializerMethodField(
        help_text="Where each of the paragraphs is read, if the document's text is here."
    )

    @extend_schema_field(CitedParagraphSerializer(many=True))
    def get_addresses(self, entry: Sourced) -> list[dict[str, str]]:
        """Return the paragraphs with their addresses."""
        request = self.context.get("request")
        cited = cited_here(entry, request)
        if entry.source is None or not cited:
            return []
        path = reverse("api-document-paragraph-list", args=[entry.source.slug], request=request)
        found = ((str(each), paragraph_anchor(each)) for each in cited)
        return [{"paragraph": name, "eid": eid, "url": f"{path}?eid={eid}"} for name, eid in found]


class SourcedSerializer(RecordSerializer):
    """Adds the source to an entry of the record."""

    source = SourceSerializer(source="*")  # type: ignore[assignment] # the field takes the place of the attribute


class AddresseeSerializer(serializers.Serializer[Any]):
    """Whom a request is addressed to: a mandate under its key, or an organ under its code."""

    kind = serializers.ChoiceField(ADDRESSEE_KINDS)
    key = serializers.CharField()
    name = TranslatedSerializerField()


@extend_schema_field(AddresseeSerializer)
class AddresseeField(serializers.Field[Any, Any, Any, Any]):
    """The one addressee of a request."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Request) -> dict[str, Any]:
        """Return kind, key and name of the addressee."""
        addressee = value.addressee
        if isinstance(addressee, Mandate):
            kind, key = "mandate", addressee.slug
        else:
            kind, key = "organ", addressee.code
        return dict(AddresseeSerializer({"kind": kind, "key": key, "name": addressee.name}).data)
