"""What all of the API is built on: what everyone may read, moments in one time zone, and input that is read strictly."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.permissions import SAFE_METHODS, AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from declaration.api.fields import RecordSerializer as PlainRecordSerializer

MAX_UNKNOWN_NAMED = 20
"""So many unknown names of one input are told; more would help nobody."""


class MomentField(serializers.DateTimeField):
    """A moment in Coordinated Universal Time, whoever reads it; one that is written without an offset is taken as such."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=dt.UTC, **kwargs)


class OptionalChoiceField(serializers.ChoiceField):
    """One of several values, or null where none is recorded (the database keeps an empty text)."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        kwargs.setdefault("allow_null", True)
        kwargs.pop("allow_blank", None)
        super().__init__(choices, **kwargs)

    def to_representation(self, value: Any) -> Any:
        """Return the value, null for an empty text."""
        return super().to_representation(value) or None


class RecordSerializer(PlainRecordSerializer):
    """A model serializer for reading, which also knows moments, and choices that may be left open.

    What is read and what may be sent have different shapes everywhere; see `InputSerializer` for the second.
    """

    serializer_field_mapping = {
        **PlainRecordSerializer.serializer_field_mapping,
        models.DateTimeField: MomentField,
    }

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """Return the field for a column; a choice that may be empty is read as null."""
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        if field_class is serializers.ChoiceField and kwargs.get("allow_blank"):
            return OptionalChoiceField, kwargs
        return field_class, kwargs

    def get_fields(self) -> dict[str, Any]:
        """Return the fields, of which each is always there and none is ever written."""
        fields: dict[str, Any] = super().get_fields()
        for field in fields.values():
            field.read_only, field.required = True, False
        return fields


class InputSerializer(serializers.Serializer[Any]):
    """What comes in: its shape and types only, because the services know the rules.

    A name that nobody reads is refused: a misspelt field must not lose what was typed into it.
    """

    def to_internal_value(self, data: Any) -> Any:
        """Return the values. Raises `ValidationError` for a wrong type and for names that are not known."""
        unknown = sorted(set(map(str, data)) - set(self.fields)) if isinstance(data, Mapping) else []
        if unknown:
            message = _("There is no such field here. The fields are: %(fields)s.") % {"fields": ", ".join(self.fields)}
            error = ErrorDetail(message, code="unknown_field")
            raise serializers.ValidationError({name[:60]: [error] for name in unknown[:MAX_UNKNOWN_NAMED]})
        return super().to_internal_value(data)


class TextInputField(serializers.CharField):
    """A text exactly as it was typed: the services trim it and say what cannot be taken."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **kwargs)


class PublicReading(APIView):
    """For views that show the same to everyone: nobody is asked who she is, and caches may keep the answer.

    An answer has an `ETag`; who asks again with it is told that nothing changed. `no-cache` lets a cache keep an answer
    and has it ask each time, so that what was released or taken back shows at once.
    """

    authentication_classes = []
    permission_classes = [AllowAny]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Mark a good answer for caches, and answer with 304 where the client has it."""
        finalized: Any = super().finalize_response(request, response, *args, **kwargs)
        if request.method in SAFE_METHODS and finalized.status_code == 200:  # noqa: PLR2004 - RFC 9110, section 15.3.1
            finalized["Cache-Control"] = "public, no-cache"
            if not isinstance(finalized, Response):
                return _answer_conditionally(request._request, finalized)
            finalized.add_post_render_callback(partial(_answer_conditionally, request._request))
        return finalized


class PublicViewSet(PublicReading, ReadOnlyModelViewSet[Any]):
    """A list, and each of its entries under its natural key, for everyone."""


def _answer_conditionally(request: HttpRequest, response: HttpResponse) -> Any:
    return ConditionalGetMiddleware(lambda _request: response)(request)
