"""The columns of a list: for each field of a model, what stands in its cells and how that is read."""

import datetime as dt
import difflib
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from declaration.dates import PartialDate, PartialDateField
from declaration.importers.values import WrongValue
from declaration.languages import TEXT_LANGUAGES
from declaration.spreadsheets.cells import join_keys, plain_digits, split_keys
from declaration.spreadsheets.citations import Directory, cite
from declaration.text_messages import validate_text
from declaration.translated import TranslatedField, TranslatedText

MOST_DIGITS: Final = 9
_TRUTHS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class Column(Field):
    """One column: it writes a row's value as text, and reads a cell's text as a value of its field."""

    form: Any = gettext_lazy("a text")
    is_link = False
    is_links = False

    def __init__(self, field: Any, name: str = "") -> None:
        super().__init__(attribute=field.name, column_name=name or field.name)
        self.field = field

    @property
    def is_required(self) -> bool:
        """Whether a new row needs a value here."""
        return not (self.field.blank or self.field.null or self.field.has_default())

    def export(self, instance: models.Model, **_kwargs: Any) -> str:
        """Return what stands in the cell of a row."""
        return self.write(getattr(instance, self.attribute))

    def write(self, value: Any) -> str:
        """Return a value as it stands in a cell."""
        return "" if value is None else str(value)

    def read(self, cell: str, directory: Directory) -> Any:
        """Return the value that a cell holds; an empty cell empties. Raises `WrongValue`."""
        if not cell.strip():
            return self.empty()
        try:
            return self.parse(cell, directory)
        except ValidationError as error:
            raise WrongValue(*error.messages) from error

    def empty(self) -> Any:
        """Return what an empty cell means: nothing where the field allows that, else its default."""
        if self.is_required:
            raise WrongValue(_("This is missing."))
        return None if self.field.null else self.field.get_default()

    def parse(self, cell: str, directory: Directory) -> Any:
        """Return the value of a cell in which something stands."""
        validate_text(cell)
        return cell.strip()

    def put(self, values: dict[str, Any], current: Any, value: Any) -> None:
        """Add a value that was read to those of its row; `current` is what the row has in the field."""
        values[self.attribute] = value


class KeyColumn(Column):
    """A code, key, symbol or number in words: digits of any script are taken."""

    form = gettext_lazy("a key")

    def parse(self, cell: str, directory: Directory) -> Any:
        """Return the key."""
        return super().parse(plain_digits(cell), directory)


class ChoiceColumn(Column):
    """One of the words that a field knows."""

    @property
    def form(self) -> str:
        """The words."""
        return ", ".join(filter(None, self.words))

    @property
    def words(self) -> list[str]:
        """What can stand here."""
        return [str(value) for value, _label in self.field.flatchoices]

    def parse(self, cell: str, directory: Directory) -> Any:
        """Return the word."""
        return choose(cell.strip(), self.words)


class ChoicesColumn(Column):
    """Several of the words that a field knows, with semicolons between them."""

    @property
    def form(self) -> str:
        """The words."""
        return _("one or more, with “;” between them: %(words)s") % {"words": ", ".join(self.words)}

    @property
    def words(self) -> list[str]:
        """What can stand here."""
        return [str(value) for value, _label in self.field.base_field.flatchoices]

    def write(self, value: Any) -> str:
        """Return the words."""
        return join_keys(list(value))

    def parse(self, cell: str, directory: Directory) -> Any:
        """Return the words."""
        return [choose(word, self.words) for word in split_keys(cell)]


class LanguageColumn(Column):
    """A translated text in one language."""

    def __init__(self, field: TranslatedField, code: str) -> None:
        super().__init__(field, f"{field.name}_{code}")
        self.code = code
        self.form = TEXT_LANGUAGES[code]

    @property
    def is_required(self) -> bool:
        """Whether the text must be there in this language."""
        return self.code in self.field.required_languages

    def write(self, value: Any) -> str:
        """Return the text in this language."""
        return str((value or {}).get(self.code, ""))

    def empty(self) -> str:
        """Return that there is no text in this language."""
        if self.is_required:
            raise WrongValue(_("This is missing."))
        return ""

    def parse(self, cell: str, directory: Directory) -> str:
        """Return the text."""
        validate_text(cell, max_length=self.field.text_max_length)
        return cell.strip()

    def put(self, values: dict[str, Any], current: Any, value: Any) -> None:
        """Change this language and leave the others."""
        texts = values.get(self.attribute, current) or {}
        values[self.attribute] = TranslatedText.of({**texts, self.code: value})


class DateColumn(Column):
    """A date as precisely as it is known."""

    form = gettext_lazy("2012, 2012-06, 2012-06-07, 2012-06-07/2012-06-08, XXXX-12-20, 2011~")

    def write(self, value: Any) -> str:
        """Return the date's written form."""
        return value.edtf if isinstance(value, PartialDate) else str(value or "")

    def parse(self, cell: str, directory: Directory) -> Any:
        """Return the date."""
        return self.field.to_python(plain_digits(cell))


class DayColumn(Column):
    """A day."""

    form = gettext_lazy("a day: 2012-06-07")

    def parse(self, cell: str, directory: Directory) -> Any:
        """Return the day."""
        return self.field.to_python(plain_digits(cell))


class TimeColumn(Column):
    """A moment, by which a row that has no other key is found again."""

    form = gettext_lazy("as exported; empty in a new row")
    is_required = False

    def write(self, value: Any) -> str:
        """Return the moment in UTC, to the last digit."""
        return value.astimezone(dt.UTC).isoformat() if value else ""

    def empty(self) -> None:
        """Return that nothing is known."""
        return

    def parse(self, cell: str, directory: Directory) -> Any:
        """Return the moment."""
        value = self.field.to_python(plain_digits(cell))
        if value.tzinfo is None:
            raise WrongValue(_("Leave this cell as it was exported, or empty."))
        return value


class NumberColumn(Column):
    """A whole number."""

    form = gettext_lazy("a whole number")

    def parse(self, cell: str, directory: Directory) -> int:
        """Return the number."""
        digits = plain_digits(cell)
        if not digits.isascii() or not digits.isdigit() or len(digits) > MOST_DIGITS:
            raise WrongValue(_("“%(value)s” is not a whole number of at most nine digits.") % {"value": cell[:80]})
        return int(digits)


class TruthColumn(Column):
    """Yes or no."""

    form = gettext_lazy("true or false")

    def write(self, value: Any) -> str:
        """Return true, false, or nothing where it is not known."""
        return "" if value is None else str(bool(value)).lower()

    def parse(self, cell: str, directory: Directory) -> bool:
        """Return which of the two."""
        try:
            return _TRUTHS[plain_digits(cell).lower()]
        except KeyError:
            raise WrongValue(_("“%(value)s” is neither true nor false.") % {"value": cell[:80]}) from None


class LinkColumn(Column):
    """The key of another entry."""

    is_link = True

    @property
    def form(self) -> str:
        """Whose key."""
        return _("key: %(what)s") % {"what": self.field.related_model._meta.verbose_name}

    def write(self, value: Any) -> str:
        """Return the key."""
        return cite(value) if value else ""

    def parse(self, cell: str, directory: Directory) -> Any:
        """Return the other entry."""
        return directory.look_up(self.field.related_model, plain_digits(cell))


class LinksColumn(LinkColumn):
    """The keys of other entries, with semicolons between them."""

    is_link = False
    is_links = True

    @property
    def form(self) -> str:
        """Whose keys."""
        return _("keys, with “;” between them: %(what)s") % {"what": self.field.related_model._meta.verbose_name}

    @property
    def is_required(self) -> bool:
        """Links are never needed."""
        return False

    def export(self, instance: models.Model, **_kwargs: Any) -> str:
        """Return the keys, always in the same order."""
        return join_keys(sorted(cite(row) for row in getattr(instance, self.attribute).all()))

    def empty(self) -> list[Any]:
        """Return that there are none."""
        return []

    def parse(self, cell: str, directory: Directory) -> Any:
        """Return the other entries."""
        return [directory.look_up(self.field.related_model, key) for key in split_keys(plain_digits(cell))]


class ToldColumn(Column):
    """What is told and cannot be changed here."""

    form = gettext_lazy("told, and not changed here")
    is_required = False

    def __init__(self, field: Any, tell: Callable[[Any], str]) -> None:
        super().__init__(field)
        self.tell = tell

    def export(self, instance: models.Model, **_kwargs: Any) -> str:
        """Return what is told of a row."""
        return self.tell(instance)


def choose(word: str, words: list[str]) -> str:
    """Return a word that is among those that can be. Raises `WrongValue`, with the one that is nearest."""
    if word in words:
        return word
    near = difflib.get_close_matches(word[:80], words, n=1)
    if near:
        raise WrongValue(
            _("“%(value)s” is not known here. Is “%(near)s” meant?") % {"value": word[:80], "near": near[0]}
        )
    known = ", ".join(filter(None, words))
    raise WrongValue(_("“%(value)s” is not known here. Known are: %(known)s.") % {"value": word[:80], "known": known})


_KINDS: Final[list[tuple[type, type[Column]]]] = [
    (PartialDateField, DateColumn),
    (ArrayField, ChoicesColumn),
    (models.ManyToManyField, LinksColumn),
    (models.ForeignKey, LinkColumn),
    (models.BooleanField, TruthColumn),
    (models.IntegerField, NumberColumn),
    (models.DateTimeField, TimeColumn),
    (models.DateField, DayColumn),
    (models.SlugField, KeyColumn),
    (models.CharField, Column),
    (models.TextField, Column),
]


def columns_of(field: Any) -> Iterator[Column]:
    """Yield the columns of a field: one, or one a language for a translated text. Raises `TypeError` for unknown fields."""
    if isinstance(field, TranslatedField):
        yield from (LanguageColumn(field, code) for code in TEXT_LANGUAGES)
    elif getattr(field, "flatchoices", None):
        yield ChoiceColumn(field)
    else:
        kind = next((column for kind, column in _KINDS if isinstance(field, kind)), None)
        if kind is None:
            raise TypeError(f"No column holds {field}.")
        yield KeyColumn(field) if field.unique and kind is Column else kind(field)
