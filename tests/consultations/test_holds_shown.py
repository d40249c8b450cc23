"""What is held leaves a trace that everyone reads, on pages and in the API; staff hold and lift on theirs."""

import datetime as dt
import itertools

import pytest
from django.test import Client

from consultations import services
from consultations.models import Hold
from declaration.languages import TEXT_LANGUAGES
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "What this organization wrote of somebody"
REASON = "It names a person who did not agree to it."


def comment_of_stakeholder(call=None, **fields):
    delegation = factories.make_delegation(factories.make_stakeholder())
    return factories.make_filed_comment(call, delegation, **{"rationale": WORDS} | fields)


def hold(**on):
    return services.hold(user=factories.make_staff(), reason=REASON, language="en", **on)


@pytest.mark.parametrize("whole", [True, False])
def test_the_words_are_nowhere_and_the_reason_is_where_they_stood(client: Client, whole: bool) -> None:
    comment = comment_of_stakeholder()
    factories.make_answer(comment, reason="As to " + WORDS)
    filing, draft = comment.submission, comment.submission.call.draft.ordinal
    placed = hold(submission=filing) if whole else hold(comment=comment)
    slug = filing.delegation.stakeholder.slug
    paths = [
        f"calls/{filing.call_id}/",
        f"submissions/{filing.pk}/",
        f"stakeholders/{slug}/",
        f"drafts/{draft}/clauses/art_1__para_1/",
        "comments/",
        "dispositions/",
        f"drafts/{draft}/positions/",
        f"drafts/{draft}/clauses/art_1__para_1/positions/",
    ]
    for path, before in itertools.product(paths, ("/en/", "/api/v1/")):
        response = client.get(before + path)
        assert response.status_code in {200, 404}, path
        assert WORDS not in response.content.decode(), path
    for path in (paths[0], paths[1], "holds/"):
        page = client.get(f"/en/{path}").content.decode()
        assert REASON in page, path
        assert str(filing.delegation.party.name) in page, path
    [told] = client.get("/api/v1/holds/").json()["results"]
    assert (told["reason"], told["submission"], told["lifted_at"]) == (REASON, filing.pk, None)
    assert told["comment"] == (None if whole else comment.pk)
    services.lift_hold(hold=placed, user=factories.make_staff())
    assert WORDS in client.get(f"/en/submissions/{filing.pk}/").content.decode()
    assert REASON in client.get("/en/holds/").content.decode()
    assert client.get(f"/api/v1/holds/{placed.pk}/").json()["lifted_at"]


def test_who_did_not_wish_to_be_named_is_not_named_by_a_hold(client: Client) -> None:
    delegation = factories.make_delegation(factories.make_stakeholder())
    submission = factories.make_submission(delegation=delegation, consents_to_attribution=False)
    factories.make_comment(submission)
    factories.file_submission(submission)
    placed = hold(submission=submission)
    for page in ("/en/holds/", f"/en/submissions/{submission.pk}/", f"/en/calls/{submission.call_id}/"):
        assert str(delegation.party.name) not in client.get(page).content.decode()
    assert client.get(f"/api/v1/holds/{placed.pk}/").json()["party"] is None


def test_what_is_not_to_be_published_leaves_no_trace(client: Client) -> None:
    delegation = factories.make_delegation(factories.make_stakeholder())
    submission = factories.make_submission(delegation=delegation, consents_to_publication=False)
    factories.make_comment(submission)
    factories.file_submission(submission)
    hold(submission=submission)
    assert client.get("/api/v1/holds/").json()["count"] == 0
    assert client.get(f"/en/submissions/{submission.pk}/").status_code == 404


def test_staff_hold_and_lift_on_their_pages(client: Client) -> None:
    comment = comment_of_stakeholder()
    client.force_login(factories.make_staff())
    assert f"/staff/submissions/{comment.submission_id}/hold/" in client.get("/en/staff/holds/").content.decode()
    assert f"/staff/comments/{comment.pk}/hold/" in client.get("/en/staff/comments/").content.decode()
    page = f"/en/staff/comments/{comment.pk}/hold/"
    assert WORDS in client.get(page).content.decode()
    assert client.post(page, {"reason": "", "language": "en"}).status_code in {400, 422}
    assert client.post(page, {"reason": REASON, "language": "en"}).status_code == 302
    placed = Hold.objects.get()
    assert (placed.comment, placed.reason) == (comment, REASON)
    assert client.post(page, {"reason": REASON, "language": "en"}).status_code == 409
    assert client.get(f"/en/staff/holds/{placed.pk}/lift/").status_code == 200
    assert Hold.objects.active().exists()
    assert client.post(f"/en/staff/holds/{placed.pk}/lift/").status_code == 302
    assert not Hold.objects.active().exists()


def test_staff_hold_and_lift_in_the_api(client: Client) -> None:
    comment = comment_of_stakeholder()
    state = factories.make_filed_comment()
    client.force_login(factories.make_staff())
    sent = {"data": {"reason": REASON, "language": "en"}, "content_type": "application/json"}
    made = client.post(f"/api/v1/staff/submissions/{comment.submission_id}/hold/", **sent)
    assert made.status_code == 201, made.content
    refused = client.post(f"/api/v1/staff/comments/{state.pk}/hold/", **sent)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "not_holdable")
    [listed] = client.get("/api/v1/staff/holds/").json()["results"]
    assert listed["id"] == made.json()["id"]
    lifted = client.post(f"/api/v1/staff/holds/{listed['id']}/lift/")
    assert lifted.json()["lifted_at"]


def test_what_a_call_holds_by_itself_says_why_in_the_readers_language(client: Client) -> None:
    comment_of_stakeholder(factories.make_call(holds_stakeholders=True))
    assert "published once staff have looked at it" in client.get("/en/holds/").content.decode()
    for code in ("ar", "zh-hans"):
        assert client.get(f"/{code}/holds/").status_code == 200
    assert client.get("/api/v1/holds/").json()["results"][0]["language"] in TEXT_LANGUAGES


def test_the_same_words_of_several_stakeholders_are_listed_on_the_page_of_the_call(client: Client) -> None:
    call = factories.make_call(closes_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    for _ in range(2):
        comment_of_stakeholder(call)
    page = client.get(f"/en/calls/{call.pk}/").content.decode()
    assert "filed by 2 stakeholders" in page
    assert page.count(WORDS) == 1


def test_lists_ask_as_many_questions_for_three_holds_as_for_one(client: Client, django_assert_max_num_queries) -> None:
    call = factories.make_call()
    hold(submission=comment_of_stakeholder(call).submission)
    hold(comment=comment_of_stakeholder(call, rationale="Words of the first."))
    staff = Client()
    staff.force_login(factories.make_staff())
    pages = [
        (client, "/en/holds/"),
        (client, "/api/v1/holds/"),
        (client, f"/en/calls/{call.pk}/"),
        (staff, "/en/staff/holds/"),
        (staff, "/api/v1/staff/holds/"),
    ]
    asked = []
    for reader, page in pages:
        reader.get(page)
        with django_assert_max_num_queries(30) as counted:
            assert reader.get(page).status_code == 200
        asked.append(len(counted))
    hold(comment=comment_of_stakeholder(call, rationale="Other words."))
    hold(comment=comment_of_stakeholder(call, rationale="Further words."))
    hold(submission=comment_of_stakeholder(call, rationale="Still others.").submission)
    for (reader, page), number in zip(pages, asked, strict=True):
        with django_assert_max_num_queries(number):
            reader.get(page)


def test_the_desk_tells_what_is_held_of_ones_own_filing_and_keeps_the_words(client: Client) -> None:
    comment = comment_of_stakeholder()
    hold(comment=comment)
    client.force_login(factories.focal_point(comment.submission.delegation))
    page = client.get(f"/en/desk/submissions/{comment.submission_id}/").content.decode()
    assert REASON in page
    assert WORDS in page
