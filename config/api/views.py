"""Where the API begins, and what it answers where there is nothing."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.encoding import force_bytes
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from declaration.api.base import PublicReading

PUBLIC_LISTS = {
    "declarations": "api-declaration-list",
    "drafts": "api-draft-list",
    "elements": "api-element-list",
    "legal_bases": "api-legal-basis-list",
    "calls": "api-call-list",
    "submissions": "api-submission-list",
    "comments": "api-comment-list",
    "dispositions": "api-disposition-list",
    "holds": "api-hold-list",
    "resolutions": "api-resolution-list",
    "requests": "api-request-list",
    "mandates": "api-mandate-list",
    "activities": "api-activity-list",
    "consultations": "api-consultation-list",
    "views": "api-view-list",
    "questionnaires": "api-questionnaire-list",
    "answers": "api-answer-list",
    "outcomes": "api-outcome-list",
    "deliverables": "api-deliverable-list",
    "thread": "api-thread",
    "timeline": "api-timeline",
    "regions": "api-regions",
    "documents": "api-document-list",
    "organs": "api-organ-list",
    "states": "api-state-list",
    "groups": "api-group-list",
    "stakeholders": "api-stakeholder-list",
}
"""What everyone may read."""

FURTHER = {
    "schema": "api-schema",
    "me": "api-me",
    "tokens": "api-token-list",
    "desk_delegations": "api-desk-delegation-list",
    "desk_calls": "api-desk-call-list",
    "desk_submissions": "api-desk-submission-list",
    "staff_drafts": "api-staff-draft-list",
    "staff_calls": "api-staff-call-list",
    "staff_submissions": "api-staff-submission-list",
    "staff_comments": "api-staff-comment-list",
    "staff_consultations": "api-staff-consultation-list",
    "staff_holds": "api-staff-hold-list",
    "staff_given_up_mail": "api-staff-given-up-mail-list",
}
"""The description of the API, and what needs a token."""


class RootSerializer(serializers.Serializer[Any]):
    """The addresses from which all others are reached."""

    public = serializers.DictField(child=serializers.URLField(), help_text="Lists that everyone may read.")
    further = serializers.DictField(
        child=serializers.URLField(), help_text="The description of the API, and what needs a token."
    )


class RootView(PublicReading):
    """Where the API begins."""

    @extend_schema(operation_id="root_retrieve", tags=["root"], responses=RootSerializer)
    def get(self, request: Request) -> Response:
        """List the addresses from which all others are reached."""
        addresses = {
            part: {word: reverse(name, request=request) for word, name in names.items()}
            for part, names in (("public", PUBLIC_LISTS), ("further", FURTHER))
        }
        return Response(addresses)


class SchemaView(PublicReading):
    """The description of the API, as YAML or, with `?format=json`, as JSON."""

    schema = None
    renderer_classes = [OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer, OpenApiJsonRenderer2]

    def get(self, request: Request) -> HttpResponse:
        """Return the description."""
        renderer: Any = request.accepted_renderer
        return HttpResponse(describe(renderer.__class__, get_language()), content_type=renderer.media_type)


@functools.cache
def describe(renderer: Callable[[], BaseRenderer], language: str | None) -> bytes:
    """Return the description as a renderer writes it. It takes a second or two, and never changes while the site runs."""
    generator: Any = SchemaGenerator
    return force_bytes(renderer().render(generator().get_schema(request=None, public=True), renderer_context={}))


class NothingHere(PublicReading):
    """Answers, in the API's own shape, for addresses that it does not have."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say so, whatever was to be done. Raises `NotFound`."""
        raise NotFound(
            _("The API has no such address. Its addresses end with a stroke (/); /api/v1/ lists where they begin.")
        )
