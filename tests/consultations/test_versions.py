"""All filings of a delegation in a call, and what changed from one to the next: for its people, for staff, for programs."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import services
from consultations.models import Call, Comment, Submission
from consultations.services import letter_corrections, letters
from consultations.versions import Versions
from declaration.errors import Refused
from tests import factories
from tests.work import questions

pytestmark = pytest.mark.django_db


def file_again(standing: Submission) -> Submission:
    """Begin the next filing of a delegation, a copy of what stands."""
    user = factories.focal_point(standing.delegation)
    return services.start_submission(call=standing.call, delegation=standing.delegation, user=user)


def change(comment: Comment, **changes: Any) -> Comment:
    """Save a comment of a submission in writing with other words."""
    names = ("target", "clause", "category", "position", "operation", "proposed_text", "rationale", "language")
    values = {name: getattr(comment, name) for name in names} | changes
    user = factories.focal_point(comment.submission.delegation)
    return services.edit_comment(comment=comment, user=user, expected_revision=comment.revision, **values)


@pytest.fixture
def filings() -> list[Submission]:
    """Three filings: the second changes, adds and drops a comment; the third says the same."""
    first = factories.make_submission(general_comment="We welcome it.")
    clauses = {clause.eid: clause for clause in first.call.draft.clauses.all()}
    paragraph, article = clauses["art_1__para_1"], clauses["art_2"]
    factories.make_comment(
        first, clause=paragraph, position="reserves", operation="replace", proposed_text="All people have it."
    )
    factories.make_comment(first, clause=article, rationale="It goes too far.")
    first = factories.file_submission(first)
    second = file_again(first)
    changed, dropped = second.comments.order_by("number")
    change(changed, position="supports_with_amendment", proposed_text="All peoples have it.")
    user = factories.focal_point(second.delegation)
    services.delete_comment(comment=dropped, user=user, expected_revision=dropped.revision)
    factories.make_comment(second, clause=clauses["preamble"], rationale="It says why.")
    second.refresh_from_db()
    second = factories.file_submission(second)
    third = factories.file_submission(file_again(second))
    first.refresh_from_db()
    second.refresh_from_db()
    return [first, second, third]


def versions_of(submission: Submission) -> Versions:
    return Versions(Submission.objects.filter(call=submission.call, delegation=submission.delegation))


class TestWhatChanged:
    def test_each_filing_is_told_with_what_became_of_it(self, filings: list[Submission]) -> None:
        third, second, first = versions_of(filings[0])[:10]
        assert [each.number for each in (third, second, first)] == [3, 2, 1]
        assert [each.filing.status for each in (third, second, first)] == ["submitted", "superseded", "superseded"]
        assert (first.before, first.superseded_at, second.superseded_at) == (
            None,
            second.filing.submitted_at,
            third.filing.submitted_at,
        )
        assert (third.is_same, third.superseded_at) == (True, None)

    def test_comments_are_added_dropped_and_changed(self, filings: list[Submission]) -> None:
        [second] = versions_of(filings[0])[1:2]
        assert second.counts == {"added": 1, "dropped": 1, "changed": 1}
        told = {each.kind: each for each in second.changes}
        assert (told["changed"].number, told["changed"].name) == (1, "Article 1, paragraph 1")
        fields = {str(each.label): each for each in told["changed"].differences}
        assert set(fields) == {"Position", "Proposed wording"}
        position = fields["Position"]
        assert (position.theirs, position.yours) == ("reserves its position", "supports with amendment")
        redline = fields["Proposed wording"].redline
        assert [(each.op, each.text) for each in redline if each.op != "equal"] == [
            ("delete", "people"),
            ("insert", "peoples"),
        ]
        assert told["dropped"].comment.rationale == "It goes too far."
        assert told["added"].comment.rationale == "It says why."

    def test_a_page_tells_of_the_filing_before_and_the_one_after(self, filings: list[Submission]) -> None:
        [second] = versions_of(filings[0])[1:2]
        assert (second.before, second.number) == (filings[0], 2)
        assert second.superseded_at == filings[2].submitted_at

    def test_a_comment_that_took_a_free_number_is_not_the_one_that_had_it(self) -> None:
        first = factories.make_submission()
        clauses = list(first.call.draft.clauses.order_by("position"))
        factories.make_comment(first, clause=clauses[0], rationale="One.")
        factories.make_comment(first, clause=clauses[1], rationale="Two.")
        second = file_again(factories.file_submission(first))
        last = second.comments.get(number=2)
        user = factories.focal_point(second.delegation)
        services.delete_comment(comment=last, user=user, expected_revision=last.revision)
        factories.make_comment(second, clause=clauses[2], rationale="Other.")
        second.refresh_from_db()
        factories.file_submission(second)
        [version] = versions_of(first)[:1]
        assert version.counts == {"added": 1, "dropped": 1, "changed": 0}

    def test_a_comment_under_another_number_is_known_by_its_clause(self) -> None:
        first = factories.make_submission()
        clauses = list(first.call.draft.clauses.order_by("position"))
        for clause, words in ((clauses[0], "One."), (clauses[1], "Two.")):
            factories.make_comment(first, clause=clause, rationale=words)
        second = file_again(factories.file_submission(first))
        user = factories.focal_point(second.delegation)
        for comment in second.comments.all():
            services.delete_comment(comment=comment, user=user, expected_revision=comment.revision)
        for clause, words in ((clauses[1], "Two."), (clauses[0], "One, and more.")):
            factories.make_comment(second, clause=clause, rationale=words)
        second.refresh_from_db()
        factories.file_submission(second)
        [version] = versions_of(first)[:1]
        assert version.counts == {"added": 0, "dropped": 0, "changed": 1}
        [difference] = version.changes[0].differences
        assert (difference.theirs, difference.yours) == ("One.", "One, and more.")

    def test_consents_and_general_comment(self, filings: list[Submission]) -> None:
        again = file_again(filings[2])
        user = factories.focal_point(again.delegation)
        again = services.describe_submission(
            submission=again,
            user=user,
            expected_revision=again.revision,
            general_comment="We do not welcome it.",
            language="en",
            consents_to_attribution=False,
            consents_to_publication=True,
        )
        factories.file_submission(again)
        [version] = versions_of(again)[:1]
        assert {str(each.label) for each in version.described} == {"General comment", "May be published under our name"}
        assert version.counts == {"added": 0, "dropped": 0, "changed": 0}

    def test_withdrawals_are_dated(self, filings: list[Submission]) -> None:
        at = timezone.now()
        services.withdraw_submission(submission=filings[2], user=factories.focal_point(filings[2].delegation), at=at)
        [version] = versions_of(filings[0])[:1]
        assert (version.filing.status, version.withdrawal.withdrawn_at) == ("withdrawn", at)

    def test_questions_are_as_many_for_three_filings_as_for_one(self, client: Any, filings: list[Submission]) -> None:
        counts = []
        for shown in (slice(1, 2), slice(0, 3)):
            versions = versions_of(filings[0])
            len(versions)
            counts.append(questions(lambda versions=versions, shown=shown: versions[shown]))
        # 1 the filings, 2 their files, 3 the comments in short, 4 those that changed
        assert counts == [4, 4]


class TestPages:
    def test_a_delegations_people_read_them(self, client: Any, filings: list[Submission]) -> None:
        filing = filings[0]
        client.force_login(factories.make_member(filing.delegation, "observer"))
        url = reverse("desk-versions", args=[filing.delegation.key, filing.call_id])
        page = client.get(url).content.decode()
        for said in ("Filing 3", "It says the same", "1 comment dropped", "It is the first filing", "Superseded"):
            assert said in page
        assert url in client.get(reverse("desk-submission", args=[filing.pk])).content.decode()

    def test_others_find_no_such_page(self, client: Any, filings: list[Submission]) -> None:
        url = reverse("desk-versions", args=[filings[0].delegation.key, filings[0].call_id])
        for user in (factories.make_staff(), factories.focal_point(factories.make_delegation())):
            client.force_login(user)
            assert client.get(url).status_code == 404

    def test_staff_read_them_unless_they_are_sealed(self, client: Any, filings: list[Submission]) -> None:
        filing = filings[0]
        client.force_login(factories.make_staff())
        urls = [
            reverse("staff-versions", args=[filing.call_id, filing.delegation_id]),
            reverse("staff-submission-detail", args=[filing.pk]),
        ]
        listed = reverse("staff-submission-list", args=[filing.call_id])
        assert [client.get(url).status_code for url in urls] == [200, 200]
        assert urls[1] in client.get(listed).content.decode()
        Call.objects.filter(pk=filing.call_id).update(publication_rule="together_after_closing")
        assert [client.get(url).status_code for url in urls] == [404, 404]
        page = client.get(listed).content.decode()
        assert urls[1] not in page
        assert str(filing.delegation) not in page

    def test_questions_of_the_list_are_as_many_for_three_as_for_one(self, client: Any) -> None:
        call, counts = factories.make_call(), {}
        client.force_login(factories.make_staff())
        url = reverse("staff-submission-list", args=[call.pk])
        for number in range(1, 4):
            factories.make_filed_comment(call)
            counts[number] = questions(lambda: client.get(url))
        assert counts[1] == counts[3]


class TestLetters:
    @pytest.fixture
    def letter(self) -> Submission:
        """A letter that staff have filed."""
        staff, call = factories.make_staff(), factories.make_call()
        letter = letters.start_letter(
            call=call, delegation=factories.make_delegation(), user=staff, received_on=timezone.localdate()
        )
        clause = call.draft.clauses.get(eid="art_2")
        services.add_comment(submission=letter, user=staff, clause=clause, rationale="Their reson.")
        letter.refresh_from_db()
        return services.submit_submission(submission=letter, user=staff)

    def test_a_filed_letter_has_a_receipt_that_staff_read(self, client: Any, letter: Submission) -> None:
        assert letter.receipt.number
        client.force_login(factories.make_staff())
        url = reverse("staff-letter-receipt", args=[letter.pk])
        assert letter.receipt.number in client.get(url).content.decode()
        for extension, kind in (("json", "application/json"), ("pdf", "application/pdf")):
            response = client.get(reverse("staff-letter-receipt-file", args=[letter.pk, extension]))
            assert (response.status_code, response["Content-Type"]) == (200, kind)
        assert client.get(reverse("staff-letter-receipt-file", args=[letter.pk, "odt"])).status_code == 404

    def test_no_receipt_of_what_a_delegation_filed_itself(self, client: Any, filings: list[Submission]) -> None:
        client.force_login(factories.make_staff())
        assert client.get(reverse("staff-letter-receipt", args=[filings[2].pk])).status_code == 404
        assert (
            client.post(reverse("staff-submission-detail", args=[filings[2].pk]), {"act": "correct"}).status_code == 404
        )

    def test_corrected_by_one_that_takes_its_place(self, client: Any, letter: Submission) -> None:
        client.force_login(factories.make_staff())
        url = reverse("staff-submission-detail", args=[letter.pk])
        begun = client.post(url, {"act": "correct"})
        correction = Submission.objects.letters_in_writing().get()
        assert begun.url == reverse("staff-letter-detail", args=[correction.pk])
        comment = correction.comments.get()
        comment_url = reverse("staff-letter-comment", args=[correction.pk, comment.pk])
        assert "Their reson." in client.get(comment_url).content.decode()
        typed = {"target": "clause", "clause": "art_2", "operation": "none", "rationale": "Their reason."}
        typed |= {"category": "substantive", "language": "en", "position": "", "revision": comment.revision}
        saved = client.post(comment_url, {f"comment-{name}": value for name, value in typed.items()})
        assert saved.status_code == 302
        stale = client.post(comment_url, {f"comment-{name}": value for name, value in typed.items()})
        assert stale.status_code == 409
        correction.refresh_from_db()
        client.post(
            reverse("staff-letter-detail", args=[correction.pk]), {"act": "file", "revision": correction.revision}
        )
        letter.refresh_from_db()
        correction.refresh_from_db()
        assert (letter.status, correction.status, correction.supersedes) == ("superseded", "submitted", letter)
        [version] = versions_of(letter)[:1]
        assert version.counts == {"added": 0, "dropped": 0, "changed": 1}
        open_tab = client.post(reverse("staff-letter-detail", args=[correction.pk]), {"act": "file"})
        assert open_tab.url == reverse("staff-submission-detail", args=[correction.pk])

    def test_withdrawn_with_a_reason_that_the_delegation_reads(self, client: Any, letter: Submission) -> None:
        client.force_login(factories.make_staff())
        url = reverse("staff-submission-detail", args=[letter.pk])
        assert client.post(url, {"act": "withdraw", "reason": "  "}).status_code == 400
        assert client.post(url, {"act": "withdraw", "reason": "It was another's letter."}).status_code == 302
        letter.refresh_from_db()
        assert (letter.status, letter.withdrawal.reason) == ("withdrawn", "It was another's letter.")
        assert client.post(url, {"act": "withdraw", "reason": "Again."}).status_code == 409
        client.force_login(factories.make_member(letter.delegation))
        page = client.get(reverse("desk-versions", args=[letter.delegation.key, letter.call_id])).content.decode()
        assert "It was another&#x27;s letter." in page

    def test_staff_alone_correct_and_withdraw(self, letter: Submission) -> None:
        for user in (factories.focal_point(letter.delegation), factories.make_user()):
            for act in (
                lambda user: letter_corrections.correct_letter(letter=letter, user=user),
                lambda user: letter_corrections.withdraw_letter(letter=letter, user=user, reason="No."),
            ):
                with pytest.raises(Refused) as refused:
                    act(user)
                assert refused.value.code == "not_your_delegation"

    def test_not_once_the_call_is_archived(self, letter: Submission) -> None:
        past = timezone.now() - dt.timedelta(minutes=1)
        Call.objects.filter(pk=letter.call_id).update(closes_at=past)
        services.archive_call(call=Call.objects.get(pk=letter.call_id))
        with pytest.raises(Refused) as refused:
            letter_corrections.correct_letter(letter=letter, user=factories.make_staff())
        assert refused.value.code == "call_not_open"
