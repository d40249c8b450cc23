"""The audit trail: every insert, change and deletion of a row is an event that nothing can change afterwards.

Events are written by triggers of the database, so that bulk updates and plain SQL leave their trace too.
"""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def audited(*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Keep every change of a model's rows, with who made it and when.

    `exclude` names fields that must not be kept, such as a password's digest. Columns that the database computes are
    left out: they follow from those they are computed from.
    """

    def decorate(model: M) -> M:
        computed = [field.name for field in model._meta.local_fields if getattr(field, "generated", False)]
        track: Callable[[M], M] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=[*exclude, *computed],
        )
        return track(model)

    return decorate
