"""Citations for reference managers."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from django.utils import translation

from declaration.citation_files import Reference, make_reference, write_bibtex, write_csl, write_ris
from declaration.languages import TEXT_LANGUAGES, django_language
from tests import factories

HARD = r"50 % of {all} rivers_& boats #1 ~ ^ $5 \ “done”"


def reference(**fields):
    values = {
        "key": "rivers-draft-7-art_1",
        "title": "Declaration on rivers, draft 7: Zero draft",
        "part": "Article 1",
        "author": "",
        "number": "A/HRC/90/1",
        "date": dt.date(2026, 3, 1),
        "address": "https://example.org/en/drafts/7/clauses/art_1/",
        "note": "",
        "language": "en",
    }
    return Reference(**values | fields)


def test_bibtex_of_a_clause():
    assert write_bibtex(reference()) == (
        "@incollection{rivers-draft-7-art-1,\n"
        "  title = {{Article 1}},\n"
        "  booktitle = {{Declaration on rivers, draft 7: Zero draft}},\n"
        "  number = {A/HRC/90/1},\n"
        "  type = {draft},\n"
        "  date = {2026-03-01},\n"
        "  year = {2026},\n"
        "  url = {https://example.org/en/drafts/7/clauses/art_1/},\n"
        "  langid = {british}\n"
        "}\n"
    )


def test_bibtex_of_a_draft_names_who_issued_it():
    entry = write_bibtex(reference(part="", author="Human Rights Council", note="illustrative text"))
    assert entry.startswith("@techreport{")
    assert "  author = {{Human Rights Council}}," in entry
    assert "  institution = {{Human Rights Council}}," in entry
    assert "  note = {illustrative text}," in entry


def test_what_tex_would_obey_is_escaped():
    entry = write_bibtex(reference(part="", title=HARD, address="https://example.org/a_b?c=%20{d}\\e"))
    title = re.search(r"title = \{\{(.*)\}\},\n", entry)[1]
    assert title == (
        r"50 \% of \{all\} rivers\_\& boats \#1 \textasciitilde{} \textasciicircum{} \$5 \textbackslash{} “done”"
    )
    assert "url = {https://example.org/a_b?c=%20%7Bd%7D%5Ce}," in entry


def test_ris_of_a_clause():
    assert write_ris(reference(author="Human Rights Council")).split("\r\n") == [
        "TY  - CHAP",
        "TI  - Article 1",
        "T2  - Declaration on rivers, draft 7: Zero draft",
        "AU  - Human Rights Council,",
        "PY  - 2026",
        "DA  - 2026/03/01",
        "M1  - A/HRC/90/1",
        "UR  - https://example.org/en/drafts/7/clauses/art_1/",
        "LA  - en",
        "ID  - rivers-draft-7-art_1",
        "ER  - ",
        "",
    ]


def test_a_line_of_its_own_cannot_become_another_field():
    record = write_ris(reference(title="Rivers\nER  - \nTY  - BOOK", part=""))
    assert record.count("\r\nER  - ") == 1
    assert "TI  - Rivers ER - TY - BOOK\r\n" in record


def test_csl_of_a_draft():
    assert json.loads(write_csl(reference(part="", author="Human Rights Council", title='A "title"\n& more'))) == [
        {
            "id": "rivers-draft-7-art_1",
            "type": "report",
            "title": 'A "title" & more',
            "issued": {"date-parts": [[2026, 3, 1]]},
            "URL": "https://example.org/en/drafts/7/clauses/art_1/",
            "language": "en",
            "number": "A/HRC/90/1",
            "author": [{"literal": "Human Rights Council"}],
        }
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("language", TEXT_LANGUAGES)
def test_a_citation_is_in_the_language_of_its_page(client, language):
    draft = factories.make_draft(is_illustrative=True)
    with translation.override(django_language(language)):
        url = reverse("clause-cite", args=[draft.ordinal, "art_1__para_1", "csl"])
        wanted = make_reference(draft, "", draft.clauses.get(eid="art_1__para_1"))
    response = client.get(url)
    (item,) = json.loads(response.content)
    assert item["language"] == language
    assert item["title"] == wanted.part
    assert item["URL"] == f"http://testserver{url.removesuffix('cite/csl/')}"
    assert item["note"]
    assert "author" not in item


@pytest.mark.django_db
def test_citations_are_files_of_published_drafts_only(client):
    draft = factories.make_draft()
    for kind, media, ending in (
        ("bibtex", "application/x-bibtex", "bib"),
        ("ris", "application/x-research-info-systems", "ris"),
        ("csl", "application/vnd.citationstyles.csl+json", "json"),
    ):
        response = client.get(reverse("draft-cite", args=[draft.ordinal, kind]))
        assert response["Content-Type"] == f"{media}; charset=utf-8"
        assert response["Content-Disposition"].endswith(f'draft-{draft.ordinal}.{ending}"')
    hidden = factories.make_draft(published=False)
    assert client.get(reverse("draft-cite", args=[hidden.ordinal, "ris"])).status_code == 404
    assert client.get(reverse("draft-cite", args=[draft.ordinal, "doc"])).status_code == 404
    assert client.get(reverse("clause-cite", args=[draft.ordinal, "art_99", "ris"])).status_code == 404


@pytest.mark.django_db
def test_a_clause_page_offers_its_citations_and_permanent_address(client):
    draft = factories.make_draft()
    url = reverse("clause-detail", args=[draft.ordinal, "art_2"])
    page = client.get(url).content.decode()
    for kind in ("bibtex", "ris", "csl"):
        assert f'href="{reverse("clause-cite", args=[draft.ordinal, "art_2", kind])}"' in page
    assert f'<a class="isolate" href="http://testserver{url}" rel="bookmark">' in page
