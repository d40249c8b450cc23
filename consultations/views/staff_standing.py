"""Where the comments on earlier drafts stand on a draft, for staff: before it is published, and after."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.desk import name_target
from consultations.models import Comment
from consultations.standing import Kind, Standing, find_standings
from consultations.standing_cards import StandingCard, make_standing_card
from consultations.views.staff_drafts import DraftView
from declaration.models import Draft

ROWS_A_PAGE = 50

LOSES_ITS_CLAUSE = (Kind.DROPPED, Kind.UNKNOWN, Kind.SPLIT)
"""What staff look at first: comments that have no clause any more, or no longer one."""


@dataclass(frozen=True)
class KindCount:
    """How many comments stand so; `provisional` are those of them that nobody has confirmed yet."""

    code: str
    label: str
    count: int
    provisional: int


@dataclass(frozen=True)
class StandingRow:
    """A comment with where it stands."""

    comment: Comment
    name: str
    card: StandingCard


def count_kinds(standings: Iterable[Standing]) -> list[KindCount]:
    """Return how many comments stand in each way, in the order of the ways."""
    found = list(standings)
    counts = Counter(each.kind.value for each in found)
    provisional = Counter(each.kind.value for each in found if each.is_provisional)
    return [KindCount(code, str(label), counts[code], provisional[code]) for code, label in Kind.choices]


class DraftStandingView(DraftView):
    """How many comments stand where on a draft, and which; those in need of care first, unless one way is chosen."""

    def get(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Show it."""
        page = Paginator(self.list_comments(), ROWS_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "draft": self.draft,
            "counts": count_kinds(self.standings.values()),
            "total": len(self.standings),
            "provisional": sum(standing.is_provisional for standing in self.standings.values()),
            "chosen": self.chosen,
            "rows": [
                StandingRow(each, name_target(each), make_standing_card(self.standings[each.pk])) for each in page
            ],
            "page_obj": page,
            "shown_languages": self.draft.languages,
        }
        return self.show("draft_standing", context, crumbs=self.crumbs((_("Where comments stand"), "")))

    @cached_property
    def standings(self) -> dict[int, Standing]:
        """Where the comments stand that staff have to answer, by comment id."""
        return find_filed_standings(self.draft)

    @property
    def chosen(self) -> str:
        """The one way of standing that is asked for (`?kind=dropped`); empty for those in need of care."""
        wanted = self.request.GET.get("kind", "")
        return wanted if wanted in Kind.values else ""

    def list_comments(self) -> QuerySet[Comment]:
        """Return the comments that are shown, in the order of the text."""
        kinds = [self.chosen] if self.chosen else LOSES_ITS_CLAUSE
        wanted = [pk for pk, standing in self.standings.items() if standing.kind in kinds]
        comments: QuerySet[Comment] = Comment.objects.filter(pk__in=wanted).with_context().in_reading_order()
        return comments


def find_filed_standings(draft: Draft) -> dict[int, Standing]:
    """Return where the comments on earlier drafts stand on a draft, as far as staff may read them now: {comment id: standing}."""
    earlier = {"submission__call__draft__declaration": draft.declaration_id}
    filed = Comment.objects.filed_for_staff().filter(**earlier, submission__call__draft__ordinal__lt=draft.ordinal)
    return find_standings(filed, draft)
