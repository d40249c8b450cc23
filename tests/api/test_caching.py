"""What caches may keep, and what follows from who asks."""

from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from consultations.models import Call
from tests import factories

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def addresses() -> list[str]:
    """Addresses that everyone may read."""
    comment = factories.make_filed_comment()
    draft = comment.submission.call.draft
    return [
        *("", "drafts/", f"drafts/{draft.ordinal}/", f"drafts/{draft.ordinal}/clauses/"),
        *(f"calls/{comment.submission.call_id}/", f"submissions/{comment.submission_id}/", f"comments/{comment.pk}/"),
        *("comments/", "dispositions/", "states/"),
    ]


def test_public_answers_may_be_kept_and_are_asked_for_again(anyone: APIClient, addresses: list[str]) -> None:
    for address in addresses:
        response = anyone.get(f"{API}/{address}")
        assert response["Cache-Control"] == "public, no-cache"
        assert response["Vary"] == "Accept-Language"
        again = anyone.get(f"{API}/{address}", headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "public, no-cache"
        assert again["Vary"] == "Accept-Language"


def test_answer_is_the_same_whoever_asks(addresses: list[str], acting_for: Any, anyone: APIClient) -> None:
    staff = factories.make_staff(time_zone="Asia/Tokyo")
    with_token = acting_for(staff)
    signed_in = APIClient()
    signed_in.force_login(staff)
    signed_in.cookies["django_language"] = "fr"
    for address in addresses:
        public = anyone.get(f"{API}/{address}")
        for client in (with_token, signed_in):
            response = client.get(f"{API}/{address}")
            assert (response.content, response["ETag"]) == (public.content, public["ETag"])
            assert (response["Vary"], response["Cache-Control"]) == ("Accept-Language", "public, no-cache")


def test_what_changes_is_seen_at_once(anyone: APIClient) -> None:
    comment = factories.make_filed_comment()
    address = f"{API}/comments/{comment.pk}/"
    before = anyone.get(address)["ETag"]
    factories.make_answer(comment)
    after = anyone.get(address, headers={"if-none-match": before})
    assert after.status_code == 200
    assert after.json()["answer"]["decision"] == "accepted"
    call = f"{API}/calls/{comment.submission.call_id}/"
    before = anyone.get(call)["ETag"]
    Call.objects.filter(pk=comment.submission.call_id).update(closes_at=timezone.now())
    assert anyone.get(call, headers={"if-none-match": before}).json()["is_open"] is False


def test_answer_in_another_language_is_another_answer(anyone: APIClient, addresses: list[str]) -> None:
    english, arabic = (
        anyone.get(f"{API}/{addresses[3]}", headers={"accept-language": language}) for language in ("en", "ar")
    )
    assert english["ETag"] != arabic["ETag"]
    assert (english["Content-Language"], arabic["Content-Language"]) == ("en", "ar")


def test_own_work_and_errors_are_kept_by_no_cache(acting_for: Any, anyone: APIClient) -> None:
    submission = factories.make_submission()
    client = acting_for(factories.focal_point(submission.delegation))
    responses = [
        client.get(f"{API}/me/"),
        client.get(f"{API}/desk/submissions/"),
        client.get(f"{API}/desk/submissions/{submission.pk}/"),
        client.get(f"{API}/staff/comments/"),
        anyone.get(f"{API}/desk/submissions/"),
        anyone.get(f"{API}/drafts/999/"),
        anyone.get(f"{API}/drafts/?x=1"),
        anyone.get(f"{API}/nothing/"),
    ]
    assert [response.status_code for response in responses] == [200, 200, 200, 403, 401, 404, 400, 404]
    for response in responses:
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response


def test_head_has_the_headers_of_get(anyone: APIClient, addresses: list[str]) -> None:
    response = anyone.head(f"{API}/{addresses[2]}")
    assert (response.status_code, response.content, response["Cache-Control"]) == (200, b"", "public, no-cache")
