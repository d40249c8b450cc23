"""The mail that was given up, and sending it again."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from consultations import services
from consultations.models import Notice
from consultations.views.staff_access import StaffView
from declaration.errors import Refused
from declaration.views.pages import take_page

ROWS_A_PAGE: Final = 50


class GivenUpMailView(StaffView):
    """The mail that did not reach anybody, the latest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        page = take_page(request, Notice.objects.given_up_for_staff(), ROWS_A_PAGE)
        return self.show("given_up_mail", {"page_obj": page}, crumbs=[(_("Mail that was given up"), "")])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put one mail, `notice`, back among those that wait, or say why not."""
        wanted = request.POST.get("notice", "")
        shown = Notice.objects.given_up_for_staff()
        notice = get_object_or_404(shown, pk=wanted if wanted.isascii() and wanted.isdecimal() else None)
        try:
            services.send_again(notice=notice)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The mail will be sent again."))
        return redirect("staff-given-up-mail")
