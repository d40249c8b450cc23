"""The thread as everybody may read it, read once for each state of the database.

What the database holds is named by its snapshot: which transactions it sees. Any change that is committed makes it another one,
and none comes twice (PostgreSQL, "System Information Functions", `pg_current_snapshot`). What becomes public by itself, at the end of
a call, is named by the public submissions, what becomes overdue by the day. So what is kept is never told after it was changed,
and never before it may be known.
"""

import hashlib
from collections.abc import Callable
from typing import Final, TypeVar

from django.core.cache import caches
from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from activities.thread.asking import ThreadForm
from activities.thread.gaps import FoundGap, find_gaps
from activities.thread.graph import Thread, read_asked
from consultations.public_counts import name_public_submissions

T = TypeVar("T")

KEPT_FOR: Final = 3_600
"""Seconds after which an answer may be forgotten."""

MOST_KEPT: Final = 100
"""Answers with more things of a kind than this are read anew each time: they are few, and large."""


def read_public(form: ThreadForm, *, limit: int) -> Thread | None:
    """Return what a valid form asks for, as everybody may read it; nothing where it names a thing that is not there."""
    if limit > MOST_KEPT:
        return read_asked(form, limit=limit)
    asked = sorted((name, str(form.data.get(name, ""))) for name in form.fields)
    return _while_unchanged(f"{limit} {asked}", lambda: read_asked(form, limit=limit))


def find_public_gaps() -> list[FoundGap]:
    """Return each gap with its figure and the first that it is made of, as everybody may read them."""
    return _while_unchanged("gaps", find_gaps)


def name_snapshot() -> str:
    """Return the name of what the database holds now, of all that is committed in its whole cluster."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        (snapshot,) = cursor.fetchone()
    return str(snapshot)


def _while_unchanged(what: str, read: Callable[[], T]) -> T:
    """Return what was read before in this state of the database, by this process and in this language, or read it."""
    if connection.in_atomic_block:
        return read()  # a transaction's own changes are not in its snapshot's name
    database = connection.settings_dict["NAME"]
    state = (database, name_snapshot(), name_public_submissions(), timezone.localdate(), get_language())
    key = hashlib.sha256(repr((what, *state)).encode()).hexdigest()
    kept: T | None = caches["memory"].get(key)
    if kept is None:
        kept = read()
        caches["memory"].set(key, kept, KEPT_FOR)
    return kept
