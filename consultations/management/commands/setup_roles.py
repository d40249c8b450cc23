"""`python3 manage.py setup_roles`: the permission group of the mandate holder's staff."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.services.people import ensure_staff_group


class Command(BaseCommand):
    """Make the staff's permission group, or give it the permissions of this version."""

    help = "Make the permission group of the mandate holder's staff, or bring its permissions up to date."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Set the group up, and say what it holds."""
        group = ensure_staff_group()
        count = group.permissions.count()
        said = ngettext(
            "The group “%(name)s” has %(count)d permission.", "The group “%(name)s” has %(count)d permissions.", count
        )
        self.stdout.write(said % {"name": group.name, "count": count})
        self.stdout.write(_("Put people into it in the admin, and mark them as staff."))
