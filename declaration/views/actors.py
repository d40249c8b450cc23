"""Public lists of the actors: States by regional group, and stakeholders by kind."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from declaration.collation import sorted_by_name
from declaration.models import Group, Stakeholder, State
from declaration.views.pages import Crumb, ListPage


class StateList(ListPage):
    """Member States by regional group, observer States, invented ones apart, and the other groups that States form."""

    template_name = "declaration/state_list.html"

    def get_queryset(self) -> QuerySet[State]:
        """Return the States, each with its place in a regional group."""
        return State.objects.with_regional_groups()

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("States"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the States in the order of their names, under their regional group or their status."""
        states = sorted_by_name(self.object_list, self.language)
        groups = sorted_by_name(Group.objects.all(), self.language)
        regional = [group for group in groups if group.kind == Group.Kind.REGIONAL]
        members = [state for state in states if state.status == State.Status.MEMBER_STATE]
        return super().get_context_data(
            regions=[(group, [state for state in members if group.pk in regions_of(state)]) for group in regional],
            without_region=[state for state in members if not regions_of(state)],
            observers=[state for state in states if state.status == State.Status.OBSERVER_STATE],
            invented=[state for state in states if state.is_invented],
            other_groups=[group for group in groups if group.kind != Group.Kind.REGIONAL],
            **kwargs,
        )


def regions_of(state: State) -> set[int]:
    """Return the ids of the regional groups that a State, read `with_regional_groups`, is a member of."""
    return {membership.group_id for membership in state.regional_memberships}  # type: ignore[attr-defined]


class StakeholderList(ListPage):
    """Everyone who is heard and is no State, by kind."""

    template_name = "declaration/stakeholder_list.html"

    def get_queryset(self) -> QuerySet[Stakeholder]:
        """Return the stakeholders."""
        return Stakeholder.objects.select_related("state")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Stakeholders"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the stakeholders in the order of their names, under their kind; invented ones apart."""
        named = sorted_by_name(self.object_list, self.language)
        real = [each for each in named if not each.is_invented]
        kinds = [(label, [each for each in real if each.kind == code]) for code, label in Stakeholder.Kind.choices]
        return super().get_context_data(
            kinds=[(label, found) for label, found in kinds if found],
            invented=[each for each in named if each.is_invented],
            **kwargs,
        )
