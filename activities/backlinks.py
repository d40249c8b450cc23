"""Which entries of the record are taken from a document, and from which of its paragraphs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.models import Activity, Deliverable, Outcome
from consultations.models import Answer, Consultation, Questionnaire, View
from declaration.document_text import TextLine, index_paragraphs
from declaration.models import (
    Document,
    Element,
    LegalBasis,
    Mandate,
    MandateHolder,
    Phase,
    Request,
    Resolution,
)
from declaration.models.sourced import Sourced
from declaration.text.references import ParagraphReference, ParagraphReferenceError, parse_paragraphs


@dataclass(frozen=True)
class Taken:
    """An entry that a document tells of: what kind of entry, its name and page, and the paragraphs it is taken from.

    `unreadable` holds what stands in place of paragraphs where that cites none.
    """

    kind: str
    kind_name: str
    key: str
    name: Any
    url: str
    paragraphs: tuple[ParagraphReference, ...]
    citation: str
    unreadable: bool = False


@dataclass(frozen=True)
class _Kind:
    rows: Callable[[Any], QuerySet[Any]]
    name: Promise
    key: Callable[[Any], str]
    title: Callable[[Any], Any]
    url: Callable[[Any], str]


_KINDS: Final[dict[str, _Kind]] = {
    "element": _Kind(
        lambda _reader: Element.objects.order_by("position"),
        gettext_lazy("Element"),
        lambda each: each.code,
        lambda each: each.theme,
        lambda each: reverse("element-detail", args=[each.code]),
    ),
    "legal_basis": _Kind(
        lambda _reader: LegalBasis.objects.order_by("position"),
        gettext_lazy("Legal basis"),
        lambda each: each.slug,
        lambda each: each.instrument,
        lambda each: f"{reverse('element-list')}#basis-{each.slug}",
    ),
    "resolution": _Kind(
        lambda _reader: Resolution.objects.order_by("adopted_on_earliest", "symbol"),
        gettext_lazy("Resolution or decision"),
        lambda each: each.slug,
        lambda each: each.symbol,
        lambda each: reverse("resolution-detail", args=[each.slug]),
    ),
    "request": _Kind(
        lambda _reader: Request.objects.select_related("resolution").order_by("resolution__symbol", "position"),
        gettext_lazy("Request"),
        lambda each: str(each.pk),
        str,
        lambda each: f"{reverse('resolution-detail', args=[each.resolution.slug])}#request-{each.position}",
    ),
    "mandate": _Kind(
        lambda _reader: Mandate.objects.order_by("slug"),
        gettext_lazy("Mandate"),
        lambda each: each.slug,
        lambda each: each.name,
        lambda each: reverse("mandate-detail", args=[each.slug]),
    ),
    "holder": _Kind(
        lambda _reader: MandateHolder.objects.select_related("mandate").order_by("mandate", "ordinal"),
        gettext_lazy("Mandate holder"),
        lambda each: f"{each.mandate.slug}/{each.ordinal}",
        lambda each: each.name,
        lambda each: reverse("mandate-detail", args=[each.mandate.slug]),
    ),
    "phase": _Kind(
        lambda _reader: Phase.objects.select_related("mandate").order_by("mandate", "ordinal"),
        gettext_lazy("Phase of the work plan"),
        lambda each: f"{each.mandate.slug}/{each.ordinal}",
        lambda each: each.name,
        lambda each: reverse("mandate-detail", args=[each.mandate.slug]),
    ),
    "activity": _Kind(
        lambda _reader: Activity.objects.in_order(),
        gettext_lazy("Activity"),
        lambda each: each.slug,
        lambda each: each.name,
        lambda each: reverse("activity-detail", args=[each.slug]),
    ),
    "consultation": _Kind(
        lambda reader: Consultation.objects.visible_to(reader).in_order(),
        gettext_lazy("Consultation"),
        lambda each: each.slug,
        lambda each: each.name,
        lambda each: reverse("consultation-detail", args=[each.slug]),
    ),
    "view": _Kind(
        lambda reader: View.objects.visible_to(reader).select_related("consultation").in_order(),
        pgettext_lazy("expressed in a consultation", "View"),
        lambda each: str(each.pk),
        lambda each: each.summary,
        lambda each: f"{reverse('consultation-detail', args=[each.consultation.slug])}#view-{each.pk}",
    ),
    "questionnaire": _Kind(
        lambda _reader: Questionnaire.objects.in_order(),
        gettext_lazy("Questionnaire"),
        lambda each: each.slug,
        lambda each: each.name,
        lambda each: reverse("questionnaire-detail", args=[each.slug]),
    ),
    "answer": _Kind(
        lambda reader: Answer.objects.visible_to(reader).select_related("question__questionnaire").in_order(),
        gettext_lazy("Answer to a question"),
        lambda each: str(each.pk),
        lambda each: each.summary,
        lambda each: f"{reverse('questionnaire-detail', args=[each.question.questionnaire.slug])}#answer-{each.pk}",
    ),
    "outcome": _Kind(
        lambda _reader: Outcome.objects.in_order(),
        gettext_lazy("Outcome"),
        lambda each: each.slug,
        lambda each: each.name,
        lambda each: reverse("outcome-detail", args=[each.slug]),
    ),
    "deliverable": _Kind(
        lambda _reader: Deliverable.objects.in_order(),
        gettext_lazy("Deliverable"),
        lambda each: each.slug,
        lambda each: each.name,
        lambda each: reverse("deliverable-detail", args=[each.slug]),
    ),
}


def list_taken(document: Document, *, reader: Any) -> list[Taken]:
    """Return the entries that a document tells of and that this reader may see, in one query for each kind of entries."""
    return [
        _taken(code, kind, entry)
        for code, kind in _KINDS.items()
        for entry in kind.rows(reader).filter(source=document)
    ]


def _taken(code: str, kind: _Kind, entry: Sourced) -> Taken:
    try:
        paragraphs = tuple(parse_paragraphs(entry.source_paragraphs))
    except ParagraphReferenceError:
        paragraphs = ()
    return Taken(
        kind=code,
        kind_name=str(kind.name),
        key=kind.key(entry),
        name=kind.title(entry),
        url=kind.url(entry),
        paragraphs=paragraphs,
        citation=entry.source_paragraphs,
        unreadable=bool(entry.source_paragraphs) and not paragraphs,
    )


def place_taken(lines: Iterable[TextLine], taken: Iterable[Taken]) -> list[Taken]:
    """Put entries at the paragraphs they are taken from; return those that cite a paragraph which the text does not have."""
    lines = list(lines)
    by_eid = {line.eid: line for line in lines}
    eids = index_paragraphs(line.paragraph for line in lines)
    astray: list[Taken] = []
    for entry in taken:
        found = dict.fromkeys(eids[each] for each in entry.paragraphs if each in eids)
        for eid in found:
            by_eid[eid].entries.append(entry)
        if entry.unreadable or any(each not in eids for each in entry.paragraphs):
            astray.append(entry)
    return astray
