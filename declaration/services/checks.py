"""Turns what a model's own rules say against a row into a refusal."""

from collections.abc import Collection

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from declaration.errors import Refused


def refuse_invalid(instance: models.Model, *, exclude: Collection[str] = ()) -> None:
    """Refuse a row that breaks a rule of its model, naming the first field that is wrong and why.

    `exclude` names fields that somebody else answers for. Raises `Refused` with the field's name, which is empty where
    the rule is about several fields.
    """
    try:
        instance.full_clean(exclude=set(exclude))
    except ValidationError as error:
        field, errors = next(iter(error.error_dict.items()))
        first = errors[0]
        raise Refused(
            str(first.code or "invalid"), first.messages[0], field="" if field == NON_FIELD_ERRORS else field
        ) from error
