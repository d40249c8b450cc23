"""Where the API begins, and what it answers where there is nothing."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.exceptions import NotFound
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
    "resolutions": "api-resolution-list",
    "requests": "api-request-list",
    "mandates": "api-mandate-list",
    "activities": "api-activity-list",
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


class SchemaView(PublicReading, SpectacularAPIView):
    """The description of the API."""


class NothingHere(PublicReading):
    """Answers, in the API's own shape, for addresses that it does not have."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say so, whatever was to be done. Raises `NotFound`."""
        raise NotFound(
            _("The API has no such address. Its addresses end with a stroke (/); /api/v1/ lists where they begin.")
        )
