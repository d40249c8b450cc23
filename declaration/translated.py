"""Names, titles and notes in one to six languages, kept together in one column."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.db.models.query_utils import DeferredAttribute
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from declaration.languages import TEXT_LANGUAGES, active_text_language, direction
from declaration.text_messages import validate_text

DEFAULT_MAX_LENGTH: Final = 10_000
FALLBACK: Final = "en"


class TranslatedText(dict[str, str]):
    """A text by language: `{"en": "Brazil", "ar": "البرازيل"}`.

    `str()` gives it in the active language, else in English, else in the first language there is. Compared with another
    for order, it stands where that reading stands.
    """

    @classmethod
    def of(cls, texts: Mapping[str, str] | None) -> "TranslatedText":
        """Return texts without the spaces around them and without those that are empty."""
        pairs = ((code, text.strip() if isinstance(text, str) else text) for code, text in (texts or {}).items())
        return cls({code: text for code, text in pairs if text not in ("", None)})

    @property
    def language(self) -> str:
        """The text language that `str()` is in; empty if there is no text."""
        return self.language_for(active_text_language())

    def language_for(self, wanted: str) -> str:
        """Return the language in which a reader of `wanted` gets the text; empty if there is none."""
        return next((code for code in (wanted, FALLBACK, *TEXT_LANGUAGES) if self.get(code)), "")

    def text_for(self, wanted: str) -> str:
        """Return the text a reader of `wanted` gets: in that language, else in English, else in any."""
        return self.get(self.language_for(wanted), "")

    def html(self) -> SafeString | str:
        """Return the text for a page; where it is in another language than the page, marked as such."""
        language = self.language
        if not language or language == active_text_language():
            return str(self)
        return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), str(self))

    def __str__(self) -> str:
        return self.text_for(active_text_language())

    def __lt__(self, other: object) -> bool:
        return str(self) < str(other) if isinstance(other, TranslatedText) else NotImplemented


class _ReadableEncoder(json.JSONEncoder):
    """Refuses a `TranslatedText`, so that the admin, which tries JSON first, shows it as a text."""

    def encode(self, o: Any) -> str:
        if isinstance(o, TranslatedText):
            raise TypeError("a translated text is shown as a text")
        return super().encode(o)


class _TranslatedAttribute(DeferredAttribute):
    """Turns a dictionary into a `TranslatedText` when it is assigned."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        if value is None:
            value = TranslatedText()
        elif isinstance(value, Mapping) and not isinstance(value, TranslatedText):
            value = TranslatedText.of(value)
        instance.__dict__[self.field.attname] = value


class TranslatedField(models.JSONField):
    """A `TranslatedText` in a `jsonb` column; `{}` if there is none.

    `required_languages` must be there; the default is English where the field may not be blank and none where it may.
    `max_length` counts the characters of each language. `multiline` shows larger inputs in forms. None of the three
    concerns the column, so migrations do not see them: the model puts `translated_check(…)` in its constraints.
    """

    description = _("A text in up to six languages")
    descriptor_class = _TranslatedAttribute
    default_error_messages = {
        "shape": _("Write a text for each language, under its code: en, ar, fr, es, ru, zh."),
        "language": _("“%(code)s” is not one of the languages: en, ar, fr, es, ru, zh."),
        "missing": _("The text in this language is missing: %(language)s."),
    }

    def __init__(
        self,
        *args: Any,
        required_languages: Iterable[str] | None = None,
        max_length: int | None = DEFAULT_MAX_LENGTH,
        multiline: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("default", TranslatedText)
        kwargs["encoder"] = _ReadableEncoder
        super().__init__(*args, **kwargs)
        self.text_max_length = max_length or DEFAULT_MAX_LENGTH
        self.multiline = multiline
        default: tuple[str, ...] = () if self.blank else (FALLBACK,)
        self.required_languages = default if required_languages is None else tuple(required_languages)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Describe the column to migrations, without what only validation and forms use."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("encoder", None)
        if kwargs.get("default") is TranslatedText:
            del kwargs["default"]
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Return what the database holds as a `TranslatedText`; one of its languages as text."""
        value = super().from_db_value(value, expression, connection)
        return TranslatedText(value) if isinstance(value, dict) else value

    def get_prep_value(self, value: Any) -> Any:
        """Return a plain dictionary, which the database's adapter writes as JSON."""
        value = super().get_prep_value(value)
        return dict(value) if isinstance(value, TranslatedText) else value

    def to_python(self, value: Any) -> Any:
        """Return a `TranslatedText`; what is no dictionary is left for `validate` to refuse."""
        if value is None:
            return TranslatedText()
        return TranslatedText.of(value) if isinstance(value, Mapping) else value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise `ValidationError` with all that is wrong, language by language."""
        if not isinstance(value, Mapping):
            self._refuse("shape")
        if not value and self.blank:
            return
        # The parent class of JSONField's: that one would try to write it as JSON.
        models.Field.validate(self, value, model_instance)
        validate_translated(value, required=self.required_languages, max_length=self.text_max_length)

    def _refuse(self, code: str) -> NoReturn:
        raise ValidationError(self.error_messages[code], code=code)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field with one input a language."""
        # Forms are loaded only where one is made.
        from declaration.translated_form import TranslatedFormField

        options: dict[str, Any] = {
            "form_class": TranslatedFormField,
            "max_length": self.text_max_length,
            "required_languages": self.required_languages,
            "multiline": self.multiline,
            # Django would send the default along in a hidden input, because it is made by a callable.
            "show_hidden_initial": False,
        }
        return models.Field.formfield(self, **{**options, **kwargs})


def validate_translated(
    value: Mapping[str, Any], *, required: Iterable[str] = (), max_length: int = DEFAULT_MAX_LENGTH
) -> None:
    """Raise `ValidationError` naming every language whose text cannot be taken or is missing."""
    messages = TranslatedField.default_error_messages
    errors: list[ValidationError] = []
    for code, text in value.items():
        if code not in TEXT_LANGUAGES:
            shown = str(code)[:20]
            errors.append(ValidationError(messages["language"], code="language", params={"code": shown}))
        elif not isinstance(text, str):
            errors.append(ValidationError(messages["shape"], code="shape"))
        else:
            errors.extend(_text_errors(code, text, max_length))
    errors.extend(
        ValidationError(messages["missing"], code="missing", params={"language": TEXT_LANGUAGES[code]})
        for code in required
        if not value.get(code)
    )
    if errors:
        raise ValidationError(errors)


def _text_errors(code: str, text: str, max_length: int) -> list[ValidationError]:
    try:
        validate_text(text, max_length=max_length)
    except ValidationError as error:
        return [
            ValidationError(
                _("%(language)s: %(problem)s"),
                code=each.code,
                params={"language": TEXT_LANGUAGES[code], "problem": each.messages[0]},
            )
            for each in error.error_list
        ]
    return []


def translated_check(model: str, field: str, *, required: Iterable[str] = (FALLBACK,)) -> models.CheckConstraint:
    """Return the constraint, for `Meta.constraints`, on a translated text's languages.

    It allows only the six codes with texts that are not empty, and demands the `required` ones (none: `()`). `model` is
    the table's name, `<app>_<model>`; the constraint is `<app>_<model>_<field>_translated`.
    """
    return models.CheckConstraint(
        condition=models.Func(
            models.F(field),
            models.Value(",".join(required)),
            function="travaux_translated_valid",
            output_field=models.BooleanField(),
        ),
        name=f"{model}_{field}_translated",
        violation_error_message=_("A text is missing in a language that needs one, or a language has an unknown code."),
    )


def in_language(field: str, language: str, *, with_fallback: bool = True) -> Coalesce | KeyTextTransform:
    """Return an expression to order or search by: the text of a translated field in a text language.

    With `with_fallback`, the text a reader of that language gets (English, else any); without, null where it is missing.
    `field` may follow relations: `in_language("organ__name", "ar")`.
    """
    if not with_fallback:
        return KeyTextTransform(language, field)
    codes = dict.fromkeys((language, FALLBACK, *TEXT_LANGUAGES))
    text = models.TextField()
    return Coalesce(*(KeyTextTransform(code, field) for code in codes), models.Value(""), output_field=text)
