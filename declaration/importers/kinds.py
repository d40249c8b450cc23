"""Says which entries of a file become rows of which model. What fields an entry has, the model itself says."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _

from declaration.importers.files import MAX_ENTRIES, header_lines, read_table, read_toml
from declaration.importers.problems import InvalidFiles, Place, Problem
from declaration.importers.values import WrongValue, require_kind

SHOWN_OF_KEY: Final = 80


@dataclass(frozen=True)
class Table:
    """A CSV file: its columns, and how a row of it becomes an entry like those of TOML files."""

    columns: Sequence[str]
    entry: Callable[[Mapping[str, str]], dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of entry, and the model that it becomes a row of.

    `table` is what it is called in its file. `key` is its natural key: fields of the model, within `parent` (the field
    that leads to the entry it stands in) where it has one. `tell_apart` names fields that tell entries with the same key
    apart, `order` a unique number that they are sorted by. `children` are the kinds that stand in its entries. `complete`
    adds to an entry what follows from the rest. `cite` says how other entries cite a row; by its key unless said. `omit`
    names fields that no file gives values for.
    """

    table: str
    model: type[models.Model]
    key: tuple[str, ...]
    path: Path | None = None
    csv: Table | None = None
    parent: str = ""
    children: tuple["Kind", ...] = ()
    tell_apart: tuple[str, ...] = ()
    order: str = ""
    complete: Callable[[MutableMapping[str, Any]], None] | None = None
    cite: Callable[[Any], Iterable[str | None]] | None = None
    omit: tuple[str, ...] = ()

    def citations(self, row: models.Model) -> list[str]:
        """How other entries cite this row."""
        if self.cite:
            return [name for name in self.cite(row) if name]
        return [] if self.parent else [str(getattr(row, self.key[0]))]

    def fields(self) -> dict[str, Any]:
        """The model's fields that an entry gives values for, by name; links to other entries are among them."""
        meta = self.model._meta
        stored = [
            each
            for each in meta.concrete_fields
            if each.editable
            and not (each.primary_key or getattr(each, "generated", False) or isinstance(each, models.FileField))
            and each.name != self.parent
        ]
        through = [each for each in meta.many_to_many if each.remote_field.through._meta.auto_created]  # type: ignore[union-attr]
        return {each.name: each for each in [*stored, *through] if each.name not in self.omit}

    def unique(self) -> list[tuple[str, ...]]:
        """The fields that no two entries beside each other may have the same values in: its key first."""
        meta = self.model._meta
        sets = [(*self.key, *self.tell_apart), *((each.name,) for each in meta.concrete_fields if each.unique)]
        for constraint in meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
                depends_on = constraint.condition.referenced_base_fields if constraint.condition else set()
                if depends_on <= {*constraint.fields}:
                    sets.append(tuple(name for name in constraint.fields if name != self.parent))
        known = self.fields()
        return [names for names in dict.fromkeys(sets) if all(name in known for name in names)]

    def targets(self) -> set[type[models.Model]]:
        """The models whose rows its entries lead to, its own left out."""
        links = [*self.fields().values(), *([self.model._meta.get_field(self.parent)] if self.parent else [])]
        return {each.related_model for each in links if each.related_model} - {self.model}

    def family(self) -> Iterator["Kind"]:
        """The kind itself and those that stand in it."""
        yield self
        for child in self.children:
            yield from child.family()


@dataclass
class Found:
    """An entry that was found in a file: of which kind, where, in which other one, and what it says.

    `row` is what it became: none as long as it has not been stored, or if it could not be. `likeness` is that row, or one
    that is not stored and has as much of the key as could be read.
    """

    kind: Kind
    place: Place
    content: dict[str, Any]
    parent: "Found | None" = None
    row: models.Model | None = None
    likeness: models.Model | None = None


@dataclass
class _Reading:
    """What has been read of one file."""

    file: str
    found: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)

    def take(self, kind: Kind, entries: object, path: str, parent: Found | None = None) -> None:
        """Take the entries of one table, and in turn those that stand in them. `path` is the table's name in full."""
        above = parent.place if parent else Place(self.file)
        try:
            contents = [dict(require_kind(entry, dict)) for entry in require_kind(entries, list)]
        except WrongValue:
            message = _("Write each entry under a heading of its own: [[%(table)s]].") % {"table": path}
            self.problems.append(Problem(above.at(kind.table), message))
            return
        for ordinal, content in enumerate(contents, start=1):
            inside = {child: content.pop(child.table) for child in kind.children if child.table in content}
            name = _entry_name(kind, ordinal, content)
            within = _("%(entry)s, %(inside)s") % {"entry": above.entry, "inside": name} if parent else name
            found = Found(kind, Place(self.file, above.line, within), content, parent)
            self.found[path].append(found)
            for child, children in inside.items():
                self.take(child, children, f"{path}.{child.table}", found)


def _entry_name(kind: Kind, ordinal: int, content: Mapping[str, Any]) -> str:
    """Name an entry by its place among its like and, where it can be read, its key: "resolution 21 (A/HRC/RES/21/10)"."""
    key = next((content[name] for name in ("symbol", *kind.key) if isinstance(content.get(name), str | int)), None)
    return f"{kind.table} {ordinal}" if key is None else f"{kind.table} {ordinal} ({str(key)[:SHOWN_OF_KEY]})"


def find_entries(kind: Kind, directory: Path | None = None) -> list[Found]:
    """Return the entries of a kind's file and those that stand in them.

    `directory` holds the file where it is not the one that ships. Raises `InvalidFiles`.
    """
    if kind.path is None:
        raise TypeError(f"Entries of {kind.table} stand in other entries.")
    path = directory / kind.path.name if directory else kind.path
    reading = _Reading(path.name)
    if kind.csv:
        rows = read_table(path, kind.csv.columns)
        reading.take(kind, [kind.csv.entry(row.content) for row in rows], kind.table)
        lines: dict[str, Sequence[int | None]] = {kind.table: [row.line for row in rows]}
    else:
        content = read_toml(path)
        for name in content:
            if name != kind.table:
                message = _("This file holds entries under [[%(table)s]], and nothing else.") % {"table": kind.table}
                reading.problems.append(Problem(Place(path.name, field=name[:SHOWN_OF_KEY]), message))
        reading.take(kind, content.get(kind.table, []), kind.table)
        lines = {name: header_lines(path, name, len(entries)) for name, entries in reading.found.items()}
    found = [entry for entries in reading.found.values() for entry in entries]
    if len(found) > MAX_ENTRIES:
        message = _("This file holds more than %(limit)d entries.") % {"limit": MAX_ENTRIES}
        reading.problems.append(Problem(Place(path.name), message))
    if reading.problems:
        raise InvalidFiles(reading.problems)
    for name, entries in reading.found.items():
        for entry, line in zip(entries, lines.get(name, [None] * len(entries)), strict=True):
            above = entry.parent.place.line if entry.parent else None
            entry.place = replace(entry.place, line=line or above)
    return found
