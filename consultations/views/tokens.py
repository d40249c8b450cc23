"""A person's tokens, with which her programs act for her through the API."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from knox.models import AuthToken

from consultations import services
from consultations.forms.desk import TokenForm
from consultations.views.desk_access import DeskView
from declaration.errors import Refused


class TokensView(DeskView):
    """Lists them, and makes new ones."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep nothing of a page that may show a token."""
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, no_store=True)
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        return self._page(TokenForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one, and show it: this once, because it is stored nowhere."""
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            _token, secret = services.make_token(user=request.user, days=form.cleaned_data["days"])
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        return self._page(TokenForm(), secret=secret)

    def _page(self, form: TokenForm, *, status: int = 200, **extra: Any) -> HttpResponse:
        tokens = AuthToken.objects.filter(user=self.request.user).order_by("-created")
        context = {"form": form, "tokens": tokens, "now": timezone.now(), "crumbs": [(_("API tokens"), "")]}
        return render(self.request, "consultations/desk/tokens.html", context | extra, status=status)


class RevokeTokenView(DeskView):
    """Makes a token useless."""

    def get(self, request: HttpRequest, token_key: str) -> HttpResponse:
        """Lead to the list: reading revokes nothing."""
        return redirect("desk-tokens")

    def post(self, request: HttpRequest, token_key: str) -> HttpResponse:
        """Revoke it."""
        services.revoke_token(user=request.user, token_key=token_key)
        messages.success(request, _("The token has been revoked. Programs that use it can no longer act for you."))
        return redirect("desk-tokens")
