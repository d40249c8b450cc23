from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeclarationConfig(AppConfig):
    """The text, its authority, and the actors."""

    name = "declaration"
    verbose_name = _("Declaration: the text, its authority and the actors")
