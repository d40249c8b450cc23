"""When the server received a request: the moment that decides whether a filing is in time, and not when it was dealt with."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ArrivalMiddleware:
    """Notes the time of each request before anything else is done with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, which carries the moment of its arrival."""
        request.arrived_at = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


def arrival_of(request: Any) -> dt.datetime:
    """Return when the server received a request, of a page or of the API; now, for one that came in by another way."""
    arrived: dt.datetime | None = getattr(request, "arrived_at", None)
    return arrived or timezone.now()
