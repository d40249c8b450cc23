"""Every promise that the database keeps about clearance, notes and attached files, broken once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from consultations import services
from consultations.models import Attachment, Comment, DelegationNote, Submission
from tests import factories
from tests.promises import promise_broken

pytestmark = pytest.mark.django_db

DIGEST = "0" * 64


def attachment(submission: Submission, **changes: Any) -> Attachment:
    """A row for a file that is not there."""
    values = {
        "submission": submission,
        "file": "attachments/00/0",
        "name": "view.pdf",
        "content_type": "application/pdf",
        "size": 10,
        "sha256": DIGEST,
        "uploaded_by": factories.focal_point(submission.delegation),
        "uploaded_at": timezone.now(),
    }
    return Attachment.objects.create(**values | changes)


@pytest.mark.parametrize("clearance", ["writing", "ready", "sent_back"])
def test_nothing_is_filed_with_a_comment_that_is_not_cleared(clearance: str) -> None:
    submission = factories.make_submission()
    factories.make_comment(submission)
    Comment.objects.update(clearance=clearance)
    person = factories.focal_point(submission.delegation)
    broken = promise_broken(
        lambda: Submission.objects.update(status="submitted", submitted_at=timezone.now(), submitted_by=person)
    )
    assert broken == "consultations_submission_filed_cleared"


def test_note_says_something() -> None:
    submission = factories.make_submission()
    person = factories.focal_point(submission.delegation)
    broken = promise_broken(
        lambda: DelegationNote.objects.create(submission=submission, text="", author=person, written_at=timezone.now())
    )
    assert broken == "consultations_delegationnote_says_something"


@pytest.mark.parametrize(
    ("promise", "changes"),
    [
        ("consultations_attachment_size", {"size": 0}),
        ("consultations_attachment_size", {"size": 20 * 1024 * 1024 + 1}),
        ("consultations_attachment_sha256", {"sha256": "x" * 64}),
    ],
)
def test_attachment_has_a_size_and_a_digest(promise: str, changes: dict[str, Any]) -> None:
    submission = factories.make_submission()
    assert promise_broken(lambda: attachment(submission, **changes)) == promise


def test_same_file_is_attached_once() -> None:
    submission = factories.make_submission()
    attachment(submission)
    assert promise_broken(lambda: attachment(submission)) == "consultations_attachment_once"


@pytest.mark.parametrize(
    "change",
    [
        lambda filed: attachment(filed, sha256="1" * 64),
        lambda filed: Attachment.objects.filter(submission=filed).delete(),
        lambda filed: Attachment.objects.filter(submission=filed).update(name="other.pdf"),
    ],
)
def test_attachments_of_a_filing_never_change(change: Callable[[Submission], Any]) -> None:
    submission = factories.make_submission(general_comment="We welcome the text.")
    attachment(submission)
    services.submit_submission(submission=submission, user=factories.focal_point(submission.delegation))
    assert promise_broken(lambda: change(submission)) == "consultations_attachment_frozen_once_filed"


def test_attachment_never_changes_while_it_is_being_written_either() -> None:
    submission = factories.make_submission()
    attachment(submission)
    broken = promise_broken(lambda: Attachment.objects.update(sha256="1" * 64))
    assert broken == "consultations_attachment_frozen_once_filed"
