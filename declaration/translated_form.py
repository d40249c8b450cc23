"""How a text in up to six languages is typed in a form: one labelled input a language, each in its own direction."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from declaration.languages import TEXT_LANGUAGES, direction
from declaration.text.hygiene import with_plain_newlines
from declaration.translated import DEFAULT_MAX_LENGTH, TranslatedText, validate_translated


class TranslatedWidget(forms.MultiWidget):
    """One input a language, named `<field>_<code>`, with the language's own name as its label."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, multiline: bool = False) -> None:
        self.multiline = multiline
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code: forms.Textarea({"lang": code, "dir": direction(code), "rows": 4})
            if multiline
            else forms.TextInput({"lang": code, "dir": direction(code), "size": 60})
            for code in TEXT_LANGUAGES
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[str]:
        """Return the texts in the order of the inputs."""
        texts = value if isinstance(value, Mapping) else {}
        return [texts.get(code) or "" for code in TEXT_LANGUAGES]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the texts that were typed, by language."""
        return dict(zip(TEXT_LANGUAGES, super().value_from_datadict(data, files, name), strict=True))

    def use_required_attribute(self, initial: Any) -> bool:
        """Demand none of the inputs in the browser: which languages are required is for the field to say."""
        return False

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the inputs, each in its label, so that none depends on a template of the page's."""
        context = self.get_context(name, value, attrs)
        engine = renderer or forms.renderers.get_default_renderer()
        # Each input comes from Django's own template, which escapes what was typed.
        rows = (
            (code, code, direction(code), label, mark_safe(engine.render(child["template_name"], {"widget": child})))
            for (code, label), child in zip(TEXT_LANGUAGES.items(), context["widget"]["subwidgets"], strict=True)
        )
        inputs = format_html_join(
            "\n", '<label class="translated-{}"><span lang="{}" dir="{}">{}</span> {}</label>', rows
        )
        return format_html('<span class="translated">{}</span>', inputs)


class TranslatedFormField(forms.Field):
    """Reads a `TranslatedText`; its errors name the language they are about."""

    widget = TranslatedWidget
    default_error_messages = {"required": _("Write the text in at least one language.")}

    def __init__(
        self,
        *,
        max_length: int = DEFAULT_MAX_LENGTH,
        required_languages: Iterable[str] = (),
        multiline: bool = False,
        **kwargs: Any,
    ) -> None:
        self.max_length = max_length
        self.required_languages = tuple(required_languages)
        kwargs.setdefault("widget", TranslatedWidget(multiline=multiline))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> TranslatedText:
        """Return what was typed, without empty texts."""
        texts = value if isinstance(value, Mapping) else {}
        return TranslatedText.of({code: with_plain_newlines(text) for code, text in texts.items() if text})

    def validate(self, value: TranslatedText) -> None:
        """Raise `ValidationError` for what is missing or cannot be taken."""
        if not value:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return
        validate_translated(value, required=self.required_languages, max_length=self.max_length)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether any language's text was changed."""
        return self.to_python(initial) != self.to_python(data)
