"""What was said on earlier drafts of a clause, for its page."""

from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations.models import Comment
from consultations.views.cards import CommentCard, make_comment_cards
from declaration.fates import find_ancestors_of
from declaration.models import Clause, Draft

EARLIER_A_PAGE = 20


@dataclass(frozen=True)
class EarlierComments:
    """A page of public comments on earlier drafts, each with where it stands on this one."""

    cards: list[CommentCard]
    page_obj: Page[Comment]


def list_earlier(clause: Clause, draft: Draft, request: HttpRequest) -> EarlierComments | None:
    """Return the public comments on the clauses that this one comes from (`?earlier=2`); nothing for a first draft."""
    if draft.supersedes_id is None:
        return None
    clauses = find_ancestors_of(clause, draft)
    comments = Comment.objects.public().filter(clause__in=clauses).with_context().prefetch_related("clause__wordings")
    page = Paginator(comments.in_reading_order(), EARLIER_A_PAGE).get_page(request.GET.get("earlier"))
    return EarlierComments([name_draft(card) for card in make_comment_cards(page, draft=draft)], page)


def name_draft(card: CommentCard) -> CommentCard:
    """Return a card that says also in which draft the clause is that the comment was made on."""
    values = {"clause": card.clause_label, "draft": card.comment.submission.call.draft.name}
    return replace(card, clause_label=_("%(clause)s in: %(draft)s") % values)
