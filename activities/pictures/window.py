"""The stretch of time that a picture shows, how it is asked for, and the steps by which it is zoomed."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from declaration.dates import PartialDate
from declaration.dates_form import PartialDateFormField

EARLIEST: Final = dt.date(1900, 1, 1)
LATEST: Final = dt.date(2199, 12, 31)
"""No picture goes beyond these: the record is that of the United Nations."""

SHORTEST: Final = 28
"""Days below which no zoom leads: the record knows no hours."""

BY_MONTH: Final = 2 * 366
"""A window of more days than this begins and ends with a month, so that its address is easy to read."""

MOMENTS: Final = frozenset({"year", "month", "day"})


class PeriodForm(forms.Form):
    """From when to when, each a year, a month or a day; whatever is left empty is not narrowed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("A year, a month or a day: 2012, 2012-06, 2012-06-07.")
        # "from" is a word of Python and cannot be declared as an attribute.
        self.fields["from"] = PartialDateFormField(
            label=pgettext_lazy("the beginning of a period", "From"), required=False, help_text=help_text
        )
        self.fields["to"] = PartialDateFormField(
            label=pgettext_lazy("the end of a period", "To"), required=False, help_text=help_text
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what is no single date, what lies beyond the calendar of pictures, and an end before the beginning."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("from", "to"):
            date = cleaned.get(name)
            if date and date.precision not in MOMENTS:
                self.add_error(name, ValidationError(_("Write a year, a month or a day here."), code="moment"))
            elif date and not EARLIEST <= date.earliest <= LATEST:
                years = {"first": EARLIEST.year, "last": LATEST.year}
                message = _("Write a year from %(first)d to %(last)d.")
                self.add_error(name, ValidationError(message, code="year", params=years))
        if not self.errors and self.first and self.last and self.first > self.last:
            message = _("The end lies before the beginning. Write a later date, or leave it empty.")
            self.add_error("to", ValidationError(message, code="order"))
        return cleaned

    @property
    def first(self) -> dt.date | None:
        """The first day asked for, nothing where none was or where what was asked for cannot be shown."""
        date: PartialDate | None = self.cleaned_data.get("from")
        return date.earliest if date else None

    @property
    def last(self) -> dt.date | None:
        """The last day asked for, likewise."""
        date: PartialDate | None = self.cleaned_data.get("to")
        return date.latest if date else None


@dataclass(frozen=True)
class Tick:
    """A line across the picture with the date it stands for, and the stretch of time up to the next one."""

    label: str
    on: dt.date
    last: dt.date

    @property
    def query(self) -> str:
        """The query that shows this stretch alone."""
        return urlencode({"from": self.label, "to": _written(self.last, self.label)})


@dataclass(frozen=True)
class Window:
    """From one day to another, both within it."""

    first: dt.date
    last: dt.date

    @classmethod
    def around(cls, first: dt.date, last: dt.date) -> Self:
        """Return the whole years that hold two days, as far as pictures go."""
        begin = max(first.replace(month=1, day=1), EARLIEST)
        return cls(begin, max(min(last.replace(month=12, day=31), LATEST), begin))

    @classmethod
    def asked(cls, form: PeriodForm, whole: "Window") -> "Window":
        """Return what a reader asked for; the whole record where nothing was asked, or where it cannot be shown."""
        if not form.is_valid():
            return whole
        first, last = form.first or whole.first, form.last or whole.last
        if first <= last:
            return cls(first, last)
        # One end alone was given, and it lies beyond the record: its own year is shown.
        return cls.around(first, first) if form.first else cls.around(last, last)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def query(self) -> str:
        """The query of an address that shows it."""
        return urlencode({"from": self.first.isoformat(), "to": self.last.isoformat()})

    def holds(self, first: dt.date | None, last: dt.date | None) -> bool:
        """Whether something that goes from one day to another, or is open at an end, falls into it."""
        if first is None and last is None:
            return False
        return (first is None or first <= self.last) and (last is None or last >= self.first)

    def closer(self) -> "Window | None":
        """Return its middle half; nothing where it is as short as it gets."""
        if self.days <= SHORTEST:
            return None
        half = max(self.days // 2, SHORTEST)
        return self._tidied(self._moved((self.days - half) // 2, half))

    def wider(self, whole: "Window") -> "Window | None":
        """Return one that is twice as long around it; nothing where it holds the whole record already."""
        if self.first <= whole.first and self.last >= whole.last:
            return None
        return self._tidied(self._moved(-(self.days // 2), 2 * self.days))

    def earlier(self, whole: "Window") -> "Window | None":
        """Return one half its length earlier; nothing where the record has begun by then."""
        return self._tidied(self._moved(-(self.days // 2), self.days)) if self.first > whole.first else None

    def later(self, whole: "Window") -> "Window | None":
        """Return one half its length later; nothing where the record has ended."""
        return self._tidied(self._moved(self.days // 2, self.days)) if self.last < whole.last else None

    def _moved(self, by: int, days: int) -> "Window":
        last_start = (LATEST - EARLIEST).days + 1 - min(days, (LATEST - EARLIEST).days + 1)
        start = min(max((self.first - EARLIEST).days + by, 0), last_start)
        first = EARLIEST + dt.timedelta(days=start)
        return Window(first, min(first + dt.timedelta(days=days - 1), LATEST))

    @staticmethod
    def _tidied(window: "Window") -> "Window":
        if window.days <= BY_MONTH:
            return window
        return Window(window.first.replace(day=1), _end_of_month(window.last))

    @property
    def ticks(self) -> list[Tick]:
        """The lines that divide it: by ten, five or two years, by years, months or weeks of a month."""
        steps = self._steps()
        label = 4 if self.days > BY_MONTH else 7 if self.days > 3 * 31 else 10
        return [
            Tick(on.isoformat()[:label], on, min(after - dt.timedelta(days=1), LATEST))
            for on, after in pairwise(steps)
            if self.first <= on <= self.last
        ]

    def _steps(self) -> list[dt.date]:
        years = range(max(self.first.year - 10, 1), self.last.year + 11)
        if self.days > BY_MONTH:
            step = next(step for step, most in ((1, 16), (2, 32), (5, 80), (10, 1000)) if self.days <= most * 366)
            return [dt.date(year, 1, 1) for year in years if year % step == 0]
        months = [dt.date(year, month, 1) for year in (*years,) for month in range(1, 13)]
        if self.days > 366:  # noqa: PLR2004 - more than a year
            return [month for month in months if month.month % 3 == 1]
        if self.days > 3 * 31:
            return months
        return [month.replace(day=day) for month in months for day in (1, 8, 15, 22)]


def asked_window(form: PeriodForm) -> Window | None:
    """Return the stretch of time that was asked for; nothing where none was, or where it cannot be shown."""
    if not form.is_valid() or not (form.first or form.last):
        return None
    return Window(form.first or EARLIEST, form.last or LATEST)


def overlapping(field: str, window: Window | None) -> Q:
    """Say of rows that their partial date falls into a window; of all rows where there is none."""
    if window is None:
        return Q()
    earliest, latest = f"{field}_earliest", f"{field}_latest"
    begun = Q(**{f"{earliest}__lte": window.last}) | Q(**{f"{earliest}__isnull": True, f"{latest}__isnull": False})
    lasting = Q(**{f"{latest}__gte": window.first}) | Q(**{f"{latest}__isnull": True, f"{earliest}__isnull": False})
    return begun & lasting


def _end_of_month(day: dt.date) -> dt.date:
    following = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return following - dt.timedelta(days=1)


def _written(day: dt.date, like: str) -> str:
    """Write a day as exactly as another one is written: 2012 or 2012-06 for the last day of a year or a month."""
    return day.isoformat()[: len(like)]
