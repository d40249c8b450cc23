"""What happens to the files that a delegation puts beside its words."""

import datetime as dt
import hashlib
import io
import logging
import re
import unicodedata
from typing import IO, Any, Final

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.file_kinds import FileKind, WrongFileError, tell_kind
from consultations.models import Attachment, Submission
from consultations.models.sharing import MAX_ATTACHMENT_BYTES, attachment_path
from consultations.services.gate import (
    lock_submission,
    refuse_submission_closed,
    refuse_unless_writer,
)
from declaration.errors import Refused

logger = logging.getLogger(__name__)

MAX_ATTACHMENTS: Final = 20
"""So many files stand beside one submission."""

MEGABYTE: Final = 1024 * 1024
MAX_NAME: Final = 150
CHUNK: Final = 256 * 1024
_LOCK: Final = 7226831
"""The first number of the advisory locks that keep two people from storing and removing one content at once."""

_REASONS: Final[dict[str, str | Promise]] = {
    "empty": gettext_lazy("The file is empty. Choose it again."),
    "unknown": gettext_lazy(
        "This is no PDF, Word document (docx) or image (PNG, JPEG, WebP). Save it as one of these."
    ),
    "old_office": gettext_lazy(
        "This is an old Office file, or one that is protected by a password. Save it as .docx or PDF without a password."
    ),
    "encrypted": gettext_lazy("Nobody can look into this file, because it is protected. Save it without a password."),
    "active": gettext_lazy(
        "This file runs programs or holds other files. Print it to a new PDF, or save it without them."
    ),
    "macros": gettext_lazy("This document has macros. Save it as .docx, which has none."),
    "two_in_one": gettext_lazy("There is something behind the end of this file. Open it and save it anew."),
    "damaged": gettext_lazy("This file is damaged or not complete. Open it and save it anew."),
    "bomb": gettext_lazy("This file grows far too large when it is unpacked. Save it anew, or as PDF."),
}


def attach_file(
    *, submission: Submission, user: Any, file: IO[bytes] | File, name: str, at: dt.datetime | None = None
) -> Attachment:
    """Put a file beside a submission that is being written. What it is, is told by its content, never by its name.

    Stored under the SHA-256 of its content: the same file twice is one. Refused to those who do not write for the
    delegation, once the submission is cleared or filed or the call takes nothing more, for more than `MAX_ATTACHMENTS`
    files, and for a file that is too large, damaged, protected, running programs, or of another kind.
    """
    # The rights first: nobody else's file is even read.
    refuse_unless_writer(user, submission)
    content = read_bounded(file)
    kind = _tell_kind(content)
    return _attach(submission, user, content, kind, clean_name(name, kind), at=at or timezone.now())


def read_bounded(file: IO[bytes] | File) -> bytes:
    """Read a file piece by piece, and stop as soon as it is larger than one may be. Refused then."""
    whole = io.BytesIO()
    while piece := file.read(CHUNK):
        whole.write(piece)
        if whole.tell() > MAX_ATTACHMENT_BYTES:
            raise Refused(
                "file_too_large",
                _("This file is larger than %(limit)d MB. Make it smaller, or divide it.")
                % {"limit": MAX_ATTACHMENT_BYTES // MEGABYTE},
                field="file",
                status=413,
            )
    return whole.getvalue()


def _tell_kind(content: bytes) -> FileKind:
    try:
        return tell_kind(content)
    except WrongFileError as error:
        raise Refused(f"file_{error.code}", _REASONS[error.code], field="file") from error


@transaction.atomic
def _attach(
    submission: Submission, user: Any, content: bytes, kind: FileKind, name: str, *, at: dt.datetime
) -> Attachment:
    submission = lock_submission(submission)
    refuse_unless_writer(user, submission)
    refuse_submission_closed(submission, at=at)
    digest = hashlib.sha256(content).hexdigest()
    there = submission.attachments.filter(sha256=digest).first()
    if there:
        raise Refused(
            "file_attached",
            _("This file is attached already, as %(name)s.") % {"name": there.name},
            field="file",
            status=409,
        )
    if submission.attachments.count() >= MAX_ATTACHMENTS:
        raise Refused(
            "too_many_files", _("At most %(limit)d files can be attached.") % {"limit": MAX_ATTACHMENTS}, field="file"
        )
    attachment = Attachment(
        submission=submission,
        name=name,
        content_type=kind.content_type,
        size=len(content),
        sha256=digest,
        uploaded_by=user,
        uploaded_at=at,
    )
    _lock_content(digest)
    attachment.file.name = _store(attachment_path(attachment, ""), content, digest)
    attachment.save(force_insert=True)
    _touch(submission)
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, user: Any, at: dt.datetime | None = None) -> None:
    """Take a file away from a submission that is being written; its content goes where no other submission has it.

    Refused as `attach_file`. Nothing happens where a colleague removed it already.
    """
    submission = lock_submission(attachment.submission)
    refuse_unless_writer(user, submission)
    refuse_submission_closed(submission, at=at or timezone.now())
    deleted, _rows = Attachment.objects.filter(pk=attachment.pk).delete()
    if deleted:
        _touch(submission)
        transaction.on_commit(lambda: forget_content(attachment.sha256, str(attachment.file)), robust=True)


def remove_contents(submission: Submission) -> None:
    """See to it that the files of a submission that is being thrown away go with it, once that is certain."""
    for digest, path in submission.attachments.values_list("sha256", "file"):
        transaction.on_commit(lambda digest=digest, path=path: forget_content(digest, path), robust=True)  # type: ignore[misc]


@transaction.atomic
def forget_content(digest: str, path: str) -> None:
    """Remove a stored content that no attachment has any more."""
    _lock_content(digest)
    if not Attachment.objects.filter(sha256=digest).exists():
        default_storage.delete(path)


def copy_attachments(standing: Submission, submission: Submission) -> None:
    """Begin a submission with the files of the one that stands; they lead to the same contents."""
    copies = list(standing.attachments.all())
    for copy in copies:
        copy.pk = None
        copy._state.adding = True
        copy.submission = submission
    Attachment.objects.bulk_create(copies)


def _touch(submission: Submission) -> None:
    submission.revision += 1
    submission.save(update_fields=["revision"])


def _lock_content(digest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, int(digest[:7], 16)])


def _store(path: str, content: bytes, digest: str) -> str:
    """Store a content where it is not stored whole already, and return where it is."""
    if default_storage.exists(path):
        with default_storage.open(path) as stored:
            if hashlib.file_digest(stored, "sha256").hexdigest() == digest:
                return path
        # The site was stopped while it was written.
        logger.warning("A stored attachment was not whole and is written anew: %s", path)
        default_storage.delete(path)
    return default_storage.save(path, File(io.BytesIO(content)))


def clean_name(name: str, kind: FileKind) -> str:
    """Return a name under which a file is kept and handed out: no folders, nothing unseen, and the ending of what it is."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C")
    plain = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*]', "", plain)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and ending.lower() in {kind.extension, "jpeg", "pdf", "docx", "doc", "png", "jpg", "webp"}:
        plain = stem
    return f"{plain[:MAX_NAME].strip(' .') or 'file'}.{kind.extension}"
