"""What changed in the text since a delegation last commented on it: in the clauses it commented on, and elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from consultations.desk import comments_in_text_order
from consultations.models import Comment, Delegation, Submission
from consultations.standing import Standing, compare_words, find_standings, name_kind
from declaration.fates import Lineage
from declaration.models import Clause, Draft, Wording
from declaration.outline import choose_language
from declaration.text.redline import Operation


class Change(TextChoices):
    """What can have happened to a clause on which a delegation had said nothing."""

    NEW = "new", _("new clause")
    TEXT_CHANGED = "text_changed", _("text changed")
    SPLIT = "split", _("clause split")
    MERGED = "merged", _("clause merged")
    MOVED = "moved", _("clause moved")
    DROPPED = "dropped", _("clause dropped")


@dataclass(frozen=True)
class ChangedClause:
    """A clause that changed: `was` (nothing for a new one), what it became (nothing where it was dropped), and how.

    `language` is the one in which its words are shown.
    """

    kind: Change
    was: Clause | None
    clauses: tuple[Clause, ...]
    language: str
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)

    @cached_property
    def operations(self) -> list[Operation]:
        """What changed in its words; empty where they did not."""
        is_only_cut = len(self.clauses) > 1 and self.before.split() == self.after.split()
        return [] if self.before == self.after or is_only_cut else compare_words(self.before, self.after)


@dataclass(frozen=True)
class Changes:
    """What changed from the draft that a delegation last commented on, `older`, to the newest one."""

    submission: Submission
    older: Draft
    newer: Draft
    comments: Sequence[Comment]
    standings: dict[int, Standing]
    others: Sequence[ChangedClause]


def find_last_filing(delegation: Delegation) -> Submission | None:
    """Return what a delegation filed last and has not withdrawn, with its call and draft."""
    filed: Submission | None = (
        Submission.objects.filter(delegation=delegation, status=Submission.Status.SUBMITTED)
        .with_context()
        .order_by("-submitted_at", "-pk")
        .first()
    )
    return filed


def find_newer(draft: Draft) -> Draft | None:
    """Return the newest published draft of the same declaration, if it is newer than this one."""
    newer: Draft | None = (
        Draft.objects.current().filter(declaration=draft.declaration_id, ordinal__gt=draft.ordinal).first()
    )
    return newer


def find_changes(delegation: Delegation, *, language: str) -> Changes | None:
    """Return what changed since a delegation's last filing; nothing where it has filed nothing, or no draft is newer.

    Words are shown in the reader's `language` where both drafts have it. The number of questions to the database is the same
    for any number of clauses and comments.
    """
    filing = find_last_filing(delegation)
    newer = find_newer(filing.call.draft) if filing else None
    if filing is None or newer is None:
        return None
    older: Draft = filing.call.draft
    comments = list(comments_in_text_order(filing))
    for comment in comments:
        if comment.clause:
            comment.clause.draft = older
    commented = {comment.clause_id for comment in comments if comment.clause_id}
    shared = [code for code in older.languages if code in newer.languages]
    shown = language if language in shared else next(iter(shared), choose_language(newer, language))
    others = _Comparison(older, newer, shown).list_changed(leaving_out=commented)
    return Changes(filing, older, newer, comments, find_standings(comments, newer), others)


class _Comparison:
    """The clauses of two drafts, and what became of those of the older one."""

    def __init__(self, older: Draft, newer: Draft, language: str) -> None:
        self.newer, self.language = newer, language
        drafts = {each.pk: each for each in Draft.objects.filter(declaration=newer.declaration_id)}
        self.old: list[Clause] = list(older.clauses.order_by("position"))
        self.new: list[Clause] = list(newer.clauses.order_by("position"))
        self.lineage = Lineage([clause.pk for clause in self.old], [newer], drafts)
        wordings = Wording.objects.filter(clause__draft__in=[older, newer], language=language)
        self.words = {
            clause: "\n".join(filter(None, words))
            for clause, *words in wordings.values_list("clause_id", "heading", "text")
        }

    def list_changed(self, *, leaving_out: set[int]) -> list[ChangedClause]:
        """Return the clauses that changed or are new, in the order of the newer draft; at the end those that were dropped."""
        changed, known = [], set()
        for clause in self.old:
            fate = self.lineage.follow(clause.pk, self.newer)
            known |= {each.pk for each in fate.clauses}
            if not (fate.is_known and fate.is_settled) or clause.pk in leaving_out:
                continue
            before, after = self._join([clause]), self._join(fate.clauses)
            kind = name_kind(fate, is_changed=before != after)
            if kind in Change.values:
                changed.append(ChangedClause(Change(kind), clause, fate.clauses, self.language, before, after))
        for clause in self.new:
            if clause.pk not in known and clause.is_origin_confirmed:
                clause.draft = self.newer
                changed.append(ChangedClause(Change.NEW, None, (clause,), self.language, "", self._join([clause])))
        return sorted(changed, key=_place)

    def _join(self, clauses: Iterable[Clause]) -> str:
        return "\n".join(filter(None, (self.words.get(clause.pk, "") for clause in clauses)))


def _place(change: ChangedClause) -> tuple[bool, int]:
    clause = change.clauses[0] if change.clauses else change.was
    return not change.clauses, clause.position if clause else 0
