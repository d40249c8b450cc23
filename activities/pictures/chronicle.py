"""What the time line shows: everything of the record that has, or should have, a date, by the lane it stands in."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Deliverable, Outcome
from activities.pictures.window import Window
from consultations.models import Call, Consultation
from declaration.dates import PartialDate, PartialDateError
from declaration.languages import active_text_language, direction
from declaration.models import Draft, Mandate, MandateHolder, Phase, Resolution
from declaration.translated import TranslatedText

Lane = Literal[
    "resolution",
    "holder",
    "phase",
    "activity",
    "consultation",
    "outcome",
    "deliverable",
    "draft",
    "call",
]

LANES: Final[dict[Lane, Any]] = {
    "resolution": gettext_lazy("Resolutions and decisions"),
    "holder": gettext_lazy("Mandate holders"),
    "phase": gettext_lazy("Phases of the work plan"),
    "activity": gettext_lazy("Activities"),
    "consultation": gettext_lazy("Consultations"),
    "outcome": gettext_lazy("Outcomes taken into account"),
    "deliverable": gettext_lazy("What is due"),
    "draft": gettext_lazy("Drafts"),
    "call": gettext_lazy("Calls for comments"),
}
"""The lanes from the top down: from what was asked to what became of it."""


@dataclass(frozen=True)
class Entry:
    """Something of the record in its lane.

    `key` is its natural key within the lane; a holder and a phase are known by their mandate and number, and lead to the
    mandate's page. `when` is as exact as the record; `is_derived` says that it is not written there but follows from the
    dates of what belongs to it. `kind` is the code of what it is, `detail` the same in words.
    """

    lane: Lane
    key: str
    name: TranslatedText | str
    when: PartialDate
    kind: str
    detail: str
    page: str
    page_key: str
    is_derived: bool = False

    @property
    def url(self) -> str:
        """The page on which it is told."""
        return reverse(self.page, args=[self.page_key])

    @property
    def lane_name(self) -> str:
        """The name of its lane."""
        return str(LANES[self.lane])

    @property
    def language(self) -> str:
        """The text language of its name as it is shown; empty where it is a symbol, which has none."""
        return self.name.language if isinstance(self.name, TranslatedText) else ""

    @property
    def direction(self) -> str:
        """The direction of its name as it is shown."""
        return direction(self.language) if self.language else "ltr"

    @property
    def is_foreign(self) -> bool:
        """Whether its name is in another language than the page."""
        return self.language not in ("", active_text_language())

    @property
    def is_exact(self) -> bool:
        """Whether the days are known on which it began and ended."""
        start, end = self.when.ends
        known = [moment for moment in (start, end) if moment]
        return not self.is_derived and all(each.precision == "day" and not each.is_approximate for each in known)


class Chronicle:
    """All that the public time line shows, each lane in the order of its dates, what has no date of its own last."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        order = {lane: place for place, lane in enumerate(LANES)}
        self.entries = sorted(entries, key=lambda each: (*_order(each.when), order[each.lane], each.key))

    @property
    def whole(self) -> Window | None:
        """The whole years in which the record has dates; nothing where it has none."""
        days = [day for entry in self.entries for day in (entry.when.earliest, entry.when.latest) if day]
        return Window.around(min(days), max(days)) if days else None

    def within(self, window: Window) -> list[Entry]:
        """Return what falls into a window, in order."""
        return [entry for entry in self.entries if window.holds(entry.when.earliest, entry.when.latest)]

    @property
    def without_day(self) -> list[Entry]:
        """What has no place on the line: its date is not known, or it comes back each year."""
        return [entry for entry in self.entries if not (entry.when.earliest or entry.when.latest)]


def _order(when: PartialDate) -> tuple[bool, dt.date, dt.date]:
    """Return what to sort thousands of dates by: the first and last day, what has neither last."""
    earliest, latest = when.earliest, when.latest
    return not (earliest or latest), earliest or dt.date.min, latest or dt.date.max


def read_chronicle(mandate: Mandate | None) -> Chronicle:
    """Read what everyone may see of the record, in a fixed number of queries.

    Holders and phases are those of one mandate. Staff see no more than others here: what is in preparation has pages of
    its own.
    """
    entries = [
        *_resolutions(),
        *_activities(),
        *_consultations(),
        *_outcomes(),
        *_deliverables(),
        *_drafts(),
        *_calls(),
    ]
    if mandate:
        entries += [*_holders(mandate), *_phases(mandate)]
    return Chronicle(entries)


def _labels(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Return the names of choices in the reader's language: looked up once, and not for each of thousands of rows."""
    return {code: str(label) for code, label in choices}


def _resolutions() -> Iterator[Entry]:
    kinds = _labels(Resolution.Kind.choices)
    for slug, symbol, when, kind in Resolution.objects.values_list("slug", "symbol", "adopted_on", "kind"):
        yield Entry("resolution", slug, symbol, PartialDate.parse(when), kind, kinds[kind], "resolution-detail", slug)


def _activities() -> Iterator[Entry]:
    kinds = _labels(Activity.Kind.choices)
    for slug, name, when, kind in Activity.objects.order_by().values_list("slug", "name", "when", "kind"):
        yield Entry("activity", slug, name, PartialDate.parse(when), kind, kinds[kind], "activity-detail", slug)


def _consultations() -> Iterator[Entry]:
    formats = _labels(Consultation.Format.choices)
    public = Consultation.objects.public().order_by()
    for slug, name, when, code in public.values_list("slug", "name", "when", "format"):
        yield Entry(
            "consultation", slug, name, PartialDate.parse(when), code, formats[code], "consultation-detail", slug
        )


def _outcomes() -> Iterator[Entry]:
    kinds = _labels(Outcome.Kind.choices)
    for slug, name, when, kind in Outcome.objects.order_by().values_list("slug", "name", "when", "kind"):
        yield Entry("outcome", slug, name, PartialDate.parse(when), kind, kinds[kind], "outcome-detail", slug)


def _deliverables() -> Iterator[Entry]:
    statuses = _labels(Deliverable.Status.choices)
    for slug, name, due, code in Deliverable.objects.order_by().values_list("slug", "name", "due", "status"):
        yield Entry("deliverable", slug, name, PartialDate.parse(due), code, statuses[code], "deliverable-detail", slug)


def _drafts() -> Iterator[Entry]:
    stages = _labels(Draft.Stage.choices)
    published = Draft.objects.published().order_by()
    for ordinal, name, at, stage in published.values_list("ordinal", "name", "published_at", "stage"):
        when = PartialDate(timezone.localtime(at).date().isoformat())
        yield Entry("draft", str(ordinal), name, when, stage, stages[stage], "draft-detail", str(ordinal))


def _calls() -> Iterator[Entry]:
    rules = _labels(Call.PublicationRule.choices)
    columns = ("pk", "title", "opens_at", "closes_at", "time_zone", "publication_rule")
    for pk, title, opens_at, closes_at, zone, rule in Call.objects.announced().order_by().values_list(*columns):
        # The days of a call are those of the place for which it was set.
        opens, closes = (at.astimezone(ZoneInfo(zone)).date().isoformat() for at in (opens_at, closes_at))
        when = PartialDate(f"{opens}/{closes}")
        yield Entry("call", str(pk), title, when, rule, rules[rule], "call-detail", str(pk))


def _holders(mandate: Mandate) -> Iterator[Entry]:
    columns = ("ordinal", "name", "appointed_on", "took_office_on", "left_on")
    holders = MandateHolder.objects.filter(mandate=mandate).order_by("ordinal")
    for ordinal, name, appointed, took_office, left in holders.values_list(*columns):
        when = _join(took_office or appointed, left)
        key = f"{mandate.slug}/{ordinal}"
        yield Entry("holder", key, name, when, "holder", _("mandate holder"), "mandate-detail", mandate.slug)


def _phases(mandate: Mandate) -> Iterator[Entry]:
    statuses = _labels(Phase.Status.choices)
    spans = _spans_of_phases(mandate)
    for pk, ordinal, name, due, code in mandate.phases.order_by("ordinal").values_list(
        "pk", "ordinal", "name", "due_on", "status"
    ):
        key, status = f"{mandate.slug}/{ordinal}", statuses[code]
        if pk in spans:
            detail = _("phase, %(status)s: from the first to the last entry of the record in it") % {"status": status}
            yield Entry("phase", key, name, spans[pk], code, detail, "mandate-detail", mandate.slug, is_derived=True)
        if due or pk not in spans:
            detail = _("due date of the phase") if due else _("phase, %(status)s") % {"status": status}
            yield Entry("phase", key, name, PartialDate.parse(due), code, detail, "mandate-detail", mandate.slug)


def _spans_of_phases(mandate: Mandate) -> dict[int, PartialDate]:
    """Return from when to when something of each phase is recorded: its activities, and public consultations of it."""
    days: dict[int, list[dt.date]] = {}
    for entries in (Activity.objects.all(), Consultation.objects.public()):
        found = entries.filter(phases__mandate=mandate).order_by().values("phases")
        for row in found.annotate(first=Min("when_earliest"), last=Max("when_latest")):
            days.setdefault(row["phases"], []).extend(day for day in (row["first"], row["last"]) if day)
    return {pk: PartialDate(f"{min(found)}/{max(found)}") for pk, found in days.items() if found}


def _join(start: PartialDate, end: PartialDate) -> PartialDate:
    """Return the range from the beginning of one date to the end of another; either may not be known."""
    first = "" if start.is_recurring else start.edtf.partition("/")[0]
    last = "" if end.is_recurring else end.edtf.rpartition("/")[2]
    if not first and not last:
        return PartialDate()
    try:
        return PartialDate(f"{first or '..'}/{last or '..'}")
    except PartialDateError:
        # Left before taking office: the record errs, and shows as much as can be true.
        return PartialDate(first) if first != ".." else PartialDate()
