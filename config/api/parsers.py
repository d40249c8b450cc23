"""How the body of a request is read."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer


class TooLargeError(APIException):
    """The body is larger than the site reads."""

    status_code = 413
    default_code = "too_large"

    def __init__(self) -> None:
        limit = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024 // 1024
        message = _("This is larger than %(limit)d MB. Nothing was saved. Send it in smaller pieces.")
        super().__init__(message % {"limit": limit})


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


class BoundedJSONParser(JSONParser):
    """Reads JSON of a bounded size, and says where it cannot be read."""

    renderer_class = JSONRenderer

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return what the body says. Raises `ParseError` or `TooLargeError`."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLargeError
        try:
            return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
        except UnicodeDecodeError as error:
            message = _("Byte %(place)d is not UTF-8. Nothing was saved.") % {"place": error.start + 1}
            raise ParseError(message) from error
        except json.JSONDecodeError as error:
            message = _("This is not JSON: see line %(line)d, column %(column)d. Nothing was saved.")
            raise ParseError(message % {"line": error.lineno, "column": error.colno}) from error
        except (ValueError, RecursionError) as error:
            raise ParseError(_("This JSON cannot be read. Nothing was saved.")) from error
