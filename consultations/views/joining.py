"""How people come to take part: an invitation is accepted, an organization asks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import View

from consultations.forms.joining import AcceptForm, ParticipationForm
from consultations.services import joining, participation
from consultations.throttling import count_knock
from declaration.errors import Refused

BACKEND = "django.contrib.auth.backends.ModelBackend"


class InvitationView(View):
    """The page that the link in an invitation leads to."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep the page nowhere, and send its address, which is a key, to nobody; say what is wrong with the link."""
        try:
            self.invitation = joining.read_link(kwargs["token"])
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except Refused as refused:
            response = self._page(None, status=refused.status, problem=str(refused))
        patch_cache_control(response, no_store=True, private=True)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show who invites to what, and what is needed to accept it. Reading accepts nothing."""
        return self._page(AcceptForm(initial={"name": self.invitation.name}))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Accept it: with the account that is signed in, or with a new one."""
        if request.user.is_authenticated:
            joining.accept_invitation(token=token, user=request.user)
            return self._welcome()
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        count_knock(request)
        try:
            membership = joining.accept_invitation(token=token, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        login(request, membership.user, backend=BACKEND)
        return self._welcome()

    def _welcome(self) -> HttpResponse:
        messages.success(self.request, _("Welcome. You act for %(name)s now.") % {"name": self.invitation.delegation})
        return redirect("desk-delegation", self.invitation.delegation.key)

    def _page(self, form: AcceptForm | None, *, status: int = 200, problem: str = "") -> HttpResponse:
        invitation = None if problem else self.invitation
        context = {
            "form": form,
            "invitation": invitation,
            "problem": problem,
            "has_account": invitation and joining.has_account(invitation),
            "is_same": invitation and getattr(self.request.user, "email", "").lower() == invitation.email.lower(),
            "crumbs": [(_("Invitation"), "")],
        }
        return render(self.request, "consultations/joining/invitation.html", context, status=status)


class ParticipateView(View):
    """Where an organization asks to take part."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._page(ParticipationForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the request, and tell staff."""
        form = ParticipationForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            count_knock(request)
            participation.ask_to_take_part(**form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        return redirect("participate-sent")

    def _page(self, form: ParticipationForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "crumbs": [(_("Take part"), "")]}
        return render(self.request, "consultations/joining/participate.html", context, status=status)


class ParticipateSentView(View):
    """What happens next with a request to take part."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say it."""
        context = {"crumbs": [(_("Take part"), reverse("participate")), (_("Your request has been sent"), "")]}
        return render(request, "consultations/joining/participate_sent.html", context)
