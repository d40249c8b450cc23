"""The period that a report is about: from the first day of one date to the last day of another."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.db.models import Q
from django.utils.translation import gettext as _

from declaration.dates import PartialDate, PartialDateError
from declaration.errors import Refused


@dataclass(frozen=True)
class Period:
    """A time with both its days, and as it was asked for ("2011-08" to "2012-12")."""

    first: dt.date
    last: dt.date
    date: PartialDate

    @classmethod
    def parse(cls, since: str, until: str) -> Self:
        """Read two dates, each a year, a month or a day. Raises `Refused` about `since` or `until`."""
        start, end = _read(since, "since"), _read(until, "until")
        if start.earliest is None or end.latest is None or start.earliest > end.latest:
            message = _("The period from %(since)s to %(until)s ends before it begins. Put the earlier date first.")
            raise Refused("period_order", message % {"since": since, "until": until}, field="until")
        asked = start if start == end else PartialDate(f"{start.edtf}/{end.edtf}")
        return cls(start.earliest, end.latest, asked)

    @classmethod
    def last_year(cls, *, today: dt.date) -> Self:
        """Return the twelve months that end with the last whole one."""
        end = today.replace(day=1) - dt.timedelta(days=1)
        start = end.replace(year=end.year - 1, day=1) + dt.timedelta(days=31)
        return cls.parse(f"{start:%Y-%m}", f"{end:%Y-%m}")

    @property
    def ends(self) -> tuple[str, str]:
        """The two dates as they were asked for."""
        start, _slash, end = self.date.edtf.partition("/")
        return start, end or start

    def meets(self, field: str) -> Q:
        """Return the condition that the partial date in `field` may mean a day of this period.

        A date without any day of its own (of each year, or not known) meets none.
        """
        begins_in_time = Q(**{f"{field}_earliest__lte": self.last}) | Q(**{f"{field}_earliest__isnull": True})
        ends_in_time = Q(**{f"{field}_latest__gte": self.first}) | Q(**{f"{field}_latest__isnull": True})
        is_known = Q(**{f"{field}_earliest__isnull": False}) | Q(**{f"{field}_latest__isnull": False})
        return is_known & begins_in_time & ends_in_time

    def first_return(self, date: PartialDate) -> dt.date | None:
        """Return the first day of this period on which a day of each year comes round, if there is one."""
        if date.recurring_day is None:
            return None
        month, day = date.recurring_day
        for year in range(self.first.year, self.last.year + 1):
            try:
                on = dt.date(year, month, day)
            except ValueError:
                continue  # the twenty-ninth of February
            if self.first <= on <= self.last:
                return on
        return None


def _read(text: str, field: str) -> PartialDate:
    message = _("“%(text)s” is no date that a period can begin or end with. Write 2012, 2012-06 or 2012-06-07.")
    try:
        date = PartialDate.parse(text)
    except PartialDateError as error:
        raise Refused("period_date", message % {"text": error.params["text"]}, field=field) from error
    if date.precision not in {"year", "month", "day"} or date.is_approximate:
        raise Refused("period_date", message % {"text": text}, field=field)
    return date
