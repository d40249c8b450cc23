"""What every public page has in common."""

from typing import Any

from django.forms import BoundField, ChoiceField
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from django.views.generic import DetailView, ListView
from django.views.generic.base import ContextMixin, View
from django_filters import FilterSet

from declaration.languages import active_text_language

Crumb = tuple[Any, str]
"""A step on the way to a page: its name, and its address (empty for the page itself)."""


@method_decorator(conditional_page, name="dispatch")
class PublicPage(ContextMixin, View):
    """A page for everyone: it says where it stands, has a twin in JSON, and is not sent again where nothing changed.

    Public pages show the same to all readers, staff included: what is not public is shown on the pages of the desk and of
    staff. The tag by which a browser asks whether anything changed is made of the page itself, so it is never out of date.
    """

    has_json = True

    def get_crumbs(self) -> list[Crumb]:
        """Return the way to this page, from the outside in."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with what the page's frame prints."""
        context = super().get_context_data(**kwargs)
        context["crumbs"] = self.get_crumbs()
        context["page_url"] = self.request.build_absolute_uri(self.request.path)
        if self.has_json:
            context["json_url"] = json_address(self.request)
        return context

    @property
    def language(self) -> str:
        """The text language of the page."""
        return active_text_language()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""
        return super().dispatch(request, *args, **kwargs)


class ListPage(PublicPage, ListView):
    """A public page that lists things."""


class DetailPage(PublicPage, DetailView):
    """A public page of one thing."""


def offer_fields(filterset: FilterSet, *names: str) -> list[BoundField]:
    """Return the fields of a list's filter that its page offers, each choice with "any"; the API takes all of them."""
    for name in names:
        field = filterset.form.fields[name]
        if isinstance(field, ChoiceField):
            chosen = [choice for choice in field.choices if choice[0]]
            field.widget.choices = [("", _("any")), *chosen]
    return [filterset.form[name] for name in names]


def json_address(request: HttpRequest) -> str:
    """Return the address of a page's JSON twin: the same words and keys below `/api/v1/`, with the same filters."""
    prefix = get_language_from_path(request.path_info)
    path = request.path_info.removeprefix(f"/{prefix}")
    query = request.GET.copy()
    query.pop("with", None)
    return f"/api/v1{path}" + (f"?{query.urlencode()}" if query else "")
