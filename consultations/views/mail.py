"""Which mail a person gets: her own choice."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from consultations.forms.mail import MailForm
from consultations.models import User
from consultations.services import preferences
from consultations.views.desk_access import DeskView
from declaration.errors import Refused


class MailPreferencesView(DeskView):
    """Shows what mail there is, and takes the choice."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what is chosen."""
        return self._page(MailForm(user=cast("User", request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice."""
        user = cast("User", request.user)
        form = MailForm(request.POST, user=user)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            preferences.choose_mail(user=user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        messages.success(request, _("Your choice is saved."))
        return redirect("notice-preferences")

    def _page(self, form: MailForm, *, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {"form": form, "crumbs": [(_("Mail and times"), "")]}
        return render(self.request, "consultations/mail_preferences.html", context, status=status)
