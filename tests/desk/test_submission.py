"""The working page of a submission, and what is done with it as a whole."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import services
from consultations.models import Call, Membership, Submission
from tests import factories
from tests.desk.pages import add_url, comment_data, page_url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return factories.make_submission()


@pytest.fixture
def person(submission, client):
    person = factories.focal_point(submission.delegation)
    client.force_login(person)
    return person


def described(submission, **changes):
    """The form on the working page, as a browser sends it."""
    data = {
        "general_comment": submission.general_comment,
        "language": submission.language,
        "consents_to_publication": "on",
        "consents_to_attribution": "on",
        "revision": submission.revision,
    }
    return {name: value for name, value in (data | changes).items() if value is not None}


def act(client, submission, name, **data):
    url = reverse(f"desk-submission-{name}", args=[submission.pk])
    submission.refresh_from_db()
    return client.post(url, {"revision": submission.revision} | data)


def close(call):
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - dt.timedelta(seconds=1))


class TestDescribing:
    def test_what_it_says_of_itself_is_saved(self, client, submission, person):
        data = described(submission, general_comment="Good.\r\nVery good.", language="ar", consents_to_publication=None)
        assert client.post(page_url(submission), data)["Location"] == page_url(submission)
        submission.refresh_from_db()
        assert submission.general_comment == "Good.\nVery good."
        assert submission.language == "ar"
        assert (submission.consents_to_publication, submission.consents_to_attribution) == (False, True)

    def test_comments_written_meanwhile_are_no_reason_to_refuse(self, client, submission, person):
        data = described(submission, general_comment="Good.")
        factories.make_comment(submission)
        assert client.post(page_url(submission), data).status_code == 302
        submission.refresh_from_db()
        assert submission.general_comment == "Good."

    def test_second_of_two_is_told_and_can_save_again(self, client, submission, person):
        mine = described(submission, general_comment="Mine.")
        client.post(page_url(submission), described(submission, general_comment="Theirs.", language="ar"))
        response = client.post(page_url(submission), mine)
        assert response.status_code == 409
        assert "A colleague changed this submission meanwhile" in words(response)
        assert [(each.label, each.theirs, each.yours) for each in response.context["differences"]] == [
            ("General comment", "Theirs.", "Mine."),
            ("Language of the general comment", "العربية", "English"),
        ]
        assert client.post(page_url(submission), response.context["form"].data).status_code == 302
        submission.refresh_from_db()
        assert submission.general_comment == "Mine."

    def test_what_cannot_be_taken_is_told_and_given_back(self, client, submission, person):
        response = client.post(page_url(submission), described(submission, general_comment="a\x00b"))
        assert response.status_code == 400
        assert "null character" in response.context["form"].errors["general_comment"][0]
        response = client.post(page_url(submission), described(submission, language="fr", general_comment="Kept."))
        assert response.status_code == 422
        assert "Kept." in words(response)

    def test_call_that_closed_while_it_was_written(self, client, submission, person):
        close(submission.call)
        response = client.post(page_url(submission), described(submission, general_comment="Nearly in time."))
        assert response.status_code == 400
        assert "This call closed on" in words(response)
        assert "Nearly in time." in words(response)


class TestSubmitting:
    def test_nothing_said_is_what_is_missing(self, client, submission, person):
        page = words(client.get(page_url(submission)))
        assert "Write at least one comment, or a general comment." in page
        assert 'id="submit"' not in page
        page = words(client.get(reverse("desk-submission-submit", args=[submission.pk])))
        assert 'id="confirm"' not in page
        assert act(client, submission, "submit")["Location"] == page_url(submission)
        assert "Write at least one comment" in words(client.get(page_url(submission)))
        submission.refresh_from_db()
        assert submission.status == Submission.Status.DRAFT

    def test_what_will_be_filed_is_listed_before(self, client, submission, person):
        factories.make_comment(submission, "art_2", position="opposes")
        page = words(client.get(reverse("desk-submission-submit", args=[submission.pk])))
        assert "Article 2" in page
        assert "opposes" in page
        assert "Once filed it no longer changes." in page
        assert "May be published under our name" in page

    def test_it_is_filed(self, client, submission, person):
        factories.make_comment(submission)
        assert act(client, submission, "submit")["Location"] == page_url(submission)
        submission.refresh_from_db()
        assert (submission.status, submission.submitted_by) == (Submission.Status.SUBMITTED, person)
        page = words(client.get(page_url(submission)))
        assert "Your submission has been filed." in page
        assert f"sent by {person}" in page
        assert 'id="describe-form"' not in page
        assert 'id="add-comment"' not in page
        assert 'id="withdraw"' in page

    def test_twice_is_once(self, client, submission, person):
        factories.make_comment(submission)
        act(client, submission, "submit")
        response = client.post(reverse("desk-submission-submit", args=[submission.pk]), {"revision": 2}, follow=True)
        assert "This submission was filed already. It was not filed twice." in words(response)
        assert Submission.objects.count() == 1
        assert client.get(reverse("desk-submission-submit", args=[submission.pk]))["Location"] == page_url(submission)

    @pytest.mark.parametrize("name", ["submit", "clear"])
    def test_nobody_files_or_clears_what_she_has_not_read(self, client, submission, person, name):
        factories.make_comment(submission)
        submission.refresh_from_db()
        read = submission.revision
        factories.make_comment(submission, "art_2", rationale="Just written.")
        response = act(client, submission, name, revision=read)
        assert response.status_code == 409
        assert "A colleague changed this submission since you read it" in words(response)
        submission.refresh_from_db()
        assert submission.status == Submission.Status.DRAFT
        again = re.search(r'name="revision" value="(\d+)"', words(response))[1]
        assert act(client, submission, name, revision=again).status_code == 302
        submission.refresh_from_db()
        assert submission.status in (Submission.Status.SUBMITTED, Submission.Status.CLEARED)

    def test_deadline_that_passed_between_page_and_button(self, client, submission, person):
        factories.make_comment(submission)
        assert 'id="confirm"' in words(client.get(reverse("desk-submission-submit", args=[submission.pk])))
        close(submission.call)
        response = act(client, submission, "submit")
        page = words(client.get(response["Location"]))
        assert "This call closed on" in page
        assert "Not filed" in page
        assert "It is right." in page  # the comment is still there to be read and downloaded
        submission.refresh_from_db()
        assert submission.status == Submission.Status.DRAFT

    def test_late_where_late_is_taken(self, client, submission, person):
        factories.make_comment(submission)
        close(submission.call)
        Call.objects.update(takes_late=True)
        assert "marked as late" in words(client.get(reverse("desk-submission-submit", args=[submission.pk])))
        act(client, submission, "submit")
        submission.refresh_from_db()
        assert submission.is_late
        assert "filed late" in words(client.get(page_url(submission)))

    def test_filing_again_supersedes_and_keeps_both(self, client, submission, person):
        factories.make_comment(submission)
        act(client, submission, "submit")
        start = reverse("desk-submission-start", args=[submission.delegation.key, submission.call_id])
        assert f'action="{start}"' in words(client.get(page_url(submission)))
        second = Submission.objects.get(pk=client.post(start)["Location"].rstrip("/").rpartition("/")[2])
        assert second.comments.get().rationale == "It is right."
        act(client, second, "submit")
        submission.refresh_from_db()
        second.refresh_from_db()
        assert (submission.status, second.status) == (Submission.Status.SUPERSEDED, Submission.Status.SUBMITTED)
        assert "A later submission of your delegation has taken its place." in words(client.get(page_url(submission)))
        desk = words(client.get(reverse("desk-delegation", args=[submission.delegation.key])))
        assert page_url(submission) in desk
        assert page_url(second) in desk


class TestOtherActs:
    def test_clearing_and_sending_back(self, client, submission, person):
        factories.make_comment(submission)
        act(client, submission, "clear")
        submission.refresh_from_db()
        assert submission.status == Submission.Status.CLEARED
        page = words(client.get(page_url(submission)))
        assert 'id="return"' in page
        assert 'id="submit"' in page
        assert 'id="describe-form"' not in page
        act(client, submission, "return")
        submission.refresh_from_db()
        assert submission.status == Submission.Status.DRAFT

    def test_withdrawing_keeps_it(self, client, submission, person):
        factories.make_comment(submission)
        act(client, submission, "submit")
        act(client, submission, "withdraw")
        submission.refresh_from_db()
        assert submission.status == Submission.Status.WITHDRAWN
        page = words(client.get(page_url(submission)))
        assert "It is no longer public, counted or answered." in page
        assert "It is right." in page

    def test_discarding_leads_to_the_delegation(self, client, submission, person):
        factories.make_comment(submission)
        response = act(client, submission, "discard")
        assert response["Location"] == reverse("desk-delegation", args=[submission.delegation.key])
        assert not Submission.objects.exists()

    def test_what_is_not_possible_is_told(self, client, submission, person):
        assert "Only a submission that stands can be withdrawn." in words(
            client.get(act(client, submission, "withdraw")["Location"])
        )


class TestReading:
    def test_comments_stand_in_the_order_of_the_text(self, client, submission, person):
        for clause in ("art_2", "art_1__para_1", None):
            factories.make_comment(submission, clause)
        response = client.get(page_url(submission))
        assert [each.name for each in response.context["comments"]] == [
            "The whole text",
            "Article 1, paragraph 1",
            "Article 2",
        ]

    def test_redline_of_each_proposal_is_shown(self, client, submission, person):
        client.post(add_url(submission), comment_data())
        client.post(add_url(submission), comment_data(operation="delete", proposed_text=""))
        client.post(
            add_url(submission),
            comment_data(target="after_clause", operation="insert", proposed_text="Nobody is left behind."),
        )
        page = words(client.get(page_url(submission)))
        assert re.search(r"<ins [^>]*>full </ins>", page)
        assert re.search(r"<del [^>]*>Everyone has the right to solidarity.</del>", page)
        assert re.search(r"<ins [^>]*>Nobody is left behind.</ins>", page)
        assert "a new clause after this one" in page

    def test_only_published_answers_are_shown(self, client):
        comment = factories.make_filed_comment()
        client.force_login(factories.focal_point(comment.submission.delegation))
        answer = factories.make_answer(comment, published=False, reason="A reason of ours.")
        assert "A reason of ours." not in words(client.get(page_url(comment.submission)))
        services.publish_dispositions(dispositions=[answer], user=answer.decided_by)
        assert "A reason of ours." in words(client.get(page_url(comment.submission)))

    def test_deadline_is_told_in_geneva_and_for_the_reader(self, client, submission):
        Call.objects.update(
            opens_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC), closes_at=dt.datetime(2031, 12, 15, 17, tzinfo=dt.UTC)
        )
        client.force_login(factories.make_member(submission.delegation, time_zone="Asia/Tokyo"))
        for url in (reverse("desk"), page_url(submission)):
            page = words(client.get(url))
            assert "15 December 2031, 18:00 (GMT+1)" in page
            assert "Geneva time" in page
            assert "your time: 16 December 2031, 02:00 (GMT+9)" in page

    def test_many_comments_come_in_pages(self, client, submission, person):
        for number in range(51):
            factories.make_comment(submission, rationale=f"Reason {number}.")
        response = client.get(page_url(submission))
        assert len(response.context["comments"]) == 50
        assert "Reason 50." in words(client.get(page_url(submission) + "?page=2"))


STEPS = {
    # What there is, and what each role is told to do: focal point, contributor, observer.
    "nothing": ("start", "start", "read"),
    "in writing": ("finish", "write", "read"),
    "cleared": ("submit", "wait_focal_point", "read"),
    "filed": ("amend", "amend", "filed"),
    "filed, closed": ("filed", "filed", "filed"),
    "filed, closed but late ones are taken": ("amend_late", "amend_late", "filed"),
    "in writing, closed": ("missed", "missed", "missed"),
    "nothing, not open yet": ("wait_opening", "wait_opening", "wait_opening"),
}


@pytest.mark.parametrize("situation", STEPS)
def test_desk_says_what_is_to_be_done_next(client, situation):
    what, _comma, when = situation.partition(", ")
    opens_at = timezone.now() + dt.timedelta(hours=1 if when == "not open yet" else -1)
    call = factories.make_call(opens_at=opens_at)
    delegation = factories.make_delegation()
    if what != "nothing":
        submission = factories.make_submission(call, delegation)
        factories.make_comment(submission)
        if what == "cleared":
            services.clear_submission(submission=submission, user=factories.focal_point(delegation))
        if what == "filed":
            factories.file_submission(submission)
    if when == "closed":
        close(call)
    if when == "closed but late ones are taken":
        Call.objects.filter(pk=call.pk).update(closes_at=timezone.now(), takes_late=True)
    for role, expected in zip(("focal_point", "contributor", "observer"), STEPS[situation], strict=True):
        client.force_login(factories.make_member(delegation, Membership.Role(role)))
        response = client.get(reverse("desk-delegation", args=[delegation.key]))
        (place,) = response.context["desk"].calls
        assert place.step == expected, role
        assert str(place.step.label) in words(response)


def test_call_for_others_is_not_on_the_desk(client):
    call = factories.make_call(audience=["stakeholders"])
    delegation = factories.make_delegation()
    client.force_login(factories.focal_point(delegation))
    assert client.get(reverse("desk")).context["desks"][0].calls == []
    response = client.post(reverse("desk-submission-start", args=[delegation.key, call.pk]))
    assert response.status_code == 403
    assert "not addressed to your delegation" in words(response)


def test_call_in_preparation_is_no_call_yet(client):
    call = factories.make_call(opened=False)
    delegation = factories.make_delegation()
    client.force_login(factories.focal_point(delegation))
    assert client.get(reverse("desk")).context["desks"][0].calls == []
    assert client.post(reverse("desk-submission-start", args=[delegation.key, call.pk])).status_code == 404


def test_delegation_invited_by_name_finds_the_call(client):
    call = factories.make_call(audience=["invited"])
    invited, other = factories.make_delegation(), factories.make_delegation()
    call.invited.add(invited)
    for delegation, expected in ((invited, [call]), (other, [])):
        client.force_login(factories.focal_point(delegation))
        desk = client.get(reverse("desk")).context["desks"][0]
        assert [place.call for place in desk.calls] == expected
