"""The database goes away between page and button: nothing is half written, and nothing that was typed is lost."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError

from consultations.models import Comment
from consultations.services import comments
from tests import factories
from tests.desk.pages import add_url, comment_data, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(client):
    submission = factories.make_submission()
    client.force_login(factories.focal_point(submission.delegation))
    return submission


def gone(*_args, **_kwargs):
    raise OperationalError("the connection is lost")


@pytest.mark.parametrize("where", ["before anything is known of the reader", "while it is being written"])
def test_what_was_typed_is_given_back(client, submission, monkeypatch, where):
    if where == "while it is being written":
        monkeypatch.setattr(comments, "_touch", gone)
    else:
        monkeypatch.setattr(SessionStore, "load", gone)
    response = client.post(add_url(submission), comment_data())
    assert response.status_code == 503
    assert response["Retry-After"]
    page = words(response)
    assert "The database cannot be reached." in page
    assert "Everyone has the full right to solidarity." in page
    assert "Nothing is left out." in page
    assert not Comment.objects.exists()
