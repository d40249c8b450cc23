"""The desk asks the database as often for many rows as for one."""

import pytest
from django.urls import reverse

from tests import factories
from tests.desk.pages import add_url, edit_url, page_url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_desk(client, django_assert_num_queries, count):
    person = factories.make_user()
    calls = [factories.make_call(audience=["member_states", "invited"]) for _ in range(count)]
    for _ in range(count):
        delegation = factories.make_delegation()
        delegation.memberships.create(user=person, role="focal_point")
        for call in calls:
            factories.make_comment(factories.make_submission(call, delegation))
    client.force_login(person)
    # Session, user; memberships, calls, those invited, filings, the newest drafts; what others ask to stand behind; the
    # delegations named in the head.
    with django_assert_num_queries(9):
        client.get(reverse("desk"))


@pytest.mark.parametrize("count", [1, 3])
def test_delegation(client, django_assert_num_queries, count):
    delegation = factories.make_delegation()
    for _ in range(count):
        factories.make_member(delegation, "observer")
        call = factories.make_call()
        for _ in range(count):
            factories.make_comment(factories.make_submission(call, delegation))
            factories.file_submission(delegation.submissions.get(call=call, status="draft"))
    client.force_login(factories.focal_point(delegation))
    # As the desk, and the delegation's people.
    with django_assert_num_queries(10):
        client.get(reverse("desk-delegation", args=[delegation.key]))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("is_filed", [False, True])
def test_submission(client, django_assert_num_queries, count, is_filed):
    submission = factories.make_submission()
    for eid in ("art_1__para_1", "art_2", "art_1")[:count]:
        factories.make_comment(submission, eid, operation="delete")
        factories.make_member(submission.delegation, "observer")
    if is_filed:
        factories.file_submission(submission)
        for comment in submission.comments.all():
            factories.make_answer(comment)
    client.force_login(factories.focal_point(submission.delegation))
    # Session, user, the submission; the comments' number, they and their answers, the clauses' wordings; the delegation's
    # people; the role, once for each thing that can be done (clear, write, withdraw); the delegations named in the head.
    # What is missing while it is being written, and what was filed last; whether it can be begun again once it is filed. On
    # which draft the comments were made, and whether there are newer ones. The files; how many comments stand where on
    # their way to being filed, and which are not cleared; the role once more, for notes. For which groups it can speak.
    with django_assert_num_queries(QUERIES_FILED if is_filed else QUERIES_IN_WRITING):
        client.get(page_url(submission))


QUERIES_IN_WRITING = 19
QUERIES_FILED = 14


@pytest.mark.parametrize("count", [1, 3])
def test_what_will_be_filed(client, django_assert_num_queries, count):
    submission = factories.make_submission()
    for eid in ("art_1__para_1", "art_2", "art_1")[:count]:
        factories.make_comment(submission, eid)
    client.force_login(factories.focal_point(submission.delegation))
    # Session, user, the submission; the role; the comments' number, they, the clauses' wordings; what is missing, and
    # what is not cleared; the delegation's people; the delegations named in the head.
    with django_assert_num_queries(11):
        client.get(reverse("desk-submission-submit", args=[submission.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_choice_of_a_clause(client, django_assert_num_queries, count):
    clauses = [(f"art_{number}", "article", str(number), "Heading", "Words.") for number in range(1, count + 1)]
    submission = factories.make_submission(factories.make_call(factories.make_draft(clauses=clauses)))
    for eid, *_rest in clauses:
        factories.make_comment(submission, eid)
    client.force_login(factories.focal_point(submission.delegation))
    # Session, user, the submission; the role; the clauses, their wordings, the comments on each; the head.
    with django_assert_num_queries(8):
        client.get(add_url(submission))


@pytest.mark.parametrize("count", [1, 3])
def test_comment(client, django_assert_num_queries, count):
    submission = factories.make_submission()
    comments = [factories.make_comment(submission) for _ in range(count)]
    client.force_login(factories.focal_point(submission.delegation))
    # Session, user, the submission; the role; the comment; the clauses, the wordings of the one and of those it stands
    # in, the choice of clauses; the head.
    with django_assert_num_queries(9):
        client.get(edit_url(comments[0]))
    # In place of the comment, whether there is such a clause, and the comments that are on it already.
    with django_assert_num_queries(10):
        client.get(add_url(submission, clause="art_1__para_1"))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("extension", "queries"), [("docx", 5), ("txt", 5), ("json", 5)])
def test_download(client, django_assert_num_queries, count, extension, queries):
    submission = factories.make_submission()
    for eid in ("art_1__para_1", "art_2", "art_1")[:count]:
        factories.make_comment(submission, eid)
    client.force_login(factories.focal_point(submission.delegation))
    # Session, user, the submission; the comments; for people the clauses' wordings too, for programs the files.
    with django_assert_num_queries(queries):
        client.get(reverse("desk-submission-download", args=[submission.pk, extension]))


@pytest.mark.parametrize("count", [1, 3])
def test_tokens(client, django_assert_num_queries, count):
    user = factories.make_user()
    client.force_login(user)
    for _ in range(count):
        client.post(reverse("desk-tokens"), {"days": 30})
    # Session, user; the tokens; the head.
    with django_assert_num_queries(4):
        client.get(reverse("desk-tokens"))
