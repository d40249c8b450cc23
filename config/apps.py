"""The application that wires the others together."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the project's own checks."""

    name = "config"

    def ready(self) -> None:
        """Make the checks known."""
        from config import checks  # noqa: F401 (importing registers them; the registry has to be ready)
