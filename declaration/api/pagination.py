"""How lists are cut into pages."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    """Lists come in pages of 50; a client may ask for up to 200 with `page_size`."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int:
        """Return how many entries a page has. Raises `ValidationError` for what is no number of entries."""
        asked = request.query_params.get("page_size", str(self.page_size))
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= self.max_page_size):
            message = _("A page has from 1 to %(limit)d entries.") % {"limit": self.max_page_size}
            raise ValidationError({"page_size": [ErrorDetail(message, code="page_size")]})
        return int(asked)


class LongPages(Pages):
    """For a text, which is best read whole: pages of 500, up to 1,000 with `page_size`."""

    page_size = 500
    max_page_size = 1000
