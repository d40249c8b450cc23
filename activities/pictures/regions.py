"""Where activities and consultations took place and who was met, by regional group, as far as everyone may know it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from activities.models import Activity
from activities.pictures.window import Window, overlapping
from consultations.models import Consultation, PartyCategory
from declaration.collation import sort_key, sorted_by_name
from declaration.languages import active_text_language
from declaration.models import Group, GroupMembership, Stakeholder, State


@dataclass(frozen=True)
class Met:
    """A State, a group or a stakeholder, and in how many consultations it was met."""

    party: Any
    times: int


@dataclass
class Region:
    """A regional group, or the States that are in none (`group` is nothing).

    A State stands in the group that it was a member of when the thing took place; in each of two that it was in both.
    """

    group: Group | None
    members: int = 0
    activities: int = 0
    consultations: int = 0
    met: list[Met] = field(default_factory=list)

    @property
    def states_met(self) -> int:
        """How many of its States were met, each counted once."""
        return len(self.met)


@dataclass(frozen=True)
class KindMet:
    """Those of one kind who were met and are no States."""

    code: str
    label: str
    met: list[Met]


@dataclass(frozen=True)
class CategoryMet:
    """A whole category that took part where the record names nobody, and in how many consultations."""

    code: str
    label: str
    times: int


@dataclass(frozen=True)
class Encounters:
    """Where it took place, and who was met there.

    The two `elsewhere` count what has no host State in the record. Consultations that are planned have met nobody yet.
    """

    regions: list[Region]
    activities_elsewhere: int
    consultations_elsewhere: int
    groups: list[Met]
    stakeholders: list[KindMet]
    categories: list[CategoryMet]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is recorded."""
        placed = any(each.activities or each.consultations or each.met for each in self.regions)
        elsewhere = self.activities_elsewhere or self.consultations_elsewhere
        return not (placed or elsewhere or self.groups or self.stakeholders or self.categories)


class _Regions:
    """Which State was in which regional group, and when."""

    def __init__(self) -> None:
        groups = sorted_by_name(Group.objects.filter(kind=Group.Kind.REGIONAL), active_text_language())
        self.by_group = {group.pk: Region(group) for group in groups}
        self.none = Region(None)
        self.stays: dict[int, list[tuple[int, dt.date, dt.date]]] = {}
        self.dated: set[int] = set()
        memberships = GroupMembership.objects.filter(group__in=self.by_group).order_by()
        for state, group, joined, left in memberships.values_list("state", "group", "joined_on", "left_on"):
            self.stays.setdefault(state, []).append((group, joined or dt.date.min, left or dt.date.max))
            self.by_group[group].members += left is None
            if joined or left:
                self.dated.add(state)

    def of(self, state: int, on: dt.date | None) -> list[Region]:
        """Return the groups that a State was in on a day; those it is in now where the day is not known."""
        stays = self.stays.get(state, [])
        if on is None:
            found = [group for group, _joined, left in stays if left == dt.date.max]
        else:
            found = [group for group, joined, left in stays if joined <= on < left]
        return [self.by_group[group] for group in found] or [self.none]

    @property
    def all(self) -> list[Region]:
        """The groups in the order of their names, and the States in none where anything is told of them."""
        none = self.none
        told = none.activities or none.consultations or none.met
        return [*self.by_group.values(), *([none] if told else [])]


def read_encounters(window: Window | None) -> Encounters:
    """Read what took place within a window, or ever, in a fixed number of queries."""
    regions = _Regions()
    within = overlapping("when", window)
    held = Consultation.objects.public().filter(within, status=Consultation.Status.HELD).order_by()
    activities = Activity.objects.filter(within).order_by().values_list("host_state", "when_earliest")
    consultations = held.values_list("host_state", "when_earliest")
    elsewhere = _place(regions, activities, "activities"), _place(regions, consultations, "consultations")
    _meet(regions, held)
    return Encounters(regions.all, *elsewhere, _groups_met(held), _stakeholders_met(held), _categories_met(held))


def _place(regions: _Regions, rows: Iterable[tuple[int | None, dt.date | None]], what: str) -> int:
    """Count things in the regions of their host States; return how many have none."""
    elsewhere = 0
    for state, when in rows:
        if state is None:
            elsewhere += 1
            continue
        for region in regions.of(state, when):
            setattr(region, what, getattr(region, what) + 1)
    return elsewhere


def _meet(regions: _Regions, held: Any) -> None:
    """Add the States that were met to their regions, by name."""
    times: Counter[tuple[int, int]] = Counter()
    found: dict[int, Region] = {}
    for state, when, count in _meetings(regions, held):
        for region in regions.of(state, when):
            times[id(region), state] += count
            found[id(region)] = region
    states = State.objects.in_bulk({state for _region, state in times})
    for (region_id, state), count in times.items():
        found[region_id].met.append(Met(states[state], count))
    for region in found.values():
        region.met = _by_name(region.met)


def _meetings(regions: _Regions, held: Any) -> Iterator[tuple[int, dt.date | None, int]]:
    """Yield which State was met when and how often; the day only where the State's group depends on it."""
    met = Consultation.states.through.objects.filter(consultation__in=held)
    settled = met.exclude(state__in=regions.dated).values("state").order_by("state")
    for row in settled.annotate(times=Count("pk")):
        yield row["state"], None, row["times"]
    for state, when in met.filter(state__in=regions.dated).values_list("state", "consultation__when_earliest"):
        yield state, when, 1


def _groups_met(held: Any) -> list[Met]:
    times = _times(held, "groups")
    return _by_name([Met(group, times[pk]) for pk, group in Group.objects.in_bulk(times).items()])


def _stakeholders_met(held: Any) -> list[KindMet]:
    times = _times(held, "stakeholders")
    met = _by_name([Met(each, times[pk]) for pk, each in Stakeholder.objects.in_bulk(times).items()])
    kinds = [
        KindMet(code, str(label), [each for each in met if each.party.kind == code])
        for code, label in Stakeholder.Kind.choices
    ]
    return [kind for kind in kinds if kind.met]


def _categories_met(held: Any) -> list[CategoryMet]:
    times = Counter(code for codes in held.values_list("categories", flat=True) for code in set(codes))
    return [CategoryMet(code, str(label), times[code]) for code, label in PartyCategory.choices if times[code]]


def _times(held: Any, parties: str) -> dict[int, int]:
    """Return in how many consultations each of these parties was met, by id."""
    rows = held.filter(**{f"{parties}__isnull": False}).values(parties).annotate(times=Count("pk", distinct=True))
    return {row[parties]: row["times"] for row in rows}


def _by_name(met: list[Met]) -> list[Met]:
    language = active_text_language()
    return sorted(met, key=lambda each: sort_key(each.party.name.text_for(language), language))
