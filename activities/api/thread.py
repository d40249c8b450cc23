"""The thread and its gaps for programs: as JSON, and as GraphML."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response
from rest_framework.reverse import reverse

from activities.thread.asking import MOST_ASKED, ThreadDataForm
from activities.thread.gaps import FoundGap, Gap, list_gap, name_rows
from activities.thread.graph import Link, Thread
from activities.thread.graphml import CONTENT_TYPE, write_graphml
from activities.thread.kinds import Kind, Relation
from activities.thread.nodes import Node
from activities.thread.public import find_public_gaps, read_public
from declaration.api.base import PublicReading
from declaration.api.fields import PartialDateSerializerField, TranslatedSerializerField
from declaration.api.filtering import PAGING, refuse_unknown
from declaration.api.pagination import Pages
from declaration.translated import TranslatedText

USUAL_LIMIT: Final = 50
"""So many things of each kind an answer holds, unless said."""

ASKED: Final = [
    OpenApiParameter("resolution", str, description="What answers this resolution: its key, A-HRC-RES-21-10."),
    OpenApiParameter("phase", str, description="What belongs to this phase: the mandate's key, a colon, its number."),
    OpenApiParameter("party", str, description="What this State, group or stakeholder said: its code, key or name."),
    OpenApiParameter("after", OpenApiTypes.DATE, description="What was done or said on this day or later."),
    OpenApiParameter("before", OpenApiTypes.DATE, description="What was done or said on this day or before."),
    OpenApiParameter("at", str, description="What this thing comes from and what came of it: its `id`, element:26a."),
    OpenApiParameter("limit", int, description=f"So many things of each kind at most, up to {MOST_ASKED}."),
]


class NodeSerializer(serializers.Serializer[Node]):
    """A thing in the thread. `detail` is what is said beside its title: what a request asks, who spoke where that is public."""

    id = serializers.CharField(source="key")
    kind = serializers.ChoiceField(Kind.choices)
    title = serializers.SerializerMethodField()
    detail = serializers.SerializerMethodField()
    when = PartialDateSerializerField(allow_null=True)
    url = serializers.SerializerMethodField()

    @extend_schema_field(TranslatedSerializerField)
    def get_title(self, node: Node) -> dict[str, str]:
        """Return its title by language."""
        return _by_language(node.title, node.shown_language)

    @extend_schema_field(TranslatedSerializerField)
    def get_detail(self, node: Node) -> dict[str, str]:
        """Return what is said beside it, by language."""
        return _by_language(node.detail, node.shown_language)

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, node: Node) -> str:
        """Return the address of its page."""
        address: str = self.context["request"].build_absolute_uri(node.url)
        return address


class ThreadLinkSerializer(serializers.Serializer[Link]):
    """A step from one thing to the next."""

    before = serializers.CharField(source="before.key")
    relation = serializers.ChoiceField(Relation.choices)
    after = serializers.CharField(source="after.key")


class GapSerializer(serializers.Serializer[FoundGap]):
    """A gap and how many things it is made of."""

    gap = serializers.ChoiceField(Gap.choices)
    count = serializers.IntegerField()
    url = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, found: FoundGap) -> str:
        """Return where all of them are listed."""
        address: str = reverse("api-thread-gap", args=[found.gap.value], request=self.context["request"])
        return address


class ThreadSerializer(serializers.Serializer[Any]):
    """The thread. `more` names the kinds of which there are more than were asked for; `gaps` come with the whole alone."""

    centre = serializers.CharField(allow_null=True, help_text="The thing whose surroundings these are.")
    nodes = NodeSerializer(many=True)
    links = ThreadLinkSerializer(many=True)
    more = serializers.ListField(child=serializers.ChoiceField(Kind.choices))
    gaps = GapSerializer(many=True)


def _by_language(text: TranslatedText | str, language: str) -> dict[str, str]:
    if isinstance(text, TranslatedText):
        return dict(text)
    return {language: text} if text else {}


def take_thread(request: ApiRequest, usual: int) -> tuple[ThreadDataForm, Thread]:
    """Return what is asked for. Raises `ValidationError` for what cannot be asked, `Http404` for what is not there."""
    form = ThreadDataForm(request.query_params)
    refuse_unknown(request, form.fields)
    if not form.is_valid():
        raise ValidationError(
            {
                name: [ErrorDetail(error.messages[0], code=error.code or "invalid") for error in errors]
                for name, errors in form.errors.as_data().items()
            }
        )
    thread = read_public(form, limit=form.cleaned_data["limit"] or usual)
    if thread is None:
        raise Http404
    return form, thread


class ThreadView(PublicReading):
    """The thread as JSON."""

    further_errors = (400,)

    @extend_schema(operation_id="thread_retrieve", parameters=ASKED, responses=ThreadSerializer)
    def get(self, request: ApiRequest) -> Response:
        """Tell which request led to what, as far as the words of the newest draft: things and the links between them."""
        form, thread = take_thread(request, USUAL_LIMIT)
        is_whole = not any(form.cleaned_data[name] for name in form.fields if name != "limit")
        told = {
            "centre": thread.centre.key if thread.centre else None,
            "nodes": thread.nodes,
            "links": thread.links,
            "more": sorted({layer.kind.value for layer in thread.more}),
            "gaps": find_public_gaps() if is_whole else [],
        }
        return Response(ThreadSerializer(told, context={"request": request}).data)


class ThreadFile(PublicReading):
    """The thread as a file."""

    further_errors = (400,)

    @extend_schema(
        operation_id="thread_graphml", parameters=ASKED, responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY}
    )
    def get(self, request: ApiRequest) -> HttpResponse:
        """Send the same as GraphML, for programs that draw and measure graphs."""
        _form, thread = take_thread(request, MOST_ASKED)
        headers = {"Content-Disposition": 'attachment; filename="thread.graphml"'}
        content = write_graphml(thread, request.build_absolute_uri)
        return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


class GapList(PublicReading):
    """The things of which a gap is made."""

    pagination_class = Pages
    further_errors = (400, 404)

    @extend_schema(
        operation_id="thread_gaps_list",
        parameters=[OpenApiParameter("gap", str, OpenApiParameter.PATH, enum=Gap.values)],
        responses=NodeSerializer(many=True),
    )
    def get(self, request: ApiRequest, gap: str) -> Response:
        """List what lacks its link: requests nobody answered, elements no clause reflects, and so on."""
        if gap not in Gap.values:
            raise Http404
        refuse_unknown(request, PAGING)
        pages = Pages()
        page: Any = pages.paginate_queryset(list_gap(Gap(gap)), request, view=self)
        named: Any = name_rows(Gap(gap), page)
        nodes = NodeSerializer(named, many=True, context={"request": request})
        return pages.get_paginated_response(nodes.data)
