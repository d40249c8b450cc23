"""The pages of calls, filings, answers and of those who filed: who is named, what is counted, and until when one may file."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from consultations import services
from consultations.models import Call
from declaration.models import GroupMembership
from tests import factories
from tests.pages.world import file_comment, words

UNNAMED = "A delegation that did not wish to be named"


def test_author_who_agreed_is_named_and_linked(world, client):
    for path in ("drafts/1/clauses/art_1__para_1/", "comments/", f"submissions/{world.submission.pk}/"):
        page = client.get(f"/en/{path}").text
        assert '<a href="/en/states/XAA/">' in page, path
    assert "invented" in words(client.get("/en/drafts/1/clauses/art_1__para_1/"))


def test_author_who_did_not_agree_is_named_nowhere(world, client):
    submission = world.unnamed_comment.submission
    for path in world.paths:
        if path == "states/":  # lists every State, whether it filed or not
            continue
        page = client.get(f"/en/{path}").text
        assert "Unnamedland" not in page, path
        assert "/states/XZZ/" not in page, path
    for path in (f"submissions/{submission.pk}/", "drafts/1/clauses/art_1__para_1/", f"calls/{world.call.pk}/"):
        assert UNNAMED in client.get(f"/en/{path}").text, path
    assert f"<h1>{UNNAMED}</h1>" in client.get(f"/en/submissions/{submission.pk}/").text


def test_page_of_an_author_has_only_what_it_filed_under_its_name(world, client):
    assert "Words without a name." in client.get("/en/comments/").text
    unnamed = client.get("/en/states/XZZ/").text
    assert "Unnamedland" in unnamed
    assert "Words without a name." not in unnamed
    assert "No public submission under this name." in unnamed
    for query in ("party=XZZ", "party_kind=state&party=XZZ"):
        assert "Words without a name." not in client.get(f"/en/comments/?{query}").text
    named = client.get("/en/states/XAA/").text
    assert "It is right." in named
    assert f'href="/en/submissions/{world.submission.pk}/"' in named


def test_group_spoken_for_by_an_unnamed_author_is_not_named(db, client):
    group = factories.make_group("group-of-two", name={"en": "Group of Two"})
    call = factories.make_call(factories.make_draft(ordinal=1))
    file_comment(call, "Words for a group.", consents_to_attribution=False, on_behalf_of=group)
    assert "Group of Two" not in client.get("/en/drafts/1/clauses/art_1__para_1/").text
    assert "Words for a group." not in client.get("/en/groups/group-of-two/").text
    file_comment(call, "Named words for a group.", on_behalf_of=group)
    assert "on behalf of Group of Two" in words(client.get("/en/drafts/1/clauses/art_1__para_1/"))
    assert "Named words for a group." in client.get("/en/groups/group-of-two/").text


def test_sealed_filing_changes_no_page(world, client):
    late, later = factories.make_state("XBB"), factories.make_state("XCC")
    before = {path: client.get(f"/en/{path}").text for path in world.paths}
    file_comment(world.sealed, "SecretSealed too", state=late)
    withdrawn = file_comment(world.sealed, "SecretSealed and withdrawn", state=later).submission
    services.withdraw_submission(submission=withdrawn, user=factories.focal_point(withdrawn.delegation))
    assert [path for path in world.paths if client.get(f"/en/{path}").text != before[path]] == []


def test_sealed_filings_are_published_together_once_the_call_has_closed(world, client):
    Call.objects.filter(pk=world.sealed.pk).update(closes_at=timezone.now())
    assert "SecretSealed" in client.get("/en/comments/").text
    assert "SecretSealed" in client.get("/en/drafts/1/clauses/art_1__para_1/").text


def test_call_says_who_may_answer_until_when_and_by_what_rule(db, client):
    now = timezone.now()
    call = factories.make_call(
        opens_at=now - dt.timedelta(days=1),
        closes_at=dt.datetime(2099, 7, 1, 16, 0, tzinfo=dt.UTC),
        audience=["member_states", "stakeholders"],
    )
    page = words(client.get(f"/en/calls/{call.pk}/"))
    assert "Call for comments open" in page
    assert "Who may answer member States and stakeholders" in page
    assert "Closes 1 July 2099, 18:00 (GMT+2), Geneva time" in page
    assert "Late submissions not taken" in page
    assert "Submissions are published as they come in, where the delegation agreed." in page


def test_deadline_is_also_said_by_the_readers_clock(db, client):
    call = factories.make_call(closes_at=dt.datetime(2099, 7, 1, 16, 0, tzinfo=dt.UTC), time_zone="Africa/Nairobi")
    page = words(client.get(f"/en/calls/{call.pk}/"))
    assert "1 July 2099, 19:00 (GMT+3), Nairobi time (in Geneva: 1 July 2099, 18:00 (GMT+2))" in page
    assert 'data-local-time="2099-07-01T19:00:00+03:00"' in client.get(f"/en/calls/{call.pk}/").text
    client.force_login(factories.make_user(time_zone="Asia/Tokyo"))
    page = words(client.get(f"/en/calls/{call.pk}/"))
    assert "(your time: 2 July 2099, 01:00 (GMT+9))" in page


def test_deadline_in_a_zone_that_is_none_is_said_in_genevas_time(db, client):
    call = factories.make_call(closes_at=dt.datetime(2099, 7, 1, 16, 0, tzinfo=dt.UTC), time_zone="Nowhere/Land")
    assert "1 July 2099, 18:00 (GMT+2), Geneva time" in words(client.get(f"/en/calls/{call.pk}/"))


def test_calls_stand_under_what_they_are_now(db, client):
    now = timezone.now()
    day = dt.timedelta(days=1)
    factories.make_call(title={"en": "Open call"})
    factories.make_call(title={"en": "Later call"}, opens_at=now + 9 * day, closes_at=now + 10 * day)
    factories.make_call(title={"en": "Next call"}, opens_at=now + day, closes_at=now + 2 * day)
    factories.make_call(title={"en": "Past call"}, opens_at=now - 2 * day, closes_at=now - day)
    page = client.get("/en/calls/").text
    headings = re.findall(r"<h[23][^>]*>(?:<a[^>]*>)?([^<]+)", page[page.index("<h1") :])
    assert headings[:7] == ["Open now", "Open call", "To come", "Next call", "Later call", "Closed", "Past call"]


def test_sealed_call_says_why_nothing_is_shown(world, client):
    page = words(client.get(f"/en/calls/{world.sealed.pk}/"))
    assert "They are published together once the call has closed." in page


def test_submission_prints_its_general_comment_and_its_comments_in_order(db, client):
    submission = factories.make_submission(general_comment="We thank the drafters.")
    factories.make_comment(submission, "art_2", rationale="words-1")
    factories.make_comment(submission, None, rationale="words-2")
    factories.file_submission(submission)
    page = client.get(f"/en/submissions/{submission.pk}/").text
    assert "We thank the drafters." in page
    assert re.findall(r"words-\d", page) == ["words-1", "words-2"]


def test_late_submission_is_marked(db, client):
    call = factories.make_call(takes_late=True, closes_at=timezone.now() - dt.timedelta(hours=1))
    submission = factories.make_submission(call, general_comment="Late words.")
    factories.file_submission(submission, at=timezone.now())
    for path in (f"calls/{call.pk}/", f"submissions/{submission.pk}/"):
        assert 'class="tag tag--late"' in client.get(f"/en/{path}").text, path


def test_comments_stand_in_the_order_of_the_text(db, client):
    call = factories.make_call()
    for clause, text in (("art_2", "words-3"), (None, "words-1"), ("art_1__para_1", "words-2")):
        factories.make_filed_comment(call, clause=clause, rationale=text)
    page = client.get("/en/comments/").text
    assert re.findall(r"words-\d", page) == ["words-1", "words-2", "words-3"]
    assert f'<a href="/en/drafts/{call.draft.ordinal}/">The whole text</a>' in page


@pytest.mark.parametrize(
    "path", ["comments/?draft=abc", "comments/?position=none-such", "dispositions/?decision=maybe"]
)
def test_filter_that_cannot_be_read_is_named(world, client, path):
    page = client.get(f"/en/{path}")
    assert page.status_code == 200
    assert "field--error" in page.text


def test_answers_are_counted_and_narrowed_by_decision(world, client):
    page = words(client.get("/en/dispositions/"))
    assert "accepted 1 accepted in part 0 not accepted 0" in page
    assert "It makes the text clearer." in page
    assert "Waiting for an answer." not in page
    assert "public comments without an answer 3" in page
    assert "It makes the text clearer." not in client.get("/en/dispositions/?decision=deferred").text


def test_state_page_prints_names_codes_and_groups(world, client):
    group = factories.make_group("past", name={"en": "Past Group"})
    GroupMembership.objects.create(
        group=group, state=world.state, joined_on=dt.date(1998, 1, 1), left_on=dt.date(2004, 5, 1)
    )
    page = words(client.get("/en/states/XAA/"))
    assert "This State was invented to show how the site works." in page
    assert "Code XAA English Avalonia العربية أفالونيا" in page
    assert "Past Group (from 1 January 1998 to 1 May 2004)" in page
    assert "Former members Avalonia (from 1 January 1998 to 1 May 2004)" in words(client.get("/en/groups/past/"))
