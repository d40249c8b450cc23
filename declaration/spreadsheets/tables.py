"""What a list is when it is exchanged as a spreadsheet: its columns, its key, and what its rows may be told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Prefetch

from declaration.spreadsheets.citations import citing
from declaration.spreadsheets.columns import Column, ToldColumn, columns_of


@dataclass(frozen=True, eq=False)
class Table:
    """One list. The fields are those of its model, without those that the database makes.

    `name` is that of its sheet and files. `keys` are the ways to find a row again, the best first; each is a set of fields.
    `parent` leads to the entry under whose list in the admin it is found (a path), where it has none of its own. `only_found`
    is a field of the key that nobody can choose for a new row. `told` are fields that are exported and not changed, with what
    is written of them. `promises` are what the database may refuse a row for, with the field and what is said. `complete`
    adds to the values of a new row what follows from them. `prepare` is asked before an entry is stored, with whether it is
    new and who brings it in, and refuses it with `Refused`; `stored` is told afterwards. `takes` is false for what is only
    exported.
    """

    name: str
    model: type[models.Model]
    keys: tuple[tuple[str, ...], ...]
    parent: str = ""
    only_found: str = ""
    told: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    promises: Mapping[str, tuple[str, Any]] = field(default_factory=dict)
    complete: Callable[[dict[str, Any]], None] | None = None
    prepare: Callable[[Any, bool, Any], None] | None = None
    stored: Callable[[Any], None] | None = None
    leave_out: tuple[str, ...] = ()
    takes: bool = True

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns by heading, the key's first."""
        fields = {each.name: each for each in self._fields()}
        first = [name for names in self.keys for name in names]
        found: dict[str, Column] = {}
        for name in dict.fromkeys([*first, *fields]):
            for column in self._columns(fields[name]):
                found[column.column_name] = column
        return found

    def _columns(self, each: Any) -> list[Column]:
        if each.name in self.told:
            return [ToldColumn(each, self.told[each.name])]
        return list(columns_of(each))

    def _fields(self) -> list[Any]:
        meta = self.model._meta
        keys = {name for names in self.keys for name in names}
        stored = [each for each in meta.concrete_fields if self._is_shown(each, keys)]
        through = [each for each in meta.many_to_many if each.remote_field.through._meta.auto_created]  # type: ignore[union-attr]
        return [each for each in [*stored, *through] if each.name not in self.leave_out]

    @staticmethod
    def _is_shown(each: Any, keys: set[str]) -> bool:
        if each.primary_key or getattr(each, "generated", False) or isinstance(each, models.FileField):
            return False
        return each.editable or each.name in keys

    def rows(self) -> "models.QuerySet[Any]":
        """All rows, with what is needed to find them by their keys and to write them."""
        links = [column for column in self.columns.values() if column.is_link]
        paths = [f"{each.attribute}__{need}" for each in links for need in citing(each.field.related_model).needs]
        return self.model._default_manager.select_related(*(each.attribute for each in links), *paths)

    def linked(self) -> list[Prefetch]:
        """What to fetch with rows in order to write their links."""
        return [
            Prefetch(
                each.attribute,
                each.field.related_model._default_manager.select_related(*citing(each.field.related_model).needs),
            )
            for each in self.columns.values()
            if each.is_links
        ]
