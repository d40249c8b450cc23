"""A moment that binds a delegation, told by every clock that matters to its reader."""

import datetime as dt
import zoneinfo
from typing import Any

from babel.dates import get_timezone_location
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from declaration.dates_display import display_moment
from declaration.languages import active_text_language, babel_locale


def tell_deadline(moment: dt.datetime, zone_name: str = settings.TIME_ZONE) -> dict[str, Any]:
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


def deadline_in_words(moment: dt.datetime, zone_name: str = settings.TIME_ZONE) -> str:
    """Say the same in plain words, as a mail does: there is no script that could add the reader's own time."""
    told = tell_deadline(moment, zone_name)
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
