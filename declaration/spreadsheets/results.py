"""What has been read of a spreadsheet, what it does, and what keeps it from doing anything."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from import_export.results import Result, RowResult

from declaration.importers.problems import Problem


@dataclass(frozen=True)
class Change:
    """What a row changes in one column."""

    column: str
    before: str
    after: str


@dataclass
class Reading:
    """What has been read of the row at hand, and of which entry it is."""

    number: int
    cells: dict[str, Any]
    instance: models.Model | None = None
    is_new: bool = False
    fields: list[str] = field(default_factory=list)
    links: dict[str, list[models.Model]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


class RecordResult(Result):
    """What an import did or would do, and `problems`: what keeps it from doing anything."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[Problem] = []

    def has_errors(self) -> bool:
        """Whether something is wrong."""
        return bool(self.problems) or super().has_errors()

    @property
    def changed(self) -> list[RowResult]:
        """The rows that are new or change something."""
        return sorted((row for row in self.rows if row.is_new() or row.is_update()), key=lambda row: row.number)

    @property
    def digest(self) -> str:
        """A digest of what is changed, by which a preview is known again."""
        what = [
            (row.number, row.import_type, [(c.column, c.before, c.after) for c in row.changes]) for row in self.changed
        ]
        return hashlib.sha256(repr(what).encode()).hexdigest()
