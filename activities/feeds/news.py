"""What is new: on the whole, about one draft, or in one call.

A filing is in it once it has been released, dated with its release; nothing that is sealed or held is, nor is it counted.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, Outcome
from consultations.models import Call, Consultation, Disposition, Hold, Submission
from declaration.models import Corrigendum, Draft
from declaration.outline import name_clause
from declaration.translated import TranslatedText

MAX_ENTRIES: Final = 100
"""So many entries a feed has, and so many of each kind are read for it."""


@dataclass(frozen=True)
class Scope:
    """What a feed is about: everything, one draft with its calls, or one call."""

    draft: Draft | None = None
    call: Call | None = None

    def of_draft(self, path: str) -> Q:
        """Return the condition that what `path` leads to a draft by belongs to what the feed is about."""
        return Q(**{path: self.draft.pk}) if self.draft else Q()

    def of_call(self, path: str) -> Q:
        """Return the condition that what belongs to a call (`path` leads to it; "" for calls) is in it."""
        if self.call:
            return Q(**{path or "pk": self.call.pk})
        return self.of_draft(f"{path}__draft" if path else "draft")


@dataclass(frozen=True)
class News:
    """One entry: a name that never changes, what happened, when, and where it is read."""

    key: str
    kind: str
    title: str
    at: dt.datetime
    url: str
    text: str = ""


def find_news(scope: Scope, *, at: dt.datetime) -> list[News]:
    """Return what happened up to a moment, the newest first, in a fixed number of queries."""
    found = [*_list_calls(scope, at), *_list_submissions(scope, at), *_list_answers(scope, at)]
    if not scope.call:
        found += [*_list_drafts(scope, at), *_list_corrigenda(scope, at)]
    if not scope.call and not scope.draft:
        found += _list_record(at)
    return sorted(found, key=lambda news: (news.at, news.key), reverse=True)[:MAX_ENTRIES]


def _list_drafts(scope: Scope, at: dt.datetime) -> Iterator[News]:
    drafts = Draft.objects.published().filter(scope.of_draft("pk"), published_at__lte=at).select_related("declaration")
    for draft in drafts.order_by("-published_at")[:MAX_ENTRIES]:
        title = _("Draft %(number)d was published: %(name)s") % {"number": draft.ordinal, "name": draft.name}
        url = reverse("draft-detail", args=[draft.ordinal])
        moment = draft.published_at or at
        yield News(f"draft-{draft.ordinal}", "draft", title, moment, url, str(draft.declaration.title))


def _list_corrigenda(scope: Scope, at: dt.datetime) -> Iterator[News]:
    corrigenda = Corrigendum.objects.filter(
        scope.of_draft("clause__draft"), clause__draft__in=Draft.objects.published(), recorded_at__lte=at
    ).select_related("clause__draft")
    for corrigendum in corrigenda.order_by("-recorded_at")[:MAX_ENTRIES]:
        clause = corrigendum.clause
        values = {"clause": name_clause(clause), "number": clause.draft.ordinal}
        title = _("Corrected: %(clause)s of draft %(number)d") % values
        url = reverse("clause-detail", args=[clause.draft.ordinal, clause.eid])
        yield News(
            f"corrigendum-{corrigendum.pk}", "corrigendum", title, corrigendum.recorded_at, url, str(corrigendum.reason)
        )


def _list_calls(scope: Scope, at: dt.datetime) -> Iterator[News]:
    calls = Call.objects.announced().filter(scope.of_call(""), opens_at__lte=at).order_by("-closes_at")
    for call in calls[:MAX_ENTRIES]:
        url, note = reverse("call-detail", args=[call.pk]), str(call.note)
        named = {"call": call.title}
        yield News(
            f"call-{call.pk}-open", "call", _("Call for comments opened: %(call)s") % named, call.opens_at, url, note
        )
        if call.closes_at <= at:
            title = _("Call for comments closed: %(call)s") % named
            yield News(f"call-{call.pk}-closed", "call", title, call.closes_at, url)
        if call.opened_early_at and call.opened_early_at <= at:
            title = _("Filings opened early: %(call)s") % named
            yield News(f"call-{call.pk}-early", "call", title, call.opened_early_at, url)


def _released() -> Any:
    """The moment since when everybody may read a public filing: its filing, its call's release, or the end of a hold."""
    lifted = Hold.objects.filter(submission=OuterRef("pk"), lifted_at__isnull=False).order_by("-lifted_at")
    released = Case(
        When(
            call__publication_rule=Call.PublicationRule.TOGETHER_AFTER_CLOSING,
            then=Least("call__closes_at", Coalesce("call__opened_early_at", "call__closes_at")),
        ),
        default=F("submitted_at"),
    )
    # The greatest of what is known: PostgreSQL leaves out what is null.
    return Greatest(
        "submitted_at", released, Subquery(lifted.values("lifted_at")[:1]), output_field=models.DateTimeField()
    )


def _list_submissions(scope: Scope, at: dt.datetime) -> Iterator[News]:
    public = Submission.objects.public(at=at).filter(scope.of_call("call"))
    filed = public.with_context().annotate(released_at=_released())
    for submission in filed.order_by("-released_at", "-pk")[:MAX_ENTRIES]:
        named: dict[str, Any] = {"call": submission.call.title}
        title = _("A submission, its author not named, in: %(call)s") % named
        if submission.consents_to_attribution:
            named["party"] = submission.delegation
            title = _("Submission of %(party)s in: %(call)s") % named
        url = reverse("submission-detail", args=[submission.pk])
        yield News(f"submission-{submission.pk}", "submission", title, submission.released_at, url)


def _list_answers(scope: Scope, at: dt.datetime) -> Iterator[News]:
    """Answers that were published at one moment are one entry: there may be hundreds."""
    public = Disposition.objects.public(at=at).filter(scope.of_call("comment__submission__call"), published_at__lte=at)
    call = "comment__submission__call"
    together = public.order_by().values("published_at", call, f"{call}__title").annotate(count=Count("pk"))
    for row in together.order_by("-published_at", call)[:MAX_ENTRIES]:
        count, moment = row["count"], row["published_at"]
        said = ngettext("%(count)d answer was published: %(call)s", "%(count)d answers were published: %(call)s", count)
        title = said % {"count": count, "call": TranslatedText(row[f"{call}__title"])}
        url = f"{reverse('disposition-list')}?call={row[call]}"
        yield News(f"answers-{row[call]}-{moment:%Y%m%dT%H%M%S%f}", "answers", title, moment, url)


def _first_event(model: Any, **conditions: Any) -> Any:
    """Return when the audit trail first knew a row, or knew it so."""
    events = model._meta.get_field("events").related_model.objects
    first = events.filter(pgh_obj=OuterRef("pk"), **conditions).order_by("pgh_created_at")
    return Subquery(first.values("pgh_created_at")[:1])


def _list_record(at: dt.datetime) -> list[News]:
    """Return what was entered in the record: activities, outcomes, and consultations since they were made public."""
    activities = Activity.objects.annotate(entered_at=_first_event(Activity))
    consultations = Consultation.objects.public().annotate(entered_at=_first_event(Consultation, is_public=True))
    outcomes = Outcome.objects.annotate(entered_at=_first_event(Outcome))
    patterns: dict[str, tuple[Any, str]] = {
        "activity": (activities, _("Activity: %(name)s")),
        "consultation": (consultations, _("Consultation: %(name)s")),
        "outcome": (outcomes, _("Outcome: %(name)s")),
    }
    return [
        News(
            f"{kind}-{entry.slug}",
            kind,
            pattern % {"name": entry.name},
            entry.entered_at,
            reverse(f"{kind}-detail", args=[entry.slug]),
            str(entry.summary),
        )
        for kind, (rows, pattern) in patterns.items()
        for entry in rows.filter(entered_at__lte=at).order_by("-entered_at", "slug")[:MAX_ENTRIES]
    ]
