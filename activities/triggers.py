"""Promises about what was done that a constraint on one row cannot keep; see `declaration.models.triggers`."""

import pgtrigger

from declaration.models.triggers import refuse


def no_circle(model: str, column: str, message: str) -> pgtrigger.Trigger:
    """Whoever follows a link from row to row comes to an end.

    `model` is the model's name in small letters, `column` the database's column that holds the link to another row of it.
    """
    name = f"activities_{model}_{column.removesuffix('_id')}_without_circle"
    return pgtrigger.Trigger(
        name=f"{column.removesuffix('_id')}_without_circle",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(**{f"new__{column}__isnull": False}),
        func=f"""
            -- Two that are linked to each other at the same moment would not see one another.
            PERFORM pg_advisory_xact_lock(hashtext('{name}'));
            IF EXISTS (
                WITH RECURSIVE above AS (
                    SELECT id, {column} FROM activities_{model} WHERE id = NEW.{column}
                    UNION
                    SELECT one.id, one.{column} FROM activities_{model} one JOIN above ON one.id = above.{column}
                )
                SELECT 1 FROM above WHERE id = NEW.id
            ) THEN
                {refuse(name, message)}
            END IF;
            RETURN NEW;
        """,
    )
