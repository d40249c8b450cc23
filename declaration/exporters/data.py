"""A draft as JSON: everything that its pages print of the text, in a shape that says what it is and can be read back.

The shape is described in `docs/texts.md`. A change of it that a reader could notice takes a new number in `FORMAT`.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from declaration.dates import PartialDate
from declaration.exporters.reading import DraftReading, Row, Words
from declaration.models import Corrigendum, Descent
from declaration.text.labels import print_label

FORMAT: Final = "travaux-draft/1"
"""Names the shape."""


class DraftFileError(ValueError):
    """A file is not a draft in this shape; the message says where."""


def render_json(reading: DraftReading) -> Iterator[str]:
    """Yield the JSON text piece by piece, one clause at a time."""
    head = json.dumps(_head(reading), ensure_ascii=False, indent=2)
    yield head.removesuffix("\n}") + ',\n  "clauses": ['
    parents = {row.clause.pk: row.clause.eid for row in reading.rows}
    joint = "\n"
    for row in reading.rows:
        yield joint + "    " + json.dumps(_clause(row, reading, parents), ensure_ascii=False)
        joint = ",\n"
    yield "\n  ]\n}\n"


def read_json(data: bytes | str) -> dict[str, list[Words]]:
    """Return the text of a draft in such a file, by language, as it can be printed. Raises `DraftFileError`."""
    try:
        content = json.loads(data)
    except ValueError as error:
        raise DraftFileError(f"This is not JSON: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise DraftFileError(f"This is not a draft in the shape {FORMAT}: see “format”.")
    try:
        return {
            language: [_read_words(clause, language) for clause in content["clauses"]]
            for language in content["languages"]
        }
    except (KeyError, TypeError) as error:
        raise DraftFileError(f"Something is missing in “clauses” or “languages”: {error}.") from error


def _read_words(clause: Mapping[str, Any], language: str) -> Words:
    wording = clause["wordings"].get(language) or {}
    return Words(
        kind=clause["kind"],
        label=clause["label"],
        depth=clause["depth"],
        language=language,
        heading=wording.get("heading", ""),
        text=wording.get("text", ""),
        footnotes=tuple(wording.get("footnotes", ())),
        authenticity=wording.get("authenticity", ""),
        eid=clause["eid"],
    )


def _head(reading: DraftReading) -> dict[str, Any]:
    draft = reading.draft
    return {
        "format": FORMAT,
        "address": reading.address or None,
        "declaration": {"slug": draft.declaration.slug, "title": dict(draft.declaration.title)},
        "draft": {
            "ordinal": draft.ordinal,
            "name": dict(draft.name),
            "stage": draft.stage,
            "status": draft.status,
            "symbol": draft.document.symbol if draft.document else None,
            "supersedes": draft.supersedes.ordinal if draft.supersedes and draft.supersedes.is_published else None,
            "is_illustrative": draft.is_illustrative,
            "published_at": _moment(draft.published_at),
            "note": dict(draft.note),
            "available_languages": list(draft.languages),
        },
        "languages": list(reading.languages),
        "corrigenda": [_corrigendum(each) for each in reading.corrigenda],
    }


def _clause(row: Row, reading: DraftReading, parents: Mapping[int, str]) -> dict[str, Any]:
    clause = row.clause
    return {
        "eid": clause.eid,
        "wid": clause.wid,
        "kind": clause.kind,
        "label": clause.label,
        "depth": row.depth,
        "parent": parents.get(clause.parent_id) if clause.parent_id else None,
        "negotiating_status": clause.negotiating_status,
        "origins": [_origin(each) for each in reading.origins.get(clause.pk, ())],
        "wordings": {code: _wording(words) for code, words in row.words.items() if words.authenticity},
    }


def _wording(words: Words) -> dict[str, Any]:
    return {
        "printed_label": print_label(words.kind, words.label, words.language),
        "heading": words.heading,
        "text": words.text,
        "footnotes": [dict(note) for note in words.footnotes],
        "authenticity": words.authenticity,
    }


def _origin(descent: Descent) -> dict[str, Any]:
    return {"draft": descent.ancestor.draft.ordinal, "eid": descent.ancestor.eid, "kind": descent.kind}


def _corrigendum(corrigendum: Corrigendum) -> dict[str, Any]:
    return {
        "clause": corrigendum.clause.eid,
        "language": corrigendum.language,
        "number": corrigendum.number,
        "heading": corrigendum.heading,
        "text": corrigendum.text,
        "reason": dict(corrigendum.reason),
        "document": corrigendum.document.symbol if corrigendum.document else None,
        "issued_on": PartialDate.parse(corrigendum.issued_on).edtf,
    }


def _moment(value: dt.datetime | None) -> str | None:
    """Return a moment as RFC 3339 writes it, in Coordinated Universal Time."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None
