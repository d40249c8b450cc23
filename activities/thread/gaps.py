"""Where the thread is broken: what was asked and not done, said and not taken up, due and not delivered."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from activities.thread.kinds import LAYERS, Kind
from activities.thread.nodes import Node, make_node
from activities.thread.rows import read_rows
from consultations.models import Disposition, View
from consultations.public_counts import PublicCounts
from declaration.models import Clause, Draft

SHOWN_OF_EACH: Final = 5
"""So many of what is missing are named on the page of the thread; a page of its own has all."""

_COLUMNS: Final = {layer.kind: layer.column for layer in reversed(LAYERS)}


class Gap(TextChoices):
    """A kind of gap."""

    REQUESTS = "requests-without-activity", _("Requests with no activity")
    VIEWS = "views-on-no-element", _("Views on no element")
    ELEMENTS = "elements-on-no-clause", _("Elements on no clause of the text as it stands")
    CLAUSES = "clauses-without-source", _("Clauses of the text as it stands with no source")
    COMMENTS = "comments-without-answer", _("Comments without an answer")
    DELIVERABLES = "deliverables-overdue", _("Deliverables that are overdue")


EXPLANATIONS: Final = {
    Gap.REQUESTS: _("No activity that answers them is recorded."),
    Gap.VIEWS: _("They are linked to no consideration and no assumption that the text must reflect."),
    Gap.ELEMENTS: _("No clause of the newest published draft reflects them."),
    Gap.CLAUSES: _(
        "They reflect no element, rest on no legal basis, and come from no view and no comment; nor does a clause in "
        "which they stand. Clauses that only hold others are not counted."
    ),
    Gap.COMMENTS: _("No answer to them is published."),
    Gap.DELIVERABLES: _(
        "The last day on which they may have been due is past, and they are neither delivered nor dropped."
    ),
}

_KINDS: Final = {
    Gap.REQUESTS: Kind.REQUEST,
    Gap.VIEWS: Kind.VIEW,
    Gap.ELEMENTS: Kind.ELEMENT,
    Gap.CLAUSES: Kind.CLAUSE,
    Gap.COMMENTS: Kind.COMMENT,
    Gap.DELIVERABLES: Kind.DELIVERABLE,
}


@dataclass(frozen=True)
class FoundGap:
    """A gap, how many things are missing their link, and the first of them."""

    gap: Gap
    count: int
    nodes: list[Node]

    @property
    def label(self) -> str:
        """How the gap is called."""
        return str(self.gap.label)

    @property
    def explanation(self) -> str:
        """What it means."""
        return str(EXPLANATIONS[self.gap])

    @property
    def is_shown_whole(self) -> bool:
        """Whether all of it is named."""
        return len(self.nodes) >= self.count


def list_gap(gap: Gap, *, user: Any = None, on: dt.date | None = None) -> QuerySet[Any]:
    """Return the rows that lack a link, of those that this person may read; `on` is the day on which (today, unless said)."""
    rows: Any = read_rows(_KINDS[gap], user)
    found: QuerySet[Any]
    match gap:
        case Gap.REQUESTS:
            found = rows.filter(~_linked(Activity.requests.through, "request"))
        case Gap.VIEWS:
            found = rows.filter(~_linked(View.elements.through, "view"))
        case Gap.ELEMENTS:
            found = rows.filter(~_linked(Clause.elements.through, "element", clause__draft=_current()))
        case Gap.CLAUSES:
            found = _without_source(rows, user)
        case Gap.COMMENTS:
            found = rows.unanswered()
        case Gap.DELIVERABLES:
            found = rows.overdue(on=on or timezone.localdate())
    return found


def name_rows(gap: Gap, rows: Any, user: Any = None) -> list[Node]:
    """Return rows of a gap as they are shown."""
    kind = _KINDS[gap]
    return [make_node(kind, kind.value, _COLUMNS[kind], row, user) for row in rows]


def find_gaps(*, user: Any = None) -> list[FoundGap]:
    """Return each gap with its figure and the first that it is made of, in a few questions to the database."""
    found = []
    for gap in Gap:
        rows = list_gap(gap, user=user)
        first = list(rows[: SHOWN_OF_EACH + 1])
        count = len(first) if len(first) <= SHOWN_OF_EACH else count_gap(gap, rows, user)
        found.append(FoundGap(gap, count, name_rows(gap, first[:SHOWN_OF_EACH], user)))
    return found


def count_gap(gap: Gap, rows: QuerySet[Any], user: Any = None) -> int:
    """Return how many rows a gap has. What everybody may know of comments is counted once and kept."""
    if gap == Gap.COMMENTS and user is None:
        return PublicCounts().unanswered()
    return rows.order_by().count()


class GapPages(Paginator):
    """The rows of a gap page by page, named as they are shown."""

    def __init__(self, gap: Gap, size: int, user: Any = None) -> None:
        self.gap, self.user, self.rows = gap, user, list_gap(gap, user=user)
        super().__init__(self.rows, size)

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return count_gap(self.gap, self.rows, self.user)

    def page(self, number: int | str) -> Page[Any]:
        """Return a page of things."""
        page = super().page(number)
        page.object_list = name_rows(self.gap, page.object_list, self.user)
        return page


def _current() -> Any:
    """Return the id of the text as it stands, for a condition."""
    return Draft.objects.current().values("pk")[:1]


def _linked(through: Any, name: str, **conditions: Any) -> Exists:
    return Exists(through.objects.filter(**{name: OuterRef("pk")}, **conditions))


def _without_source(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Return the clauses of the current text with nothing below them and no source on the way up to the top."""
    parents = dict(Clause.objects.filter(draft=_current()).values_list("pk", "parent"))
    said = View.objects.visible_to(user).values("pk")
    decided = Disposition.objects.visible_to(user).filter(resulting_clause__isnull=False)
    queries = [
        Clause.elements.through.objects.values_list("clause"),
        Clause.legal_bases.through.objects.values_list("clause"),
        View.clauses.through.objects.filter(view__in=said).values_list("clause"),
        decided.order_by().values_list("resulting_clause"),
    ]
    here = [query.filter(**{f"{name}__draft": _current()}) for query, name in zip(queries, _TO_CLAUSE, strict=True)]
    sourced = {pk for (pk,) in here[0].union(*here[1:])}
    holding = set(parents.values())
    missing = [
        pk for pk in parents if pk not in holding and not any(above in sourced for above in _upward(pk, parents))
    ]
    return rows.filter(pk__in=missing)


_TO_CLAUSE: Final = ("clause", "clause", "clause", "resulting_clause")


def _upward(pk: int, parents: dict[int, int | None]) -> Iterator[int]:
    """Yield a clause and those in which it stands, from the inside out."""
    seen: set[int] = set()
    here: int | None = pk
    while here is not None and here not in seen:
        yield here
        seen.add(here)
        here = parents.get(here)
