"""How a delegation's comments become ready, are sent back and cleared, and that nothing is filed without it."""

import pytest

from consultations import services
from consultations.delegation_history import find_history, read_history
from consultations.models import Comment, DelegationNote, Membership, Submission
from consultations.services import clearance
from declaration.errors import Conflict
from tests import factories
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return factories.make_submission()


@pytest.fixture
def focal_point(submission):
    return factories.focal_point(submission.delegation)


@pytest.fixture
def contributor(submission):
    return factories.make_member(submission.delegation, Membership.Role.CONTRIBUTOR, name="Karim")


@pytest.fixture
def written(submission, contributor):
    """What a contributor wrote."""
    return write(submission, contributor)


def write(submission, user, **changes):
    values = {"position": "supports", "clause": submission.call.draft.clauses.get(eid="art_2")}
    return services.add_comment(submission=submission, user=user, **values | changes)


def stands(comment):
    comment.refresh_from_db()
    return comment.clearance


def test_what_a_contributor_writes_is_being_written_and_what_a_focal_point_writes_is_cleared(
    written, submission, focal_point
):
    assert stands(written) == "writing"
    assert stands(write(submission, focal_point)) == "cleared"


def test_way_of_a_comment(written, submission, contributor, focal_point):
    services.mark_ready(comment=written, user=contributor)
    assert stands(written) == "ready"
    services.send_back(comment=written, user=focal_point, reason="Name the source.")
    assert stands(written) == "sent_back"
    note = DelegationNote.objects.get()
    assert (note.kind, note.text, note.author, note.comment_number) == ("sent_back", "Name the source.", focal_point, 1)
    services.mark_ready(comment=written, user=contributor)
    services.clear_comment(comment=written, user=focal_point, expected_revision=1)
    assert stands(written) == "cleared"
    submission.refresh_from_db()
    assert services.list_missing(submission) == []


def test_clearance_overtakes_nobodys_words(written, focal_point):
    before = (written.revision, written.updated_at, written.updated_by)
    services.clear_comment(comment=written, user=focal_point)
    written.refresh_from_db()
    assert (written.revision, written.updated_at, written.updated_by) == before


def test_every_step_makes_a_new_revision_of_the_submission(written, submission, contributor, focal_point):
    submission.refresh_from_db()
    first = submission.revision
    services.mark_ready(comment=written, user=contributor)
    services.mark_ready(comment=written, user=contributor)
    services.clear_comment(comment=written, user=focal_point)
    submission.refresh_from_db()
    assert submission.revision == first + 2


def test_what_a_contributor_changes_goes_back_to_writing(written, contributor, focal_point):
    services.clear_comment(comment=written, user=focal_point)
    change(written, contributor, rationale="A reason.")
    assert stands(written) == "writing"
    change(written, focal_point, rationale="A better reason.")
    assert stands(written) == "cleared"


def change(comment, user, **changes):
    names = ("target", "clause", "category", "position", "operation", "proposed_text", "rationale", "language")
    comment.refresh_from_db()
    values = {name: getattr(comment, name) for name in names} | changes
    return services.edit_comment(comment=comment, user=user, expected_revision=comment.revision, **values)


def test_ready_takes_no_clearance_back(written, contributor, focal_point):
    services.clear_comment(comment=written, user=focal_point)
    services.mark_ready(comment=written, user=contributor)
    assert stands(written) == "cleared"


@pytest.mark.parametrize("function", [services.clear_comment, services.send_back])
def test_only_a_focal_point_clears_and_sends_back(written, contributor, function):
    extra = {"reason": "No."} if function is services.send_back else {}
    assert refusal(function, comment=written, user=contributor, **extra).code == "role_cannot_submit"
    other = factories.focal_point(factories.make_delegation())
    assert refusal(function, comment=written, user=other, **extra).code == "not_your_delegation"
    staff = factories.make_staff()
    assert refusal(function, comment=written, user=staff, **extra).code == "not_your_delegation"
    assert stands(written) == "writing"


def test_observer_makes_nothing_ready(written, submission):
    observer = factories.make_member(submission.delegation, Membership.Role.OBSERVER)
    assert refusal(services.mark_ready, comment=written, user=observer).code == "role_cannot_write"
    assert refusal(services.write_note, submission=submission, user=observer, text="A.").code == "role_cannot_write"


def test_sending_back_needs_a_reason(written, focal_point):
    refused = refusal(services.send_back, comment=written, user=focal_point, reason="  ")
    assert (refused.code, refused.field) == ("reason_missing", "reason")
    assert not DelegationNote.objects.exists()


@pytest.mark.parametrize("function", [services.clear_comment, services.send_back, services.mark_ready])
def test_nobody_clears_what_she_has_not_seen(written, contributor, focal_point, function):
    change(written, contributor, rationale="Something else.")
    extra = {"reason": "No."} if function is services.send_back else {}
    with pytest.raises(Conflict):
        function(comment=written, user=focal_point, expected_revision=1, **extra)
    services.delete_comment(comment=written, user=contributor, expected_revision=2)
    with pytest.raises(Conflict):
        function(comment=Comment(pk=written.pk, submission=written.submission), user=focal_point, **extra)


def test_nothing_moves_once_the_submission_is_cleared(written, submission, contributor, focal_point):
    services.clear_submission(submission=submission, user=focal_point, clear_comments=True)
    assert refusal(services.mark_ready, comment=written, user=contributor).code == "submission_cleared"
    assert refusal(services.send_back, comment=written, user=focal_point, reason="No.").code == "submission_cleared"
    services.submit_submission(submission=submission, user=focal_point)
    assert refusal(services.clear_comment, comment=written, user=focal_point).code == "submission_filed"


@pytest.mark.parametrize("function", [services.clear_submission, services.submit_submission])
def test_submission_with_uncleared_comments_is_refused_and_they_are_named(
    written, submission, contributor, focal_point, function
):
    write(submission, focal_point)
    third = write(submission, contributor)
    services.send_back(comment=third, user=focal_point, reason="No.")
    refused = refusal(function, submission=submission, user=focal_point)
    assert (refused.code, refused.status) == ("comments_not_cleared", 409)
    assert refused.current == {"comments": [1, 3]}
    assert "1, 3" in str(refused)
    missing = services.list_missing(submission)
    assert [(each.code, each.can_be_settled) for each in missing] == [("comments_not_cleared", True)]
    assert str(missing[0].message) == str(refused)
    submission.refresh_from_db()
    assert submission.status == Submission.Status.DRAFT
    function(submission=submission, user=focal_point, clear_comments=True)
    assert set(submission.comments.values_list("clearance", flat=True)) == {"cleared"}


def test_clearing_all_is_refused_where_somebody_wrote_meanwhile(written, submission, contributor, focal_point):
    submission.refresh_from_db()
    read = submission.revision
    write(submission, contributor)
    with pytest.raises(Conflict):
        services.submit_submission(submission=submission, user=focal_point, expected_revision=read, clear_comments=True)
    assert stands(written) == "writing"


def test_many_uncleared_comments_are_counted_and_some_of_them_named():
    said = clearance.say_uncleared(list(range(1, 31)))
    assert said.startswith("30 comments are not cleared, among them: 1, 2, 3,")
    assert "21" not in said


def test_next_filing_starts_from_what_was_cleared(written, submission, focal_point):
    services.submit_submission(submission=submission, user=focal_point, clear_comments=True)
    again = services.start_submission(call=submission.call, delegation=submission.delegation, user=focal_point)
    assert [(each.number, each.clearance, each.revision) for each in again.comments.all()] == [(1, "cleared", 1)]


class TestNotes:
    def test_note_on_a_comment_outlives_it(self, written, submission, contributor):
        note = services.write_note(submission=submission, comment=written, user=contributor, text=" Is it right?\r\n ")
        assert (note.text, note.comment, note.comment_number) == ("Is it right?", written, 1)
        services.delete_comment(comment=written, user=contributor, expected_revision=1)
        note.refresh_from_db()
        assert (note.comment, note.comment_number) == (None, 1)

    def test_notes_can_be_written_on_what_has_been_filed(self, written, submission, focal_point):
        services.submit_submission(submission=submission, user=focal_point, clear_comments=True)
        services.write_note(submission=submission, user=focal_point, text="It is filed.")

    def test_empty_note_foreign_comment_and_strangers_are_refused(self, written, submission, focal_point):
        assert refusal(services.write_note, submission=submission, user=focal_point, text=" ").code == "note_empty"
        foreign = factories.make_comment(factories.make_submission())
        refused = refusal(services.write_note, submission=submission, comment=foreign, user=focal_point, text="A.")
        assert refused.code == "comment_unknown"
        for user in (factories.focal_point(foreign.submission.delegation), factories.make_staff()):
            assert refusal(services.write_note, submission=submission, user=user, text="A.").status == 404
        assert not DelegationNote.objects.exists()

    def test_notes_are_bounded(self, submission, focal_point, monkeypatch):
        monkeypatch.setattr(clearance, "MAX_NOTES", 1)
        services.write_note(submission=submission, user=focal_point, text="One.")
        refused = refusal(services.write_note, submission=submission, user=focal_point, text="Two.")
        assert refused.code == "too_many_notes"


@pytest.mark.django_db(transaction=True)
class TestHistory:
    """Each step is a transaction of its own, as on the site: one moment each."""

    def entries(self, delegation, **narrowed):
        return read_history(find_history(delegation, **narrowed))

    def test_it_tells_who_wrote_what_the_newest_first(self, written, submission, contributor, focal_point):
        change(written, contributor, rationale="A reason.")
        services.mark_ready(comment=written, user=contributor)
        services.send_back(comment=written, user=focal_point, reason="Shorter.")
        services.clear_comment(comment=written, user=focal_point)
        services.write_note(submission=submission, user=contributor, text="All done.")
        services.submit_submission(submission=submission, user=focal_point)
        told = [(each.who, each.what) for each in self.entries(submission.delegation)]
        writer, leader = str(contributor), str(focal_point)
        assert told == [
            (leader, "filed the submission"),
            (writer, "wrote a note on the submission"),
            (leader, "cleared comment 1"),
            (leader, "said why comment 1 was sent back"),
            (leader, "sent comment 1 back"),
            (writer, "said that comment 1 is ready"),
            (writer, "changed comment 1"),
            (writer, "wrote comment 1"),
            ("", "began the submission"),
        ]

    def test_it_shows_the_words(self, written, submission, contributor):
        change(written, contributor, rationale="A reason.")
        changed, wrote, *_begun = self.entries(submission.delegation)
        assert [(str(each.label), each.theirs, each.yours) for each in changed.changes] == [
            ("Reasons", "", "A reason.")
        ]
        assert ("Position", "supports") in [(str(each.label), each.yours) for each in wrote.changes]

    def test_what_was_deleted_and_thrown_away_is_told(self, written, submission, contributor, focal_point):
        services.delete_comment(comment=written, user=contributor, expected_revision=1)
        number = submission.pk
        services.discard_submission(submission=submission, user=focal_point)
        entries = self.entries(submission.delegation)
        assert [each.what for each in entries] == [
            "threw the submission away",
            "deleted comment 1",
            "wrote comment 1",
            "began the submission",
        ]
        assert {each.submission for each in entries} == {number}

    def test_it_is_of_one_delegation_and_of_one_submission_where_asked(self, written, submission, focal_point):
        other = factories.make_comment(factories.make_submission(submission.call))
        assert len(self.entries(submission.delegation)) == 2
        assert len(self.entries(other.submission.delegation)) == 2
        second = factories.make_submission(delegation=submission.delegation)
        assert [each.submission for each in self.entries(submission.delegation, submission=second.pk)] == [second.pk]
        assert self.entries(submission.delegation, submission=other.submission_id) == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(self, submission, contributor, focal_point, django_assert_num_queries, count):
        for _ in range(count):
            comment = write(submission, contributor)
            change(comment, contributor, rationale="A reason.")
            services.write_note(submission=submission, user=contributor, text="A note.")
            services.describe_submission(
                submission=Submission.objects.get(pk=submission.pk),
                user=focal_point,
                expected_revision=Submission.objects.get(pk=submission.pk).revision,
                general_comment=f"General {comment.number}.",
                language="en",
                consents_to_attribution=True,
                consents_to_publication=True,
            )
        # The rows; the comments, submissions, notes; earlier comments and submissions; the people. There are no files.
        with django_assert_num_queries(7):
            self.entries(submission.delegation)
