import pytest
from django.conf import settings
from django.utils import translation

from declaration.languages import (
    TEXT_LANGUAGES,
    active_text_language,
    babel_locale,
    direction,
    django_language,
    text_language,
)
from declaration.text.label_words import LANGUAGES


def test_text_languages_are_the_six_official_ones():
    assert set(TEXT_LANGUAGES) == {"ar", "zh", "en", "fr", "ru", "es"}
    assert set(LANGUAGES) == set(TEXT_LANGUAGES)
    assert TEXT_LANGUAGES["ar"] == "العربية"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("zh-hans", "zh"),
        ("zh_Hans", "zh"),
        ("zh-Hant-HK", "zh"),
        ("en-gb", "en"),
        ("ar", "ar"),
        ("fr-ca", "fr"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_text_language_of_a_page_or_browser_code(code, expected):
    assert text_language(code) == expected


def test_every_page_language_has_its_text_language_and_back():
    assert {text_language(code) for code, _ in settings.LANGUAGES} == set(TEXT_LANGUAGES)
    assert {django_language(code) for code in TEXT_LANGUAGES} == {code for code, _ in settings.LANGUAGES}


def test_only_arabic_is_written_from_right_to_left():
    assert {code for code in TEXT_LANGUAGES if direction(code) == "rtl"} == {"ar"}
    assert direction("zh-hans") == "ltr"


def test_active_text_language_follows_the_page():
    with translation.override("zh-hans"):
        assert active_text_language() == "zh"
    with translation.override(None):
        assert active_text_language() == "en"


def test_locales_write_dates_as_the_united_nations_do():
    assert babel_locale("en") == "en_GB"
    assert babel_locale("zh") == "zh_Hans"
    assert babel_locale("ar") == "ar"
