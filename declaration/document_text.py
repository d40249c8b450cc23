"""A document's text as it is read, once it has been brought in: its paragraphs in order, with notes, citations and contents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from declaration.languages import TEXT_LANGUAGES
from declaration.models import Citation, Document, Paragraph, Resolution
from declaration.outline import CONTENTS_KINDS, MAX_CONTENTS_DEPTH, Entry
from declaration.services.cited import link_citations
from declaration.text.labels import cite_clause, print_label
from declaration.text.references import ParagraphReference

Target = Document | Resolution
"""An entry of the record that has a symbol."""

NUMBERED_KINDS: Final = frozenset({"paragraph", "operative_paragraph"})


@dataclass(frozen=True)
class Footnote:
    """A note to read below the words that call it. `anchor` is its place on the page, `call` that of its call."""

    label: str
    text: str
    anchor: str
    call: str


@dataclass(frozen=True)
class Doubt:
    """A citation that could be of several things: as it is printed, and what it could be, each with its address if any."""

    as_printed: str
    candidates: list[tuple[str, str]]


@dataclass
class TextLine:
    """One piece of a document's text, ready to be shown; `entries` are those of the record that are taken from it."""

    paragraph: Paragraph
    label: str
    heading: SafeString
    words: SafeString
    footnotes: list[Footnote]
    doubts: list[Doubt]
    entries: list[Any] = field(default_factory=list)

    @property
    def eid(self) -> str:
        """Its identifier, alike in every language."""
        return self.paragraph.eid

    @property
    def depth(self) -> int:
        """How many pieces it stands in."""
        return self.paragraph.depth

    @property
    def is_heading(self) -> bool:
        """Whether it heads what follows."""
        return self.paragraph.kind in CONTENTS_KINDS

    @property
    def level(self) -> int:
        """The level of its heading on the page, below the page's own."""
        return min(self.paragraph.depth, 3) + 2


def list_languages(document: Document) -> list[str]:
    """Return the languages in which a document's text has been brought in, in the order in which languages are listed."""
    found = set(document.paragraphs.order_by().values_list("language", flat=True).distinct())
    return [code for code in TEXT_LANGUAGES if code in found]


def pick_language(languages: list[str], *wanted: str) -> str:
    """Return the first of the wanted languages that there is, else English, else any; empty where there is no text."""
    return next((code for code in (*wanted, "en", *languages) if code in languages), "")


def read_text(document: Document, language: str) -> list[TextLine]:
    """Return a document's text in one language, in reading order, in four queries at most however long it is."""
    paragraphs = list(document.paragraphs.filter(language=language).order_by("position"))
    cited: dict[int, list[Citation]] = defaultdict(list)
    for citation in Citation.objects.filter(paragraph__document=document, paragraph__language=language).order_by("pk"):
        cited[citation.paragraph_id or 0].append(citation)
    citations = [citation for each in cited.values() for citation in each]
    targets = link_citations(citations)
    return [_line(paragraph, cited[paragraph.pk], targets) for paragraph in paragraphs]


def list_sections(lines: Iterable[TextLine]) -> list[Entry]:
    """Return a table of contents, each entry leading to its place on the same page."""
    return [
        Entry(
            label=line.label or line.paragraph.heading,
            heading=line.paragraph.heading if line.label else "",
            url=f"#{line.eid}",
            depth=min(line.depth, MAX_CONTENTS_DEPTH),
        )
        for line in lines
        if line.is_heading
    ]


def paragraph_anchor(reference: ParagraphReference) -> str:
    """Return the identifier of a cited paragraph, as texts of documents have it: 26 (a) → `para_26__subpara_a`."""
    anchor = f"para_{reference.number}"
    return f"{anchor}__subpara_{reference.letter}" if reference.letter else anchor


def index_paragraphs(paragraphs: Iterable[Paragraph]) -> dict[ParagraphReference, str]:
    """Return the identifier of each paragraph and lettered part that can be cited; where a number repeats, of the first."""
    found: dict[ParagraphReference, str] = {}
    for paragraph in paragraphs:
        if not paragraph.number:
            continue
        if paragraph.kind in NUMBERED_KINDS:
            found.setdefault(ParagraphReference(paragraph.number), paragraph.eid)
        elif paragraph.kind == "subparagraph" and paragraph.label:
            found.setdefault(ParagraphReference(paragraph.number, paragraph.label), paragraph.eid)
    return found


def name_paragraph(eid: str, language: str) -> str:
    """Return how a paragraph is called by itself: "Paragraph 26 (a)"; its identifier where that says nothing."""
    try:
        return cite_clause(eid, language)
    except ValueError:
        return eid


def target_url(target: Target) -> str:
    """Return the page of a document or a resolution."""
    name = "resolution-detail" if isinstance(target, Resolution) else "document-detail"
    return reverse(name, args=[target.slug])


def _line(paragraph: Paragraph, citations: list[Citation], targets: Mapping[str, Target]) -> TextLine:
    notes = [
        Footnote(note["label"], note["text"], f"note-{paragraph.eid}-{number}", f"call-{paragraph.eid}-{number}")
        for number, note in enumerate(paragraph.footnotes, start=1)
    ]
    placed = list(zip(notes, paragraph.footnotes, strict=True))
    pieces = {
        place: [
            *((note["position"], "", _call(shown)) for shown, note in placed if note["is_in_heading"] == inside),
            *(_citation(each, targets) for each in citations if each.place == place),
        ]
        for place, inside in ((Citation.Place.HEADING, True), (Citation.Place.TEXT, False))
    }
    return TextLine(
        paragraph=paragraph,
        label=print_label(paragraph.kind, paragraph.label, paragraph.language),
        heading=_marked(paragraph.heading, pieces[Citation.Place.HEADING]),
        words=_marked(paragraph.text, pieces[Citation.Place.TEXT]),
        footnotes=notes,
        doubts=[_doubt(each, targets) for each in citations if not each.symbol],
    )


def _call(note: Footnote) -> SafeString:
    said = _("note %(label)s") % {"label": note.label}
    return format_html(
        '<sup class="note-call"><a id="{}" href="#{}" aria-label="{}">{}</a></sup>',
        note.call,
        note.anchor,
        said,
        note.label,
    )


def _citation(citation: Citation, targets: Mapping[str, Target]) -> tuple[int, str, SafeString]:
    """Return where a citation stands and how it is shown: leading to what it cites, or marked where that is in doubt."""
    target = targets.get(citation.symbol)
    if target is not None:
        shown = format_html('<a href="{}" title="{}">{}</a>', target_url(target), citation.symbol, citation.as_printed)
    elif citation.symbol:
        shown = format_html('<span title="{}">{}</span>', citation.symbol, citation.as_printed)
    else:
        could_be = pgettext("between symbols", ", ").join(citation.candidates)
        said = (
            _("It could be: %(symbols)s") % {"symbols": could_be} if could_be else _("It is not clear what this cites.")
        )
        shown = format_html('<span class="in-doubt" title="{}">{}</span>', said, citation.as_printed)
    return citation.position, citation.as_printed, shown


def _doubt(citation: Citation, targets: Mapping[str, Target]) -> Doubt:
    found = [(symbol, targets.get(symbol)) for symbol in citation.candidates]
    return Doubt(citation.as_printed, [(symbol, target_url(target) if target else "") for symbol, target in found])


def _marked(text: str, pieces: list[tuple[int, str, SafeString]]) -> SafeString:
    """Return a text, escaped, with pieces (position, the words there, what stands in their place) put in.

    A piece that overlaps the one before, or whose words do not stand where it says, is passed over: the text stays whole.
    """
    shown: list[tuple[SafeString]] = []
    at = 0
    for start, printed, piece in sorted(pieces, key=lambda each: (each[0], len(each[1]))):
        end = start + len(printed)
        if start < at or text[start:end] != printed:
            continue
        shown += [(_lines(text[at:start]),), (piece,)]
        at = end
    return format_html_join("", "{}", [*shown, (_lines(text[at:]),)])


def _lines(text: str) -> SafeString:
    return mark_safe(conditional_escape(text).replace("\n", "<br>"))
