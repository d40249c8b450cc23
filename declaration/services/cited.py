"""The documents and resolutions that texts cite: found when a text is stored, linked to the record when it is shown."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from declaration.models import Citation, Document, Paragraph, Resolution, Wording
from declaration.text.parser import find_symbols

MAX_PRINTED = 200
MAX_SYMBOL = 60


def list_known_symbols() -> frozenset[str]:
    """Return the symbols of all documents and resolutions on record."""
    documents = Document.objects.exclude(symbol=None).values_list("symbol", flat=True)
    return frozenset([*map(str, documents), *Resolution.objects.values_list("symbol", flat=True)])


def make_citation(
    row: Wording | Paragraph,
    *,
    as_printed: str,
    position: int,
    place: str = Citation.Place.TEXT,
    symbol: str | None = None,
    candidates: Sequence[str] = (),
) -> Citation:
    """Return a citation in a wording or a paragraph, not stored yet; one whose symbol is not settled keeps its candidates."""
    return Citation(
        wording=row if isinstance(row, Wording) else None,
        paragraph=row if isinstance(row, Paragraph) else None,
        place=place,
        position=position,
        as_printed=as_printed[:MAX_PRINTED],
        symbol=symbol if symbol and len(symbol) <= MAX_SYMBOL else "",
        candidates=[] if symbol else [each for each in candidates if len(each) <= MAX_SYMBOL],
    )


@transaction.atomic
def store_citations(rows: Iterable[Wording | Paragraph]) -> list[Citation]:
    """Find what stored wordings or paragraphs cite, each read by itself, and store that instead of what was found before."""
    rows = list(rows)
    wordings = [row.pk for row in rows if isinstance(row, Wording)]
    paragraphs = [row.pk for row in rows if isinstance(row, Paragraph)]
    Citation.objects.filter(wording__in=wordings).delete()
    Citation.objects.filter(paragraph__in=paragraphs).delete()
    known = list_known_symbols()
    return Citation.objects.bulk_create(citation for row in rows for citation in _find(row, known))


def _find(row: Wording | Paragraph, known: frozenset[str]) -> Iterable[Citation]:
    pieces = [(Citation.Place.HEADING, row.heading), (Citation.Place.TEXT, row.text)]
    pieces += [(Citation.Place.NOTE, note["text"]) for note in row.footnotes]
    for place, words in pieces:
        for cited in find_symbols(words, row.language, known) if words else ():
            yield make_citation(
                row,
                as_printed=cited.as_printed,
                position=cited.position,
                place=place,
                symbol=cited.symbol,
                candidates=cited.candidates,
            )


def link_citations(citations: Iterable[Citation]) -> dict[str, Document | Resolution]:
    """Return what the record has under the symbols that are cited: {symbol: resolution or document}, in two questions.

    Candidates are looked up as well, so that a page can say which of them the record has.
    """
    symbols = {citation.symbol for citation in citations} | {each for c in citations for each in c.candidates}
    return link_symbols(symbols)


def link_symbols(symbols: Iterable[str]) -> dict[str, Document | Resolution]:
    """Return what the record has under some symbols: {symbol: resolution, or document where it has no resolution}."""
    wanted = set(symbols) - {""}
    if not wanted:
        return {}
    found: Mapping[str, Document | Resolution] = {
        str(document.symbol): document for document in Document.objects.filter(symbol__in=wanted)
    }
    return {**found, **{each.symbol: each for each in Resolution.objects.filter(symbol__in=wanted)}}
