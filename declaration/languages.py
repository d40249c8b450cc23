"""The six official languages of the United Nations, as texts are written in them and as pages are shown in them.

A *text language* is a UN code (`ar zh en fr ru es`): it says what language a wording, a title or a submission is in.
A *page language* is a Django code (`zh-hans` for Chinese): it says what language a page is shown in.
"""

from collections.abc import Mapping
from typing import Final, Literal

from django.utils import translation

Direction = Literal["ltr", "rtl"]

TEXT_LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "ar": "العربية",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "zh": "中文",
}
"""Text language codes with each language's name in itself, in the order they are listed everywhere."""

TEXT_LANGUAGE_CHOICES: Final[list[tuple[str, str]]] = list(TEXT_LANGUAGES.items())
"""The same as model and form choices."""

_DJANGO_CODES: Final[Mapping[str, str]] = {"zh": "zh-hans"}
_BABEL_LOCALES: Final[Mapping[str, str]] = {"en": "en_GB", "zh": "zh_Hans"}


def text_language(django_code: str | None) -> str:
    """Return the text language of a Django or browser code: `zh-hans` → `zh`, `en-gb` → `en`; English for any other."""
    code = (django_code or "").replace("_", "-").lower().partition("-")[0]
    return code if code in TEXT_LANGUAGES else "en"


def active_text_language() -> str:
    """Return the text language of the page that is being shown."""
    return text_language(translation.get_language())


def django_language(code: str) -> str:
    """Return Django's code for a text language: `zh` → `zh-hans`, the others as they are."""
    return _DJANGO_CODES.get(code, code)


def direction(code: str) -> Direction:
    """Return the direction in which a language is written: `rtl` for Arabic, `ltr` for the other five."""
    return "rtl" if text_language(code) == "ar" else "ltr"


def babel_locale(code: str) -> str:
    """Return the locale whose dates and lists a text language follows.

    English follows `en_GB` because the United Nations writes "7 June 2012", Chinese is written in simplified characters.
    """
    return _BABEL_LOCALES.get(code, code)
