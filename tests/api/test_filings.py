"""Calls, and what is published of what was said in them, as JSON, whole; and what nobody may find in it."""

from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from consultations import services
from consultations.models import Call, Comment, Submission
from tests import factories
from tests.api.record import party_of, utc

pytestmark = pytest.mark.django_db

HOST = "http://testserver/api/v1"


def found(client: APIClient, address: str) -> list[int]:
    """The numbers of what a list holds."""
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, response.content
    body = response.json()
    assert body["count"] == len(body["results"])
    return [each["id"] for each in body["results"]]


@pytest.fixture
def comment() -> Comment:
    """A published comment that proposes a wording, made on behalf of a group, with its published answer."""
    submission = factories.make_submission(
        on_behalf_of=factories.make_group("friends"), general_comment="We thank the drafters."
    )
    comment = factories.make_comment(
        submission, operation="replace", proposed_text="Everyone has the right to international solidarity."
    )
    factories.file_submission(submission)
    answer = factories.make_answer(comment, resulting_clause=comment.clause)
    user = factories.focal_point(submission.delegation)
    services.reply(disposition=answer, user=user, verdict="maintains", reason="It is not enough.")
    return Comment.objects.get(pk=comment.pk)


def submission_as_read(submission: Submission) -> dict[str, Any]:
    """How the submission of `comment` reads."""
    return {
        "url": f"{HOST}/submissions/{submission.pk}/",
        "id": submission.pk,
        "call": {"id": submission.call_id, "title": dict(submission.call.title)},
        "draft": submission.call.draft.ordinal,
        "party": party_of(submission.delegation),
        "on_behalf_of": {"code": "friends", "kind": "other", "name": {"en": "Group friends"}},
        "group_members": [submission.delegation.key],
        "co_sponsors": [],
        "language": "en",
        "general_comment": "We thank the drafters.",
        "attachments": [],
        "comment_count": 1,
        "comments_url": f"{HOST}/comments/?submission={submission.pk}",
        "is_late": False,
        "source": "page",
        "received_on": None,
        "submitted_at": utc(submission.submitted_at),
    }


def clause_as_named(comment: Comment) -> dict[str, Any]:
    """How the clause of `comment` is named."""
    return {
        "draft": comment.submission.call.draft.ordinal,
        "eid": "art_1__para_1",
        "kind": "paragraph",
        "label": "1",
        "citation": "Article 1, paragraph 1",
    }


def answer_as_read(comment: Comment) -> dict[str, Any]:
    """How the answer to `comment` reads."""
    return {
        "id": comment.disposition.pk,
        "decision": "accepted",
        "reason": "It makes the text clearer.",
        "language": "en",
        "resulting_clause": clause_as_named(comment),
        "published_at": utc(comment.disposition.published_at),
        "reply": {
            "verdict": "maintains",
            "reason": "It is not enough.",
            "language": "en",
            "replied_at": utc(comment.disposition.reply.replied_at),
            "to_revision": comment.disposition.revision,
        },
        "earlier_replies": [],
    }


def comment_as_read(comment: Comment) -> dict[str, Any]:
    """How `comment` reads in a list."""
    submission = submission_as_read(comment.submission)
    return {
        "url": f"{HOST}/comments/{comment.pk}/",
        "id": comment.pk,
        "submission": comment.submission_id,
        "number": 1,
        "call": comment.submission.call_id,
        "draft": submission["draft"],
        "party": submission["party"],
        "on_behalf_of": submission["on_behalf_of"],
        "target": "clause",
        "clause": clause_as_named(comment),
        "category": "substantive",
        "position": "supports",
        "operation": "replace",
        "proposed_text": "Everyone has the right to international solidarity.",
        "rationale": "It is right.",
        "language": "en",
        "submitted_at": submission["submitted_at"],
        "is_late": False,
        "answer": answer_as_read(comment),
        "standing": None,
    }


def test_call(anyone: APIClient) -> None:
    call = factories.make_call(note={"en": "Please write."}, publication_rule="together_after_closing")
    expected = {
        "url": f"{HOST}/calls/{call.pk}/",
        "id": call.pk,
        "title": dict(call.title),
        "note": {"en": "Please write."},
        "draft": {"ordinal": call.draft.ordinal, "name": dict(call.draft.name), "status": "published"},
        "status": "open",
        "is_open": True,
        "opens_at": utc(call.opens_at),
        "closes_at": utc(call.closes_at),
        "time_zone": "Europe/Zurich",
        "audience": ["member_states", "observer_states", "groups", "stakeholders"],
        "languages": ["en", "ar"],
        "publication_rule": "together_after_closing",
        "takes_late": False,
        "stakeholder_kinds": [],
        "holds_stakeholders": False,
        "needs_second_reader": False,
        "early_opening": None,
    }
    assert anyone.get(f"/api/v1/calls/{call.pk}/").json() == expected
    assert anyone.get("/api/v1/calls/").json()["results"] == [expected]


def test_submission(anyone: APIClient, comment: Comment) -> None:
    expected = submission_as_read(comment.submission)
    assert anyone.get(f"/api/v1/submissions/{comment.submission_id}/").json() == expected
    assert anyone.get("/api/v1/submissions/").json()["results"] == [expected]


def test_comment_with_its_answer_and_redline(anyone: APIClient, comment: Comment) -> None:
    expected = comment_as_read(comment)
    assert anyone.get("/api/v1/comments/").json()["results"] == [expected]
    redline = [
        {"op": "equal", "text": "Everyone has the right to "},
        {"op": "insert", "text": "international "},
        {"op": "equal", "text": "solidarity."},
    ]
    assert anyone.get(f"/api/v1/comments/{comment.pk}/").json() == expected | {"redline": redline}


def test_comment_on_the_whole_text_without_a_position(anyone: APIClient) -> None:
    comment = factories.make_filed_comment(clause=None, position="")
    body = anyone.get(f"/api/v1/comments/{comment.pk}/").json()
    said = {name: body[name] for name in ("target", "clause", "position", "answer", "redline")}
    assert said == {"target": "whole_text", "clause": None, "position": None, "answer": None, "redline": []}


def test_disposition_with_the_comment_it_answers(anyone: APIClient, comment: Comment) -> None:
    answer = answer_as_read(comment)
    without_answer = {name: value for name, value in comment_as_read(comment).items() if name != "answer"}
    expected = {"url": f"{HOST}/dispositions/{answer['id']}/"} | answer | {"comment": without_answer}
    assert anyone.get(f"/api/v1/dispositions/{answer['id']}/").json() == expected
    assert anyone.get("/api/v1/dispositions/").json()["results"] == [expected]


def test_clause_counts_public_comments_and_how_positions_divide(anyone: APIClient) -> None:
    call = factories.make_call()
    for position in ("supports", "supports", "opposes", ""):
        factories.make_filed_comment(call, position=position)
    factories.make_filed_comment(call, clause="art_2")
    factories.make_comment(factories.make_submission(call))
    expected = {
        "comments": 4,
        "supports": 2,
        "supports_with_amendment": 0,
        "reserves": 0,
        "opposes": 1,
        "asks_for_clarification": 0,
        "without_position": 1,
    }
    address = f"/api/v1/drafts/{call.draft.ordinal}/clauses/"
    assert anyone.get(f"{address}art_1__para_1/").json()["positions"] == expected
    listed = {clause["eid"]: clause["positions"]["comments"] for clause in anyone.get(address).json()["results"]}
    assert listed == {
        "preamble": 0,
        "preamble__rec_1": 0,
        "art_1": 0,
        "art_1__para_1": 4,
        "art_1__para_1__subpara_a": 0,
        "art_2": 1,
    }


class TestWhatNobodyMayFind:
    """What is not published is in no list, under no address, in no count and found by no filter."""

    def hidden(self) -> list[Comment]:
        """Comments that are not public, each for a reason of its own."""
        draft = factories.make_draft()
        secret = {"rationale": "SECRET"}
        unpublished = factories.make_filed_comment(
            factories.make_call(draft, publication_rule="not_published"), **secret
        )
        sealed = factories.make_filed_comment(
            factories.make_call(draft, publication_rule="together_after_closing"), **secret
        )
        being_written = factories.make_comment(factories.make_submission(factories.make_call(draft)), **secret)
        withheld_by = factories.make_submission(factories.make_call(draft), consents_to_publication=False)
        withheld = factories.make_comment(withheld_by, **secret)
        factories.file_submission(withheld_by)
        withdrawn = factories.make_filed_comment(factories.make_call(draft), **secret)
        services.withdraw_submission(
            submission=withdrawn.submission, user=factories.focal_point(withdrawn.submission.delegation)
        )
        return [unpublished, sealed, being_written, withheld, withdrawn]

    def test_hidden_comments(self, anyone: APIClient) -> None:
        hidden = self.hidden()
        shown = factories.make_filed_comment(factories.make_call(hidden[0].submission.call.draft))
        assert found(anyone, "comments/") == [shown.pk]
        assert found(anyone, "submissions/") == [shown.submission_id]
        for comment in hidden:
            party = comment.submission.delegation.key
            for address in (f"comments/{comment.pk}/", f"submissions/{comment.submission_id}/"):
                assert anyone.get(f"/api/v1/{address}").status_code == 404
            narrowed = f"call={comment.submission.call_id}"
            assert found(anyone, f"comments/?{narrowed}") == found(anyone, f"submissions/?{narrowed}") == []
            assert found(anyone, f"comments/?party={party}") == found(anyone, f"submissions/?party={party}") == []
        clauses = anyone.get(f"/api/v1/drafts/{shown.submission.call.draft.ordinal}/clauses/").json()["results"]
        assert sum(clause["positions"]["comments"] for clause in clauses) == 1

    def test_hidden_comments_are_hidden_from_their_own_people_and_staff_on_public_addresses(
        self, acting_for: Any
    ) -> None:
        for comment in self.hidden():
            for user in (factories.focal_point(comment.submission.delegation), factories.make_staff()):
                response = acting_for(user).get(f"/api/v1/comments/{comment.pk}/")
                assert response.status_code == 404

    def test_sealed_comments_come_out_together_when_the_call_closes(self, anyone: APIClient) -> None:
        call = factories.make_call(publication_rule="together_after_closing")
        comments = [factories.make_filed_comment(call) for _ in range(2)]
        assert found(anyone, f"comments/?call={call.pk}") == []
        Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())
        assert sorted(found(anyone, f"comments/?call={call.pk}")) == sorted(comment.pk for comment in comments)

    def test_unpublished_answers(self, anyone: APIClient, acting_for: Any) -> None:
        comment = factories.make_filed_comment()
        factories.make_answer(comment, published=False, decision="not_accepted", reason="SECRET")
        own = acting_for(factories.focal_point(comment.submission.delegation))
        assert found(anyone, "dispositions/") == []
        assert anyone.get(f"/api/v1/dispositions/{comment.disposition.pk}/").status_code == 404
        assert anyone.get(f"/api/v1/comments/{comment.pk}/").json()["answer"] is None
        assert found(anyone, "comments/?is_answered=true") == found(anyone, "comments/?decision=not_accepted") == []
        assert found(anyone, "comments/?is_answered=false") == [comment.pk]
        desk = own.get(f"/api/v1/desk/submissions/{comment.submission_id}/comments/1/")
        assert desk.json()["answer"] is None

    def test_answers_to_comments_that_are_not_public(self, anyone: APIClient) -> None:
        comment = factories.make_filed_comment(factories.make_call(publication_rule="not_published"))
        answer = factories.make_answer(comment)
        assert found(anyone, "dispositions/") == []
        assert anyone.get(f"/api/v1/dispositions/{answer.pk}/").status_code == 404

    def test_clause_of_a_draft_in_preparation_that_an_answer_led_to(self, anyone: APIClient, acting_for: Any) -> None:
        comment = factories.make_filed_comment()
        draft = factories.make_draft(published=False, declaration=comment.submission.call.draft.declaration)
        factories.make_answer(comment, resulting_clause=draft.clauses.get(eid="art_2"))
        own = acting_for(factories.focal_point(comment.submission.delegation))
        public = anyone.get(f"/api/v1/comments/{comment.pk}/").json()
        desk = own.get(f"/api/v1/desk/submissions/{comment.submission_id}/comments/1/").json()
        assert public["answer"]["resulting_clause"] is desk["answer"]["resulting_clause"] is None
        staff = acting_for(factories.make_staff()).get(f"/api/v1/staff/comments/{comment.pk}/").json()
        assert staff["answer"]["resulting_clause"]["draft"] == draft.ordinal
        factories.publish_draft(draft=draft)
        public = anyone.get(f"/api/v1/comments/{comment.pk}/").json()
        assert public["answer"]["resulting_clause"]["eid"] == "art_2"

    def test_drafts_and_calls_in_preparation(self, anyone: APIClient) -> None:
        draft = factories.make_draft(published=False)
        call = factories.make_call(factories.make_draft(), opened=False)
        for address in (
            f"drafts/{draft.ordinal}/",
            f"drafts/{draft.ordinal}/clauses/",
            f"drafts/{draft.ordinal}/clauses/art_1/",
            f"calls/{call.pk}/",
        ):
            assert anyone.get(f"/api/v1/{address}").status_code == 404
        assert anyone.get("/api/v1/drafts/?status=preparing").json()["count"] == 0
        assert found(anyone, "calls/") == []


class TestUnnamedAuthors:
    """Who did not agree to be named is named nowhere, and found by no filter."""

    @pytest.fixture
    def unnamed(self) -> Comment:
        group = factories.make_group("friends")
        delegation = factories.make_delegation()
        group.states.add(delegation.state)
        submission = factories.make_submission(delegation=delegation, consents_to_attribution=False, on_behalf_of=group)
        comment = factories.make_comment(submission)
        factories.file_submission(submission)
        factories.make_answer(comment)
        return comment

    def test_named_nowhere(self, anyone: APIClient, unnamed: Comment) -> None:
        party = unnamed.submission.delegation.state
        for address in (
            "comments/",
            f"comments/{unnamed.pk}/",
            "submissions/",
            f"submissions/{unnamed.submission_id}/",
            "dispositions/",
            f"dispositions/{unnamed.disposition.pk}/",
            f"drafts/{unnamed.submission.call.draft.ordinal}/clauses/art_1__para_1/",
            f"calls/{unnamed.submission.call_id}/",
        ):
            response = anyone.get(f"/api/v1/{address}")
            assert response.status_code == 200
            for word in (party.alpha3, "friends", factories.focal_point(unnamed.submission.delegation).email):
                assert word not in response.content.decode()
        body = anyone.get(f"/api/v1/comments/{unnamed.pk}/").json()
        assert (body["party"], body["on_behalf_of"]) == (None, None)

    def test_found_by_no_filter(self, anyone: APIClient, unnamed: Comment) -> None:
        call = unnamed.submission.call
        named = factories.make_filed_comment(call)
        party = unnamed.submission.delegation.key
        for listing in ("comments/", "submissions/", "dispositions/"):
            assert found(anyone, f"{listing}?party={party}") == found(anyone, f"{listing}?group=friends") == []
        assert found(anyone, f"comments/?party={named.submission.delegation.key}") == [named.pk]
        assert set(found(anyone, "comments/")) == {unnamed.pk, named.pk}

    def test_named_to_staff_and_to_its_own_people(self, acting_for: Any, unnamed: Comment) -> None:
        party = unnamed.submission.delegation
        staff = acting_for(factories.make_staff())
        assert staff.get(f"/api/v1/staff/comments/{unnamed.pk}/").json()["party"] == party_of(party)
        assert found(staff, f"staff/comments/?party={party.key}") == [unnamed.pk]
        own = acting_for(factories.focal_point(party)).get(f"/api/v1/desk/submissions/{unnamed.submission_id}/")
        assert own.json()["delegation"] == party_of(party)
