"""Footnotes: what a text calls at a place in its words, kept apart from the words themselves.

Each is a JSON object: `label` as its call prints it ("1", "*"), `text`, `position` (before which character of the heading or
the text it is called, counted from 0) and `is_in_heading`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from declaration.text.redline import Operation

MAX_FOOTNOTES: Final = 200
"""So many footnotes one text takes."""

MAX_LENGTH: Final = 10_000
"""Characters of one footnote."""

MAX_LABEL: Final = 20
"""Characters of what calls a footnote."""

_KEYS: Final = {"label": str, "text": str, "position": int, "is_in_heading": bool}


def validate_footnotes(value: Any) -> None:
    """Raise `ValidationError` for what is no list of footnotes."""
    if not isinstance(value, list) or len(value) > MAX_FOOTNOTES:
        raise ValidationError(_("Footnotes are a list of at most %(limit)d."), params={"limit": MAX_FOOTNOTES})
    for note in value:
        if not isinstance(note, dict) or {key: type(item) for key, item in note.items()} != _KEYS:
            raise ValidationError(_("A footnote has a label, a text, its place, and whether that is in the heading."))
        if note["position"] < 0 or len(note["text"]) > MAX_LENGTH or len(note["label"]) > MAX_LABEL:
            raise ValidationError(
                _("A footnote has a label of at most %(label)d characters and a text of at most %(text)d."),
                params={"label": MAX_LABEL, "text": MAX_LENGTH},
            )


class FootnotesField(models.JSONField):
    """The footnotes of one text, in the order in which they are called; none is an empty list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take no null: a text without footnotes has an empty list."""
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("validators", [validate_footnotes])
        super().__init__(*args, **kwargs)


def footnotes_check(prefix: str, field: str = "footnotes") -> models.CheckConstraint:
    """Return the promise of the database that a column holds a list; named by the model's prefix."""
    kind = Func(F(field), function="jsonb_typeof", output_field=models.TextField())
    return models.CheckConstraint(
        condition=models.lookups.Exact(kind, Value("array")), name=f"{prefix}_{field}_is_list"
    )


def carry_footnotes(
    footnotes: Iterable[Mapping[str, Any]], operations: Iterable[Operation], *, in_heading: bool
) -> list[dict[str, Any]]:
    """Return the footnotes of a heading or a text after it has been changed: each stays behind the same words.

    A footnote whose words were deleted stands where they stood. Those of the other of the two are returned as they are.
    """
    spans = list(_spans(operations))
    return [
        dict(note) if note["is_in_heading"] != in_heading else {**note, "position": _moved(note["position"], spans)}
        for note in footnotes
    ]


def _spans(operations: Iterable[Operation]) -> Iterable[tuple[int, int, int, bool]]:
    """Yield each equal or deleted piece as (start before, end before, start after, whether it stays)."""
    before = after = 0
    for op, text in operations:
        if op == "insert":
            after += len(text)
            continue
        yield before, before + len(text), after, op == "equal"
        before += len(text)
        after += len(text) if op == "equal" else 0


def _moved(position: int, spans: list[tuple[int, int, int, bool]]) -> int:
    for start, end, moved, stays in spans:
        # A call stands behind a word: at a seam it belongs to the piece that it ends.
        if start <= position <= end and (position > start or start == 0):
            return moved + (position - start if stays else 0)
    return spans[-1][2] if spans else 0
