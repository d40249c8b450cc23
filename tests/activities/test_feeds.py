"""What is new, as Atom: what is in it, since when, and that nothing is in it before everybody may read it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from activities.feeds import news
from activities.models import Activity
from consultations import services
from consultations.models import Call
from tests import factories, hearings
from tests.api import record

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
DAY = dt.timedelta(days=1)


def read(client, name, *args, language="en"):
    """Return the feed."""
    response = client.get(reverse(name, args=args).replace("/en/", f"/{language}/", 1))
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return etree.fromstring(response.content)


def titles(feed):
    return feed.xpath("a:entry/a:title/text()", namespaces=ATOM)


def keys(feed):
    return [each.rpartition(":")[2] for each in feed.xpath("a:entry/a:id/text()", namespaces=ATOM)]


def file_in(call, name="Avalonia", **fields):
    """A filing, its comment answered; return the submission."""
    delegation = factories.make_delegation(factories.make_state(name={"en": name}))
    comment = factories.make_filed_comment(call, delegation, **fields)
    return comment.submission


# --- The file --------------------------------------------------------------------------------------------------------


def test_a_feed_has_all_that_the_format_asks_for(client):
    file_in(factories.make_call(title={"en": "Round <one> & all"}))
    feed = read(client, "news-feed")
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:link[@rel='self']", "a:link[@rel='alternate']"):
        assert len(feed.xpath(path, namespaces=ATOM)) == 1, path
    for entry in feed.xpath("a:entry", namespaces=ATOM):
        for path in ("a:id", "a:title", "a:updated", "a:link/@href", "a:category/@term"):
            assert len(entry.xpath(path, namespaces=ATOM)) == 1, path
    assert "Submission of Avalonia in: Round <one> & all" in titles(feed)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    moments = feed.xpath("a:entry/a:updated/text()", namespaces=ATOM)
    assert moments == sorted(moments, reverse=True)
    assert feed.xpath("a:updated/text()", namespaces=ATOM) == moments[:1]


def test_entries_have_the_same_names_in_all_languages(client):
    call = factories.make_call()
    file_in(call)
    english, arabic = read(client, "news-feed"), read(client, "news-feed", language="ar")
    assert keys(english) == keys(arabic)
    assert [feed.xpath("a:id/text()", namespaces=ATOM)[0].rpartition("/")[2] for feed in (english, arabic)] == [
        "en",
        "ar",
    ]
    assert all("/ar/" in href for href in arabic.xpath("a:entry/a:link/@href", namespaces=ATOM))


def test_a_feed_without_entries_never_changes(client):
    first = client.get(reverse("news-feed"))
    assert client.get(reverse("news-feed")).content == first.content
    assert b"<updated>1970-01-01T00:00:00+00:00</updated>" in first.content


@pytest.mark.parametrize("name", ["news-feed", "draft-feed", "call-feed", "calendar"])
def test_nothing_is_sent_again_where_nothing_changed(client, name):
    call = factories.make_call()
    file_in(call)
    address = reverse(name, args={"draft-feed": [call.draft.ordinal], "call-feed": [call.pk]}.get(name))
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    Call.objects.filter(pk=call.pk).update(title={"en": "Another name"})
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_feed_asks_the_same_for_one_entry_and_for_three(client, django_assert_num_queries):
    organ = record.make_organ("r")
    document = record.make_document("r", organ)

    def add(key):
        call = factories.make_call()
        factories.make_answer(factories.make_filed_comment(call))
        Activity.objects.create(slug=key, kind="panel", name={"en": key}, when="2012", source=document)
        hearings.make_consultation(key)
        hearings.make_outcome(key)
        return call

    call = add("one")
    # 1 calls, 2 submissions, 3 answers, 4 drafts, 5 corrigenda, 6 activities, 7 consultations, 8 outcomes
    for rows in (1, 3):
        if rows > 1:
            add("two")
            add("three")
        with django_assert_num_queries(8):
            client.get(reverse("news-feed"))
        # 1 the draft, 2 calls, 3 submissions, 4 answers, 5 drafts, 6 corrigenda
        with django_assert_num_queries(6):
            client.get(reverse("draft-feed", args=[call.draft.ordinal]))
        # 1 the call, 2 calls, 3 submissions, 4 answers
        with django_assert_num_queries(4):
            client.get(reverse("call-feed", args=[call.pk]))


def test_a_feed_is_bounded(client, monkeypatch):
    monkeypatch.setattr(news, "MAX_ENTRIES", 2)
    for number in range(4):
        Activity.objects.create(slug=f"a-{number}", kind="panel", name={"en": str(number)})
    assert len(titles(read(client, "news-feed"))) == 2


# --- What is in it ---------------------------------------------------------------------------------------------------


def test_what_happens_is_told(client):
    call = factories.make_call(title={"en": "Round"})
    submission = file_in(call)
    factories.make_answer(submission.comments.get())
    Activity.objects.create(slug="panel", kind="panel", name={"en": "A panel"}, summary={"en": "On <b>it</b>."})
    hearings.make_consultation("one")
    hearings.make_outcome("one")
    feed = read(client, "news-feed")
    assert set(titles(feed)) == {
        f"Draft {call.draft.ordinal} was published: {call.draft.name}",
        "Call for comments opened: Round",
        "Submission of Avalonia in: Round",
        "1 answer was published: Round",
        "Activity: A panel",
        "Consultation: Consultation one",
        "Outcome: Outcome one",
    }
    assert feed.xpath("a:entry[a:category/@term='activity']/a:summary/text()", namespaces=ATOM) == [
        "<p>On &lt;b&gt;it&lt;/b&gt;.</p>"
    ]


def test_a_draft_and_a_call_have_what_is_theirs(client):
    mine, other = factories.make_call(title={"en": "Mine"}), factories.make_call(title={"en": "Other"})
    for call in (mine, other):
        factories.make_answer(file_in(call).comments.get())
    of_call = titles(read(client, "call-feed", mine.pk))
    assert sorted(of_call) == [
        "1 answer was published: Mine",
        "Call for comments opened: Mine",
        "Submission of Avalonia in: Mine",
    ]
    of_draft = titles(read(client, "draft-feed", mine.draft.ordinal))
    assert sorted(of_draft) == sorted([*of_call, f"Draft {mine.draft.ordinal} was published: {mine.draft.name}"])


def test_a_call_that_has_closed_is_told(client):
    call = factories.make_call(title={"en": "Round"})
    now = timezone.now()
    Call.objects.filter(pk=call.pk).update(opens_at=now - 2 * DAY, closes_at=now - DAY)
    assert "Call for comments closed: Round" in titles(read(client, "call-feed", call.pk))


def test_many_answers_of_one_moment_are_one_entry(client):
    call = factories.make_call(title={"en": "Round"})
    said = [file_in(call, name).comments.get() for name in ("Avalonia", "Brumaria")]
    answers = [factories.make_answer(comment, published=False) for comment in said]
    services.publish_dispositions(dispositions=answers, user=factories.make_staff())
    assert "2 answers were published: Round" in titles(read(client, "call-feed", call.pk))


def test_what_there_is_not_has_no_feed(client):
    preparing = factories.make_draft(published=False)
    unopened = factories.make_call(opened=False)
    for address in (
        reverse("draft-feed", args=[preparing.ordinal]),
        reverse("call-feed", args=[unopened.pk]),
        reverse("call-feed", args=[999_999]),
    ):
        assert client.get(address).status_code == 404


# --- What nobody may know yet ----------------------------------------------------------------------------------------


def test_a_sealed_filing_is_in_no_feed_before_its_release_and_then_dated_with_it(client, monkeypatch):
    closes_at = timezone.now() + 5 * DAY
    call = factories.make_call(publication_rule="together_after_closing", closes_at=closes_at, title={"en": "Sealed"})
    addresses = [
        ("news-feed",),
        ("draft-feed", call.draft.ordinal),
        ("call-feed", call.pk),
    ]
    before = [etree.tostring(read(client, *address)) for address in addresses]
    submission = file_in(call)
    assert [etree.tostring(read(client, *address)) for address in addresses] == before
    monkeypatch.setattr(timezone, "now", lambda: closes_at + DAY)
    for address in addresses:
        feed = read(client, *address)
        moment = feed.xpath(f"a:entry[contains(a:id, ':submission-{submission.pk}')]/a:updated/text()", namespaces=ATOM)
        assert [dt.datetime.fromisoformat(each) for each in moment] == [call.closes_at]


def test_who_did_not_wish_to_be_named_is_not(client):
    call = factories.make_call(title={"en": "Round"})
    delegation = factories.make_delegation(factories.make_state(name={"en": "Avalonia"}))
    submission = factories.make_submission(call, delegation, consents_to_attribution=False)
    factories.make_comment(submission)
    factories.file_submission(submission)
    feed = read(client, "call-feed", call.pk)
    assert "A submission, its author not named, in: Round" in titles(feed)
    assert b"Avalonia" not in etree.tostring(feed)


def test_what_is_held_is_in_no_feed(client):
    call = factories.make_call()
    said = factories.make_filed_comment(call, factories.make_delegation(factories.make_stakeholder()))
    answer = factories.make_answer(said)
    assert f"submission-{said.submission_id}" in keys(read(client, "call-feed", call.pk))
    services.hold(submission=said.submission, user=factories.make_staff(), reason="Spam.", language="en")
    found = keys(read(client, "call-feed", call.pk))
    assert found == [f"call-{call.pk}-open"]
    assert answer.published_at


def test_a_consultation_is_new_when_it_is_made_public(client):
    consultation = hearings.make_consultation("one", is_public=False)
    assert "Consultation one" not in "".join(titles(read(client, "news-feed")))
    consultation.is_public = True
    consultation.save()
    assert "Consultation: Consultation one" in titles(read(client, "news-feed"))


def test_pages_lead_to_their_feeds(client):
    call = factories.make_call()
    for page, feeds in (
        (reverse("home"), ["/en/feed/", "/en/calendar.ics"]),
        (reverse("draft-detail", args=[call.draft.ordinal]), [reverse("draft-feed", args=[call.draft.ordinal])]),
        (reverse("call-detail", args=[call.pk]), [reverse("call-feed", args=[call.pk])]),
    ):
        text = client.get(page).content.decode()
        for feed in feeds:
            assert f'href="{feed}" title=' in text
