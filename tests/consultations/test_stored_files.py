"""What is lost or lies about in the storage of files is told, and only what nobody has is removed."""

import datetime as dt
import io
import json
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from consultations import services
from consultations.models import Attachment
from consultations.stored_files import check_files
from tests import factories, files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def attachment() -> Attachment:
    submission = factories.make_submission(general_comment="We welcome the text.")
    user = factories.focal_point(submission.delegation)
    return services.attach_file(submission=submission, user=user, file=io.BytesIO(files.pdf()), name="words.pdf")


def age(path: str, hours: int) -> None:
    moment = (timezone.now() - dt.timedelta(hours=hours)).timestamp()
    os.utime(default_storage.path(path), (moment, moment))


def test_nothing_stored_and_all_as_it_was(attachment, capsys):
    report = check_files()
    assert (report.files, report.lost, report.orphaned, report.is_whole) == (1, [], [], True)
    call_command("check_files")
    assert "1 file belongs to submissions." in capsys.readouterr().out
    Attachment.objects.all().delete()
    default_storage.delete(attachment.file.name)
    assert check_files().is_whole


@pytest.mark.parametrize("problem", ["missing", "changed"])
def test_lost_file_is_told_with_its_submissions(attachment, capsys, problem):
    path = default_storage.path(attachment.file.name)
    Path(path).unlink()
    if problem == "changed":
        default_storage.save(attachment.file.name, ContentFile(b"something else"))
    with pytest.raises(CommandError, match="Not every stored file"):
        call_command("check_files", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["lost"] == [
        {"path": attachment.file.name, "problem": problem, "submissions": [attachment.submission_id]}
    ]


def test_file_that_nobody_has_is_told_and_removed_once_it_is_a_day_old(attachment, capsys):
    orphans = [f"attachments/ab/{'ab' * 32}", "attachments/left-over.tmp"]
    for path in orphans:
        default_storage.save(path, ContentFile(b"x"))
    with pytest.raises(CommandError):
        call_command("check_files")
    assert f"No submission has {orphans[0]}." in capsys.readouterr().out
    age(orphans[0], 23)
    assert check_files(delete_orphans=True).deleted == []
    for path in (*orphans, attachment.file.name):
        age(path, 25)
    call_command("check_files", "--delete-orphans")
    assert [default_storage.exists(path) for path in (*orphans, attachment.file.name)] == [False, False, True]


def test_storage_that_cannot_be_listed_is_an_error(attachment, monkeypatch):
    def fail(path: str) -> None:
        raise PermissionError("Permission denied")

    monkeypatch.setattr(default_storage, "listdir", fail)
    with pytest.raises(CommandError, match="Permission denied"):
        call_command("check_files")
