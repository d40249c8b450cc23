"""What clauses come from and what came of them: for everyone once published, and for staff while it is being settled."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from declaration.models import Descent, Draft
from declaration.services import publish_draft
from declaration.services.lineage import propose_descents
from tests import factories
from tests.declaration.test_lineage import DEBTS, RELIEF, RIVERS, SCHOOL, articles, follow, origins

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(acting_for: Any) -> APIClient:
    client: APIClient = acting_for(factories.make_staff())
    return client


@pytest.fixture
def newer() -> Draft:
    """One new clause and one that was renumbered; the second of the older draft was cut."""
    draft: Draft = follow(factories.make_draft(clauses=articles(RELIEF, RIVERS)), DEBTS, RELIEF)
    propose_descents(draft=draft)
    return draft


def reference(draft: Draft, eid: str) -> dict[str, Any]:
    label = eid.removeprefix("art_")
    return {"draft": draft.ordinal, "eid": eid, "kind": "article", "label": label, "citation": f"Article {label}"}


def test_everyone_reads_origins_and_descendants_of_published_drafts(anyone: APIClient, newer: Draft) -> None:
    older = newer.supersedes
    assert older is not None
    before = f"/api/v1/drafts/{older.ordinal}/clauses/art_11/"
    assert anyone.get(before).json()["descendants"] == []
    newer.clauses.update(is_origin_confirmed=True)
    publish_draft(draft=newer)
    after = anyone.get(f"/api/v1/drafts/{newer.ordinal}/clauses/art_12/").json()
    assert after["origins"] == [{"clause": reference(older, "art_11"), "kind": "renumbered"}]
    assert anyone.get(before).json()["descendants"] == [{"clause": reference(newer, "art_12"), "kind": "renumbered"}]


def test_staff_read_how_sure_it_is(staff: APIClient, newer: Draft) -> None:
    older = newer.supersedes
    assert older is not None
    confidence = Descent.objects.get(descendant__draft=newer).confidence
    body = staff.get(f"/api/v1/staff/drafts/{newer.ordinal}/lineage/").json()
    new, kept = body["results"]
    assert new == {
        "clause": reference(newer, "art_11"),
        "revision": 1,
        "is_confirmed": False,
        "certainty": "new",
        "origins": [],
    }
    assert kept["origins"] == [{"clause": reference(older, "art_11"), "kind": "renumbered", "confidence": confidence}]
    assert staff.get(f"/api/v1/staff/drafts/{newer.ordinal}/lineage/?show=new").json()["count"] == 1
    refused = staff.get(f"/api/v1/staff/drafts/{newer.ordinal}/lineage/?show=nonsense")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "show_unknown")


def test_staff_settle_it(staff: APIClient, newer: Draft) -> None:
    url = f"/api/v1/staff/drafts/{newer.ordinal}/lineage/art_11/"
    body = {"revision": 1, "origins": [{"eid": "art_12", "kind": "amended"}]}
    settled = staff.put(url, body, format="json").json()
    assert (settled["revision"], settled["certainty"]) == (2, "confirmed")
    assert origins(newer)["art_11"] == {"art_12": "amended"}
    late = staff.put(url, {"revision": 1, "origins": []}, format="json")
    assert (late.status_code, late.json()["errors"][0]["code"]) == (409, "changed_meanwhile")
    unknown = staff.put(url, {"revision": 2, "origins": [{"eid": "art_99"}]}, format="json")
    assert (unknown.status_code, unknown.json()["errors"][0]["code"]) == (400, "ancestor_unknown")


def test_staff_propose_and_confirm_what_is_certain(staff: APIClient, newer: Draft) -> None:
    url = f"/api/v1/staff/drafts/{newer.ordinal}/lineage"
    Descent.objects.all().delete()
    counts = staff.post(f"{url}/propose/").json()
    assert counts == {"proposed": 1, "certain": 1, "new": 1, "confirmed": 0, "dropped": 1}
    assert staff.post(f"{url}/certain/").json() == {"confirmed": 1}
    assert list(newer.clauses.filter(is_origin_confirmed=True).values_list("eid", flat=True)) == ["art_12"]


def test_staff_begin_the_next_draft(staff: APIClient) -> None:
    draft = factories.make_draft(clauses=articles(SCHOOL))
    url = f"/api/v1/staff/drafts/{draft.ordinal}/next/"
    answer = staff.post(url, {"name": {"en": "Next"}, "stage": "first"}, format="json")
    begun = Draft.objects.get(supersedes=draft)
    assert (answer.status_code, answer.json()["ordinal"]) == (201, begun.ordinal)
    again = staff.post(url, {"name": {"en": "Next"}, "stage": "first"}, format="json")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "next_draft_begun")


@pytest.mark.parametrize("count", [1, 3])
def test_asks_as_much_for_many_as_for_one(staff: APIClient, count: int, django_assert_num_queries: Any) -> None:
    texts = [RELIEF, RIVERS, SCHOOL][:count]
    draft = follow(factories.make_draft(clauses=articles(*texts)), *texts)
    propose_descents(draft=draft)
    # 1-2 the token, 3 the draft, 4 how many, 5 the clauses, 6 their words, 7 their origins, 8 the clauses these name, 9 the
    # words of those
    with django_assert_num_queries(9):
        staff.get(f"/api/v1/staff/drafts/{draft.ordinal}/lineage/")
