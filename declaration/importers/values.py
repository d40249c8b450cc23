"""Turns what a file holds for a model's field into a value of that field. The model's own rules are not asked here."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from declaration.dates import PartialDateField
from declaration.text_messages import validate_text
from declaration.translated import TranslatedField, TranslatedText

KINDS: Final[list[tuple[type, Promise]]] = [
    # A truth value is a number to Python, and a time is a date: the narrower kind comes first.
    (bool, gettext_lazy("true or false")),
    (str, gettext_lazy("a text in quotation marks")),
    (int, gettext_lazy("a whole number")),
    (float, gettext_lazy("a number with decimals")),
    (dt.datetime, gettext_lazy("a date with a time")),
    (dt.date, gettext_lazy("a date")),
    (dt.time, gettext_lazy("a time")),
    (list, gettext_lazy("a list")),
    (dict, gettext_lazy("a table")),
]


class WrongValue(ValueError):  # noqa: N818 - named for what it says
    """What a file holds cannot be a field's value; `messages` say why."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


def kind_of(value: object) -> type:
    """Return which of the kinds of value that files hold this is."""
    return next(kind for kind, _name in KINDS if isinstance(value, kind))


def require_kind(value: object, *kinds: type) -> Any:
    """Return a value of one of these kinds. Raises `WrongValue` for any other."""
    if kind_of(value) not in kinds:
        names = dict(KINDS)
        raise WrongValue(
            _("Expected: %(expected)s. Found: %(found)s.")
            % {"expected": names[kinds[0]], "found": names[kind_of(value)]}
        )
    return value


def require_texts(value: object) -> list[str]:
    """Return a list of texts, each there once. Raises `WrongValue`."""
    texts = [require_kind(text, str) for text in require_kind(value, list)]
    twice = next((text for text in texts if texts.count(text) > 1), None)
    if twice is not None:
        raise WrongValue(_("“%(text)s” is there more than once.") % {"text": twice})
    return texts


def read_value(field: "models.Field[Any, Any]", value: object) -> Any:
    """Return a file's value as this field holds it. Raises `WrongValue`; links are read elsewhere."""
    reader = next((reader for kind, reader in _READERS if isinstance(field, kind)), None)
    if reader is None:
        raise TypeError(f"No file gives a value for {field}.")
    try:
        return reader(field, value)
    except ValidationError as error:
        raise WrongValue(*error.messages) from error


def _translated(field: Any, value: object) -> TranslatedText:
    if not isinstance(value, Mapping):
        raise WrongValue(
            _("Write a text for each language, as in %(example)s.") % {"example": f'{field.name}.en = "…"'}
        )
    empty = next((code for code, text in value.items() if text == ""), None)
    if empty is not None:
        raise WrongValue(
            _("The text in “%(language)s” is empty. Write it, or leave the line out.") % {"language": empty}
        )
    return TranslatedText.of(value)


def _partial_date(field: Any, value: object) -> Any:
    return field.to_python(require_kind(value, str, dt.date))


def _text(field: Any, value: object) -> str:
    text: str = require_kind(value, str)
    validate_text(text)
    return text


def _list(field: Any, value: object) -> list[Any]:
    return [read_value(field.base_field, each) for each in require_kind(value, list)]


def _exactly(*kinds: type) -> Callable[[Any, object], Any]:
    return lambda _field, value: require_kind(value, *kinds)


_READERS: Final[list[tuple[type, Callable[[Any, object], Any]]]] = [
    (TranslatedField, _translated),
    (PartialDateField, _partial_date),
    (ArrayField, _list),
    (models.BooleanField, _exactly(bool)),
    (models.IntegerField, _exactly(int)),
    (models.FloatField, _exactly(float, int)),
    (models.DateTimeField, _exactly(dt.datetime)),
    (models.DateField, _exactly(dt.date)),
    (models.CharField, _text),
    (models.TextField, _text),
]
