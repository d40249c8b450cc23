"""The report on the answers in a call: what stands in it, for whom, what is counted, and that it harms no spreadsheet."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consultations import services
from consultations.exporters.report import COLUMNS, neutralise
from consultations.models import Call, Disposition
from consultations.report import count_report, find_comments
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


def reply(answer: Disposition, verdict: str, reason: str = "Because.") -> None:
    user = factories.focal_point(answer.comment.submission.delegation)
    services.reply(disposition=answer, user=user, verdict=verdict, reason=reason)


@pytest.fixture
def call() -> Call:
    """A call with a comment answered and replied to, one answered and not published, and one not answered."""
    call = factories.make_call()
    state = factories.make_delegation(factories.make_state("XAB"))
    first = factories.make_filed_comment(
        call, state, clause="art_2", operation="replace", proposed_text="States help one another.", rationale="Shorter."
    )
    answer = factories.make_answer(
        first, reason="Taken over.", resulting_clause=call.draft.clauses.get(eid="art_1__para_1")
    )
    reply(answer, "maintains", "It came into another article.")
    factories.make_answer(factories.make_filed_comment(call), published=False, reason="HIDDEN ANSWER")
    factories.make_filed_comment(call, rationale="Unanswered words.")
    return call


def read_table(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def sign_in(client):
    client.force_login(factories.make_staff())
    return client


def test_public_report_tells_answer_result_and_reply_and_counts_what_is_open(client, call):
    page = client.get(f"/en/calls/{call.pk}/report/").content.decode()
    for words in (
        "Taken over.",
        "It came into another article.",
        "maintains it",
        "Not answered yet.",
        "Unanswered words.",
    ):
        assert words in page
    assert "HIDDEN ANSWER" not in page
    figures = count_report(find_comments(call))
    assert (figures.comments, figures.answered, figures.unanswered, figures.unpublished) == (3, 1, 2, 0)
    assert (figures.decisions["accepted"], figures.replies) == (1, {"satisfied": 0, "maintains": 1})
    assert figures.without_reply == 0


def test_staff_report_has_what_is_not_published(client, call):
    page = sign_in(client).get(f"/en/staff/calls/{call.pk}/report/").content.decode()
    assert "HIDDEN ANSWER" in page
    figures = count_report(find_comments(call, for_staff=True), for_staff=True)
    assert (figures.comments, figures.answered, figures.unanswered, figures.unpublished) == (3, 1, 1, 1)


def test_data_say_the_same_as_the_page(client, call):
    found = client.get(f"/api/v1/calls/{call.pk}/report/").json()
    assert found["figures"] == {
        "comments": 3,
        "answered": 1,
        "decisions": {"accepted": 1, "accepted_in_part": 0, "not_accepted": 0, "noted": 0, "deferred": 0},
        "unanswered": 2,
        "unpublished": 0,
        "replies": {"satisfied": 0, "maintains": 1},
        "without_reply": 0,
    }
    answered = found["results"][-1]
    assert answered["party"]["key"] == "XAB"
    assert {each["op"] for each in answered["redline"]} >= {"delete", "insert"}
    assert answered["became"]["clause"]["eid"] == "art_1__para_1"
    assert "".join(each["text"] for each in answered["became"]["redline"] if each["op"] != "delete") == (
        "Everyone has the right to solidarity."
    )
    assert (answered["reply"]["verdict"], answered["earlier_replies"]) == ("maintains", [])
    assert answered["standing"] is None
    assert [each["answer"] for each in found["results"][:-1]] == [None, None]
    assert "HIDDEN" not in str(found)
    mine = sign_in(client).get(f"/api/v1/staff/calls/{call.pk}/report/").json()
    assert mine["figures"]["unpublished"] == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"decision": "accepted"}, 1),
        ({"decision": "none"}, 2),
        ({"reply": "maintains"}, 1),
        ({"reply": "satisfied"}, 0),
        ({"reply": "none"}, 0),
        ({"within": "art_1"}, 2),
        ({"party": "XAB"}, 1),
        ({"by": "delegation"}, 3),
    ],
)
def test_report_is_narrowed_alike_everywhere(client, call, query, count):
    assert client.get(f"/api/v1/calls/{call.pk}/report/", query).json()["count"] == count
    assert len(read_table(client.get(f"/en/calls/{call.pk}/report.csv", query))) == count


def test_reply_to_an_answer_that_was_taken_back_is_kept_as_such(client, call):
    answer = Disposition.objects.get(published_at__isnull=False)
    staff = answer.decided_by
    services.retract_dispositions(dispositions=[answer], user=staff)
    assert "It came into another article." not in client.get(f"/en/calls/{call.pk}/report/").content.decode()
    services.publish_dispositions(dispositions=[answer], user=staff)
    page = client.get(f"/en/calls/{call.pk}/report/").content.decode()
    assert "Reply to an earlier answer" in page
    assert count_report(find_comments(call)).replies == {"satisfied": 0, "maintains": 0}


def test_page_by_clause_names_who_agreed_to_be_named_and_nobody_else(client):
    call = factories.make_call()
    factories.make_filed_comment(call, factories.make_delegation(factories.make_state("XAA", name={"en": "Avalonia"})))
    unnamed = factories.make_delegation(factories.make_state("XAB", name={"en": "Borduria"}))
    submission = factories.make_submission(call, unnamed, consents_to_attribution=False)
    factories.make_comment(submission)
    factories.file_submission(submission)
    page = client.get(f"/en/calls/{call.pk}/report/").content.decode()
    assert page.count("A delegation that did not wish to be named") == 1
    assert "Avalonia" in page
    assert "Borduria" not in page


def test_who_did_not_wish_to_be_named_is_not_found_and_stands_last(client):
    call = factories.make_call()
    secret = factories.make_delegation(factories.make_state("XAA", name={"en": "Aardland"}))
    submission = factories.make_submission(call, secret, consents_to_attribution=False)
    factories.make_comment(submission, rationale="By nobody.")
    factories.file_submission(submission)
    factories.make_filed_comment(call, factories.make_delegation(factories.make_state("XZZ")), rationale="By Zed.")
    url = f"/en/calls/{call.pk}/report/"
    page = client.get(url, {"by": "delegation"}).content.decode()
    assert page.index("By Zed.") < page.index("By nobody.")
    assert "Aardland" not in page
    assert client.get(f"/api/v1/calls/{call.pk}/report/", {"party": "XAA"}).json()["count"] == 0
    rows = read_table(client.get(f"/en/calls/{call.pk}/report.csv"))
    assert {row["by"] for row in rows} == {"", "State XZZ"}
    page = sign_in(client).get(f"/en/staff/calls/{call.pk}/report/", {"by": "delegation"}).content.decode()
    assert page.index("By nobody.") < page.index("By Zed.")


def test_nothing_sealed_is_in_any_report(client):
    call = factories.make_call(publication_rule="together_after_closing")
    reports = ["/en/calls/%d/report/", "/en/calls/%d/report.csv", "/api/v1/calls/%d/report/"]
    reports += ["/en/staff/calls/%d/report/", "/en/staff/calls/%d/report.csv", "/api/v1/staff/calls/%d/report/"]
    sign_in(client)

    def read() -> list[str]:
        # The form's token is new each time.
        pages = (b"".join(client.get(report % call.pk)).decode() for report in reports)
        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]

    before = read()
    factories.make_filed_comment(call, rationale="SECRET")
    assert read() == before


def test_table_in_another_language_is_written_in_it_to_the_end(client, call):
    with translation.override("en"):
        names = [str(name) for name, _read in COLUMNS]
    rows = read_table(client.get(f"/en/calls/{call.pk}/report.csv"))
    assert list(rows[0]) == names
    answered = next(row for row in rows if row["reply"])
    assert answered["answer"] == "accepted"
    assert "[-" in answered["change, with [-deleted-] and {+inserted+} words"]
    response = client.get(f"/ar/calls/{call.pk}/report.csv")
    translation.activate("en")
    assert "مقبول" in b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://example.org")'])
def test_no_cell_is_a_formula(client, text):
    assert neutralise(text) == f"'{text}"
    comment = factories.make_filed_comment(rationale=f"{text.strip()} and words")
    (row,) = read_table(client.get(f"/en/calls/{comment.submission.call_id}/report.csv"))
    assert row["reasons"].startswith("'") == (text.strip()[0] in "=+-@＝")


def test_words_that_are_no_formula_stay_as_they_are():
    assert [neutralise(text) for text in ("", "a=1", "[-old-]{+new+}", "١")] == ["", "a=1", "[-old-]{+new+}", "١"]


@pytest.mark.parametrize("address", ["/en/calls/{}/report/", "/en/calls/{}/report.csv", "/api/v1/calls/{}/report/"])
def test_call_in_preparation_has_no_public_report(client, address):
    assert client.get(address.format(factories.make_call(opened=False).pk)).status_code == 404


@pytest.mark.parametrize("address", ["/en/calls/{}/report/?by=delegation", "/api/v1/calls/{}/report/"])
def test_report_takes_the_same_questions_however_long_it_is(client, call, address):
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as taken:
            client.get(address.format(call.pk))
        counts.append(len(taken))
        for _number in range(2):
            reply(factories.make_answer(factories.make_filed_comment(call)), "satisfied")
    assert counts[0] == counts[1]


def test_report_tells_where_comments_stand_on_the_newest_draft(client, call):
    clause = ("art_2", "article", "2", "Duties", "States cooperate and report.")
    newer = factories.make_next_draft(call.draft, [clause], [("art_2", "art_2", "amended")])
    said = "The words of the clause have changed."
    assert said in client.get(f"/en/calls/{call.pk}/report/").content.decode()
    entry = client.get(f"/api/v1/calls/{call.pk}/report/?party=XAB").json()["results"][0]
    assert (entry["standing"]["draft"], entry["standing"]["kind"]) == (newer.ordinal, "text_changed")
    row = read_table(client.get(f"/en/calls/{call.pk}/report.csv?party=XAB"))[0]
    assert said in row["where the comment stands now"]


@pytest.mark.parametrize("address", ["/en/dispositions/", "/en/comments/"])
def test_replies_stand_beside_the_answers_and_cost_one_question(client, call, address):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        assert "It came into another article." in page
        assert "maintains it" in page
        return sum('FROM "consultations_reply"' in query["sql"] for query in queries)

    assert asked() == 1
    for _number in range(2):
        answer = factories.make_answer(factories.make_filed_comment(call))
        reply(answer, "satisfied")
        services.retract_dispositions(dispositions=[answer], user=answer.decided_by)
        answer.refresh_from_db()
        services.publish_dispositions(dispositions=[answer], user=answer.decided_by)
    assert asked() == 1
    assert "Reply to an earlier answer" in client.get(address).content.decode()
