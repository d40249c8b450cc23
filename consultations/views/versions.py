"""All filings of a delegation in a call, with what changed from one to the next: for its own people, and for staff."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Call, Delegation
from consultations.versions import CHANGES_SHOWN, Versions, own_versions, staff_versions
from consultations.views.desk_access import DeskView, no_longer_yours
from consultations.views.staff_access import StaffView

VERSIONS_A_PAGE: Final = 10


def _context(request: HttpRequest, delegation: Delegation, call: Call, versions: Versions) -> dict[str, Any]:
    """Return what both pages show. Raises `Http404` where nothing was filed that may be read."""
    page = Paginator(versions, VERSIONS_A_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    return {
        "delegation": delegation,
        "call": call,
        "versions": page.object_list,
        "page_obj": page,
        "changes_shown": CHANGES_SHOWN,
    }


class DeskVersionsView(DeskView):
    """What a delegation filed in a call, the newest first."""

    def get(self, request: HttpRequest, key: str, call_pk: int) -> HttpResponse:
        """Show it to the delegation's people."""
        delegation = Delegation.objects.own(request.user, key)
        if delegation is None:
            raise no_longer_yours(request)
        call = get_object_or_404(Call.objects.announced().with_draft(), pk=call_pk)
        context = _context(request, delegation, call, own_versions(delegation, call))
        context["crumbs"] = [
            (_("My desk"), reverse("desk")),
            (str(delegation), reverse("desk-delegation", args=[key])),
            (_("All filings"), ""),
        ]
        return render(request, "consultations/desk/versions.html", context)


class StaffVersionsView(StaffView):
    """What a delegation filed in a call and staff may read, the newest first."""

    def get(self, request: HttpRequest, pk: int, delegation_pk: int) -> HttpResponse:
        """Show it."""
        call = get_object_or_404(Call.objects.announced().with_draft(), pk=pk)
        delegation = get_object_or_404(Delegation.objects.with_party(), pk=delegation_pk)
        context = _context(request, delegation, call, staff_versions(delegation, call))
        calls = (_("Calls for comments"), reverse("staff-call-list"))
        here = (str(call), reverse("staff-call-detail", args=[pk]))
        return self.show("versions", context, crumbs=[calls, here, (_("All filings"), "")])
