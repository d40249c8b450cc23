"""A second factor that a site can ask of those who could do the most harm: its staff, and delegations' focal points."""

import re
from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from consultations.models import Membership
from consultations.visibility import is_staff_member

GUARDED: Final = re.compile(r"^/(?:[a-z-]+/)?(?:desk|staff)/|^/admin/|^/api/v1/(?:desk|staff|me)/")
"""Where people work. What everybody may read, signing in and out, and setting the factor up stay open."""


def lacks_second_factor(user: Any) -> bool:
    """Whether a person has to have a second factor, as the site's `REQUIRE_SECOND_FACTOR` says, and has none."""
    return _is_asked(user) and not is_mfa_enabled(user)


def _is_asked(user: Any) -> bool:
    asked = settings.REQUIRE_SECOND_FACTOR
    if not asked or not user.is_authenticated:
        return False
    if "staff" in asked and is_staff_member(user):
        return True
    leads = Membership.objects.filter(user=user, role=Membership.Role.FOCAL_POINT, delegation__is_active=True)
    return "focal_points" in asked and leads.exists()


def say_needed() -> str:
    """Return what is said to who lacks it."""
    return _("Your role asks for a second factor. Set one up: an authenticator app, or a passkey.")


class SecondFactorMiddleware:
    """Leads whoever lacks a second factor to where she sets one up, before she works; programs are told so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or say what is needed first."""
        if not GUARDED.match(request.path_info) or not lacks_second_factor(request.user):
            return self.get_response(request)
        if request.path_info.startswith("/api/"):
            error = {"code": "second_factor_needed", "detail": say_needed(), "attr": None}
            return JsonResponse({"type": "client_error", "errors": [error]}, status=403)
        messages.warning(request, say_needed())
        return redirect("mfa_index")
