"""Tags and filters that show texts of the record: `{% load texts %}`."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Protocol

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from declaration.dates import PartialDate
from declaration.dates_display import display_date, display_moment
from declaration.languages import active_text_language, direction
from declaration.text.labels import cite_eid, print_label
from declaration.text.redline import Operation, TextTooLongError
from declaration.text.redline import redline as compare
from declaration.translated import TranslatedText

register = template.Library()


class LabelledClause(Protocol):
    """What the tags need of a clause."""

    kind: str
    label: str
    eid: str


@register.filter
def translated(value: Any) -> SafeString | str:
    """Show a translated text; where it is in another language than the page, it is marked with that language."""
    return value.html() if isinstance(value, TranslatedText) else value


@register.filter
def in_text_language(value: TranslatedText, language: str) -> str:
    """Show a translated text to a reader of a given language, for pages that show two languages side by side."""
    return value.text_for(language)


@register.filter
def text_direction(language: str) -> str:
    """Return the direction of a language's script, for `dir=`: `rtl` or `ltr`."""
    return direction(language)


@register.filter
def localdate(value: PartialDate | dt.date | dt.datetime | None, language: str = "") -> str:
    """Show a date as people write it, in the language of the page or in a given one; nothing for no date.

    A moment is shown as its day in the active time zone.
    """
    if not value:
        return ""
    language = language or active_text_language()
    if isinstance(value, PartialDate):
        return value.display(language)
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return display_date(value, language)


@register.filter
def localmoment(value: dt.datetime | None, language: str = "") -> str:
    """Show a date and time in the active time zone, with that zone: "7 June 2012, 18:00 (GMT+2)"; nothing for none."""
    if not value:
        return ""
    return display_moment(timezone.localtime(value), language or active_text_language())


@register.inclusion_tag("_redline.html")
def redline(
    operations: Iterable[Operation] | None = None, *, old: str = "", new: str = "", language: str = ""
) -> dict[str, Any]:
    """Show a redline: of operations at hand, or from an old to a new text.

    Texts too long to be compared are shown as wholly replaced.
    """
    if operations is None:
        try:
            operations = compare(old, new)
        except TextTooLongError:
            operations = [Operation("delete", old), Operation("insert", new)]
    return {"redline": operations, "language": language, "direction": direction(language) if language else ""}


@register.simple_tag
def clause_label(clause: LabelledClause, language: str = "") -> str:
    """Return a clause's label as printed: "Article 3", "(أ)"; empty where none is printed."""
    return print_label(clause.kind, clause.label, language or active_text_language())


@register.simple_tag
def clause_citation(clause: LabelledClause, language: str = "") -> str:
    """Return how a clause is cited within a sentence: "article 3, paragraph 1 (a)"."""
    return cite_eid(clause.eid, language or active_text_language())
