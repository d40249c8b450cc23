"""The desk pages on which comments are made ready, sent back, cleared, talked about, and files attached."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations import services
from consultations.models import Call, Comment, DelegationNote, Membership, Submission
from tests import factories, files
from tests.desk.pages import page_url, words

pytestmark = pytest.mark.django_db

SECRET = "Only among ourselves."


@pytest.fixture
def submission():
    return factories.make_submission(general_comment="We welcome the text.")


@pytest.fixture
def contributor(submission):
    return factories.make_member(submission.delegation, Membership.Role.CONTRIBUTOR, name="Karim")


@pytest.fixture
def comment(submission, contributor):
    clause = submission.call.draft.clauses.get(eid="art_2")
    return services.add_comment(submission=submission, user=contributor, clause=clause, position="opposes")


def url(name, comment, query=""):
    return reverse(name, args=[comment.submission_id, comment.pk]) + query


def press(client, name, comment, query="", **changes):
    return client.post(url(name, comment, query), {"revision": comment.revision} | changes)


def test_way_of_a_comment_over_the_pages(client, submission, comment, contributor):
    client.force_login(contributor)
    page = words(client.get(page_url(submission)))
    assert f'id="ready-{comment.pk}"' in page
    assert f'id="clear-{comment.pk}"' not in page
    response = press(client, "desk-comment-ready", comment, "?page=1")
    assert response["Location"] == f"{page_url(submission)}?page=1#comment-{comment.pk}"
    client.force_login(factories.focal_point(submission.delegation))
    page = words(client.get(page_url(submission)))
    assert "1 comment is not cleared: number 1." in page
    assert f'id="clear-{comment.pk}"' in page
    response = press(client, "desk-comment-send-back", comment, reason="Name the source.")
    assert response.status_code == 302
    comment.refresh_from_db()
    assert comment.clearance == "sent_back"
    client.force_login(contributor)
    assert "Name the source." in words(client.get(url("desk-comment-notes", comment)))
    press(client, "desk-comment-ready", comment)
    client.force_login(factories.focal_point(submission.delegation))
    press(client, "desk-comment-clear", comment)
    comment.refresh_from_db()
    assert comment.clearance == "cleared"
    assert "Nothing is missing" in words(client.get(page_url(submission)))


def test_contributor_cannot_clear_and_observer_cannot_make_ready(client, submission, comment, contributor):
    client.force_login(contributor)
    assert press(client, "desk-comment-clear", comment).status_code == 403
    assert press(client, "desk-comment-send-back", comment, reason="No.").status_code == 403
    client.force_login(factories.make_member(submission.delegation, Membership.Role.OBSERVER))
    assert press(client, "desk-comment-ready", comment).status_code == 403
    assert client.post(url("desk-comment-notes", comment), {"text": "A."}).status_code == 403
    comment.refresh_from_db()
    assert comment.clearance == "writing"


def test_comment_that_changed_since_it_was_read_is_not_cleared(client, submission, comment):
    client.force_login(factories.focal_point(submission.delegation))
    Comment.objects.filter(pk=comment.pk).update(revision=7)
    response = press(client, "desk-comment-clear", comment)
    assert "changed this comment since you read it" in words(client.get(response["Location"]))
    answer = press(client, "desk-comment-send-back", comment, reason="What I typed.")
    assert answer.status_code == 409
    assert "What I typed." in words(answer)
    comment.refresh_from_db()
    assert comment.clearance == "writing"


def test_reason_is_needed_to_send_back(client, submission, comment):
    client.force_login(factories.focal_point(submission.delegation))
    answer = press(client, "desk-comment-send-back", comment, reason=" ")
    assert answer.status_code == 400
    assert "Say what is to be changed" in words(answer)


def test_list_is_narrowed_to_what_stands_so(client, submission, comment):
    factories.make_comment(submission, "art_1")
    client.force_login(factories.focal_point(submission.delegation))
    for wanted, shown in (("writing", 1), ("cleared", 1), ("ready", 0), ("", 2), ("nonsense", 2)):
        page = client.get(page_url(submission), {"clearance": wanted})
        assert page.context["page_obj"].paginator.count == shown, wanted
    assert "No comment stands so." in words(client.get(page_url(submission), {"clearance": "ready"}))


@pytest.mark.parametrize(("name", "status"), [("clear", "cleared"), ("submit", "submitted")])
def test_confirming_can_clear_the_comments_too(client, submission, comment, name, status):
    client.force_login(factories.focal_point(submission.delegation))
    address = reverse(f"desk-submission-{name}", args=[submission.pk])
    page = words(client.get(address))
    assert 'name="clear_comments"' in page
    submission.refresh_from_db()
    data = {"revision": submission.revision}
    response = client.post(address, data, follow=True)
    assert "1 comment is not cleared: number 1." in words(response)
    submission.refresh_from_db()
    assert submission.status == "draft"
    client.post(address, data | {"clear_comments": "yes"})
    submission.refresh_from_db()
    assert submission.status == status


def test_what_is_confirmed_comes_in_pages(client, submission, comment, monkeypatch):
    monkeypatch.setattr("consultations.views.desk_submission.COMMENTS_TO_CONFIRM", 1)
    factories.make_comment(submission, "art_1")
    client.force_login(factories.focal_point(submission.delegation))
    page = client.get(reverse("desk-submission-submit", args=[submission.pk]))
    assert len(page.context["comments"]) == 1
    assert "2 comments" in words(page)


def test_notes_are_written_and_read_on_the_comment_and_on_the_whole(client, submission, comment, contributor):
    client.force_login(contributor)
    response = client.post(url("desk-comment-notes", comment), {"text": SECRET}, follow=True)
    assert SECRET in words(response)
    whole = reverse("desk-submission-notes", args=[submission.pk])
    client.post(whole, {"text": "On all of it."})
    page = words(client.get(whole))
    assert SECRET in page
    assert "On all of it." in page
    assert "on comment 1" in page
    assert "1 note" in words(client.get(page_url(submission)))
    services.delete_comment(comment=comment, user=contributor, expected_revision=1)
    assert "on comment 1, which has been deleted" in words(client.get(whole))
    assert client.post(whole, {"text": " "}).status_code == 400


def test_note_that_was_typed_when_the_session_ended_waits(client, submission):
    whole = reverse("desk-submission-notes", args=[submission.pk])
    client.post(whole, {"text": SECRET})
    focal_point = factories.focal_point(submission.delegation)
    client.post(reverse("account_login"), {"login": focal_point.email, "password": factories.PASSWORD})
    assert SECRET in words(client.get(whole))
    assert not DelegationNote.objects.exists()


def test_notes_leave_the_delegation_by_no_file_and_no_page(client, submission, comment, contributor):
    services.write_note(submission=submission, comment=comment, user=contributor, text=SECRET)
    focal_point = factories.focal_point(submission.delegation)
    services.send_back(comment=comment, user=focal_point, reason=SECRET)
    services.submit_submission(submission=submission, user=focal_point, clear_comments=True)
    client.force_login(focal_point)
    for extension in ("docx", "txt", "json"):
        download = client.get(reverse("desk-submission-download", args=[submission.pk, extension]))
        assert SECRET.encode() not in download.content
    staff = factories.make_staff(is_superuser=True)
    pages = ["submission-detail", "api-submission-detail"]
    for user in (None, factories.focal_point(factories.make_delegation()), staff):
        client.logout()
        if user:
            client.force_login(user)
        for name in pages:
            response = client.get(reverse(name, args=[submission.pk]))
            assert response.status_code == 200
            assert SECRET not in words(response)
    for address in (
        reverse("clause-detail", args=[submission.call.draft.ordinal, "art_2"]),
        reverse("call-detail", args=[submission.call_id]),
        reverse("comment-list"),
        reverse("staff-comments"),
        reverse("api-staff-comment-list"),
        reverse("api-staff-submission-list"),
        reverse("admin:index"),
    ):
        response = client.get(address, follow=True)
        assert response.status_code == 200
        assert SECRET not in words(response), address


class TestHistory:
    def test_it_is_read_by_the_delegations_people(self, client, submission, comment, contributor):
        client.force_login(factories.make_member(submission.delegation, Membership.Role.OBSERVER))
        page = words(client.get(reverse("desk-history", args=[submission.delegation.key])))
        assert "Karim" in page
        assert "wrote comment 1" in page

    def test_it_is_of_one_submission_of_the_delegation_where_asked(self, client, submission, comment):
        client.force_login(factories.focal_point(submission.delegation))
        address = reverse("desk-history", args=[submission.delegation.key])
        assert client.get(address, {"submission": submission.pk}).context["submission"] == submission
        other = factories.make_submission()
        for wanted in (other.pk, "x", "999999"):
            assert client.get(address, {"submission": wanted}).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(self, client, submission, contributor, django_assert_num_queries, count):
        for _ in range(count):
            clause = submission.call.draft.clauses.get(eid="art_2")
            services.add_comment(submission=submission, user=contributor, clause=clause, position="opposes")
            services.write_note(submission=submission, user=contributor, text=SECRET)
        client.force_login(factories.focal_point(submission.delegation))
        with django_assert_num_queries(HISTORY_QUERIES):
            client.get(reverse("desk-history", args=[submission.delegation.key]))


HISTORY_QUERIES = 16
"""Session, user; what a desk asks; the rows' number, the rows, their events and earlier ones, the people; the submissions."""

NOTES_QUERIES = 11
"""Session, user, the submission; the comment with its clause's wordings; the notes' number, the notes; the role; the head."""


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_notes(client, comment, contributor, django_assert_num_queries, count):
    for _ in range(count):
        services.write_note(submission=comment.submission, comment=comment, user=contributor, text=SECRET)
    client.force_login(contributor)
    with django_assert_num_queries(NOTES_QUERIES):
        client.get(url("desk-comment-notes", comment))


class TestFiles:
    @pytest.fixture(autouse=True)
    def _storage_of_its_own(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def upload(self, client, submission, content=None, name="view.pdf"):
        file = SimpleUploadedFile(name, files.pdf() if content is None else content, "text/html")
        return client.post(reverse("desk-attachment-add", args=[submission.pk]), {"file": file}, follow=True)

    def test_file_is_attached_listed_and_removed(self, client, submission, contributor):
        client.force_login(contributor)
        page = words(self.upload(client, submission))
        attachment = submission.attachments.get()
        assert "view.pdf has been attached." in page
        assert reverse("attachment", args=[submission.pk, attachment.pk]) in page
        remove = reverse("desk-attachment-remove", args=[submission.pk, attachment.pk])
        assert "view.pdf has been removed." in words(client.post(remove, follow=True))
        assert "had been removed already" in words(client.post(remove, follow=True))

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"", "The file is empty."), (b"<html>", "This is no PDF"), (files.pdf() + b"more", "behind the end")],
    )
    def test_what_is_wrong_with_a_file_is_told_beside_it(self, client, submission, content, said):
        client.force_login(factories.focal_point(submission.delegation))
        response = self.upload(client, submission, content)
        assert response.status_code in {400, 422}
        assert said in words(response)
        assert not submission.attachments.exists()

    def test_no_file_is_told(self, client, submission):
        client.force_login(factories.focal_point(submission.delegation))
        response = client.post(reverse("desk-attachment-add", args=[submission.pk]), {})
        assert response.status_code == 422
        assert "Choose a file." in words(response)

    @pytest.mark.parametrize("name", ["desk-attachment-add", "api-desk-attachment-list"])
    def test_body_that_is_too_large_is_refused_unread(self, client, submission, name):
        client.force_login(factories.focal_point(submission.delegation))
        address = reverse(name, args=[submission.pk])
        response = client.post(address, CONTENT_LENGTH=str(22 * 1024 * 1024))
        assert response.status_code == 413
        assert "larger than 21 MB" in words(response)


def test_sealed_clearance_and_notes_leave_no_trace_elsewhere(client, submission, comment, contributor):
    Call.objects.filter(pk=submission.call_id).update(publication_rule="together_after_closing")
    staff = factories.make_staff(is_superuser=True)
    client.force_login(staff)
    addresses = [
        reverse("call-detail", args=[submission.call_id]),
        reverse("staff-home"),
        reverse("staff-call-detail", args=[submission.call_id]),
        reverse("admin:index"),
    ]
    before = [stripped(client.get(address)) for address in addresses]
    services.mark_ready(comment=comment, user=contributor)
    services.write_note(submission=submission, comment=comment, user=contributor, text=SECRET)
    focal_point = factories.focal_point(submission.delegation)
    services.submit_submission(submission=submission, user=focal_point, clear_comments=True)
    assert Submission.objects.get(pk=submission.pk).status == "submitted"
    assert [stripped(client.get(address)) for address in addresses] == before


def stripped(response):
    """The page without its CSRF tokens, which are new each time."""
    return [line for line in words(response).splitlines() if "csrfmiddlewaretoken" not in line]
