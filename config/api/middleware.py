"""What makes the API's answers the same for everyone who asks the same, and keeps all others out of caches."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header

PREFIX = "/api/"

GetResponse = Callable[[HttpRequest], HttpResponse]


class ApiHeadersMiddleware:
    """Sets what caches may keep. It stands outside the session's middleware, whose `Vary` it corrects.

    The language of an answer follows from `Accept-Language` alone, so that an address and that header name one answer.
    What a view has not marked as public is private, errors too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        response = self.get_response(request)
        if response.get("Cache-Control", "").startswith("public"):
            # Views that are marked so ask nobody who she is; that others looked at the session changes nothing.
            if has_vary_header(response, "Cookie"):
                names = (name.strip() for name in response["Vary"].split(","))
                response["Vary"] = ", ".join(name for name in names if name.lower() != "cookie")
        else:
            response["Cache-Control"] = "private, no-store"
        return response
