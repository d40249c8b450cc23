"""Who comes to a desk's pages, and what is done for a person whose session ended while she was writing."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from consultations.models import Submission
from declaration.errors import Refused

KEPT: Final = "kept_form"

MAX_KEPT: Final = 250_000
"""Characters that are kept in a session for somebody who has yet to sign in: two texts of the longest kind, and some."""


class DeskView(AccessMixin, View):
    """A page for people who are signed in. It is the reader's own: no cache between her and the site keeps it.

    `keeps_typed` says that its form holds words; they are kept until she has signed in again.
    """

    keeps_typed: ClassVar[bool] = False

    def acting_key(self) -> str:
        """Return the key of the delegation that the page acts for, as its address says; empty where it is about none."""
        return str(self.kwargs.get("key", ""))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the sign-in whoever is not signed in; what she typed waits for her."""
        # The frame of the page names the delegation; it asks once the view has found what the page is about.
        request.acting_key = self._told_key  # type: ignore[attr-defined]
        response = super().dispatch(request, *args, **kwargs) if request.user.is_authenticated else self._sign_in()
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def _told_key(self) -> str:
        try:
            return self.acting_key()
        except (Http404, Refused):
            # The page that says that there is none has a frame too.
            return ""

    def _sign_in(self) -> HttpResponseBase:
        if getattr(self.request, "htmx", False):
            # The sign-in page must not be put into the middle of this one.
            return HttpResponseForbidden()
        if self.keeps_typed and self.request.method == "POST":
            keep_typed(self.request)
        return self.handle_no_permission()


class SubmissionDeskView(DeskView):
    """A page about one submission of a delegation the person belongs to; for everybody else there is none."""

    @cached_property
    def submission(self) -> Submission:
        """The submission, with its call, draft and party."""
        mine = Submission.objects.of_delegations_of(self.request.user).with_context().select_related("submitted_by")
        submission = mine.filter(pk=self.kwargs["pk"]).first()
        if submission is None:
            raise no_longer_yours(self.request)
        return submission

    def acting_key(self) -> str:
        """The delegation is the submission's."""
        return self.submission.delegation.key

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say that there is no such page before anything else is asked."""
        if request.user.is_authenticated:
            self.submission  # noqa: B018 - reading it is the question
        return super().dispatch(request, *args, **kwargs)


def no_longer_yours(request: HttpRequest) -> Exception:
    """Return what tells that there is no such page for this person; what she sent from an open one is given back to her.

    Whether there was one, and whether she ever acted for its delegation, is not told.
    """
    if request.method != "POST":
        return Http404()
    message = _(
        "There is nothing of yours at this address. Perhaps you no longer act for this delegation, or what was here has "
        "been thrown away. Nothing was saved. Ask your focal point."
    )
    return Refused("not_your_delegation", message, status=404)


def keep_typed(request: HttpRequest) -> None:
    """Keep what was typed in a form in the session, which outlives the sign-in, for the same page.

    Raises `Refused` where it is too much to keep; that page gives the words back to be copied.
    """
    typed = {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    if sum(map(len, typed.values())) > MAX_KEPT:
        raise Refused(
            "signed_out", _("You are signed out. Copy what you typed, sign in again, and paste it."), status=403
        )
    request.session[KEPT] = {"page": _page(request), "typed": typed}


def take_typed(request: HttpRequest) -> Mapping[str, str] | None:
    """Return what was kept for this page, once."""
    kept = request.session.get(KEPT)
    if not kept or kept["page"] != _page(request):
        return None
    del request.session[KEPT]
    typed: Mapping[str, str] = kept["typed"]
    return typed


def give_back(request: HttpRequest) -> Mapping[str, str] | None:
    """Return what was kept for this page, once, and tell the person so."""
    typed = take_typed(request)
    if typed:
        messages.warning(request, _("You had been signed out. What you typed is here again; it is not saved yet."))
    return typed


def _page(request: HttpRequest) -> list[Any]:
    match = request.resolver_match
    return [match.view_name, dict(match.kwargs)] if match else []


def saved(response: HttpResponse, key: str) -> HttpResponse:
    """Tell the browser that a form was saved, so that it forgets the copy of the words that it kept."""
    response.set_cookie("saved_form", key, max_age=120, samesite="Lax")
    return response
