"""What a delegation reads of the answers to its comments, and how it replies to them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations import services
from consultations.models import Reply
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer():
    return factories.make_answer(factories.make_filed_comment(), reason="It is clearer so.")


@pytest.fixture
def focal(client, answer):
    client.force_login(factories.focal_point(answer.comment.submission.delegation))
    return client


def list_url(answer):
    return reverse("desk-answers", args=[answer.comment.submission_id])


def reply_url(answer):
    return reverse("desk-comment-reply", args=[answer.comment.submission_id, answer.comment_id])


def typed(answer, **values):
    given = {
        "verdict": "maintains",
        "reason": "Not yet.",
        "language": "en",
        "revision": answer.revision,
        "replaces": "",
    }
    return given | values


def test_focal_point_reads_the_answer_and_replies(focal, answer):
    assert "It is clearer so." in focal.get(list_url(answer)).content.decode()
    assert "It is clearer so." in focal.get(reply_url(answer)).content.decode()
    response = focal.post(reply_url(answer), typed(answer))
    assert response.url == f"{list_url(answer)}#comment-{answer.comment_id}"
    said = Reply.objects.get()
    assert (said.verdict, said.reason, said.to_revision) == ("maintains", "Not yet.", answer.revision)
    page = focal.get(list_url(answer)).content.decode()
    assert "Not yet." in page
    assert "Change the reply" in page


def test_reply_is_changed_from_the_one_that_was_shown(focal, answer):
    focal.post(reply_url(answer), typed(answer))
    shown = Reply.objects.get().replied_at.isoformat()
    assert shown.replace("+00:00", "") in focal.get(reply_url(answer)).content.decode()
    assert focal.post(reply_url(answer), typed(answer, verdict="satisfied", replaces=shown)).status_code == 302
    assert Reply.objects.get().verdict == "satisfied"


def test_maintaining_needs_a_reason_and_what_was_typed_stays(focal, answer):
    response = focal.post(reply_url(answer), typed(answer, reason=" "))
    assert (response.status_code, "Say why the comment is maintained." in response.content.decode()) == (400, True)
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"verdict": "agrees"},
        {"language": "xx"},
        {"revision": "x"},
        {"replaces": "yesterday"},
        {"replaces": "2026-13-45T00:00"},
    ],
)
def test_bad_input_is_told(focal, answer, values):
    response = focal.post(reply_url(answer), typed(answer, **values))
    assert response.status_code in {400, 409, 422}
    assert "Not yet." in response.content.decode()
    assert not Reply.objects.exists()


def test_answer_changed_meanwhile_is_shown_before_the_reply_is_sent_again(focal, answer):
    staff, before = answer.decided_by, typed(answer)
    services.retract_dispositions(dispositions=[answer], user=staff)
    answer.refresh_from_db()
    services.answer_comment(
        comment=answer.comment,
        user=staff,
        decision="noted",
        reason="On second thought.",
        expected_revision=answer.revision,
    )
    services.publish_dispositions(dispositions=[answer], user=staff)
    answer.refresh_from_db()
    response = focal.post(reply_url(answer), before)
    assert response.status_code == 409
    page = response.content.decode()
    for words in ("On second thought.", "Not yet.", "changed meanwhile", f'value="{answer.revision}"'):
        assert words in page
    assert focal.post(reply_url(answer), typed(answer)).status_code == 302


def test_colleagues_read_and_do_not_reply(client, answer):
    for role in ("contributor", "observer"):
        client.force_login(factories.make_member(answer.comment.submission.delegation, role))
        page = client.get(list_url(answer)).content.decode()
        assert "It is clearer so." in page
        assert "reply/" not in page
        assert 'id="reply-form"' not in client.get(reply_url(answer)).content.decode()
        assert client.post(reply_url(answer), typed(answer)).status_code == 403
    assert not Reply.objects.exists()


def test_nobody_else_finds_them(client, answer):
    for person in (factories.make_user(), factories.make_staff(), factories.make_member(factories.make_delegation())):
        client.force_login(person)
        for url in (list_url(answer), reply_url(answer)):
            assert (client.get(url).status_code, client.post(url, typed(answer)).status_code) == (404, 404)


def test_answer_that_is_not_published_is_not_there(client):
    answer = factories.make_answer(factories.make_filed_comment(), published=False, reason="HIDDEN")
    client.force_login(factories.focal_point(answer.comment.submission.delegation))
    assert "HIDDEN" not in client.get(list_url(answer)).content.decode()
    assert (client.get(reply_url(answer)).status_code, client.post(reply_url(answer)).status_code) == (404, 404)


def test_what_was_typed_before_the_session_ended_is_given_back(client, answer):
    focal = factories.focal_point(answer.comment.submission.delegation)
    assert client.post(reply_url(answer), typed(answer, reason="Long thought.")).status_code == 302
    client.force_login(focal)
    assert "Long thought." in client.get(reply_url(answer)).content.decode()


def test_words_are_shown_as_they_were_typed(focal, answer):
    focal.post(reply_url(answer), typed(answer, reason="<script>alert(1)</script>"))
    for url in (list_url(answer), f"/en/calls/{answer.comment.submission.call_id}/report/"):
        assert "<script>alert" not in focal.get(url).content.decode()


def test_list_takes_the_same_questions_however_long_it_is(client):
    counts = []
    for number in (1, 3):
        submission = factories.make_submission()
        for _number in range(number):
            factories.make_comment(submission)
        factories.file_submission(submission)
        for comment in submission.comments.all():
            answer = factories.make_answer(comment)
            services.reply(disposition=answer, user=factories.focal_point(submission.delegation), verdict="satisfied")
        client.force_login(factories.focal_point(submission.delegation))
        client.get(reverse("desk"))
        with CaptureQueriesContext(connection) as taken:
            client.get(reverse("desk-answers", args=[submission.pk]))
        counts.append(len(taken))
    assert counts[0] == counts[1]
