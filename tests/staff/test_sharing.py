"""Staff share the answering: they hand comments on, approve what a colleague wrote, and answer like comments in one go."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations import services
from consultations.models import AlikeGroup, Assignment, Disposition
from tests import factories
from tests.staff.pages import answered, form_of, make_comments, make_sealed_call, row, row_words, words

pytestmark = pytest.mark.django_db

URL = "/en/staff/comments/"


def press(desk, act, typed):
    return desk.post(URL, form_of(desk.get(URL)) | typed | {"act": act}, follow=True)


def alike_url(call):
    return reverse("staff-call-alike", args=[call.pk])


class TestHandingOn:
    def test_chosen_rows_are_given_to_a_colleague_and_found_by_her(self, desk, client):
        first, second = make_comments(2)
        colleague = factories.make_staff("vera@example.org", name="Vera")
        response = press(desk, "assign", row(first, tick="on") | {"assign-to": "vera@example.org"})
        assert "1 comment was handed on." in words(response)
        assert "prepared by Vera" in row_words(response, first)
        assert Assignment.objects.get().comment == first
        client.force_login(colleague)
        page = client.get(URL, {"assigned": "me"})
        assert form_of(page)["rows"] == str(first.pk)
        assert form_of(client.get(URL, {"assigned": "nobody"}))["rows"] == str(second.pk)

    def test_says_what_is_wrong(self, desk):
        (comment,) = make_comments(1)
        assert "choose the rows first" in words(press(desk, "assign", {"assign-to": ""}))
        response = press(desk, "assign", row(comment, tick="on") | {"assign-to": "nobody@example.org"})
        assert response.status_code == 400
        assert not Assignment.objects.exists()


class TestApproving:
    def test_second_reader_approves_what_a_colleague_wrote(self, desk, staff):
        (comment,) = make_comments(1, call=factories.make_call(needs_second_reader=True))
        factories.make_answer(comment, published=False)
        response = desk.post(URL, form_of(desk.get(URL)) | row(comment, tick="on") | {"act": "publish"})
        assert (response.status_code, "has not been reviewed" in row_words(response, comment)) == (422, True)
        assert "1 answer was reviewed." in words(press(desk, "review", row(comment, tick="on")))
        assert Disposition.objects.get().reviewed_by == staff
        assert "1 answer was published." in words(press(desk, "publish", row(comment, tick="on")))

    def test_nobody_approves_her_own(self, desk, staff):
        (comment,) = make_comments(1)
        factories.make_answer(comment, published=False, user=staff)
        response = desk.post(URL, form_of(desk.get(URL)) | row(comment, tick="on") | {"act": "review"})
        assert (response.status_code, "You wrote this answer." in row_words(response, comment)) == (422, True)


class TestGroups:
    def make(self, count=3):
        comments = make_comments(count, rationale="The same words.")
        return comments, comments[0].submission.call

    def test_are_found_and_answered_in_one_go(self, desk):
        comments, call = self.make()
        assert "1 group was found." in words(desk.post(alike_url(call), follow=True))
        group = AlikeGroup.objects.get()
        url = reverse("staff-alike-detail", args=[group.pk])
        assert url in desk.get(alike_url(call)).content.decode()
        chosen = [str(comment.pk) for comment in comments[:2]]
        response = desk.post(
            url, {"comments": chosen, "decision": "noted", "reason": "Seen.", "language": "en"}, follow=True
        )
        assert "2 answers were saved." in words(response)
        assert answered(*comments) == {comment.pk: ("noted", "Seen.", False) for comment in comments[:2]}
        assert "1 not answered" in words(response)

    @pytest.mark.parametrize(
        "values", [{}, {"comments": []}, {"decision": ""}, {"comments": ["999999"]}, {"reason": "a\u202eb"}]
    )
    def test_what_is_refused_is_said_and_nothing_is_written(self, desk, values):
        comments, call = self.make(2)
        (group,) = services.group_alike(call=call)
        given = {"comments": [str(comment.pk) for comment in comments], "decision": "noted", "language": "en"}
        sent = given | values if values else {}
        response = desk.post(reverse("staff-alike-detail", args=[group.pk]), sent)
        assert response.status_code in {400, 409, 422}
        assert not Disposition.objects.exists()

    def test_sealed_filings_make_no_group(self, desk):
        call = make_sealed_call()
        make_comments(2, call=call, rationale="The same words.")
        assert "0 groups were found." in words(desk.post(alike_url(call), follow=True))

    def test_group_of_which_one_is_left_is_none(self, desk):
        comments, call = self.make(2)
        (group,) = services.group_alike(call=call)
        gone = comments[0].submission
        services.withdraw_submission(submission=gone, user=factories.focal_point(gone.delegation))
        assert desk.get(reverse("staff-alike-detail", args=[group.pk])).status_code == 404
        assert "No groups have been found." in words(desk.get(alike_url(call)))

    def test_list_takes_the_same_questions_however_long_it_is(self, desk):
        counts = []
        call = factories.make_call()
        for texts in (["One."], ["Two.", "Three."]):
            for text in texts:
                make_comments(2, call=call, rationale=text * 30)
            services.group_alike(call=call)
            desk.get(alike_url(call))
            with CaptureQueriesContext(connection) as taken:
                desk.get(alike_url(call))
            counts.append(len(taken))
        assert counts[0] == counts[1]
