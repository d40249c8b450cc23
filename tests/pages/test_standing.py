"""Where comments stand on newer drafts, on public pages: what is said, and what nobody may learn by it."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from consultations import services
from consultations.models import Call
from tests import factories
from tests.pages.world import file_comment, words

pytestmark = pytest.mark.django_db

NEW = [
    ("art_1", "article", "1", "Solidarity", ""),
    ("art_1__para_1", "paragraph", "1", "", "Everyone has the right to international solidarity."),
    ("art_2", "article", "2", "Duties", "States cooperate with one another in good faith."),
]
DESCENTS = [("art_1", "art_1", "same"), ("art_1__para_1", "art_1__para_1", "amended"), ("art_2", "art_2", "same")]
CLAUSE = "/en/drafts/2/clauses/art_1__para_1/"


@pytest.fixture
def old():
    return factories.make_draft(ordinal=1, languages=("en",), name={"en": "First text"})


@pytest.fixture
def call(old):
    return factories.make_call(old, languages=["en"])


@pytest.fixture
def new(old):
    return factories.make_next_draft(old, NEW, DESCENTS, ordinal=2, name={"en": "Second text"})


def test_clause_of_the_newer_draft_shows_earlier_comments_with_where_they_stand(client, call, new):
    file_comment(call, "It should be wider.")
    page = words(client.get(CLAUSE))
    assert "Comments made on earlier drafts of this clause 1" in page
    assert "Article 1, paragraph 1 in: First text" in page
    assert "text changed The words of the clause have changed." in page
    assert "0 public comments" in page, "Its own are counted apart."
    assert "It should be wider." not in words(client.get("/en/drafts/2/clauses/art_2/"))


def test_comment_says_on_the_older_draft_where_it_stands_now(client, call, new):
    comment = file_comment(call, "It should be wider.")
    for path in ("drafts/1/clauses/art_1__para_1/", "comments/", f"submissions/{comment.submission_id}/"):
        page = words(client.get(f"/en/{path}"))
        assert "In Second text text changed The words of the clause have changed." in page, path


def test_nothing_is_said_while_no_newer_draft_is_published(client, call, old):
    file_comment(call, "It should be wider.")
    factories.make_next_draft(
        old, [("art_1", "article", "1", "", "SecretWords")], [], ordinal=2, published=False, name={"en": "SecretName"}
    )
    for path in ("drafts/1/clauses/art_1__para_1/", "comments/", "drafts/1/"):
        page = client.get(f"/en/{path}").text
        assert "Secret" not in page
        assert 'class="standing"' not in page
    assert client.get("/en/drafts/2/clauses/art_1/").status_code == 404
    assert "Secret" not in client.get("/en/comments/?standing_on=2&standing=dropped").text


def test_draft_counts_what_is_carried_over_apart(client, call, new):
    file_comment(call, "One.")
    factories.make_filed_comment(call, clause="art_1__para_1__subpara_a")
    page = words(client.get("/en/drafts/2/"))
    assert "No comment on this draft is public yet." in page
    assert "2 public comments were made on earlier drafts. They are counted apart." in page
    assert "text changed 1" in page
    assert "clause dropped 1" in page
    assert 'href="/en/drafts/2/clauses/art_1__para_1/#earlier-comments"' in client.get("/en/drafts/2/").text


def hide(old: object) -> Call:
    """File comments that nobody outside may read; return the sealed call."""
    call = factories.make_call(old, languages=["en"])
    factories.make_comment(factories.make_submission(call), rationale="SecretInWriting")
    file_comment(call, "SecretWithheld", consents_to_publication=False)
    file_comment(factories.make_call(old, publication_rule="not_published", languages=["en"]), "SecretUnpublishedCall")
    withdrawn = file_comment(call, "SecretWithdrawn").submission
    services.withdraw_submission(submission=withdrawn, user=factories.focal_point(withdrawn.delegation))
    sealed = factories.make_call(old, publication_rule="together_after_closing", languages=["en"])
    file_comment(sealed, "SecretSealed")
    return sealed


def test_what_is_not_public_is_in_no_page_and_no_count(client, old, new):
    hide(old)
    client.force_login(factories.make_staff())
    for path in (
        "drafts/2/",
        "drafts/2/clauses/art_1__para_1/",
        "comments/?standing_on=2&standing=text_changed",
        "drafts/2/clauses/art_1__para_1/?earlier=1",
    ):
        page = client.get(f"/en/{path}")
        assert "Secret" not in page.text, path
        assert "made on earlier drafts" not in words(page), path


def test_sealed_comments_show_at_the_moment_of_their_release(client, old, new):
    sealed = hide(old)
    assert "made on earlier drafts" not in words(client.get("/en/drafts/2/"))
    now = timezone.now()
    Call.objects.filter(pk=sealed.pk).update(
        opens_at=now - dt.timedelta(days=2), closes_at=now - dt.timedelta(minutes=1)
    )
    assert "1 public comment was made on earlier drafts." in words(client.get("/en/drafts/2/"))
    assert "SecretSealed" in words(client.get(CLAUSE))


def test_unnamed_authors_stay_unnamed(client, call, new):
    state = factories.make_state("XZZ", name={"en": "Unnamedland"})
    file_comment(call, "Words without a name.", state=state, consents_to_attribution=False)
    page = words(client.get(CLAUSE))
    assert "Words without a name." in page
    assert "Unnamedland" not in page


def test_long_lists_of_earlier_comments_have_pages(client, call, new):
    submission = factories.make_submission(call)
    for number in range(21):
        factories.make_comment(submission, rationale=f"Reason {number:02}.")
    factories.file_submission(submission)
    first, second, beyond = (words(client.get(f"{CLAUSE}?earlier={number}")) for number in (1, 2, "x"))
    assert ("Reason 19." in first, "Reason 20." in first) == (True, False)
    assert ("Reason 19." in second, "Reason 20." in second) == (False, True)
    assert beyond == first


def test_list_is_narrowed_by_standing(client, call, new):
    file_comment(call, "Of what changed.")
    factories.make_filed_comment(call, clause="art_2", rationale="Of what stays.")
    cache.clear()
    page = words(client.get("/en/comments/?standing=still_applies"))
    assert ("Of what stays." in page, "Of what changed." in page) == (True, False)


def test_comment_on_the_whole_text_leads_to_what_changed_in_it(client, call, new):
    factories.make_filed_comment(call, clause=None, rationale="On all of it.")
    assert 'href="/en/drafts/2/compare/1/"' in client.get("/en/comments/").text
    assert client.get("/en/drafts/2/compare/1/").status_code == 200
