"""How the text and the record are cited, in the language of the page; an address follows each citation."""

import re
from collections.abc import Callable
from typing import Final

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from declaration.dates import PartialDate
from declaration.languages import active_text_language
from declaration.models import Clause, Document, Draft, Resolution
from declaration.models.sourced import Sourced
from declaration.outline import name_clause
from declaration.text.numerals import to_abjad
from declaration.text.references import (
    ParagraphReference,
    ParagraphReferenceError,
    format_paragraphs,
    group_runs,
    parse_paragraphs,
)
from declaration.translated import TranslatedText

_LETTER: Final = re.compile(r"\(([a-z])\)")


def cite_draft(draft: Draft) -> str:
    """Return how a published draft is cited; one written for demonstration says so."""
    pattern = (
        _("%(title)s, draft %(number)d: %(name)s (illustrative text), %(date)s.")
        if draft.is_illustrative
        else _("%(title)s, draft %(number)d: %(name)s, %(date)s.")
    )
    return pattern % {
        "title": draft.declaration.title,
        "number": draft.ordinal,
        "name": draft.name,
        "date": PartialDate.parse(draft.published_at),
    }


def cite_clause(clause: Clause, draft: Draft) -> str:
    """Return how a clause of a published draft is cited."""
    return _("%(clause)s, in: %(draft)s") % {"clause": name_clause(clause), "draft": cite_draft(draft)}


def cite_document(document: Document) -> str:
    """Return how a document is cited: title, symbol where it has one, date where it is known."""
    return _listed(document.title, document.symbol, document.published_on)


def cite_resolution(resolution: Resolution) -> str:
    """Return how a resolution or decision is cited: who adopted it, symbol, title, date where it is known."""
    return _listed(resolution.organ.name, resolution.symbol, resolution.title, resolution.adopted_on)


def cite_entry(entry: Sourced, name: TranslatedText, date: object) -> str:
    """Return how an entry of the record is cited: its name, its date, and the document and paragraphs that tell of it."""
    return _listed(name, date, entry.source, cite_paragraphs(entry.source_paragraphs))


def cite_paragraphs(citation: str) -> str:
    """Return which paragraphs of a source tell of an entry: "para. 31", "paras. 29-30", "para. 26 (a)"; nothing for none.

    Arabic pages have the letters of the Arabic text: 26 (أ). What cannot be read is returned as it stands.
    """
    if not citation:
        return ""
    try:
        count = len(parse_paragraphs(citation))
    except ParagraphReferenceError:
        return citation
    citation = _in_letters(citation).replace(", ", pgettext("between the numbers of paragraphs", ", "))
    return ngettext("para. %(numbers)s", "paras. %(numbers)s", count) % {"numbers": citation}


def link_paragraphs(references: list[ParagraphReference], address: Callable[[ParagraphReference], str]) -> str:
    """Return a citation of paragraphs as HTML, each paragraph or run of them leading to where its first one is read."""
    runs = [(address(run[0]), _in_letters(format_paragraphs(run))) for run in group_runs(references)]
    between = conditional_escape(pgettext("between the numbers of paragraphs", ", "))
    numbers = format_html_join(between, '<a href="{}">{}</a>', runs)
    return format_html(ngettext("para. {numbers}", "paras. {numbers}", len(references)), numbers=numbers)


def _in_letters(citation: str) -> str:
    """Return a citation with the letters that the page's language has for lists."""
    if active_text_language() != "ar":
        return citation
    return _LETTER.sub(lambda match: f"({to_abjad(match[1])})", citation)


def _listed(*parts: object) -> str:
    return pgettext("between the parts of a citation", ", ").join(str(part) for part in parts if part) + "."
