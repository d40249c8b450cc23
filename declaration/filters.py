"""How lists of the record are narrowed: one filter set a list, shared by its page and the API.

A filter never decides who may see a row; it is applied to what the reader may see already.
"""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from declaration.languages import TEXT_LANGUAGE_CHOICES, TEXT_LANGUAGES
from declaration.models import (
    Clause,
    Document,
    Draft,
    Element,
    Group,
    LegalBasis,
    Mandate,
    Organ,
    Paragraph,
    Request,
    Resolution,
    Stakeholder,
    State,
    TextImport,
)
from declaration.querysets import ClauseQuerySet

MAX_SEARCH = 200
MAX_WHOLE_NUMBER = 2_147_483_647
"""The largest number of an `integer` column."""

YES_NO = [("true", _("yes")), ("false", _("no"))]


@extend_schema_field(OpenApiTypes.INT)
class WholeNumberFilter(django_filters.Filter):
    """Keeps rows with a number that counts or identifies; refuses what is no whole number."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", MAX_WHOLE_NUMBER)
        super().__init__(*args, **kwargs)


@extend_schema_field(OpenApiTypes.BOOL)
class YesNoFilter(django_filters.TypedChoiceFilter):
    """Keeps rows for which something is so, or is not so: `true` or `false`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("choices", YES_NO)
        kwargs.setdefault("coerce", lambda value: value == "true")
        # An answer of "no" must not be taken for no answer.
        super().__init__(*args, empty_value=None, **kwargs)

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        """Return the rows; all of them where nothing was asked."""
        return qs if value is None else self.get_method(qs)(**{f"{self.field_name}__{self.lookup_expr}": value})


class HasFilter(YesNoFilter):
    """Keeps rows that have, or have not, related ones."""

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        """Return the rows, each once; all of them where nothing was asked."""
        return qs if value is None else qs.filter(**{f"{self.field_name}__isnull": not value}).distinct()


class KeyFilter(django_filters.CharFilter):
    """Keeps rows that refer to something by its natural key: `BRA`, `A-HRC-RES-21-10`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(*args, **kwargs)


class SearchFilter(django_filters.CharFilter):
    """Keeps rows in which a text is found, in any of the fields; a translated field is searched in all its languages."""

    def __init__(self, *, plain: tuple[str, ...] = (), translated: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.lookups = [
            *(f"{field}__icontains" for field in plain),
            *(f"{field}__{code}__icontains" for field in translated for code in TEXT_LANGUAGES),
        ]
        kwargs.setdefault("label", _("Search"))
        super().__init__(max_length=MAX_SEARCH, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """Return the rows; all of them where nothing was typed."""
        if not value:
            return qs
        found = Q()
        for lookup in self.lookups:
            found |= Q(**{lookup: value})
        return qs.filter(found)


class OrganFilter(django_filters.FilterSet):
    """Bodies by kind."""

    kind = django_filters.ChoiceFilter(choices=Organ.Kind.choices, label=_("Kind"))
    is_active = YesNoFilter(label=_("Still exists"))
    q = SearchFilter(plain=("acronym",), translated=("name",))

    class Meta:
        model = Organ
        fields: list[str] = []


class DocumentFilter(django_filters.FilterSet):
    """Documents by the body they belong to and the time they came out."""

    organ = KeyFilter(field_name="organ__code", label=_("Organ"))
    published_after = django_filters.DateFilter(
        field_name="published_on_latest", lookup_expr="gte", label=_("Published on or after")
    )
    published_before = django_filters.DateFilter(
        field_name="published_on_earliest", lookup_expr="lte", label=_("Published on or before")
    )
    q = SearchFilter(plain=("symbol",), translated=("title",))

    class Meta:
        model = Document
        fields: list[str] = []


class ResolutionFilter(django_filters.FilterSet):
    """Resolutions and decisions by who adopted them, when, how, and what they did to a mandate."""

    kind = django_filters.ChoiceFilter(choices=Resolution.Kind.choices, label=_("Kind"))
    organ = KeyFilter(field_name="organ__code", label=_("Adopted by"))
    mandate = KeyFilter(field_name="mandate__slug", label=_("Mandate"))
    mandate_action = django_filters.ChoiceFilter(
        choices=Resolution.MandateAction.choices, label=_("Effect on the mandate")
    )
    adopted_after = django_filters.DateFilter(
        field_name="adopted_on_latest", lookup_expr="gte", label=_("Adopted on or after")
    )
    adopted_before = django_filters.DateFilter(
        field_name="adopted_on_earliest", lookup_expr="lte", label=_("Adopted on or before")
    )
    adopted_without_vote = YesNoFilter(label=_("Adopted without a vote"))
    q = SearchFilter(plain=("symbol",), translated=("title", "effect"))

    class Meta:
        model = Resolution
        fields: list[str] = []


class RequestFilter(django_filters.FilterSet):
    """Requests by the resolution that makes them, their kind and whom they are addressed to."""

    resolution = KeyFilter(field_name="resolution__slug", label=_("Resolution"))
    kind = django_filters.ChoiceFilter(choices=Request.Kind.choices, label=_("Kind"))
    addressee_mandate = KeyFilter(field_name="addressee_mandate__slug", label=_("Asked of the mandate"))
    addressee_organ = KeyFilter(field_name="addressee_organ__code", label=_("Asked of the organ"))

    class Meta:
        model = Request
        fields: list[str] = []


class MandateFilter(django_filters.FilterSet):
    """Mandates by kind."""

    kind = django_filters.ChoiceFilter(choices=Mandate.Kind.choices, label=_("Kind"))

    class Meta:
        model = Mandate
        fields: list[str] = []


class StateFilter(django_filters.FilterSet):
    """States by status and by the group they are a member of now."""

    status = django_filters.ChoiceFilter(choices=State.Status.choices, label=_("Status"))
    group = KeyFilter(method="in_group", label=_("Group"))
    q = SearchFilter(plain=("alpha3",), translated=("name",))

    class Meta:
        model = State
        fields: list[str] = []

    def in_group(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the States that are members of the group now."""
        return queryset.filter(group_memberships__group__code=value, group_memberships__left_on__isnull=True)


class GroupFilter(django_filters.FilterSet):
    """Groups by kind and by a State that is a member now."""

    kind = django_filters.ChoiceFilter(choices=Group.Kind.choices, label=_("Kind"))
    state = KeyFilter(method="with_member", label=_("Member State"))

    class Meta:
        model = Group
        fields: list[str] = []

    def with_member(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the groups that the State is a member of now."""
        return queryset.filter(memberships__state__alpha3=value, memberships__left_on__isnull=True)


class StakeholderFilter(django_filters.FilterSet):
    """Stakeholders by kind, by their status with the Economic and Social Council, and by State."""

    kind = django_filters.ChoiceFilter(choices=Stakeholder.Kind.choices, label=_("Kind"))
    ecosoc_status = django_filters.ChoiceFilter(
        choices=Stakeholder.EcosocStatus.choices, label=_("Status with the Economic and Social Council")
    )
    state = KeyFilter(field_name="state__alpha3", label=_("State"))
    is_invented = YesNoFilter(label=_("Invented, for demonstration"))
    q = SearchFilter(plain=("acronym", "slug"), translated=("name",))

    class Meta:
        model = Stakeholder
        fields: list[str] = []


class ElementFilter(django_filters.FilterSet):
    """Elements by kind and by the draft in which a clause reflects them."""

    kind = django_filters.ChoiceFilter(choices=Element.Kind.choices, label=_("Kind"))
    reflected_in = WholeNumberFilter(method="reflected_in_draft", label=_("Reflected in draft"))
    q = SearchFilter(plain=("code",), translated=("theme", "text"))

    class Meta:
        model = Element
        fields: list[str] = []

    def reflected_in_draft(self, queryset: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        """Return the elements that a clause of the published draft of that number reflects, each once."""
        drafts = Draft.objects.published().filter(ordinal=value)
        return queryset.filter(clauses__draft__in=drafts).distinct()


class LegalBasisFilter(django_filters.FilterSet):
    """Legal bases by words of the instrument or provision."""

    q = SearchFilter(translated=("instrument", "provision"))

    class Meta:
        model = LegalBasis
        fields: list[str] = []


class DraftFilter(django_filters.FilterSet):
    """Drafts by declaration, status and stage."""

    declaration = KeyFilter(field_name="declaration__slug", label=_("Declaration"))
    status = django_filters.ChoiceFilter(choices=Draft.Status.choices, label=_("Status"))
    stage = django_filters.ChoiceFilter(choices=Draft.Stage.choices, label=_("Stage"))
    is_illustrative = YesNoFilter(label=_("Illustrative text"))

    class Meta:
        model = Draft
        fields: list[str] = []


class ClauseFilter(django_filters.FilterSet):
    """Clauses by kind, by where the negotiation stands, and by what they reflect or rest on."""

    kind = django_filters.ChoiceFilter(choices=Clause.Kind.choices, label=_("Kind"))
    negotiating_status = django_filters.ChoiceFilter(
        choices=Clause.NegotiatingStatus.choices, label=_("Negotiating status")
    )
    element = KeyFilter(field_name="elements__code", label=_("Element"))
    legal_basis = KeyFilter(field_name="legal_bases__slug", label=_("Legal basis"))
    language = django_filters.ChoiceFilter(
        choices=TEXT_LANGUAGE_CHOICES, method="words_in", label=_("Only the wordings in this language")
    )

    class Meta:
        model = Clause
        fields: list[str] = []

    def words_in(self, queryset: ClauseQuerySet, name: str, value: str) -> ClauseQuerySet:
        """Return the same clauses, each with its wording in one language instead of all."""
        return queryset.prefetch_related(None).with_wordings(value).with_foundations()


class ParagraphFilter(django_filters.FilterSet):
    """Pieces of a document's text by language, place, kind and words."""

    language = django_filters.ChoiceFilter(choices=TEXT_LANGUAGE_CHOICES, label=_("Language"))
    eid = KeyFilter(label=_("Identifier"))
    number = WholeNumberFilter(label=_("Number of the paragraph it is or stands in"))
    kind = django_filters.ChoiceFilter(choices=Clause.Kind.choices, label=_("Kind"))
    q = SearchFilter(plain=("heading", "text"))

    class Meta:
        model = Paragraph
        fields: list[str] = []


class ImportFilter(django_filters.FilterSet):
    """Imports of texts by where they stand and where they go."""

    status = django_filters.ChoiceFilter(choices=TextImport.Status.choices, label=_("Status"))
    draft = WholeNumberFilter(field_name="draft__ordinal", label=_("Draft"))
    document = KeyFilter(field_name="document__slug", label=_("Document"))

    class Meta:
        model = TextImport
        fields: list[str] = []
