"""What goes wrong without anybody's fault: two file at once, one was removed meanwhile, a language is not taken."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from consultations.models import Comment, Invitation, Receipt, Submission
from consultations.services import joining
from tests import factories
from tests.desk.pages import add_url, comment_data, edit_data, edit_url, words

pytestmark = pytest.mark.django_db

GONE = "Perhaps you no longer act for this delegation"


@pytest.mark.django_db(transaction=True)
def test_of_two_focal_points_who_submit_at_once_one_files_and_one_is_told():
    submission = factories.make_submission(general_comment="We welcome it.")
    factories.make_comment(submission)
    submission.refresh_from_db()
    url, ready = reverse("desk-submission-submit", args=[submission.pk]), threading.Barrier(2)
    clients = []
    for _ in range(2):
        client = Client()
        client.force_login(factories.make_member(submission.delegation))
        clients.append(client)
    form = {"revision": submission.revision, "clear_comments": "yes", "consents": "asked"}

    def submit(client):
        try:
            ready.wait(timeout=30)
            return words(client.post(url, form, follow=True))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(submit, clients))
    told = ["Your submission has been filed." in page for page in pages]
    assert sorted(told) == [False, True]
    assert "It was not filed twice" in pages[told.index(False)] or "no longer" in pages[told.index(False)]
    assert Submission.objects.filter(status="submitted").count() == 1
    assert Receipt.objects.count() == 1


class TestRemoved:
    """Somebody who was removed while her page was open."""

    @pytest.fixture
    def removed(self, client):
        submission = factories.make_submission()
        comment = factories.make_comment(submission)
        person = factories.make_member(submission.delegation, "contributor")
        client.force_login(person)
        assert client.get(add_url(submission)).status_code == 200
        leader = factories.focal_point(submission.delegation)
        joining.dismiss_member(membership=person.memberships.get(), user=leader)
        return comment

    def test_her_words_are_given_back_and_nothing_is_saved(self, client, removed):
        typed = "What took her an hour to write."
        for url, data in (
            (add_url(removed.submission), comment_data(rationale=typed)),
            (edit_url(removed), edit_data(removed, rationale=typed)),
            (reverse("desk-submission", args=[removed.submission_id]), {"general_comment": typed, "revision": 1}),
            (reverse("desk-submission-notes", args=[removed.submission_id]), {"text": typed}),
        ):
            response = client.post(url, data)
            assert response.status_code == 404
            assert GONE in words(response)
            assert typed in words(response)
        assert Comment.objects.get() == removed
        assert not Comment.objects.filter(rationale=typed).exists()

    def test_she_neither_files_nor_invites(self, client, removed):
        submit = reverse("desk-submission-submit", args=[removed.submission_id])
        people = reverse("desk-people", args=[removed.submission.delegation.key])
        for url, data in ((submit, {"revision": 2}), (people, {"email": "x@example.org", "role": "observer"})):
            response = client.post(url, data)
            assert (response.status_code, GONE in words(response)) == (404, True)
        assert not Submission.objects.exclude(status="draft").exists()
        assert not Invitation.objects.exists()

    def test_it_says_the_same_where_there_never_was_anything(self, client, removed):
        there = client.post(add_url(removed.submission), {"rationale": "A."})
        nowhere = client.post(reverse("desk-comment-add", args=[999_999]), {"rationale": "A."})
        assert words(there) == words(nowhere)


def test_a_language_that_the_call_does_not_list_is_refused_and_the_words_are_kept(client):
    submission = factories.make_submission(factories.make_call(languages=["en", "fr"]))
    client.force_login(factories.focal_point(submission.delegation))
    response = client.post(add_url(submission), comment_data(rationale="أسباب طويلة", language="ar"))
    assert response.status_code == 422
    assert "أسباب طويلة" in words(response)
    assert 'id="error-language"' in words(response) or "language" in words(response)
    assert not Comment.objects.exists()


class TestActing:
    """Who belongs to several delegations sees for which one she acts, and switches by its address."""

    @pytest.fixture
    def both(self, client):
        first = factories.make_submission(general_comment="We welcome it.")
        second = factories.make_delegation()
        person = factories.make_member(first.delegation)
        second.memberships.create(user=person, role="observer")
        client.force_login(person)
        return first, second

    def test_pages_name_the_delegation_acted_for_and_lead_to_the_others(self, client, both):
        submission, other = both
        key = submission.delegation.key
        for url in (
            reverse("desk-delegation", args=[key]),
            reverse("desk-people", args=[key]),
            reverse("desk-history", args=[key]),
            reverse("desk-submission", args=[submission.pk]),
            reverse("desk-comment-add", args=[submission.pk]),
            reverse("desk-co-sponsors", args=[submission.pk]),
        ):
            acting = acting_part(client.get(url))
            assert f"You act for: <strong><bdi>{submission.delegation}</bdi>" in acting, url
            assert reverse("desk-delegation", args=[other.key]) in acting
        acting = acting_part(client.get(reverse("desk-delegation", args=[other.key])))
        assert f"You act for: <strong><bdi>{other}</bdi>" in acting
        assert reverse("desk-delegation", args=[key]) in acting

    def test_who_belongs_to_one_has_nothing_to_switch_to(self, client):
        submission = factories.make_submission()
        client.force_login(factories.focal_point(submission.delegation))
        acting = acting_part(client.get(reverse("desk-submission", args=[submission.pk])))
        assert str(submission.delegation) in acting
        assert "Switch to" not in acting

    def test_pages_of_nobody_name_nobody(self, client, both):
        stranger = factories.make_delegation()
        for url in (reverse("desk-delegation", args=[stranger.key]), reverse("desk-co-sponsorship", args=[999_999])):
            response = client.get(url)
            assert response.status_code == 404
            assert 'id="acting"' not in words(response)
        assert 'id="acting"' not in words(client.get(reverse("desk")))


def acting_part(response):
    page = words(response)
    start = page.index('id="acting"')
    return " ".join(page[start : page.index("</nav>", start)].split())
