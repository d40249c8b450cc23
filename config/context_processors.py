"""What every page's frame needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation

from consultations.models import Delegation
from consultations.visibility import is_staff_member
from declaration.languages import TEXT_LANGUAGES, direction, django_language, text_language


def site(request: HttpRequest) -> dict[str, Any]:
    """Language, direction, the same page in the other languages, and who is reading.

    `page_languages` is a list of (code, its own name, address, whether it is this page's); `my_delegations` is asked of
    the database only where a template prints it.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    user = getattr(request, "user", None)
    path = request.get_full_path()
    return {
        "text_language": text_language(language),
        "direction": direction(text_language(language)),
        "page_languages": [
            (code, name, translate_url(path, django_language(code)), django_language(code) == language)
            for code, name in TEXT_LANGUAGES.items()
        ],
        "is_staff_member": is_staff_member(user),
        "shows_sent_mail": settings.SHOW_SENT_MAIL,
        "my_delegations": Delegation.objects.of(user).with_party(),
    }
