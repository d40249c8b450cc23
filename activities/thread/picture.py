"""The thread as a picture: a column for each kind of step, a box for each thing, a line for each link.

All lengths are in the picture's own units; they are told as text, since no language writes those of a picture in its own way. In a page that runs from right to left the picture is mirrored.
"""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from activities.thread.graph import Link, Thread
from activities.thread.kinds import COLUMNS
from activities.thread.nodes import Node
from declaration.languages import active_text_language, direction

WIDE, HIGH, BETWEEN, BELOW, HEAD, PAD = 156, 44, 52, 12, 44, 8
"""Width and height of a box, the room beside and below it, the height of the columns' names, and the room within a box."""

LINE, LINES, LETTERS = 15, 2, 23
"""Height of a line of a name, how many there are, and how many letters stand in one; a Chinese character is two."""


@dataclass(frozen=True)
class Words:
    """A line of words, where it begins, on which side of that it runs on, and in which direction."""

    text: str
    x: str
    y: str
    anchor: str
    direction: str


@dataclass(frozen=True)
class Box:
    """A thing in the picture."""

    node: Node
    left: int
    top: int
    words: list[Words]
    is_centre: bool

    @property
    def x(self) -> str:
        """Its left side."""
        return str(self.left)

    @property
    def y(self) -> str:
        """Its upper side."""
        return str(self.top)


@dataclass(frozen=True)
class Head:
    """The name of a column."""

    words: list[Words]


class Picture:
    """The thread drawn; columns in which nothing stands are left out."""

    def __init__(self, thread: Thread, *, mirrored: bool) -> None:
        self.mirrored = mirrored
        columns: dict[int, list[Node]] = defaultdict(list)
        for node in thread.nodes:
            columns[node.column].append(node)
        used = sorted(columns)
        longest = max((len(nodes) for nodes in columns.values()), default=0)
        self.width = max(len(used) * (WIDE + BETWEEN) - BETWEEN, WIDE) + 2 * PAD
        self.height = HEAD + longest * (HIGH + BELOW) + PAD
        self.heads: list[Head] = []
        self.boxes: list[Box] = []
        for place, column in enumerate(used):
            x = self._across(PAD + place * (WIDE + BETWEEN), wide=WIDE)
            self.heads.append(Head(self._write(str(COLUMNS[column]), x, 0, active_text_language())))
            self.boxes += [
                self._draw(node, x, HEAD + row * (HIGH + BELOW), is_centre=node == thread.centre)
                for row, node in enumerate(columns[column])
            ]
        self.size = (str(self.width), str(self.height))
        self.box = (str(WIDE), str(HIGH))
        places = {box.node.key: box for box in self.boxes}
        self.links = "".join(self._join(places, link) for link in thread.links)

    def _across(self, x: int, *, wide: int = 0) -> int:
        return self.width - x - wide if self.mirrored else x

    def _draw(self, node: Node, x: int, y: int, *, is_centre: bool) -> Box:
        return Box(node, x, y, self._write(str(node), x, y, node.shown_language), is_centre)

    def _write(self, text: str, x: int, y: int, language: str) -> list[Words]:
        """Put a text into a box, beginning at the side at which the page begins."""
        runs = direction(language)
        anchor = "start" if (runs == "rtl") == self.mirrored else "end"
        edge = x + WIDE - PAD if self.mirrored else x + PAD
        lines = wrap(text)
        top = y + (HIGH - LINE * len(lines)) // 2 + LINE - 4
        return [Words(line, str(edge), str(top + LINE * number), anchor, runs) for number, line in enumerate(lines)]

    def _join(self, places: dict[str, Box], link: Link) -> str:
        """Draw the line from the far side of a box to the near side of the next."""
        before, after = places[link.before.key], places[link.after.key]
        start, end = before.left + (0 if self.mirrored else WIDE), after.left + (WIDE if self.mirrored else 0)
        bend = -BETWEEN if self.mirrored else BETWEEN
        top, bottom = before.top + HIGH // 2, after.top + HIGH // 2
        return f"M{start} {top}C{start + bend} {top} {end - bend} {bottom} {end} {bottom}"


def wrap(text: str) -> list[str]:
    """Return a text in at most `LINES` lines, broken between words where that can be, and cut where it is longer."""
    lines = [""]
    for word in _words(" ".join(text.split())):
        if lines[-1] and measure(lines[-1] + word.rstrip()) > LETTERS:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    shown = [_cut(line.strip(), is_last=False) for line in lines[:LINES]]
    if len(lines) > LINES:
        shown[-1] = _cut(f"{shown[-1]}…", is_last=True)
    return shown


def measure(text: str) -> int:
    """Return how many letters wide a text is; marks that stand above others take no room."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may be broken: words with the space after them, and wide characters."""
    pieces: list[str] = [""]
    for letter in text:
        is_wide = unicodedata.east_asian_width(letter) in "WF"
        if pieces[-1] and (is_wide or pieces[-1].endswith(" ")):
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, *, is_last: bool) -> str:
    if measure(line) <= LETTERS + is_last:
        return line
    kept = line.rstrip("…")
    while kept and measure(kept) >= LETTERS:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
