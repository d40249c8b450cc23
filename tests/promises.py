"""Asks the database which of its promises a change would break."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction


def promise_broken(breaking: Callable[[], Any]) -> str:
    """The name of the constraint or trigger that refuses, or an empty text where nothing does."""
    try:
        with transaction.atomic():
            breaking()
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name  # type: ignore[union-attr]
    return ""
