"""What follows from an edit: where a clause comes from is asked again, and what its words cite is read again."""

from collections.abc import Iterable

from declaration.models import Clause


def follow_up(clauses: Iterable[Clause]) -> None:
    """Have settled again what depends on clauses that were changed."""
    for clause in clauses:
        Clause.objects.filter(pk=clause.pk).update(is_origin_confirmed=False)
