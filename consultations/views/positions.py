"""The public pages of positions: a draft's map, and who differs from whom on one clause."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from consultations.models import Comment
from consultations.position_map import CLAUSES_A_PAGE, Picture, PositionFilter, PositionMap, PositionRow
from consultations.standing_cards import clause_address
from declaration.models import Clause, Draft
from declaration.outline import name_clause
from declaration.views.pages import Crumb, PublicPage


class PositionPage(PublicPage, TemplateView):
    """A page of positions on a published draft."""

    @cached_property
    def draft(self) -> Draft:
        """The draft, which is published."""
        drafts: QuerySet[Draft] = Draft.objects.published().for_reading()
        return get_object_or_404(drafts, ordinal=self.kwargs["ordinal"])

    @cached_property
    def filter(self) -> PositionFilter:
        """How the reader narrowed it."""
        return PositionFilter(self.request.GET)

    def get_json_address(self) -> str:
        """Return the twin's address, narrowed alike."""
        kept = [(name, self.request.GET[name]) for name in (*self.filter.fields, "page") if self.request.GET.get(name)]
        return super().get_json_address() + (f"?{urlencode(kept)}" if kept else "")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        draft = reverse("draft-detail", args=[self.draft.ordinal])
        return [(_("The text"), reverse("draft-list")), (self.draft.name, draft), (_("Positions"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what both pages print."""
        return super().get_context_data(
            draft=self.draft, filter_fields=list(self.filter), positions=Comment.Position.choices, **kwargs
        )


class DraftPositions(PositionPage):
    """Which State holds which position on which clause of a draft: a picture, and the table under it."""

    template_name = "consultations/positions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the clauses of this page, with who holds what, and the picture of it."""
        found = PositionMap(self.draft, self.filter)
        page: Page[PositionRow] = Paginator(found.rows, CLAUSES_A_PAGE).get_page(self.request.GET.get("page"))
        rows = list(page)
        return super().get_context_data(
            rows=rows,
            page_obj=page,
            picture=Picture(rows, mirrored=get_language_bidi()) if rows else None,
            of_stakeholders=found.is_of_stakeholders,
            **kwargs,
        )


class ClausePositions(PositionPage):
    """Who differs from whom on a clause."""

    template_name = "consultations/clause_positions.html"

    @cached_property
    def clause(self) -> Clause:
        """The clause."""
        clauses = Clause.objects.filter(draft=self.draft).select_related("draft")
        return get_object_or_404(clauses, eid=self.kwargs["eid"])

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here, through the clause."""
        first, draft, last = super().get_crumbs()
        return [first, draft, (name_clause(self.clause), clause_address(self.clause)), last]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who holds what."""
        found = PositionMap(self.draft, self.filter, clause=self.clause)
        return super().get_context_data(
            clause=self.clause,
            name=name_clause(self.clause),
            row=found.rows[0],
            of_stakeholders=found.is_of_stakeholders,
            **kwargs,
        )
