"""Brings the rows of a spreadsheet into the record: all of them, or none and everything that is wrong."""

import graphlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, models
from django.utils.translation import gettext as _
from import_export.resources import ModelResource
from import_export.results import RowResult

from declaration.errors import Refused
from declaration.importers.problems import Problem
from declaration.importers.values import WrongValue
from declaration.services.dossier import problems_of, store_entry, take_turns
from declaration.spreadsheets.citations import Directory
from declaration.spreadsheets.columns import Column, LanguageColumn, ToldColumn, choose
from declaration.spreadsheets.formats import Table as Cells
from declaration.spreadsheets.reading import MOST_PROBLEMS, place_of
from declaration.spreadsheets.results import Change, Reading, RecordResult
from declaration.spreadsheets.tables import Table


class RecordResource(ModelResource):
    """A list of the record as a spreadsheet. `make_resource` makes one for each `Table`."""

    table: Table

    class Meta:
        abstract = True

    # --- Out ---------------------------------------------------------------------------------------------------------
    @classmethod
    def get_display_name(cls) -> str:
        """Return what people call the list."""
        return str(cls.table.model._meta.verbose_name_plural)

    def filter_export(self, queryset: Any, **_kwargs: Any) -> Any:
        """Fetch what is written of the rows with them."""
        paths = self.table.rows().query.select_related
        found = queryset.select_related(None)
        found.query.select_related = paths
        return found.prefetch_related(None).prefetch_related(*self.table.linked())

    def after_export(self, queryset: Any, dataset: Any, **_kwargs: Any) -> None:
        """Name the sheet."""
        dataset.title = self.table.name

    # --- In ----------------------------------------------------------------------------------------------------------
    def get_result_class(self) -> type[RecordResult]:
        """Tell of an import with what is wrong in it."""
        return RecordResult

    def import_data(self, dataset: Cells, **kwargs: Any) -> RecordResult:
        """Import all rows in one transaction, or, where anything is wrong, none; with `dry_run`, only see what would be done."""
        self.file, self.sheet = str(kwargs.get("file_name") or ""), dataset.title or ""
        self.directory = Directory()
        self.first_rows: dict[Any, int] = {}
        result = RecordResult()
        result.problems = list(self._heading_problems(dataset.headers))
        if not result.problems:
            kwargs |= {"use_transactions": True, "rollback_on_validation_errors": True, "raise_errors": False}
            order = list(self._order(dataset))
            self.numbers = [dataset.numbers[index] for index in order]
            dataset = Cells(*(dataset[index] for index in order), headers=dataset.headers, title=dataset.title)
            result = super().import_data(dataset, **kwargs)
            result.problems = sorted(self._problems(result), key=lambda problem: problem.place.line or 0)
        return result

    def _heading_problems(self, headings: list[str]) -> Iterator[Problem]:
        known = self.table.columns
        for heading in headings:
            if heading not in known:
                try:
                    choose(heading, list(known))
                except WrongValue as error:
                    yield Problem(place_of(self.sheet, 1, heading, file=self.file), error.messages[0])
        keys = [
            [c.column_name for name in names for c in known.values() if c.attribute == name]
            for names in self.table.keys
        ]
        if not any(set(names) <= set(headings) for names in keys):
            for name in keys[-1]:
                if name not in headings:
                    message = _("This column is missing: by it each row is found again.")
                    yield Problem(place_of(self.sheet, 1, name, file=self.file), message)

    def _order(self, cells: Cells) -> Iterator[int]:
        """Yield the rows' places so that a row comes after those of the same list to which it leads.

        Rows that lead in a circle keep the order of the file; the database refuses them.
        """
        name, *others = self.table.keys[0]
        own = [
            c.column_name
            for c in self.table.columns.values()
            if c.is_link and c.field.related_model is self.table.model
        ]
        own = [column for column in own if column in cells.headers]
        if not own or others or name not in cells.headers:
            yield from range(len(cells))
            return
        places = {key: index for index, key in enumerate(cells[name])}
        leads = [{places[key] for key in keys if key in places} for keys in zip(*(cells[c] for c in own), strict=True)]
        try:
            yield from graphlib.TopologicalSorter({at: to - {at} for at, to in enumerate(leads)}).static_order()
        except graphlib.CycleError:
            yield from range(len(cells))

    def _problems(self, result: RecordResult) -> Iterator[Problem]:
        for row in result.invalid_rows[:MOST_PROBLEMS]:
            for name, messages in row.error_dict.items():
                column = "" if name == NON_FIELD_ERRORS else name
                place = place_of(self.sheet, self.numbers[row.number - 1], column, file=self.file)
                yield from (Problem(place, message) for message in messages)
        for error in [*result.base_errors, *(each for row in result.error_rows for each in row.errors)]:
            if not isinstance(error.error, IntegrityError):
                raise error.error
            if not result.invalid_rows:
                yield self._clash(result, error.error)

    def _clash(self, result: RecordResult, error: IntegrityError) -> Problem:
        """Say which row is like another where it must not be; or name the promise, where it is about something else."""
        promise = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or str(error)
        known = {each.name: each for each in self.table.model._meta.constraints}
        fields: list[Any] = [
            self.table.model._meta.get_field(name) for name in getattr(known.get(promise), "fields", ())
        ]
        columns = [self._column_of(each.name) for each in fields]
        seen: set[tuple[Any, ...]] = set()
        for row in sorted((each for each in result.rows if fields and each.instance), key=lambda each: each.number):
            values = tuple(getattr(row.instance, each.attname) for each in fields)
            if values in seen:
                message = _("Another row has the same: %(columns)s.") % {"columns": ", ".join(columns)}
                return Problem(place_of(self.sheet, row.number, columns[-1], file=self.file), message)
            seen.add(values)
        message = _("The database does not take these rows together (%(promise)s).") % {"promise": promise}
        return Problem(place_of(self.sheet, file=self.file), message)

    def _check_import_id_fields(self, headers: list[str]) -> None:
        """Ask nothing: the headings have been looked at."""

    def before_import(self, dataset: Cells, **_kwargs: Any) -> None:
        """Wait for other imports, and read once what is there."""
        take_turns()
        rows = list(self.table.rows())
        self.known = {names: {self._key_of(row, names): row for row in rows} for names in self.table.keys}
        self.linked: dict[str, dict[Any, set[Any]]] = {}
        for column in self.table.columns.values():
            if column.is_links and column.column_name in dataset.headers:
                self.linked[column.attribute] = self._read_links(column)

    @staticmethod
    def _key_of(row: models.Model, names: tuple[str, ...]) -> tuple[Any, ...]:
        return tuple(getattr(row, row._meta.get_field(name).attname) for name in names)  # type: ignore[union-attr] # stored

    @staticmethod
    def _read_links(column: Column) -> dict[Any, set[Any]]:
        found: dict[Any, set[Any]] = {}
        through = column.field.remote_field.through._default_manager
        near, far = f"{column.field.m2m_field_name()}_id", f"{column.field.m2m_reverse_field_name()}_id"
        for one, other in through.values_list(near, far):
            found.setdefault(one, set()).add(other)
        return found

    def before_import_row(self, row: Mapping[str, str], **kwargs: Any) -> None:
        """Read every cell of a row, so that all that is wrong in it is told at once."""
        errors: dict[str, list[str]] = {}
        self.reading = Reading(self.numbers[kwargs["row_number"] - 1], {})
        for name, cell in row.items():
            column = self.table.columns[name]
            if isinstance(column, ToldColumn):
                continue
            try:
                self.reading.cells[name] = column.read(cell or "", self.directory)
            except WrongValue as error:
                errors[name] = list(error.messages)
        if errors:
            raise ValidationError(errors)

    def get_or_init_instance(self, instance_loader: Any, row: Mapping[str, str]) -> tuple[models.Model, bool]:
        """Find the entry that a row is about, or begin a new one. Raises `ValidationError`."""
        reading = self.reading
        values: dict[str, Any] = {}
        for name, value in reading.cells.items():
            self.table.columns[name].put(values, None, value)
        if self.table.complete:
            self.table.complete(values)
        keys = [(names, key) for names in self.table.keys if (key := self._given(values, names)) is not None]
        reading.instance = next((self.known[names][key] for names, key in keys if key in self.known[names]), None)
        reading.is_new = reading.instance is None
        self._refuse_repeated(keys)
        self._refuse_unfound(values)
        if reading.instance is None:
            self._refuse_missing(values)
            reading.instance = self.table.model()
            given = {self.table.columns[name].attribute for name in reading.cells}
            for name in values.keys() - given:
                # What follows from the rest and has no column in this file.
                setattr(reading.instance, name, values[name])
        self.completed = values
        return reading.instance, reading.is_new

    def _given(self, values: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Any, ...] | None:
        """Return the key that a row gives, if it gives one."""
        key = []
        for name in names:
            value = values.get(name)
            each: Any = self.table.model._meta.get_field(name)
            if value in (None, "") and (each.unique or not each.null):
                return None
            key.append(value.pk if isinstance(value, models.Model) else value)
        return tuple(key)

    def _refuse_repeated(self, keys: list[tuple[tuple[str, ...], tuple[Any, ...]]]) -> None:
        for names, key in keys:
            earlier = self.first_rows.setdefault((names, key), self.reading.number)
            if earlier != self.reading.number:
                message = _("Row %(row)d has the same key.") % {"row": earlier}
                raise ValidationError({self._column_of(names[-1]): [message]})

    def _refuse_unfound(self, values: Mapping[str, Any]) -> None:
        name = self.table.only_found
        if name and values.get(name) and self.reading.is_new:
            raise ValidationError({self._column_of(name): [_("No entry has this. Leave the cell empty to add one.")]})

    def _refuse_missing(self, values: Mapping[str, Any]) -> None:
        missing = {
            name: [_("This is missing.")]
            for name, column in self.table.columns.items()
            if column.is_required and name not in self.reading.cells and not values.get(column.attribute)
        }
        if missing:
            raise ValidationError(missing)

    def _column_of(self, name: str) -> str:
        """Return the heading under which a field of the model is told about."""
        columns = [each for each in self.table.columns.values() if each.attribute == name]
        if not columns:
            return NON_FIELD_ERRORS
        needed = (each for each in columns if isinstance(each, LanguageColumn) and each.is_required)
        return str(next(needed, columns[0]).column_name)

    def import_instance(self, instance: models.Model, row: Mapping[str, str], **_kwargs: Any) -> None:
        """Give the entry what its row says, and note what that changes."""
        reading = self.reading
        values: dict[str, Any] = {}
        for name, value in reading.cells.items():
            column = self.table.columns[name]
            if column.is_links:
                self._compare_links(column, value)
                continue
            before = "" if reading.is_new else column.export(instance)
            column.put(values, getattr(instance, column.attribute, None) if not column.is_link else None, value)
            after = column.write(values[column.attribute])
            if before != after:
                reading.changes.append(Change(name, before, after))
                reading.fields.append(column.attribute)
        if reading.is_new:
            values = self._filled(values)
        for name in values if reading.is_new else reading.fields:
            setattr(instance, name, values[name])

    def _filled(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a new row, with what follows from others where the file leaves it empty."""
        return {
            name: value if value not in (None, "") else self.completed.get(name, value)
            for name, value in values.items()
        }

    def _compare_links(self, column: Column, wanted: list[models.Model]) -> None:
        reading = self.reading
        pk = reading.instance.pk if reading.instance else None
        current = self.linked[column.attribute].get(pk, set())
        if {row.pk for row in wanted} == current:
            return
        model = column.field.related_model
        before, after = (
            ";".join(sorted(self.directory.name_of(model, each) for each in pks))
            for pks in (current, {row.pk for row in wanted})
        )
        reading.links[column.attribute] = wanted
        reading.changes.append(Change(column.column_name, before, after))

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Leave alone what is stored as the row says."""
        return not (import_validation_errors or self.reading.is_new or self.reading.changes)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raise what was wrong in the cells; the model is asked as the entry is stored."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def save_instance(self, instance: models.Model, is_create: bool, row: Mapping[str, str], **kwargs: Any) -> None:
        """Store the entry, through the service that stores what files bring in. Raises `ValidationError`."""
        fields = list(dict.fromkeys(self.reading.fields))
        if not is_create and hasattr(instance, "revision"):
            # Whoever has it open on a page is told that it has changed.
            instance.revision += 1
            fields.append("revision")
        try:
            if self.table.prepare:
                self.table.prepare(instance, is_create, kwargs.get("user"))
            if is_create or fields:
                store_entry(instance, None if is_create else fields)
        except Refused as refusal:
            raise ValidationError(self._refusal(refusal)) from refusal
        except ValidationError as error:
            raise ValidationError({self._column_of(name): [text] for name, text in problems_of(error)}) from error
        self.directory.add(instance)
        if self.table.stored:
            self.table.stored(instance)

    def _refusal(self, refusal: Refused) -> dict[str, list[str]]:
        diagnosis = getattr(getattr(refusal.__cause__, "__cause__", None), "diag", None)
        promise = getattr(diagnosis, "constraint_name", None) or ""
        if promise in self.table.promises:
            name, message = self.table.promises[promise]
            return {self._column_of(name): [str(message)]}
        found: dict[str, list[str]] = {}
        for name, message in getattr(refusal, "problems", [(refusal.field, str(refusal))]):
            found.setdefault(self._column_of(name) if name else NON_FIELD_ERRORS, []).append(message)
        return found

    def save_m2m(self, instance: models.Model, row: Mapping[str, str], **_kwargs: Any) -> None:
        """Link the entry to what its row names, and to nothing else."""
        for name, rows in self.reading.links.items():
            getattr(instance, name).set(rows)

    def after_import_row(self, row: Mapping[str, str], row_result: RowResult, **_kwargs: Any) -> None:
        """Keep what the row changes for the preview."""
        row_result.number, row_result.changes = self.reading.number, self.reading.changes

    def after_import(self, dataset: Cells, result: RecordResult, **_kwargs: Any) -> None:
        """Let the database check at once what it would check only at the end."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def make_resource(table: Table) -> type[RecordResource]:
    """Return what imports and exports a list."""
    options = {
        "model": table.model,
        "fields": [*table.columns],
        "import_id_fields": [],
        "export_order": [*table.columns],
    }
    options |= {"skip_diff": True, "report_skipped": True, "store_instance": True, "use_transactions": True}
    meta = type("Meta", (), options)
    name = f"{table.model.__name__}Resource"
    make: Any = type(RecordResource)
    made: type[RecordResource] = make(name, (RecordResource,), {"Meta": meta, "table": table, **table.columns})
    return made
