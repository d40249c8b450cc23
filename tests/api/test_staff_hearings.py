"""Staff's programs write up consultations: what they send, what is refused, and what an answer that was lost makes of it."""

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from consultations.models import Consultation
from tests import factories
from tests.api.record import read

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/staff/consultations/"
NEW = {"name": {"en": "Meeting in Geneva"}, "format": "meeting", "when": "2012-06-07"}


@pytest.fixture
def staff(acting_for: Any) -> APIClient:
    """The client of one of the staff."""
    client: APIClient = acting_for(factories.make_staff())
    return client


def send(client: APIClient, address: str, body: dict[str, Any], status: int, method: str = "post") -> Any:
    """Send something that is to be answered so, and return the answer."""
    response = getattr(client, method)(address, body, format="json")
    assert response.status_code == status, response.content
    return response.json() if response.content else None


def test_a_consultation_is_written_up(staff: APIClient) -> None:
    factories.make_state("XAB")
    made = send(staff, ADDRESS, NEW | {"participants": ["XAB", "governments"]}, 201)
    own = f"{ADDRESS}{made['url'].rstrip('/').rsplit('/', 1)[-1]}/"
    assert (made["is_public"], made["views"], made["categories"]) == (False, [], ["governments"])
    first = send(staff, f"{own}views/", {"summary": {"en": "One."}, "party": "XAB"}, 201)
    second = send(staff, f"{own}views/", {"summary": {"en": "Two."}, "revision": first["revision"]}, 201)
    ids = [view["id"] for view in second["views"]]
    ordered = send(staff, f"{own}views/order/", {"views": ids[::-1], "revision": second["revision"]}, 200)
    assert [view["summary"]["en"] for view in ordered["views"]] == ["Two.", "One."]
    stale = send(staff, own, {"place": {"en": "Geneva"}, "revision": made["revision"]}, 409, "patch")
    assert stale["errors"][0]["code"] == "changed_meanwhile"
    changed = send(staff, own, {"place": {"en": "Geneva"}, "revision": ordered["revision"]}, 200, "patch")
    assert changed["place"] == {"en": "Geneva"}
    assert send(staff, f"{own}publish/", {}, 200)["is_public"] is True
    assert read(APIClient(), f"consultations/{Consultation.objects.get().slug}/")["place"] == {"en": "Geneva"}


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"name": {"ar": "اجتماع"}}, "name"),
        ({"when": "2012-06-08/2012-06-07"}, "when"),
        ({"participants": ["Atlantis"]}, "participants"),
        ({"documents": ["A/1/1"]}, "documents"),
        ({"format": "party"}, "format"),
        ({"entry_key": "seven"}, "entry_key"),
    ],
)
def test_what_cannot_be_is_told_at_its_name_and_nothing_is_stored(
    staff: APIClient, sent: dict[str, Any], place: str
) -> None:
    told = send(staff, ADDRESS, NEW | sent, 400)
    assert [error["attr"].partition(".")[0] for error in told["errors"]] == [place]
    assert not Consultation.objects.exists()


def test_sent_again_under_its_key_it_makes_no_second_one(staff: APIClient, acting_for: Any) -> None:
    sent = NEW | {"entry_key": str(uuid.uuid4())}
    first = send(staff, ADDRESS, sent, 201)
    assert send(staff, ADDRESS, sent, 201) == first
    assert send(staff, ADDRESS, NEW, 201)["url"] != first["url"]
    assert Consultation.objects.count() == 2
