"""A person whose session ended while she was writing finds her words again once she has signed in."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from consultations.models import Comment
from consultations.views.desk_access import MAX_KEPT
from tests import factories
from tests.desk.pages import add_url, comment_data, edit_data, edit_url, page_url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return factories.make_submission()


def sign_in(client, response, user):
    """Follow the sign-in that a page led to, and return the page it leads back to."""
    login_url = response["Location"]
    assert login_url.startswith(reverse("account_login"))
    data = {"login": user.email, "password": factories.PASSWORD, "next": unquote(login_url.partition("?next=")[2])}
    return client.get(client.post(login_url, data)["Location"])


def test_new_comment_is_kept(client, submission):
    url = add_url(submission, clause="art_1__para_1")
    response = client.post(url, comment_data(rationale="Written for an hour."))
    assert not Comment.objects.exists()
    page = sign_in(client, response, factories.focal_point(submission.delegation))
    form = page.context["form"]
    assert form["rationale"].value() == "Written for an hour."
    assert form["proposed_text"].value() == "Everyone has the full right to solidarity."
    assert form["position"].value() == "supports_with_amendment"
    assert "You had been signed out." in words(page)
    assert "Written for an hour." not in words(client.get(url))  # once


def test_changed_comment_is_kept_with_the_revision_it_was_read_in(client, submission):
    comment = factories.make_comment(submission)
    data = edit_data(comment, rationale="Better reasons.")
    response = client.post(edit_url(comment), data)
    Comment.objects.filter(pk=comment.pk).update(revision=9)
    page = sign_in(client, response, factories.focal_point(submission.delegation))
    form = page.context["form"]
    assert form["rationale"].value() == "Better reasons."
    assert client.post(edit_url(comment), data).status_code == 409


def test_general_comment_is_kept(client, submission):
    data = {"general_comment": "All in all good.", "language": "ar", "revision": submission.revision}
    response = client.post(page_url(submission), data)
    page = sign_in(client, response, factories.focal_point(submission.delegation))
    form = page.context["form"]
    assert form["general_comment"].value() == "All in all good."
    assert form["language"].value() == "ar"
    assert not form["consents_to_publication"].value()


def test_words_are_given_back_on_their_own_page_alone(client, submission):
    response = client.post(add_url(submission), comment_data(rationale="Ours alone."))
    other = factories.make_submission()
    client.get(response["Location"])
    client.login(email=factories.focal_point(other.delegation).email, password=factories.PASSWORD)
    for url in (add_url(submission), add_url(other), page_url(other), reverse("desk")):
        assert "Ours alone." not in words(client.get(url))


def test_more_than_a_session_keeps_is_given_back_to_be_copied(client, submission):
    text = "x" * (MAX_KEPT + 1)
    response = client.post(add_url(submission), comment_data(rationale=text))
    assert response.status_code == 403
    assert "You are signed out." in words(response)
    assert "Everyone has the full right to solidarity." in words(response)
    assert "kept_form" not in client.session


def test_preview_of_somebody_signed_out_does_not_put_the_sign_in_into_the_page(client, submission):
    response = client.post(add_url(submission), comment_data(preview="1"), headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert words(response) == ""


def test_submitting_signed_out_files_nothing_and_leads_to_the_question(client, submission):
    factories.make_comment(submission)
    url = reverse("desk-submission-submit", args=[submission.pk])
    response = client.post(url, {"revision": 2})
    page = sign_in(client, response, factories.focal_point(submission.delegation))
    assert 'id="confirm"' in words(page)
    submission.refresh_from_db()
    assert submission.status == "draft"
