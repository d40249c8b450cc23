"""How often somebody whom nobody knows may knock: on the page and through the API it is counted as one."""

from typing import Any

from django.core.cache import cache as default_cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.throttling import SimpleRateThrottle

from declaration.errors import Refused


class KnockThrottle(SimpleRateThrottle):
    """Counts by where the request comes from: so many an hour, for pages and the API together."""

    scope = "knocks"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Return under what this request is counted."""
        return f"knocks_{self.get_ident(request)}"


def count_knock(request: HttpRequest) -> None:
    """Count a request of somebody whom nobody knows. Refused where there were too many in an hour."""
    throttle = KnockThrottle()
    throttle.cache = default_cache
    if not throttle.allow_request(request, None):  # type: ignore[arg-type]
        raise Refused(
            "too_many_attempts", _("There were too many attempts from here. Try again in an hour."), status=429
        )
