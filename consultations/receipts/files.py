"""The files beside a filing, compared with the digests that its receipt names."""

import hashlib

from consultations.models import Attachment, Submission


def find_changed_files(submission: Submission) -> list[str]:
    """Return the names of attachments whose stored file is missing, cannot be read, or is not what was filed."""
    return [attachment.name for attachment in submission.attachments.all() if not _is_kept(attachment)]


def _is_kept(attachment: Attachment) -> bool:
    digest = hashlib.sha256()
    try:
        with attachment.file.open("rb") as file:
            for chunk in file.chunks():
                digest.update(chunk)
    except OSError:
        return False
    return digest.hexdigest() == attachment.sha256
