"""The pages on which staff hold what stakeholders filed, and let it go again."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations import services
from consultations.forms.holds import HoldForm
from consultations.models import Comment, Hold, Submission
from consultations.views.cards import name_target
from consultations.views.holds import HOLDS_A_PAGE
from consultations.views.staff_access import StaffView
from declaration.errors import Refused
from declaration.languages import active_text_language
from declaration.views.pages import take_page


class StaffHoldList(StaffView):
    """What is held now, and what stakeholders filed and could be."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show both."""
        holds = Hold.objects.for_staff().active().with_context().order_by("-placed_at", "-id")
        filed: QuerySet[Submission] = Submission.objects.filed_for_staff().filter(
            status=Submission.Status.SUBMITTED, delegation__stakeholder__isnull=False
        )
        filed = filed.exclude(holds__in=Hold.objects.active()).with_context().order_by("-submitted_at", "-id")  # type: ignore[attr-defined]
        context = {"holds": holds[:HOLDS_A_PAGE], "page_obj": take_page(request, filed, HOLDS_A_PAGE)}
        return self.show("holds", context, crumbs=[(_("What is held"), "")])


class HoldView(StaffView):
    """Asks for the reason, and holds a filing."""

    @cached_property
    def held(self) -> dict[str, Any]:
        """What is to be held, as the service takes it."""
        filed = Submission.objects.filed_for_staff().with_context()
        return {"submission": get_object_or_404(filed, pk=self.kwargs["pk"])}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self.ask(HoldForm(initial={"language": active_text_language()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hold it, or say why not."""
        form = HoldForm(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            services.hold(user=request.user, **self.held, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return self.ask(form, status=refused.status)
        messages.success(request, _("It is held. Everyone reads the reason in its place."))
        return redirect("staff-hold-list")

    def ask(self, form: HoldForm, *, status: int = 200) -> HttpResponse:
        """Show what is to be held, with the form."""
        comment = self.held.get("comment")
        target = name_target(comment)[0] if comment else ""
        context = {"form": form, **self.held, "target": target}
        crumbs = [(_("What is held"), reverse("staff-hold-list")), (_("Hold"), "")]
        return self.show("hold", context, crumbs=crumbs, status=status)


class CommentHoldView(HoldView):
    """Asks for the reason, and holds one comment."""

    @cached_property
    def held(self) -> dict[str, Any]:
        """The comment, as the service takes it."""
        return {"comment": get_object_or_404(Comment.objects.filed_for_staff().with_context(), pk=self.kwargs["pk"])}


class LiftHoldView(StaffView):
    """Asks, and lets go what is held."""

    @cached_property
    def hold(self) -> Hold:
        """The hold, which staff may know of."""
        return get_object_or_404(Hold.objects.for_staff().with_context(), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would be let go."""
        target = name_target(self.hold.comment)[0] if self.hold.comment else ""
        crumbs = [(_("What is held"), reverse("staff-hold-list")), (_("Hold it no longer"), "")]
        return self.show("lift", {"hold": self.hold, "target": target}, crumbs=crumbs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lift the hold."""
        services.lift_hold(hold=self.hold, user=request.user)
        messages.success(request, _("It is no longer held. That it was, and why, stays readable."))
        return redirect("staff-hold-list")
