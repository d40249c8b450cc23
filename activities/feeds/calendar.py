"""Activities, consultations and deadlines as an iCalendar file (RFC 5545), all of it public.

A date known to the day, or from day to day, is an entry of those days. Of a date that is known less exactly the entry takes
all the days that it may mean, and says so in its name. What comes round each year returns each year. No entry takes the time of
whoever subscribes.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from activities.models import Activity, Deliverable
from consultations.models import Call, Consultation
from declaration.dates import PartialDate

MAX_EVENTS: Final = 1000
"""So many of each kind are in a calendar, the latest ones."""

_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """What a calendar says of one thing: all of its days, or a moment."""

    key: str
    name: str
    when: PartialDate | dt.datetime
    url: str
    kind: str
    text: str = ""
    place: str = ""
    status: str = "CONFIRMED"


def find_entries() -> Iterator[Entry]:
    """Yield what has a date, in a fixed number of queries."""
    yield from _list_activities()
    yield from _list_consultations()
    yield from _list_deliverables()
    yield from _list_calls()


def _dated(rows: QuerySet[Any], field: str) -> list[Any]:
    """Return the latest rows that have a day on which they begin and one on which they end, or that return each year."""
    known = Q(**{f"{field}_earliest__isnull": False, f"{field}_latest__isnull": False})
    returning = Q(**{f"{field}__startswith": "XXXX"})
    latest = F(f"{field}_earliest").desc(nulls_first=True)
    return list(rows.filter(known | returning).order_by(latest, "slug")[:MAX_EVENTS])


def _list_activities() -> Iterator[Entry]:
    for activity in _dated(Activity.objects.select_related("host_state"), "when"):
        yield Entry(
            f"activity-{activity.slug}",
            str(activity.name),
            activity.when,
            reverse("activity-detail", args=[activity.slug]),
            activity.get_kind_display(),
            str(activity.summary),
            _place(activity),
        )


def _list_consultations() -> Iterator[Entry]:
    for consultation in _dated(Consultation.objects.public().for_list(), "when"):
        held = consultation.status == Consultation.Status.HELD
        yield Entry(
            f"consultation-{consultation.slug}",
            str(consultation.name),
            consultation.when,
            reverse("consultation-detail", args=[consultation.slug]),
            consultation.get_format_display(),
            str(consultation.summary),
            _place(consultation),
            "CONFIRMED" if held else "TENTATIVE",
        )


def _list_deliverables() -> Iterator[Entry]:
    for deliverable in _dated(Deliverable.objects.all(), "due"):
        yield Entry(
            f"deliverable-{deliverable.slug}",
            _("Due: %(name)s") % {"name": deliverable.name},
            deliverable.due,
            reverse("deliverable-detail", args=[deliverable.slug]),
            _("deliverable"),
            deliverable.get_status_display(),
            status="CANCELLED" if deliverable.status == Deliverable.Status.DROPPED else "CONFIRMED",
        )


def _list_calls() -> Iterator[Entry]:
    for call in Call.objects.announced().order_by("-closes_at", "-pk")[:MAX_EVENTS]:
        yield Entry(
            f"call-{call.pk}",
            _("Comments close: %(call)s") % {"call": call.title},
            call.closes_at,
            reverse("call-detail", args=[call.pk]),
            _("call for comments"),
            str(call.note),
        )


def _place(entry: Activity | Consultation) -> str:
    return str(entry.place) or (str(entry.host_state.name) if entry.host_state else "")


def render_calendar(*, host: str, language: str, address: Callable[[str], str], today: dt.date) -> bytes:
    """Return the calendar. `address` makes the full address of a path; what returns each year does so from `today`'s year on."""
    calendar = Calendar()
    calendar.add("prodid", "-//Travaux//Travaux//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Travaux: activities, consultations and deadlines"))
    calendar.add("name", _("Travaux: activities, consultations and deadlines"))
    calendar.add("url", address(""))
    for entry in find_entries():
        calendar.add_component(_make_event(entry, host=host, language=language, address=address, today=today))
    written: bytes = calendar.to_ical()
    return written


def _make_event(entry: Entry, *, host: str, language: str, address: Callable[[str], str], today: dt.date) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    name, text = entry.name, [entry.text]
    if isinstance(entry.when, dt.datetime):
        event.add("dtstart", entry.when.astimezone(dt.UTC))
        event.add("dtstamp", entry.when.astimezone(dt.UTC))
    else:
        first = _add_days(event, entry.when, today=today)
        # The same calendar is the same file: nothing in it depends on when it was asked for.
        event.add("dtstamp", dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC))
        if not is_exact(entry.when):
            name = _("%(name)s (day not recorded: %(date)s)") % {"name": name, "date": entry.when}
            text.append(_("The record does not give the day. These are all the days that its date may mean."))
    event.add("summary", name, parameters={"language": language})
    if said := "\n\n".join(filter(None, text)):
        event.add("description", said, parameters={"language": language})
    if entry.place:
        event.add("location", entry.place, parameters={"language": language})
    event.add("categories", [entry.kind])
    event.add("url", address(entry.url))
    event.add("status", entry.status)
    return event


def _add_days(event: Event, when: PartialDate, *, today: dt.date) -> dt.date:
    """Say on which days an event is; return the first."""
    if when.recurring_day:
        month, day = when.recurring_day
        first = _day_of_year(today.year, month, day)
        event.add("rrule", {"freq": "yearly"})
        last = first
    else:
        if when.earliest is None or when.latest is None:
            raise ValueError(f"{when.edtf} has no days to be put into a calendar")
        first, last = when.earliest, when.latest
    event.add("dtstart", first)
    event.add("dtend", last + _DAY)
    event.add("transp", "TRANSPARENT")  # it takes nobody's day who reads of it
    return first


def _day_of_year(year: int, month: int, day: int) -> dt.date:
    """Return a day of a year; the twenty-ninth of February, which most have not, of the last year that had it."""
    while True:
        try:
            return dt.date(year, month, day)
        except ValueError:
            year -= 1


def is_exact(when: PartialDate) -> bool:
    """Whether a date is known to the day, or from day to day."""
    if when.is_recurring:
        return True
    moments = [moment for moment in when.ends if moment]
    return not when.is_approximate and bool(moments) and all(moment.precision == "day" for moment in moments)
