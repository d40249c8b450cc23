"""Errors of the API, in one shape: `{"type": …, "errors": [{"code", "detail", "attr"}]}`."""

from django.db import InterfaceError, OperationalError
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework.exceptions import APIException

from declaration.errors import Refused


class RefusalError(APIException):
    """A service's refusal, as the API says it."""

    def __init__(self, refused: Refused) -> None:
        self.status_code = refused.status
        detail = {refused.field: [str(refused)]} if refused.field else str(refused)
        super().__init__(detail, code=refused.code)


class UnreachableError(APIException):
    """The database has gone away; nothing was written."""

    status_code = 503
    default_code = "database_unreachable"


class RefusalHandler(ExceptionHandler):
    """Turns a service's refusal into the shape that every other error has."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """Make of a refusal, or of a lost database, an error that REST framework knows."""
        if isinstance(exc, Refused):
            return RefusalError(exc)
        if isinstance(exc, OperationalError | InterfaceError):
            from django.utils.translation import gettext as _

            return UnreachableError(
                _("The database cannot be reached. Nothing was saved, and nothing was half saved. Try again soon.")
            )
        return super().convert_known_exceptions(exc)
