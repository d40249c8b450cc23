"""A draft as JSON: whole, and read back as it was."""

import json

import pytest

from declaration.exporters.data import DraftFileError, read_json, render_json
from tests.exporters.test_draft_word import draft, notes
from tests.exporters.trees import reading_of


def test_everything_is_there():
    columns = {language: draft(language) for language in ("en", "ar")}
    reading = reading_of(columns, footnotes={**notes("en"), **notes("ar")}, is_illustrative=True)
    content = json.loads("".join(render_json(reading)))
    assert {key: value for key, value in content.items() if key != "clauses"} == {
        "format": "travaux-draft/1",
        "address": "https://example.org/en/drafts/7/",
        "declaration": {"slug": "rivers", "title": dict(reading.draft.declaration.title)},
        "draft": {
            "ordinal": 7,
            "name": {"en": "Zero draft", "ar": "المسودة الأولية"},
            "stage": "zero",
            "status": "published",
            "symbol": None,
            "supersedes": None,
            "is_illustrative": True,
            "published_at": "2026-03-01T09:00:00Z",
            "note": {},
            "available_languages": ["en", "ar"],
        },
        "languages": ["en", "ar"],
        "corrigenda": [],
    }
    clause = content["clauses"][4]
    assert clause == {
        "eid": "art_1__para_1",
        "wid": "art_1__para_1",
        "kind": "paragraph",
        "label": "1",
        "depth": 2,
        "parent": "art_1",
        "negotiating_status": "open",
        "origins": [],
        "wordings": {
            language: {
                "printed_label": label,
                "heading": "",
                "text": draft(language)[4].text,
                "footnotes": notes(language)[language, 4],
                "authenticity": "official",
            }
            for language, label in (("en", "1."), ("ar", "1 -"))
        },
    }


def test_it_is_read_back_as_it_was():
    columns = {language: draft(language) for language in ("en", "ar")}
    reading = reading_of(columns, footnotes={**notes("en"), **notes("ar")})
    read = read_json("".join(render_json(reading)).encode())
    assert read == {language: reading.column(language) for language in columns}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "not JSON"),
        (b"[]", "travaux-draft/1"),
        (b'{"format": "travaux-submission/1"}', "travaux-draft/1"),
        (b'{"format": "travaux-draft/1", "languages": ["en"]}', "clauses"),
        (b'{"format": "travaux-draft/1", "languages": ["en"], "clauses": [{}]}', "wordings"),
    ],
)
def test_what_is_no_draft_is_refused(data, message):
    with pytest.raises(DraftFileError, match=message):
        read_json(data)
