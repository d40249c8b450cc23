"""Tags and filters that show calls and what is filed in them: `{% load filings %}`."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from typing import Any

from babel.dates import get_timezone_location
from django import template
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Call, Hold, Submission
from declaration.dates_display import display_moment
from declaration.languages import active_text_language, babel_locale
from declaration.models import Stakeholder

register = template.Library()


@register.inclusion_tag("consultations/_deadline.html")
def deadline(moment: dt.datetime, zone_name: str = settings.TIME_ZONE) -> dict[str, Any]:
    """Show a moment by the clocks of the place where it counts, and beside it of Geneva and of the reader where they differ.

    Where the reader has not said what her time zone is, a script adds her own time.
    """
    try:
        zone = zoneinfo.ZoneInfo(zone_name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone_name, zone = settings.TIME_ZONE, zoneinfo.ZoneInfo(settings.TIME_ZONE)
    language = active_text_language()
    there = moment.astimezone(zone)
    geneva, here = moment.astimezone(timezone.get_default_timezone()), timezone.localtime(moment)
    is_known = timezone.get_current_timezone_name() != settings.TIME_ZONE
    return {
        "iso": there.isoformat(timespec="seconds"),
        "there": display_moment(there, language),
        "place": place_of(zone_name),
        "geneva": display_moment(geneva, language) if geneva.utcoffset() != there.utcoffset() else "",
        "is_known": is_known,
        "here": display_moment(here, language) if is_known and here.utcoffset() != there.utcoffset() else "",
    }


@register.simple_tag
def deadline_in_words(moment: dt.datetime, zone_name: str = settings.TIME_ZONE) -> str:
    """Say the same as `deadline` in plain words, as a mail does: there is no script that could add the reader's own time."""
    told = deadline(moment, zone_name)
    said = [_("%(time)s, %(place)s time") % {"time": told["there"], "place": told["place"]}]
    if told["geneva"]:
        said.append(_("in Geneva: %(time)s") % {"time": told["geneva"]})
    if told["here"]:
        said.append(_("your time: %(time)s") % {"time": told["here"]})
    return _("%(first)s (%(others)s)") % {"first": said[0], "others": "; ".join(said[1:])} if said[1:] else said[0]


def place_of(zone_name: str) -> str:
    """Return the place by whose clocks a time zone goes, in the page's language: "Geneva", "Nairobi"."""
    if zone_name == "Europe/Zurich":
        return _("Geneva")
    return str(get_timezone_location(zone_name, locale=babel_locale(active_text_language()), return_city=True))


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
