"""The demonstration's accounts. Everybody may know their password, so they have one only where debugging is on."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.models import Membership
from declaration.importers.files import read_toml

DEMONSTRATION: Final = Path(__file__).resolve().parent / "dossier" / "demonstration.toml"

PASSWORD: Final = "open for a look around"  # noqa: S105 - public by design, see above

ROLES: Final[dict[str, Promise]] = {
    "administrator": _("administrator"),
    "staff": _("staff"),
    Membership.Role.FOCAL_POINT.value: _("focal point"),
    Membership.Role.CONTRIBUTOR.value: _("contributor"),
    Membership.Role.OBSERVER.value: _("observer"),
}
"""What a demonstration account can be: one who administers, one of the mandate holder's staff, a delegation's member."""


def password() -> str | None:
    """The password of all demonstration accounts; none outside debugging: there they cannot sign in until one is set."""
    return PASSWORD if settings.DEBUG else None


def accounts() -> list[tuple[str, str, str]]:
    """List one account of each role, as (role in the reader's language, e-mail address, password); empty without debugging."""
    if not settings.DEBUG:
        return []
    first: dict[str, str] = {}
    for user in read_toml(DEMONSTRATION)["user"]:
        first.setdefault(user["role"], user["email"])
    return [(str(label), first[role], PASSWORD) for role, label in ROLES.items() if role in first]
