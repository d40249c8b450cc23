"""The staff page on which sealed filings are opened before their call closes, by two people."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from consultations import services
from consultations.forms.early_opening import EarlyOpeningForm
from consultations.models import EarlyOpening
from consultations.views.staff_calls import CallView
from declaration.errors import Refused
from declaration.languages import active_text_language


class OpenEarlyView(CallView):
    """Asks for an early opening, or confirms or takes back what was asked."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form in which it is asked, or what was asked."""
        return self.ask(EarlyOpeningForm(initial={"language": active_text_language()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says, or say why not."""
        acts = {"confirm": self.confirm, "take-back": self.take_back}
        form = EarlyOpeningForm(request.POST)
        try:
            act = acts.get(request.POST.get("act", ""))
            done = act() if act else self.store(form)
        except Refused as refused:
            return self.ask(form, refused=refused, status=refused.status)
        if not done:
            return self.ask(form, status=422)
        messages.success(request, done)
        return redirect("staff-call-detail", pk)

    def store(self, form: EarlyOpeningForm) -> str:
        """Ask for it; say nothing where the form cannot be read."""
        if not form.is_valid():
            return ""
        services.ask_early_opening(call=self.call, user=self.request.user, **form.cleaned_data)
        return _("You have asked for it. Nothing is open until another member of staff confirms it.")

    def confirm(self) -> str:
        """Open what is sealed."""
        services.confirm_early_opening(call=self.call, user=self.request.user)
        return _("What was sealed is open. The page of the call says so, for ever.")

    def take_back(self) -> str:
        """Take back what was asked."""
        services.take_back_early_opening(call=self.call, user=self.request.user)
        return _("It has been taken back. Nothing was opened.")

    def ask(self, form: EarlyOpeningForm, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
        """Show what can be done now, with what was refused."""
        opening = EarlyOpening.objects.select_related("asked_by").filter(call=self.call).first()
        survey = self.survey()
        if refused and not opening:
            form.refuse(refused)
        context: dict[str, Any] = {"call": self.call, "each": survey, "title": _("Open what is sealed")}
        context |= {"form": None if opening or not survey.can_open_early else form, "refused": refused}
        is_pending = opening and not opening.confirmed_at
        context |= {"opening": opening if is_pending else None}
        context |= {"is_own": bool(opening and opening.asked_by_id == self.request.user.pk)}
        return self.show("call_open_early", context, crumbs=self.crumbs((context["title"], "")), status=status)
