"""A whole call of forty delegations: its figures equal those computed here from the rows themselves."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.urls import reverse

from consultations import services
from consultations.models import Comment, Disposition, Submission
from consultations.positions import count_states, read_positions
from consultations.receipts.checking import check_chains
from consultations.report import count_report, find_comments
from declaration.errors import Refused
from declaration.models import State
from tests import factories
from tests.consultations.whole_call import WholeCall, members_at
from tests.dossier import taken_back

WEIGHT = ["opposes", "reserves", "supports_with_amendment", "asks_for_clarification", "supports"]

pytestmark = pytest.mark.django_db


def rows(sql, *arguments):
    """Rows as the database has them, past every model and queryset: each a dictionary by the columns' names."""
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker):
    with taken_back(django_db_blocker):
        whole = WholeCall()
        whole.open()
        whole.file_all()
        yield whole


def filings(whole):
    return rows(
        """
        SELECT s.id, s.status, s.is_late, s.consents_to_publication, s.consents_to_attribution, s.group_members,
               s.on_behalf_of_id, s.supersedes_id, d.state_id, d.group_id, d.stakeholder_id, state.alpha3
        FROM consultations_submission s JOIN consultations_delegation d ON d.id = s.delegation_id
        LEFT JOIN declaration_state state ON state.id = d.state_id WHERE s.call_id = %s
        """,
        whole.call.pk,
    )


def comments(whole):
    return rows(
        """
        SELECT c.id, c.submission_id, c.clause_id, c.position FROM consultations_comment c
        JOIN consultations_submission s ON s.id = c.submission_id WHERE s.call_id = %s
        """,
        whole.call.pk,
    )


def test_forty_delegations_file_as_the_rows_say(whole):
    assert len(whole.delegations) == 40
    found = filings(whole)
    assert Counter(each["status"] for each in found) == {"submitted": 37, "superseded": 1, "withdrawn": 1}
    assert [each["is_late"] for each in found].count(True) == 1
    assert next(each for each in found if each["is_late"])["state_id"] == whole.late.state_id
    superseded = next(each for each in found if each["status"] == "superseded")
    assert [each["supersedes_id"] for each in found if each["supersedes_id"]] == [superseded["id"]]
    # Each group as it was on the day of filing: who had left is not among them, nor who joined later.
    day = whole.opens_at.date() + dt.timedelta(days=5)
    spoken = {each["on_behalf_of_id"]: set(each["group_members"]) for each in found if each["on_behalf_of_id"]}
    assert spoken == {group.pk: members_at(group, day) for group in whole.groups}
    first = spoken[whole.groups[0].pk]
    assert whole.left.alpha3 not in first
    assert whole.joined_later.alpha3 not in first
    sponsors = rows("SELECT status, count(*) AS n FROM consultations_cosponsor GROUP BY status")
    assert {each["status"]: each["n"] for each in sponsors} == {"joined": 2, "left": 1, "declined": 1}


def test_nothing_is_known_before_the_release_and_all_of_it_after(whole, client):
    call, before = whole.call, whole.closes_at - dt.timedelta(seconds=1)
    for readable in (Submission.objects.public, Submission.objects.filed_for_staff, Comment.objects.filed_for_staff):
        assert not readable(at=before).exists()
    for reader in (whole.staff[0], factories.focal_point(whole.of_states[7])):
        seen = Submission.objects.visible_to(reader, at=before)
        assert {each.delegation.state_id for each in seen} <= {whole.of_states[7].state_id}
    standing = [each for each in filings(whole) if each["status"] == "submitted"]
    public = [each["id"] for each in standing if each["consents_to_publication"]]
    assert len(public) == len(standing) - 1
    assert set(Submission.objects.public().values_list("pk", flat=True)) == set(public)
    assert client.get(reverse("call-detail", args=[call.pk])).status_code == 200


def test_every_filing_has_its_receipt_in_the_chain(whole):
    filed = len(filings(whole))
    links = rows("SELECT position, submission_id FROM consultations_receipt WHERE call_id = %s", whole.call.pk)
    assert sorted(each["position"] for each in links) == list(range(1, filed + 1))
    assert len({each["submission_id"] for each in links}) == filed
    assert [(report.length, report.bad) for report in check_chains() if report.call == whole.call.pk] == [(filed, None)]


def speakers_of(filing, joined, codes):
    """Who holds what a filing says as its own, and who as its group's: ids of States."""
    own = {each["state_id"] for each in joined if each["submission_id"] == filing["id"]}
    if filing["state_id"] and not filing["on_behalf_of_id"]:
        own.add(filing["state_id"])
    return own, {codes[code] for code in filing["group_members"]}


def positions_held(whole):
    """What each State holds of each clause by all that is public and attributed: by their own, and by their groups."""
    codes = {state.alpha3: state.pk for state in State.objects.all()}
    joined = rows(
        """
        SELECT co.submission_id, d.state_id FROM consultations_cosponsor co
        JOIN consultations_delegation d ON d.id = co.delegation_id WHERE co.status = 'joined'
        """
    )
    needed = {"status": "submitted", "consents_to_publication": True, "consents_to_attribution": True}
    found = {each["id"]: each for each in filings(whole) if needed.items() <= each.items()}
    own: dict[tuple[int, int], list[str]] = {}
    groups: dict[tuple[int, int], list[str]] = {}
    for comment in comments(whole):
        if comment["submission_id"] in found:
            mine, ours = speakers_of(found[comment["submission_id"]], joined, codes)
            for held, states in ((own, mine), (groups, ours)):
                for state in states:
                    held.setdefault((comment["clause_id"], state), []).append(comment["position"])
    return own, groups


def test_states_are_counted_once_with_their_own_position_or_their_groups(whole):
    own, groups = positions_held(whole)
    expected = {
        key: (min(own.get(key) or groups[key], key=WEIGHT.index), key in own) for key in own.keys() | groups.keys()
    }
    read = read_positions(whole.draft).states
    found = {
        (clause, state): (str(position.code), position.is_own)
        for clause, held in read.items()
        for state, position in held.items()
    }
    assert found == expected
    assert {is_own for _code, is_own in expected.values()} == {True, False}
    for clause, held in read.items():
        of_clause = [value for key, value in expected.items() if key[0] == clause]
        for count in count_states(held):
            assert count.own == of_clause.count((count.code, True))
            assert count.group == of_clause.count((count.code, False))
        assert sum(count.count for count in count_states(held)) == len({key[1] for key in expected if key[0] == clause})


@pytest.fixture
def answered(whole):
    whole.answer()
    whole.reply()
    return whole


def test_the_report_counts_what_the_rows_say(answered):
    standing = {
        each["id"] for each in filings(answered) if each["status"] == "submitted" and each["consents_to_publication"]
    }
    public = {each["id"] for each in comments(answered) if each["submission_id"] in standing}
    answers = rows("SELECT id, comment_id, decision, published_at, revision FROM consultations_disposition")
    published = [each for each in answers if each["comment_id"] in public and each["published_at"]]
    replies = {
        each["disposition_id"]: each["verdict"]
        for each in rows("SELECT disposition_id, verdict, to_revision FROM consultations_reply")
        if any(each["disposition_id"] == a["id"] and each["to_revision"] == a["revision"] for a in published)
    }
    figures = count_report(find_comments(answered.call))
    assert figures.comments == len(public)
    assert {k: n for k, n in figures.decisions.items() if n} == Counter(each["decision"] for each in published)
    assert figures.unanswered == len(public) - len(published)
    assert {k: n for k, n in figures.replies.items() if n} == Counter(replies.values())
    assert figures.unanswered > 0
    assert set(replies.values()) == {"satisfied", "maintains"}
    reviewed = Disposition.objects.published().filter(comment__submission__call=answered.call)
    assert not reviewed.filter(reviewed_by=None).exists()


def test_what_is_unreviewed_is_not_published_in_such_a_call(whole):
    comment = Comment.objects.filed_for_staff().filter(submission__call=whole.call)[0]
    answer = services.answer_comment(comment=comment, user=whole.staff[0], decision="noted", reason="Seen.")
    with pytest.raises(Refused) as refused:
        services.publish_dispositions(dispositions=[answer], user=whole.staff[1])
    assert refused.value.code == "review_missing"
