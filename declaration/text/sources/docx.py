"""Word files (.docx; ECMA-376 part 1, ISO/IEC 29500) as lines."""

from typing import Final

from lxml import etree

from declaration.text.findings import Finding, LeftOut
from declaration.text.numerals import to_roman
from declaration.text.sources import limits
from declaration.text.sources.docx_body import BodyReader
from declaration.text.sources.docx_names import Names, local_name
from declaration.text.sources.docx_numbering import Numbering
from declaration.text.sources.docx_styles import Styles
from declaration.text.sources.errors import SourceError
from declaration.text.sources.lines import Source, SourceNote, refuse_too_much
from declaration.text.sources.packages import Package

_NOTE_PARTS: Final = (("footnotes", "footnote"), ("endnotes", "endnote"))
_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_ASIDE: Final = (("header", "header"), ("footer", "footer"), ("comments", "comment"))
# Relations to other files that a reader would open by itself; links that a person may follow are none of them.
_FETCHED: Final = frozenset(
    {"image", "attachedTemplate", "oleObject", "frame", "aFChunk", "subDocument", "externalLink"}
)
_MAX_TARGET: Final = 200
_MAX_EXTERNAL: Final = 10


def read_docx(data: bytes) -> Source:
    """Return the paragraphs of a Word file as lines.

    Automatic numbers are counted, insertions in tracked changes are taken and deletions left out, tables are read by row,
    and notes are kept apart with the place where each is called. Raises `SourceError`.
    """
    package = Package(data)
    root = package.read(package.main)
    names = Names(root)
    body = root.find(names["body"])
    if body is None:
        raise SourceError("not_word")
    _refuse_many(root, names)
    styles = Styles(_optional(package, "styles"))
    numbering = Numbering(_optional(package, "numbering"), styles)
    reader = BodyReader(names, styles, numbering)
    reader.read(body)
    lines = reader.take_lines()
    unread = _written(root) - reader.length
    notes = _read_notes(package, reader)
    _read_aside(package, reader)
    source = Source(
        lines=lines,
        format="docx",
        notes=notes,
        left_out=tuple(reader.left_out),
        findings=(*reader.findings, *_general_findings(package, numbering, unread)),
        lines_total=reader.count,
    )
    if not any(not line.is_blank for line in lines):
        raise SourceError("empty")
    refuse_too_much(line.text for line in lines)
    return source


def _optional(package: Package, kind: str) -> etree._Element | None:
    parts = package.related(package.main, kind)
    return package.read(parts[0]) if parts else None


def _refuse_many(root: etree._Element, names: Names) -> None:
    count = sum(1 for _ in root.iter(names["p"]))
    if count > limits.MAX_LINES:
        raise SourceError("too_many_lines", count=count, limit=limits.MAX_LINES)


def _written(root: etree._Element) -> int:
    """Return how many characters the body holds, those of mere alternatives not counted twice."""
    length = sum(len(element.text or "") for element in root.iter("{*}t", "{*}delText"))
    outermost = (
        each
        for each in root.iter("{*}Fallback")
        if not any(local_name(above) == "Fallback" for above in each.iterancestors())
    )
    return length - sum(len(element.text or "") for each in outermost for element in each.iter("{*}t", "{*}delText"))


def _read_notes(package: Package, reader: BodyReader) -> dict[str, SourceNote]:
    """Return the footnotes and endnotes by the key of their calls, their lines counted on after the body."""
    notes: dict[str, SourceNote] = {}
    for kind, name in _NOTE_PARTS:
        root = _optional(package, kind)
        if root is None:
            continue
        names = Names(root)
        counted = 0
        for element in root.iter(names[name]):
            if element.get(names["type"], "") in _SEPARATORS:
                continue
            key = f"{name} {element.get(names['id'], '')}"
            reader.read(element)
            label = reader.custom_labels.get(key, "")
            if not label:
                counted += 1
                label = str(counted) if name == "footnote" else to_roman(counted).lower()
            notes[key] = SourceNote(key, label, reader.take_lines())
            _refuse_count(reader)
    return notes


def _read_aside(package: Package, reader: BodyReader) -> None:
    """Count what stands outside the text: headers, footers, comments; none of it is part of the text."""
    for kind, reason in _ASIDE:
        for part in dict.fromkeys(package.related(package.main, kind)):
            root = package.read(part)
            reader.read([child for element in root for child in element] if reason == "comment" else root)
            _refuse_count(reader)
            reader.left_out.extend(
                LeftOut(line.number, line.shown, reason if line.text.strip() else "blank")
                for line in reader.take_lines()
            )


def _refuse_count(reader: BodyReader) -> None:
    if reader.count > limits.MAX_LINES:
        raise SourceError("too_many_lines", count=reader.count, limit=limits.MAX_LINES)


def _general_findings(package: Package, numbering: Numbering, unread: int) -> list[Finding]:
    findings = [
        Finding("number_format_unknown", params={"format": name[:_MAX_TARGET]})
        for name in sorted(numbering.unknown_formats)
    ]
    external = [
        relation
        for part in (package.main, *package.related(package.main, "settings"))
        for relation in package.relations(part)
        if relation.is_external and relation.kind in _FETCHED
    ]
    findings.extend(
        Finding("external_content", params={"target": relation.target[:_MAX_TARGET]})
        for relation in external[:_MAX_EXTERNAL]
    )
    if unread > 0:
        findings.append(Finding("text_unread", severity="error", params={"count": unread}))
    return findings
