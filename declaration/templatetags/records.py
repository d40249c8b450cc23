"""Tags and filters that show entries of the record and where they come from: `{% load records %}`."""

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list
from django import template
from django.template import RequestContext

from declaration.citations import cite_paragraphs, link_paragraphs
from declaration.document_text import Target, target_url
from declaration.languages import TEXT_LANGUAGES, active_text_language, babel_locale
from declaration.models import Clause, Document
from declaration.models.sourced import Sourced
from declaration.outline import name_clause
from declaration.source_links import cited_here, paragraph_url
from declaration.text.numerals import LATIN_LETTERS, to_abjad

register = template.Library()


@register.filter
def cited_paragraphs(citation: str) -> str:
    """Show which paragraphs of a source tell of an entry: "para. 31", "paras. 29-30"; nothing for none."""
    return cite_paragraphs(citation)


@register.simple_tag(takes_context=True)
def cite_source(context: RequestContext, entry: Sourced, document: Document | None = None) -> str:
    """Show which paragraphs of a source tell of an entry, each leading to where it is read, if its text is here.

    `document` is the source where that is known, so that it is not asked for.
    """
    cited = cited_here(entry, getattr(context, "request", None))
    if not cited:
        return cite_paragraphs(entry.source_paragraphs)
    source = document or entry.source
    return link_paragraphs(cited, lambda reference: paragraph_url(source.slug, reference) if source else "")


@register.filter
def record_url(entry: Target) -> str:
    """Return the page of a document or a resolution."""
    return target_url(entry)


@register.filter
def list_letter(label: str) -> str:
    """Show the letter of a list as the page's language prints it: e → هـ; a number stays as it is."""
    label = str(label)
    return to_abjad(label) if active_text_language() == "ar" and label in LATIN_LETTERS else label


@register.filter
def language_name(code: str) -> str:
    """Return a text language's name in itself: العربية."""
    return TEXT_LANGUAGES.get(code, code)


@register.filter
def in_words(items: Iterable[Any]) -> str:
    """Join things as the page's language does: "member States, groups and stakeholders"."""
    return format_list([str(item) for item in items], locale=babel_locale(active_text_language()))


@register.filter
def clause_name(clause: Clause) -> str:
    """Return how a clause is called by itself: "Article 3, paragraph 1 (a)"."""
    return name_clause(clause)
