"""Tags and filters that show texts of the record: `{% load texts %}`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from declaration.translated import TranslatedText

register = template.Library()


@register.filter
def translated(value: Any) -> SafeString | str:
    """Show a translated text; where it is in another language than the page, it is marked with that language."""
    return value.html() if isinstance(value, TranslatedText) else value
