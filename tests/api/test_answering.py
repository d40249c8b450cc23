"""Sharing the answering and replying to answers through the API."""

from typing import Any

import pytest

from consultations.models import Assignment, Disposition, Reply
from tests import factories

pytestmark = pytest.mark.django_db

STAFF = "/api/v1/staff"


@pytest.fixture
def staff(acting_for: Any) -> Any:
    """A client of one of the staff."""
    return acting_for(factories.make_staff("vera@example.org"))


def test_comments_are_handed_on_all_or_none(staff: Any) -> None:
    first, second = factories.make_filed_comment(), factories.make_filed_comment()
    address = f"{STAFF}/comments/assign/"
    assert staff.post(address, {"ids": [first.pk, 999_999], "to": "vera@example.org"}).status_code == 400
    assert not Assignment.objects.exists()
    sent = {"ids": [first.pk, second.pk], "to": "Vera@example.org"}
    assert staff.post(address, sent).json() == {"ids": [first.pk, second.pk]}
    assert staff.get(f"{STAFF}/comments/{first.pk}/").json()["assigned_to"] == "vera@example.org"
    assert staff.post(address, sent | {"to": "nobody@example.org"}).json()["errors"][0]["code"] == "assignee_not_staff"
    assert staff.post(address, sent | {"to": None}).status_code == 200
    assert not Assignment.objects.exists()


def test_second_reader_approves(staff: Any) -> None:
    comment = factories.make_filed_comment(factories.make_call(needs_second_reader=True))
    answer = factories.make_answer(comment, published=False)
    publish = staff.post(f"{STAFF}/dispositions/publish/", {"ids": [answer.pk]})
    assert publish.json()["errors"][0]["code"] == "review_missing"
    assert staff.post(f"{STAFF}/dispositions/review/", {"ids": [answer.pk]}).json() == {"ids": [answer.pk]}
    assert staff.get(f"{STAFF}/comments/{comment.pk}/").json()["answer"]["reviewed_at"]
    assert staff.post(f"{STAFF}/dispositions/publish/", {"ids": [answer.pk]}).status_code == 200


def test_like_comments_are_found_and_answered_together(staff: Any) -> None:
    call = factories.make_call()
    comments = [factories.make_filed_comment(call, rationale="The same.") for _number in range(2)]
    address = f"{STAFF}/calls/{call.pk}/alike/"
    assert staff.get(address).json() == {"groups": []}
    (group,) = staff.post(address).json()["groups"]
    assert (group["kind"], group["unanswered"]) == ("exact", 2)
    assert [each["comment"] for each in group["members"]] == [comment.pk for comment in comments]
    sent = {"comments": [{"id": comment.pk} for comment in comments], "decision": "noted", "reason": "Seen."}
    assert staff.post(f"{STAFF}/comments/answer/", sent).status_code == 200
    assert set(Disposition.objects.values_list("decision", "reason")) == {("noted", "Seen.")}
    again = staff.post(f"{STAFF}/comments/answer/", sent | {"decision": "accepted"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "some_not_answerable")
    assert set(Disposition.objects.values_list("decision", flat=True)) == {"noted"}


def test_focal_point_replies_to_what_she_has_read(acting_for: Any) -> None:
    answer = factories.make_answer(factories.make_filed_comment(), reason="Clearer.")
    submission = answer.comment.submission
    client = acting_for(factories.focal_point(submission.delegation))
    address = f"/api/v1/desk/submissions/{submission.pk}/comments/1/reply/"
    read = client.get(address).json()
    assert (read["reason"], read["reply"], read["earlier_replies"]) == ("Clearer.", None, [])
    maintained = {"verdict": "maintains", "revision": read["revision"]}
    assert client.put(address, maintained).json()["errors"][0]["attr"] == "reason"
    replied = client.put(address, maintained | {"reason": "No."}).json()
    assert (replied["reply"]["verdict"], replied["reply"]["to_revision"]) == ("maintains", read["revision"])
    again = client.put(address, {"verdict": "satisfied", "revision": read["revision"]})
    assert (again.status_code, Reply.objects.get().verdict) == (409, "maintains")
    changed = {"verdict": "satisfied", "revision": read["revision"], "replaces": replied["reply"]["replied_at"]}
    assert client.put(address, changed).json()["reply"]["verdict"] == "satisfied"


def test_answer_that_is_not_published_is_not_there(acting_for: Any) -> None:
    answer = factories.make_answer(factories.make_filed_comment(), published=False)
    submission = answer.comment.submission
    client = acting_for(factories.focal_point(submission.delegation))
    address = f"/api/v1/desk/submissions/{submission.pk}/comments/1/reply/"
    assert client.get(address).status_code == 404
    assert client.put(address, {"verdict": "satisfied", "revision": 1}).status_code == 404
