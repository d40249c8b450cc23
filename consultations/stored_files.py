"""Compares the files that are stored for submissions with the rows that lead to them: what is lost, and what nobody has."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.core.files.storage import default_storage
from django.utils import timezone

from consultations.models import Attachment
from consultations.services.attachments import forget_content

FOLDER: Final = "attachments"

KEPT_FOR: Final = dt.timedelta(hours=24)
"""A file that no row leads to may have been written a moment ago, and its row be on the way: it is left for that long."""

MISSING: Final = "missing"
CHANGED: Final = "changed"


@dataclass(frozen=True)
class LostFile:
    """A stored file that is not what its rows say: it is missing or cannot be read, or has another content."""

    path: str
    problem: str
    submissions: list[int]


@dataclass(frozen=True)
class FilesReport:
    """What was found: how many different files the rows lead to, those that are lost, and files that no row leads to."""

    files: int
    lost: list[LostFile] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost, and nothing lies about."""
        return not self.lost and not set(self.orphaned) - set(self.deleted)


def check_files(*, delete_orphans: bool = False, at: dt.datetime | None = None) -> FilesReport:
    """Read every stored file once and compare it with its digest; list what lies in the folder besides.

    With `delete_orphans` a file that no row leads to is removed once it is older than `KEPT_FOR`. Raises `OSError` where the
    storage cannot be listed.
    """
    at = at or timezone.now()
    rows: dict[tuple[str, str], list[int]] = {}
    for path, digest, submission in Attachment.objects.order_by("pk").values_list("file", "sha256", "submission"):
        rows.setdefault((path, digest), []).append(submission)
    lost = [
        LostFile(path, problem, submissions)
        for (path, digest), submissions in rows.items()
        if (problem := _find_problem(path, digest))
    ]
    known = {path for path, _digest in rows}
    orphaned = [path for path in sorted(_stored(FOLDER)) if path not in known]
    deleted = [path for path in orphaned if delete_orphans and _delete(path, at=at)]
    return FilesReport(len(known), lost, orphaned, deleted)


def _find_problem(path: str, digest: str) -> str:
    try:
        with default_storage.open(path) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return MISSING
    return "" if found == digest else CHANGED


def _stored(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _stored(f"{folder}/{name}")


def _delete(path: str, *, at: dt.datetime) -> bool:
    if at - default_storage.get_modified_time(path) < KEPT_FOR:
        return False
    name = path.rpartition("/")[2]
    if len(name) == hashlib.sha256().digest_size * 2 and all(letter in "0123456789abcdef" for letter in name):
        # Under the lock of its content: somebody may be attaching it just now.
        forget_content(name, path)
    else:
        default_storage.delete(path)
    return not default_storage.exists(path)
