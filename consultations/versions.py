"""All filings of a delegation in a call, one after the other: what happened to each, and what changed from one to the next."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import CharField, F, QuerySet, TextChoices, TextField, Value
from django.db.models.functions import MD5, Concat
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy

from consultations.delegation_history import (
    COMMENT_FIELDS,
    SUBMISSION_FIELDS,
    TEXTS,
    said_in_comment,
    said_of_submission,
)
from consultations.desk import Difference, compare_versions, name_target
from consultations.models import Attachment, Call, Comment, Delegation, Submission

CHANGES_SHOWN: Final = 100
"""So many changed comments are shown of one filing; of the others it is told how many there are."""


class Kind(TextChoices):
    """What happened to a comment from one filing to the next."""

    ADDED = "added", pgettext_lazy("a comment, from one filing to the next", "added")
    DROPPED = "dropped", pgettext_lazy("a comment, from one filing to the next", "dropped")
    CHANGED = "changed", pgettext_lazy("a comment, from one filing to the next", "changed")


@dataclass(frozen=True)
class ChangedComment:
    """A comment that is new, gone or says something else: what it is on, and the fields that differ.

    `number` is the one that it has in the later filing; of a comment that was dropped the one that it had.
    """

    kind: str
    comment: Comment
    name: str
    differences: Sequence[Difference]

    @property
    def label(self) -> str:
        """What happened to it, in the reader's language."""
        return str(Kind(self.kind).label)

    @property
    def number(self) -> int:
        """Its number."""
        return self.comment.number


@dataclass(frozen=True)
class Version:
    """One filing, and how it differs from the one before; `before` is nothing for the first."""

    filing: Submission
    number: int
    before: Submission | None
    described: Sequence[Difference]
    counts: Mapping[str, int]
    """How many comments were added, dropped and changed."""
    changes: Sequence[ChangedComment]
    files_added: Sequence[str]
    files_dropped: Sequence[str]
    superseded_at: dt.datetime | None

    @property
    def left_off(self) -> int:
        """How many changed comments are not shown."""
        return sum(self.counts.values()) - len(self.changes)

    @property
    def is_same(self) -> bool:
        """Whether it says nothing else than the one before."""
        return not (self.described or any(self.counts.values()) or self.files_added or self.files_dropped)

    @property
    def withdrawal(self) -> Any:
        """When, by whom and why it was withdrawn; nothing where it was not, or where that was not kept."""
        return getattr(self.filing, "withdrawal", None)


class Versions(Sequence[Version]):
    """Filings of one delegation in one call, the newest first; what is asked of them at once is read at once.

    They are asked for by slices, as a page of a list is. The questions to the database are as many for one filing as for
    many.
    """

    def __init__(self, filings: QuerySet[Submission]) -> None:
        self._filings: QuerySet[Submission] = (
            filings.filter(status__in=Submission.FILED)
            .with_context()  # type: ignore[attr-defined]
            .select_related("submitted_by", "receipt", "withdrawal__withdrawn_by")
            # A receipt has the whole content once more.
            .defer("receipt__content")
            .prefetch_related("attachments")
            .order_by("-submitted_at", "-pk")
        )

    @cached_property
    def _total(self) -> int:
        return self._filings.count()

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, wanted: Any) -> Any:
        """Return the filings of a slice."""
        start, stop, _step = wanted.indices(len(self))
        # With each stands what came after it, and what was before it.
        first = max(start - 1, 0)
        around = list(self._filings[first : stop + 1])
        shown = range(start, stop)
        pairs = [_Neighbours(*(_at(around, place - first + step) for step in (0, 1, -1))) for place in shown]
        marks = _read_marks(around)
        found = [_match(marks[each.before.pk], marks[each.filing.pk]) if each.before else [] for each in pairs]
        comments = _read_comments(pair for changed in found for pair in changed[:CHANGES_SHOWN])
        return [
            _make_version(each, changed, comments, number=len(self) - place)
            for place, each, changed in zip(shown, pairs, found, strict=True)
        ]


def own_versions(delegation: Delegation, call: Call) -> Versions:
    """Return what a delegation filed in a call, for its own people: all of it, also what staff entered for it."""
    return Versions(Submission.objects.filter(delegation=delegation, call=call))


def staff_versions(delegation: Delegation, call: Call) -> Versions:
    """Return the same for staff: what they may read at this moment, and so nothing while it is sealed."""
    return Versions(Submission.objects.filed_for_staff().filter(delegation=delegation, call=call))


class _Neighbours(NamedTuple):
    """A filing, the one before it and the one after it."""

    filing: Submission
    before: Submission | None
    after: Submission | None


def _at(filings: Sequence[Submission], place: int) -> Any:
    return filings[place] if 0 <= place < len(filings) else None


class _Mark(NamedTuple):
    """What is needed of a comment to find its like in another filing."""

    pk: int
    number: int
    target: str
    clause: int | None
    digest: str

    @property
    def place(self) -> tuple[str, int | None]:
        return self.target, self.clause


_Pair = tuple[_Mark | None, _Mark | None]


def _read_marks(filings: Iterable[Submission]) -> dict[int, list[_Mark]]:
    said = [
        part
        for name in ("position", "operation", "category", "language", "proposed_text", "rationale")
        for part in (F(name), Value("\x1f"))
    ]
    digest = MD5(Concat(*said, output_field=TextField()), output_field=CharField())
    ids = [each.pk for each in filings]
    rows = Comment.objects.filter(submission__in=ids).order_by("submission_id", "number").annotate(digest=digest)
    marks: dict[int, list[_Mark]] = {pk: [] for pk in ids}
    for submission, *values in rows.values_list(
        "submission_id", "pk", "number", "target", "clause_id", "digest"
    ).iterator():
        marks[submission].append(_Mark(*values))
    return marks


def _match(old: Sequence[_Mark], new: Sequence[_Mark]) -> list[_Pair]:
    """Return the comments that differ, as pairs of what was and what is; either may be missing.

    A comment keeps its number from one filing to the next. Of those that are left, the ones on the same clause are taken
    for one another, first those that say the same: a letter's comments are numbered anew.
    """
    by_number = {mark.number: mark for mark in old}
    pairs: list[_Pair] = []
    left = []
    for mark in new:
        was = by_number.get(mark.number)
        if was and was.place == mark.place:
            del by_number[mark.number]
            pairs.append((was, mark))
        else:
            left.append(mark)
    rest = list(by_number.values())
    for same in (lambda mark: (mark.place, mark.digest), lambda mark: mark.place):
        waiting: dict[Any, list[_Mark]] = {}
        for mark in rest:
            waiting.setdefault(same(mark), []).append(mark)
        remaining = []
        for mark in left:
            fitting = waiting.get(same(mark))
            if fitting:
                pairs.append((fitting.pop(0), mark))
            else:
                remaining.append(mark)
        left = remaining
        rest = [mark for marks in waiting.values() for mark in marks]
    changed: list[_Pair] = [(was, now) for was, now in pairs if was and now and was.digest != now.digest]
    changed += [(None, mark) for mark in left] + [(mark, None) for mark in rest]
    return sorted(changed, key=lambda pair: ((pair[1] or pair[0]).number, pair[1] is None))  # type: ignore[union-attr]


def _read_comments(pairs: Iterable[_Pair]) -> dict[int, Comment]:
    wanted = [mark.pk for pair in pairs for mark in pair if mark]
    return {each.pk: each for each in Comment.objects.filter(pk__in=wanted).select_related("clause__draft")}


def _make_version(
    about: _Neighbours, changed: Sequence[_Pair], comments: Mapping[int, Comment], *, number: int
) -> Version:
    filing, before, after = about
    kinds = [_kind(pair) for pair in changed]
    shown = list(zip(changed, kinds, strict=True))[:CHANGES_SHOWN]
    is_superseded = filing.status == Submission.Status.SUPERSEDED
    return Version(
        filing=filing,
        number=number,
        before=before,
        described=_compare_descriptions(before, filing) if before else [],
        counts={kind: kinds.count(kind) for kind in Kind.values},
        changes=[_tell(pair, kind, comments) for pair, kind in shown],
        files_added=_names_only_in(filing, before) if before else [],
        files_dropped=_names_only_in(before, filing) if before else [],
        superseded_at=after.submitted_at if is_superseded and after else None,
    )


def _kind(pair: _Pair) -> str:
    was, now = pair
    return Kind.ADDED if was is None else Kind.DROPPED if now is None else Kind.CHANGED


def _tell(pair: _Pair, kind: str, comments: Mapping[int, Comment]) -> ChangedComment:
    was, now = (comments[mark.pk] if mark else None for mark in pair)
    comment = now or was
    if comment is None:
        raise ValueError("A pair has one comment at least.")
    # What a comment is on is its name; of one that is new or gone it is shown what it said, not of which kind it was.
    hidden = {"target", "clause"} if kind == Kind.CHANGED else {"target", "clause", "category", "language"}
    labels = {name: label for name, label in COMMENT_FIELDS.items() if name not in hidden}
    differences = compare_versions(
        said_in_comment(was) if was else {}, said_in_comment(now) if now else {}, labels=labels, texts=TEXTS
    )
    return ChangedComment(kind, comment, name_target(comment), differences)


def _compare_descriptions(before: Submission, after: Submission) -> list[Difference]:
    labels = SUBMISSION_FIELDS | {"on_behalf_of": pgettext_lazy("a submission", "On behalf of")}
    return compare_versions(_describe(before), _describe(after), labels=labels, texts=TEXTS)


def _describe(filing: Submission) -> dict[str, str]:
    group = filing.on_behalf_of
    return said_of_submission(filing) | {"on_behalf_of": str(group) if group else ""}


def _names_only_in(filing: Submission, other: Submission) -> list[str]:
    others = {file.sha256 for file in _files(other)}
    return [file.name for file in _files(filing) if file.sha256 not in others]


def _files(filing: Submission) -> Iterable[Attachment]:
    return filing.attachments.all()
