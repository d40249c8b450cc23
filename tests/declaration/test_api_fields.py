import json

import pytest
from django.urls import path
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers
from rest_framework.generics import ListCreateAPIView

from declaration.api.fields import PartialDateSerializerField, RecordSerializer, TranslatedSerializerField
from declaration.dates import PartialDate
from declaration.models import Document
from declaration.translated import TranslatedText


class DocumentSerializer(RecordSerializer):
    class Meta:
        model = Document
        fields = ["slug", "title", "published_on"]


def test_model_serializer_finds_the_fields():
    fields = DocumentSerializer().fields
    assert isinstance(fields["title"], TranslatedSerializerField)
    assert isinstance(fields["published_on"], PartialDateSerializerField)


def test_document_is_read_as_objects():
    document = Document(slug="x", title={"zh": "文", "en": "text"}, published_on="2012-06-07/2012-06-08")
    with translation.override("en"):
        assert DocumentSerializer(document).data == {
            "slug": "x",
            "title": {"en": "text", "zh": "文"},
            "published_on": {
                "edtf": "2012-06-07/2012-06-08",
                "earliest": "2012-06-07",
                "latest": "2012-06-08",
                "precision": "range",
                "display": "7–8 June 2012",
            },
        }


def test_date_that_is_not_known_is_read_as_such():
    assert PartialDateSerializerField().to_representation(PartialDate()) == {
        "edtf": "",
        "earliest": None,
        "latest": None,
        "precision": "unknown",
        "display": "",
    }


@pytest.mark.parametrize("written", ["2012-06", {"edtf": "2012-06", "earliest": "1999-01-01"}])
def test_date_is_written_as_text_or_object(written):
    assert PartialDateSerializerField().run_validation(written) == PartialDate("2012-06")


@pytest.mark.parametrize(("written", "code"), [("soon", "form"), ("2012-13", "calendar"), ({}, "form"), ([], "form")])
def test_date_refuses_what_is_none(written, code):
    with pytest.raises(serializers.ValidationError) as caught:
        PartialDateSerializerField().run_validation(written)
    assert caught.value.get_codes() == [code]


def test_required_date_refuses_nothing():
    with pytest.raises(serializers.ValidationError, match="may not be blank"):
        PartialDateSerializerField(allow_blank=False).run_validation("")


def test_text_is_written_as_an_object():
    assert TranslatedSerializerField().run_validation({"en": " a ", "fr": ""}) == TranslatedText(en="a")


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("a", ["shape"]),
        (["a"], ["shape"]),
        ({"de": "a"}, ["language"]),
        ({"en": 1}, ["shape"]),
        ({"en": {"a": "b"}}, ["shape"]),
        ({"en": "a\x07"}, ["control"]),
        ({"en": "a" * 31}, ["too_long"]),
        ({"fr": "a"}, ["missing"]),
    ],
)
def test_text_refuses_what_is_none(written, codes):
    field = TranslatedSerializerField(required_languages=("en",), max_length=30)
    with pytest.raises(serializers.ValidationError) as caught:
        field.run_validation(written)
    assert set(codes) <= set(caught.value.get_codes())


class DocumentView(ListCreateAPIView):
    serializer_class = DocumentSerializer
    queryset = Document.objects.all()


def test_schema_describes_each_once_as_read_and_as_written():
    generator = SchemaGenerator(patterns=[path("documents/", DocumentView.as_view())])
    components = json.loads(json.dumps(generator.get_schema(request=None, public=True)))["components"]["schemas"]
    assert set(components["TranslatedText"]["properties"]) == {"en", "ar", "fr", "es", "ru", "zh"}
    assert not components["TranslatedText"].get("required")
    assert set(components["PartialDate"]["properties"]) == {"edtf", "earliest", "latest", "precision", "display"}
    read, written = components["Document"]["properties"], components["DocumentRequest"]["properties"]
    assert read["published_on"]["$ref"] == "#/components/schemas/PartialDate"
    assert read["title"]["$ref"] == written["title"]["$ref"] == "#/components/schemas/TranslatedText"
    assert written["published_on"]["type"] == "string"
