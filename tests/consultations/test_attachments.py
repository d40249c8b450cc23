"""Files beside submissions: what is taken, how it is kept, who may have it, and when it is gone."""

import hashlib
import io

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations import services
from consultations.file_kinds import DOCX, PDF
from consultations.models import Attachment, Call, Membership
from consultations.services import attachments
from declaration.errors import Refused
from tests import factories, files

pytestmark = pytest.mark.django_db

PDF_FILE = files.pdf()


@pytest.fixture(autouse=True)
def storage_of_its_own(settings, tmp_path):
    """Keep the files of each test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def submission():
    return factories.make_submission(general_comment="We welcome the text.")


@pytest.fixture
def focal_point(submission):
    return factories.focal_point(submission.delegation)


def attach(submission, user=None, content=PDF_FILE, name="Our view.pdf", **arguments):
    user = user or factories.focal_point(submission.delegation)
    return services.attach_file(submission=submission, user=user, file=io.BytesIO(content), name=name, **arguments)


def refusal(*args, **arguments):
    with pytest.raises(Refused) as refused:
        attach(*args, **arguments)
    return refused.value


def stored(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


class TestAttaching:
    def test_file_is_kept_under_its_digest_and_said_to_be_what_it_is(self, submission, focal_point, storage_of_its_own):
        attachment = attach(submission, content=files.png(), name="C:\\Users\\Ana\\map.PDF")
        digest = hashlib.sha256(files.png()).hexdigest()
        assert (attachment.name, attachment.content_type) == ("map.png", "image/png")
        assert (attachment.size, attachment.sha256) == (len(files.png()), digest)
        assert attachment.file.name == f"attachments/{digest[:2]}/{digest}"
        assert stored(storage_of_its_own) == [digest]
        assert attachment.uploaded_by == focal_point

    def test_a_new_revision_of_the_submission_tells_of_it(self, submission):
        before = submission.revision
        attach(submission)
        submission.refresh_from_db()
        assert submission.revision == before + 1

    def test_content_of_two_submissions_is_kept_once(self, submission, storage_of_its_own):
        attach(submission)
        attach(factories.make_submission(), name="Another name.pdf")
        assert len(stored(storage_of_its_own)) == 1
        assert Attachment.objects.count() == 2

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file_empty"),
            (b"<html>", "file_unknown"),
            (files.pdf(trailer=b"/Encrypt 9 0 R"), "file_encrypted"),
            (files.pdf(b"/AA << /S /JavaScript >>"), "file_active"),
            (files.docx(more={"word/vbaProject.bin": b"macro"}), "file_macros"),
            (files.png() + files.docx(), "file_two_in_one"),
            (files.jpeg()[:-2], "file_damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "file_old_office"),
            (files.docx(more={"word/media/bomb.xml": bytes(30_000_000)}), "file_bomb"),
        ],
    )
    def test_what_is_not_taken_is_refused_and_not_kept(self, submission, storage_of_its_own, content, code):
        refused = refusal(submission, content=content)
        assert (refused.code, refused.field) == (code, "file")
        assert str(refused)
        assert stored(storage_of_its_own) == []

    def test_no_more_is_read_than_may_be(self, submission, monkeypatch):
        monkeypatch.setattr(attachments, "MAX_ATTACHMENT_BYTES", 1_000_000)

        class Endless(io.RawIOBase):
            read_bytes = 0

            def read(self, size=-1):
                Endless.read_bytes += size
                return bytes(size)

        with pytest.raises(Refused) as refused:
            services.attach_file(
                submission=submission,
                user=factories.focal_point(submission.delegation),
                file=Endless(),
                name="endless.pdf",
            )
        assert (refused.value.code, refused.value.status) == ("file_too_large", 413)
        assert Endless.read_bytes <= 1_000_000 + attachments.CHUNK

    def test_the_same_file_is_attached_once_and_files_are_bounded(self, submission, monkeypatch):
        attach(submission)
        refused = refusal(submission, name="Again.pdf")
        assert (refused.code, refused.status) == ("file_attached", 409)
        assert "Our view.pdf" in str(refused)
        monkeypatch.setattr(attachments, "MAX_ATTACHMENTS", 1)
        assert refusal(submission, content=files.png()).code == "too_many_files"

    def test_those_who_write_attach_and_nobody_else(self, submission):
        attach(submission, factories.make_member(submission.delegation, Membership.Role.CONTRIBUTOR))
        observer = factories.make_member(submission.delegation, Membership.Role.OBSERVER)
        assert refusal(submission, observer, files.png()).code == "role_cannot_write"
        for stranger in (factories.make_staff(), factories.focal_point(factories.make_delegation())):
            assert refusal(submission, stranger, files.png()).code == "not_your_delegation"

    def test_nothing_is_attached_once_it_is_cleared_filed_or_closed(self, submission, focal_point):
        closed = submission.call.closes_at
        assert refusal(submission, at=closed).code == "call_closed"
        services.clear_submission(submission=submission, user=focal_point)
        submission.refresh_from_db()
        assert refusal(submission).code == "submission_cleared"
        services.submit_submission(submission=submission, user=focal_point)
        submission.refresh_from_db()
        assert refusal(submission).code == "submission_filed"

    def test_content_that_was_left_half_written_is_written_anew(self, submission):
        digest = hashlib.sha256(PDF_FILE).hexdigest()
        path = default_storage.save(f"attachments/{digest[:2]}/{digest}", io.BytesIO(PDF_FILE[:10]))
        attachment = attach(submission)
        assert attachment.file.name == path
        with default_storage.open(path) as file:
            assert file.read() == PDF_FILE

    @pytest.mark.parametrize(
        ("name", "kind", "kept"),
        [
            ("../../etc/passwd", PDF, "passwd.pdf"),
            ("C:\\x\\a.docx", DOCX, "a.docx"),
            ("report.final.doc", DOCX, "report.final.docx"),
            ("a\u202efdp.exe", PDF, "afdp.exe.pdf"),
            ("", PDF, "file.pdf"),
            ("...", PDF, "file.pdf"),
            ('a"b\r\nSet-Cookie: x.pdf', PDF, "abSet-Cookie x.pdf"),
            ("تعليقنا.pdf", PDF, "تعليقنا.pdf"),
            ("x" * 400, PDF, "x" * 150 + ".pdf"),
        ],
    )
    def test_name_is_only_a_name(self, name, kind, kept):
        assert attachments.clean_name(name, kind) == kept


class TestRemoving:
    def remove(self, attachment, capture):
        with capture(execute=True):
            services.remove_attachment(
                attachment=attachment, user=factories.focal_point(attachment.submission.delegation)
            )

    def test_content_goes_with_the_last_that_has_it(
        self, submission, storage_of_its_own, django_capture_on_commit_callbacks
    ):
        first, second = attach(submission), attach(factories.make_submission())
        self.remove(first, django_capture_on_commit_callbacks)
        assert len(stored(storage_of_its_own)) == 1
        self.remove(second, django_capture_on_commit_callbacks)
        assert stored(storage_of_its_own) == []
        assert not Attachment.objects.exists()

    def test_content_stays_where_nothing_was_removed_in_the_end(self, submission, focal_point, storage_of_its_own):
        attachment = attach(submission)
        with transaction.atomic():
            services.remove_attachment(attachment=attachment, user=focal_point)
            transaction.set_rollback(True)
        assert len(stored(storage_of_its_own)) == 1
        assert Attachment.objects.filter(pk=attachment.pk).exists()

    def test_files_go_with_a_submission_that_is_thrown_away(
        self, submission, focal_point, storage_of_its_own, django_capture_on_commit_callbacks
    ):
        attach(submission)
        with django_capture_on_commit_callbacks(execute=True):
            services.discard_submission(submission=submission, user=focal_point)
        assert stored(storage_of_its_own) == []

    def test_only_those_who_write_remove_and_nothing_of_what_was_filed(self, submission, focal_point):
        attachment = attach(submission)
        observer = factories.make_member(submission.delegation, Membership.Role.OBSERVER)
        with pytest.raises(Refused):
            services.remove_attachment(attachment=attachment, user=observer)
        services.submit_submission(submission=submission, user=focal_point)
        with pytest.raises(Refused) as refused:
            services.remove_attachment(attachment=attachment, user=focal_point)
        assert refused.value.code == "submission_filed"


def test_next_filing_starts_with_copies_that_can_be_removed(
    submission, focal_point, storage_of_its_own, django_capture_on_commit_callbacks
):
    filed = attach(submission)
    services.submit_submission(submission=submission, user=focal_point)
    again = services.start_submission(call=submission.call, delegation=submission.delegation, user=focal_point)
    copy = again.attachments.get()
    assert copy.pk != filed.pk
    assert (copy.name, copy.sha256, copy.file.name) == (filed.name, filed.sha256, filed.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_attachment(attachment=copy, user=focal_point)
    assert len(stored(storage_of_its_own)) == 1
    assert submission.attachments.count() == 1


class TestHandingOut:
    def address(self, attachment, api=False):
        if api:
            return reverse("api-attachment-content", args=[attachment.submission_id, attachment.pk])
        return reverse("attachment", args=[attachment.submission_id, attachment.pk])

    @pytest.fixture
    def filed(self, submission, focal_point):
        attachment = attach(submission, name="تعليقنا.pdf")
        services.submit_submission(submission=submission, user=focal_point)
        return attachment

    @pytest.mark.parametrize("api", [False, True])
    def test_it_is_sent_so_that_no_browser_runs_it(self, client, filed, api):
        response = client.get(self.address(filed, api))
        assert b"".join(response.streaming_content) == PDF_FILE
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D8%AA")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert "private" in response["Cache-Control"]
        assert client.get(self.address(filed, api), headers={"if-none-match": response["ETag"]}).status_code == 304

    def statuses(self, client, attachment):
        """Who gets it: the public, another delegation, staff, the delegation's observer."""
        users = {
            "public": None,
            "other": factories.focal_point(factories.make_delegation()),
            "staff": factories.make_staff(),
            "own": factories.make_member(attachment.submission.delegation, Membership.Role.OBSERVER),
        }
        found = {}
        for who, user in users.items():
            client.logout()
            if user:
                client.force_login(user)
            found[who] = {client.get(self.address(attachment, api)).status_code for api in (False, True)}
        return {who: status.pop() if len(status) == 1 else status for who, status in found.items()}

    def test_what_is_not_filed_is_for_its_own_delegation(self, client, submission):
        attachment = attach(submission)
        assert self.statuses(client, attachment) == {"public": 404, "other": 404, "staff": 404, "own": 200}

    def test_what_is_public_is_for_everyone(self, client, filed):
        assert self.statuses(client, filed) == {"public": 200, "other": 200, "staff": 200, "own": 200}

    def test_without_consent_it_is_for_staff_and_its_own_delegation(self, client, submission, focal_point):
        submission.consents_to_publication = False
        submission.save()
        attachment = attach(submission)
        services.submit_submission(submission=submission, user=focal_point)
        assert self.statuses(client, attachment) == {"public": 404, "other": 404, "staff": 200, "own": 200}

    def test_what_is_sealed_is_for_its_own_delegation_until_the_release(self, client, submission, focal_point):
        Call.objects.filter(pk=submission.call_id).update(publication_rule="together_after_closing")
        attachment = attach(submission)
        services.submit_submission(submission=submission, user=focal_point)
        assert self.statuses(client, attachment) == {"public": 404, "other": 404, "staff": 404, "own": 200}
        Call.objects.filter(pk=submission.call_id).update(closes_at=timezone.now())
        assert self.statuses(client, attachment) == {"public": 200, "other": 200, "staff": 200, "own": 200}

    def test_what_was_withdrawn_is_public_no_more(self, client, filed, focal_point):
        services.withdraw_submission(submission=filed.submission, user=focal_point)
        assert self.statuses(client, filed)["public"] == 404

    def test_it_is_found_only_beside_its_own_submission(self, client, filed):
        other = factories.make_filed_comment().submission
        assert client.get(reverse("attachment", args=[other.pk, filed.pk])).status_code == 404

    def test_file_that_the_storage_lost_is_told(self, client, filed):
        default_storage.delete(filed.file.name)
        response = client.get(self.address(filed))
        assert response.status_code == 503
        assert "cannot be read from the storage" in response.content.decode()

    def test_public_page_lists_it_by_name(self, client, filed):
        page = client.get(reverse("submission-detail", args=[filed.submission_id])).content.decode()
        assert "تعليقنا.pdf" in page
        assert self.address(filed) in page
