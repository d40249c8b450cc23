"""Where a comment stands on a newer draft than the one that it was made on.

A comment points for ever at the clause that its author read. What became of that clause is derived from what descends from
what, through all drafts between; nothing of it is stored, and what is not settled is not guessed.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from consultations.models import Comment
from consultations.proposals import present_words
from declaration.fates import Fate, Lineage, Text, digest_below, digest_drafts
from declaration.languages import active_text_language
from declaration.models import Clause, Draft, Wording
from declaration.text.redline import Operation, TextTooLongError, redline


class Kind(TextChoices):
    """Where a comment can stand on a newer draft."""

    STILL_APPLIES = "still_applies", _("still applies")
    TEXT_CHANGED = "text_changed", _("text changed")
    SPLIT = "split", _("clause split")
    MERGED = "merged", _("clause merged")
    MOVED = "moved", _("clause moved")
    DROPPED = "dropped", _("clause dropped")
    UNKNOWN = "unknown", _("not settled")


Words = Mapping[str, tuple[str, str]]
"""The heading and text of a clause by language."""


@dataclass(frozen=True)
class Standing:
    """Where one comment stands on one newer draft.

    `home` is the draft of a comment on a whole text. `was` is the clause that another comment was made on, `clauses`
    what that became, in reading order, and `lost` parts of it that were dropped on the way, from `dropped_in` on.

    Words are compared in the comment's language, and in all that both drafts have where they lack that. `language` is
    the one in which the change is shown; `languages_changed` are all in which the words differ. `is_provisional` is
    true where nobody has confirmed yet what it rests on, which is told to staff alone, about a draft in preparation.
    """

    draft: Draft
    comment: Comment
    kind: Kind
    home: Draft | None = None
    was: Clause | None = None
    clauses: tuple[Clause, ...] = ()
    lost: tuple[Clause, ...] = ()
    dropped_in: Draft | None = None
    is_moved: bool = False
    is_text_changed: bool = False
    is_changed_below: bool = False
    is_provisional: bool = False
    languages_changed: tuple[str, ...] = ()
    language: str = ""
    taken_over: Clause | None = None
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)

    @property
    def is_renumbered(self) -> bool:
        """Whether the one clause that it became is called otherwise than before."""
        return bool(self.was and len(self.clauses) == 1 and self.clauses[0].eid != self.was.eid)

    @property
    def is_on_place(self) -> bool:
        """Whether the comment is on the place after the clause."""
        return self.comment.target == Comment.Target.AFTER_CLAUSE

    @property
    def is_done(self) -> bool:
        """Whether the text is now as the comment proposed: its words stand there, or the clause it would delete does not."""
        deleted = self.comment.operation == Comment.Operation.DELETE and self.kind == Kind.DROPPED
        return self.taken_over is not None or (deleted and not self.is_provisional)

    @cached_property
    def operations(self) -> list[Operation]:
        """What changed from the clause's words to those that came of it; empty where nothing did or nothing is left.

        The words of several clauses are joined, each beginning on a line of its own. Texts too long to be compared are shown as
        wholly replaced.
        """
        return compare_words(self.before, self.after) if self.is_text_changed else []


def compare_words(before: str, after: str) -> list[Operation]:
    """Return what changed from one text to another; texts too long to be compared are shown as wholly replaced."""
    try:
        return redline(before, after)
    except TextTooLongError:
        return [Operation("delete", before), Operation("insert", after)]


def find_standings(comments: Iterable[Comment], draft: Draft) -> dict[int, Standing]:
    """Return where comments stand on a draft: {comment id: standing}.

    A comment made on that draft or on a newer one, or on another declaration, has no standing there and is left out. What
    readers of a draft in preparation may see is the caller's to decide. At most nine questions to the database, for any
    number of comments and drafts.
    """
    return _Standings(list(comments), draft).found


def find_newest_standings(comments: Iterable[Comment], *, for_staff: bool = False) -> dict[int, Standing]:
    """Return where comments stand on the newest published draft of their declaration: {comment id: standing}.

    A comment made on that draft has none. For staff it may also be a draft in preparation that supersedes another one. As many
    questions as `find_standings`.
    """
    return _Standings(list(comments), None, for_staff=for_staff).found


@dataclass(frozen=True)
class _Changes:
    """Whether words changed (nothing where they cannot be compared), in which languages, and which one to show it in."""

    is_changed: bool | None
    changed: tuple[str, ...]
    language: str

    @classmethod
    def of(cls, comment: Comment, changes: Mapping[str, bool]) -> Self:
        """Judge by the comment's language or, where the drafts lack it, by all that they share."""
        if not changes:
            return cls(None, (), "")
        changed = tuple(sorted(language for language, is_changed in changes.items() if is_changed))
        if comment.language in changes:
            return cls(changes[comment.language], changed, comment.language)
        telling = changed or tuple(sorted(changes))
        reader = active_text_language()
        return cls(bool(changed), changed, reader if reader in telling else telling[0])


class _Standings:
    """The standings of some comments, with what has been asked for all of them at once."""

    def __init__(self, comments: Sequence[Comment], draft: Draft | None, *, for_staff: bool = False) -> None:
        self.found: dict[int, Standing] = {}
        self.for_staff = for_staff
        if not comments:
            return
        homes = _find_homes(comments)
        self.drafts = _find_drafts({declaration for _home, declaration in homes.values()}, draft)
        pairs = list(self._pair(comments, homes, draft))
        if not pairs:
            return
        self.lineage = Lineage(
            {comment.clause_id for comment, _home, _target in pairs if comment.clause_id},
            {target.pk: target for _comment, _home, target in pairs}.values(),
            self.drafts,
        )
        self.fates: dict[tuple[int, int], Fate] = {}
        for comment, _home, target in pairs:
            if comment.clause_id:
                self._follow(comment.clause_id, target)
        self._ask_for_words(pairs)
        for comment, home, target in pairs:
            self.found[comment.pk] = (
                self._on_clause(comment, comment.clause_id, target)
                if comment.clause_id
                else self._on_whole_text(comment, home, target)
            )

    def _pair(
        self, comments: Iterable[Comment], homes: Mapping[int, tuple[int, int]], wanted: Draft | None
    ) -> Iterable[tuple[Comment, Draft, Draft]]:
        newest: dict[int, Draft] = {}
        for draft in self.drafts.values():
            in_preparation = draft.status == Draft.Status.PREPARING and draft.supersedes_id is not None
            if draft.status in (Draft.Status.PUBLISHED, Draft.Status.ADOPTED) or (self.for_staff and in_preparation):
                best = newest.get(draft.declaration_id, draft)
                newest[draft.declaration_id] = max(best, draft, key=lambda each: each.ordinal)
        for comment in comments:
            home = self.drafts.get(homes[comment.pk][0])
            target = wanted or newest.get(homes[comment.pk][1])
            if home and target and home.declaration_id == target.declaration_id and home.ordinal < target.ordinal:
                yield comment, home, target

    def _follow(self, clause: int, target: Draft) -> None:
        if (clause, target.pk) not in self.fates:
            self.fates[clause, target.pk] = self.lineage.follow(clause, target)

    def _ask_for_words(self, pairs: Sequence[tuple[Comment, Draft, Draft]]) -> None:
        clauses = {pk for pk, _target in self.fates}
        clauses |= {clause.pk for fate in self.fates.values() for clause in fate.clauses}
        self.wordings: dict[int, list[Wording]] = {}
        for wording in Wording.objects.filter(clause__in=clauses) if clauses else ():
            self.wordings.setdefault(wording.clause_id, []).append(wording)
        self.below = digest_below(clauses)
        on_whole_text = [pair for pair in pairs if pair[0].clause_id is None]
        self.whole = digest_drafts({draft.pk for _comment, *both in on_whole_text for draft in both})
        self.new_words = _find_new_words([(comment, target) for comment, _home, target in pairs])

    def _on_whole_text(self, comment: Comment, home: Draft, target: Draft) -> Standing:
        if home not in self.lineage.chains[target.pk]:
            return Standing(target, comment, Kind.UNKNOWN)
        changes = _Changes.of(comment, _changed(self.whole.get(home.pk, {}), self.whole.get(target.pk, {})))
        if changes.is_changed is None:
            return Standing(target, comment, Kind.UNKNOWN)
        return Standing(
            target,
            comment,
            Kind.TEXT_CHANGED if changes.is_changed else Kind.STILL_APPLIES,
            home=home,
            is_changed_below=changes.is_changed,
            languages_changed=changes.changed,
            language=changes.language,
        )

    def _on_clause(self, comment: Comment, clause: int, target: Draft) -> Standing:
        fate, was = self.fates[clause, target.pk], self.lineage.clauses[clause]
        if not fate.is_known or (target.is_published and not fate.is_settled):
            # Nothing is told of a published draft that nobody has confirmed.
            return Standing(target, comment, Kind.UNKNOWN, was=was)
        lineage = Standing(
            target,
            comment,
            Kind.DROPPED,
            was=was,
            lost=fate.lost,
            dropped_in=fate.dropped_in,
            is_provisional=not fate.is_settled,
        )
        if not fate.clauses:
            return lineage
        old, new = self._words(was), [self._words(clause) for clause in fate.clauses]
        shared = [language for language in old if all(language in words for words in new)]
        changes = _Changes.of(
            comment, {language: _differ(old[language], [words[language] for words in new]) for language in shared}
        )
        language = changes.language
        return replace(
            lineage,
            kind=name_kind(fate, is_changed=changes.is_changed),
            clauses=fate.clauses,
            is_moved=fate.is_moved,
            is_text_changed=bool(changes.is_changed),
            is_changed_below=len(fate.clauses) == 1 and self._is_changed_below(was, fate.clauses[0], language),
            languages_changed=changes.changed,
            language=language,
            taken_over=self._taken_over(comment, target, fate),
            before=_join([old[language]]) if language else "",
            after=_join([words[language] for words in new]) if language else "",
        )

    def _words(self, clause: Clause) -> Words:
        return {each.language: (each.heading, each.text) for each in self.wordings.get(clause.pk, ())}

    def _is_changed_below(self, was: Clause, now: Clause, language: str) -> bool:
        return self.below.get(was.pk, {}).get(language) != self.below.get(now.pk, {}).get(language)

    def _taken_over(self, comment: Comment, target: Draft, fate: Fate) -> Clause | None:
        """Return the clause that now has the proposed words, to the letter but for spaces."""
        if not comment.proposed_text or not fate.is_settled:
            return None
        proposed = _normalized(comment.proposed_text)
        if comment.operation == Comment.Operation.INSERT:
            found = self.new_words.get((target.pk, comment.language, proposed), [])
            return found[0] if len(found) == 1 else None
        before = present_words(self.wordings.get(comment.clause_id or 0, ()), comment.language)
        if _normalized(before) == proposed:
            return None
        for clause in fate.clauses:
            if _normalized(present_words(self.wordings.get(clause.pk, ()), comment.language)) == proposed:
                return clause
        return None


def _find_homes(comments: Sequence[Comment]) -> dict[int, tuple[int, int]]:
    """Return the draft that each comment was made on, and its declaration: {comment id: (draft id, declaration id)}."""
    rows = Comment.objects.filter(pk__in=[comment.pk for comment in comments]).order_by()
    call = "submission__call__draft"
    return {pk: (draft, declaration) for pk, draft, declaration in rows.values_list("pk", call, f"{call}__declaration")}


def _find_drafts(declarations: Iterable[int], draft: Draft | None) -> dict[int, Draft]:
    drafts: dict[int, Draft] = {each.pk: each for each in Draft.objects.filter(declaration__in=declarations)}
    return drafts | ({draft.pk: draft} if draft else {})


def _find_new_words(pairs: Iterable[tuple[Comment, Draft]]) -> dict[tuple[int, str, str], list[Clause]]:
    """Return the clauses that came new into drafts, by draft, language and words, if comments proposed new ones."""
    targets = {target.pk: target for comment, target in pairs if comment.operation == Comment.Operation.INSERT}
    found: dict[tuple[int, str, str], list[Clause]] = {}
    if not targets:
        return found
    wordings = Wording.objects.filter(
        clause__draft__in=targets, clause__origins__isnull=True, clause__is_origin_confirmed=True
    )
    for wording in wordings.select_related("clause"):
        wording.clause.draft = targets[wording.clause.draft_id]
        words = _normalized(wording.text or wording.heading)
        found.setdefault((wording.clause.draft_id, wording.language, words), []).append(wording.clause)
    return found


def name_kind(fate: Fate, *, is_changed: bool | None) -> Kind:
    """Return what to call a fate; `is_changed` says whether the words did, nothing where they cannot be compared."""
    ways = (
        (not fate.is_known, Kind.UNKNOWN),
        (not fate.clauses, Kind.DROPPED),
        (fate.is_split, Kind.SPLIT),
        (fate.is_merged, Kind.MERGED),
        (fate.is_moved, Kind.MOVED),
        (is_changed is None, Kind.UNKNOWN),
        (is_changed, Kind.TEXT_CHANGED),
    )
    return next((kind for is_so, kind in ways if is_so), Kind.STILL_APPLIES)


def _changed(before: Text, after: Text) -> dict[str, bool]:
    return {language: before[language] != after[language] for language in before if language in after}


def _differ(before: tuple[str, str], after: Sequence[tuple[str, str]]) -> bool:
    """Whether words changed: to the letter in one clause; in several, not by the cuts between them alone."""
    if len(after) == 1:
        return before != after[0]
    return _normalized(_join([before])) != _normalized(_join(after))


def _join(words: Iterable[tuple[str, str]]) -> str:
    return "\n".join("\n".join(filter(None, each)) for each in words)


def _normalized(text: str) -> str:
    """Return a text without what no reader sees: how Unicode writes its letters, and how many spaces it has."""
    return " ".join(unicodedata.normalize("NFC", text).split())
