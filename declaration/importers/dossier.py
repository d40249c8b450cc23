"""Loads the record of the mandate that ships with the software: all of its files in one transaction, or nothing."""

import contextlib
import difflib
import graphlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from declaration.importers.kinds import Found, Kind, find_entries
from declaration.importers.problems import InvalidFiles, Place, Problem
from declaration.importers.values import WrongValue, read_value, require_kind, require_texts
from declaration.services.dossier import EntryRefused, list_left_out, problems_of, record_entry, recording
from declaration.translated import TranslatedField

_ABSENT: Final = object()


@dataclass
class Report:
    """What a load did: how many entries of each model are new, changed or unchanged, and what was left alone.

    `kept` names entries with fields that a person had changed by hand, `left_out` those that earlier files brought in
    and these files do not have any more.
    """

    counts: dict[type[models.Model], Counter[str]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


class _NothingStored(Exception):  # noqa: N818 - no error: it undoes a transaction
    """Leaves a transaction without storing anything."""


def load_dossier(kinds: Sequence[Kind], *, directory: Path | None = None, check: bool = False) -> Report:
    """Bring in the entries of these kinds' files, and say what was done; with `check`, store nothing in the end.

    The files are those that ship, or those of the same names in `directory`. An entry is stored after those that it leads
    to, whatever the order of the files. Raises `InvalidFiles` with everything that is wrong, and then stores nothing.
    """
    load = _Load(kinds)
    found = load.read(directory)
    with contextlib.suppress(_NothingStored), recording():
        load.store(found)
        load.report.left_out += load.left_out()
        load.end(check=check)
    return load.report


class _Load:
    """One load: what can be led to so far, what is wrong so far."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.files = kinds
        self.kinds = [kind for top in kinds for kind in top.family()]
        self.problems: list[Problem] = []
        self.report = Report({kind.model: Counter() for kind in self.kinds})
        self.recorded: dict[type[models.Model], set[int]] = {kind.model: set() for kind in self.kinds}
        # What an entry can lead to, by model and citation; and what it cannot lead to because of a problem told of.
        self.known: dict[type[models.Model], dict[str, models.Model]] = {}
        self.told: dict[type[models.Model], set[str]] = defaultdict(set)
        self.uncertain: set[type[models.Model]] = set()
        self.repeated: set[int] = set()

    def read(self, directory: Path | None) -> list[Found]:
        """Return the entries of all files; a file that cannot be read is one problem, and what leads to it none."""
        found: list[Found] = []
        for kind in self.files:
            try:
                found += find_entries(kind, directory)
            except InvalidFiles as error:
                self.problems += error.problems
                self.uncertain |= {each.model for each in kind.family()}
        return found

    def store(self, found: Iterable[Found]) -> None:
        """Store the entries, each after those it leads to."""
        by_kind: dict[Kind, list[Found]] = {kind: [] for kind in self.kinds}
        for entry in found:
            by_kind[entry.kind].append(entry)
        by_model: dict[type[models.Model], list[Kind]] = {}
        for kind in self.kinds:
            by_model.setdefault(kind.model, []).append(kind)
        needs = {model: set().union(*(kind.targets() for kind in same)) for model, same in by_model.items()}
        for model in graphlib.TopologicalSorter(needs).static_order():
            for kind in by_model.get(model, ()):
                self._store_kind(kind, by_kind[kind])

    def _store_kind(self, kind: Kind, found: Sequence[Found]) -> None:
        self._refuse_repeated(kind, found)
        keys = Counter(self._key_of(entry) for entry in found)
        for entry in self._in_order(kind, found):
            self._store_entry(entry, is_one_of_several=keys[self._key_of(entry)] > 1)

    @staticmethod
    def _key_of(entry: Found) -> tuple[object, ...]:
        return id(entry.parent), *(str(entry.content.get(name)) for name in entry.kind.key)

    def _refuse_repeated(self, kind: Kind, found: Sequence[Found]) -> None:
        """Note entries that have the same as an earlier one beside them in what must be unique."""
        key, *_others = sets = kind.unique()
        for names in sets:
            first: dict[tuple[object, ...], Found] = {}
            for entry in found:
                values = tuple(str(entry.content.get(name, "")) for name in names)
                earlier = first.setdefault((id(entry.parent), *values), entry) if any(values) else entry
                if earlier is entry or id(entry) in self.repeated:
                    continue
                self.repeated.add(id(entry))
                if names == key:
                    # One of the two was meant to be cited by another name.
                    self.uncertain.add(kind.model)
                message = _("%(earlier)s has the same: %(value)s.") % {
                    "earlier": earlier.place.entry,
                    "value": ", ".join(filter(None, values)),
                }
                self.problems.append(Problem(entry.place.at(names[0]), message))

    def _in_order(self, kind: Kind, found: Sequence[Found]) -> Sequence[Found]:
        """Put entries that lead to others of their own kind after those."""
        own = [name for name, each in kind.fields().items() if each.related_model is kind.model]
        if not own:
            return found
        by_key = {str(entry.content.get(kind.key[0])): entry for entry in found}
        needs = {
            key: [str(entry.content[name]) for name in own if name in entry.content] for key, entry in by_key.items()
        }
        try:
            order = graphlib.TopologicalSorter(needs).static_order()
            return [by_key[key] for key in order if key in by_key]
        except graphlib.CycleError as error:
            circle = " → ".join(error.args[1])
            message = _("These entries stand in one another: %(circle)s.") % {"circle": circle}
            self.problems.append(Problem(by_key[error.args[1][0]].place.at(own[0]), message))
            return []

    def _store_entry(self, found: Found, *, is_one_of_several: bool) -> None:
        kind = found.kind
        reading = _Reading(found, self)
        # Of several entries with one key each is known by what tells them apart as well.
        apart = {name: reading.values.pop(name, None) for name in kind.tell_apart if is_one_of_several}
        self.problems += reading.problems
        if not reading.problems and not reading.leads_nowhere and id(found) not in self.repeated:
            try:
                recorded = record_entry(
                    model=kind.model,
                    key={**reading.key, **apart},
                    values=reading.values,
                    links=reading.links,
                    order=kind.order,
                    tell_apart=() if is_one_of_several else kind.tell_apart,
                )
            except EntryRefused as error:
                self.problems += [Problem(found.place.at(name), message) for name, message in error.problems]
            else:
                found.row = recorded.entry
                self.recorded[kind.model].add(recorded.entry.pk)
                self.report.counts[kind.model][recorded.outcome] += 1
                if recorded.kept:
                    self.report.kept.append(str(found.place.at(", ".join(recorded.kept))))
        self._make_known(found, reading)

    def _make_known(self, found: Found, reading: "_Reading") -> None:
        """Let later entries lead to this one; to one that could not be stored as well, since that has been told."""
        kind = found.kind
        found.likeness = found.row or kind.model(**reading.plain)
        if found.row is None and found.parent and found.parent.likeness:
            found.likeness._state.fields_cache[kind.parent] = found.parent.likeness
        if found.row is None and not set(kind.key) <= {*reading.key}:
            # What it is cited as is not known: whatever is not found may be this one.
            self.uncertain.add(kind.model)
        citations = kind.citations(found.likeness)
        if found.row is None:
            self.told[kind.model].update(citations)
        elif kind.model in self.known:
            self.known[kind.model].update(dict.fromkeys(citations, found.row))

    def end(self, *, check: bool) -> None:
        """Leave the transaction without storing anything where something is wrong, or this was but a check."""
        if self.problems:
            raise InvalidFiles(self.problems)
        if check:
            raise _NothingStored

    def look_up(self, model: type[models.Model], citation: str) -> models.Model | None:
        """Return the row that is cited so; none where it is known to be wrong. Raises `WrongValue` if there is none."""
        if model not in self.known:
            self.known[model] = self._stored(model)
        known = self.known[model]
        if citation in self.told[model]:
            return None
        if citation in known:
            return known[citation]
        if model in self.uncertain:
            return None
        what = {"what": model._meta.verbose_name, "name": citation}
        near = difflib.get_close_matches(citation, known, n=1)
        if near:
            raise WrongValue(_("There is no %(what)s “%(name)s”. Is “%(near)s” meant?") % {**what, "near": near[0]})
        raise WrongValue(_("There is no %(what)s “%(name)s”. Add it, or correct the name.") % what)

    def _stored(self, model: type[models.Model]) -> dict[str, models.Model]:
        kind = next((kind for kind in self.kinds if kind.model is model), None)
        if kind is None:
            raise TypeError(f"No kind of entry says how a row of {model.__name__} is cited.")
        rows = model._default_manager.select_related(*([kind.parent] if kind.parent else []))
        return {name: row for row in rows for name in kind.citations(row)}

    def left_out(self) -> list[str]:
        """Return what earlier files brought in and these do not have, as "resolution: A/HRC/RES/21/10"."""
        return [
            _("%(what)s: %(entry)s") % {"what": model._meta.verbose_name, "entry": row}
            for model, recorded in self.recorded.items()
            for row in list_left_out(model=model, recorded=recorded)
        ]


class _Reading:
    """What one entry says, as its model's fields hold it, and what is wrong with that."""

    def __init__(self, found: Found, load: _Load) -> None:
        self.kind = found.kind
        self.place = found.place
        self.load = load
        self.problems: list[Problem] = []
        self.leads_nowhere = found.parent is not None and found.parent.row is None
        content = dict(found.content)
        if self.kind.complete:
            self.kind.complete(content)
        fields = self.kind.fields()
        for name in content:
            if name not in fields:
                self._refuse(name, _unknown_field(name, fields))
        self.values: dict[str, Any] = {}
        self.links: dict[str, list[models.Model]] = {}
        for name, each in fields.items():
            self._read(each, content.get(name, _ABSENT))
        if self.problems:
            self._ask_model(fields)
        # Without links to other entries, which may lead nowhere.
        self.plain = {name: value for name, value in self.values.items() if not fields[name].related_model}
        self.key = {name: self.values.pop(name) for name in self.kind.key if name in self.values}
        if found.parent:
            self.key[self.kind.parent] = found.parent.row

    def _refuse(self, name: str, *messages: str) -> None:
        self.problems += [Problem(self.place.at(name), message) for message in messages]

    def _read(self, each: Any, content: object) -> None:
        try:
            if each.many_to_many:
                cited = require_texts([] if content is _ABSENT else content)
                self.links[each.name] = [row for row in map(self._link(each), cited) if row]
            elif content is _ABSENT:
                self._leave_out(each)
            elif each.related_model:
                self.values[each.name] = self._link(each)(require_kind(content, str))
            else:
                self.values[each.name] = read_value(each, content)
        except WrongValue as error:
            self._refuse(each.name, *error.messages)

    def _leave_out(self, each: Any) -> None:
        needed = each.name in self.kind.key and each.name not in self.kind.tell_apart
        if not each.blank and (needed or isinstance(each, TranslatedField) or not each.has_default()):
            raise WrongValue(_("This is missing."))
        self.values[each.name] = each.get_default()

    def _link(self, each: Any) -> Any:
        def look_up(citation: str) -> models.Model | None:
            row = self.load.look_up(each.related_model, citation)
            self.leads_nowhere |= row is None
            return row

        return look_up

    def _ask_model(self, fields: Mapping[str, Any]) -> None:
        """Ask the model about what could be read, so that all that is wrong with an entry is told at once."""
        row = self.kind.model(**{name: value for name, value in self.values.items() if value is not None})
        unread = [
            each.name for each in self.kind.model._meta.fields if each.name not in self.values or each.related_model
        ]
        try:
            row.clean_fields(exclude=set(unread))
        except ValidationError as error:
            for name, message in problems_of(error):
                self._refuse(name, message)


def _unknown_field(name: str, fields: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, fields, n=1)
    if near:
        return _("This is not known here. Is “%(near)s” meant?") % {"near": near[0]}
    return _("This is not known here. Known are: %(fields)s.") % {"fields": ", ".join(fields)}


def describe(report: Report) -> list[str]:
    """Return what a load did, in lines to print: each model with its counts, then what was left alone."""
    lines = [
        _("%(what)s: %(new)d new, %(changed)d changed, %(unchanged)d unchanged")
        % {"what": model._meta.verbose_name_plural, **{name: counts[name] for name in ("new", "changed", "unchanged")}}
        for model, counts in report.counts.items()
    ]
    lines += [_("Kept as changed by hand: %(entry)s") % {"entry": entry} for entry in report.kept]
    lines += [_("No longer in the files, and left as it is: %(entry)s") % {"entry": entry} for entry in report.left_out]
    return lines


__all__ = ["InvalidFiles", "Place", "Report", "describe", "load_dossier"]
