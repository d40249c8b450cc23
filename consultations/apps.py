from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Who is heard, and what they say."""

    name = "consultations"
    verbose_name = _("Consultations: who is heard, and what they say")
