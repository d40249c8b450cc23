"""The tree of a draft while it is edited: what stands where, and the identifier that each clause has there.

Identifiers follow what they are made of. A clause that takes another number or another place takes the identifier that says
so, and what stands below it follows; clauses without a number are counted, so those behind a new one move on. What else a
draft's identifiers are like stays: whether they name the part in which an article stands is read from the clauses beside it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from declaration.text.eids import MAX_EID_LENGTH, Step, distinct_eid

_NUMBERED_THROUGHOUT: Final = frozenset({"preamble", "preambular_paragraph", "article", "operative_paragraph", "part"})
_CONTEXTS: Final = frozenset(
    {"article", "operative_paragraph", "paragraph", "subparagraph", "item", "preambular_paragraph"}
)
_GROUPS: Final = frozenset({"part", "section"})
_SINGLE: Final = frozenset({"preamble", "annex"})


class RepeatedLabelError(ValueError):
    """A clause was to have the number that another one has in the same place; `other` is that one."""

    def __init__(self, node: "Node", other: "Node") -> None:
        super().__init__(f"{node.kind} “{node.label}” is there already: {other.eid}.")
        self.node = node
        self.other = other


class EidTooLongError(ValueError):
    """A clause would stand so deep that its identifier does not fit."""


@dataclass(eq=False)
class Node:
    """A clause in the tree. `key` is whatever the caller knows it by; a new one has no identifier yet."""

    key: object
    kind: str
    label: str = ""
    eid: str = ""
    parent: "Node | None" = field(default=None, repr=False)
    children: list["Node"] = field(default_factory=list, repr=False)

    def walk(self) -> Iterator["Node"]:
        """Yield the clause and all that stands below it, in reading order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)

    @property
    def path(self) -> list["Node"]:
        """The clauses that it stands in, from the outside in, and itself."""
        way = [self]
        while way[0].parent is not None:
            way.insert(0, way[0].parent)
        return way


class Tree:
    """The clauses of one draft."""

    def __init__(self) -> None:
        self.roots: list[Node] = []

    @classmethod
    def of(cls, rows: Iterable[tuple[object, object, str, str, str]]) -> "Tree":
        """Return the tree of clauses given in reading order as (key, key of the parent or None, kind, label, eid)."""
        tree = cls()
        nodes: dict[object, Node] = {}
        for key, parent, kind, label, eid in rows:
            node = nodes[key] = Node(key, kind, label, eid, nodes.get(parent))
            tree._beside(node.parent).append(node)
        return tree

    def __iter__(self) -> Iterator[Node]:
        """Yield all clauses in reading order."""
        for root in self.roots:
            yield from root.walk()

    def beside(self, node: Node) -> list[Node]:
        """Return the clauses below the same parent, the clause itself among them."""
        return list(self._beside(node.parent))

    def children(self, parent: Node | None) -> list[Node]:
        """Return the clauses directly below one; at the top of the text below none."""
        return list(self._beside(parent))

    def index(self, node: Node) -> int:
        """Return the place of a clause among those below the same parent, counted from 0."""
        return self._beside(node.parent).index(node)

    def insert(self, node: Node, *, parent: Node | None, index: int) -> None:
        """Put in a new clause below another one, or at the top, and give it its identifier.

        Raises `RepeatedLabelError` and `EidTooLongError`; what has been changed by then is the caller's to throw away.
        """
        node.parent = parent
        self._beside(parent).insert(index, node)
        self._name(node)

    def move(self, node: Node, *, parent: Node | None, index: int) -> None:
        """Move a clause with all below it; `index` counts the clauses there without it. Raises as `insert`.

        Raises `ValueError` where it would come to stand below itself.
        """
        if parent is not None and node in parent.path:
            raise ValueError("A clause cannot stand below itself.")
        before = node.parent
        self._beside(before).remove(node)
        node.parent = parent
        self._beside(parent).insert(index, node)
        if parent is before:
            self.recount(parent)
        else:
            self.recount(before)
            self._name(node)

    def remove(self, node: Node) -> None:
        """Take out a clause with all below it."""
        self._beside(node.parent).remove(node)
        self.recount(node.parent)

    def relabel(self, node: Node, *, kind: str, label: str) -> None:
        """Give a clause another kind or number. Raises as `insert`."""
        if (node.kind, node.label) == (kind, label):
            return
        node.kind, node.label = kind, label
        self._name(node)
        # What stands below an article is named after it, what stands below a section is not.
        self._rename([(each, self._wanted(each)) for each in node.children if not each.eid.startswith(f"{node.eid}__")])

    def recount(self, parent: Node | None) -> None:
        """Count anew the clauses without a number that stand below one."""
        renames = []
        for node in self._beside(parent):
            if not node.label:
                wanted = self._wanted(node)
                if node.eid != wanted and not re.fullmatch(rf"{re.escape(wanted)}[-_][0-9]+", node.eid):
                    renames.append((node, wanted))
        if renames:
            self._rename(renames)

    def _name(self, node: Node) -> None:
        """Give a clause the identifier of its place; one without a number together with those that it is counted with."""
        if node.label:
            self._rename([(node, self._wanted(node))])
        self.recount(node.parent)

    def _beside(self, parent: Node | None) -> list[Node]:
        return self.roots if parent is None else parent.children

    def _wanted(self, node: Node) -> str:
        reference = Step(node.kind, node.label, self._ordinal(node)).reference
        outer = self._outer(node, reference)
        return f"{outer.eid}__{reference}" if outer else reference

    def _ordinal(self, node: Node) -> int | None:
        """The place of a clause without a number among those of its kind; a preamble or an annex has none."""
        if node.label or node.kind in _SINGLE:
            return None
        return [each for each in self._beside(node.parent) if each.kind == node.kind].index(node) + 1

    def _outer(self, node: Node, reference: str) -> Node | None:
        """The clause that a clause's identifier begins with; none where it begins with itself."""
        parent = node.parent
        if parent is None:
            return None
        annex = next((each for each in reversed(parent.path) if each.kind == "annex"), None)
        if node.kind not in _NUMBERED_THROUGHOUT:
            chain = _GROUPS | {"annex"} if node.kind in {"section", "annex"} else _CONTEXTS
            if parent.kind in chain:
                return parent
        return parent if self._is_named_in_full(node, parent, reference) else annex

    def _is_named_in_full(self, node: Node, parent: Node, reference: str) -> bool:
        """Whether numbers begin anew below this parent, as those beside the clause show, or as a second "1" does."""
        alike = [each for each in parent.children if each.kind == node.kind and each.eid]
        if any(each.eid.startswith(f"{parent.eid}__") for each in alike):
            return True
        if parent.kind not in _GROUPS or node.label != "1":
            return False
        others = (each for each in self if each is not node and each.eid == reference)
        return any(each.parent is not parent and each.parent and each.parent.kind in _GROUPS for each in others)

    def _rename(self, renames: list[tuple[Node, str]]) -> None:
        moving = {id(each) for node, _wanted in renames for each in node.walk()}
        taken = {each.eid: each for each in self if id(each) not in moving}
        for node, wanted in renames:
            if node.label and wanted in taken:
                raise RepeatedLabelError(node, taken[wanted])
            before, after = node.eid, distinct_eid(wanted, taken)
            for each in node.walk():
                eid = after if each is node else each.eid
                if each is not node and before and eid.startswith(f"{before}__"):
                    eid = after + eid.removeprefix(before)
                each.eid = distinct_eid(eid, taken)
                taken[each.eid] = each
                if len(each.eid) > MAX_EID_LENGTH:
                    raise EidTooLongError(each.eid)
