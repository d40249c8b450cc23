"""A draft as Akoma Ntoso 1.0 (OASIS LegalDocML), in the profile AKN4UN of the United Nations System.

A declaration is a deliberative document: a `statement` with a preamble of recitals and a main body; annexes are attachments.
Each clause has its own identifier as `eId`, and as `wId` the one that it keeps through renumbering. How each kind of clause
is written, and why, is told in docs/decisions/0017-akoma-ntoso.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import translation
from lxml import etree

from declaration.exporters.akn_meta import AKN, LANGUAGE_CODES, OWN, STATUS_CONCEPTS, Metadata, add
from declaration.exporters.reading import DraftReading, Row, Words, list_notes
from declaration.languages import django_language
from declaration.text.printer import print_labels

_ELEMENTS: Final = {
    "part": "part",
    "section": "section",
    "article": "article",
    "operative_paragraph": "paragraph",
    "paragraph": "paragraph",
    "subparagraph": "subparagraph",
    "item": "point",
}
"""The element of each kind of clause within a body; what has none is a named `hcontainer`."""


@dataclass
class _Node:
    """A clause with its printed labels by language and what stands below it."""

    row: Row
    labels: Mapping[str, str]
    children: list["_Node"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.row.clause.kind

    @property
    def eid(self) -> str:
        return self.row.clause.eid


def render_akn(reading: DraftReading) -> bytes:
    """Return the draft as an XML file in UTF-8."""
    return bytes(etree.tostring(build_akn(reading), xml_declaration=True, encoding="UTF-8"))


def build_akn(reading: DraftReading) -> etree._Element:
    """Return the draft as an `akomaNtoso` element; what the file says by itself is in its leading language."""
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN, "travaux": OWN})
    name = "declaration" if reading.draft.status == "adopted" else "declarationDraft"
    statement = add(root, "statement", name=name, contains="singleVersion")
    with translation.override(django_language(reading.language)):
        _Writer(reading).write(statement)
    return root


class _Writer:
    def __init__(self, reading: DraftReading) -> None:
        self._reading = reading
        self._languages = reading.languages
        self._is_mixed = len(reading.languages) > 1
        self._meta = Metadata(reading)

    def write(self, statement: etree._Element) -> None:
        roots = _tree(self._reading)
        self._meta.write(statement)
        self._cover(statement)
        preface = add(statement, "preface", eId="preface")
        long_title = add(preface, "longTitle", eId="preface__longtitle")
        for code in self._languages:
            paragraph = self._paragraph(long_title, code)
            add(paragraph, "docTitle").text = self._reading.title(code)
        annexes: list[_Node] = []
        while roots and roots[-1].kind == "annex":
            annexes.insert(0, roots.pop())
        self._document(statement, roots)
        if annexes:
            attachments = add(statement, "attachments")
            for number, annex in enumerate(annexes, start=1):
                self._annex(attachments, annex, number)

    def _cover(self, statement: etree._Element) -> None:
        cover = add(statement, "coverPage", eId="coverpage")
        for code in self._languages:
            for note in list_notes(self._reading, code):
                self._paragraph(cover, code).text = note
            paragraph = self._paragraph(cover, code)
            add(paragraph, "docStatus").text = self._reading.name(code)

    def _document(self, parent: etree._Element, nodes: Sequence[_Node], *, prefix: str = "") -> None:
        """Write a preamble, if the text begins with one, and the body."""
        rest = list(nodes)
        if rest and rest[0].kind == "preamble":
            self._preamble(parent, rest.pop(0))
        body = add(parent, "mainBody", eId=f"{prefix}body", **self._lang)
        for node in rest:
            self._hierarchy(body, node)
        if not rest:
            add(body, "p")

    def _annex(self, attachments: etree._Element, node: _Node, number: int) -> None:
        attachment = add(attachments, "attachment", **self._identity(node))
        self._head(attachment, node)
        document = add(attachment, "doc", name="annex")
        self._meta.write(document, component=f"annex_{number}")
        children = list(node.children)
        if children and children[0].kind == "preamble":
            self._preamble(document, children.pop(0))
        body = add(document, "mainBody", eId=f"{node.eid}__body", **self._lang)
        self._words(body, node)
        for child in children:
            self._hierarchy(body, child)
        if len(body) == 0:
            add(body, "p")

    # Preambles

    def _preamble(self, parent: etree._Element, node: _Node) -> None:
        preamble = add(parent, "preamble", **self._identity(node), **self._lang)
        if any(words.heading for words in node.row.words.values()):
            container = add(preamble, "container", eId=f"{node.eid}__heading", name="heading")
            for code, words in node.row.words.items():
                if words.heading:
                    self._inline(self._paragraph(container, code), words, in_heading=True)
        if any(words.text for words in node.row.words.values()):
            self._words(add(preamble, "formula", eId=f"{node.eid}__formula", name="enactingFormula"), node)
        recitals = None
        for index, child in enumerate(node.children, start=1):
            if child.kind == "preambular_paragraph":
                if recitals is None:
                    recitals = add(preamble, "recitals", eId=f"{node.eid}__recs_{index}")
                self._blocks(add(recitals, "recital", **self._identity(child)), child)
            else:
                recitals = None
                block = add(preamble, "container", **self._identity(child), name=child.kind)
                self._blocks(block, child, with_head=True)

    def _blocks(self, element: etree._Element, node: _Node, *, with_head: bool = False) -> None:
        """Write a clause as blocks, what stands below it as a list: where a hierarchy is not allowed."""
        if with_head:
            for code, label in node.labels.items():
                head = " ".join(filter(None, [label, node.row.words[code].heading]))
                if head:
                    self._paragraph(element, code).text = head
        self._words(element, node)
        if node.children:
            listed = add(element, "blockList", eId=f"{node.eid}__list_1")
            for child in node.children:
                item = add(listed, "item", **self._identity(child))
                self._num(item, child)
                self._heading(item, child)
                self._blocks(item, child)
        if len(element) == 0 or not any(_name(each) in _BLOCKS for each in element):
            add(element, "p")

    # Bodies

    def _hierarchy(self, parent: etree._Element, node: _Node) -> None:
        name = _ELEMENTS.get(node.kind)
        identity = self._identity(node)
        element = add(parent, name, **identity) if name else add(parent, "hcontainer", name=node.kind, **identity)
        self._head(element, node)
        has_words = any(words.text for words in node.row.words.values())
        if has_words:
            inner = "intro" if node.children else "content"
            self._words(add(element, inner, eId=f"{node.eid}__{inner}"), node)
        elif not node.children:
            add(add(element, "content", eId=f"{node.eid}__content"), "p")
        for child in node.children:
            self._hierarchy(element, child)

    def _head(self, element: etree._Element, node: _Node) -> None:
        self._num(element, node)
        self._heading(element, node)

    def _num(self, element: etree._Element, node: _Node) -> None:
        labels = {code: label for code, label in node.labels.items() if label}
        if not labels or node.kind == "preambular_paragraph":
            return
        num = add(element, "num")
        if not self._is_mixed:
            num.text = labels[self._reading.language]
            return
        for code, label in labels.items():
            add(num, "span", lang=code).text = label

    def _heading(self, element: etree._Element, node: _Node) -> None:
        headed = {code: words for code, words in node.row.words.items() if words.heading}
        if not headed:
            return
        heading = add(element, "heading")
        for code, words in headed.items():
            target = add(heading, "span", lang=code) if self._is_mixed else heading
            self._inline(target, words, in_heading=True)

    # Words

    def _words(self, element: etree._Element, node: _Node) -> None:
        """Write a clause's text in each language, each line of it as a paragraph."""
        for code, words in node.row.words.items():
            start = 0
            for line in words.text.split("\n") if words.text else ():
                self._inline(self._paragraph(element, code), words, start=start, length=len(line))
                start += len(line) + 1

    def _inline(
        self, element: etree._Element, words: Words, *, in_heading: bool = False, start: int = 0, length: int = -1
    ) -> None:
        """Write a heading or a line of a text, each footnote at its place."""
        text = words.heading if in_heading else words.text
        end = len(text) if length < 0 else start + length
        place, last = start, None
        numbered = enumerate(words.footnotes, start=1)
        for number, note in sorted(numbered, key=lambda each: each[1]["position"]):
            at = note["position"]
            is_last_line = end == len(text)
            if note["is_in_heading"] != in_heading or not (start <= at <= end or (at > end and is_last_line)):
                continue
            at = min(at, end)
            _append(element, last, text[place:at])
            last = self._footnote(element, words, note, number)
            place = at
        _append(element, last, text[place:end])

    def _footnote(self, element: etree._Element, words: Words, note: Mapping[str, Any], number: int) -> etree._Element:
        suffix = f"_{LANGUAGE_CODES[words.language]}" if self._is_mixed else ""
        eid = f"{words.eid}__authorialnote_{number}{suffix}"
        footnote = add(element, "authorialNote", eId=eid, marker=note["label"], placement="bottom")
        for line in note["text"].split("\n"):
            add(footnote, "p").text = line
        return footnote

    def _paragraph(self, parent: etree._Element, code: str) -> etree._Element:
        return add(parent, "p", lang=code) if self._is_mixed else add(parent, "p")

    @property
    def _lang(self) -> dict[str, str]:
        return {} if self._is_mixed else {"lang": self._reading.language}

    def _identity(self, node: _Node) -> dict[str, str]:
        clause = node.row.clause
        identity = {"eId": clause.eid, "wId": clause.wid}
        concept = STATUS_CONCEPTS.get(clause.negotiating_status)
        return identity | ({"refersTo": f"#{concept}"} if concept else {})


_BLOCKS: Final = frozenset({"p", "blockList"})


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _append(element: etree._Element, last: etree._Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _tree(reading: DraftReading) -> list[_Node]:
    """Return the clauses at the top, each with what stands below it."""
    columns: Iterable[tuple[str, list[str]]] = [
        (code, print_labels(reading.column(code), code)) for code in reading.languages
    ]
    roots: list[_Node] = []
    nodes: dict[int, _Node] = {}
    for index, row in enumerate(reading.rows):
        node = nodes[row.clause.pk] = _Node(row, {code: labels[index] for code, labels in columns})
        above = nodes.get(row.clause.parent_id or 0)
        (above.children if above else roots).append(node)
    return roots
