"""How a row of the record is cited in a cell: by its natural key, and never by a number that only the database knows."""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _

from declaration.importers.values import WrongValue
from declaration.models import (
    Clause,
    Declaration,
    Document,
    Draft,
    Element,
    Group,
    LegalBasis,
    Mandate,
    MandateHolder,
    Organ,
    Phase,
    Request,
    Resolution,
    Stakeholder,
    State,
)

MOST_GUESSES: Final = 20
"""So many times one import looks for what may have been meant: it takes long in a large table."""


@dataclass(frozen=True)
class Citing:
    """How rows of a model are cited: every name that is understood, the one that is written first; and what that needs."""

    names: Callable[[Any], Iterable[str | None]]
    needs: tuple[str, ...] = ()


def _request(request: Request) -> list[str]:
    return [f"{request.resolution.symbol}#{request.label or f'position {request.position}'}"]


_CITING: Final[dict[type[models.Model], Citing]] = {
    Organ: Citing(lambda organ: [organ.code]),
    Document: Citing(lambda document: [document.symbol, document.slug]),
    Mandate: Citing(lambda mandate: [mandate.slug]),
    MandateHolder: Citing(lambda holder: [f"{holder.mandate.slug}#{holder.ordinal}"], ("mandate",)),
    Phase: Citing(lambda phase: [f"{phase.mandate.slug}#{phase.ordinal}"], ("mandate",)),
    Resolution: Citing(lambda resolution: [resolution.symbol]),
    Request: Citing(_request, ("resolution",)),
    State: Citing(lambda state: [state.alpha3]),
    Group: Citing(lambda group: [group.code]),
    Stakeholder: Citing(lambda stakeholder: [stakeholder.slug]),
    Element: Citing(lambda element: [element.code]),
    LegalBasis: Citing(lambda basis: [basis.slug]),
    Declaration: Citing(lambda declaration: [declaration.slug]),
    Draft: Citing(lambda draft: [str(draft.ordinal)]),
    Clause: Citing(lambda clause: [f"{clause.draft.ordinal}#{clause.eid}"], ("draft",)),
}


def cite_by(model: type[models.Model], names: Callable[[Any], Iterable[str | None]], *needs: str) -> None:
    """Say how rows of a model of an app further left are cited."""
    _CITING[model] = Citing(names, needs)


def citing(model: type[models.Model]) -> Citing:
    """Return how rows of a model are cited. Raises `KeyError` where nobody has said."""
    return _CITING[model]


def cite(row: models.Model) -> str:
    """Return how a row is cited in a cell."""
    return next(name for name in citing(type(row)).names(row) if name)


@dataclass
class Directory:
    """What cells can cite, read once from the database for each model that they do cite."""

    _rows: dict[type[models.Model], dict[str, models.Model]] = field(default_factory=dict)
    _names: dict[type[models.Model], dict[Any, str]] = field(default_factory=dict)
    _guesses: int = 0

    def look_up(self, model: type[models.Model], citation: str) -> models.Model:
        """Return the row that is cited so. Raises `WrongValue`, with what may have been meant."""
        rows = self._load(model)
        if citation in rows:
            return rows[citation]
        what = {"what": model._meta.verbose_name, "name": citation[:80]}
        self._guesses += 1
        near = difflib.get_close_matches(citation[:80], rows, n=1) if self._guesses <= MOST_GUESSES else []
        if near:
            raise WrongValue(_("There is no %(what)s “%(name)s”. Is “%(near)s” meant?") % {**what, "near": near[0]})
        raise WrongValue(_("There is no %(what)s “%(name)s”. Add it, or correct the name.") % what)

    def name_of(self, model: type[models.Model], pk: Any) -> str:
        """Return how the row with this primary key is cited; empty for none."""
        self._load(model)
        return self._names[model].get(pk, "")

    def add(self, row: models.Model) -> None:
        """Let later cells cite a row that has just been stored."""
        model = type(row)
        if model in self._rows:
            self._take(model, row)

    def _load(self, model: type[models.Model]) -> dict[str, models.Model]:
        if model not in self._rows:
            self._rows[model], self._names[model] = {}, {}
            for row in model._default_manager.select_related(*citing(model).needs).order_by():
                self._take(model, row)
        return self._rows[model]

    def _take(self, model: type[models.Model], row: models.Model) -> None:
        names = [name for name in citing(model).names(row) if name]
        self._names[model][row.pk] = names[0]
        for name in names:
            self._rows[model].setdefault(name, row)
