"""How far each request is: what was done about it, what was due under it, and whether that was delivered."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Deliverable
from consultations.models import Consultation
from declaration.models import Request

Standing = Literal["delivered", "overdue", "due", "answered", "nothing"]

STANDINGS: Final[dict[Standing, Any]] = {
    "delivered": _("all that was due is delivered"),
    "overdue": _("something is overdue"),
    "due": _("something is still due"),
    "answered": _("something is recorded, nothing is due"),
    "nothing": _("nothing is recorded"),
}

MOST_SIGNS: Final = 8
"""So many signs of a kind a picture draws in a row; the figure beside them counts all."""


@dataclass(frozen=True)
class Progress:
    """What is recorded under one request. Consultations are the public ones of the activities that answer it."""

    request: Request
    activities: int
    consultations: int
    outcomes: int
    delivered: int
    due: int
    overdue: int

    @property
    def deliverables(self) -> int:
        """How much was to be delivered, without what was dropped."""
        return self.delivered + self.due

    @property
    def standing(self) -> Standing:
        """How far it is. What was only done is never called delivered: nobody has said that it is enough."""
        if self.overdue:
            return "overdue"
        if self.due:
            return "due"
        if self.delivered:
            return "delivered"
        return "answered" if self.activities or self.outcomes else "nothing"

    @property
    def label(self) -> str:
        """How far it is, in words."""
        return str(STANDINGS[self.standing])


def read_progress(requests: Iterable[Request], *, on: dt.date | None = None) -> list[Progress]:
    """Return how far each of these requests is on a day (today, unless said), in three queries.

    The requests come with their resolutions, where the caller prints these.
    """
    requests, on = list(requests), on or timezone.localdate()
    keys = [request.pk for request in requests]
    done = _count_done(keys)
    owed = _count_owed(keys, on)
    return [Progress(request, **done[request.pk], **owed[request.pk]) for request in requests]


def _count_done(keys: list[int]) -> dict[int, dict[str, int]]:
    public = Q(activities__consultations__in=Consultation.objects.public().order_by())
    found = Request.objects.filter(pk__in=keys).order_by().values("pk")
    done = found.annotate(
        activity_count=Count("activities", distinct=True),
        consultation_count=Count("activities__consultations", filter=public, distinct=True),
    )
    outcomes = {row["pk"]: row["outcome_count"] for row in found.annotate(outcome_count=Count("outcomes"))}
    return {
        row["pk"]: {
            "activities": row["activity_count"],
            "consultations": row["consultation_count"],
            "outcomes": outcomes[row["pk"]],
        }
        for row in done
    }


def _count_owed(keys: list[int], on: dt.date) -> dict[int, dict[str, int]]:
    owed = {key: {"delivered": 0, "due": 0, "overdue": 0} for key in keys}
    columns = ("requests", "status", "due_latest")
    for key, status, latest in Deliverable.objects.filter(requests__in=keys).order_by().values_list(*columns):
        if key not in owed or status == Deliverable.Status.DROPPED:
            continue
        owed[key]["delivered" if status == Deliverable.Status.DELIVERED else "due"] += 1
        owed[key]["overdue"] += status != Deliverable.Status.DELIVERED and latest is not None and latest < on
    return owed


def count_standings(progress: Iterable[Progress]) -> Mapping[Standing, int]:
    """Count the requests by how far they are, in their usual order, without what none is."""
    standings = [each.standing for each in progress]
    return {code: standings.count(code) for code in STANDINGS if code in standings}


SIGN: Final = 14
ROW: Final = 24
LABEL: Final = 150
COLUMN: Final = SIGN * MOST_SIGNS + 34
WIDTH: Final = LABEL + 4 * COLUMN
"""Measures of the picture: a sign, a row, the requests' names, and a column of signs with its figure."""

SHAPES: Final = {
    "activities": "m1 1h8v8h-8z",
    "consultations": "m1 5a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "outcomes": "m5 0l5 10h-10z",
    "deliverables": "m5 0l5 5l-5 5l-5 -5z",
}
"""The sign of each in a square ten units wide: a square, a circle, a triangle, and a diamond, which is empty until delivered."""


@dataclass(frozen=True)
class Signs:
    """The signs of one kind in a row, and how many they stand for where there is no room for all of them."""

    kind: str
    filled: str
    outlined: str
    more: int
    more_x: int


@dataclass(frozen=True)
class ProgressRow:
    """A request in the picture."""

    progress: Progress
    x: int
    y: int
    signs: list[Signs]


class ProgressPicture:
    """Requests down; a sign for each activity, consultation, outcome and deliverable across."""

    def __init__(self, progress: list[Progress], *, mirrored: bool) -> None:
        self.mirrored = mirrored
        self.width, self.height = WIDTH, ROW * len(progress) + 4
        self.rows = [self._row(each, ROW * at) for at, each in enumerate(progress)]

    def _row(self, progress: Progress, top: int) -> ProgressRow:
        counts = (
            ("activities", progress.activities, 0),
            ("consultations", progress.consultations, 0),
            ("outcomes", progress.outcomes, 0),
            ("deliverables", progress.delivered, progress.due),
        )
        signs = [self._signs(*count, start=LABEL + COLUMN * at, top=top + 7) for at, count in enumerate(counts)]
        return ProgressRow(progress, self._across(0), top + 16, signs)

    def _signs(self, kind: str, filled: int, outlined: int, *, start: int, top: int) -> Signs:
        shown = min(filled + outlined, MOST_SIGNS)
        marks = [f"M{self._across(start + SIGN * at, wide=10)} {top}{SHAPES[kind]}" for at in range(shown)]
        return Signs(
            kind,
            "".join(marks[:filled]),
            "".join(marks[filled:]),
            filled + outlined - shown,
            self._across(start + SIGN * shown),
        )

    def _across(self, x: int, *, wide: int = 0) -> int:
        return WIDTH - x - wide if self.mirrored else x
