"""Filtering of lists by what stands in an address after the question mark."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

PAGING = frozenset({"page", "page_size"})


class StrictFilterBackend(DjangoFilterBackend):
    """Applies a list's filter set, and refuses a parameter that nobody reads.

    A misspelt filter that is passed over would answer with everything, as if it had found it. A view names the further
    parameters it reads in `further_parameters`.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        """Return the rows that the parameters ask for. Raises `ValidationError`, naming each parameter."""
        filterset_class = self.get_filterset_class(view, queryset)
        filters = set(filterset_class.base_filters) if filterset_class else set()
        known = filters | PAGING | set(getattr(view, "further_parameters", ()))
        refuse_unknown(request, known)
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


def refuse_unknown(request: Request, known: Collection[str]) -> None:
    """Refuse what stands in an address after the question mark and is not known. Raises `ValidationError`, naming each."""
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        message = _("There is no such parameter here. The parameters are: %(names)s.") % {
            "names": ", ".join(sorted(known))
        }
        raise ValidationError({name[:60]: [ErrorDetail(message, code="unknown_parameter")] for name in unknown[:20]})
