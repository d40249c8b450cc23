"""The audit trail: every insert, change and deletion of a row is an event that nothing can change afterwards.

Events are written by triggers of the database, so that bulk updates and plain SQL leave their trace too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pghistory
from django.db import connection, models

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


@contextmanager
def audit_context(**metadata: Any) -> Iterator[None]:
    """Keep this with each change in the block, as `user`: the primary key of who makes it.

    The database would keep it until its transaction ends, and let it fall on what others change after in a larger one; here it
    ends with the block.
    """
    with pghistory.context(**metadata):
        yield
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', '', true), set_config('pghistory.context_metadata', '', true)"
        )
