"""Writing a report: the one act of the command and of the page of staff."""

from django.utils import translation

from activities.reporting.collect import collect
from activities.reporting.compose import compose
from activities.reporting.period import Period
from activities.reporting.pieces import Draft
from activities.reporting.word import render_word
from declaration.languages import django_language

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_report(*, period: Period, language: str, is_internal: bool = False) -> bytes:
    """Return the activities section of a report on a period as a Word file, in a text language ("ar", "zh" …)."""
    return render_word(compose_report(period=period, language=language, is_internal=is_internal))


def compose_report(*, period: Period, language: str, is_internal: bool = False) -> Draft:
    """Return the same before it is a file."""
    with translation.override(django_language(language)):
        return compose(collect(period, is_internal=is_internal))


def file_name(period: Period, language: str, *, is_internal: bool = False) -> str:
    """Return what a report's file is called: `report-2011-08-to-2012-12-ar.docx`."""
    since, until = period.ends
    return f"{'internal-' if is_internal else ''}report-{since}-to-{until}-{language}.docx"
