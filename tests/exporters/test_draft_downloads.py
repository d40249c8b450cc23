"""Drafts as files, from the pages and from the API."""

import json
from urllib.parse import quote

import pytest
from django.urls import reverse

from declaration.exporters.formats import FORMATS
from declaration.models import Descent
from declaration.services.corrigenda import issue_corrigendum
from declaration.text.parser import parse
from declaration.text.sources import read_file
from tests import factories

pytestmark = pytest.mark.django_db


def address(draft, kind="json", *, name="draft-download", **query):
    url = reverse(name, args=[draft.ordinal, kind])
    return f"{url}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


@pytest.mark.parametrize("name", ["draft-download", "api-draft-download"])
@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_sent_as_a_file(client, name, kind):
    draft = factories.make_draft()
    response = client.get(address(draft, kind, name=name, language="ar", **{"with": "en"}))
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[kind].content_type
    slug = draft.declaration.slug
    words = quote(f"Declaration - مشروع {draft.ordinal} (ar-en).{FORMATS[kind].ending}", safe="")
    assert response["Content-Disposition"] == (
        f"attachment; filename=\"{slug}-draft-{draft.ordinal}-ar-en.{FORMATS[kind].ending}\"; filename*=UTF-8''{words}"
    )
    assert response["Content-Language"] == "ar, en"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Last-Modified"]
    again = client.get(
        response.request["PATH_INFO"] + "?language=ar&with=en", headers={"if-none-match": response["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("kind", ["docx", "txt"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_downloaded_draft_is_read_back(client, kind, language):
    draft = factories.make_draft(is_illustrative=True)
    data = client.get(address(draft, kind, language=language)).content
    parsed = parse(read_file(data), language=language)
    clauses = draft.clauses.order_by("position").prefetch_related("wordings")
    wordings = [clause.wordings.get(language=language) for clause in clauses]
    assert [(node.kind, node.heading, node.text) for node in parsed.nodes] == [
        (clause.kind, wording.heading, wording.text) for clause, wording in zip(clauses, wordings, strict=True)
    ]
    assert [node.label for node in parsed.nodes] == [clause.label for clause in clauses]


def test_without_a_language_it_is_that_of_the_page_and_of_english_in_the_api(client):
    draft = factories.make_draft()
    url = address(draft).replace("/en/", "/ar/")
    assert json.loads(client.get(url).content)["languages"] == ["ar"]
    answer = client.get(address(draft, name="api-draft-download"), headers={"accept-language": "ar"})
    assert json.loads(answer.content)["languages"] == ["en"]
    assert json.loads(answer.content)["address"] == f"http://testserver/en/drafts/{draft.ordinal}/"


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({"language": "fr"}, "language_not_available", "language"),
        ({"language": "xx" * 500}, "language_not_available", "language"),
        ({"language": "en", "with": "zh"}, "language_not_available", "with"),
        ({"language": "en", "with": "en"}, "same_language_twice", "with"),
    ],
)
def test_a_language_that_is_not_there_is_refused_with_what_is(client, query, code, field):
    draft = factories.make_draft()
    page = client.get(address(draft, **query))
    assert page.status_code == 400
    problem = client.get(address(draft, name="api-draft-download", **query))
    assert problem.status_code == 400
    (error,) = problem.json()["errors"]
    assert (error["code"], error["attr"]) == (code, field)
    assert error["detail"] in page.content.decode().replace("&amp;", "&")
    if code == "language_not_available":
        assert error["detail"].endswith("It is available in: en, ar.")


@pytest.mark.parametrize("name", ["draft-download", "api-draft-download"])
def test_there_is_no_other_format_and_no_other_draft(client, name):
    draft = factories.make_draft()
    assert client.get(address(draft, "exe", name=name)).status_code == 404
    assert client.get(reverse(name, args=[999, "json"])).status_code == 404


def test_a_draft_in_preparation_is_for_staff_and_for_no_cache(client):
    draft = factories.make_draft(published=False)
    staff = factories.make_staff()
    for url in (address(draft), address(draft, name="api-draft-download")):
        assert client.get(url).status_code == 404
    assert client.get(address(draft, name="api-staff-draft-download")).status_code in {401, 403}
    client.force_login(factories.make_user())
    assert client.get(address(draft)).status_code == 404
    assert client.get(address(draft, name="api-staff-draft-download")).status_code == 403
    client.force_login(staff)
    assert client.get(address(draft, name="api-draft-download")).status_code == 404
    for name in ("draft-download", "api-staff-draft-download"):
        response = client.get(address(draft, "txt", name=name))
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert "Last-Modified" not in response
        assert "This draft is in preparation. It has not been published." in response.content.decode()


def test_what_changes_the_file_changes_its_moment_and_tag(client):
    draft = factories.make_draft()
    before = client.get(address(draft, "txt"))
    clause = draft.clauses.get(eid="art_2")
    issue_corrigendum(clause=clause, language="en", heading="Duties", text="States help.", reason={"en": "A slip."})
    after = client.get(address(draft, "txt"))
    assert after["ETag"] != before["ETag"]
    assert "Corrected after publication; the words below are as published: Article 2" in after.content.decode()
    assert "States help." not in after.content.decode()
    (told,) = json.loads(client.get(address(draft)).content)["corrigenda"]
    assert (told["clause"], told["text"], told["reason"]) == ("art_2", "States help.", {"en": "A slip."})


def test_origins_in_drafts_that_are_not_published_are_not_told(client):
    hidden = factories.make_draft(published=False)
    draft = factories.make_draft(published=False, declaration=hidden.declaration)
    clauses = {each: {clause.eid: clause for clause in each.clauses.all()} for each in (hidden, draft)}
    Descent.objects.create(ancestor=clauses[hidden]["art_1"], descendant=clauses[draft]["art_1"], kind="same")
    client.force_login(factories.make_staff())
    content = json.loads(client.get(address(draft)).content)
    assert all(clause["origins"] == [] for clause in content["clauses"])


@pytest.mark.parametrize("count", [1, 3])
def test_files_ask_the_database_alike_for_any_number_of_clauses(client, django_assert_num_queries, count):
    clauses = [(f"art_{number}", "article", str(number), "Rivers", "Words.") for number in range(1, count + 1)]
    draft = factories.make_draft(clauses=clauses, languages=("en",))
    client.get(address(draft))
    # the draft; its clauses; their wordings; what they come from; corrigenda; when it was superseded
    with django_assert_num_queries(6):
        client.get(address(draft))


def test_the_page_of_a_draft_offers_each_format_without_a_script(client):
    draft = factories.make_draft()
    page = client.get(reverse("draft-detail", args=[draft.ordinal]) + "?with=ar").content.decode()
    for kind, offered in FORMATS.items():
        url = reverse("draft-download", args=[draft.ordinal, kind])
        media = offered.content_type.partition(";")[0]
        assert f'formaction="{url}"' in page
        assert f'<link rel="alternate" type="{media}" href="{url}?language=en&amp;with=ar"' in page
