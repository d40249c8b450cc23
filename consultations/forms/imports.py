"""The forms of the staff pages on which texts are brought in: where to, from which files, and how a clause is corrected."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.desk import DeskForm, WordsField
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import Clause, Document, Draft
from declaration.text.eids import ELEMENT_REFS
from declaration.text.sources.limits import MAX_FILE_BYTES

MAX_FILES: Final = 6
MEGABYTE: Final = 1024 * 1024
TELL: Final = ("", gettext_lazy("tell by itself"))
_SENTENCE_END: Final = re.compile(r"(?:(?<=[.!?:;؟؛])[ \t]+|(?<=[。！？：；])[ \t]*|\n+)(?=\S)")
_EMPTY_LINE: Final = re.compile(r"\n[ \t]*\n")
MAX_PLACES: Final = 300
MAX_DIGITS: Final = 8
_SHOWN: Final = 60


@dataclass(frozen=True)
class GivenText:
    """A file or a pasted text as it was sent: the field it came in, its bytes, its name, and its language if that was said."""

    field: str
    data: bytes
    file_name: str
    language: str


class TextsForm(DeskForm):
    """One to six files, or a pasted text, each with its language or without."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MAX_FILES + 1):
            names = {"number": number}
            self.fields[f"file_{number}"] = forms.FileField(
                label=_("File %(number)d") % names,
                required=False,
                allow_empty_file=True,  # the reader says what is wrong with it
                widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
            )
            self.fields[f"language_{number}"] = _language_field(_("Language of file %(number)d") % names)
        self.fields["pasted"] = WordsField(
            label=_("Or paste a text"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
        )
        self.fields["language_pasted"] = _language_field(_("Language of the pasted text"))

    @property
    def file_rows(self) -> list[tuple[Any, Any]]:
        """Return the fields of each file: (the file, its language)."""
        return [(self[f"file_{number}"], self[f"language_{number}"]) for number in range(1, MAX_FILES + 1)]

    def read_texts(self) -> Iterator[GivenText]:
        """Yield what was sent, one at a time. Refused for a file that is too large, before it is read."""
        for number in range(1, MAX_FILES + 1):
            file: UploadedFile | None = self.cleaned_data[f"file_{number}"]
            if file:
                yield read_upload(file, field=f"file_{number}", language=self.cleaned_data[f"language_{number}"])
        pasted: str = self.cleaned_data["pasted"]
        if pasted.strip():
            yield GivenText("pasted", pasted.encode(errors="surrogatepass"), "", self.cleaned_data["language_pasted"])

    def clean(self) -> dict[str, Any]:
        """Return what was entered. An error where nothing was sent."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = [cleaned.get(f"file_{number}") for number in range(1, MAX_FILES + 1)]
        if not self.errors and not any(given) and not cleaned.get("pasted", "").strip():
            self.add_error("file_1", _("Choose a file, or paste a text."))
        return cleaned


def read_upload(file: UploadedFile, *, field: str, language: str) -> GivenText:
    """Return an uploaded file's bytes. Refused where it is larger than is read."""
    name = file.name or ""
    if (file.size or 0) > MAX_FILE_BYTES:
        message = _("%(file)s is larger than %(limit)d MB. Split it, or take its pictures out.") % {
            "file": name,
            "limit": MAX_FILE_BYTES // MEGABYTE,
        }
        raise Refused("source_file_too_large", message, field=field)
    return GivenText(field, file.read(), name, language)


def _language_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[TELL, *TEXT_LANGUAGE_CHOICES], required=False)


class NewImportForm(TextsForm):
    """Where a text is to be brought in, and the text."""

    field_order = ("target",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = Draft.objects.filter(status=Draft.Status.PREPARING).order_by("-ordinal")
        documents = Document.objects.order_by("symbol", "slug")
        self.fields["target"] = forms.ChoiceField(
            label=_("Where to"),
            help_text=_(
                "A draft in preparation takes clauses; a document takes paragraphs that the record can lead to."
            ),
            choices=[
                ("", _("Choose…")),
                (_("Drafts in preparation"), [(f"draft-{each.ordinal}", _draft_name(each)) for each in drafts]),
                (_("Documents"), [(f"document-{each.slug}", _document_name(each)) for each in documents]),
            ],
        )
        self.order_fields(self.field_order)

    def target(self) -> dict[str, Draft | Document]:
        """Return the draft or the document, as `begin_import` takes it."""
        kind, _dash, key = self.cleaned_data["target"].partition("-")
        if kind == "draft":
            return {"draft": Draft.objects.get(ordinal=key)}
        return {"document": Document.objects.get(slug=key)}


def _draft_name(draft: Draft) -> str:
    return _("Draft %(number)d: %(name)s") % {"number": draft.ordinal, "name": draft.name}


def _document_name(document: Document) -> str:
    return f"{document.symbol} – {document.title}" if document.symbol else str(document.title)


def kind_choices() -> list[tuple[str, Any]]:
    """Return the kinds of clauses that a text has."""
    return [(code, name) for code, name in Clause.Kind.choices if code in ELEMENT_REFS]


def split_places(text: str) -> list[tuple[int, str]]:
    """Return where a text could be split: the character at which a line or a sentence begins, and the words there."""
    found = [(match.end(), text[match.end() : match.end() + _SHOWN]) for match in _SENTENCE_END.finditer(text)]
    return found[:MAX_PLACES]


def find_empty_line(text: str, typed: str) -> int:
    """Return at which character of a text a person put in an empty line. Refused where she did not, or changed words."""
    parts = _EMPTY_LINE.split(typed.replace("\r\n", "\n").strip())
    if len(parts) != 2:  # noqa: PLR2004 - what stands before and what stands after
        message = _("Put in one empty line, where the second clause begins, or choose the place from the list.")
        raise Refused("split_place", message, field="split")
    first, second = ("".join(part.split()) for part in parts)
    if first + second != "".join(text.split()):
        message = _("Only put in an empty line: the words themselves are not changed here.")
        raise Refused("split_words", message, field="split")
    left = len(first)
    for place, character in enumerate(text):
        if not character.isspace():
            if left == 0:
                return place
            left -= 1
    return len(text)


def read_corrections(data: Mapping[str, str], place: int, node: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a form of a clause's page asks for, as `correct_text` takes it, one after the other.

    `place` is the clause's among those of its text. Refused where it cannot be read.
    """
    op = data.get("op", "")
    match op:
        case "relabel":
            label, kind = " ".join(data.get("label", "").split()), data.get("kind", node["kind"])
            corrections = [{"op": "relabel", "node": place, "label": label}] if label != node["label"] else []
            return corrections + ([{"op": "rekind", "node": place, "kind": kind}] if kind != node["kind"] else [])
        case "split":
            at = whole_number(data.get("at", ""))
            at = find_empty_line(node["text"], data.get("words", "")) if at is None else at
            label = " ".join(data.get("second_label", "").split())
            split = {"op": op, "node": place, "at": at}
            return [split, {"op": "relabel", "node": place + 1, "label": label}] if label else [split]
        case "align":
            return [{"op": op, "node": place, "with": data.get("with", "")}]
        case "choose_symbol":
            return [{"op": op, "symbol": whole_number(data.get("symbol", "")), "value": data.get("value", "")}]
        case _:
            return [{"op": op, "node": place}]


def whole_number(typed: str) -> int | None:
    """Return a whole number that was typed; none for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MAX_DIGITS else None
