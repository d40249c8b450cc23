"""Lists are narrowed as asked. Each case names what is to be found; everything else is there to be left out."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from consultations.models import Comment
from declaration.models import Draft, GroupMembership, Resolution
from tests import factories
from tests.api import record

pytestmark = pytest.mark.django_db


def found(client: APIClient, query: str, key: str) -> list[Any]:
    """The keys of what is found, in order."""
    response = client.get(f"/api/v1/{query}")
    assert response.status_code == 200, response.content
    return [each[key] for each in response.json()["results"]]


@pytest.fixture
def resolution() -> Resolution:
    """A record with two entries of each kind; the resolution is one of them."""
    for key in ("7", "8"):
        organ = record.make_organ(key)
        document = record.make_document(key, organ)
        mandate = record.make_mandate(key, organ, document)
        record.make_resolution(key, organ, mandate, document)
    resolution: Resolution = Resolution.objects.get(slug="A-HRC-RES-90-7")
    Resolution.objects.filter(pk=resolution.pk).update(
        kind="decision", adopted_on="2005-04", mandate_action="creates", adopted_without_vote=None
    )
    return resolution


@pytest.mark.parametrize(
    "query",
    [
        *("kind=decision", "organ=organ-7", "mandate=mandate-7", "mandate_action=creates", "adopted_before=2005-04-01"),
        *("q=90/7", "kind=decision&organ=organ-7"),
    ],
)
def test_resolutions(anyone: APIClient, resolution: Resolution, query: str) -> None:
    assert found(anyone, f"resolutions/?{query}", "slug") == ["A-HRC-RES-90-7"]


def test_resolutions_that_are_left_out(anyone: APIClient, resolution: Resolution) -> None:
    assert found(anyone, "resolutions/?adopted_after=2005-05-01", "slug") == ["A-HRC-RES-90-8"]
    assert found(anyone, "resolutions/?adopted_without_vote=false", "slug") == ["A-HRC-RES-90-8"]
    assert found(anyone, "resolutions/?kind=decision&organ=organ-8", "slug") == []
    # What has no exact date is found by every day that it may mean.
    assert found(anyone, "resolutions/?adopted_after=2005-04-30", "slug") == ["A-HRC-RES-90-7", "A-HRC-RES-90-8"]


def test_requests(anyone: APIClient, resolution: Resolution) -> None:
    first, second = resolution.requests.order_by("position")
    mine = "requests/?resolution=A-HRC-RES-90-7"
    assert found(anyone, mine, "id") == [first.pk, second.pk]
    for query in ("kind=study", "addressee_mandate=mandate-7", "is_answered=true"):
        assert found(anyone, f"{mine}&{query}", "id") == [first.pk]
    for query in ("kind=report", "addressee_organ=organ-7", "is_answered=false"):
        assert found(anyone, f"{mine}&{query}", "id") == [second.pk]


def test_activities(anyone: APIClient, resolution: Resolution) -> None:
    request = resolution.requests.get(position=1)
    state = request.activities.get().host_state.alpha3  # type: ignore[attr-defined]
    for query in (f"request={request.pk}", "resolution=A-HRC-RES-90-7", f"host_state={state}", "part_of=whole-7"):
        assert found(anyone, f"activities/?{query}", "slug") == ["activity-7"]
    assert found(anyone, "activities/?kind=panel", "slug") == ["activity-7", "activity-8"]
    assert found(anyone, "activities/?after=2012-06-07&before=2012-06-07", "slug") == ["activity-7", "activity-8"]
    assert found(anyone, "activities/?after=2012-06-08", "slug") == []
    assert found(anyone, "activities/?q=activity 8", "slug") == ["activity-8"]


def test_documents_organs_and_mandates(anyone: APIClient, resolution: Resolution) -> None:
    assert found(anyone, "documents/?organ=organ-7", "slug") == ["document-7"]
    assert found(anyone, "documents/?q=document 8", "slug") == ["document-8"]
    assert found(anyone, "documents/?published_after=2012-06-08", "slug") == []
    factories.make_organ("office", kind="secretariat", is_active=False)
    assert found(anyone, "organs/?kind=secretariat", "code") == ["office"]
    assert found(anyone, "organs/?is_active=false", "code") == ["office"]
    assert found(anyone, "organs/?q=ORGAN 7", "code") == ["organ-7"]
    assert found(anyone, "mandates/?kind=working_paper", "slug") == []


def test_actors(anyone: APIClient) -> None:
    brazil = factories.make_state("BRA", status="member_state", m49="076", name={"en": "Brazil", "ar": "البرازيل"})
    left = factories.make_state("XAB")
    group = factories.make_group("south", kind="regional")
    group.states.add(brazil)
    GroupMembership.objects.create(group=group, state=left, left_on="2001-01-01")
    factories.make_group("north")
    for query in ("status=member_state", "group=south", "q=brazil", "q=برازيل", "q=bra"):
        assert found(anyone, f"states/?{query}", "alpha3") == ["BRA"]
    for query in ("kind=regional", "state=BRA"):
        assert found(anyone, f"groups/?{query}", "code") == ["south"]
    assert found(anyone, "groups/?state=XAB", "code") == []
    factories.make_stakeholder("helpers", ecosoc_status="special", state=brazil)
    factories.make_stakeholder("university", kind="academic", is_invented=False)
    for query in ("kind=ngo", "ecosoc_status=special", "state=BRA", "is_invented=true", "q=helpers"):
        assert found(anyone, f"stakeholders/?{query}", "slug") == ["helpers"]


def test_foundations_drafts_and_clauses(anyone: APIClient) -> None:
    document = record.make_document("x")
    element, basis = record.make_foundations(1, document)
    record.make_foundations(2, document)
    draft = record.make_founded_draft([element], [basis], is_illustrative=True, stage="first")
    hidden = record.make_founded_draft([element], [basis], published=False)
    assert found(anyone, f"elements/?reflected_in={draft.ordinal}", "code") == ["1a"]
    assert found(anyone, f"elements/?reflected_in={hidden.ordinal}", "code") == []
    assert found(anyone, "elements/?kind=consideration&q=theme 2", "code") == ["2a"]
    assert found(anyone, "legal-bases/?q=instrument 2", "slug") == ["basis-2"]
    factories.make_draft()
    for query in (f"declaration={draft.declaration.slug}", "is_illustrative=true", "stage=first"):
        assert found(anyone, f"drafts/?{query}", "ordinal") == [draft.ordinal]
    assert found(anyone, "drafts/?status=superseded", "ordinal") == []
    clauses = f"drafts/{draft.ordinal}/clauses/"
    assert found(anyone, f"{clauses}?kind=article", "eid") == ["art_1", "art_2"]
    assert len(found(anyone, f"{clauses}?element=1a&legal_basis=basis-1&negotiating_status=open", "eid")) == 6
    assert found(anyone, f"{clauses}?element=2a", "eid") == found(anyone, f"{clauses}?legal_basis=none", "eid") == []


class TestFilings:
    @pytest.fixture
    def comment(self) -> Comment:
        """A comment that differs in everything from another one."""
        other = factories.make_draft()
        factories.make_answer(factories.make_filed_comment(factories.make_call(other), clause="art_2"))
        delegation = factories.make_delegation(factories.make_state("XAA"))
        factories.make_group("friends").states.add(delegation.state)
        call = factories.make_call(factories.make_draft(), takes_late=True)
        comment = factories.make_filed_comment(
            call,
            delegation,
            clause="art_1__para_1__subpara_a",
            category="editorial",
            position="opposes",
            operation="delete",
            language="ar",
        )
        factories.make_answer(comment, decision="not_accepted")
        return Comment.objects.get(pk=comment.pk)

    def test_comments(self, anyone: APIClient, comment: Comment) -> None:
        submission = comment.submission
        for query in (
            f"draft={submission.call.draft.ordinal}",
            f"call={submission.call_id}",
            f"submission={submission.pk}",
            "clause=art_1__para_1__subpara_a",
            "within=art_1",
            "category=editorial",
            "position=opposes",
            "operation=delete",
            "language=ar",
            "party=XAA",
            "group=friends",
            "decision=not_accepted",
        ):
            assert found(anyone, f"comments/?{query}", "id") == [comment.pk], query
        assert found(anyone, "comments/?clause=art_1", "id") == []
        assert found(anyone, "comments/?position=none", "id") == []
        assert found(anyone, "comments/?is_answered=false", "id") == []
        assert len(found(anyone, "comments/?is_answered=true&target=clause", "id")) == 2

    def test_comments_without_a_position(self, anyone: APIClient, comment: Comment) -> None:
        silent = factories.make_filed_comment(position="")
        assert found(anyone, "comments/?position=none", "id") == [silent.pk]

    def test_comments_stand_in_the_order_of_the_text(self, anyone: APIClient) -> None:
        call = factories.make_call()
        last, first, whole = (factories.make_filed_comment(call, clause=clause) for clause in ("art_2", "art_1", None))
        assert found(anyone, f"comments/?call={call.pk}", "id") == [whole.pk, first.pk, last.pk]

    def test_submissions_and_dispositions(self, anyone: APIClient, comment: Comment) -> None:
        submission, call = comment.submission, comment.submission.call
        for query in (f"call={call.pk}", f"draft={call.draft.ordinal}", "party=XAA", "group=friends"):
            assert found(anyone, f"submissions/?{query}", "id") == [submission.pk]
            assert found(anyone, f"dispositions/?{query}", "id") == [comment.disposition.pk]
        for query in ("decision=not_accepted", "clause=art_1__para_1__subpara_a", "within=art_1"):
            assert found(anyone, f"dispositions/?{query}", "id") == [comment.disposition.pk]
        assert found(anyone, "submissions/?is_late=true", "id") == found(anyone, "submissions/?language=ar", "id") == []

    def test_calls(self, anyone: APIClient, comment: Comment) -> None:
        call = comment.submission.call
        preparing = Draft.objects.get(pk=call.draft_id).ordinal
        assert found(anyone, f"calls/?draft={preparing}", "id") == [call.pk]
        assert len(found(anyone, "calls/?is_open=true&publication_rule=as_received", "id")) == 2
        assert found(anyone, "calls/?is_open=false", "id") == []
