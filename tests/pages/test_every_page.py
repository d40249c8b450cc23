"""What every public page keeps: it is there in both languages, has its twin, tells no secrets and stays when asked again."""

import re

import pytest
from django.test import Client
from django.urls import resolve

from config.api.views import NothingHere
from tests import factories
from tests.pages.world import SECRETS

LANGUAGES = {"en": "ltr", "ar": "rtl", "zh-hans": "ltr"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_there_in_its_language_and_direction(world, client, language):
    for path in world.paths:
        response = client.get(f"/{language}/{path}")
        assert (path, response.status_code) == (path, 200)
        assert f'<html lang="{language}" dir="{LANGUAGES[language]}">' in response.text
        assert response.text.count("<h1") == 1, path
        assert "style=" not in response.text.replace("text/css", ""), path


def test_page_has_a_twin_in_json(world, client):
    for path in world.paths:
        page = client.get(f"/en/{path}").text
        twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)">', page)
        assert twin, path
        address = twin[1].replace("&amp;", "&")
        assert resolve(address.partition("?")[0]).func.cls is not NothingHere, address
        assert client.get(address).status_code == 200, address


def test_language_switch_stays_on_the_page(world, client):
    for path in world.paths:
        page = client.get(f"/en/{path}").text
        assert f'href="/ar/{path.replace("&", "&amp;")}" lang="ar" hreflang="ar"' in page, path


@pytest.mark.parametrize("who", ["anonymous", "staff", "other delegation"])
def test_no_page_tells_what_is_not_public(world, who):
    client = Client()
    if who == "staff":
        client.force_login(factories.make_staff())
    if who == "other delegation":
        client.force_login(factories.make_member(factories.make_delegation()))
    for path in world.paths:
        for language in ("en", "ar"):
            page = client.get(f"/{language}/{path}").text
            assert [secret for secret in SECRETS if secret in page] == [], (language, path)


def test_what_is_in_preparation_or_unfiled_has_no_page(world, client):
    from consultations.models import Call, Submission

    hidden = [
        f"drafts/{world.preparing.ordinal}/",
        f"drafts/{world.preparing.ordinal}/clauses/art_1/",
        f"calls/{Call.objects.get(status='preparing').pk}/",
        *(
            f"submissions/{pk}/"
            for pk in Submission.objects.exclude(pk__in=Submission.objects.public()).values_list("pk", flat=True)
        ),
    ]
    assert len(hidden) == 9
    for path in hidden:
        assert (path, client.get(f"/en/{path}").status_code) == (path, 404)


def test_page_that_has_not_changed_is_not_sent_again(world, client):
    for path in world.paths:
        tag = client.get(f"/en/{path}")["ETag"]
        again = client.get(f"/en/{path}", headers={"if-none-match": tag})
        assert (path, again.status_code, again.content) == (path, 304, b"")


def test_page_that_has_changed_is_sent_again(world, client):
    path = f"/en/drafts/{world.draft.ordinal}/"
    tag = client.get(path)["ETag"]
    factories.make_filed_comment(world.call)
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "drafts/99/",
        "drafts/1/clauses/art_99/",
        "drafts/1/clauses/%3Cscript%3E/",
        "elements/99z/",
        "states/QQQ/",
        "groups/none/",
        "stakeholders/none/",
        "resolutions/none/",
        "documents/none/",
        "mandates/none/",
        "activities/none/",
        "calls/999999/",
        "submissions/999999/",
        "comments/?page=99",
    ],
)
def test_what_does_not_exist_is_not_found(world, client, path):
    assert client.get(f"/en/{path}").status_code == 404


def test_pages_of_an_empty_record_say_what_to_do_next(db, client):
    for path in ("", "drafts/", "elements/", "states/", "stakeholders/", "resolutions/", "documents/", "activities/"):
        response = client.get(f"/en/{path}")
        assert (path, response.status_code) == (path, 200)
        assert 'class="empty"' in response.text, path
    for path in ("calls/", "comments/", "dispositions/"):
        assert 'class="empty"' in client.get(f"/en/{path}").text, path
    assert client.get("/en/mandate/").status_code == 404
