"""Brings in a draft from a file of the kind that the illustrative draft ships as: TOML with declaration, draft and clauses."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.importers.files import header_lines, read_toml
from declaration.importers.problems import InvalidFiles, Place, Problem
from declaration.importers.values import WrongValue, read_value, require_kind, require_texts
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Declaration, Draft, Element, LegalBasis, Mandate, Wording
from declaration.services.dossier import take_turns
from declaration.services.drafts import publish_draft
from declaration.services.texts import InvalidClauses, NewClause, NewWording, create_declaration, create_draft

ILLUSTRATIVE_DRAFT: Final = Path(__file__).resolve().parent.parent / "dossier" / "illustrative_draft.toml"

_DECLARATION: Final = ("slug", "title")
_DRAFT: Final = ("ordinal", "name", "stage", "languages", "is_illustrative", "note")
_CLAUSE: Final = {"eid": "eid", "kind": "kind", "label": "label", "status": "negotiating_status", "wid": "wid"}
_WORDING: Final = ("heading", "text", "authenticity")
_LINKS: Final[dict[str, tuple[type[models.Model], str]]] = {
    "elements": (Element, "code"),
    "legal_bases": (LegalBasis, "slug"),
}


@dataclass(frozen=True)
class Brought:
    """The draft of a file, and whether it was brought in now or had been before."""

    draft: Draft
    is_new: bool


def bring_in_draft(path: Path, *, at: dt.datetime | None = None) -> Brought:
    """Bring a file's draft in and publish it, at a moment given or now; one that is there already stays as it is.

    It is there where its declaration has a draft of its number. Raises `InvalidFiles` with everything that is wrong, and
    then stores nothing.
    """
    reading = _Reading(path)
    with transaction.atomic():
        take_turns()
        ordinal = reading.draft.get("ordinal", 0)
        present = Draft.objects.filter(ordinal=ordinal).select_related("declaration").first()
        if present and present.declaration.slug == reading.declaration.get("slug"):
            return Brought(present, is_new=False)
        if present:
            message = _("Draft number %(ordinal)d is a draft of another declaration: %(declaration)s.") % {
                "ordinal": present.ordinal,
                "declaration": present.declaration,
            }
            reading.refuse(Place(path.name, entry="draft", field="ordinal"), message)
        reading.end()
        return Brought(_store(reading, at=at), is_new=True)


def _store(reading: "_Reading", *, at: dt.datetime | None) -> Draft:
    place = Place(reading.path.name, entry="declaration")
    try:
        declaration = Declaration.objects.filter(slug=reading.declaration["slug"]).first()
        declaration = declaration or create_declaration(**reading.declaration, mandate=reading.mandate)
        place = Place(reading.path.name, entry="draft")
        draft = create_draft(declaration=declaration, clauses=reading.clauses, **reading.draft)
        return publish_draft(draft=draft, at=at)
    except InvalidClauses as error:
        raise InvalidFiles(
            Problem(reading.places[problem.index].at(problem.field), problem.message) for problem in error.problems
        ) from error
    except Refused as error:
        raise InvalidFiles([Problem(place.at(error.field), str(error))]) from error


class _Reading:
    """What a file says of a draft, and what is wrong with how it says it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        content = read_toml(path)
        self._refuse_unknown(Place(path.name), content, ["declaration", "draft", "clause"])
        self.declaration = self._table(content, "declaration", Declaration, _DECLARATION, also=["mandate"])
        self.draft = self._table(content, "draft", Draft, _DRAFT)
        self.mandate = self._mandate(content.get("declaration"))
        self.known = {
            name: {getattr(row, key): row for row in model._default_manager.all()}
            for name, (model, key) in _LINKS.items()
        }
        self.places: list[Place] = []
        self.clauses: list[NewClause] = []
        self._read_clauses(content.get("clause", []))

    def end(self) -> None:
        """Raise `InvalidFiles` where anything is wrong."""
        if self.problems:
            raise InvalidFiles(self.problems)

    def refuse(self, place: Place, *messages: str) -> None:
        """Note what is wrong at a place."""
        self.problems += [Problem(place, message) for message in messages]

    def _refuse_unknown(self, place: Place, content: Mapping[str, Any], known: Iterable[str]) -> None:
        known = list(known)
        for name in content:
            if name not in known:
                message = _("This is not known here. Known are: %(fields)s.") % {"fields": ", ".join(known)}
                self.refuse(place.at(name[:80]), message)

    def _table(
        self,
        content: Mapping[str, Any],
        name: str,
        model: type[models.Model],
        fields: Sequence[str],
        also: Sequence[str] = (),
    ) -> dict[str, Any]:
        place = Place(self.path.name, entry=name)
        table = content.get(name)
        if not isinstance(table, dict):
            self.refuse(place, _("Write [%(table)s], and below it what it says.") % {"table": name})
            return {}
        self._refuse_unknown(place, table, [*fields, *also])
        for field in ("slug", "title", "ordinal", "name", "stage", "languages"):
            if field in fields and field not in table:
                self.refuse(place.at(field), _("This is missing."))
        return self._values(place, model, {field: table[field] for field in fields if field in table})

    def _values(
        self,
        place: Place,
        model: type[models.Model],
        content: Mapping[str, Any],
        called: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Return the values of a model's fields that could be read; `called` is what the file calls them."""
        values: dict[str, Any] = {}
        for name, raw in content.items():
            try:
                values[name] = read_value(model._meta.get_field(name), raw)  # type: ignore[arg-type] # stored fields
            except WrongValue as error:
                self.refuse(place.at((called or {}).get(name, name)), *error.messages)
        return values

    def _mandate(self, table: object) -> Mandate | None:
        cited = table.get("mandate") if isinstance(table, dict) else None
        if cited is None:
            return None
        mandate = Mandate.objects.filter(slug=str(cited)).first()
        if mandate is None:
            message = _("There is no mandate “%(name)s”. Load the record first: manage.py load_dossier.") % {
                "name": cited
            }
            self.refuse(Place(self.path.name, entry="declaration", field="mandate"), message)
        return mandate

    def _read_clauses(self, entries: object) -> None:
        place = Place(self.path.name, entry="clause")
        if not (isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)):
            self.refuse(place, _("Write each entry under a heading of its own: [[%(table)s]].") % {"table": "clause"})
            return
        lines = header_lines(self.path, "clause", len(entries))
        for ordinal, (entry, line) in enumerate(zip(entries, lines, strict=True), start=1):
            name = f"clause {ordinal} ({str(entry['eid'])[:80]})" if "eid" in entry else f"clause {ordinal}"
            self._read_clause(Place(self.path.name, line, name), entry)

    def _read_clause(self, place: Place, entry: Mapping[str, Any]) -> None:
        self.places.append(place)
        self._refuse_unknown(place, entry, [*_CLAUSE, "parent", *_LINKS, *TEXT_LANGUAGES])
        for needed in ("eid", "kind"):
            if needed not in entry:
                self.refuse(place.at(needed), _("This is missing."))
        values: dict[str, Any] = {"eid": "", "kind": ""}
        for name, field in _CLAUSE.items():
            if name in entry:
                values |= self._values(place, Clause, {field: entry[name]}, called={field: name})
        values |= {name: self._linked(place.at(name), name, entry.get(name, [])) for name in _LINKS}
        values["parent"] = self._text(place.at("parent"), entry.get("parent", ""))
        values["wordings"] = {code: self._wording(place, code, entry[code]) for code in TEXT_LANGUAGES if code in entry}
        self.clauses.append(NewClause(**values))

    def _text(self, place: Place, raw: object) -> str:
        try:
            text: str = require_kind(raw, str)
        except WrongValue as error:
            self.refuse(place, *error.messages)
            return ""
        return text

    def _wording(self, place: Place, code: str, raw: object) -> NewWording:
        if not isinstance(raw, dict):
            message = _("Write a heading, a text or both, as in %(example)s.") % {"example": f'{code}.text = "…"'}
            self.refuse(place.at(code), message)
            return NewWording()
        self._refuse_unknown(place, {f"{code}.{name}": None for name in raw}, [f"{code}.{name}" for name in _WORDING])
        content = {name: raw[name] for name in _WORDING if name in raw}
        return NewWording(**self._values(place, Wording, content, called={name: f"{code}.{name}" for name in _WORDING}))

    def _linked(self, place: Place, name: str, raw: object) -> list[Any]:
        try:
            cited = require_texts(raw)
        except WrongValue as error:
            self.refuse(place, *error.messages)
            return []
        for text in cited:
            if text not in self.known[name]:
                message = _("There is none of the name “%(name)s”. Correct it, or load the record first.") % {
                    "name": text
                }
                self.refuse(place, message)
        return [self.known[name][text] for text in cited if text in self.known[name]]
