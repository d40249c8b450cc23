"""Public pages of what the text must reflect and what it rests on."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from declaration.models import Clause, Draft, Element, LegalBasis
from declaration.outline import choose_language, read_clauses
from declaration.views.pages import Crumb, DetailPage, ListPage


class ElementList(ListPage):
    """The considerations and assumptions, and the legal bases, each with the clauses of the present draft it led to."""

    template_name = "declaration/element_list.html"
    context_object_name = "elements"

    def get_queryset(self) -> QuerySet[Element]:
        """Return the elements in their order."""
        return Element.objects.select_related("source").prefetch_related(clauses_of_current_draft())

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("What the text must reflect"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the legal bases and the draft whose clauses are named."""
        bases = LegalBasis.objects.select_related("source", "document").prefetch_related(clauses_of_current_draft())
        return super().get_context_data(legal_bases=bases, draft=Draft.objects.current().first(), **kwargs)


class ElementDetail(DetailPage):
    """An element: what it asks of the text, where it comes from, and the words that reflect it, draft by draft."""

    template_name = "declaration/element_detail.html"
    slug_field = slug_url_kwarg = "code"
    context_object_name = "element"

    def get_queryset(self) -> QuerySet[Element]:
        """Return the elements with their source."""
        return Element.objects.select_related("source")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("What the text must reflect"), reverse("element-list")), (self.object.theme, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the clauses that reflect it with their words: [(draft, lines)], the newest draft first."""
        clauses: dict[Draft, list[Clause]] = {}
        reflecting = self.object.clauses.filter(draft__in=Draft.objects.published()).select_related("draft")
        for clause in reflecting.prefetch_related("wordings").order_by("-draft__ordinal", "position"):
            clauses.setdefault(clause.draft, []).append(clause)
        texts = [(draft, read_clauses(each, choose_language(draft, self.language))) for draft, each in clauses.items()]
        return super().get_context_data(texts=texts, **kwargs)


def clauses_of_current_draft() -> "Prefetch[str, QuerySet[Clause], str]":
    """Return the prefetch of a thing's `clauses` in the draft that stands now, in reading order."""
    current = Draft.objects.current().values("pk")[:1]
    return Prefetch("clauses", Clause.objects.filter(draft__in=current).select_related("draft").order_by("position"))
