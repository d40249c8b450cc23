"""How a text comes in from files: read, looked at, corrected by hand, and brought in as a whole or not at all."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from declaration.errors import Conflict, Refused
from declaration.import_preview import ImportPreview, has_stored_base, read_import
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Citation, Clause, Document, Draft, ImportedText, Paragraph, TextImport, Wording
from declaration.services.cited import list_known_symbols, make_citation
from declaration.services.lineage import propose_descents
from declaration.services.texts import NewClause, NewWording, refuse_published, store_clauses, store_wordings
from declaration.text.corrections import MESSAGES as CORRECTION_MESSAGES
from declaration.text.corrections import CorrectionError, apply
from declaration.text.parser import parse
from declaration.text.sources import SourceError, read_file
from declaration.text.sources.errors import MESSAGES as SOURCE_MESSAGES
from declaration.text_messages import validate_text

MAX_DIGITS: Final = 6
"""Digits of a paragraph's number; what is longer is no number."""


@transaction.atomic
def begin_import(*, draft: Draft | None = None, document: Document | None = None) -> TextImport:
    """Begin to bring a text in: into a draft in preparation, or as the text of a document; exactly one of the two."""
    if (draft is None) == (document is None):
        raise Refused("import_target", _("A text is brought in either into a draft or as the text of a document."))
    if draft is not None:
        refuse_published(Draft.objects.get(pk=draft.pk))
    return TextImport.objects.create(draft=draft, document=document)


@transaction.atomic
def add_text(*, text_import: TextImport, data: bytes, file_name: str = "", language: str = "") -> ImportedText:
    """Read a file, a Word document or plain text in UTF-8, as the import's text in a language.

    Without `language` it is told from the text. Refused with what is wrong and where for a file that cannot be read, for a
    language that the import or the draft has already, and once the import has been settled.
    """
    text_import = _lock(text_import)
    try:
        parsed = parse(read_file(data), language=language or None, known_symbols=list_known_symbols()).as_json()
    except SourceError as error:
        raise _refused_source(error, file_name) from error
    except ValueError as error:
        raise Refused("language_unknown", _("This is not one of the six languages."), field="language") from error
    taken = str(parsed["language"])
    if text_import.texts.filter(language=taken).exists():
        raise Refused(
            "language_repeated",
            _("This import has a text in this language already: %(language)s. Remove that one first.")
            % {"language": TEXT_LANGUAGES[taken]},
            field="language",
            status=409,
        )
    if text_import.draft is not None:
        _refuse_there(text_import.draft, [taken])
    text = ImportedText.objects.create(
        text_import=text_import,
        language=taken,
        position=(text_import.texts.aggregate(last=Max("position"))["last"] or 0) + 1,
        file_name=file_name.replace("\\", "/").rpartition("/")[2][:200].replace("\0", ""),
        format="docx" if data.startswith(b"PK") else "text",
        sha256=hashlib.sha256(data).hexdigest(),
        parsed=parsed,
    )
    _touch(text_import)
    return text


def _refuse_there(draft: Draft, languages: Iterable[str]) -> None:
    """Refuse languages that a draft has words in already."""
    for language in languages:
        if Wording.objects.filter(clause__draft=draft, language=language).exists():
            raise Refused(
                "language_there",
                _("The draft has a text in this language already: %(language)s. Change it clause by clause.")
                % {"language": TEXT_LANGUAGES[language]},
                field="language",
                status=409,
            )


def _refused_source(error: SourceError, file_name: str) -> Refused:
    message = _(SOURCE_MESSAGES[error.code]) % error.params
    if file_name:
        message = _("%(file)s: %(problem)s") % {"file": file_name, "problem": message}
    return Refused(f"source_{error.code}", message, field="file")


@transaction.atomic
def remove_text(*, text: ImportedText, expected_revision: int) -> TextImport:
    """Take a text out of an import again."""
    text_import = _lock(text.text_import, expected_revision)
    first = text_import.texts.order_by("position").first()
    if first is not None and first.pk == text.pk and not has_stored_base(text_import):
        # What was aligned by hand was aligned with this text.
        for other in text_import.texts.exclude(pk=text.pk):
            other.corrections = [each for each in other.corrections if each.get("op") != "align"]
            other.save(update_fields=["corrections"])
    ImportedText.objects.filter(pk=text.pk).delete()
    return _touch(text_import)


@transaction.atomic
def correct_text(*, text: ImportedText, correction: Mapping[str, Any], expected_revision: int) -> ImportedText:
    """Correct a text by hand (see `declaration.text.corrections`); refused where the correction does not fit."""
    text_import = _lock(text.text_import, expected_revision)
    text = text_import.texts.get(pk=text.pk)
    corrections = [*text.corrections, _with_key(text_import, text, correction)]
    try:
        apply(text.parsed, corrections)
    except CorrectionError as error:
        message = _(CORRECTION_MESSAGES[error.code]) % error.params
        raise Refused(f"correction_{error.code}", message, field=str(correction.get("op", ""))[:40]) from error
    text.corrections = corrections
    text.save(update_fields=["corrections"])
    _touch(text_import)
    return text


def _with_key(text_import: TextImport, text: ImportedText, correction: Mapping[str, Any]) -> dict[str, Any]:
    """Return a correction as it is kept: a counterpart in the first text by its key as well.

    Identifiers change when that text is corrected; the clause that a person chose is still the one.
    """
    kept = {name: value for name, value in correction.items() if name != "with_key"}
    first = text_import.texts.order_by("position").first()
    wanted = kept.get("with")
    if kept.get("op") != "align" or not wanted or first is None or first.pk == text.pk or has_stored_base(text_import):
        return kept
    nodes = apply(first.parsed, first.corrections)["nodes"]
    place = next((place for place, node in enumerate(nodes) if node["eid"] == wanted), None)
    if place is None:
        message = _("There is no clause “%(clause)s” in the first language.") % {"clause": str(wanted)[:120]}
        raise Refused("counterpart_unknown", message, field="with")
    return {**kept, "with_key": nodes[place].get("key", str(place))}


@transaction.atomic
def undo_correction(*, text: ImportedText, expected_revision: int) -> ImportedText:
    """Take the last correction of a text back; refused where there is none."""
    text_import = _lock(text.text_import, expected_revision)
    text = text_import.texts.get(pk=text.pk)
    if not text.corrections:
        raise Refused("nothing_to_undo", _("Nothing has been corrected in this text."))
    text.corrections = text.corrections[:-1]
    text.save(update_fields=["corrections"])
    _touch(text_import)
    return text


@transaction.atomic
def discard_import(*, text_import: TextImport) -> TextImport:
    """Give an import up; nothing of it was stored anywhere else."""
    text_import = _lock(text_import)
    text_import.status = TextImport.Status.DISCARDED
    text_import.save(update_fields=["status", "updated_at"])
    return text_import


@transaction.atomic
def commit_import(*, text_import: TextImport, expected_revision: int) -> Draft | Document:
    """Bring a text in, wholly or not at all; return the draft or document that it is in now.

    Refused with the first of `read_import(…).obstacles` where there is one, and with all that is wrong with the clauses
    where they do not fit a draft. The texts of a document replace those that it had in their languages.
    """
    text_import = _lock(text_import, expected_revision)
    if text_import.draft is not None:
        # Nobody edits the clauses between this look at them and what is stored beside them.
        text_import.draft = Draft.objects.select_for_update(of=("self",)).get(pk=text_import.draft.pk)
        refuse_published(text_import.draft)
        _refuse_there(text_import.draft, text_import.texts.values_list("language", flat=True))
    preview = read_import(text_import)
    for obstacle in preview.obstacles:
        raise Refused(obstacle.code, obstacle.message, field=obstacle.field)
    if text_import.draft is not None:
        _commit_draft(text_import.draft, preview)
    else:
        _commit_document(text_import, preview)
    text_import.status = TextImport.Status.COMMITTED
    text_import.save(update_fields=["status", "updated_at"])
    target = text_import.draft or text_import.document
    assert target is not None  # noqa: S101 - the database holds exactly one of the two
    target.refresh_from_db()
    return target


def _commit_draft(draft: Draft, preview: ImportPreview) -> None:
    """Store clauses where the draft has none, then the wordings of each language and what they cite.

    What the clauses of a draft that supersedes another come from is proposed at once.
    """
    clauses = {clause.eid: clause for clause in draft.clauses.all()}
    first = preview.texts[0]
    if not clauses:
        missing = [each.language for each in preview.texts if each.language not in draft.languages]
        if missing:
            draft.languages = [*draft.languages, *missing]
            draft.save(update_fields=["languages"])
        new = [
            NewClause(
                eid=node["eid"],
                kind=node["kind"],
                label=node["label"],
                parent="" if parent is None else first.nodes[parent]["eid"],
                negotiating_status=_status(node),
                wordings={},
            )
            for node, parent in zip(first.nodes, first.parents, strict=True)
        ]
        clauses = {clause.eid: clause for clause in store_clauses(draft=draft, clauses=new)}
    for text in preview.texts:
        wordings = {
            clauses[eid].pk: NewWording(
                heading=text.nodes[place]["heading"],
                text=text.nodes[place]["text"],
                footnotes=_footnotes(text.nodes[place]),
            )
            for place, eid in sorted(text.eids.items())
        }
        rows = store_wordings(draft=draft, language=text.language, wordings=wordings)
        by_place = dict(zip(sorted(text.eids), rows, strict=True))
        Citation.objects.bulk_create(_citations(text.parsed, by_place))
    if draft.supersedes_id is not None:
        propose_descents(draft=draft)


def _status(node: Mapping[str, Any]) -> str:
    return Clause.NegotiatingStatus.BRACKETED if node["is_bracketed"] else Clause.NegotiatingStatus.OPEN


def _commit_document(text_import: TextImport, preview: ImportPreview) -> None:
    """Store the paragraphs of each language instead of those that the document had in it."""
    for text in preview.texts:
        Paragraph.objects.filter(document=text_import.document, language=text.language).delete()
        numbers: dict[int, int | None] = {}
        rows = []
        by_place = {}
        for place, node in enumerate(text.nodes):
            parent = text.parents[place]
            numbers[place] = _number(node) if parent is None else _number(node) or numbers[parent]
            if not node["label"] and not node["heading"] and not node["text"]:
                continue
            row = Paragraph(
                document=text_import.document,
                language=text.language,
                position=place + 1,
                kind=node["kind"],
                eid=text.eids[place],
                depth=node["depth"],
                number=numbers[place],
                label=node["label"],
                heading=node["heading"],
                text=node["text"],
                footnotes=_footnotes(node),
            )
            _check(row)
            rows.append(row)
            by_place[place] = row
        Paragraph.objects.bulk_create(rows)
        Citation.objects.bulk_create(_citations(text.parsed, by_place))


def _check(row: Paragraph) -> None:
    try:
        row.clean_fields(exclude=["document"])
        for words in (row.heading, row.text):
            validate_text(words)
    except ValidationError as error:
        message = _("%(clause)s: %(problem)s") % {"clause": row.eid, "problem": error.messages[0]}
        raise Refused("paragraph_invalid", message, field="text") from error


def _number(node: Mapping[str, Any]) -> int | None:
    """Return the number of a numbered paragraph; items, sections and articles have none of their own."""
    label = str(node["label"]).partition(" ")[0]
    is_numbered = node["kind"] in {"paragraph", "operative_paragraph"} and label.isascii() and label.isdigit()
    return int(label) if is_numbered and len(label) <= MAX_DIGITS else None


def _footnotes(node: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {key: note[key] for key in ("label", "text", "position", "is_in_heading")} for note in node.get("notes", [])
    ]


def _citations(parsed: Mapping[str, Any], rows: Mapping[int, Wording | Paragraph]) -> list[Citation]:
    places = {node["eid"]: place for place, node in enumerate(parsed["nodes"])}
    return [
        make_citation(
            rows[places[symbol["node"]]],
            as_printed=symbol["as_printed"],
            position=symbol["position"],
            place=symbol["place"],
            symbol=symbol.get("symbol"),
            candidates=symbol.get("candidates", ()),
        )
        for symbol in parsed["symbols"]
        if symbol["node"] is not None and places[symbol["node"]] in rows
    ]


def _lock(text_import: TextImport, expected_revision: int | None = None) -> TextImport:
    """Read an import anew and keep others from changing it; refuse one that is settled or was changed meanwhile."""
    text_import = (
        TextImport.objects.select_for_update(of=("self",)).select_related("draft", "document").get(pk=text_import.pk)
    )
    if text_import.status != TextImport.Status.OPEN:
        raise Refused(
            "import_settled", _("This text has been brought in or given up already. Begin a new import."), status=409
        )
    if expected_revision is not None and text_import.revision != expected_revision:
        raise Conflict(
            _("A colleague changed this import meanwhile. Look at it as it stands now, and try again."),
            current={"revision": text_import.revision},
        )
    return text_import


def _touch(text_import: TextImport) -> TextImport:
    text_import.revision += 1
    text_import.save(update_fields=["revision", "updated_at"])
    return text_import


__all__ = [
    "ImportPreview",
    "add_text",
    "begin_import",
    "commit_import",
    "correct_text",
    "discard_import",
    "read_import",
    "remove_text",
    "undo_correction",
]
