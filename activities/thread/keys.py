"""How a thing of the thread is named in addresses and files, as `element:26a`, and found again."""

import re
from collections.abc import Callable
from typing import Any, Final

from django.db.models import Model, Q
from django.urls import reverse
from django.utils.http import urlencode

from activities.models import Activity, Deliverable, Outcome
from activities.thread.kinds import Kind
from consultations.models import Answer, Comment, Consultation, Disposition, Question, View
from declaration.models import Clause, Draft, Element, Request, Resolution

MAX_KEY: Final = 220
"""So many characters a name has at most: a draft's number and a clause's identifier, with the kind before them."""

MOST_DIGITS: Final = 9

_KEYS: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.RESOLUTION: lambda row: row.slug,
    Kind.REQUEST: lambda row: f"{row.resolution.slug}:{row.position}",
    Kind.ACTIVITY: lambda row: row.slug,
    Kind.OUTCOME: lambda row: row.slug,
    Kind.DELIVERABLE: lambda row: row.slug,
    Kind.CONSULTATION: lambda row: row.slug,
    Kind.QUESTION: lambda row: f"{row.questionnaire.slug}:{row.position}",
    Kind.VIEW: lambda row: str(row.pk),
    Kind.ANSWER: lambda row: str(row.pk),
    Kind.ELEMENT: lambda row: row.code,
    Kind.DRAFT: lambda row: str(row.ordinal),
    Kind.CLAUSE: lambda row: f"{row.draft.ordinal}:{row.eid}",
    Kind.COMMENT: lambda row: str(row.pk),
    Kind.DISPOSITION: lambda row: str(row.pk),
}

_FIELDS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.REQUEST: ("resolution__slug", "position"),
    Kind.QUESTION: ("questionnaire__slug", "position"),
    Kind.VIEW: ("pk",),
    Kind.ANSWER: ("pk",),
    Kind.ELEMENT: ("code",),
    Kind.DRAFT: ("ordinal",),
    Kind.CLAUSE: ("draft__ordinal", "eid"),
    Kind.COMMENT: ("pk",),
    Kind.DISPOSITION: ("pk",),
}
"""What a key holds, part by part; a slug where nothing is said."""

_NUMBERS: Final = frozenset({"pk", "position", "ordinal", "draft__ordinal"})


_MODELS: Final[dict[type[Model], Kind]] = {
    Resolution: Kind.RESOLUTION,
    Request: Kind.REQUEST,
    Activity: Kind.ACTIVITY,
    Outcome: Kind.OUTCOME,
    Deliverable: Kind.DELIVERABLE,
    Consultation: Kind.CONSULTATION,
    Question: Kind.QUESTION,
    View: Kind.VIEW,
    Answer: Kind.ANSWER,
    Element: Kind.ELEMENT,
    Draft: Kind.DRAFT,
    Clause: Kind.CLAUSE,
    Comment: Kind.COMMENT,
    Disposition: Kind.DISPOSITION,
}


class BadKeyError(ValueError):
    """A text names nothing in the thread, be there such a thing or not."""


def make_key(kind: Kind, row: Any) -> str:
    """Return the name of a thing: its kind, a colon, and what names it everywhere else."""
    return f"{kind.value}:{_KEYS[kind](row)}"


def find_kind(row: Model) -> Kind:
    """Return the kind of thing that a row of the record is. Raises `KeyError` for one that is nothing in the thread."""
    return _MODELS[type(row)]


def walk_address(key: str) -> str:
    """Return the address of the thread around the thing of that name."""
    return f"{reverse('thread')}?{urlencode({'at': key})}"


def read_key(text: str) -> tuple[Kind, Q]:
    """Return the kind that a name says and the condition by which the thing is found. Raises `BadKeyError`."""
    word, _colon, rest = text.strip().partition(":")
    if word not in Kind.values or not rest or len(text) > MAX_KEY or "\x00" in text:
        raise BadKeyError(text)
    kind = Kind(word)
    fields = _FIELDS.get(kind, ("slug",))
    parts = rest.split(":")
    if len(parts) != len(fields):
        raise BadKeyError(text)
    return kind, Q(**{field: _read_part(field, part) for field, part in zip(fields, parts, strict=True)})


def _read_part(field: str, part: str) -> str | int:
    if field not in _NUMBERS:
        return part
    if not re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", part):
        raise BadKeyError(part)
    number = int(part)
    if field != "pk" and number > 32_767:  # noqa: PLR2004 - the largest number of a `smallint` column
        raise BadKeyError(part)
    return number
