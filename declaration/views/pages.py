"""What every public page has in common."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BoundField, ChoiceField
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from django.views.generic import DetailView, ListView
from django.views.generic.base import ContextMixin, View
from django_filters import FilterSet

from declaration.languages import active_text_language

Crumb = tuple[Any, str]
"""A step on the way to a page: its name, and its address (empty for the page itself)."""

MOST_SHOWN: Final = 20
"""So many of what belongs to a thing are printed on its page; a list of their own has all of them."""


@method_decorator(conditional_page, name="dispatch")
class PublicPage(ContextMixin, View):
    """A page for everyone: it says where it stands, has a twin in JSON, and is not sent again where nothing changed.

    Public pages show the same to all readers, staff included: what is not public is shown on the pages of the desk and of
    staff. The tag by which a browser asks whether anything changed is made of the page itself, so it is never out of date.
    """

    def get_crumbs(self) -> list[Crumb]:
        """Return the way to this page, from the outside in."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with what the page's frame prints."""
        context = super().get_context_data(**kwargs)
        context["crumbs"] = self.get_crumbs()
        context["page_url"] = self.request.build_absolute_uri(self.request.path)
        context["json_url"] = self.get_json_address()
        return context

    def get_json_address(self) -> str:
        """Return the address of the page's JSON twin: the same words and keys below `/api/v1/`."""
        prefix = get_language_from_path(self.request.path_info)
        return "/api/v1" + self.request.path_info.removeprefix(f"/{prefix}")

    @property
    def language(self) -> str:
        """The text language of the page."""
        return active_text_language()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""
        return super().dispatch(request, *args, **kwargs)


class ListPage(PublicPage, ListView):
    """A public page that lists things."""


class FilteredPage(ListPage):
    """A public list that readers narrow; its twin is narrowed alike."""

    filter: FilterSet

    def get_json_address(self) -> str:
        """Return the twin's address with the same filters and the same page."""
        kept = [
            (name, str(value)) for name, value in self.request.GET.items() if name in {*self.filter.filters, "page"}
        ]
        return super().get_json_address() + (f"?{urlencode(kept)}" if kept else "")


class DetailPage(PublicPage, DetailView):
    """A public page of one thing."""


@dataclass(frozen=True)
class Excerpt:
    """The first rows of a list, and whether there are more."""

    rows: list[Any]
    has_more: bool

    def __bool__(self) -> bool:
        return bool(self.rows)


def take_first(rows: QuerySet[Any], most: int = MOST_SHOWN) -> Excerpt:
    """Return the first of some rows, for a page that leads to the list of all of them. One query."""
    found = list(rows[: most + 1])
    return Excerpt(found[:most], len(found) > most)


def take_page(request: HttpRequest, rows: QuerySet, size: int) -> Page:
    """Return the page of a list that is asked for (`?page=2`), for a page that is not itself a list."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def offer_fields(filterset: FilterSet, *names: str) -> list[BoundField]:
    """Return the fields of a list's filter that its page offers, each choice with "any"; the API takes all of them."""
    for name in names:
        field = filterset.form.fields[name]
        if isinstance(field, ChoiceField):
            widget: Any = field.widget
            widget.choices = [("", _("any")), *(choice for choice in widget.choices if choice[0])]
    return [filterset.form[name] for name in names]
