"""Tags and filters that show calls and what is filed in them: `{% load filings %}`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Q

from consultations.deadlines import deadline_in_words, tell_deadline
from consultations.models import Call, Hold, Submission
from declaration.models import Stakeholder

register = template.Library()


register.inclusion_tag("consultations/_deadline.html", name="deadline")(tell_deadline)
register.simple_tag(deadline_in_words)


@register.filter
def audience_names(call: Call) -> list[str]:
    """Return who may answer a call, in words."""
    return _labels(call.audience, Call.Audience)


@register.filter
def stakeholder_kind_names(call: Call) -> list[str]:
    """Return which kinds of stakeholders may answer a call, in words; nothing where all of them may."""
    return _labels(call.stakeholder_kinds, Stakeholder.Kind)


def _labels(codes: Iterable[str], choices: Any) -> list[str]:
    names = dict(choices.choices)
    return [str(names[code]) for code in codes]


@register.simple_tag
def holds_on(submission: Submission) -> list[Hold]:
    """Return what is held now of a filing, for its own delegation: all of it, or single comments."""
    whole, single = Q(submission=submission), Q(comment__submission=submission)
    return list(Hold.objects.active().filter(whole | single).select_related("comment").order_by("comment__number"))
