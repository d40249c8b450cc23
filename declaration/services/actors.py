"""What happens to the actors: States, groups of them and stakeholders that come to be known."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from declaration.models import Group, GroupMembership, Stakeholder, State
from declaration.services.checks import refuse_invalid


@transaction.atomic
def create_state(*, alpha3: str, status: str, name: Mapping[str, str], m49: str = "") -> State:
    """Record a State. An invented one, for demonstrations, has a code from XAA to XZZ and no M49 code."""
    state = State(alpha3=alpha3, status=status, name=name, m49=m49)
    refuse_invalid(state)
    state.save(force_insert=True)
    return state


@transaction.atomic
def create_stakeholder(
    *,
    slug: str,
    kind: str,
    name: Mapping[str, str],
    acronym: str = "",
    ecosoc_status: str = "",
    state: State | None = None,
    website: str = "",
    is_invented: bool = False,
    note: Mapping[str, str] | None = None,
) -> Stakeholder:
    """Record a stakeholder. Consultative status is a non-governmental organization's."""
    stakeholder = Stakeholder(
        slug=slug,
        kind=kind,
        name=name,
        acronym=acronym,
        ecosoc_status=ecosoc_status,
        state=state,
        website=website,
        is_invented=is_invented,
        note=note or {},
    )
    refuse_invalid(stakeholder)
    stakeholder.save(force_insert=True)
    return stakeholder


@transaction.atomic
def create_group(
    *,
    code: str,
    kind: str,
    name: Mapping[str, str],
    members: Iterable[State] = (),
    joined_on: dt.date | None = None,
    acronym: str = "",
    note: Mapping[str, str] | None = None,
) -> Group:
    """Record a group of States, and who its members are, all from the same day (always, where none is said)."""
    group = Group(code=code, kind=kind, name=name, acronym=acronym, note=note or {})
    refuse_invalid(group)
    group.save(force_insert=True)
    for state in members:
        membership = GroupMembership(group=group, state=state, joined_on=joined_on)
        refuse_invalid(membership)
        membership.save(force_insert=True)
    return group
