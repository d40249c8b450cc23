"""An import as a person looks at it before it is brought in: the tree with its languages side by side, and what is odd."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Document, Draft, ImportedText, Paragraph, Resolution, TextImport, Wording
from declaration.outline import choose_language, read_clauses
from declaration.services.cited import link_symbols
from declaration.text.alignment import MISMATCHES, Alignment, align
from declaration.text.corrections import apply, parents_of
from declaration.text.eids import distinct_eid
from declaration.text.findings import MESSAGES, REASONS

Node = Mapping[str, Any]


@dataclass(frozen=True)
class PreviewSymbol:
    """A symbol that is cited: as printed, what it is or could be, where, and what the record has under it.

    `place` is its number among the text's symbols, by which a correction names it.
    """

    place: int
    as_printed: str
    symbol: str
    candidates: tuple[str, ...]
    node: str | None
    target: Document | Resolution | None


@dataclass(frozen=True)
class PreviewFinding:
    """Something that a person should look at: the source line (0 for the whole text), how serious, and a sentence."""

    code: str
    line: int
    severity: str
    message: str


@dataclass(frozen=True)
class PreviewLeftOut:
    """A line that is not in the tree: its number, its words, and why in a few words."""

    line: int
    text: str
    reason: str
    because: str


@dataclass(frozen=True)
class PreviewMismatch:
    """A way in which a language does not match the first: the places among the nodes of both, and a sentence."""

    code: str
    language: str
    first: int | None
    second: int | None
    message: str


@dataclass(frozen=True)
class PreviewText:
    """One language of an import, after corrections.

    `nodes` are its clauses, `parents` the place of what each stands in. `eids` are the identifiers under which its clauses
    will be stored, by place: those of the first language where they are aligned.
    """

    text: ImportedText
    parsed: Mapping[str, Any]
    parents: Sequence[int | None]
    alignment: Alignment | None
    eids: Mapping[int, str]
    findings: tuple[PreviewFinding, ...]
    left_out: tuple[PreviewLeftOut, ...]
    symbols: tuple[PreviewSymbol, ...]
    mismatches: tuple[PreviewMismatch, ...]

    @property
    def language(self) -> str:
        """The code of its language."""
        return self.text.language

    @property
    def nodes(self) -> Sequence[Node]:
        """Its clauses in reading order, as `ParsedText.as_json` has them."""
        nodes: Sequence[Node] = self.parsed["nodes"]
        return nodes

    @property
    def words_left_out(self) -> tuple[PreviewLeftOut, ...]:
        """What was left out and has words: blank lines are only counted."""
        return tuple(each for each in self.left_out if each.text.strip())


@dataclass(frozen=True)
class PreviewCell:
    """A clause in one language: its place among the nodes of its text (none for what the draft has already)."""

    language: str
    node: Node
    place: int | None


@dataclass(frozen=True)
class PreviewRow:
    """A clause in the languages it is in: {language: cell}. One that is in a later language only is not `is_aligned`."""

    depth: int
    kind: str
    eid: str
    cells: Mapping[str, PreviewCell] = field(default_factory=dict)
    is_aligned: bool = True


@dataclass(frozen=True)
class ImportObstacle:
    """What stands between an import and its being brought in: a stable code, a sentence, and what it is about."""

    code: str
    message: str
    field: str = ""


@dataclass(frozen=True)
class ImportPreview:
    """An import as it stands. `base` are the clauses that all languages are set beside, in `base_language`.

    They are those of the first text, or those that the draft or the document has already (`is_base_stored`).
    """

    text_import: TextImport
    base: Sequence[Node]
    base_language: str
    is_base_stored: bool
    texts: tuple[PreviewText, ...]

    @property
    def languages(self) -> list[str]:
        """The languages side by side, in order."""
        languages = [self.base_language] if self.is_base_stored else []
        return [*languages, *(text.language for text in self.texts)]

    @cached_property
    def rows(self) -> list[PreviewRow]:
        """The clauses in reading order, those of a later language that have no counterpart where they stand there."""
        cells: dict[int, dict[str, PreviewCell]] = {place: {} for place in range(len(self.base))}
        alone: dict[int | None, list[PreviewRow]] = {}
        if self.is_base_stored:
            for place, node in enumerate(self.base):
                cells[place][self.base_language] = PreviewCell(self.base_language, node, None)
        for text in self.texts:
            for row in _rows_of(text, cells):
                alone.setdefault(row[0], []).append(row[1])
        rows = list(alone.get(None, ()))
        for place, node in enumerate(self.base):
            rows.append(PreviewRow(node["depth"], node["kind"], node["eid"], cells[place]))
            rows += alone.get(place, ())
        return rows

    @property
    def mismatches(self) -> list[PreviewMismatch]:
        """Where the languages do not match, by language."""
        return [mismatch for text in self.texts for mismatch in text.mismatches]

    @cached_property
    def obstacles(self) -> list[ImportObstacle]:
        """What stands in the way of bringing it in; empty where nothing does."""
        if not self.texts:
            return [ImportObstacle("import_empty", _("Add a file or paste a text first."), "file")]
        return [obstacle for text in self.texts for obstacle in self._obstacles_of(text)]

    def _obstacles_of(self, text: PreviewText) -> Iterable[ImportObstacle]:
        language = TEXT_LANGUAGES[text.language]
        if not text.nodes:
            message = _("No clause was found in the text in %(language)s.") % {"language": language}
            yield ImportObstacle("text_without_clauses", message, text.language)
        makes_tree = self.text_import.draft_id is not None and text.alignment is None
        for finding in text.findings:
            # A document is kept as it was printed; in a draft each number is given once.
            if finding.severity == "error" or (makes_tree and finding.code == "label_repeated"):
                message = _("%(language)s, line %(line)d: %(problem)s") % {
                    "language": language,
                    "line": finding.line,
                    "problem": finding.message,
                }
                yield ImportObstacle(f"text_{finding.code}", message, text.language)
        alone = [place for place in range(len(text.nodes)) if place not in text.eids]
        if alone:
            node = text.nodes[alone[0]]
            message = _(
                "Clauses in %(language)s without a counterpart: %(count)d, the first of them “%(clause)s”. Align, join or leave "
                "out each of them."
            ) % {
                "language": language,
                "count": len(alone),
                "clause": node["printed"] or (node["heading"] or node["text"])[:60],
            }
            yield ImportObstacle("clauses_not_aligned", message, text.language)


def read_import(text_import: TextImport) -> ImportPreview:
    """Return an import as it stands, in a number of questions to the database that does not grow with its texts."""
    texts = list(text_import.texts.order_by("position"))
    base, base_language = _stored_base(text_import, {text.language for text in texts})
    is_stored = bool(base)
    applied = [apply(text.parsed, text.corrections) for text in texts]
    if not is_stored and applied:
        base, base_language = applied[0]["nodes"], texts[0].language
        _follow_hands(base, applied[1:])
    wanted = {each for parsed in applied for symbol in parsed["symbols"] for each in _symbols_of(symbol)}
    targets = link_symbols(wanted)
    previews = []
    for index, (text, parsed) in enumerate(zip(texts, applied, strict=True)):
        alignment = align(base, parsed["nodes"]) if is_stored or index else None
        previews.append(_preview(text, parsed, alignment, base, targets, into_document=bool(text_import.document_id)))
    return ImportPreview(text_import, base, base_language, is_stored, tuple(previews))


def has_stored_base(text_import: TextImport) -> bool:
    """Whether an import's texts are set beside what the draft or the document has already, and not beside its first text."""
    languages = set(text_import.texts.values_list("language", flat=True))
    return bool(_stored_base(text_import, languages)[0])


_GONE = "gone"
"""An identifier that no clause has."""


def _follow_hands(base: Sequence[Node], texts: Sequence[Mapping[str, Any]]) -> None:
    """Let clauses that were aligned by hand keep their counterparts, whatever identifiers those have by now."""
    eids = {node.get("key", str(place)): node["eid"] for place, node in enumerate(base)}
    for text in texts:
        for node in text["nodes"]:
            if "aligned_key" in node:
                node["aligned"] = eids.get(node["aligned_key"], _GONE)


def _stored_base(text_import: TextImport, languages: set[str]) -> tuple[Sequence[Node], str]:
    """Return what the draft or the document has already, in a language that the import does not bring."""
    if text_import.draft is not None:
        return _draft_base(text_import.draft)
    rows = list(Paragraph.objects.filter(document=text_import.document_id).exclude(language__in=languages))
    if not rows:
        return [], ""
    language = min(rows, key=lambda row: list(TEXT_LANGUAGES).index(row.language)).language
    chosen = sorted((row for row in rows if row.language == language), key=lambda row: row.position)
    return [_node(row, row, depth=row.depth) for row in chosen], language


def _draft_base(draft: Draft) -> tuple[Sequence[Node], str]:
    language = choose_language(draft, draft.languages[0])
    lines = read_clauses(draft.clauses.order_by("position").with_wordings(language), language)
    return [_node(line.clause, line.wording, depth=line.depth) for line in lines], language


def _node(place: Clause | Paragraph, words: Wording | Paragraph | None, *, depth: int) -> Node:
    """Return what is stored already in the shape of what was read."""
    return {
        "kind": place.kind,
        "label": place.label,
        "depth": depth,
        "eid": place.eid,
        "heading": words.heading if words else "",
        "text": words.text if words else "",
        "printed": "",
        "source_lines": [],
        "is_bracketed": False,
    }


def _preview(
    text: ImportedText,
    parsed: Mapping[str, Any],
    alignment: Alignment | None,
    base: Sequence[Node],
    targets: Mapping[str, Document | Resolution],
    *,
    into_document: bool,
) -> PreviewText:
    lines_out = {each["line"] for each in parsed["left_out"]}
    return PreviewText(
        text=text,
        parsed=parsed,
        parents=parents_of(parsed["nodes"]),
        alignment=alignment,
        eids=_eids(parsed["nodes"], alignment, base, into_document=into_document),
        # What was wrong with a line that has been left out by hand does not matter any more.
        findings=tuple(
            PreviewFinding(each["code"], each["line"], each["severity"], _(MESSAGES[each["code"]]) % each["params"])
            for each in parsed["findings"]
            if each["severity"] != "error" or each["line"] not in lines_out
        ),
        left_out=tuple(
            PreviewLeftOut(each["line"], each["text"], each["reason"], _(REASONS[each["reason"]]))
            for each in parsed["left_out"]
        ),
        symbols=tuple(_symbol(place, symbol, targets) for place, symbol in enumerate(parsed["symbols"])),
        mismatches=tuple(
            PreviewMismatch(each.code, text.language, each.first, each.second, _(MISMATCHES[each.code]) % each.params)
            for each in (alignment.mismatches if alignment else ())
        ),
    )


def _eids(
    nodes: Sequence[Node], alignment: Alignment | None, base: Sequence[Node], *, into_document: bool
) -> dict[int, str]:
    """Return the identifiers under which clauses are stored, by place; in a draft none for those without a counterpart.

    A document's text may differ in its languages: what has no counterpart there keeps an identifier of its own.
    """
    if alignment is None:
        return {place: node["eid"] for place, node in enumerate(nodes)}
    eids = {second: base[first]["eid"] for second, first in alignment.by_second.items()}
    if into_document:
        taken = {node["eid"] for node in base}
        for place, node in enumerate(nodes):
            if place not in eids:
                eids[place] = distinct_eid(node["eid"], taken)
                taken.add(eids[place])
    return eids


def _symbols_of(symbol: Mapping[str, Any]) -> list[str]:
    return [symbol["symbol"]] if symbol.get("symbol") else list(symbol.get("candidates", ()))


def _symbol(place: int, symbol: Mapping[str, Any], targets: Mapping[str, Document | Resolution]) -> PreviewSymbol:
    settled = symbol.get("symbol") or ""
    return PreviewSymbol(
        place=place,
        as_printed=symbol["as_printed"],
        symbol=settled,
        candidates=tuple(symbol.get("candidates", ())),
        node=symbol["node"],
        target=targets.get(settled),
    )


def _rows_of(text: PreviewText, cells: dict[int, dict[str, PreviewCell]]) -> Iterable[tuple[int | None, PreviewRow]]:
    """Put a text's clauses beside the base; yield rows of their own for the others, with the place they stand behind."""
    if text.alignment is None:
        for place, node in enumerate(text.nodes):
            cells[place][text.language] = PreviewCell(text.language, node, place)
        return
    behind: int | None = None
    for pair in text.alignment.pairs:
        if pair.first is not None:
            behind = pair.first
        if pair.second is None:
            continue
        cell = PreviewCell(text.language, text.nodes[pair.second], pair.second)
        if pair.first is not None:
            cells[pair.first][text.language] = cell
        else:
            node = cell.node
            row = PreviewRow(node["depth"], node["kind"], node["eid"], {text.language: cell}, is_aligned=False)
            yield behind, row
