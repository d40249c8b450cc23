"""What a delegation finds on its desk: its calls, what it wrote and filed in each, and what is to be done next."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import rules
from consultations.models import Call, Comment, Delegation, Membership, Submission
from consultations.proposals import redline_proposal
from declaration.models import Clause, Draft
from declaration.outline import Line, name_clause, read_clauses
from declaration.text.redline import Operation, TextTooLongError, redline


class Step(TextChoices):
    """What is to be done next in a call, by a person with a certain role."""

    WAIT_OPENING = "wait_opening", gettext_lazy("The call has not opened yet. The draft can be read.")
    START = "start", gettext_lazy("Nothing has been written yet. Start writing.")
    WRITE = "write", gettext_lazy("Go on writing. A focal point of your delegation submits it.")
    FINISH = "finish", gettext_lazy("Go on writing, and submit it when it is ready.")
    SUBMIT = "submit", gettext_lazy("It has been cleared. Submit it.")
    WAIT_FOCAL_POINT = (
        "wait_focal_point",
        gettext_lazy("It has been cleared. A focal point of your delegation submits it."),
    )
    AMEND = "amend", gettext_lazy("It has been filed. You can file again until the call closes.")
    AMEND_LATE = (
        "amend_late",
        gettext_lazy("It has been filed. The call has closed: if you file again now, it is marked as late."),
    )
    FILED = "filed", gettext_lazy("It has been filed.")
    READ = "read", gettext_lazy("You can read what your delegation writes.")
    MISSED = "missed", gettext_lazy("The call has closed and this was not filed. What was written is kept.")
    CLOSED = "closed", gettext_lazy("The call has closed, and nothing was filed.")


@dataclass(frozen=True)
class CallOnDesk:
    """A call as one delegation has it before it: with all its filings there, newest first, and the reader's role."""

    call: Call
    delegation: Delegation
    role: str
    filings: Sequence[Submission]
    is_addressed: bool
    at: dt.datetime

    @property
    def in_writing(self) -> Submission | None:
        """What is being written, or has been cleared."""
        return next((each for each in self.filings if not each.is_filed), None)

    @property
    def standing(self) -> Submission | None:
        """What was filed and stands."""
        return next((each for each in self.filings if each.status == Submission.Status.SUBMITTED), None)

    @property
    def takes_filing(self) -> bool:
        """Whether this delegation can file now."""
        return self.is_addressed and rules.takes_filing(self.call, at=self.at)

    @property
    def is_late(self) -> bool:
        """Whether what is filed now would be marked as late."""
        return self.at >= self.call.closes_at

    @property
    def is_current(self) -> bool:
        """Whether something can be done, can soon be done, or lies unfinished."""
        return self.takes_filing or self.at < self.call.opens_at or self.in_writing is not None

    @property
    def can_start(self) -> bool:
        """Whether this person can begin a submission, or the next one after what was filed."""
        return self.takes_filing and self.role in rules.WRITERS and self.in_writing is None

    @property
    def takes_comments(self) -> bool:
        """Whether this person can write a comment now, once she has begun a submission where there is none."""
        is_open = self.in_writing is None or self.in_writing.status == Submission.Status.DRAFT
        return self.takes_filing and self.role in rules.WRITERS and is_open

    @property
    def step(self) -> Step:
        """What this person does next."""
        if not self.takes_filing:
            return self._step_while_closed()
        if self.in_writing is None:
            return self._step_without_writing()
        if self.role not in rules.WRITERS:
            return Step.READ
        is_focal_point = self.role == Membership.Role.FOCAL_POINT
        if self.in_writing.status == Submission.Status.CLEARED:
            return Step.SUBMIT if is_focal_point else Step.WAIT_FOCAL_POINT
        return Step.FINISH if is_focal_point else Step.WRITE

    def _step_while_closed(self) -> Step:
        if self.at < self.call.opens_at:
            return Step.WAIT_OPENING
        if self.standing:
            return Step.FILED
        return Step.MISSED if self.in_writing else Step.CLOSED

    def _step_without_writing(self) -> Step:
        if self.role not in rules.WRITERS:
            return Step.FILED if self.standing else Step.READ
        if self.standing:
            return Step.AMEND_LATE if self.is_late else Step.AMEND
        return Step.START


@dataclass(frozen=True)
class Desk:
    """A delegation with the reader's role in it and its calls, those that close first in front.

    `newer` is the newest published draft, where what the delegation filed last is on an earlier one.
    """

    membership: Membership
    calls: Sequence[CallOnDesk]
    newer: Draft | None = None

    @property
    def delegation(self) -> Delegation:
        """The delegation."""
        return self.membership.delegation

    @property
    def current(self) -> list[CallOnDesk]:
        """Calls in which something can be done or lies unfinished."""
        return [each for each in self.calls if each.is_current]

    @property
    def past(self) -> list[CallOnDesk]:
        """The other calls, those that closed last in front."""
        return [each for each in reversed(self.calls) if not each.is_current]


def list_desks(user: Any, *, at: dt.datetime) -> list[Desk]:
    """Return the desks of all delegations a person belongs to."""
    memberships = (
        Membership.objects.filter(user=user, delegation__is_active=True)
        .select_related("delegation__state", "delegation__stakeholder", "delegation__group")
        .order_by("pk")
    )
    mine = Delegation.objects.of(user)
    calls = list(
        Call.objects.filter(Q(status=Call.Status.OPEN) | Q(submissions__delegation__in=mine))
        .exclude(status=Call.Status.PREPARING)
        .distinct()
        .with_draft()
        .with_early_opening()
        # Of those invited, only the person's own delegations are of interest here.
        .prefetch_related(Prefetch("invited", queryset=mine))
        .order_by("closes_at", "pk")
    )
    filings: dict[tuple[int, int], list[Submission]] = {}
    for submission in _filings(user):
        filings.setdefault((submission.call_id, submission.delegation_id), []).append(submission)
    desks = [Desk(membership, _calls_on_desk(membership, calls, filings, at=at)) for membership in memberships]
    newest = _newest_drafts({call.draft.declaration_id for call in calls})
    return [replace(desk, newer=_newer_than_last(desk, newest)) for desk in desks]


def _newest_drafts(declarations: Iterable[int]) -> dict[int, Draft]:
    """Return the newest published draft of each declaration: {declaration id: draft}."""
    drafts = Draft.objects.current().filter(declaration__in=declarations)
    # The newest comes first, and stays.
    return {draft.declaration_id: draft for draft in reversed(drafts)}


def _newer_than_last(desk: Desk, newest: Mapping[int, Draft]) -> Draft | None:
    filed = [place.standing for place in desk.calls if place.standing]
    if not filed:
        return None
    last = max(filed, key=lambda each: (each.submitted_at or each.created_at, each.pk))
    draft = next(place.call.draft for place in desk.calls if place.standing is last)
    newer = newest.get(draft.declaration_id)
    return newer if newer and newer.ordinal > draft.ordinal else None


def _filings(user: Any) -> QuerySet[Submission]:
    filings: QuerySet[Submission] = (
        Submission.objects.of_delegations_of(user)
        .select_related("submitted_by")
        .count_comments(also_held=True)
        .order_by("-pk")
    )
    return filings


def _calls_on_desk(
    membership: Membership,
    calls: Iterable[Call],
    filings: Mapping[tuple[int, int], Sequence[Submission]],
    *,
    at: dt.datetime,
) -> list[CallOnDesk]:
    delegation = membership.delegation
    on_desk = (
        CallOnDesk(
            call=call,
            delegation=delegation,
            role=membership.role,
            filings=filings.get((call.pk, delegation.pk), []),
            is_addressed=rules.is_answerable_by(call, delegation),
            at=at,
        )
        for call in calls
    )
    return [each for each in on_desk if each.is_addressed or each.filings]


@dataclass(frozen=True)
class Abilities:
    """What a person may do with a submission now, for a page to offer."""

    write: bool
    clear: bool
    send_back: bool
    submit: bool
    withdraw: bool
    discard: bool
    start_again: bool
    note: bool

    @property
    def any(self) -> bool:
        """Whether there is anything at all to do with the submission itself."""
        return any(getattr(self, name) for name in self.__dataclass_fields__ if name != "note")


def list_abilities(user: Any, submission: Submission, *, at: dt.datetime) -> Abilities:
    """Return what a person may do with a submission at that moment."""
    leads = rules.can_clear(user, submission)
    takes = rules.takes_filing(submission.call, at=at)
    in_draft = submission.status == Submission.Status.DRAFT
    writes = rules.role_in(user, submission.delegation) in rules.WRITERS
    stands = submission.status in {Submission.Status.SUBMITTED, Submission.Status.WITHDRAWN}
    return Abilities(
        write=rules.can_write(user, submission, at=at),
        clear=leads and in_draft and takes,
        send_back=leads and not in_draft,
        submit=leads and takes,
        withdraw=rules.can_withdraw(user, submission),
        discard=leads,
        start_again=stands and takes and writes,
        note=writes,
    )


@dataclass(frozen=True)
class WrittenComment:
    """A comment as it will be printed: what it is on, and what its proposal changes."""

    comment: Comment
    name: str
    redline: list[Operation]
    standing: object = None
    """Where it stands on a newer draft, as `_standing.html` takes it, on pages that tell it."""

    @property
    def clause_name(self) -> str:
        """The clause alone, where it is said beside it that a new one is to follow it."""
        return name_clause(self.comment.clause) if self.comment.clause else self.name

    @property
    def result(self) -> Clause | None:
        """The published clause that came of it."""
        return self.comment.answer.published_clause if self.comment.answer else None

    @property
    def result_name(self) -> str:
        """What that clause is called."""
        return name_clause(self.result) if self.result else ""


def comments_in_text_order(submission: Submission) -> QuerySet[Comment]:
    """Return a submission's comments as one reads the draft, those on the whole text first, with what prints them."""
    comments: QuerySet[Comment] = (
        submission.comments.select_related("clause", "updated_by", "disposition__resulting_clause__draft")
        .prefetch_related("clause__wordings")
        .order_by(F("clause__position").asc(nulls_first=True), "number")
    )
    return comments


def read_comments(comments: Iterable[Comment]) -> list[WrittenComment]:
    """Return comments, fetched by `comments_in_text_order`, as they will be printed."""
    return [
        WrittenComment(
            comment,
            name_target(comment),
            redline_proposal(comment, comment.clause.wordings.all() if comment.clause else ()),
        )
        for comment in comments
    ]


@dataclass(frozen=True)
class Choice:
    """A clause that can be commented on, as it is read, and how many comments the submission has on it."""

    line: Line
    own: int


def list_choices(submission: Submission, language: str) -> list[Choice]:
    """Return the whole draft in a language, to choose a clause from."""
    clauses = submission.call.draft.clauses.order_by("position").with_wordings(language)
    own = submission.comments.order_by().values_list("clause_id").annotate(Count("pk"))
    counts: dict[int | None, int] = dict(own)
    return [Choice(line, counts.get(line.clause.pk, 0)) for line in read_clauses(clauses, language)]


def name_target(comment: Comment, language: str = "") -> str:
    """Say what a comment is on, in the page's language: "Article 3, paragraph 1", "New clause after Article 3"."""
    if comment.clause is None:
        return _("The whole text")
    name = name_clause(comment.clause, language)
    return _("New clause after: %(clause)s") % {"clause": name} if comment.target == "after_clause" else name


@dataclass(frozen=True)
class Difference:
    """A field in which two versions of the same thing differ: what stands now, and what this person typed."""

    label: str | Promise
    theirs: str
    yours: str
    redline: list[Operation]


def compare_versions(
    theirs: Mapping[str, str], yours: Mapping[str, str], *, labels: Mapping[str, str | Promise], texts: Sequence[str]
) -> list[Difference]:
    """Return the fields in which two versions differ; those named in `texts` with a redline from one to the other."""
    differences = []
    for name, label in labels.items():
        now, typed = _plain(theirs.get(name, "")), _plain(yours.get(name, ""))
        if now != typed:
            differences.append(Difference(label, now, typed, _redline(now, typed) if name in texts else []))
    return differences


def _plain(text: str) -> str:
    # As the service stores a text, so that a browser's line ends are no difference.
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _redline(old: str, new: str) -> list[Operation]:
    try:
        return redline(old, new)
    except TextTooLongError:
        return []
