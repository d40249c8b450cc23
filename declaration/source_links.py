"""Where the paragraphs that tell of an entry are read: which documents have their text here, asked once for a whole page."""

from typing import Any, Final

from django.db.models import Max
from django.urls import reverse

from declaration.document_text import paragraph_anchor
from declaration.models import Paragraph
from declaration.models.sourced import Sourced
from declaration.text.references import ParagraphReference, ParagraphReferenceError, parse_paragraphs

_KEPT: Final = "_numbered_documents"


def numbered_documents(request: Any) -> dict[int, int]:
    """Return the last paragraph's number of each document whose text is here, by the document's id.

    The answer is kept with the request, so that a page with many entries asks the database once.
    """
    kept: dict[int, int] | None = getattr(request, _KEPT, None)
    if kept is None:
        numbered = Paragraph.objects.filter(number__isnull=False).order_by()
        kept = dict(numbered.values_list("document_id").annotate(last=Max("number")))
        if request is not None:
            setattr(request, _KEPT, kept)
    return kept


def cited_here(entry: Sourced, request: Any) -> list[ParagraphReference]:
    """Return the paragraphs that tell of an entry, if all of them can be read here; otherwise none."""
    if entry.source_id is None or not entry.source_paragraphs:
        return []
    try:
        cited = parse_paragraphs(entry.source_paragraphs)
    except ParagraphReferenceError:
        return []
    last = numbered_documents(request).get(entry.source_id, 0)
    return cited if cited and max(each.number for each in cited) <= last else []


def paragraph_url(slug: str, reference: ParagraphReference) -> str:
    """Return the page where a paragraph of a document is read, at its place."""
    return f"{reverse('document-text', args=[slug])}#{paragraph_anchor(reference)}"
