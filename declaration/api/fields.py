"""How dates, translated texts and their filters look in the API."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import Direction
from rest_framework import serializers
from rest_framework.fields import get_error_detail

from declaration.dates import MAX_LENGTH, PartialDate, PartialDateError, PartialDateField
from declaration.languages import TEXT_LANGUAGES
from declaration.translated import DEFAULT_MAX_LENGTH, TranslatedField, TranslatedText, validate_translated


class PartialDateSerializerField(serializers.Field):
    """A date known to some precision.

    Read: `{"edtf", "earliest", "latest", "precision", "display"}`, the last in the request's language. Written: its EDTF
    text, or an object with `edtf`.
    """

    default_error_messages = {
        "required_date": serializers.CharField.default_error_messages["blank"],
    }

    def __init__(self, *, allow_blank: bool = True, max_length: int = MAX_LENGTH, **kwargs: Any) -> None:
        # Django REST Framework hands over what it found on the model field.
        self.allow_blank = allow_blank
        self.max_length = max_length
        super().__init__(**kwargs)

    def to_representation(self, value: PartialDate) -> dict[str, str | None]:
        """Return the date as an object."""
        return {
            "edtf": value.edtf,
            "earliest": value.earliest.isoformat() if value.earliest else None,
            "latest": value.latest.isoformat() if value.latest else None,
            "precision": value.precision,
            "display": str(value),
        }

    def to_internal_value(self, data: Any) -> PartialDate:
        """Return the date that was written. Raises `ValidationError` saying what may be written."""
        text = data.get("edtf") if isinstance(data, Mapping) else data
        try:
            value = PartialDate.parse(text if isinstance(text, str) else repr(text))
        except PartialDateError as error:
            raise serializers.ValidationError(str(error), code=error.code) from error
        if not value and not self.allow_blank:
            self.fail("required_date")
        return value


class TranslatedSerializerField(serializers.Field):
    """A text by language, an object with up to six texts under the codes en, ar, fr, es, ru, zh."""

    def __init__(
        self,
        *,
        required_languages: Iterable[str] = (),
        max_length: int = DEFAULT_MAX_LENGTH,
        **kwargs: Any,
    ) -> None:
        self.required_languages = tuple(required_languages)
        self.max_length = max_length
        # What Django REST Framework finds on a JSON column concerns no text.
        for option in ("encoder", "decoder"):
            kwargs.pop(option, None)
        super().__init__(**kwargs)

    def to_representation(self, value: Mapping[str, str]) -> dict[str, str]:
        """Return the texts there are, in the order in which languages are listed."""
        return {code: value[code] for code in TEXT_LANGUAGES if value.get(code)}

    def to_internal_value(self, data: Any) -> TranslatedText:
        """Return the texts. Raises `ValidationError` naming each language whose text cannot be taken."""
        if not isinstance(data, Mapping):
            message = TranslatedField.default_error_messages["shape"]
            raise serializers.ValidationError(str(message), code="shape")
        value = TranslatedText.of(data)
        try:
            validate_translated(value, required=self.required_languages, max_length=self.max_length)
        except DjangoValidationError as error:
            raise serializers.ValidationError(get_error_detail(error)) from error
        return value


class RecordSerializer(serializers.ModelSerializer):
    """A model serializer that knows dates of some precision and translated texts."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        PartialDateField: PartialDateSerializerField,
        TranslatedField: TranslatedSerializerField,
    }


class PartialDateSerializer(serializers.Serializer[Any]):
    """A date as exactly as it is known (EDTF, ISO 8601-2)."""

    edtf = serializers.CharField(help_text="2012, 2012-06, 2012-06-07, 2012-06-07/2012-06-08, XXXX-12-20; ~ is about.")
    earliest = serializers.DateField(allow_null=True, help_text="The first day it may mean.")
    latest = serializers.DateField(allow_null=True, help_text="The last day it may mean.")
    precision = serializers.ChoiceField(["year", "month", "day", "range", "recurring", "unknown"])
    display = serializers.CharField(help_text="The date as people write it, in the language of the request.")


class TranslatedTextSerializer(serializers.Serializer[Any]):
    """A text by language; a language that is missing has no text."""

    en = serializers.CharField(required=False)
    ar = serializers.CharField(required=False)
    fr = serializers.CharField(required=False)
    es = serializers.CharField(required=False)
    ru = serializers.CharField(required=False)
    zh = serializers.CharField(required=False)


def _reference(auto_schema: AutoSchema, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    # Always as it is read: each of the two has one schema in the document, whoever refers to it.
    component: ResolvedComponent = auto_schema.resolve_serializer(serializer, "response")
    return dict(component.ref)


class PartialDateExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Documents a date: read as an object, written as a text."""

    target_class = "declaration.api.fields.PartialDateSerializerField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """Return the schema."""
        if direction == "request":
            return {"type": "string", "maxLength": MAX_LENGTH, "examples": ["2012-06", "2012-06-07/2012-06-08"]}
        return _reference(auto_schema, PartialDateSerializer)


class TranslatedTextExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Documents a translated text: an object with six optional texts."""

    target_class = "declaration.api.fields.TranslatedSerializerField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """Return the schema."""
        return _reference(auto_schema, TranslatedTextSerializer)
