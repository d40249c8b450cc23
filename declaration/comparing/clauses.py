"""Clauses of a newer draft beside those that they come from, and what changed in their words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from declaration.models import Clause, Descent, Wording
from declaration.outline import name_clause
from declaration.text.cutting import SPACE, join_texts, redline_parts, separator_of
from declaration.text.redline import Operation, TextTooLongError, WordCount, count_changes, redline


class Kind(TextChoices):
    """What became of a clause from an older draft to a newer one; of several, the one that is named first here."""

    ADDED = "added", _("added")
    DROPPED = "dropped", _("dropped")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    MOVED = "moved", _("moved")
    AMENDED = "amended", _("amended")
    RENUMBERED = "renumbered", _("renumbered")
    UNCHANGED = "unchanged", _("unchanged")


@dataclass(frozen=True)
class ComparedClause:
    """A clause with those of the older draft that it comes from, and what changed in one language.

    `now` is None for a dropped clause, `before` is empty for an added one. The words of several clauses that became one are
    joined by a space, in Chinese by nothing. A clause that became several is compared with all its parts: the operations
    of each part make that part to the letter, and what is equal or deleted in all of them, in their order, makes the old words.
    `siblings` are the other parts.
    """

    kind: Kind
    now: Clause | None
    before: tuple[Clause, ...]
    language: str
    depth: int
    heading: list[Operation]
    text: list[Operation]
    siblings: tuple[Clause, ...] = ()
    is_moved: bool = False

    @property
    def clause(self) -> Clause:
        """The clause as it stands now, or as it stood where it was dropped."""
        return self.now or self.before[0]

    @property
    def name(self) -> str:
        """How it is called in the language of the page."""
        return name_clause(self.clause)

    @property
    def anchor(self) -> str:
        """Where it stands on a page: its identifier, told apart from that of a new clause where it was dropped."""
        return self.clause.eid if self.now else f"dropped-{self.clause.eid}"

    @property
    def is_renumbered(self) -> bool:
        """Whether the one clause before was called otherwise."""
        return bool(self.now and len(self.before) == 1 and self.now.eid != self.before[0].eid)

    @property
    def is_text_changed(self) -> bool:
        """Whether any word or mark differs."""
        return any(operation.op != "equal" for operation in (*self.heading, *self.text))

    @property
    def is_changed(self) -> bool:
        """Whether anything differs: words, number or place."""
        return self.kind != Kind.UNCHANGED or self.is_text_changed or self.is_moved

    @cached_property
    def words(self) -> WordCount:
        """How many words are equal, were inserted and deleted, heading and text together."""
        heading, text = count_changes(self.heading), count_changes(self.text)
        return WordCount(
            equal=heading.equal + text.equal,
            inserted=heading.inserted + text.inserted,
            deleted=heading.deleted + text.deleted,
        )


@dataclass(frozen=True)
class Steps:
    """How clauses of a newer draft go back to an older one: ancestors and descendants by clause, in reading order, and kinds."""

    ancestors: Mapping[int, Sequence[Clause]]
    descendants: Mapping[int, Sequence[Clause]]
    kinds: Mapping[int, frozenset[str]]
    """All kinds of descent on the way to a clause."""

    def parts_beside(self, clause: Clause) -> Sequence[Clause]:
        """Return all that the one ancestor of a clause became and that comes from nothing else; the clause among them."""
        before = self.ancestors.get(clause.pk, ())
        if len(before) != 1:
            return (clause,)
        return [each for each in self._became(before[0], clause) if len(self.ancestors[each.pk]) == 1]

    def _became(self, ancestor: Clause, clause: Clause) -> Sequence[Clause]:
        """Return what an ancestor of a clause became in that clause's draft."""
        return [each for each in self.descendants[ancestor.pk] if each.draft_id == clause.draft_id]

    def judge(self, clause: Clause, is_text_changed: bool) -> Kind:
        """Return what became of a clause; whether its words changed is seen in them, not taken from what was recorded."""
        before, kinds = self.ancestors.get(clause.pk, ()), self.kinds.get(clause.pk, frozenset())
        if not before:
            return Kind.ADDED
        if any(len(self._became(each, clause)) > 1 for each in before):
            return Kind.SPLIT
        if len(before) > 1:
            return Kind.MERGED
        if Descent.Kind.MOVED in kinds:
            return Kind.MOVED
        if is_text_changed:
            return Kind.AMENDED
        return Kind.UNCHANGED if clause.eid == before[0].eid else Kind.RENUMBERED


Words = tuple[str, str]
"""A heading and a text."""

NO_WORDS: Words = ("", "")


def read_words(clauses: Any, language: str) -> dict[int, Words]:
    """Return the words that clauses (a queryset, or ids) have in a language: {clause id: words}. One question to the database."""
    rows = Wording.objects.filter(clause__in=clauses, language=language).order_by()
    return {pk: (heading, text) for pk, heading, text in rows.values_list("clause", "heading", "text")}


def words_of(clause: Clause, language: str) -> Words:
    """Return a clause's words in a language, given with its wordings; empty where it has none."""
    wordings: Iterable[Wording] = clause.wordings.all()
    return next(((each.heading, each.text) for each in wordings if each.language == language), NO_WORDS)


def redline_safely(old: str, new: str) -> list[Operation]:
    """Return the redline of two texts; those too long to be compared are shown as wholly replaced."""
    return redline_parts_safely(old, [new])[0]


def redline_parts_safely(old: str, parts: Sequence[str], separator: str = SPACE) -> list[list[Operation]]:
    """Return the redlines of a text and the parts it became; those too long to be compared are shown as wholly replaced."""
    try:
        if len(parts) == 1:
            return [redline(old, parts[0])]
        return redline_parts(old, parts, separator)
    except TextTooLongError:
        inserted = [[Operation("insert", part)] if part else [] for part in parts]
        return [[*([Operation("delete", old)] if old else []), *inserted[0]], *inserted[1:]]


class Redliner:
    """The redlines of a newer draft's clauses; those of parts that belong together are made once."""

    def __init__(self, steps: Steps, words: Mapping[int, Words], language: str) -> None:
        self.steps = steps
        self.words = words
        self.language = language
        self._done: dict[int, tuple[list[Operation], list[Operation]]] = {}

    def compare(self, clause: Clause, depth: int = 0) -> ComparedClause:
        """Return a clause beside those it comes from."""
        parts = self.steps.parts_beside(clause)
        if clause.pk not in self._done:
            self._redline(parts)
        heading, text = self._done[clause.pk]
        is_changed = any(operation.op != "equal" for operation in (*heading, *text))
        return ComparedClause(
            kind=self.steps.judge(clause, is_changed),
            now=clause,
            before=tuple(self.steps.ancestors.get(clause.pk, ())),
            language=self.language,
            depth=depth,
            heading=heading,
            text=text,
            siblings=tuple(each for each in parts if each.pk != clause.pk),
            is_moved=Descent.Kind.MOVED in self.steps.kinds.get(clause.pk, ()),
        )

    def _redline(self, parts: Sequence[Clause]) -> None:
        before = [self.words.get(each.pk, NO_WORDS) for each in self.steps.ancestors.get(parts[0].pk, ())]
        now = [self.words.get(each.pk, NO_WORDS) for each in parts]
        separator = separator_of(self.language)
        headings, texts = (
            redline_parts_safely(
                join_texts([words[side] for words in before], separator), [words[side] for words in now], separator
            )
            for side in (0, 1)
        )
        for part, heading, text in zip(parts, headings, texts, strict=True):
            self._done[part.pk] = heading, text


def dropped(clause: Clause, words: Words, language: str, depth: int = 0) -> ComparedClause:
    """Return a clause of an older draft, with its words, that came to nothing in a newer one."""
    heading, text = words
    return ComparedClause(
        kind=Kind.DROPPED,
        now=None,
        before=(clause,),
        language=language,
        depth=depth,
        heading=redline_safely(heading, ""),
        text=redline_safely(text, ""),
    )


def compare_clauses(one: Clause, other: Clause, language: str) -> ComparedClause:
    """Return what changes from `other`, the older one, to `one`, whatever they have to do with each other.

    Both are given with their wordings in the language; the kind says only whether words differ.
    """
    old, new = words_of(other, language), words_of(one, language)
    heading, text = redline_safely(old[0], new[0]), redline_safely(old[1], new[1])
    return ComparedClause(
        kind=Kind.UNCHANGED if old == new else Kind.AMENDED,
        now=one,
        before=(other,),
        language=language,
        depth=0,
        heading=heading,
        text=text,
    )
