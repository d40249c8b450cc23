"""What of the thread a reader asks for: by resolution, phase, party and period, or the surroundings of one thing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Deliverable, Outcome
from activities.thread.keys import MAX_KEY, BadKeyError, read_key
from activities.thread.kinds import Kind
from consultations.models import Answer, Consultation, View
from declaration.languages import text_language
from declaration.models import Group, Phase, Resolution, Stakeholder, State

MOST_ASKED: Final = 2_000
"""So many things of each kind an answer of the API holds at most."""


class ThreadForm(forms.Form):
    """What is asked for; whatever is given must be there to be chosen."""

    resolution = forms.ChoiceField(label=_("Resolution"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    party = forms.CharField(
        label=_("State, group or stakeholder"),
        required=False,
        max_length=120,
        help_text=_("Its code, such as BRA, its key, or its name in full."),
    )
    after = forms.DateField(label=_("On or after"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.DateField(label=_("On or before"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.CharField(label=_("Surroundings of"), required=False, max_length=MAX_KEY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        resolutions = Resolution.objects.filter(requests__isnull=False).distinct()
        self.resolutions = {each.slug: each for each in resolutions.order_by("adopted_on_earliest", "symbol")}
        phases = Phase.objects.select_related("mandate").order_by("mandate", "ordinal")
        self.phases = {f"{each.mandate.slug}:{each.ordinal}": each for each in phases}
        self._offer("resolution", [(slug, each.symbol) for slug, each in self.resolutions.items()])
        self._offer("phase", [(key, str(each.name)) for key, each in self.phases.items()])

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", _("any")), *choices]  # type: ignore[attr-defined]

    def clean_party(self) -> State | Stakeholder | Group | None:
        """Return the party. Raises `ValidationError` where there is none of that code, key or name."""
        wanted = self.cleaned_data["party"].strip()
        party = find_party(wanted) if wanted else None
        if wanted and party is None:
            raise forms.ValidationError(
                _("There is no State, group or stakeholder of this code, key or name."), code="unknown_party"
            )
        return party

    def clean_at(self) -> tuple[Kind, Q] | None:
        """Return the kind of the thing and how it is found. Raises `ValidationError` for what names nothing."""
        wanted = self.cleaned_data["at"].strip()
        if not wanted:
            return None
        try:
            return read_key(wanted)
        except BadKeyError:
            raise forms.ValidationError(
                _("This names nothing in the thread. A name is like element:26a or activity:social-forum-2011."),
                code="bad_key",
            ) from None

    def clean(self) -> dict[str, Any]:
        """Return what is asked for. Raises `ValidationError` where the period ends before it begins."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        after, before = asked.get("after"), asked.get("before")
        if after and before and before < after:
            self.add_error("before", forms.ValidationError(_("The period ends before it begins."), code="order"))
        return asked


class ThreadDataForm(ThreadForm):
    """The same for programs, which may say how much they take."""

    limit = forms.IntegerField(label=_("Of each kind at most"), required=False, min_value=1, max_value=MOST_ASKED)


def find_party(wanted: str) -> State | Stakeholder | Group | None:
    """Return the State, group or stakeholder of a code or key, else the one of that name in the page's language or English."""
    named = Q(name__en__iexact=wanted) | Q(**{f"name__{text_language(get_language() or 'en')}__iexact": wanted})
    keys: list[tuple[Any, str]] = [(State, "alpha3"), (Group, "code"), (Stakeholder, "slug")]
    for model, key in keys:
        if found := model.objects.filter(**{f"{key}__iexact": wanted}).first():
            return found  # type: ignore[no-any-return]
    for model, key in keys:
        if found := model.objects.filter(named).order_by(key).first():
            return found  # type: ignore[no-any-return]
    return None


Conditions = dict[Kind, Q]


@dataclass(frozen=True)
class Narrowing:
    """What of each kind belongs to what is asked for.

    A kind that is not in `conditions` is not narrowed. `anchors` are the kinds that every part of the question speaks of:
    from their things the thread is followed in both directions.
    """

    conditions: Conditions = field(default_factory=dict)
    anchors: frozenset[Kind] = frozenset()


def narrow(asked: dict[str, Any], form: ThreadForm, user: Any) -> Narrowing:
    """Return what is asked for, cleaned by `ThreadForm`, as conditions. Nothing is asked of the database."""
    parts: list[Conditions] = []
    if asked.get("resolution"):
        parts.append(_of_resolution(form.resolutions[asked["resolution"]]))
    if asked.get("phase"):
        parts.append(_of_phase(form.phases[asked["phase"]]))
    if asked.get("party"):
        parts.append(_of_party(asked["party"], user))
    if asked.get("after") or asked.get("before"):
        parts.append(_of_period(asked.get("after"), asked.get("before")))
    conditions: Conditions = {}
    for part in parts:
        for kind, condition in part.items():
            conditions[kind] = conditions[kind] & condition if kind in conditions else condition
    anchors = frozenset.intersection(*(frozenset(part) for part in parts)) if parts else frozenset()
    return Narrowing(conditions, anchors)


def _of_resolution(resolution: Resolution) -> Conditions:
    def answering(through: Any, name: str) -> Q:
        return Q(pk__in=through.objects.filter(request__resolution=resolution).values(name))

    held = Activity.consultations.through.objects.filter(activity__requests__resolution=resolution)
    return {
        Kind.RESOLUTION: Q(pk=resolution.pk),
        Kind.REQUEST: Q(resolution=resolution),
        Kind.ACTIVITY: answering(Activity.requests.through, "activity"),
        Kind.OUTCOME: answering(Outcome.requests.through, "outcome"),
        Kind.DELIVERABLE: answering(Deliverable.requests.through, "deliverable"),
        Kind.CONSULTATION: Q(pk__in=held.values("consultation")),
        Kind.VIEW: Q(consultation__in=held.values("consultation")),
    }


def _of_phase(phase: Phase) -> Conditions:
    activities = Activity.phases.through.objects.filter(phase=phase).values("activity")
    direct = Consultation.phases.through.objects.filter(phase=phase).values("consultation")
    held = Activity.consultations.through.objects.filter(activity__in=activities).values("consultation")
    return {
        Kind.ACTIVITY: Q(pk__in=activities),
        Kind.CONSULTATION: Q(pk__in=direct) | Q(pk__in=held),
        Kind.VIEW: Q(consultation__in=direct) | Q(consultation__in=held),
    }


def _of_party(party: State | Stakeholder | Group, user: Any) -> Conditions:
    name = str(party._meta.model_name)
    said, filed = Q(**{name: party}), Q(**{f"submission__delegation__{name}": party})
    own = said
    if isinstance(party, Group):
        said |= Q(on_behalf_of=party)
        filed |= Q(submission__on_behalf_of=party)
    views = View.objects.of_party(said, user=user)
    through: Any = {
        "state": Consultation.states,
        "stakeholder": Consultation.stakeholders,
        "group": Consultation.groups,
    }
    took_part = through[name].through.objects.filter(own).values("consultation")
    return {
        Kind.CONSULTATION: Q(pk__in=took_part) | Q(pk__in=views.values("consultation")),
        Kind.VIEW: Q(pk__in=views.values("pk")),
        Kind.ANSWER: Q(pk__in=Answer.objects.of_party(own, user=user).values("pk")),
        Kind.COMMENT: filed & Q(submission__consents_to_attribution=True),
    }


def _of_period(after: dt.date | None, before: dt.date | None) -> Conditions:
    filed = Q(submission__submitted_at__date__gte=after) if after else Q()
    filed &= Q(submission__submitted_at__date__lte=before) if before else Q()
    overlap: Callable[[str], Q] = lambda name: _overlaps(name, after, before)  # noqa: E731 - says which period only once
    return {
        Kind.ACTIVITY: overlap("when"),
        Kind.OUTCOME: overlap("when"),
        Kind.DELIVERABLE: overlap("due"),
        Kind.CONSULTATION: overlap("when"),
        Kind.VIEW: overlap("consultation__when"),
        Kind.COMMENT: filed,
    }


def _overlaps(name: str, after: dt.date | None, before: dt.date | None) -> Q:
    """Return the condition that a date may fall into a period; a range that is open at an end goes on there."""
    first, last = f"{name}_earliest", f"{name}_latest"
    condition = Q(**{f"{first}__isnull": False}) | Q(**{f"{last}__isnull": False})
    if after:
        condition &= Q(**{f"{last}__gte": after}) | Q(**{f"{last}__isnull": True})
    if before:
        condition &= Q(**{f"{first}__lte": before}) | Q(**{f"{first}__isnull": True})
    return condition
