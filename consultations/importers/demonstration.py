"""Loads the demonstration: invented delegations that file on the illustrative draft, and answers to them.

Everything goes through the services that pages and the API use, at the moments that the file gives: so many days before
or after the day of loading.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.demonstration import DEMONSTRATION
from consultations.importers.demonstration_file import read_entries
from consultations.importers.demonstration_loading import Loading
from consultations.models import Delegation, Submission
from declaration.errors import Refused
from declaration.models import State
from declaration.services.dossier import take_turns


@dataclass(frozen=True)
class Loaded:
    """How many entries of each table the demonstration has, and whether it was loaded just now."""

    counts: Mapping[str, int]
    is_new: bool


def load_demonstration(path: Path = DEMONSTRATION, *, today: dt.date | None = None, force: bool = False) -> Loaded:
    """Load the demonstration, as of a day (today unless said); where it has been loaded before, nothing changes.

    It has been where one of its States or organizations has a delegation. Raises `InvalidFiles`, having stored nothing:
    with everything that is wrong with how the file is written, or with the first entry that a service refuses. Refused on
    a site that may be for more than looking around, unless forced: one without debugging, or with real submissions.
    """
    entries = read_entries(path)
    counts = {table: len(found) for table, found in entries.items()}
    with transaction.atomic():
        take_turns()
        parties = [entry.content for entry in entries["delegation"]]
        present = Delegation.objects.filter(
            Q(state__alpha3__in=[each["state"] for each in parties if "state" in each])
            | Q(stakeholder__slug__in=[each["stakeholder"] for each in parties if "stakeholder" in each])
        )
        if present.exists():
            return Loaded(counts, is_new=False)
        if not force:
            _refuse_serious_site()
        Loading(today or timezone.localdate()).load(entries)
    return Loaded(counts, is_new=True)


def _refuse_serious_site() -> None:
    if not settings.DEBUG:
        raise Refused(
            "not_debugging",
            _(
                "This site runs without DEBUG, so it may be for more than looking around. The demonstration adds invented "
                "delegations, and accounts for them. If that is what you want, add --force."
            ),
        )
    count = count_real_filings()
    if count:
        message = ngettext(
            "There is %(count)d submission here of a delegation that is not invented. The demonstration would stand "
            "beside it. If that is what you want, add --force.",
            "There are %(count)d submissions here of delegations that are not invented. The demonstration would stand "
            "among them. If that is what you want, add --force.",
            count,
        )
        raise Refused("real_filings", message % {"count": count})


def count_real_filings() -> int:
    """Count submissions of delegations that are not invented: those that a demonstration must not stand among."""
    invented = Delegation.objects.filter(
        Q(state__status=State.Status.INVENTED_STATE) | Q(stakeholder__is_invented=True)
    )
    return Submission.objects.exclude(delegation__in=invented).count()
