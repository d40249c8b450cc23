"""The thread as a graph: what is asked for of it, followed step by step, in a bounded number of questions and of things.

What a thing leads to is shown only where the reader may read both ends: every thing is found among the rows that
`activities.thread.rows` gives for her, and only steps between two that were found are drawn.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q, QuerySet, Value

from activities.thread.asking import Narrowing, ThreadForm, narrow
from activities.thread.kinds import LAYERS, ROUNDS, STEPS, Kind, Layer, Relation, Step
from activities.thread.nodes import Node, make_node
from activities.thread.rows import read_layer, read_rows

MOST_LINKS: Final = 20_000
"""So many links are read at most."""

_LATER: Final = LAYERS[-1]
_BY_KIND: Final = {layer.kind: layer for layer in reversed(LAYERS)}
"""The layer of each kind; of clauses that of the first drafts."""


@dataclass(frozen=True)
class Link:
    """A step from one thing to the next."""

    relation: Relation
    before: Node
    after: Node


@dataclass
class Thread:
    """Part of the thread: its things column by column, the links between them, and in which layers there are more.

    `centre` is the thing whose surroundings these are, if any.
    """

    nodes: list[Node]
    links: list[Link]
    more: list[Layer]
    centre: Node | None = None
    _onward: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list), init=False)
    _back: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list), init=False)

    def __post_init__(self) -> None:
        for link in self.links:
            self._onward[link.before.key].append(link)
            self._back[link.after.key].append(link)

    def onward(self, node: Node) -> list[Link]:
        """Return what came of a thing."""
        return self._onward.get(node.key, [])

    def back(self, node: Node) -> list[Link]:
        """Return what a thing comes from."""
        return self._back.get(node.key, [])

    def find(self, key: str) -> Node | None:
        """Return the thing of that name, if it is here."""
        return next((node for node in self.nodes if node.key == key), None)


def read_asked(form: ThreadForm, *, limit: int, user: Any = None) -> Thread | None:
    """Return what a valid form asks for; nothing where it names a thing that is not there for this person."""
    asked = form.cleaned_data
    narrowing = narrow(asked, form, user)
    if asked["at"]:
        kind, condition = asked["at"]
        return read_surroundings(kind, condition, narrowing, limit=limit, user=user)
    return read_thread(narrowing, limit=limit, user=user)


def read_thread(narrowing: Narrowing, *, limit: int, user: Any = None) -> Thread:
    """Return what was asked for of the thread, as this person may read it, with at most `limit` things in each layer.

    Where nothing was asked for it is the whole, from its beginning. The number of questions to the database does not
    grow with the number of things.
    """
    walk = Walk(narrowing, limit=limit, user=user)
    walk.gather(narrowing.anchors or frozenset(Kind))
    if narrowing.anchors:
        start = walk.chosen_ids()
        walk.follow(start, onward=True)
        walk.follow(start, onward=False)
    return walk.tell()


def read_surroundings(kind: Kind, condition: Q, narrowing: Narrowing, *, limit: int, user: Any = None) -> Thread | None:
    """Return what a thing comes from and what came of it; nothing where there is none that this person may read."""
    row = read_rows(kind, user).filter(condition).first()
    if row is None:
        return None
    walk = Walk(narrowing, limit=limit, user=user)
    layer = _LATER if kind == Kind.CLAUSE and row.draft.supersedes_id else _BY_KIND[kind]
    walk.chosen[layer.name][row.pk] = row
    start = walk.chosen_ids()
    walk.follow(start, onward=True)
    walk.follow(start, onward=False)
    thread = walk.tell()
    thread.centre = next(node for node in thread.nodes if node.kind == kind and node.pk == row.pk)
    return thread


class Walk:
    """The rows that are chosen so far, layer by layer, and the layers of which there are more than may be chosen."""

    def __init__(self, narrowing: Narrowing, *, limit: int, user: Any) -> None:
        self.narrowing, self.limit, self.user = narrowing, limit, user
        self.chosen: dict[str, dict[int, Any]] = {layer.name: {} for layer in LAYERS}
        self.more: set[str] = set()

    def chosen_ids(self) -> dict[Kind, set[int]]:
        """Return the ids that are chosen so far, by kind."""
        found: dict[Kind, set[int]] = defaultdict(set)
        for layer in LAYERS:
            if self.chosen[layer.name]:
                found[layer.kind] |= self.chosen[layer.name].keys()
        return found

    def gather(self, kinds: Iterable[Kind]) -> None:
        """Choose things of these kinds: first those to which chosen ones lead, then others, while there is room."""
        wanted = set(kinds)
        for layer in LAYERS:
            if layer.kind in wanted:
                rows = self._rows(layer)
                linked = _reached(layer.kind, self.chosen_ids(), onward=True)
                found = list(rows.filter(linked)[: self.limit + 1]) if linked else []
                if len(found) <= self.limit:
                    every = list(rows[: self.limit + 1])
                    found = every if len(every) <= self.limit else [*found, *every]
                rows_by_id = {row.pk: row for row in found}
                if len(rows_by_id) > self.limit:
                    self.more.add(layer.name)
                self.chosen[layer.name] = dict(list(rows_by_id.items())[: self.limit])

    def follow(self, start: dict[Kind, set[int]], *, onward: bool) -> None:
        """Choose what these lead to, step by step to the end of the thread; or what they come from, to its beginning."""
        reached: dict[Kind, set[int]] = defaultdict(set, {kind: set(ids) for kind, ids in start.items()})
        for layer in ROUNDS if onward else reversed(ROUNDS):
            if condition := _reached(layer.kind, reached, onward=onward):
                reached[layer.kind] |= self._take(layer, condition)

    def _take(self, layer: Layer, condition: Q) -> set[int]:
        """Choose rows of a layer while there is room, and return their ids."""
        kept = self.chosen[layer.name]
        room = self.limit - len(kept)
        rows = self._rows(layer).filter(condition)
        found = list((rows.exclude(pk__in=list(kept)) if kept else rows)[: room + 1])
        if len(found) > room:
            self.more.add(layer.name)
        taken = {row.pk: row for row in found[:room]}
        kept.update(taken)
        return set(taken)

    def _rows(self, layer: Layer) -> QuerySet[Any]:
        """Return the rows of a layer that belong to what is asked for."""
        rows = read_layer(layer, self.user)
        narrowed = self.narrowing.conditions.get(layer.kind)
        return rows if narrowed is None else rows.filter(narrowed)

    def tell(self) -> Thread:
        """Return what was chosen, with the links between the things."""
        nodes = {
            (layer.kind, pk): make_node(layer.kind, layer.name, layer.column, row, self.user)
            for layer in LAYERS
            for pk, row in self.chosen[layer.name].items()
        }
        links = [
            Link(step.relation, nodes[step.before, before], nodes[step.after, after])
            for step, before, after in self._steps()
        ]
        return Thread(list(nodes.values()), links, [layer for layer in LAYERS if layer.name in self.more])

    def _steps(self) -> list[tuple[Step, int, int]]:
        """Return the steps between what was chosen, in the order of the thread. One query."""
        ids = self.chosen_ids()
        queries = [
            step.between(list(ids[step.before]), list(ids[step.after])).annotate(step=Value(number))
            for number, step in enumerate(STEPS)
            if ids.get(step.before) and ids.get(step.after)
        ]
        if not queries:
            return []
        first, *others = queries
        found = list(first.union(*others, all=True)[: MOST_LINKS + 1])
        if len(found) > MOST_LINKS:
            self.more.add(_BY_KIND[Kind.VIEW].name)
        rows = sorted((number, before, after) for before, after, number in found[:MOST_LINKS])
        return [(STEPS[number], before, after) for number, before, after in rows]


def _reached(kind: Kind, ids: dict[Kind, set[int]], *, onward: bool) -> Q | None:
    """Return the condition for what these lead to, or come from, of one kind; nothing where no step goes there."""
    condition: Q | None = None
    for step in STEPS:
        near, far = (step.before, step.after) if onward else (step.after, step.before)
        if far == kind and ids.get(near):
            among = Q(pk__in=step.onward(list(ids[near])) if onward else step.back(list(ids[near])))
            condition = among if condition is None else condition | among
    return condition
