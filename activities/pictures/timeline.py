"""The time line as a picture: lanes one below the other, time along the line in the direction in which the page is read.

Places are whole numbers in the picture's own units. They are reckoned from the beginning of the line and turned round
last, so that a page that runs from right to left is the mirror of one that does not.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from activities.pictures.chronicle import LANES, Entry, Lane
from activities.pictures.letters import cut, width_of
from activities.pictures.window import Tick, Window
from declaration.languages import active_text_language, direction

WIDTH: Final = 1040
MARGIN: Final = 12
AXIS: Final = 28
"""Heights and widths: of the picture, the room at either end of the line, and the dates above it."""

TITLE: Final = 26
ROW: Final = 26
"""Heights of a lane's name and of a row: a finger must be able to find what it points at (24 units at least)."""

MOST_ROWS: Final = 12
"""So many rows a lane has at most; what finds no room is marked without its name."""

POINT: Final = 10
"""The width of what lasts so short a time that it is a point."""

BETWEEN: Final = 8
"""The room kept free after a name."""

MOST_OF_A_NAME: Final = 44


@dataclass(frozen=True)
class Mark:
    """An entry in the picture: its shape, its name, and the ground on which both are clicked."""

    entry: Entry
    is_point: bool
    shape: str
    label: str
    x: int
    y: int
    anchor: str
    ground_x: int
    ground_y: int
    ground_width: int


@dataclass(frozen=True)
class Line:
    """A line across the picture with its date."""

    tick: Tick
    x: int
    label_x: int


@dataclass(frozen=True)
class LanePicture:
    """A lane: its name and where it stands, its entries, and those for which there was no room, as one path."""

    code: Lane
    name: str
    y: int
    marks: list[Mark]
    crowded: int
    crowd: str


@dataclass(frozen=True)
class _Placed:
    """Where an entry goes: from `start` to `end` with its name, of which the mark itself takes from `x` to `x + width`.

    Its name is written on a mark that is long enough, otherwise after it, and before it where the line ends too soon.
    """

    entry: Entry
    label: str
    x: int
    width: int
    start: int
    end: int
    label_x: int
    is_before: bool = False


class TimelinePicture:
    """What falls into a window, each entry at its time, with its name where there is room for it."""

    def __init__(self, entries: list[Entry], window: Window, *, mirrored: bool) -> None:
        self.window = window
        self.mirrored = mirrored
        self.width = WIDTH
        self.lanes: list[LanePicture] = []
        self.height = AXIS
        for code, name in LANES.items():
            found = [entry for entry in entries if entry.lane == code]
            if found:
                self._add_lane(code, str(name), found)
        self.height += MARGIN
        self.lines = [self._line(tick) for tick in window.ticks]
        self.name_x = self._across(MARGIN)

    @property
    def crowded(self) -> int:
        """How many entries are marked without their names."""
        return sum(lane.crowded for lane in self.lanes)

    def _add_lane(self, code: Lane, name: str, entries: list[Entry]) -> None:
        top = self.height + TITLE
        rows: list[int] = []
        marks, crowd = [], set()
        for placed in sorted((self._place(entry) for entry in entries), key=lambda each: (each.start, each.x)):
            row = next((row for row, end in enumerate(rows) if end + BETWEEN <= placed.start), len(rows))
            if row == MOST_ROWS:
                crowd.add(placed.x)
                continue
            rows[row:] = [placed.end, *rows[row + 1 :]]
            marks.append(self._mark(placed, top + ROW * row))
        bottom = top + ROW * len(rows)
        ticks = "".join(f"M{self._across(x)} {bottom + 4}v12" for x in sorted(crowd))
        self.lanes.append(LanePicture(code, name, self.height + 18, marks, len(entries) - len(marks), ticks))
        self.height = bottom + (ROW if crowd else 0)

    def _place(self, entry: Entry) -> _Placed:
        first, last = entry.when.earliest, entry.when.latest
        x = self._along(max(first or self.window.first, self.window.first))
        end = self._along(min(last or self.window.last, self.window.last) + dt.timedelta(days=1))
        width = end - x if end - x > POINT else 0
        # A point stands in the middle of its day; it may not stand over the end of the line.
        x = x if width else min(max((x + end - POINT) // 2, MARGIN), WIDTH - MARGIN - POINT)
        label = cut(str(entry.name), MOST_OF_A_NAME)
        wide = width_of(label) + 4
        if width >= wide + 8:
            return _Placed(entry, label, x, width, x, x + width, x + 6)
        after = x + (width or POINT)
        if after + wide <= WIDTH - MARGIN:
            return _Placed(entry, label, x, width, x, after + wide, after + 4)
        return _Placed(entry, label, x, width, x - wide, after, x - 4, is_before=True)

    def _mark(self, placed: _Placed, top: int) -> Mark:
        own = placed.entry.direction == direction(active_text_language())
        wide = placed.end - placed.start
        return Mark(
            entry=placed.entry,
            is_point=not placed.width,
            shape=self._shape(placed, top),
            label=placed.label,
            x=self._across(placed.label_x),
            y=top + 17,
            # A name in a script of the other direction begins where one of this page's would end.
            anchor="end" if own == placed.is_before else "start",
            ground_x=self._across(placed.start, wide=wide),
            ground_y=top,
            ground_width=wide,
        )

    def _shape(self, placed: _Placed, top: int) -> str:
        if not placed.width:
            middle = self._across(placed.x + POINT // 2)
            half = POINT // 2
            return f"M{middle} {top + 13 - half}l{half} {half}l-{half} {half}l-{half} -{half}z"
        x = self._across(placed.x, wide=placed.width)
        if placed.entry.when.is_range and placed.entry.when.latest is None and placed.width > POINT:
            # What has not ended is drawn as an arrow.
            tip, back, away = (x, x + placed.width, -1) if self.mirrored else (x + placed.width, x, 1)
            return f"M{back} {top + 3}H{tip - 6 * away}L{tip} {top + 13}L{tip - 6 * away} {top + 23}H{back}Z"
        return f"M{x} {top + 3}h{placed.width}v20h-{placed.width}z"

    def _line(self, tick: Tick) -> Line:
        x = self._across(self._along(tick.on))
        return Line(tick, x, x - 3 if self.mirrored else x + 3)

    def _along(self, day: dt.date) -> int:
        share = (day - self.window.first).days / self.window.days
        return MARGIN + round(share * (WIDTH - 2 * MARGIN))

    def _across(self, x: int, *, wide: int = 0) -> int:
        return WIDTH - x - wide if self.mirrored else x
