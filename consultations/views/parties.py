"""Public pages of those who are heard: a State, a group of States, a stakeholder, and what each filed and said."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from consultations.models import Answer, Comment, Consultation, Submission, View
from consultations.tallies import Tally, add_counts
from consultations.views.cards import make_comment_cards, make_submission_cards
from consultations.views.voices import excerpt_voices
from declaration.collation import sorted_by_name
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Group, GroupMembership, Stakeholder, State
from declaration.views.pages import Crumb, ListPage, take_first

COMMENTS_A_PAGE = 50

Party = State | Stakeholder | Group


def party_key(party: Party) -> str:
    """Return the key by which a party is known in addresses and filters."""
    if isinstance(party, State):
        return party.alpha3
    return party.slug if isinstance(party, Stakeholder) else party.code


class PartyPage(ListPage):
    """A party with its public filings and comments: only those that it agreed to have under its name."""

    paginate_by = COMMENTS_A_PAGE

    def filed_by_party(self) -> Q:
        """Return which submissions are the party's, seen from the submission."""
        raise NotImplementedError

    def find_party(self) -> Party:
        """Return the party itself."""
        raise NotImplementedError

    @cached_property
    def submissions(self) -> QuerySet[Submission]:
        """The party's public filings under its name, the newest first."""
        mine: QuerySet[Submission] = Submission.objects.public().attributed().filter(self.filed_by_party())
        return mine.order_by("-submitted_at", "-id")

    def get_queryset(self) -> QuerySet[Comment]:
        """Return the party's public comments in the order of the text."""
        comments: QuerySet[Comment] = Comment.objects.public().filter(
            submission__in=self.submissions.order_by().values("pk")
        )
        return comments.with_context().prefetch_related("clause__wordings").in_reading_order()  # type: ignore[attr-defined, no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filings, the comments ready to be shown, and how the party's positions divide."""
        counts = self.get_queryset().count_by_target()  # type: ignore[attr-defined]
        context = super().get_context_data(**kwargs)
        return context | {
            "submissions": make_submission_cards(self.submissions.with_context().count_comments()),  # type: ignore[attr-defined]
            "cards": make_comment_cards(context["page_obj"]),
            "tally": Tally.of(add_counts(counts.values())),
            **self.list_heard(),
        }

    def list_heard(self) -> dict[str, Any]:
        """Return the public consultations the party took part in, and what everyone may know it to have said there."""
        party = self.find_party()
        kind = str(party._meta.model_name)
        own = Q(**{kind: party})
        said = own | Q(on_behalf_of=party) if isinstance(party, Group) else own
        consultations = Consultation.objects.public().filter(**{f"{kind}s": party}).in_order()
        views = View.objects.public().of_party(said, user=None).with_context().in_order()
        answers = Answer.objects.public().of_party(own, user=None).with_context().in_order()
        return {
            "consultations": take_first(consultations),
            "voices": excerpt_voices(take_first(views)),
            "answers": excerpt_voices(take_first(answers)),
            "narrowed": urlencode({kind: party_key(party)}),
        }


class StateDetail(PartyPage):
    """A State: its names and codes, its groups, and what it filed."""

    template_name = "declaration/state_detail.html"

    @cached_property
    def state(self) -> State:
        """The State, with the groups it belongs to or belonged to."""
        memberships = GroupMembership.objects.select_related("group").order_by(
            "group__kind", "group__code", "joined_on"
        )
        states = State.objects.prefetch_related(Prefetch("group_memberships", memberships))
        return get_object_or_404(states, alpha3=self.kwargs["alpha3"])

    def filed_by_party(self) -> Q:
        """Return the State's own filings."""
        return Q(delegation__state=self.state)

    def find_party(self) -> Party:
        """Return the State."""
        return self.state

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("States"), reverse("state-list")), (self.state.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the State and its name in each language that it is known in."""
        names = [
            (code, name, self.state.name[code]) for code, name in TEXT_LANGUAGES.items() if self.state.name.get(code)
        ]
        return super().get_context_data(state=self.state, party=self.state, names=names, **kwargs)


class StakeholderDetail(PartyPage):
    """A stakeholder: what it is, and what it filed."""

    template_name = "declaration/stakeholder_detail.html"

    @cached_property
    def stakeholder(self) -> Stakeholder:
        """The stakeholder."""
        return get_object_or_404(Stakeholder.objects.select_related("state"), slug=self.kwargs["slug"])

    def filed_by_party(self) -> Q:
        """Return the stakeholder's own filings."""
        return Q(delegation__stakeholder=self.stakeholder)

    def find_party(self) -> Party:
        """Return the stakeholder."""
        return self.stakeholder

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Stakeholders"), reverse("stakeholder-list")), (self.stakeholder.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the stakeholder."""
        return super().get_context_data(stakeholder=self.stakeholder, party=self.stakeholder, **kwargs)


class GroupDetail(PartyPage):
    """A group of States: its members, and what was filed by it or on its behalf."""

    template_name = "declaration/group_detail.html"

    @cached_property
    def group(self) -> Group:
        """The group, with its memberships past and present."""
        memberships = GroupMembership.objects.select_related("state").order_by("state__alpha3", "joined_on")
        groups = Group.objects.prefetch_related(Prefetch("memberships", memberships))
        return get_object_or_404(groups, code=self.kwargs["code"])

    def filed_by_party(self) -> Q:
        """Return the group's own filings and those that a member filed on its behalf."""
        return Q(delegation__group=self.group) | Q(on_behalf_of=self.group)

    def find_party(self) -> Party:
        """Return the group."""
        return self.group

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("States"), reverse("state-list")), (self.group.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the group, its members by name, and those that left it."""
        memberships = list(self.group.memberships.all())
        return super().get_context_data(
            group=self.group,
            party=self.group,
            members=sorted_by_name([each.state for each in memberships if each.left_on is None], self.language),
            former=[each for each in memberships if each.left_on is not None],
            **kwargs,
        )
