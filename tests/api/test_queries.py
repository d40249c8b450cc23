"""Each list asks the database the same number of questions for one row and for three."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from consultations.models import Delegation, Membership
from declaration.models import Request
from tests import factories, hearings
from tests.api import record

pytestmark = pytest.mark.django_db


def make_record(number: int) -> None:
    """One more of every entry of the record, with everything that can be said of it."""
    organ = record.make_organ(str(number))
    document = record.make_document(str(number), organ)
    mandate = record.make_mandate(str(number), organ, document)
    record.make_resolution(str(number), organ, mandate, document)
    record.make_membership()
    record.make_stakeholder(str(number))
    element, basis = record.make_foundations(number, document)
    record.make_founded_draft([element], [basis], document=document)
    asked = Request.objects.get(resolution__symbol=f"A/HRC/RES/90/{number}", position=1)
    hearings.make_all(str(number), document, element, asked, mandate.phases.get())


RECORD_QUERIES = {
    # 1 how many, 2 the bodies
    "organs": 2,
    # 1 how many, 2 the documents with their organs, 3 the language editions
    "documents": 3,
    # 1 how many, 2 the mandates with organ and source, 3 the holders, 4 who appointed them, 5 the holders' sources,
    # 6 the phases, 7 the phases' sources, 8 the resolutions, 9 which documents' texts are here
    "mandates": 9,
    # 1 how many, 2 the resolutions with organ, document, mandate and source, 3 the sponsors, 4 the requests,
    # 5 the mandates and 6 the organs they are addressed to, 7 the requests' sources, 8 the activities that answer, 9 the
    # outcomes that are looked to, 10 what is due, 11 which documents' texts are here
    "resolutions": 11,
    # 1 how many, 2 the requests with resolution, addressees and source, 3 the activities that answer, 4 the outcomes that are
    # looked to, 5 what is due, 6 which documents' texts are here
    "requests": 5,
    # 1 how many, 2 the activities with host State, whole and source, 3 the documents, 4 the requests,
    # 5 the requests' resolutions, 6 the consultations, 7 the parts, 8 the phases, 9 their mandates, 10 which documents' texts
    # are here
    "activities": 9,
    # 1 how many, 2 the consultations with host State, source and questionnaire, 3 the States, 4 the stakeholders, 5 the groups,
    # 6 the documents, 7 the phases, 8 their mandates, 9 the activities, 10 the public notes, 11 which documents' texts are here
    "consultations": 11,
    # 1 how many, 2 the views with consultation, party and source, 3 the elements, 4 the clauses, 5 which documents' texts are here
    "views": 5,
    # 1 how many, 2 the questionnaires with sender, consultation, replies and source, 3 the questions, 4 their elements, 5 which
    # documents' texts are here
    "questionnaires": 5,
    # 1 how many, 2 the answers with question, party and source, 3 the elements, 4 which documents' texts are here
    "answers": 4,
    # 1 how many, 2 the outcomes with host State and source, 3 the documents, 4 the requests, 5 their resolutions, 6 the elements,
    # 7 which documents' texts are here
    "outcomes": 7,
    # 1 how many, 2 the deliverables with what comes before and source, 3 the requests, 4 their resolutions, 5 the documents, 6 what
    # comes after, 7 the drafts, 8 which documents' texts are here
    "deliverables": 8,
    # 1 how many, 2 the States, 3 their memberships, 4 the groups
    "states": 4,
    # 1 how many, 2 the groups, 3 their memberships, 4 the States
    "groups": 4,
    # 1 how many, 2 the stakeholders with their States
    "stakeholders": 2,
    # 1 how many, 2 the elements with their sources, 3 the clauses of published drafts, 4 which documents' texts are here
    "elements": 4,
    # 1 how many, 2 the legal bases with document and source, 3 the clauses of published drafts, 4 which documents'
    # texts are here
    "legal-bases": 4,
    # 1 how many, 2 the declarations with mandate, 3 their published drafts
    "declarations": 3,
    # 1 how many, 2 the drafts with declaration, document and the draft that each supersedes
    "drafts": 2,
}


@pytest.mark.parametrize("listing", RECORD_QUERIES)
def test_record(listing: str, anyone: APIClient, django_assert_num_queries: Any) -> None:
    make_record(1)
    with django_assert_num_queries(RECORD_QUERIES[listing]):
        one = anyone.get(f"/api/v1/{listing}/").json()["count"]
    make_record(2)
    make_record(3)
    with django_assert_num_queries(RECORD_QUERIES[listing]):
        three = anyone.get(f"/api/v1/{listing}/").json()["count"]
    assert one
    assert three == 3 * one


@pytest.mark.parametrize("eids", [1, 3])
def test_clauses(eids: int, anyone: APIClient, django_assert_num_queries: Any) -> None:
    element, basis = record.make_foundations(1, record.make_document("x"))
    clauses = [(f"art_{number}", "article", str(number), "", "A text.") for number in range(1, eids + 1)]
    draft = record.make_founded_draft([element], [basis], clauses=clauses)
    call = factories.make_call(draft)
    for number in range(1, eids + 1):
        factories.make_filed_comment(call, clause=f"art_{number}")
    # 1 the draft, 2 how many, 3 the clauses with their parents, 4 the wordings, 5 the elements, 6 the legal bases,
    # 7 the corrigenda, 8 what they come from, 9 what came of them, 10 which filings are public, 11 the counts of comments
    with django_assert_num_queries(11):
        body = anyone.get(f"/api/v1/drafts/{draft.ordinal}/clauses/").json()
    assert [clause["positions"]["comments"] for clause in body["results"]] == [1] * eids


def make_answered(delegation: Delegation | None = None) -> None:
    """One more call with a published comment on behalf of a group, and its published answer."""
    call = factories.make_call(audience=["member_states", "invited"])
    submission = factories.make_submission(call, delegation, on_behalf_of=factories.make_group())
    call.invited.add(submission.delegation)
    comment = factories.make_comment(submission, operation="replace", proposed_text="Another text.")
    factories.file_submission(submission)
    factories.make_answer(comment, resulting_clause=comment.clause)


def counted(make: Callable[[], Any], client: APIClient, listing: str, queries: int, check: Any) -> None:
    """Assert the number of questions for one row and for three."""
    make()
    with check(queries):
        assert client.get(f"/api/v1/{listing}/").json()["count"] == 1
    make()
    make()
    with check(queries):
        assert client.get(f"/api/v1/{listing}/").json()["count"] == 3


FILING_QUERIES = {
    # 1 how many, 2 the calls with their drafts
    "calls": 2,
    # 1 how many, 2 the submissions with call, draft, party, group and number of comments, 3 and 4 co-sponsors and attachments
    "submissions": 4,
    # 1 how many, 2 the comments with submission, party, clause and answer, 3 the replies, 4 on which drafts they were made,
    # 5 whether there are newer ones (where there are, see test_standing.py)
    "comments": 5,
    # 1 how many, 2 the answers with comment, submission, party and clauses, 3 to 5 as for comments
    "dispositions": 5,
}


@pytest.mark.parametrize("listing", FILING_QUERIES)
def test_filings(listing: str, anyone: APIClient, django_assert_num_queries: Any) -> None:
    counted(make_answered, anyone, listing, FILING_QUERIES[listing], django_assert_num_queries)


STAFF_QUERIES = {
    # Each after two for the token: 1 it with its person, 2 that person's other tokens.
    # 3 how many, 4 the drafts with declaration, document and the draft that each supersedes
    "drafts": 4,
    # 3 how many, 4 the calls with their drafts, 5 the invited with their parties
    "calls": 5,
    # 3 how many, 4 the submissions with call, draft, party, group and number of comments, 5 and 6 co-sponsors and attachments
    "submissions": 6,
    # 3 how many, 4 the comments with submission, party, clause, answer and who decided, 5 on which drafts they were made,
    # 6 whether there are newer ones
    "comments": 6,
}


@pytest.mark.parametrize("listing", STAFF_QUERIES)
def test_staff(listing: str, acting_for: Any, django_assert_num_queries: Any) -> None:
    client = acting_for(factories.make_staff())
    counted(make_answered, client, f"staff/{listing}", STAFF_QUERIES[listing], django_assert_num_queries)


DESK_QUERIES = {
    # Each after two for the token.
    # 3 the delegations, 4 the open calls with their drafts, 5 whom of the delegations they invite,
    # 6 what these have filed
    "calls": 6,
    # 3 how many, 4 the submissions with call, party, group, who submitted and number of comments, 5 their attachments
    "submissions": 5,
}


@pytest.mark.parametrize("listing", DESK_QUERIES)
def test_desk(listing: str, acting_for: Any, django_assert_num_queries: Any) -> None:
    delegation = factories.make_delegation()
    client = acting_for(factories.focal_point(delegation))

    def make() -> None:
        make_answered(delegation)

    counted(make, client, f"desk/{listing}", DESK_QUERIES[listing], django_assert_num_queries)


def test_own_delegations(acting_for: Any, django_assert_num_queries: Any) -> None:
    user = factories.make_user()

    def make() -> None:
        Membership.objects.create(delegation=factories.make_delegation(), user=user, role=Membership.Role.OBSERVER)

    # 1-2 the token, 3 how many, 4 the roles with the parties
    client = acting_for(user)
    counted(make, client, "desk/delegations", 4, django_assert_num_queries)
    # 1-2 the token, 3 the roles with the parties
    with django_assert_num_queries(3):
        assert len(client.get("/api/v1/me/").json()["memberships"]) == 3


def test_own_comments(acting_for: Any, django_assert_num_queries: Any) -> None:
    submission = factories.make_submission()
    client = acting_for(factories.focal_point(submission.delegation))

    def make() -> None:
        factories.make_comment(submission)

    # 1-2 the token, 3 the submission, 4 how many, 5 the comments with clause, answer and who changed them, 6 on which draft
    # they were made, 7 whether there are newer ones
    counted(make, client, f"desk/submissions/{submission.pk}/comments", 7, django_assert_num_queries)
