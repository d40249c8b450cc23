"""What came in that the mandate holder's staff may know of: what their daily mail tells.

Nothing of a sealed call is in it, not even that something came. When the call closes or is opened early, what was filed
until then becomes known all at once, at that moment.
"""

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, DateTimeField, F, When
from django.db.models.functions import Coalesce, Greatest, Least

from consultations.models import Call, ParticipationRequest, Reply, Submission

MOST_NAMES: Final = 30
"""So many parties are named for each call; more are counted."""


@dataclass(frozen=True)
class CameIn:
    """What was filed in one call: how often, by whom (the first of them), and how many more there are."""

    call: Call
    count: int
    names: tuple[str, ...]

    @property
    def unnamed(self) -> int:
        """How many filings' parties are not named."""
        return self.count - len(self.names)


@dataclass(frozen=True)
class News:
    """What came in between two moments: filings by call, requests to take part that wait, replies to answers."""

    filings: tuple[CameIn, ...]
    requests: int
    replies: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.filings or self.requests or self.replies)


def came_in(*, since: dt.datetime, until: dt.datetime, at: dt.datetime) -> News:
    """Return what became known to staff from `since` to before `until`, as far as they may read it at `at`."""
    released = Least("call__closes_at", Coalesce("call__opened_early_at", "call__closes_at"))
    known_at = Case(
        When(
            call__publication_rule=Call.PublicationRule.TOGETHER_AFTER_CLOSING, then=Greatest("submitted_at", released)
        ),
        default=F("submitted_at"),
        output_field=DateTimeField(),
    )
    filed = (
        Submission.objects.filed_for_staff(at=at)
        .annotate(known_at=known_at)
        .filter(known_at__gte=since, known_at__lt=until)
        .with_context()
        .order_by("call__closes_at", "call_id", "submitted_at", "id")
    )
    filings = []
    for _call, group in itertools.groupby(filed, key=lambda submission: submission.call_id):
        submissions = list(group)
        names = tuple(str(submission.delegation) for submission in submissions[:MOST_NAMES])
        filings.append(CameIn(submissions[0].call, len(submissions), names))
    asked = ParticipationRequest.objects.filter(
        asked_at__gte=since, asked_at__lt=until, status=ParticipationRequest.Status.ASKED
    )
    replies = Reply.objects.filter(replied_at__gte=since, replied_at__lt=until)
    return News(tuple(filings), asked.count(), replies.count())
