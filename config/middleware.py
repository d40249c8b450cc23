"""What surrounds every request: the reader's time zone, and what is said when something could not be done."""

import logging
import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from declaration.errors import Refused

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

KEPT_TEXT_LENGTH = 100_000
"""So many characters of each field are given back to a person whose text could not be saved."""


class ReaderTimeZoneMiddleware:
    """Shows times in the reader's own zone where she has said which; otherwise in Geneva's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with the reader's time zone in force."""
        name = getattr(request.user, "time_zone", "")
        with timezone.override(_zone(name) if name else None):
            return self.get_response(request)


def _zone(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


class BoundedBodyMiddleware:
    """Refuses a request whose body is larger than its page takes, before any of it is read or stored.

    A view says with `max_body_bytes` how much it takes; the others take what the largest of them need.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Refuse what is too large by what the request says of itself; the server reads no more than that."""
        of_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
        limit = getattr(of_class, "max_body_bytes", settings.MAX_BODY_BYTES)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) <= limit:
            return None
        message = _("This is larger than %(limit)d MB. Nothing was saved. Send less at once.")
        return _answer(request, 413, message % {"limit": limit // 1024 // 1024}, code="too_large", typed=[])


class RefusalMiddleware:
    """Turns what could not be done into a page that says so and gives back what was typed.

    A service's refusal that a view did not show itself, and a database that has gone away, must not lose a person's
    text: the page prints every text field that she sent, so that it can be copied, and sent again.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what goes wrong in a view comes to `process_exception`.

        Who is asking is asked of the database here already: what comes after this asks too, and a failure there would not
        come to `process_exception`.
        """
        try:
            bool(request.user.is_authenticated)
        except (OperationalError, InterfaceError) as error:
            return _say_unreachable(request, error)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a refusal or a lost database; leave every other error to Django."""
        if isinstance(exception, Refused):
            return _say(request, exception.status, str(exception), code=exception.code)
        if isinstance(exception, OperationalError | InterfaceError):
            return _say_unreachable(request, exception)
        return None


def _say_unreachable(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("The database could not be used.", exc_info=error)
    message = _("The database cannot be reached. Nothing was saved, and nothing was half saved. Try again soon.")
    response = _say(request, 503, message, code="database_unreachable")
    response["Retry-After"] = "30"
    return response


def _say(request: HttpRequest, status: int, message: str, *, code: str) -> HttpResponse:
    typed = [
        (name, value[:KEPT_TEXT_LENGTH])
        for name, value in ({} if request.path.startswith("/api/") else request.POST).items()
        if name != "csrfmiddlewaretoken" and "password" not in name and isinstance(value, str) and value.strip()
    ]
    return _answer(request, status, message, code=code, typed=typed)


def _answer(
    request: HttpRequest, status: int, message: str, *, code: str, typed: list[tuple[str, str]]
) -> HttpResponse:
    if request.path.startswith("/api/"):
        kind = "server_error" if status >= 500 else "client_error"  # noqa: PLR2004 - RFC 9110, section 15
        error = {"code": code, "detail": message, "attr": None}
        return JsonResponse({"type": kind, "errors": [error]}, status=status)
    # No context processors: they would ask the database that may have gone away.
    context = {"message": message, "status": status, "typed": typed, "STATIC_URL": settings.STATIC_URL}
    return HttpResponse(render_to_string("refused.html", context), status=status)
