"""The whole way of a delegation, from the sign-in to the file, in two languages."""

import json

import pytest
from django.urls import reverse
from django.utils import translation

from consultations.models import Submission
from tests import factories
from tests.desk.pages import add_url, comment_data, page_url, words

pytestmark = pytest.mark.django_db

PROPOSALS = {
    "en": "Everyone has the full right to solidarity.",
    "ar": "لكل إنسان الحق الكامل في التضامن.",
}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_delegation_writes_and_files(client, language):
    call = factories.make_call()
    delegation = factories.make_delegation()
    person = factories.focal_point(delegation)
    translation.activate(language)

    sign_in = reverse("account_login")
    assert reverse("desk") in client.get(reverse("desk"))["Location"]
    data = {"login": person.email, "password": factories.PASSWORD, "next": reverse("desk")}
    assert client.post(sign_in, data)["Location"] == reverse("desk")
    desk = client.get(reverse("desk"))
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in words(desk)
    start = reverse("desk-submission-start", args=[delegation.key, call.pk])
    assert f'action="{start}"' in words(desk)

    client.post(start)
    submission = delegation.submissions.get()
    for clause, changes in {
        "art_1__para_1": {"proposed_text": PROPOSALS[language]},
        "art_1__para_1__subpara_a": {"operation": "delete", "proposed_text": "", "position": "opposes"},
        "art_2": {"operation": "none", "proposed_text": "", "position": "supports"},
    }.items():
        form = client.get(add_url(submission, clause=clause)).context["form"]
        assert form["language"].value() == language
        data = comment_data(clause=clause, language=language, **changes)
        assert client.post(add_url(submission), data).status_code == 302
    data = {"general_comment": "…", "language": language, "consents_to_publication": "on", "revision": 4}
    client.post(page_url(submission), data)

    asked = client.get(reverse("desk-submission-submit", args=[submission.pk]))
    submission.refresh_from_db()
    assert len(asked.context["comments"]) == 3
    client.post(reverse("desk-submission-submit", args=[submission.pk]), {"revision": submission.revision})
    submission.refresh_from_db()
    assert submission.status == Submission.Status.SUBMITTED

    response = client.get(reverse("desk-submission-download", args=[submission.pk, "json"]))
    assert response["Content-Disposition"] == (
        f'attachment; filename="{delegation.key}-call-{call.pk}-filing-{submission.pk}.json"'
    )
    content = json.loads(response.content)
    assert [comment["clause"] for comment in content["comments"]] == [
        "art_1__para_1",
        "art_1__para_1__subpara_a",
        "art_2",
    ]
    assert content["comments"][0]["proposed_text"] == PROPOSALS[language]
    assert content["consents_to_attribution"] is False
