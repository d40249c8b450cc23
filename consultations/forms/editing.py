"""The forms in which staff write a draft: the draft itself, a clause in all its languages, and corrigenda."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.clause_values import Values
from consultations.forms.desk import DeskForm, WordsField
from declaration.dates_form import PartialDateFormField
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES, TEXT_LANGUAGES, direction
from declaration.models import Clause, Declaration, Document, Draft, Element, LegalBasis, Wording
from declaration.translated_form import TranslatedFormField


@dataclass(frozen=True)
class LanguageFields:
    """What a form asks of a clause in one language."""

    code: str
    heading: forms.BoundField
    text: forms.BoundField
    authenticity: forms.BoundField
    revision: forms.BoundField


class ClauseForm(DeskForm):
    """A clause in all languages of its draft; the names of its fields are those of `consultations.clause_values`."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Clause.Kind.choices)
    label = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Digits or Latin letters: 3, 53 bis, 3 alt, a, IV. Each language prints it in its own."),
    )
    negotiating_status = forms.ChoiceField(label=_("Status"), choices=Clause.NegotiatingStatus.choices)
    # Kept by the browser with what is typed: words that are put back are compared with what they were read beside.
    revision = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-keep-too": ""}), required=False)
    clause = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.codes = [code for code in TEXT_LANGUAGES if code in draft.languages]
        for code in self.codes:
            self._ask_for_words(code)
        for element in Element.objects.order_by("position"):
            self.fields[f"element-{element.code}"] = forms.BooleanField(
                label=f"{element.code} {element.theme}", required=False
            )
        for basis in LegalBasis.objects.order_by("position"):
            self.fields[f"basis-{basis.slug}"] = forms.BooleanField(
                label=f"{basis.instrument}, {basis.provision}" if basis.provision else str(basis.instrument),
                required=False,
            )

    def _ask_for_words(self, code: str) -> None:
        language = {"lang": code, "dir": direction(code)}
        name = {"language": TEXT_LANGUAGES[code]}
        self.fields[f"{code}-heading"] = WordsField(
            label=_("Heading in %(language)s") % name,
            widget=forms.TextInput(attrs={**language, "maxlength": 500, "class": "draft-words"}),
        )
        self.fields[f"{code}-text"] = WordsField(
            label=_("Text in %(language)s") % name,
            widget=forms.Textarea(attrs={**language, "rows": 10, "class": "draft-words", "data-count": ""}),
        )
        self.fields[f"{code}-authenticity"] = forms.ChoiceField(
            label=_("This wording is"), choices=Wording.Authenticity.choices, required=False
        )
        self.fields[f"{code}-revision"] = forms.IntegerField(
            widget=forms.HiddenInput(attrs={"data-keep-too": ""}), required=False
        )

    @property
    def languages(self) -> Iterator[LanguageFields]:
        """The fields of each language."""
        for code in self.codes:
            yield LanguageFields(
                code, *(self[f"{code}-{name}"] for name in ("heading", "text", "authenticity", "revision"))
            )

    @property
    def elements(self) -> list[forms.BoundField]:
        """The boxes of the elements that the clause may reflect."""
        return [self[name] for name in self.fields if name.startswith("element-")]

    @property
    def legal_bases(self) -> list[forms.BoundField]:
        """The boxes of the legal bases that it may rest on."""
        return [self[name] for name in self.fields if name.startswith("basis-")]

    @property
    def values(self) -> Values:
        """What stands in the form, valid or not."""
        source = self.data if self.is_bound else self.initial
        values = {name: str(source.get(name) or "") for name in self.fields}
        for code in self.codes:
            values[f"{code}-authenticity"] = values[f"{code}-authenticity"] or Wording.Authenticity.OFFICIAL
        return values

    def refuse(self, refused: Refused) -> None:
        """Add what a service refused to the errors of the field that it is about."""
        name = refused.field.replace(".", "-")
        self.add_error(name if name in self.fields else None, str(refused.message))


class NamedChoiceField(forms.ModelChoiceField):
    """Chooses one of several things by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Call a draft by number and name, a document by its symbol, others by name."""
        if isinstance(obj, Draft):
            return f"{obj.ordinal}. {obj} ({obj.get_status_display()})"
        return obj.symbol or str(obj) if isinstance(obj, Document) else str(obj)


class DraftForm(DeskForm):
    """What a draft in preparation says of itself. A new one also says which declaration it is a version of."""

    declaration = NamedChoiceField(
        label=_("Declaration"),
        queryset=Declaration.objects.none(),
        required=False,
        empty_label=_("a new one"),
        help_text=_("The text that this is a version of."),
    )
    title = TranslatedFormField(
        label=_("Title of the new declaration"),
        required=False,
        help_text=_("Only where the declaration is a new one."),
    )
    name = TranslatedFormField(label=_("Name of the draft"), required_languages=("en",))
    stage = forms.ChoiceField(label=_("Stage"), choices=Draft.Stage.choices)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=TEXT_LANGUAGE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    removes_wordings = forms.BooleanField(
        label=_("Remove the words in languages that are taken off"),
        required=False,
        help_text=_(
            "Only where a language that is taken off has words already. They are kept in the audit trail alone."
        ),
    )
    supersedes = NamedChoiceField(
        label=_("Supersedes"), queryset=Draft.objects.none(), required=False, empty_label=_("no draft")
    )
    document = NamedChoiceField(
        label=_("Document"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("none yet"),
        help_text=_("The document that prints it, if the record has it."),
    )
    note = TranslatedFormField(label=_("Note"), required=False, multiline=True)
    is_illustrative = forms.BooleanField(
        label=_("Illustrative text"),
        required=False,
        help_text=_("Written for demonstration; no text of a United Nations body."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, draft: Draft | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        older = Draft.objects.select_related("declaration").order_by("-ordinal")
        if draft is None:
            del self.fields["removes_wordings"]
            self._choose("declaration", Declaration.objects.order_by("slug"))
        else:
            del self.fields["declaration"], self.fields["title"]
            older = older.filter(declaration=draft.declaration_id, ordinal__lt=draft.ordinal)
        self._choose("supersedes", older)
        self._choose("document", Document.objects.order_by("symbol", "slug"))

    def _choose(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a title where the declaration is a new one."""
        values: dict[str, Any] = super().clean() or {}
        is_new = self.draft is None and not values.get("declaration") and "declaration" not in self.errors
        if is_new and not values.get("title"):
            self.add_error("declaration", _("Choose the declaration, or write the title of a new one."))
        return values


class CorrigendumForm(DeskForm):
    """How a published clause should read in one language, and why."""

    heading = WordsField(label=_("Heading as corrected"))
    text = WordsField(label=_("Text as corrected"))
    reason = TranslatedFormField(label=_("Reason"), multiline=True)
    document = NamedChoiceField(
        label=_("Document that corrects it"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Such as one with a symbol that ends in Corr.1."),
    )
    issued_on = PartialDateFormField(label=_("Issued on"), required=False)
    number = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-keep-too": ""}), required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs: dict[str, Any] = {"lang": language, "dir": direction(language), "class": "draft-words"}
        self.fields["heading"].widget = forms.TextInput(attrs={**attrs, "maxlength": 500})
        self.fields["text"].widget = forms.Textarea(attrs={**attrs, "rows": 8, "data-count": ""})
        self.fields["document"].queryset = Document.objects.order_by("symbol", "slug")  # type: ignore[attr-defined]


class MoveForm(DeskForm):
    """Where a clause is moved to."""

    place = forms.ChoiceField(
        label=_("Place"),
        choices=[("before", _("before it")), ("after", _("after it")), ("into", _("below it, as the last"))],
        widget=forms.RadioSelect,
        initial="after",
    )
    beside = forms.ChoiceField(label=_("Beside which clause"))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beside"].choices = list(places)  # type: ignore[attr-defined]
