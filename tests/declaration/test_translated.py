import json

import pytest
from django import forms
from django.apps import apps
from django.contrib.admin.utils import display_for_field
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template
from django.utils import translation

from declaration.models import Organ
from declaration.translated import TranslatedField, TranslatedText, in_language, validate_translated
from declaration.translated_form import TranslatedFormField

BRAZIL = {"en": "Brazil", "ar": "البرازيل", "fr": "Brésil", "zh": "巴西"}


@pytest.mark.parametrize(
    ("texts", "page", "shown", "language"),
    [
        (BRAZIL, "ar", "البرازيل", "ar"),
        (BRAZIL, "zh-hans", "巴西", "zh"),
        (BRAZIL, "ru", "Brazil", "en"),
        ({"es": "Brasil", "ru": "Бразилия"}, "ar", "Brasil", "es"),
        ({}, "en", "", ""),
        ({"en": "", "ru": "Бразилия"}, "en", "Бразилия", "ru"),
    ],
)
def test_text_is_read_in_the_language_of_the_page_else_english_else_any(texts, page, shown, language):
    text = TranslatedText(texts)
    with translation.override(page):
        assert str(text) == shown
        assert text.language == language
    assert text.text_for(text.language_for("ar")) == text.text_for("ar")


def test_text_of_drops_spaces_and_what_is_empty():
    assert TranslatedText.of({"en": " Brazil ", "fr": "", "ar": None}) == {"en": "Brazil"}
    assert TranslatedText.of(None) == {}


def test_texts_are_sorted_as_they_are_read():
    texts = [TranslatedText(en="Chad", fr="Tchad"), TranslatedText(en="Spain", fr="Espagne")]
    with translation.override("fr"):
        assert [text["en"] for text in sorted(texts)] == ["Spain", "Chad"]
    with translation.override("en"):
        assert [text["en"] for text in sorted(texts)] == ["Chad", "Spain"]


def rendered(source, **context):
    return Template("{% load texts %}" + source).render(Context(context))


def test_filter_marks_a_text_in_another_language_than_the_page():
    text = TranslatedText({"ar": "<b>سلام</b>"})
    with translation.override("fr"):
        expected = '<span lang="ar" dir="rtl">&lt;b&gt;سلام&lt;/b&gt;</span>'
        assert rendered("{{ text|translated }}", text=text) == expected
    with translation.override("ar"):
        assert rendered("{{ text|translated }}", text=text) == "&lt;b&gt;سلام&lt;/b&gt;"
        assert rendered("{{ text }}", text=text) == "&lt;b&gt;سلام&lt;/b&gt;"
        assert rendered("{{ text|translated }}|{{ none|translated }}", text=TranslatedText()) == "|"
    assert rendered("{{ text|in_text_language:'zh' }}", text=TranslatedText(BRAZIL)) == "巴西"


# --- The column ---


@pytest.fixture
def organ(db):
    return Organ.objects.create(code="council", name=BRAZIL, kind=Organ.Kind.ORGAN)


def test_field_gives_a_text(organ):
    organ.refresh_from_db()
    assert isinstance(organ.name, TranslatedText)
    assert organ.name == BRAZIL
    assert organ.note == TranslatedText()
    organ.note = {"en": " x "}
    assert organ.note == TranslatedText(en="x")
    organ.full_clean()


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"ar": "x"},
        {"en": "a", "xx": "b"},
        {"en": 3},
        {"en": ""},
        ["en"],
        "en",
        {"en": "a", "fr": ["b"]},
        {"en": None},
    ],
)
def test_database_refuses_what_is_no_text_in_languages(organ, bad):
    refused = pytest.raises(IntegrityError, match="declaration_organ_name_translated")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE declaration_organ SET name = %s", [json.dumps(bad)])


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({}, "cannot be blank"),
        ({"ar": "x"}, "missing: English"),
        ({"en": "a", "xx": "b"}, "“xx” is not one of the languages"),
        ({"en": 3}, "Write a text for each language"),
        (["en"], "Write a text for each language"),
        ({"en": "a\u202eb"}, "English: Character 2 (U+202E)"),
        ({"en": "a\x00b"}, "English: Character 2 is a null character"),
        ({"en": "a" * 10_001}, "English: The text is longer than"),
    ],
)
def test_model_says_what_is_wrong_with_a_text(organ, bad, message):
    organ.name = bad
    with pytest.raises(ValidationError) as caught:
        organ.full_clean()
    assert any(message in each for each in caught.value.message_dict["name"])


def test_validation_names_every_problem():
    with pytest.raises(ValidationError) as caught:
        validate_translated({"xx": "a", "fr": "\x01"}, required=("en", "ar"))
    assert [error.code for error in caught.value.error_list] == ["language", "control", "missing", "missing"]


def test_every_required_text_is_checked_by_the_database():
    for model in apps.get_models():
        if getattr(model, "pgh_tracked_model", None) is not None:
            continue
        names = {constraint.name for constraint in model._meta.constraints}
        for field in model._meta.local_fields:
            if isinstance(field, TranslatedField) and not field.blank:
                assert f"{model._meta.app_label}_{model._meta.model_name}_{field.name}_translated" in names


def test_lists_are_ordered_and_searched_in_a_language(organ):
    Organ.objects.create(code="assembly", name={"en": "Assembly"}, kind=Organ.Kind.ORGAN)
    in_arabic = Organ.objects.annotate(shown=in_language("name", "ar")).order_by("shown")
    assert list(in_arabic.values_list("shown", flat=True)) == ["Assembly", "البرازيل"]
    only = Organ.objects.annotate(shown=in_language("name", "ar", with_fallback=False)).order_by("code")
    assert list(only.values_list("shown", flat=True)) == [None, "البرازيل"]
    assert Organ.objects.annotate(shown=in_language("name", "es")).get(shown__icontains="BRAZ") == organ
    assert Organ.objects.get(name__fr="Brésil") == organ
    assert list(Organ.objects.filter(code="council").values_list("name__zh", flat=True)) == ["巴西"]


def test_text_survives_a_fixture_and_is_shown_as_text_in_the_admin(organ):
    text = serializers.serialize("json", [organ])
    assert json.loads(text)[0]["fields"]["name"] == BRAZIL
    Organ.objects.filter(pk=organ.pk).update(name={"en": "x"})
    for item in serializers.deserialize("json", text):
        item.save()
    organ.refresh_from_db()
    assert organ.name == BRAZIL
    assert display_for_field(organ.name, Organ._meta.get_field("name"), "-") == "Brazil"
    assert display_for_field(organ.note, Organ._meta.get_field("note"), "-") == "-"


def test_migrations_see_only_the_column():
    _, path, args, kwargs = Organ._meta.get_field("name").deconstruct()
    assert (path, list(args)) == ("declaration.translated.TranslatedField", [])
    assert set(kwargs) <= {"verbose_name", "help_text"}
    assert TranslatedField(blank=True, multiline=True, max_length=5).clone().blank


# --- Forms ---


OVERRIDE = (
    "Character 1 (U+202E) turns the direction of the text around, so that it reads otherwise than it is stored. "
    "Remove it; Arabic text needs none."
)


class NameForm(forms.Form):
    name = TranslatedFormField(required_languages=("en",), max_length=20)
    note = TranslatedFormField(required=False, multiline=True)


def test_form_has_one_labelled_input_a_language():
    html = str(NameForm(initial={"name": TranslatedText(BRAZIL)}))
    assert html.count("<input") == html.count("<textarea") == 6
    assert 'name="name_ar" value="البرازيل" lang="ar" dir="rtl"' in html
    assert '<span lang="zh" dir="ltr">中文</span>' in html
    assert "required" not in html
    assert "<script>" not in str(NameForm({"name_en": '"><script>'}))
    assert " style=" not in html


def test_form_reads_texts():
    form = NameForm({"name_en": " Brazil ", "name_ar": "البرازيل", "note_fr": "a\r\nb"})
    assert form.is_valid()
    assert form.cleaned_data == {"name": TranslatedText(en="Brazil", ar="البرازيل"), "note": TranslatedText(fr="a\nb")}


def test_form_says_what_is_wrong_and_keeps_what_was_typed():
    form = NameForm({"name_ar": "البرازيل", "name_fr": "a" * 21, "note_en": "\u202e"})
    assert form.errors == {
        "name": [
            "Français: The text is longer than 20 characters. Shorten it, or split it in two.",
            "The text in this language is missing: English.",
        ],
        "note": [f"English: {OVERRIDE}"],
    }
    assert 'value="البرازيل"' in str(form)
    assert NameForm({}).errors["name"] == ["Write the text in at least one language."]


def test_form_sees_a_change():
    field = TranslatedFormField()
    assert not field.has_changed(TranslatedText(en="a"), {"en": "a", "ar": ""})
    assert field.has_changed(TranslatedText(en="a"), {"en": "b"})


def test_model_form_uses_the_form_field():
    field = Organ._meta.get_field("name").formfield()
    assert isinstance(field, TranslatedFormField)
    assert field.required_languages == ("en",)
    assert not field.show_hidden_initial
