"""Dates as the record gives them: a year, a month, a day, a range, a day of each year, or not known.

The written form is a subset of EDTF (ISO 8601-2:2019, formerly the Library of Congress's Extended Date/Time Format):

| text | meaning | precision |
|---|---|---|
| `2012`, `2012-02`, `2012-06-07` | a year, a month, a day | `year`, `month`, `day` |
| `2012-06-07/2012-06-08`, `2008/2011-04` | from one to the other; each end a year, a month or a day | `range` |
| `2011-08/..`, `../2012` | a range that is open at one end | `range` |
| `XXXX-12-20` | 20 December of each year | `recurring` |
| `2011~`, `2008~/2011-04` | about then | as without `~` |
| empty | not known | `unknown` |
"""

import calendar
import contextlib
import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.state import StateApps
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Precision = Literal["year", "month", "day", "range", "recurring", "unknown"]
Bound = Literal["earliest", "latest"]

MAX_LENGTH: Final = 23
"""The longest form: a range of two approximate days."""

_MOMENT: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~)?")
_RECURRING: Final = re.compile(r"XXXX-([0-9]{2})-([0-9]{2})")
_LEAP_YEAR: Final = 2000
_SHOWN_OF_BAD_TEXT: Final = 40

_MESSAGES: Final[dict[str, "_StrPromise"]] = {
    "form": _(
        "“%(text)s” is not a date this field can read. Write a year, a month or a day (2012, 2012-06, 2012-06-07), "
        "a range (2012-06-07/2012-06-08, with .. for an open end) or a day of each year (XXXX-12-20); add ~ for “about”."
    ),
    "calendar": _("“%(text)s” is not in the calendar. Check the year, the month and the day."),
    "order": _("The range “%(text)s” ends before it begins. Put the earlier date first."),
    "endless": _("The range “%(text)s” has no end that is known. Leave the date empty if nothing is known."),
}


class PartialDateError(ValueError):
    """A text is no partial date.

    `code` is one of `form`, `calendar`, `order`, `endless`; `str()` is the message in the active language.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        shown = text if len(text) <= _SHOWN_OF_BAD_TEXT else text[:_SHOWN_OF_BAD_TEXT] + "…"
        # In a sentence that runs from right to left its parts would change places (Unicode Annex 9, isolates).
        self.params = {"text": f"\u2068{shown}\u2069" if get_language_bidi() else shown}

    @property
    def message(self) -> "_StrPromise":
        """The message with a `%(text)s` to fill from `params`, translated when it is shown."""
        return _MESSAGES[self.code]

    def __str__(self) -> str:
        return str(self.message) % self.params


@dataclass(frozen=True)
class Moment:
    """One end of a range, or a date that is no range: a year, perhaps a month, perhaps a day."""

    year: int
    month: int | None
    day: int | None
    is_approximate: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2012`, `2012-06` or `2012-06-07`, each perhaps with `~`. Raises `PartialDateError`."""
        match = _MOMENT.fullmatch(text)
        if match is None:
            raise PartialDateError("form", text)
        year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
        try:
            dt.date(year or 0, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise PartialDateError("calendar", text) from None
        return cls(year=year or 0, month=month, day=day, is_approximate=match.group(4) is not None)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """How exactly the moment is known."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def earliest(self) -> dt.date:
        """The first day it may mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day it may mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@functools.total_ordering
@dataclass(frozen=True, order=False)
class PartialDate:
    """A date known to some precision; see the module for the forms of `edtf`.

    Raises `PartialDateError` for a text that is none of them, so that every value in hand is a valid one. Two dates are
    equal when they are written the same. They are ordered by the first day they may mean, then by the last; days of each
    year follow, and what is not known comes last.
    """

    edtf: str = ""

    def __post_init__(self) -> None:
        if len(self.edtf) > MAX_LENGTH:
            raise PartialDateError("form", self.edtf)
        if self.is_recurring:
            self._check_day_of_each_year()
        elif self.edtf:
            self._check_ends()

    def _check_day_of_each_year(self) -> None:
        try:
            Moment.parse(f"{_LEAP_YEAR}{self.edtf[4:]}")
        except PartialDateError as error:
            raise PartialDateError(error.code, self.edtf) from None

    def _check_ends(self) -> None:
        if self.edtf.count("/") > 1:
            raise PartialDateError("form", self.edtf)
        if self.edtf == "../..":
            raise PartialDateError("endless", self.edtf)
        start, end = self.ends
        if start and end and start.earliest > end.latest:
            raise PartialDateError("order", self.edtf)

    @classmethod
    def parse(cls, value: "str | dt.date | PartialDate | None") -> "PartialDate":
        """Read a text (spaces around it do not count), a date, or nothing. Raises `PartialDateError`."""
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, dt.datetime):
            value = value.date()
        return cls(value.isoformat() if isinstance(value, dt.date) else (value or "").strip())

    @functools.cached_property
    def ends(self) -> tuple[Moment | None, Moment | None]:
        """The moment it begins and the moment it ends: the same twice if it is no range, `None` where open or not known."""
        if not self.edtf or self.is_recurring:
            return None, None
        start, slash, end = self.edtf.partition("/")
        moments = [None if slash and text == ".." else Moment.parse(text) for text in (start, end if slash else start)]
        return moments[0], moments[1]

    @property
    def is_range(self) -> bool:
        """Whether it goes from one date to another."""
        return "/" in self.edtf

    @property
    def is_recurring(self) -> bool:
        """Whether it is a day of each year."""
        return _RECURRING.fullmatch(self.edtf) is not None

    @property
    def is_approximate(self) -> bool:
        """Whether any part of it is only about right."""
        return "~" in self.edtf

    @property
    def recurring_day(self) -> tuple[int, int] | None:
        """Month and day of a day of each year."""
        return (int(self.edtf[5:7]), int(self.edtf[8:])) if self.is_recurring else None

    @property
    def precision(self) -> Precision:
        """How exactly it is known."""
        if not self.edtf:
            return "unknown"
        if self.is_recurring:
            return "recurring"
        moment = self.ends[0]
        return "range" if self.is_range or moment is None else moment.precision

    @property
    def earliest(self) -> dt.date | None:
        """The first day it may mean, if there is one."""
        return self.ends[0].earliest if self.ends[0] else None

    @property
    def latest(self) -> dt.date | None:
        """The last day it may mean, if there is one."""
        return self.ends[1].latest if self.ends[1] else None

    def display(self, language: str | None = None) -> str:
        """Return the date as people write it, in a text language or in that of the page; empty if it is not known."""
        # Babel's locale data is loaded only where a date is shown.
        from declaration.dates_display import display
        from declaration.languages import active_text_language

        return display(self, language or active_text_language())

    def _order(self) -> tuple[int, dt.date, dt.date, str]:
        rank = 2 if not self.edtf else int(self.is_recurring)
        return rank, self.earliest or dt.date.min, self.latest or dt.date.max, self.edtf

    def __lt__(self, other: object) -> bool:
        return self._order() < other._order() if isinstance(other, PartialDate) else NotImplemented

    def __bool__(self) -> bool:
        return bool(self.edtf)

    def __str__(self) -> str:
        return self.display()


# A date never changes: the pages that show thousands of them read each once.
_known = functools.lru_cache(maxsize=8192)(PartialDate)


class _PartialDateAttribute(DeferredAttribute):
    """Turns a text into a date when it is assigned; one that is none is kept, for the field's validation to name it."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        if value is None or isinstance(value, str | dt.date):
            with contextlib.suppress(PartialDateError):
                value = PartialDate.parse(value)
        instance.__dict__[self.field.attname] = value


class _DerivedDateAttribute(DeferredAttribute):
    """Reads the derived date from the partial date at hand, so that it is never older than the date it comes from."""

    field: "DerivedDateField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is not None:
            source = instance.__dict__.get(self.field.source)
            if isinstance(source, PartialDate):
                return getattr(source, self.field.bound)
        return super().__get__(instance, cls)

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class DerivedDateField(models.GeneratedField):
    """The first or last day a partial date may mean, in a column the database computes; null if there is none.

    `PartialDateField` adds it. Event tables of the audit trail go without: they keep the date it derives from.
    """

    descriptor_class = _DerivedDateAttribute

    def __init__(self, *, source: str, bound: Bound, **kwargs: Any) -> None:
        self.source = source
        self.bound = bound
        output_field = models.DateField(null=True)
        super().__init__(
            expression=models.Func(models.F(source), function=f"travaux_edtf_{bound}", output_field=output_field),
            output_field=output_field,
            db_persist=True,
            null=True,
            **{name: value for name, value in kwargs.items() if name != "null"},
        )

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Add the column to the model, unless it records another model's events."""
        if not _is_event_model(cls):
            super().contribute_to_class(cls, name, private_only)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field to migrations by what it derives from."""
        name, path, args, kwargs = super().deconstruct()
        for derived in ("expression", "output_field", "db_persist", "null"):
            kwargs.pop(derived, None)
        return name, path, list(args), {**kwargs, "source": self.source, "bound": self.bound}


class PartialDateField(models.CharField):
    """A `PartialDate`, kept as text; empty if not known. Adds `<name>_earliest` and `<name>_latest` to its model.

    The two are dates, null if there is none, which the database computes: filter, order and index by them. The model puts
    `edtf_check(…)` in its constraints.
    """

    description = _("A date known to some precision")
    descriptor_class = _PartialDateAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_LENGTH)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field to migrations, without the length every one has."""
        name, path, args, kwargs = super().deconstruct()
        if kwargs.get("max_length") == MAX_LENGTH:
            del kwargs["max_length"]
        return name, path, list(args), kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Add the field and its two derived columns.

        A migration's models list the columns as fields of their own, an abstract model hands them to none of its heirs
        twice, and an event model has none.
        """
        super().contribute_to_class(cls, name, private_only)
        if cls._meta.abstract or isinstance(cls._meta.apps, StateApps) or _is_event_model(cls):
            return
        bounds: tuple[Bound, Bound] = ("earliest", "latest")
        for bound in bounds:
            DerivedDateField(source=name, bound=bound).contribute_to_class(cls, f"{name}_{bound}")

    def from_db_value(self, value: str | None, *_args: object) -> PartialDate | None:
        """Return what the database holds as a date."""
        return None if value is None else _known(value)

    def to_python(self, value: Any) -> PartialDate:
        """Read a text, a date or nothing. Raises `ValidationError`."""
        try:
            return PartialDate.parse(value)
        except PartialDateError as error:
            raise ValidationError(error.message, code=error.code, params=error.params) from error

    def run_validators(self, value: Any) -> None:
        """Run the validators on the text."""
        super().run_validators(_text(value))

    def get_default(self) -> Any:
        """Return the default as a date."""
        default = super().get_default()
        return PartialDate.parse(default) if isinstance(default, str | None) else default

    def get_prep_value(self, value: Any) -> Any:
        """Return the text; a part of one is left as it is, so that one can look for what begins with it."""
        # Not the parent's: it would turn the text into a date again.
        return models.Field.get_prep_value(self, _text(value))

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Return the text to store. Raises `PartialDateError` for a text that is no date."""
        if value is None or isinstance(value, str | dt.date):
            value = PartialDate.parse(value)
        return super().get_db_prep_save(value, connection)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text for a fixture."""
        return str(_text(self.value_from_object(obj)))

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that reads the text."""
        # Forms are loaded only where one is made.
        from declaration.dates_form import PartialDateFormField

        kwargs.setdefault("form_class", PartialDateFormField)
        return super().formfield(**kwargs)


def edtf_check(model: str, field: str) -> models.CheckConstraint:
    """Return the constraint, for `Meta.constraints`, that a field holds a partial date or nothing.

    `model` is the table's name without `_id` or suffix, `<app>_<model>`; the constraint is `<app>_<model>_<field>_edtf`.
    """
    return models.CheckConstraint(
        condition=models.Func(models.F(field), function="travaux_edtf_valid", output_field=models.BooleanField()),
        name=f"{model}_{field}_edtf",
        violation_error_message=_("This is not a date that can be kept. Write it as 2012, 2012-06 or 2012-06-07."),
    )


def _text(value: Any) -> Any:
    """Return a date's text, anything else as it is."""
    if isinstance(value, dt.date):
        value = PartialDate.parse(value)
    return value.edtf if isinstance(value, PartialDate) else value


def _is_event_model(cls: type[models.Model]) -> bool:
    """Whether a model records the events of another one (the audit trail's own mark)."""
    return getattr(cls, "pgh_tracked_model", None) is not None
