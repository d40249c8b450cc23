"""The one way into a draft that is edited: nobody else edits it meanwhile, and it is in preparation.

A change names the revision that its author has read. Where a colleague was faster nothing is written, and what stands now
comes back with the refusal.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import connection
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from declaration.errors import Conflict, Refused
from declaration.models import Clause, Draft, Wording
from declaration.outline import name_clause
from declaration.services import texts
from declaration.text.eids import distinct_eid
from declaration.text.tree import EidTooLongError, Node, RepeatedLabelError, Tree

_PLACES: Final = """
    UPDATE declaration_clause AS clause SET position = placed.position, eid = placed.eid, parent_id = placed.parent
    FROM unnest(%s::bigint[], %s::integer[], %s::text[], %s::bigint[]) AS placed (id, position, eid, parent)
    WHERE clause.id = placed.id
"""


class EditedDraft:
    """A draft in preparation with all its clauses, held until the transaction ends.

    `clauses` are by primary key. Changes of places and numbers are made in `tree`, whose nodes have the primary key of
    their clause as key, and are stored by `save_places`.
    """

    def __init__(self, draft: Draft) -> None:
        """Hold a draft. Refused where it is published: its clauses never change."""
        self.draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if self.draft.status != Draft.Status.PREPARING:
            raise Refused(
                "draft_published", _("The clauses of a published draft never change. Begin a new draft."), status=409
            )
        rows = list(self.draft.clauses.order_by("position"))
        self.clauses = {clause.pk: clause for clause in rows}
        self.tree = Tree.of((each.pk, each.parent_id, each.kind, each.label, each.eid) for each in rows)
        self.nodes = {node.key: node for node in self.tree}
        self.new_positions: dict[Node, int] = {}

    def find(self, clause: Clause, *, expected_revision: int | None = None) -> Clause:
        """Return a clause as it stands now. Raises `Conflict` where a colleague removed it, or changed it since it was read."""
        current = self.clauses.get(clause.pk)
        if current is None:
            raise Conflict(_("A colleague removed this clause meanwhile. What you typed is kept below."), current={})
        if expected_revision is not None and current.revision != expected_revision:
            raise Conflict(
                _("A colleague changed this clause meanwhile. Compare both, and save again."),
                current=describe_clause(current),
            )
        return current

    def node(self, clause: Clause) -> Node:
        """Return a clause's place in the tree."""
        return self.nodes[clause.pk]

    def clause_of(self, node: Node) -> Clause:
        """Return the clause at a place."""
        return self.clauses[node.key]  # type: ignore[index] # its key is its primary key

    def words(self, clause: Clause) -> dict[str, Wording]:
        """Return a clause's wordings by language."""
        return {wording.language: wording for wording in clause.wordings.all()}

    def save_places(self) -> None:
        """Store where clauses stand and what they are called by.

        Each keeps its position where it can, so that the audit trail shows what was done and not its echo.
        """
        rows, last = [], 0
        for node in self.tree:
            clause = self.clauses.get(node.key)  # type: ignore[call-overload] # its key is its primary key
            parent = node.parent.key if node.parent else None
            position = clause.position if clause and clause.position > last else last + 1
            last = position
            if clause is None:
                self.new_positions[node] = position
                continue
            if (clause.position, clause.eid, clause.parent_id) == (position, node.eid, parent):
                continue
            clause.position, clause.eid, clause.parent_id = position, node.eid, parent
            rows.append((clause.pk, position, node.eid, parent))
        if rows:
            with connection.cursor() as cursor:
                cursor.execute(_PLACES, [list(column) for column in zip(*rows, strict=True)])

    def forget_position(self, node: Node) -> None:
        """Let a clause that moves take its new position instead of pushing all that follows behind its old one."""
        for each in node.walk():
            if each.key in self.clauses:
                self.clause_of(each).position = 0

    def add(self, clause: Clause, *, parent: Node | None, index: int) -> Clause:
        """Store a new clause at a place, below a parent or at the top, and let those behind it move on."""
        if len(self.clauses) >= texts.MAX_CLAUSES:
            message = _("A draft takes at most %(limit)d clauses.") % {"limit": texts.MAX_CLAUSES}
            raise Refused("too_many_clauses", message, field="clauses")
        node = Node(None, clause.kind, clause.label)
        with refusing_numbers(self):
            self.tree.insert(node, parent=parent, index=index)
        self.save_places()
        clause.draft, clause.parent = self.draft, self.clause_of(parent) if parent else None
        clause.eid, clause.position = node.eid, self.new_positions.pop(node)
        clause.wid = distinct_eid(node.eid, {each.wid for each in self.clauses.values()})
        clause.save(force_insert=True)
        node.key = clause.pk
        self.clauses[clause.pk], self.nodes[clause.pk] = clause, node
        return clause

    def remove(self, clause: Clause) -> int:
        """Delete a clause with all that stands below it, and return how many those are. Refused where something points there."""
        node = self.node(clause)
        removed = [self.clause_of(each).pk for each in node.walk()]
        try:
            Clause.objects.filter(pk__in=removed).delete()
        except ProtectedError as error:
            message = _("It cannot be removed, because something points at it or at a clause below it: %(what)s.")
            what = _count_kinds(error.protected_objects)
            raise Refused("clause_pointed_at", message % {"what": what}, status=409) from error
        self.tree.remove(node)
        for pk in removed:
            del self.clauses[pk], self.nodes[pk]
        self.save_places()
        return len(removed)


class refusing_numbers:  # noqa: N801 - reads as what it does
    """Turns what the tree does not take into a refusal in the reader's language."""

    def __init__(self, edited: EditedDraft) -> None:
        self.edited = edited

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Refuse, where the number or the place cannot be taken."""
        if isinstance(error, RepeatedLabelError):
            message = _("There is a clause with this number already: %(clause)s. Choose another number, such as “bis”.")
            other = self.edited.clauses.get(error.other.key)  # type: ignore[call-overload] # see `EditedDraft.nodes`
            name = name_clause(other) if other else error.other.eid
            raise Refused("label_taken", message % {"clause": name}, field="label") from error
        if isinstance(error, EidTooLongError):
            message = _("The clause would stand too deep: its identifier does not fit.")
            raise Refused("eid_too_long", message, field="parent") from error


def describe_clause(clause: Clause) -> dict[str, Any]:
    """Return what stands in a clause now, by the names of what can be changed, with the revision of each part."""
    return {
        "eid": clause.eid,
        "kind": clause.kind,
        "label": clause.label,
        "negotiating_status": clause.negotiating_status,
        "revision": clause.revision,
        "wordings": {wording.language: describe_wording(wording) for wording in clause.wordings.order_by("language")},
    }


def describe_wording(wording: Wording) -> dict[str, Any]:
    """Return what stands in a wording now."""
    names = ("heading", "text", "authenticity", "revision")
    return {name: getattr(wording, name) for name in names}


def _count_kinds(pointing: Iterable[Any]) -> str:
    counts = Counter(str(each._meta.verbose_name_plural) for each in pointing)
    return ", ".join(
        _("%(name)s (%(count)d)") % {"name": name, "count": count} for name, count in sorted(counts.items())
    )


def touch(clauses: Iterable[Clause], **changes: Any) -> None:
    """Store changes of clauses under a new revision."""
    for clause in clauses:
        for name, value in changes.items():
            setattr(clause, name, value)
        clause.revision += 1
        clause.save(update_fields=[*changes, "revision"])


def refuse_changed_words(
    clause: Clause, current: Mapping[str, Wording], expected: Mapping[str, int], languages: Iterable[str]
) -> None:
    """Raise `Conflict` where a wording in one of the languages is not the one that was read; 0 is none."""
    for language in languages:
        stands = current.get(language)
        if (stands.revision if stands else 0) != expected.get(language, 0):
            raise Conflict(
                _("A colleague changed this clause meanwhile. Compare both, and save again."),
                current=describe_clause(clause),
            )
