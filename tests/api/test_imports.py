"""Bringing texts in through the API, and reading the text of documents."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from rest_framework.test import APIClient

from declaration.models import Document, Element, Paragraph, TextImport
from tests import factories

pytestmark = pytest.mark.django_db

IMPORTS = "/api/v1/staff/imports/"
REPORT = (
    "I. Introduction\n1. The first paragraph, after resolution 23/12:\n(a) One item;\n(b) Another item.\n2. The second."
)


@pytest.fixture
def staff(acting_for: Any) -> APIClient:
    """A client of the staff."""
    client: APIClient = acting_for(factories.make_staff("vera@example.org"))
    return client


@pytest.fixture
def document() -> Document:
    """A document whose text is not here yet."""
    document: Document = Document.objects.create(slug="report", symbol="A/68/176", title={"en": "A report"})
    return document


def begin(staff: APIClient, document: Document, text: str = REPORT, **fields: Any) -> dict[str, Any]:
    """Begin an import and return it as the API tells it."""
    response = staff.post(IMPORTS, {"document": document.slug, "text": text, **fields})
    assert response.status_code == 201, response.json()
    body: dict[str, Any] = response.json()
    return body


def act(staff: APIClient, text_import: dict[str, Any], name: str, status: int = 200, **body: Any) -> dict[str, Any]:
    """Do something with an import on the revision that was read."""
    sent = {"revision": text_import["revision"], **body}
    response = staff.post(f"{IMPORTS}{text_import['id']}/{name}/", sent)
    assert response.status_code == status, response.json()
    answer: dict[str, Any] = response.json()
    return answer


def test_file_is_sent_and_read_as_the_command_reads_it(
    staff: APIClient, document: Document, tmp_path: Any, capsys: Any
) -> None:
    sent = {"document": document.slug, "file": SimpleUploadedFile("report.txt", REPORT.encode()), "language": "en"}
    response = staff.post(IMPORTS, sent, format="multipart")
    assert response.status_code == 201, response.json()
    text = response.json()["texts"][0]
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    call_command("import_text", str(path), language="en", preview=True, json=True)
    printed = json.loads(capsys.readouterr().out)
    assert {key: text["preview"][key] for key in ("nodes", "left_out", "lines_total")} == {
        key: printed[key] for key in ("nodes", "left_out", "lines_total")
    }
    assert (text["file_name"], text["language"]) == ("report.txt", "en")


def test_text_is_corrected_undone_and_brought_in(staff: APIClient, document: Document) -> None:
    begun = begin(staff, document)
    assert (begun["status"], begun["obstacles"]) == ("open", [])
    corrections = [{"op": "relabel", "node": 4, "label": "2 bis"}, {"op": "join", "node": 3}]
    corrected = act(staff, begun, "corrections", language="en", corrections=corrections)
    assert [node["label"] for node in corrected["texts"][0]["preview"]["nodes"]] == ["I", "1", "a", "2 bis"]
    undone = act(staff, corrected, "undo", language="en")
    assert undone["texts"][0]["corrections"] == corrections[:1]
    settled = act(staff, undone, "commit")
    assert (settled["status"], settled["texts"]) == ("committed", [])
    assert Paragraph.objects.filter(document=document).count() == 5


def test_corrections_are_made_all_or_none(staff: APIClient, document: Document) -> None:
    begun = begin(staff, document)
    corrections = [{"op": "join", "node": 3}, {"op": "outdent", "node": 0}]
    answer = act(staff, begun, "corrections", 400, language="en", corrections=corrections)
    assert answer["errors"][0]["code"] == "correction_at_top"
    again = staff.get(f"{IMPORTS}{begun['id']}/").json()
    assert (again["revision"], again["texts"][0]["corrections"]) == (begun["revision"], [])


def test_stale_revision_is_a_conflict(staff: APIClient, document: Document) -> None:
    begun = begin(staff, document)
    act(staff, begun, "corrections", language="en", corrections=[{"op": "join", "node": 3}])
    for name, body in (
        ("corrections", {"language": "en", "corrections": [{"op": "join", "node": 3}]}),
        ("undo", {"language": "en"}),
        ("remove", {"language": "en"}),
        ("commit", {}),
    ):
        answer = act(staff, begun, name, 409, **body)
        assert answer["errors"][0]["code"] == "changed_meanwhile"
        assert answer["current"]["revision"] == begun["revision"] + 1


def test_second_language_is_set_beside_the_first(staff: APIClient) -> None:
    draft = factories.make_draft(published=False, clauses=[])
    english, arabic = (
        "Article 1\nEveryone has it.\nArticle 2\nStates act.",
        "المادة 1\nلكل فرد.\nالمادة 2\nتعمل الدول.\nالمادة 3\nزائدة.",
    )
    response = staff.post(IMPORTS, {"draft": draft.ordinal, "text": english, "language": "en"})
    begun = response.json()
    both = staff.post(f"{IMPORTS}{begun['id']}/texts/", {"text": arabic, "language": "ar"}).json()
    assert both["texts"][1]["eids"] == ["art_1", "art_2", None]
    assert [each["code"] for each in both["texts"][1]["mismatches"]] == ["only_second"]
    assert [each["code"] for each in both["obstacles"]] == ["clauses_not_aligned"]
    corrected = act(staff, both, "corrections", language="ar", corrections=[{"op": "leave_out", "node": 2}])
    assert act(staff, corrected, "commit")["draft"]["ordinal"] == draft.ordinal
    assert draft.clauses.count() == 2


@pytest.mark.parametrize(
    ("body", "code", "attr"),
    [
        ({"text": REPORT}, "import_target", None),
        ({"document": "none", "text": REPORT}, "document_unknown", "document"),
        ({"draft": 99, "text": REPORT}, "draft_unknown", "draft"),
        ({"document": "report", "text": REPORT, "language": "xx"}, "invalid_choice", "language"),
        ({"document": "report", "txt": REPORT}, "unknown_field", "txt"),
        ({"document": "report", "text": ""}, "source_empty", "file"),
    ],
)
def test_what_cannot_be_taken_is_told_and_stores_nothing(
    staff: APIClient, document: Document, body: dict[str, Any], code: str, attr: str | None
) -> None:
    response = staff.post(IMPORTS, body)
    error = response.json()["errors"][0]
    assert (response.status_code, error["code"], error["attr"]) == (400, code, attr)
    assert not TextImport.objects.exists()


def test_harmful_file_is_refused_in_the_language_asked_for(acting_for: Any, document: Document) -> None:
    file = SimpleUploadedFile("bad.docx", b"PK\x03\x04 not a file")
    client = acting_for(factories.make_staff(), language="fr")
    response = client.post(IMPORTS, {"document": document.slug, "file": file}, format="multipart")
    assert response.status_code == 400
    assert "bad.docx" in response.json()["errors"][0]["detail"]
    assert not TextImport.objects.exists()


def test_settled_import_takes_nothing_more(staff: APIClient, document: Document) -> None:
    begun = begin(staff, document)
    assert act(staff, begun, "discard")["status"] == "discarded"
    for name in ("commit", "discard"):
        assert act(staff, begun, name, 409)["errors"][0]["code"] == "import_settled"


def test_list_is_narrowed_and_asks_the_same_for_one_row_and_three(
    staff: APIClient, document: Document, django_assert_num_queries: Any
) -> None:
    begin(staff, document)
    for rows in (1, 3):
        # 1 the token, 2 whether she is staff, 3 how many, 4 the imports, 5 their texts
        with django_assert_num_queries(5):
            body = staff.get(f"{IMPORTS}?status=open").json()
        assert body["count"] == rows
        assert "preview" not in json.dumps(body)
        begin(staff, document)
        begin(staff, document)
    assert staff.get(f"{IMPORTS}?document=other").json()["count"] == 0


# The text of documents, for everyone


@pytest.fixture
def brought_in(staff: APIClient, document: Document) -> Document:
    """The document with its text in two languages."""
    begun = begin(staff, document, language="en")
    arabic = "أولا - مقدمة\n1- الفقرة الأولى:\n(أ) بند؛\n(ب) بند آخر.\n2- الفقرة الثانية."
    staff.post(f"{IMPORTS}{begun['id']}/texts/", {"text": arabic, "language": "ar"})
    act(staff, staff.get(f"{IMPORTS}{begun['id']}/").json(), "commit")
    return document


def test_paragraphs_are_read_and_narrowed(anyone: APIClient, brought_in: Document) -> None:
    path = f"/api/v1/documents/{brought_in.slug}/paragraphs/"
    every = anyone.get(path).json()
    assert [row["language"] for row in every["results"]] == ["en"] * 5 + ["ar"] * 5
    first = every["results"][1]
    assert (first["eid"], first["number"], first["label"], first["depth"]) == ("para_1", 1, "1", 1)
    assert [each["as_printed"] for each in first["citations"]] == ["23/12"]
    assert first["citations"][0]["symbol"] or first["citations"][0]["candidates"]
    for query, count in (
        ("language=ar", 5),
        ("eid=para_1__subpara_a", 2),
        ("number=1", 6),
        ("kind=section", 2),
        ("q=second", 1),
    ):
        assert anyone.get(f"{path}?{query}").json()["count"] == count, query
    assert anyone.get(f"{path}?colour=red").status_code == 400
    assert anyone.get("/api/v1/documents/none/paragraphs/").status_code == 404


def test_paragraphs_ask_the_same_for_one_row_and_three(
    anyone: APIClient, brought_in: Document, django_assert_num_queries: Any
) -> None:
    # 1 the document, 2 how many, 3 the paragraphs with their document, 4 what they cite
    for size in (1, 3):
        with django_assert_num_queries(4):
            assert len(anyone.get(f"/api/v1/documents/report/paragraphs/?page_size={size}").json()["results"]) == size


def test_entry_names_the_addresses_of_its_paragraphs(anyone: APIClient, brought_in: Document) -> None:
    Element.objects.create(
        code="1a",
        kind="consideration",
        position=1,
        theme={"en": "A theme"},
        text={"en": "What it asks."},
        source=brought_in,
        source_paragraphs="1 (a)-(b), 2",
    )
    source = anyone.get("/api/v1/elements/1a/").json()["source"]
    assert [each["eid"] for each in source["addresses"]] == ["para_1__subpara_a", "para_1__subpara_b", "para_2"]
    rows = anyone.get(source["addresses"][0]["url"]).json()["results"]
    assert [(row["language"], row["label"]) for row in rows] == [("en", "a"), ("ar", "a")]


def test_public_reading_is_sent_again_only_when_it_changed(anyone: APIClient, brought_in: Document) -> None:
    path = f"/api/v1/documents/{brought_in.slug}/paragraphs/"
    tag = anyone.get(path)["ETag"]
    assert anyone.get(path, headers={"if-none-match": tag}).status_code == 304
