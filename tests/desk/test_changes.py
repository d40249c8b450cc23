"""What a delegation sees of what changed since its last comments, and how it makes a comment again."""

import pytest
from django.urls import reverse

from consultations import services
from consultations.models import Comment
from tests import factories
from tests.desk.pages import add_url, words

pytestmark = pytest.mark.django_db

CLAUSES = [
    ("art_1", "article", "1", "", "Peoples help one another."),
    ("art_2", "article", "2", "", "States act in good faith. They report each year."),
    ("art_3", "article", "3", "", "This goes."),
    ("art_4", "article", "4", "", "Nobody spoke of this."),
]
NEXT = [
    ("art_1", "article", "1", "", "All peoples help one another."),
    ("art_2", "article", "2", "", "States act in good faith."),
    ("art_3", "article", "3", "", "They report each year."),
    ("art_4", "article", "4", "", "Nobody ever spoke of this."),
    ("art_5", "article", "5", "", "Quite new."),
]
DESCENTS = [
    ("art_1", "art_1", "amended"),
    ("art_2", "art_2", "split"),
    ("art_2", "art_3", "split"),
    ("art_4", "art_4", "amended"),
]


@pytest.fixture
def old():
    return factories.make_draft(clauses=CLAUSES, languages=("en",))


@pytest.fixture
def delegation(old):
    """A delegation that has filed comments on articles 1 to 3 of the first draft."""
    call = factories.make_call(old, languages=["en"])
    submission = factories.make_submission(call)
    factories.make_comment(
        submission, "art_1", operation="replace", proposed_text="Some peoples help.", rationale="Not all do."
    )
    factories.make_comment(submission, "art_2", operation="replace", proposed_text="States act.", rationale="Shorter.")
    factories.make_comment(submission, "art_3", operation="delete", rationale="Not needed.")
    factories.file_submission(submission)
    return submission.delegation


@pytest.fixture
def new(delegation, old):
    return factories.make_next_draft(old, NEXT, DESCENTS)


@pytest.fixture
def desk(client, delegation):
    client.force_login(factories.focal_point(delegation))
    return client


def url(delegation):
    return reverse("desk-changes", args=[delegation.key])


def test_nothing_changed_yet(desk, delegation):
    response = desk.get(url(delegation))
    assert "Nothing has changed since" in words(response)
    assert "See what changed" not in words(desk.get(reverse("desk")))


def test_a_draft_in_preparation_is_not_told(desk, delegation, old):
    factories.make_next_draft(old, NEXT, DESCENTS, published=False)
    assert "Nothing has changed since" in words(desk.get(url(delegation)))
    assert "See what changed" not in words(desk.get(reverse("desk")))


def test_what_became_of_each_comment(desk, delegation, new):
    answered = Comment.objects.get(clause__eid="art_1")
    factories.make_answer(answered, reason="It stays as it is.")
    factories.make_answer(Comment.objects.get(clause__eid="art_2"), published=False, reason="SecretReason")
    context = desk.get(url(delegation)).context
    stand = {each.written.comment.clause.eid: each.written.standing for each in context["comments"]}
    assert {eid: card.standing.kind for eid, card in stand.items()} == {
        "art_1": "text_changed",
        "art_2": "split",
        "art_3": "dropped",
    }
    assert [place.name for place in stand["art_2"].places] == ["Article 2", "Article 3"]
    page = words(desk.get(url(delegation)))
    assert "It stays as it is." in page
    assert "SecretReason" not in page
    assert "That is what the comment proposed." in page


def test_other_changes(desk, delegation, new):
    others = desk.get(url(delegation)).context["others"]
    found = [(other.change.kind, other.name, [place.name for place in other.places]) for other in others]
    assert found == [("text_changed", "Article 4", ["Article 4"]), ("new", "Article 5", ["Article 5"])]


def test_notices_lead_here_until_the_delegation_files_anew(desk, delegation, new):
    link = f'href="{url(delegation)}"'
    pages = [reverse("desk"), reverse("desk-delegation", args=[delegation.key])]
    assert all(link in words(desk.get(page)) for page in pages)
    submission = factories.make_submission(factories.make_call(new, languages=["en"]), delegation)
    working = reverse("desk-submission", args=[submission.pk])
    assert link in words(desk.get(working))
    factories.make_comment(submission, "art_1")
    factories.file_submission(submission)
    assert all(link not in words(desk.get(page)) for page in [*pages, working])
    assert "Nothing has changed since" in words(desk.get(url(delegation)))


def test_withdrawn_filing_is_none(desk, delegation, new):
    services.withdraw_submission(submission=delegation.submissions.get(), user=factories.focal_point(delegation))
    assert "Nothing has changed since" in words(desk.get(url(delegation)))


def test_no_buttons_where_no_call_takes_comments(desk, delegation, new):
    page = words(desk.get(url(delegation)))
    assert "Comment again" not in page
    assert "No call on this draft takes comments" in page
    factories.make_call(new, languages=["en"])
    assert "Comment again: Article 3" in words(desk.get(url(delegation)))


@pytest.fixture
def writing(delegation, new):
    return factories.make_submission(factories.make_call(new, languages=["en"]), delegation)


def started(desk, submission, **query):
    response = desk.get(add_url(submission, **query))
    return response, {name: response.context["form"].initial[name] for name in ("operation", "proposed_text")}


def test_comment_again_starts_from_the_earlier_one(desk, writing):
    comment = Comment.objects.get(clause__eid="art_1", clause__draft__status="superseded")
    links = [place.url for each in desk.get(url(writing.delegation)).context["comments"] for place in each.again]
    assert len(links) == 3
    response = desk.get(links[0], follow=True)
    assert response.redirect_chain[0][0].startswith(reverse("desk-comment-add", args=[writing.pk]))
    initial = response.context["form"].initial
    assert (initial["clause"], initial["rationale"], initial["position"]) == ("art_1", "Not all do.", "supports")
    assert (initial["operation"], initial["proposed_text"]) == ("replace", "Some peoples help.")
    assert f"This starts from your comment {comment.number}" in words(response)
    assert not writing.comments.exists()


def test_a_proposal_that_no_longer_fits_is_not_filled_in(desk, writing):
    comment = Comment.objects.get(clause__eid="art_2", clause__draft__status="superseded")
    response, values = started(desk, writing, clause="art_3", again=comment.pk)
    assert values == {"operation": "none", "proposed_text": ""}
    assert response.context["form"].initial["rationale"] == "Shorter."
    assert "it no longer fits this text" in words(response)


@pytest.mark.parametrize("wanted", ["x", "-1", "٣", "9" * 30, "999999"])
def test_an_earlier_comment_that_is_none_starts_nothing(desk, writing, wanted):
    response, values = started(desk, writing, clause="art_1", again=wanted)
    assert (response.status_code, values) == (200, {"operation": "none", "proposed_text": ""})


def test_comments_of_others_are_not_told(desk, writing, old):
    theirs = factories.make_filed_comment(
        factories.make_call(old, languages=["en"]), clause="art_1", rationale="SecretReason"
    )
    response, _values = started(desk, writing, clause="art_1", again=theirs.pk)
    assert "SecretReason" not in words(response)


def test_proposal_that_stands_in_the_text_is_not_proposed_again(desk, writing, old):
    submission = factories.make_submission(factories.make_call(old, languages=["en"]), writing.delegation)
    comment = factories.make_comment(
        submission, "art_1", operation="replace", proposed_text="All  peoples help one another."
    )
    factories.file_submission(submission)
    response, values = started(desk, writing, clause="art_1", again=comment.pk)
    assert values == {"operation": "none", "proposed_text": ""}
    assert "The proposed words stand in the text now." in words(response)


@pytest.mark.parametrize("count", [1, 3])
def test_constant_queries(client, django_assert_num_queries, count):
    names = [f"art_{number}" for number in range(1, 2 * count + 1)]
    old = factories.make_draft(clauses=[(eid, "article", eid[4:], "", "Words.") for eid in names], languages=("en",))
    submission = factories.make_submission(factories.make_call(old, languages=["en"]))
    for eid in names[:count]:
        factories.make_comment(submission, eid)
    factories.make_comment(submission, None)
    factories.make_comment(submission, "art_1", target="after_clause", operation="insert", proposed_text="More.")
    factories.file_submission(submission)
    for comment in submission.comments.all():
        factories.make_answer(comment)
    new = factories.make_next_draft(
        old, [(eid, "article", eid[4:], "", "Other words.") for eid in names], [(eid, eid, "amended") for eid in names]
    )
    factories.make_call(new, languages=["en"])
    client.force_login(factories.focal_point(submission.delegation))
    # 1 session, 2 user; 3 memberships, 4 calls, 5 those invited, 6 filings, 7 the newest drafts; 8 the last filing, 9 the newer
    # draft; 10 its comments and their answers, 11 the clauses' wordings; of all clauses 12 the drafts, 13 the old ones, 14 the
    # new ones, 15 the descents, 16 what they lead to, 17 what is settled, 18 the words; of the comments 19 on which draft, 20
    # the drafts, 21 the descents, 22 the clauses, 23 what is settled, 24 the words, 25 what stands below, 26 the whole texts,
    # 27 what came new; 28 the delegations that the head names.
    with django_assert_num_queries(28):
        response = client.get(url(submission.delegation))
    assert len(response.context["others"]) == count
    assert len(response.context["comments"]) == count + 2
