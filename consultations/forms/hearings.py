"""The page on which staff write up a consultation: what it says of itself, its views as rows, and the writer's own note.

Names are typed: a code, a name in any language, or both as the list that opens offers them ("Brazil [BRA]").
"""

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consultations import typed_names
from consultations.forms.desk import DeskForm, WordsField
from consultations.lookups import describe
from consultations.models import Confidentiality, Consultation, ConsultationNote, View
from consultations.services.hearing_views import place_party
from consultations.services.write_ups import NoteRow, Row
from declaration.dates_form import PartialDateFormField
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import Group, Stakeholder, State

PARTIES: Final = "state,group,stakeholder"
BLANK_ROWS: Final = 3
MAX_ROWS: Final = 500
_ROW: Final = re.compile(r"^v([0-9]{1,4})-summary$")
_MOVE: Final = re.compile(r"(up|down)-([0-9]{1,4})")


class NamesField(WordsField):
    """Names of things of the record, which `read` turns into the things. Its `kinds` are what the list that opens offers."""

    def __init__(self, *, kinds: str, read: Callable[[str], Any], many: bool = False, **kwargs: Any) -> None:
        attrs = {"dir": "auto", "autocomplete": "off", "data-lookup": kinds}
        widget = forms.Textarea({**attrs, "rows": 4, "data-lookup-many": "lines"}) if many else forms.TextInput(attrs)
        super().__init__(widget=kwargs.pop("widget", widget), **kwargs)
        self.kinds = kinds
        self.read = read

    def clean(self, value: Any) -> Any:
        """Return the things. Raises `ValidationError` with the name that cannot be taken."""
        try:
            return self.read(str(value or ""))
        except Refused as refused:
            raise ValidationError(str(refused.message), code=refused.code) from refused


def _parties(typed: str) -> Any:
    return typed_names.read_parties(typed_names.split_names(typed))


def _party(typed: str) -> Any:
    return typed_names.read_party(typed) if typed.strip() else None


def _documents(typed: str) -> Any:
    return typed_names.read_documents(typed_names.split_names(typed))


def _targets(typed: str) -> Any:
    return typed_names.read_targets(typed_names.split_names(typed))


def _lines(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "dir": "auto", **attrs})


class WriteUpForm(DeskForm):
    """What a consultation says of itself, in one language."""

    name = WordsField(label=_("Name"), widget=forms.TextInput({"dir": "auto"}))
    format = forms.ChoiceField(label=_("Format"), choices=Consultation.Format.choices, initial="meeting")
    status = forms.ChoiceField(label=_("Status"), choices=Consultation.Status.choices, initial="held")
    when = PartialDateFormField(label=_("Date"), required=False)
    place = WordsField(label=_("Place"), widget=forms.TextInput({"dir": "auto"}))
    host_state = NamesField(label=_("Host State"), kinds="state", read=typed_names.read_states)
    participants = NamesField(
        label=_("Who took part"),
        kinds=f"{PARTIES},category",
        read=_parties,
        many=True,
        help_text=_("One on each line: a State, a group, a stakeholder or a whole category, by its code or its name."),
    )
    participant_count = forms.IntegerField(
        label=_("Number of participants"), min_value=1, max_value=100_000, required=False
    )
    attribution = forms.ChoiceField(
        label=_("Attribution of views"), choices=Consultation.Attribution.choices, initial="parties"
    )
    documents = NamesField(
        label=_("Documents"), kinds="document", read=_documents, many=True, help_text=_("One symbol on each line.")
    )
    summary = WordsField(label=_("Summary"), widget=_lines(3))
    follow_up = WordsField(label=_("What is to follow"), widget=_lines(2))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput({"data-keep-too": ""}))
    entry_key = forms.UUIDField(required=False, widget=forms.HiddenInput({"data-keep-too": ""}))
    language = forms.ChoiceField(
        label=_("Written in"), choices=TEXT_LANGUAGE_CHOICES, widget=forms.HiddenInput({"data-keep-too": ""})
    )

    def meeting_fields(self) -> list[forms.BoundField]:
        """Return the fields about the meeting itself."""
        names = ("name", "format", "status", "when", "place", "host_state", "participant_count", "attribution")
        return [self[name] for name in names]

    def naming_fields(self) -> list[forms.BoundField]:
        """Return the fields that name many things."""
        return [self["participants"], self["documents"]]

    def closing_fields(self) -> list[forms.BoundField]:
        """Return the fields about what came of it."""
        return [self["summary"], self["follow_up"]]

    def values(self) -> dict[str, Any]:
        """Return what was entered, as the services take it."""
        values = {
            name: self.cleaned_data[name] for name in self.fields if name not in {"revision", "language", "entry_key"}
        }
        parties = values.pop("participants")
        return values | {
            "states": [each for each in parties if isinstance(each, State)],
            "groups": [each for each in parties if isinstance(each, Group)],
            "stakeholders": [each for each in parties if isinstance(each, Stakeholder)],
            "categories": [each for each in parties if isinstance(each, str)],
        }


class ViewRowForm(DeskForm):
    """One view, in one language."""

    party = NamesField(label=_("Who"), kinds=PARTIES, read=_party)
    summary = WordsField(label=_("What was said"), widget=_lines(2, **{"data-row-text": ""}))
    bears_on = NamesField(
        label=_("Elements and clauses"),
        kinds="element,clause",
        read=_targets,
        widget=forms.TextInput(
            {"dir": "auto", "autocomplete": "off", "data-lookup": "element,clause", "data-lookup-many": "semicolons"}
        ),
    )
    on_behalf_of = NamesField(label=_("On behalf of"), kinds="group", read=typed_names.read_group)
    unattributed = forms.BooleanField(label=_("Of nobody named"), required=False)
    confidentiality = forms.ChoiceField(label=_("Who may read it"), choices=Confidentiality.choices, initial="public")
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput({"data-keep-too": ""}))
    remove = forms.BooleanField(label=_("Remove this view"), required=False)

    @property
    def number(self) -> int:
        """The number under which the row stands on the page."""
        return int(str(self.prefix)[1:])

    @property
    def number_known(self) -> bool:
        """Whether it stands on the page, and is not the one that is copied where one more is wanted."""
        return str(self.prefix)[1:].isdecimal()

    def is_blank(self) -> bool:
        """Whether nothing was typed in it."""
        return not any(self[name].value() for name in ("party", "summary", "bears_on", "on_behalf_of", "pk"))

    def row(self) -> Row:
        """Return the row as the service takes it."""
        data = self.cleaned_data
        if data["remove"]:
            return Row(self.number, data["pk"], None)
        party, (elements, clauses) = data["party"], data["bears_on"]
        without = View.Attribution.UNATTRIBUTED if data["unattributed"] else View.Attribution.COLLECTIVE
        values = {
            "summary": data["summary"],
            "attribution": View.Attribution.PARTY if party else without,
            "on_behalf_of": data["on_behalf_of"],
            "confidentiality": data["confidentiality"],
            "elements": elements,
            "clauses": clauses,
        }
        return Row(self.number, data["pk"], values | place_party(party))


class NoteForm(DeskForm):
    """The writer's own note."""

    text = WordsField(label=_("Your notes"), widget=_lines(6))
    confidentiality = forms.ChoiceField(
        label=_("Who may read the notes"), choices=Confidentiality.choices, initial="internal"
    )
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput({"data-keep-too": ""}))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput({"data-keep-too": ""}))

    def row(self, language: str) -> NoteRow:
        """Return the note as the service takes it."""
        data = self.cleaned_data
        return NoteRow(data["pk"], data["revision"] or 0, data["text"], language, data["confidentiality"])


class Sheet:
    """The whole page: the form of the consultation, one for each view, and that of the note."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: "Mapping[str, Any] | None" = None) -> None:
        self.data = data
        initial = initial or {}
        self.head = WriteUpForm(data, initial=initial.get("head"))
        self.note = NoteForm(data, initial=initial.get("note"), prefix="note")
        if data is None:
            if not (initial.get("head") or {}).get("revision"):
                # Whoever begins to write up types at once.
                self.head.fields["name"].widget.attrs["autofocus"] = True
            stored = list(initial.get("rows", ()))
            given: list[dict[str, Any]] = [*stored, *({} for _blank in range(BLANK_ROWS))]
            self.rows = [ViewRowForm(initial=row, prefix=f"v{n}") for n, row in enumerate(given)]
        else:
            self.rows = [ViewRowForm(data, prefix=f"v{n}") for n in _row_numbers(data)]

    @property
    def empty_row(self) -> ViewRowForm:
        """A row that the browser copies where one more is wanted."""
        return ViewRowForm(prefix="v__number__")

    def is_valid(self) -> bool:
        """Whether everything that was typed can be read; rows in which nothing was typed do not count."""
        forms_of_it = [self.head, self.note, *(row for row in self.rows if not row.is_blank())]
        return all([form.is_valid() for form in forms_of_it])  # noqa: C419 - each is to be judged

    def filled_rows(self) -> list[Row]:
        """Return the rows as the service takes them."""
        return [row.row() for row in self.rows if not row.is_blank()]

    def refuse(self, refused: Refused) -> None:
        """Show a refusal beside the field that it is about."""
        prefix, dash, name = refused.field.partition("-")
        row = next((each for each in self.rows if each.prefix == prefix), None) if dash else None
        inside = {"states": "participants", "groups": "participants", "stakeholders": "participants"}
        if row:
            row.refuse(Refused(refused.code, refused.message, field=name))
        elif refused.field == "note":
            self.note.refuse(Refused(refused.code, refused.message, field="text"))
        else:
            field = inside.get(refused.field, refused.field)
            self.head.refuse(Refused(refused.code, refused.message, field=field))

    def errors(self) -> dict[str, list[str]]:
        """Return what is wrong, by the name of the input; what is about no single one under an empty name."""
        found: dict[str, list[str]] = {}
        for form in self.all_forms():
            for name, errors in form.errors.items() if form.is_bound and hasattr(form, "cleaned_data") else ():
                html_name = "" if name == "__all__" else form.add_prefix(name)
                found.setdefault(html_name, []).extend(map(str, errors))
        return found

    def all_forms(self) -> list[DeskForm]:
        """Return the forms that the page is made of."""
        return [self.head, *self.rows, self.note]

    def problems(self) -> list[tuple[str, str, str]]:
        """Return what is wrong, for the list above the page: the input's id, its label and the error."""
        found: list[tuple[str, str, str]] = []
        for form in self.all_forms():
            if not hasattr(form, "cleaned_data"):
                continue
            for name, errors in form.errors.items():
                label = "" if name == "__all__" else str(form[name].label)
                found.extend(("" if name == "__all__" else form[name].auto_id, label, str(each)) for each in errors)
        return found


def _row_numbers(data: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the rows that were sent, in the order in which they stand on the page."""
    sent = {int(match[1]) for name in data if (match := _ROW.match(name))}
    listed = data.getlist("row") if isinstance(data, QueryDict) else []
    order = [int(each) for each in listed if each.isascii() and each.isdecimal() and len(each) <= 4]  # noqa: PLR2004
    numbers = [number for number in dict.fromkeys([*order, *sorted(sent)]) if number in sent]
    return _moved(numbers, data)[:MAX_ROWS]


def _moved(numbers: list[int], data: Mapping[str, Any]) -> list[int]:
    """Return the numbers with one before or after the next that says something, as `up-3` or `down-3` asks for."""
    match = _MOVE.fullmatch(str(data.get("move") or ""))
    said = [number for number in numbers if str(data.get(f"v{number}-summary") or "").strip()]
    if match is None or int(match[2]) not in said:
        return numbers
    at = said.index(int(match[2]))
    to = min(max(at + (-1 if match[1] == "up" else 1), 0), len(said) - 1)
    said.insert(to, said.pop(at))
    return [*said, *(number for number in numbers if number not in said)]


def stored_sheet(consultation: Consultation | None, note: ConsultationNote | None, *, language: str) -> dict[str, Any]:
    """Return what stands, as the page shows it in a language."""
    of_note = (
        {"text": note.text, "confidentiality": note.confidentiality, "pk": note.pk, "revision": note.revision}
        if note
        else {}
    )
    if consultation is None:
        return {"head": {"language": language, "entry_key": uuid.uuid4()}, "note": of_note}
    related = [*consultation.states.all(), *consultation.groups.all(), *consultation.stakeholders.all()]
    head = {
        "name": consultation.name.get(language, ""),
        "format": consultation.format,
        "status": consultation.status,
        "when": consultation.when,
        "place": consultation.place.get(language, ""),
        "host_state": _typed(consultation.host_state),
        "participants": "\n".join(_typed(each) for each in [*related, *consultation.categories]),
        "participant_count": consultation.participant_count,
        "attribution": consultation.attribution,
        "documents": "\n".join(_typed(each) for each in consultation.documents.all()),
        "summary": consultation.summary.get(language, ""),
        "follow_up": consultation.follow_up.get(language, ""),
        "revision": consultation.revision,
        "language": language,
    }
    parties = ("state", "stakeholder", "group", "on_behalf_of")
    views = (
        consultation.views.select_related(*parties).prefetch_related("elements", "clauses__draft").order_by("position")
    )
    return {"head": head, "note": of_note, "rows": [_stored_row(view, language) for view in views]}


def _stored_row(view: View, language: str) -> dict[str, Any]:
    return {
        "pk": view.pk,
        "party": _typed(view.party),
        "summary": view.summary.get(language, ""),
        "bears_on": "; ".join(_typed(each) for each in [*view.elements.all(), *view.clauses.all()]),
        "on_behalf_of": _typed(view.on_behalf_of),
        "unattributed": view.attribution == View.Attribution.UNATTRIBUTED,
        "confidentiality": view.confidentiality,
    }


def _typed(thing: Any) -> str:
    return describe(thing).typed.replace(";", ",") if thing else ""


def page_language(asked: str | None) -> str:
    """Return the text language in which the page is written: the one asked for, else English, which every entry has."""
    return asked if asked in dict(TEXT_LANGUAGE_CHOICES) else "en"
