"""The public page of a clause, and the list of public comments."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from consultations.filters import CommentFilter
from consultations.models import Call, Comment, View
from consultations.positions import count_on_clause
from consultations.standing_cards import clause_address
from consultations.tallies import Tally
from consultations.views.cards import make_comment_cards
from consultations.views.drafts import list_commented_lines
from consultations.views.earlier import list_earlier
from consultations.views.voices import excerpt_voices
from declaration.citations import cite_clause
from declaration.corrigenda import corrigenda_of, read_corrections
from declaration.models import Clause, Draft, Element, LegalBasis, Wording
from declaration.outline import (
    choose_language,
    find_ancestors,
    find_neighbours,
    find_subtree,
    name_clause,
    read_clauses,
)
from declaration.views.downloads import offer_citations
from declaration.views.pages import Crumb, ListPage, offer_fields, take_first

COMMENTS_A_PAGE = 50


@dataclass(frozen=True)
class Neighbour:
    """A clause to go to: its name and the address of its page."""

    name: str
    url: str

    @classmethod
    def of(cls, clause: Clause | None) -> "Neighbour | None":
        """Return a clause as a neighbour, nothing for none."""
        return cls(name_clause(clause), clause_address(clause)) if clause else None


class ClauseDetail(ListPage):
    """A clause of a draft: its words in every language, what it reflects and rests on, and what was said on it."""

    template_name = "declaration/clause_detail.html"
    paginate_by = COMMENTS_A_PAGE

    @cached_property
    def draft(self) -> Draft:
        """The draft, which is published."""
        drafts: QuerySet[Draft] = Draft.objects.published().for_reading()
        return get_object_or_404(drafts, ordinal=self.kwargs["ordinal"])

    @cached_property
    def tree(self) -> list[Clause]:
        """All clauses of the draft in reading order, without their words."""
        return list(self.draft.clauses.order_by("position"))

    @cached_property
    def clause(self) -> Clause:
        """The clause."""
        for clause in self.tree:
            if clause.eid == self.kwargs["eid"]:
                return clause
        raise Http404

    @cached_property
    def subtree(self) -> list[Clause]:
        """The clause and all that stands below it, with their words in every language."""
        below = find_subtree(self.clause, self.tree)
        prefetch_related_objects(below, Prefetch("wordings", Wording.objects.order_by("language")))
        prefetch_related_objects(
            [self.clause],
            Prefetch("elements", Element.objects.select_related("source")),
            Prefetch("legal_bases", LegalBasis.objects.select_related("source")),
        )
        return below

    @cached_property
    def filter(self) -> CommentFilter:
        """The public comments on the clause, narrowed as the reader asked."""
        comments = Comment.objects.public().filter(clause=self.clause)
        return CommentFilter(self.request.GET, queryset=comments, request=self.request)

    def get_queryset(self) -> QuerySet[Comment]:
        """Return the comments as they came in, each with all that is printed of it."""
        comments: QuerySet[Comment] = self.filter.qs.with_context().in_order_of_filing()
        return comments

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here, through the clauses that it stands in."""
        return [
            (_("The text"), reverse("draft-list")),
            (self.draft.name, reverse("draft-detail", args=[self.draft.ordinal])),
            *((name_clause(each), clause_address(each)) for each in find_ancestors(self.clause, self.tree)),
            (name_clause(self.clause), ""),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the clause's words, its place in the text and what was said on it."""
        language = choose_language(self.draft, self.language)
        first, *below = read_clauses(self.subtree, language)
        counts = Comment.objects.public().filter(clause__in=self.subtree).count_by_target()
        before, after = find_neighbours(self.clause, self.tree)
        views = View.objects.public().filter(clauses=self.clause).with_context().in_order()
        context = super().get_context_data(draft=self.draft, clause=self.clause, first=first, **kwargs)
        return context | {
            "voices": excerpt_voices(take_first(views)),
            "views_query": urlencode([("draft", self.draft.ordinal), ("clause", self.clause.eid)]),
            "name": name_clause(self.clause),
            "corrections": read_corrections(corrigenda_of(self.draft).filter(clause=self.clause)),
            "wordings": sorted(self.clause.wordings.all(), key=lambda wording: wording.language != language),
            "before": Neighbour.of(before),
            "after": Neighbour.of(after),
            "below": list_commented_lines(below, self.draft.ordinal, counts),
            "tally": Tally.of(counts.get(self.clause.pk, {})),
            "states": count_on_clause(self.clause) if counts.get(self.clause.pk) else None,
            "cards": make_comment_cards(context["page_obj"], self.clause.wordings.all()),
            "earlier": list_earlier(self.clause, self.draft, self.request),
            "filter_fields": offer_fields(self.filter, "position", "category", "is_answered", "party_kind"),
            "calls": Call.objects.open().filter(draft=self.draft),
            "citation": cite_clause(self.clause, self.draft),
            "citation_files": offer_citations(self.draft, self.clause),
            "shown_languages": self.draft.languages,
        }
