"""What follows from an edit: how a clause descends from the draft before is judged anew."""

from collections.abc import Iterable

from declaration.models import Clause
from declaration.services.lineage import origins_changed


def follow_up(clauses: Iterable[Clause]) -> None:
    """Judge anew what depends on clauses whose words, number or place were changed."""
    origins_changed(clauses)
