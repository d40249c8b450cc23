"""Who comes to the staff pages: the mandate holder's staff. For everybody else who is signed in there are none."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.views.desk_access import DeskView
from consultations.visibility import is_staff_member
from declaration.views.pages import Crumb


class StaffView(DeskView):
    """A page for staff."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say that there is no such page to whoever is signed in and not one of the staff."""
        if request.user.is_authenticated and not is_staff_member(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def show(
        self, name: str, context: dict[str, Any], *, crumbs: list[Crumb] | None = None, status: int = 200
    ) -> HttpResponse:
        """Show a template of the staff pages with the way to it."""
        home = [] if crumbs is None else [(_("Staff"), reverse("staff-home"))]
        way = [*home, *(crumbs or [(_("Staff"), "")])]
        context |= {"crumbs": way}
        return render(self.request, f"consultations/staff/{name}.html", context, status=status)
