"""Clearance, notes, history and files through the API: what a delegation's programs do, and what nobody else reads."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from consultations import services
from consultations.models import Membership, Submission
from tests import factories, files
from tests.api.record import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage_of_its_own(settings: Any, tmp_path: Any) -> None:
    """Keep the files of each test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def address(submission: Submission) -> str:
    """The submission's address, with a comment that a contributor wrote in it."""
    contributor = factories.make_member(submission.delegation, Membership.Role.CONTRIBUTOR, name="Karim")
    clause = submission.call.draft.clauses.get(eid="art_2")
    services.add_comment(submission=submission, user=contributor, clause=clause, position="opposes")
    return f"/api/v1/desk/submissions/{submission.pk}/"


CONSENTS = {"consents_to_publication": True, "consents_to_attribution": True}


def test_way_of_a_comment(desk: APIClient, address: str, submission: Submission) -> None:
    comment = f"{address}comments/1/"
    assert desk.get(comment).json()["clearance"] == "writing"
    missing = desk.get(f"{address}missing/").json()
    assert [(each["code"], each["can_be_settled"]) for each in missing] == [("comments_not_cleared", True)]
    refused = desk.post(f"{address}submit/", CONSENTS)
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["code"] == "comments_not_cleared"
    assert desk.post(f"{comment}ready/").json()["clearance"] == "ready"
    back = desk.post(f"{comment}send-back/", {"reason": "Name the source.", "revision": 1})
    assert back.json()["clearance"] == "sent_back"
    assert desk.post(f"{comment}clear/", {"revision": 9}).status_code == 409
    assert desk.post(f"{comment}clear/", {"revision": 1}).json()["clearance"] == "cleared"
    listed = f"desk/submissions/{submission.pk}/comments/"
    assert read(desk, f"{listed}?clearance=cleared")["count"] == 1
    assert read(desk, f"{listed}?clearance=writing")["count"] == 0
    [note] = desk.get(f"{address}notes/?comment=1").json()["results"]
    assert (note["kind"], note["text"], note["author"]) == ("sent_back", "Name the source.", "Ana")


def test_all_are_cleared_with_the_filing_where_asked(desk: APIClient, address: str) -> None:
    answer = desk.post(f"{address}submit/", {"clear_comments": True, **CONSENTS})
    assert (answer.status_code, answer.json()["status"]) == (200, "submitted")


def test_notes_and_history(desk: APIClient, address: str, submission: Submission) -> None:
    assert desk.post(f"{address}notes/", {"text": "On all of it."}).status_code == 201
    assert desk.post(f"{address}notes/", {"text": "On one.", "comment": 1}).json()["comment"] == 1
    wrong = desk.post(f"{address}notes/", {"text": "On none.", "comment": 7})
    assert wrong.json()["errors"][0]["attr"] == "comment"
    assert [each["text"] for each in desk.get(f"{address}notes/").json()["results"]] == ["On all of it.", "On one."]
    entries = read(desk, f"desk/delegations/XAA/history/?submission={submission.pk}")["results"]
    assert ("Karim", "wrote comment 1") in [(each["who"], each["what"]) for each in entries]
    assert ("Ana", "On one.") in [(each["who"], each["text"]) for each in entries]


def test_file_is_attached_read_and_removed(desk: APIClient, anyone: APIClient, address: str) -> None:
    def send(content: bytes) -> Any:
        return desk.post(f"{address}attachments/", {"file": SimpleUploadedFile("map.gif", content)}, format="multipart")

    refused = send(b"GIF89a")
    assert (refused.status_code, refused.json()["errors"][0]["attr"]) == (400, "file")
    made = send(files.png())
    assert (made.status_code, made.json()["name"]) == (201, "map.gif.png")
    assert desk.get(address).json()["attachments"] == [made.json()]
    assert anyone.get(made.json()["url"]).status_code == 404
    assert b"".join(desk.get(made.json()["url"])) == files.png()
    assert desk.delete(f"{address}attachments/{made.json()['id']}/").status_code == 204
    assert desk.get(f"{address}attachments/").json()["count"] == 0


@pytest.mark.parametrize("inner", ["notes/", "attachments/", "comments/1/ready/", "comments/1/clear/"])
def test_others_find_nothing(acting_for: Any, address: str, inner: str) -> None:
    for user in (factories.make_staff(), factories.focal_point(factories.make_delegation())):
        assert acting_for(user).post(f"{address}{inner}").status_code in {404, 415}
        assert acting_for(user).get("/api/v1/desk/delegations/XAA/history/").status_code == 404
