"""What a report is made from: the requests, what answers them, the activities, who was consulted, and the views by theme.

A report is handed round. What staff alone may read is therefore left out unless they ask for it; who spoke under the Chatham
House Rule, and the notes that staff took, are in no report.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from activities.models import Activity, Deliverable, Outcome
from activities.reporting.period import Period
from consultations.models import Consultation, View
from consultations.models.hearings import Confidentiality
from declaration.dates import PartialDate
from declaration.models import Element, Group, Mandate, Request, Resolution, Stakeholder, State


@dataclass(frozen=True)
class Asked:
    """A request, with what answers it in the period."""

    request: Request
    activities: list[Activity]
    consultations: list[Consultation]
    deliverables: list[Deliverable]
    outcomes: list[Outcome]


@dataclass(frozen=True)
class Theme:
    """The views that bear on one element; `element` is None for those that bear on none."""

    element: Element | None
    views: list[View]


@dataclass(frozen=True)
class Record:
    """All that a report tells of."""

    period: Period
    is_internal: bool
    mandate: Mandate | None
    requests: list[tuple[Resolution, list[Asked]]]
    activities: list[Activity]
    undated: list[Activity]
    """Activities whose date is not recorded, so that nobody can say whether they were in the period."""
    consultations: list[Consultation]
    themes: list[Theme] = field(default_factory=list)


def collect(period: Period, *, is_internal: bool = False) -> Record:
    """Read what the record has of a period, in a fixed number of queries.

    `is_internal` adds the consultations and views that staff alone read; each of them is marked where it is printed.
    """
    consultations = list(find_consultations(period, is_internal=is_internal))
    activities, undated = find_activities(period, consultations)
    return Record(
        period=period,
        is_internal=is_internal,
        mandate=Mandate.objects.main(),
        requests=find_requests(period, activities, consultations),
        activities=activities,
        undated=undated,
        consultations=consultations,
        themes=find_themes(consultations, is_internal=is_internal),
    )


def is_for_staff_alone(entry: Consultation | View) -> bool:
    """Whether what a report tells here is marked as internal."""
    if isinstance(entry, View):
        return entry.confidentiality == Confidentiality.INTERNAL or not entry.consultation.is_public
    return not entry.is_public


def speaker_of(view: View) -> State | Stakeholder | Group | None:
    """Return whose view it is, where everybody may know: a report names nobody else, to staff neither."""
    return view.party if view.confidentiality == Confidentiality.PUBLIC else None


def find_consultations(period: Period, *, is_internal: bool) -> QuerySet[Consultation]:
    """Return the consultations that were held in a period, oldest first."""
    rows = Consultation.objects.all() if is_internal else Consultation.objects.public()
    held: QuerySet[Consultation] = rows.filter(period.meets("when"), status="held").for_reading().in_order()
    return held


def find_activities(period: Period, consultations: Iterable[Consultation]) -> tuple[list[Activity], list[Activity]]:
    """Return the activities of a period in order, and those of which nobody knows whether they belong there.

    What comes round each year stands where it first does in the period. A part without a date of its own follows what it
    is a part of, and is left out where that was at another time.
    """
    shown = Consultation.objects.filter(pk__in=[consultation.pk for consultation in consultations]).in_order()
    rows = Activity.objects.for_timeline().prefetch_related(Prefetch("consultations", shown))
    found = list(rows.filter(period.meets("when") | Q(when__startswith="XXXX") | Q(when="")))
    dated = {activity.pk: day for activity in found if (day := _first_day(activity, period))}
    ordered = sorted((each for each in found if each.pk in dated), key=lambda each: (dated[each.pk], each.slug))
    without = [activity for activity in found if not activity.when]
    parts = [activity for activity in without if activity.part_of_id]
    with_parts = [each for activity in ordered for each in (activity, *_parts_of(activity, parts))]
    elsewhere = _undated_parts_of_dated(parts)
    told = {activity.pk for activity in with_parts}
    undated = [each for each in without if each.pk not in told and each.pk not in elsewhere]
    return with_parts, undated


def _first_day(activity: Activity, period: Period) -> dt.date | None:
    date = PartialDate.parse(activity.when)
    if date.is_recurring:
        return period.first_return(date)
    return date.earliest or date.latest


def _parts_of(activity: Activity, parts: list[Activity]) -> list[Activity]:
    """Return the parts of an activity that have no date of their own, each followed by its own parts."""
    own = [part for part in parts if part.part_of_id == activity.pk]
    return [each for part in own for each in (part, *_parts_of(part, parts))]


def _undated_parts_of_dated(parts: list[Activity]) -> set[int]:
    """Return the keys of parts without a date that belong to something with one: they were then, and at no other time."""
    found: set[int] = set()
    for _round in parts:  # as deep as they can stand in one another
        found |= {part.pk for part in parts if (part.part_of and part.part_of.when) or part.part_of_id in found}
    return found


def find_requests(
    period: Period, activities: list[Activity], consultations: list[Consultation]
) -> list[tuple[Resolution, list[Asked]]]:
    """Return the requests of a period by resolution: those made in it, answered in it, and in force when it began."""
    answering: dict[int, list[Activity]] = {}
    for activity in activities:
        for request in activity.requests.all():
            answering.setdefault(request.pk, []).append(activity)
    in_force = Resolution.objects.filter(
        requests__addressee_mandate__isnull=False, adopted_on_latest__lt=period.first
    ).order_by("-adopted_on_earliest", "-symbol")
    relevant = (
        Q(pk__in=Resolution.objects.filter(period.meets("adopted_on")).values("pk"))
        | Q(requests__in=list(answering))
        | Q(pk__in=in_force.values("pk")[:1])
    )
    # An earlier resolution that nothing of the period answers is told of in an earlier report.
    found = (
        Resolution.objects.filter(relevant, requests__isnull=False)
        .distinct()
        .order_by("adopted_on_earliest", "symbol")
        .select_related("organ")
        .prefetch_related(Prefetch("requests", _requests_with_answers(period)))
    )
    shown = {consultation.pk: consultation for consultation in consultations}
    return [
        (resolution, [_ask(request, answering.get(request.pk, []), shown) for request in resolution.requests.all()])
        for resolution in found
    ]


def _requests_with_answers(period: Period) -> QuerySet[Request]:
    outcomes = Outcome.objects.filter(Q(when_earliest__lte=period.last) | Q(when_earliest__isnull=True)).in_order()
    return (
        Request.objects.order_by("position")
        .select_related("addressee_mandate", "addressee_organ", "resolution")
        .prefetch_related(
            Prefetch("deliverables", Deliverable.objects.in_order()),
            Prefetch("outcomes", outcomes),
        )
    )


def _ask(request: Request, activities: list[Activity], shown: dict[int, Consultation]) -> Asked:
    held = {each.pk for activity in activities for each in activity.consultations.all()}
    consultations = [consultation for key, consultation in shown.items() if key in held]
    deliverables, outcomes = list(request.deliverables.all()), list(request.outcomes.all())
    return Asked(request, activities, consultations, deliverables, outcomes)


def find_themes(consultations: list[Consultation], *, is_internal: bool) -> list[Theme]:
    """Return the views expressed in consultations under each element that they bear on, and last those under none.

    A view that bears on several elements stands under each; the writer prints it once, and refers to it from then on.
    """
    place = {consultation.pk: number for number, consultation in enumerate(consultations)}
    rows = View.objects.all() if is_internal else View.objects.public()
    spoken = rows.filter(consultation__in=list(place)).select_related(
        "consultation", "state", "stakeholder", "group", "on_behalf_of"
    )
    elements = Prefetch("elements", Element.objects.order_by("position"))
    views = sorted(spoken.prefetch_related(elements), key=lambda view: (place[view.consultation_id], view.position))
    themes: dict[int, Theme] = {}
    for view in views:
        for element in view.elements.all():
            themes.setdefault(element.position, Theme(element, [])).views.append(view)
    ordered = [theme for _place, theme in sorted(themes.items(), key=lambda item: item[0])]
    without = [view for view in views if not view.elements.all()]
    return [*ordered, Theme(None, without)] if without else ordered
