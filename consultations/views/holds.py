"""The public page of what is held, and what pages about a call or a filing say of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Call, Comment, Hold, Submission
from consultations.views.cards import Author, name_author, name_target
from declaration.views.pages import Crumb, ListPage

HOLDS_A_PAGE = 50
MOST_REPEATED = 20
"""So many texts that several stakeholders filed are listed on a call's page: the most frequent ones."""


@dataclass(frozen=True)
class HoldCard:
    """The trace of what is held: whose it is, where it would stand, why, since when, and until when."""

    hold: Hold
    author: Author | None
    target: str
    """What the comment is on; nothing where the whole filing is held."""

    @classmethod
    def of(cls, hold: Hold) -> "HoldCard":
        """Return a hold, which comes with its context, ready to be shown."""
        target = name_target(hold.comment)[0] if hold.comment else ""
        return cls(hold, name_author(hold.filing), target)


def list_holds(holds: QuerySet[Hold]) -> list[HoldCard]:
    """Return the traces of holds."""
    return [HoldCard.of(hold) for hold in holds.with_context()]  # type: ignore[attr-defined]


def list_holds_on(submission: Submission) -> list[HoldCard]:
    """Return what is held now of a public filing: all of it, or single comments."""
    holds = Hold.objects.public().active()
    whole, single = holds.filter(submission=submission), holds.filter(comment__submission=submission)
    return list_holds(whole | single)


@dataclass(frozen=True)
class Repeated:
    """What several stakeholders said in the same words: one of the comments, and how many there are. Counted once."""

    comment: Comment
    times: int
    target: str


def list_repeated(call: Call) -> list[Repeated]:
    """Return what several stakeholders filed in the same words in a call, the most frequent first."""
    rows = list(Comment.objects.public().filter(submission__call=call).repeated()[:MOST_REPEATED])
    comments = Comment.objects.with_context().in_bulk([row["first"] for row in rows])
    found: Iterable[tuple[Comment, int]] = ((comments[row["first"]], row["times"]) for row in rows)
    return [Repeated(comment, times, name_target(comment)[0]) for comment, times in found]


class HoldList(ListPage):
    """All that is held or was, with the published reasons."""

    template_name = "consultations/hold_list.html"
    paginate_by = HOLDS_A_PAGE

    def get_queryset(self) -> QuerySet[Hold]:
        """Return the holds, the newest first."""
        holds: QuerySet[Hold] = Hold.objects.public().with_context().order_by("-placed_at", "-id")
        return holds

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Calls for comments"), reverse("call-list")), (_("What is held"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the traces."""
        context = super().get_context_data(**kwargs)
        return context | {"holds": [HoldCard.of(hold) for hold in context["page_obj"]]}
