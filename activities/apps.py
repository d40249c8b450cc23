from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    """What the mandate did."""

    name = "activities"
    verbose_name = _("Activities: what the mandate did")
