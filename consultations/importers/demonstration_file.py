"""Reads the demonstration's file: tables of entries, each where it stands, and everything that is wrong with their form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from declaration.importers.files import header_lines, read_toml
from declaration.importers.problems import InvalidFiles, Place, Problem
from declaration.importers.values import WrongValue, require_kind


def _keys(**names: str) -> dict[str, type]:
    """Return keys with the kind of their values, from the keys of each kind."""
    kinds = {"text": str, "number": int, "truth": bool, "table": dict, "items": list}
    return {name: kinds[kind] for kind, several in names.items() for name in several.split()}


# What each table of the file holds: the keys that it must have, and those that it may have.
_TABLES: Final[dict[str, tuple[dict[str, type], dict[str, type]]]] = {
    "draft": (_keys(number="ordinal"), _keys(number="published_in_days")),
    "state": (_keys(text="alpha3 status", table="name"), {}),
    "stakeholder": (_keys(text="slug kind", table="name", truth="is_invented"), _keys(text="acronym", table="note")),
    "group": (_keys(text="code kind joined_on", table="name", items="members"), _keys(text="acronym", table="note")),
    "delegation": ({}, _keys(text="state stakeholder")),
    "user": (_keys(text="email name role language"), _keys(text="delegation time_zone")),
    "call": (
        _keys(text="key", number="draft opens_in_days closes_in_days", table="title", items="audience languages"),
        _keys(text="time_zone publication_rule", table="note", truth="takes_late"),
    ),
    "submission": (
        _keys(text="call delegation language status written_by", number="started_in_days"),
        _keys(
            text="general_comment submitted_by on_behalf_of source",
            number="submitted_in_days received_in_days",
            truth="consents_to_attribution consents_to_publication",
        ),
    ),
    "submission.comment": (
        _keys(text="target"),
        _keys(text="clause category position operation proposed_text rationale language"),
    ),
    "submission.note": (_keys(text="by text"), {}),
    "submission.co_sponsor": (_keys(text="delegation"), _keys(text="answer answered_by")),
    "disposition": (
        _keys(text="call delegation decision decided_by", number="comment"),
        _keys(text="reason language resulting_clause", number="published_in_days resulting_draft"),
    ),
    "reply": (
        _keys(text="call delegation verdict by", number="comment in_days"),
        _keys(text="reason language"),
    ),
    "hold": (_keys(text="call delegation reason language by", number="in_days"), _keys(number="comment")),
    "participation_request": (
        _keys(text="organization kind contact_name email language", number="in_days"),
        _keys(text="ecosoc_status website statement"),
    ),
}


@dataclass(frozen=True)
class Entry:
    """One entry of the file: under which heading and where it stands, what it says, and the entries inside it."""

    table: str
    place: Place
    content: Mapping[str, Any]
    inside: Sequence["Entry"] = ()

    def of(self, name: str) -> list["Entry"]:
        """The entries inside it under the heading of this name, as "comment"."""
        return [entry for entry in self.inside if entry.table == f"{self.table}.{name}"]


def read_entries(path: Path) -> dict[str, list[Entry]]:
    """Return the file's entries by table. Raises `InvalidFiles` with everything that is wrong with their form."""
    content = read_toml(path)
    problems = [
        Problem(Place(path.name, field=name[:80]), _("There is no such table here."))
        for name in content
        if name not in _TABLES
    ]
    found: dict[str, list[Entry]] = {}
    for table in _TABLES:
        if "." not in table:
            raw = content.get(table, [])
            found[table] = _read_table(path, table, raw, Place(path.name), problems)
    if problems:
        raise InvalidFiles(problems)
    return found


def _read_table(path: Path, table: str, raw: object, above: Place, problems: list[Problem]) -> list[Entry]:
    name = table.rpartition(".")[2]
    if not (isinstance(raw, list) and all(isinstance(each, dict) for each in raw)):
        message = _("Write each entry under a heading of its own: [[%(table)s]].") % {"table": table}
        problems.append(Problem(above.at(name), message))
        return []
    lines = header_lines(path, table, len(raw))
    entries: list[Entry] = []
    for number, (each, line) in enumerate(zip(raw, lines, strict=True), start=1):
        entry_name = f"{above.entry}, {name} {number}" if above.entry else f"{name} {number}"
        place = Place(path.name, line or above.line, entry_name)
        own = {key: value for key, value in each.items() if f"{table}.{key}" not in _TABLES}
        problems += _shape_problems(place, own, *_TABLES[table])
        inside = [
            entry
            for key, value in each.items()
            if f"{table}.{key}" in _TABLES
            for entry in _read_table(path, f"{table}.{key}", value, place, problems)
        ]
        entries.append(Entry(table, place, own, inside))
    return entries


def _shape_problems(
    place: Place, content: Mapping[str, Any], needed: Mapping[str, type], possible: Mapping[str, type]
) -> Iterator[Problem]:
    known = {**needed, **possible}
    for key in needed:
        if key not in content:
            yield Problem(place.at(key), _("This is missing."))
    for key, value in content.items():
        if key not in known:
            message = _("This is not known here. Known are: %(fields)s.") % {"fields": ", ".join(known)}
            yield Problem(place.at(key[:80]), message)
            continue
        try:
            require_kind(value, known[key])
        except WrongValue as error:
            yield from (Problem(place.at(key), message) for message in error.messages)
