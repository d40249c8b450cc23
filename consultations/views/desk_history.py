"""Who of a delegation wrote what, and when."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.delegation_history import find_history, read_history
from consultations.models import Submission
from consultations.views.desk import get_desk
from consultations.views.desk_access import DeskView

ENTRIES_A_PAGE = 50


class HistoryView(DeskView):
    """A delegation's history, the newest first; of one submission where one is named."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show it to the delegation's people."""
        desk = get_desk(request, key)
        wanted = request.GET.get("submission", "")
        submission = self._find(desk.delegation.pk, wanted) if wanted else None
        rows = find_history(desk.delegation, submission=submission.pk if submission else None)
        page = Paginator(rows, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
        kept = Submission.objects.filter(delegation=desk.delegation).values_list("pk", flat=True)
        context = {
            "desk": desk,
            "entries": read_history(page.object_list),
            "page_obj": page,
            "submission": submission,
            "kept": set(kept),
            "crumbs": [
                (_("My desk"), reverse("desk")),
                (str(desk.delegation), reverse("desk-delegation", args=[key])),
                (_("History"), ""),
            ],
        }
        return render(request, "consultations/desk/history.html", context)

    def _find(self, delegation: int, wanted: str) -> Submission:
        known = Submission.objects.select_related("call").filter(delegation=delegation)
        found = known.filter(pk=wanted).first() if wanted.isdecimal() and wanted.isascii() else None
        if found is None:
            raise Http404
        return found
