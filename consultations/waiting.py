"""What waits for the mandate holder's staff: calls with how far their comments are answered, and the next steps."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Call, Comment, Notice, ParticipationRequest, Submission
from declaration.models import Draft

CLOSING_SOON: Final = dt.timedelta(days=7)


@dataclass(frozen=True)
class CallForStaff:
    """A call with where it stands and, unless it is sealed, what was filed in it and how far that is answered."""

    call: Call
    at: dt.datetime
    filed: int = 0
    unanswered: int = 0
    unpublished: int = 0
    published: int = 0

    @property
    def phase(self) -> str:
        """Where it stands: preparing, upcoming, open, closed or archived."""
        return "archived" if self.call.status == Call.Status.ARCHIVED else self.call.phase(at=self.at)

    @property
    def is_sealed(self) -> bool:
        """Whether nothing may be known of what was filed."""
        return self.call.is_sealed(at=self.at)

    @property
    def is_pending(self) -> bool:
        """Whether there is something to do in it: all but archived calls in which every answer is published."""
        return self.phase != "archived" or bool(self.unanswered or self.unpublished)

    @property
    def can_extend(self) -> bool:
        """Whether it can get a later closing time: not once its submissions have been released together."""
        together = self.call.publication_rule == Call.PublicationRule.TOGETHER_AFTER_CLOSING
        return self.phase in {"upcoming", "open"} or (self.phase == "closed" and not together)

    @property
    def can_close(self) -> bool:
        """Whether it can be closed before its time: not while closing would open what is sealed."""
        return self.phase == "open" and not self.is_sealed

    @property
    def can_open_early(self) -> bool:
        """Whether what is sealed in it could be opened before it closes."""
        return self.phase == "open" and self.is_sealed

    @property
    def is_opening_asked(self) -> bool:
        """Whether one of the staff has asked for that, and nobody has confirmed it yet."""
        opening = getattr(self.call, "early_opening", None)
        return self.can_open_early and opening is not None and opening.confirmed_at is None

    @property
    def has_comments(self) -> bool:
        """Whether there are comments that staff may read."""
        return bool(self.unanswered or self.unpublished or self.published)


def survey_calls(calls: Iterable[Call], *, at: dt.datetime) -> list[CallForStaff]:
    """Return calls with their figures; of a sealed call there are none."""
    filed = Submission.objects.filed_for_staff(at=at).filter(status=Submission.Status.SUBMITTED).count_by_call()
    answers = Comment.objects.filed_for_staff(at=at).count_answers_by_call()
    return [_survey(call, filed, answers.get(call.pk, {}), at=at) for call in calls]


def _survey(call: Call, filed: Mapping[int, int], answers: Mapping[str, int], *, at: dt.datetime) -> CallForStaff:
    return CallForStaff(
        call,
        at,
        filed=filed.get(call.pk, 0),
        unanswered=answers.get("none", 0),
        unpublished=answers.get("unpublished", 0),
        published=answers.get("published", 0),
    )


@dataclass(frozen=True)
class Step:
    """Something to be done next, and where."""

    text: str
    url: str


def list_steps(calls: Iterable[CallForStaff], drafts: Iterable[Draft]) -> list[Step]:
    """Return what is to be done next: answers first, then calls, then drafts, then people."""
    calls = list(calls)
    answers = [step for each in calls for step in _answer_steps(each)]
    return [
        *answers,
        *(step for each in calls for step in _call_steps(each)),
        *map(_draft_step, drafts),
        *_people_steps(),
    ]


def comments_address(**filters: str | int) -> str:
    """Return the address of the answering page with filters."""
    return f"{reverse('staff-comments')}?{urlencode(filters)}"


def _answer_steps(each: CallForStaff) -> Iterator[Step]:
    if each.unanswered:
        text = ngettext(
            "Answer %(count)d comment: %(call)s", "Answer %(count)d comments: %(call)s", each.unanswered
        ) % {"count": each.unanswered, "call": each.call}
        yield Step(text, comments_address(call=each.call.pk, answer="none"))
    if each.unpublished:
        text = ngettext(
            "Publish %(count)d answer: %(call)s", "Publish %(count)d answers: %(call)s", each.unpublished
        ) % {"count": each.unpublished, "call": each.call}
        yield Step(text, comments_address(call=each.call.pk, answer="unpublished"))


def _call_steps(each: CallForStaff) -> Iterator[Step]:
    url = reverse("staff-call-detail", args=[each.call.pk])
    names = {"call": each.call}
    if each.phase == "preparing" and each.call.draft.status == Draft.Status.PUBLISHED:
        yield Step(_("Open the call: %(call)s") % names, url)
    elif each.phase == "preparing":
        yield Step(_("Publish its draft before you open the call: %(call)s") % names, url)
    elif each.is_opening_asked:
        yield Step(_("Decide whether what is sealed is opened early: %(call)s") % names, url)
    elif each.phase == "open" and each.call.closes_at - each.at <= CLOSING_SOON:
        yield Step(_("This call closes soon: %(call)s") % names, url)
    elif each.phase == "closed" and not (each.unanswered or each.unpublished):
        yield Step(_("Nothing is left to answer. Archive the call: %(call)s") % names, url)


def _draft_step(draft: Draft) -> Step:
    url = reverse("staff-draft-detail", args=[draft.ordinal])
    return Step(_("Finish and publish the draft: %(draft)s") % {"draft": draft}, url)


def _people_steps() -> Iterator[Step]:
    asked = ParticipationRequest.objects.filter(status=ParticipationRequest.Status.ASKED).count()
    if asked:
        text = ngettext("Decide on %(count)d request to take part", "Decide on %(count)d requests to take part", asked)
        yield Step(text % {"count": asked}, reverse("staff-request-list"))
    given_up = Notice.objects.given_up_for_staff().count()
    if given_up:
        text = ngettext(
            "See about %(count)d mail that was given up", "See about %(count)d mails that were given up", given_up
        )
        yield Step(text % {"count": given_up}, reverse("staff-given-up-mail"))
