"""The text and what it rests on, as JSON, whole."""

import pytest
from rest_framework.test import APIClient

from declaration.models import Declaration
from tests import factories
from tests.api import record
from tests.api.record import read, reads_as

pytestmark = pytest.mark.django_db

HOST = "http://testserver/api/v1"

ONE_CLAUSE = [("art_1", "article", "1", "Solidarity", "Everyone has the right to solidarity.")]


def test_element_and_legal_basis_with_the_clauses_that_reflect_them(anyone: APIClient) -> None:
    document = record.make_document("x")
    element, basis = record.make_foundations(1, document)
    draft = record.make_founded_draft([element], [basis], clauses=ONE_CLAUSE)
    # What is being prepared is told by no list of clauses.
    record.make_founded_draft([element], [basis], clauses=ONE_CLAUSE, published=False)
    clauses = [
        {"draft": draft.ordinal, "eid": "art_1", "kind": "article", "label": "1", "citation": "Article 1"},
    ]
    expected_element = {
        "url": f"{HOST}/elements/1a/",
        "code": "1a",
        "kind": "consideration",
        "position": 1,
        "theme": {"en": "Theme 1"},
        "text": {"en": "A text."},
        "source": record.source_of(document),
        "clauses": clauses,
    }
    reads_as(anyone, "elements", "1a", expected_element)
    expected_basis = {
        "url": f"{HOST}/legal-bases/basis-1/",
        "slug": "basis-1",
        "position": 1,
        "instrument": {"en": "Instrument 1"},
        "provision": {"en": "Article 1"},
        "document": {"slug": "document-x", "symbol": None, "title": {"en": "Document x"}},
        "source": record.source_of(document),
        "clauses": clauses,
    }
    reads_as(anyone, "legal-bases", "basis-1", expected_basis)


def test_declaration_and_draft(anyone: APIClient) -> None:
    first = factories.make_draft()
    declaration = Declaration.objects.get(pk=first.declaration_id)
    document = record.make_document("x")
    second = factories.make_draft(
        declaration=declaration, supersedes=first, document=document, note={"en": "Second."}, is_illustrative=True
    )
    factories.make_draft(declaration=declaration, published=False)
    named = [
        {"ordinal": second.ordinal, "name": dict(second.name), "status": "published"},
        {"ordinal": first.ordinal, "name": dict(first.name), "status": "superseded"},
    ]
    expected = {
        "url": f"{HOST}/declarations/{declaration.slug}/",
        "slug": declaration.slug,
        "title": {"en": "Declaration"},
        "mandate": None,
        "drafts": named,
    }
    reads_as(anyone, "declarations", declaration.slug, expected)
    assert second.published_at
    expected_draft = {
        "url": f"{HOST}/drafts/{second.ordinal}/",
        "ordinal": second.ordinal,
        "name": dict(second.name),
        "declaration": {"slug": declaration.slug, "title": {"en": "Declaration"}},
        "stage": "zero",
        "status": "published",
        "document": {"slug": "document-x", "symbol": None, "title": {"en": "Document x"}},
        "supersedes": first.ordinal,
        "languages": ["en", "ar"],
        "is_illustrative": True,
        "note": {"en": "Second."},
        "published_at": second.published_at.isoformat().replace("+00:00", "Z"),
        "clauses_url": f"{HOST}/drafts/{second.ordinal}/clauses/",
        "corrigenda_url": f"{HOST}/drafts/{second.ordinal}/corrigenda/",
    }
    reads_as(anyone, "drafts", str(second.ordinal), expected_draft)
    assert [draft["ordinal"] for draft in read(anyone, "drafts/")["results"]] == [second.ordinal, first.ordinal]


def test_clause(anyone: APIClient) -> None:
    element, basis = record.make_foundations(1, record.make_document("x"))
    draft = record.make_founded_draft([element], [basis])
    clause = "art_1__para_1"
    nothing_said = dict.fromkeys(
        ("supports", "supports_with_amendment", "reserves", "opposes", "asks_for_clarification"), 0
    )
    expected = {
        "url": f"{HOST}/drafts/{draft.ordinal}/clauses/{clause}/",
        "draft": draft.ordinal,
        "eid": clause,
        "wid": clause,
        "kind": "paragraph",
        "label": "1",
        "citation": "Article 1, paragraph 1",
        "position": 4,
        "parent": "art_1",
        "negotiating_status": "open",
        "wordings": [
            {"language": "ar", "heading": "", "text": "لكل إنسان الحق في التضامن.", "authenticity": "official"},
            {
                "language": "en",
                "heading": "",
                "text": "Everyone has the right to solidarity.",
                "authenticity": "official",
            },
        ],
        "elements": [{"code": "1a", "kind": "consideration", "theme": {"en": "Theme 1"}}],
        "legal_bases": [{"slug": "basis-1", "instrument": {"en": "Instrument 1"}, "provision": {"en": "Article 1"}}],
        "corrigenda": [],
        "origins": [],
        "descendants": [],
        "positions": {"comments": 0} | nothing_said | {"without_position": 0},
        "comments_url": f"{HOST}/comments/?draft={draft.ordinal}&clause={clause}",
        "earlier_comments": 0,
        "earlier_comments_url": f"{HOST}/comments/?standing_on={draft.ordinal}&leads_to={clause}",
    }
    reads_as(anyone, f"drafts/{draft.ordinal}/clauses", clause, expected)
    arabic = read(anyone, f"drafts/{draft.ordinal}/clauses/{clause}/?language=ar")
    assert arabic == expected | {"wordings": expected["wordings"][:1]}  # type: ignore[index]


def test_clauses_stand_as_they_are_read(anyone: APIClient) -> None:
    draft = factories.make_draft()
    body = read(anyone, f"drafts/{draft.ordinal}/clauses/?language=en")
    assert [(clause["eid"], clause["parent"]) for clause in body["results"]] == [
        ("preamble", None),
        ("preamble__rec_1", "preamble"),
        ("art_1", None),
        ("art_1__para_1", "art_1"),
        ("art_1__para_1__subpara_a", "art_1__para_1"),
        ("art_2", None),
    ]
