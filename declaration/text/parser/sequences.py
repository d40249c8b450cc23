"""Which of its possible meanings each label has, decided by its neighbours.

All labels of a text are read together: each way of reading them costs what is unusual about it (a gap, a series that
begins in the middle, a list within a list of the same sort), and the cheapest way is taken. "(h), (i), (j)" are letters,
"(h), (i), (ii)" are a letter and two numerals below it. Only the few best ways are kept on the way (a beam search), so
that the time grows with the length of the text alone.
"""

from dataclasses import dataclass, replace
from math import inf
from operator import attrgetter
from typing import Final, NamedTuple, TypeVar

from declaration.text.parser import costs
from declaration.text.parser.entries import Entry
from declaration.text.parser.marks import Mark, Meaning, join_label
from declaration.text.parser.shapes import ends_sentence, introduces_list, width_of
from declaration.text.suffixes import NO_SUFFIX, Suffix

# Ways that are kept, fewer where there are very many labels.
_WIDTH: Final = 6
_WIDTH_OF_LONG: Final = 3
_LONG: Final = 5_000
_WORST: Final = 9.0
_CLOSE: Final = 0.75
_WRAPPED_LENGTH: Final = 38
_COST: Final = attrgetter("cost")
_NO_LABEL: Final = ("text", 0, "", None, "", "")
_OUTERMOST: Final = frozenset({"pp", "op"})


class Frame(NamedTuple):
    """A series of labels that is being counted: its last value, and how its labels look.

    `level` is that of the heading's style, 0 if none is known.
    """

    series: str
    value: int
    suffix: Suffix
    frame: str
    indent: int | None
    list_id: int
    label: str
    level: int = 0


class Action(NamedTuple):
    """What was decided for one label: `section`, `list`, or `text` if it is none, its level, and what is odd about it."""

    role: str
    level: int = 0
    label: str = ""
    meaning: Meaning | None = None
    oddity: str = ""
    previous: str = ""


@dataclass(slots=True)
class Way:
    """One way to read all labels so far: the series that are open, what it cost, and the last decision.

    `running` is the numbering of paragraphs that goes on through sections; `before` is the way up to the label before.
    """

    sections: tuple[Frame, ...] = ()
    lists: tuple[Frame, ...] = ()
    running: Frame | None = None
    cost: float = 0.0
    before: "Way | None" = None
    action: Action | None = None


class Candidate(NamedTuple):
    """A way to go on that may turn out too costly: a `Way` is only made of what is left in the end."""

    sections: tuple[Frame, ...]
    lists: tuple[Frame, ...]
    running: Frame | None
    cost: float
    before: Way
    action: tuple[str, int, str, Meaning | None, str, str]

    def way(self) -> Way:
        """Return the way itself."""
        return Way(self.sections, self.lists, self.running, self.cost, self.before, Action(*self.action))


AnyWay = TypeVar("AnyWay", Way, Candidate)


class Decisions(NamedTuple):
    """The action of each labelled entry by its place, and the places where another way was nearly as good."""

    actions: dict[int, Action]
    doubtful: frozenset[int]


def decide(entries: list[Entry]) -> Decisions:
    """Return what each label that is no head in words means; entries that are left out are passed over."""
    ways = [Way()]
    in_article = False
    previous = ""
    places: list[int] = []
    width = _WIDTH if len(entries) < _LONG else _WIDTH_OF_LONG
    for index, entry in enumerate(entries):
        if entry.out:
            continue
        if entry.structure is not None and entry.structure.kind != "section":
            in_article = entry.structure.kind == "article"
            ways = _merged([_after_structure(way, entry.structure.kind) for way in ways], width)
        elif entry.is_heading:
            in_article = False
            level = entry.line.look.heading_level
            ways = _merged([replace(way, lists=(), sections=_above(way.sections, level)) for way in ways], width)
        elif entry.mark is not None or entry.structure is not None:
            step = Step(entry, in_article=in_article, previous=previous)
            ways = [candidate.way() for candidate in _merged(step.follow(ways), width)]
            places.append(index)
        previous = entry.line.text
    return _trace(ways, places)


def _above(sections: tuple[Frame, ...], level: int) -> tuple[Frame, ...]:
    """Return the sections that go on after a heading without a number: all but those below its level, if both are known."""
    kept = []
    for frame in sections:
        if level and frame.level > level:
            break
        kept.append(frame)
    return tuple(kept)


def _after_structure(way: Way, kind: str) -> Way:
    if kind == "annex":
        return replace(way, sections=(), lists=(), running=None)
    if kind in {"part", "chapter"}:
        return replace(way, sections=(), lists=())
    return replace(way, lists=(), running=None)


def _merged(ways: list[AnyWay], width: int) -> list[AnyWay]:
    """Return the best ways, of those that can only go on alike the cheapest."""
    best: dict[tuple[tuple[Frame, ...], tuple[Frame, ...], Frame | None], AnyWay] = {}
    for way in ways:
        key = way.sections, way.lists, way.running
        known = best.get(key)
        if known is None or way.cost < known.cost:
            best[key] = way
    ordered = sorted(best.values(), key=_COST)
    limit = ordered[0].cost + _WORST
    return [way for way in ordered[:width] if way.cost <= limit]


def _trace(ways: list[Way], places: list[int]) -> Decisions:
    actions: dict[int, Action] = {}
    doubtful: set[int] = set()
    way: Way | None = ways[0]
    other: Way | None = ways[1] if len(ways) > 1 and ways[1].cost - ways[0].cost < _CLOSE else None
    for place in reversed(places):
        if way is None or way.action is None:
            break
        actions[place] = way.action
        if other is not None and other is not way and other.action is not None:
            mine, theirs = way.action, other.action
            if (mine.role, mine.label) != (theirs.role, theirs.label):
                doubtful.add(place)
        way, other = way.before, other.before if other is not None and other is not way else None
    return Decisions(actions, frozenset(doubtful))


def _may_go_on(previous: str, rest: str) -> bool:
    """Whether a line may be the rest of the one before, broken by a hard line end: that one is long and ends in no mark."""
    return width_of(previous) >= _WRAPPED_LENGTH and not ends_sentence(previous) and not rest[:1].isupper()


class Step:
    """One label, and every way in which it can go on after what was read before it."""

    def __init__(self, entry: Entry, *, in_article: bool, previous: str) -> None:
        self._in_article = in_article
        self._is_strong = entry.is_strong
        self._heading_like = entry.is_heading_like
        self._indent = entry.line.look.indent
        self._level = entry.line.look.heading_level
        self._list_id = entry.line.auto.list_id if entry.line.auto else 0
        self._is_auto = entry.line.auto is not None
        self._after_list_head = introduces_list(previous)
        self._breaks_sentence = _may_go_on(previous, entry.rest)
        structure = entry.structure
        if structure is not None:
            series = "ROMAN" if not structure.label[:1].isdigit() else "digit"
            meaning = Meaning(series, structure.value, structure.label)
            self._mark = Mark((meaning,), "word", structure.suffix, structure.end)
        else:
            self._mark = entry.mark or Mark((), "", NO_SUFFIX, 0)
        self._is_word = structure is not None
        self._frames: dict[Meaning, Frame] = {}
        self._list_shapes = {meaning: self._list_shape(meaning) for meaning in self._mark.meanings}
        self._found: list[Candidate] = []
        self._limit = inf

    def follow(self, ways: list[Way]) -> list[Candidate]:
        """Return each way to go on from several, without those that cost far more than another."""
        for way in ways:
            for meaning in self._mark.meanings:
                self._as_section(way, meaning)
                if not self._is_word:
                    self._as_list(way, meaning)
            if not self._is_auto and not self._is_word:
                cost = way.cost + self._text_cost()
                if self._is_worth(cost):
                    self._found.append(Candidate(way.sections, way.lists, way.running, cost, way, _NO_LABEL))
        return self._found

    def _is_worth(self, cost: float) -> bool:
        """Whether a way is worth going, which it is not if it costs far more than one that was found."""
        if cost > self._limit:
            return False
        self._limit = min(self._limit, cost + _WORST)
        return True

    def _text_cost(self) -> float:
        first = self._mark.meanings[0] if self._mark.meanings else None
        if first is None:
            return 0.0
        if first.series == "bullet" and self._mark.frame in costs.DASHES:
            return costs.DASH_AS_TEXT
        is_initial = first.series == "LETTER" and self._mark.frame == "." and not self._heading_like
        cost = costs.INITIAL_AS_TEXT if is_initial else costs.LABEL_AS_TEXT
        return cost - (costs.WRAPPED if self._breaks_sentence else 0.0)

    def _frame(self, meaning: Meaning) -> Frame:
        frame = self._frames.get(meaning)
        if frame is None:
            suffix = self._mark.suffix
            label = join_label(meaning.label, NO_SUFFIX if self._is_word else suffix)
            frame = self._frames[meaning] = Frame(
                meaning.series, meaning.value, suffix, self._mark.frame, self._indent, self._list_id, label, self._level
            )
        return frame

    def _as_section(self, way: Way, meaning: Meaning) -> None:
        shape = self._section_shape(meaning, way)
        if shape == inf:
            return
        meaning = costs.as_section(meaning, self._mark.frame)
        frame = self._frame(meaning)
        shape += meaning.cost
        levels = way.sections
        for level in range(len(levels) - 1, -1, -1):
            if levels[level].series == meaning.series:
                cost, oddity = costs.step(levels[level].value, levels[level].suffix, meaning.value, frame.suffix)
                if meaning.series == "digit" and self._heading_like and not oddity:
                    cost -= costs.SECTION_GOES_ON
                cost += way.cost + shape
                if self._is_worth(cost):
                    action = ("section", level, frame.label, meaning, oddity, levels[level].label)
                    self._found.append(Candidate((*levels[:level], frame), (), way.running, cost, way, action))
        if not any(level.series == meaning.series for level in levels):
            cost, oddity = costs.opening(meaning.value, frame.suffix)
            cost += way.cost + shape + costs.section_below(levels[-1].series if levels else "", meaning.series)
            if self._is_worth(cost):
                action = ("section", len(levels), frame.label, meaning, oddity, "")
                self._found.append(Candidate((*levels, frame), (), way.running, cost, way, action))

    def _section_shape(self, meaning: Meaning, way: Way) -> float:
        """Return how unusual it is that a label heads a section, by how its line looks."""
        if self._is_word:
            return 0.0
        return costs.section_shape(
            meaning.series,
            self._mark.frame,
            is_heading_like=self._heading_like,
            is_strong=self._is_strong,
            in_article=self._in_article,
            has_sections=bool(way.sections),
            has_lists=bool(way.lists),
        )

    def _list_shape(self, meaning: Meaning) -> float:
        """Return how unusual it is that a label is one of a list, by how its line looks."""
        is_strong = self._is_strong and not self._in_article
        shape = costs.list_shape(
            meaning.series, self._mark.frame, is_heading_like=self._heading_like, is_strong=is_strong
        )
        return shape + meaning.cost

    def _as_list(self, way: Way, meaning: Meaning) -> None:
        shape = self._list_shapes[meaning]
        frame = self._frame(meaning)
        if meaning.series in _OUTERMOST:
            # Numbers of preambular and operative paragraphs stand in nothing.
            last = way.lists[0] if way.lists else None
            if last is not None and last.series == meaning.series:
                self._go_on(way, 0, frame, meaning, shape)
            else:
                self._open(way, (), frame, meaning, shape)
            return
        for level in range(len(way.lists) - 1, -1, -1):
            if way.lists[level].series == frame.series:
                self._go_on(way, level, frame, meaning, shape)
        if not way.lists and way.running is not None and meaning.series == way.running.series == "digit":
            cost, oddity = costs.step(way.running.value, way.running.suffix, meaning.value, frame.suffix)
            if oddity == "number_restarts":
                cost = costs.RESTART_IN_SECTION
            cost += way.cost + shape
            if self._is_worth(cost):
                action = ("list", 0, frame.label, meaning, oddity, way.running.label)
                self._found.append(Candidate(way.sections, (frame,), frame, cost, way, action))
        elif len(way.lists) < costs.MAX_LIST_LEVELS:
            self._open(way, way.lists, frame, meaning, shape)

    def _go_on(self, way: Way, level: int, frame: Frame, meaning: Meaning, shape: float) -> None:
        """Let a label be the next in an open list of its series."""
        last = way.lists[level]
        if meaning.series == "bullet":
            if last.frame != frame.frame:
                return
            cost, oddity = 0.0, ""
        elif meaning.series == "points" and not costs.are_points_in_step(last.label, frame.label):
            return
        else:
            cost, oddity = costs.step(last.value, last.suffix, meaning.value, frame.suffix)
        if last.list_id and last.list_id == frame.list_id:
            cost -= costs.SAME_LIST
        cost += costs.frame_differs(last.frame, frame.frame) + costs.indent_differs(last.indent, frame.indent)
        cost += way.cost + shape + costs.LEVEL_LEFT * (len(way.lists) - 1 - level)
        if self._is_worth(cost):
            running = frame if level == 0 else way.running
            action = ("list", level, frame.label, meaning, oddity, last.label)
            self._found.append(Candidate(way.sections, (*way.lists[:level], frame), running, cost, way, action))

    def _open(self, way: Way, lists: tuple[Frame, ...], frame: Frame, meaning: Meaning, shape: float) -> None:
        """Let a label be the first of a list within those that stay open."""
        above = lists[-1] if lists else None
        cost, oddity = costs.opening(meaning.value, frame.suffix)
        if meaning.series == "points" and above is not None and costs.are_points_below(above.label, frame.label):
            cost, oddity = costs.opening(meaning.value, NO_SUFFIX)
        if any(each.series == frame.series and each.frame == frame.frame for each in lists):
            cost += costs.SAME_SORT_BELOW
        cost += costs.list_below(above.series if above else "", meaning.series)
        if above is not None:
            cost += costs.indent_returns(above.indent, frame.indent)
            cost += 0.0 if self._after_list_head else costs.WITHOUT_COLON
        cost += way.cost + shape
        if self._is_worth(cost):
            level = len(lists)
            action = ("list", level, frame.label, meaning, oddity, "")
            running = way.running if level else frame
            self._found.append(Candidate(way.sections, (*lists, frame), running, cost, way, action))
