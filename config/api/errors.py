"""Errors of the API, in one shape: `{"type": …, "errors": [{"code", "detail", "attr"}]}`.

`type` is `validation_error` (something that was sent cannot be taken, `attr` names it), `client_error` or `server_error`.
Where somebody else was faster (409), `current` holds what stands now.
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ValidationError

from config.api.parsers import TooLargeError
from declaration.errors import Refused


class RefusalError(APIException):
    """A service's refusal that is not about the input alone."""

    def __init__(self, refused: Refused) -> None:
        self.status_code = refused.status
        self.current = refused.current
        super().__init__(_detail(refused), code=refused.code)


class UnreachableError(APIException):
    """The database has gone away; nothing was written."""

    status_code = 503
    default_code = "database_unreachable"
    wait = 30
    """Seconds after which it is worth trying again."""


def _detail(refused: Refused) -> Any:
    return {refused.field: [str(refused)]} if refused.field else [str(refused)]


class RefusalHandler(ExceptionHandler):
    """Turns a service's refusal into the shape that every other error has."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """Make of a refusal, or of a lost database, an error that REST framework knows."""
        if isinstance(exc, Refused):
            if exc.status == status.HTTP_400_BAD_REQUEST:
                return ValidationError(_detail(exc), code=exc.code)
            return RefusalError(exc)
        if isinstance(exc, OperationalError | InterfaceError):
            return UnreachableError(
                _("The database cannot be reached. Nothing was saved, and nothing was half saved. Try again soon.")
            )
        if isinstance(exc, RequestDataTooBig):
            return TooLargeError()
        known = super().convert_known_exceptions(exc)
        if isinstance(known, NotFound) and known.detail == NotFound.default_detail:
            return NotFound(_("There is nothing here, or nothing that you may see."))
        return known

    def format_exception(self, exc: APIException) -> dict[str, Any]:
        """Return the answer's body; a conflict says what stands now."""
        body: dict[str, Any] = super().format_exception(exc)
        if isinstance(exc, RefusalError) and exc.current:
            body["current"] = exc.current
        return body
