"""The words of one paragraph of a Word file: what is printed, what is called, deleted or hidden in it."""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from declaration.text.sources import limits
from declaration.text.sources.docx_names import Names, local_name
from declaration.text.sources.errors import SourceError
from declaration.text.sources.lines import NoteCall

_CONTAINERS: Final = frozenset(
    {
        *("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo"),
        # Phonetic guides: the words themselves. Mathematics: its letters in the order of the file.
        *("ruby", "rubyBase", "oMath", "oMathPara", "e", "num", "den", "sub", "sup", "fName", "d", "f", "sSub", "sSup"),
        *(
            "sSubSup",
            "rad",
            "deg",
            "nary",
            "func",
            "lim",
            "limLow",
            "limUpp",
            "m",
            "mr",
            "box",
            "borderBox",
            "acc",
            "bar",
        ),
    }
)
_DELETED: Final = frozenset({"del", "moveFrom"})
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}
_PAGE_BREAKS: Final = frozenset({"page", "column"})
_PICTURES: Final = frozenset({"drawing", "pict", "object"})
_NOTES: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass
class Words:
    """What the runs of a paragraph hold.

    `boxes` are the text boxes anchored in it, whose paragraphs stand by themselves; `length` counts the characters read,
    those that were deleted or hidden included.
    """

    number: int = 0
    text: list[str] = field(default_factory=list)
    calls: list[NoteCall] = field(default_factory=list)
    custom_labels: dict[str, str] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: int = 0
    length: int = 0
    position: int = 0
    bold_length: int = 0
    was_inserted: bool = False

    def add(self, text: str, *, is_bold: bool) -> None:
        """Add printed text."""
        self.text.append(text)
        self.position += len(text)
        visible = len(text.strip())
        self.bold_length += visible if is_bold else 0

    @property
    def printed(self) -> str:
        """The printed text."""
        return "".join(self.text)

    @property
    def is_bold(self) -> bool:
        """Whether all that is printed is bold by the runs' own properties."""
        return 0 < len("".join(part.strip() for part in self.text)) == self.bold_length


class RunReader:
    """Reads the runs of paragraphs."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def read(self, paragraph: etree._Element, number: int) -> Words:
        """Return the words of a paragraph, which is line `number`. Raises `SourceError` for more than a line can hold."""
        words = Words(number=number)
        self._walk(paragraph, words, is_deleted=False)
        return words

    def _walk(self, parent: etree._Element, words: Words, *, is_deleted: bool) -> None:
        for child in parent:
            name = local_name(child)
            if name == "r":
                self._run(child, words, is_deleted=is_deleted)
            elif name in _DELETED:
                self._walk(child, words, is_deleted=True)
            elif name in _CONTAINERS:
                words.was_inserted = words.was_inserted or name in {"ins", "moveTo"}
                self._walk(child, words, is_deleted=is_deleted)
            elif name == "AlternateContent":
                chosen = choose(child)
                if chosen is not None:
                    self._walk(chosen, words, is_deleted=is_deleted)
            elif name in _PICTURES:
                self._picture(child, words)

    def _run(self, run: etree._Element, words: Words, *, is_deleted: bool) -> None:
        names = self._names
        properties = run.find(names["rPr"])
        is_bold = properties is not None and names.is_on(properties.find(names["b"]))
        is_hidden = properties is not None and names.is_on(properties.find(names["vanish"]))
        for child in run:
            name = local_name(child)
            if name in {"t", "delText"}:
                text = child.text or ""
                words.length += len(text)
                if words.length > limits.MAX_LINE_LENGTH:
                    raise SourceError(
                        "line_too_long", line=words.number, count=words.length, limit=limits.MAX_LINE_LENGTH
                    )
                if self._is_custom_mark(child):
                    continue
                if is_deleted or name == "delText":
                    words.deleted.append(text)
                elif is_hidden:
                    words.hidden.append(text)
                else:
                    words.add(text, is_bold=is_bold)
            elif not is_deleted and not is_hidden:
                self._mark(child, name, words, is_bold=is_bold)

    def _mark(self, element: etree._Element, name: str, words: Words, *, is_bold: bool) -> None:
        """Read what is in a run and no text: spaces, breaks, symbols, calls, pictures."""
        if name in _CHARACTERS:
            words.add(_CHARACTERS[name], is_bold=is_bold)
        elif name == "br" and element.get(self._names["type"], "") not in _PAGE_BREAKS:
            words.add("\n", is_bold=is_bold)
        elif name == "sym":
            words.add(self._symbol(element), is_bold=is_bold)
        elif name in _NOTES:
            self._call(element, name, words)
        elif name in _PICTURES:
            self._picture(element, words)
        elif name == "AlternateContent":
            chosen = choose(element)
            for picture in () if chosen is None else chosen:
                self._picture(picture, words)
        elif name in _CONTAINERS:
            self._walk(element, words, is_deleted=False)

    def _call(self, element: etree._Element, name: str, words: Words) -> None:
        names = self._names
        key = f"{_NOTES[name]} {element.get(names['id'], '')}"
        words.calls.append(NoteCall(words.position, key))
        if self._has_custom_mark(element):
            following = element.getnext()
            mark = "" if following is None or local_name(following) != "t" else following.text or ""
            words.custom_labels[key] = mark

    def _has_custom_mark(self, call: etree._Element) -> bool:
        return call.get(self._names["customMarkFollows"], "0") in {"1", "true", "on"}

    def _is_custom_mark(self, text: etree._Element) -> bool:
        """Whether a text is what the call of a note before it prints: it is no word of the paragraph."""
        call = text.getprevious()
        return call is not None and local_name(call) in _NOTES and self._has_custom_mark(call)

    def _picture(self, element: etree._Element, words: Words) -> None:
        boxes = list(element.iter("{*}txbxContent"))
        words.boxes.extend(boxes)
        words.pictures += not boxes

    def _symbol(self, element: etree._Element) -> str:
        """Return the character of a symbol font; its codes are private ones, as the file has them."""
        try:
            return chr(int(element.get(self._names["char"], ""), 16))
        except (ValueError, OverflowError):
            return ""


def choose(element: etree._Element) -> etree._Element | None:
    """Return the one of several alternatives (ECMA-376 part 3, 10.2.1) that is read: the first choice, or the fallback."""
    for name in ("Choice", "Fallback"):
        for child in element:
            if local_name(child) == name:
                return child
    return None
