"""How a partial date is typed in a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from declaration.dates import MAX_LENGTH, PartialDate, PartialDateError

# The Arabic-Indic and the extended (Persian, Urdu) digits.
_TYPED = {
    **{0x0660 + number: str(number) for number in range(10)},
    **{0x06F0 + number: str(number) for number in range(10)},
    **dict.fromkeys(map(ord, " \t\u00a0\u200e\u200f"), None),
}


class PartialDateFormField(forms.CharField):
    """Reads the text of a partial date; Arabic-Indic digits, and spaces or direction marks in it, are understood."""

    default_error_messages = {"required": _("Write a date, for example 2012, 2012-06 or 2012-06-07.")}

    def __init__(self, **kwargs: Any) -> None:
        # The longest typed text may hold spaces that do not count.
        kwargs["max_length"] = 2 * MAX_LENGTH
        kwargs.setdefault(
            "help_text", _("A year, a month or a day: 2012, 2012-06, 2012-06-07. A range: 2012-06-07/2012-06-08.")
        )
        super().__init__(**{**kwargs, "empty_value": PartialDate()})

    def to_python(self, value: Any) -> Any:
        """Return a `PartialDate`. Raises `ValidationError` saying what may be written."""
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(str(value or "").translate(_TYPED))
        except PartialDateError as error:
            raise ValidationError(error.message, code=error.code, params=error.params) from error

    def run_validators(self, value: Any) -> None:
        """Run the validators on the text."""
        super().run_validators(value.edtf if isinstance(value, PartialDate) else value)

    def validate(self, value: Any) -> None:
        """Refuse nothing where something is required."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        """Return the text to show in the input."""
        return value.edtf if isinstance(value, PartialDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date was typed."""
        try:
            return bool(self.to_python(data) != self.to_python(self.prepare_value(initial)))
        except ValidationError:
            return True
