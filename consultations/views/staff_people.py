"""Whom staff let take part: delegations with their focal points, and those who ask."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.forms.joining import AcceptRequestForm, DeclineRequestForm, DelegationForm, FocalPointForm
from consultations.models import Delegation, Invitation, Membership, ParticipationRequest
from consultations.services import joining, participation
from consultations.services.people import create_delegation
from consultations.views.desk_people import act_on_invitation
from consultations.views.staff_access import StaffView
from declaration.errors import Refused
from declaration.languages import active_text_language

PER_PAGE = 50


class DelegationListView(StaffView):
    """All delegations, with their focal points."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, those first that have nobody."""
        wanted = request.GET.get("q", "").strip()[:100]
        page = Paginator(Delegation.objects.for_staff(wanted), PER_PAGE).get_page(request.GET.get("page"))
        return self.show("delegation_list", {"page_obj": page, "wanted": wanted}, crumbs=[(_("Delegations"), "")])


class DelegationAddView(StaffView):
    """Gives a State, a group or a stakeholder its delegation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask which."""
        return self._page(DelegationForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it, and go on with inviting its focal point."""
        form = DelegationForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        return redirect("staff-delegation-detail", create_delegation(**form.make_values()).pk)

    def _page(self, form: DelegationForm, *, status: int = 200) -> HttpResponse:
        crumbs = [(_("Delegations"), reverse("staff-delegation-list")), (_("Add a delegation"), "")]
        return self.show("delegation_add", {"form": form}, crumbs=crumbs, status=status)


class DelegationDetailView(StaffView):
    """One delegation: its focal points, and whom staff invited to be one."""

    @cached_property
    def delegation(self) -> Delegation:
        """Which one."""
        found: Delegation = get_object_or_404(Delegation.objects.with_party(), pk=self.kwargs["pk"])
        return found

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self._page(FocalPointForm(initial={"language": active_text_language()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Invite a focal point."""
        form = FocalPointForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            joining.invite(delegation=self.delegation, user=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        messages.success(request, _("%(email)s has been invited.") % {"email": form.cleaned_data["email"]})
        return redirect("staff-delegation-detail", pk)

    def _page(self, form: FocalPointForm, *, status: int = 200) -> HttpResponse:
        leading = {"role": Membership.Role.FOCAL_POINT}
        context = {
            "form": form,
            "delegation": self.delegation,
            "focal_points": self.delegation.memberships.filter(**leading).select_related("user"),
            "invitations": self.delegation.invitations_to_join.waiting().filter(**leading),
        }
        crumbs = [(_("Delegations"), reverse("staff-delegation-list")), (str(self.delegation), "")]
        return self.show("delegation_detail", context, crumbs=crumbs, status=status)


class StaffInvitationActView(StaffView):
    """Sends an invitation to a focal point again, or takes it back."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Show its delegation: reading does nothing."""
        return DelegationDetailView.as_view()(request, pk=self._invitation(pk).delegation_id)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was chosen."""
        invitation = self._invitation(pk)
        messages.success(request, act_on_invitation(request, invitation))
        return redirect("staff-delegation-detail", invitation.delegation_id)

    def _invitation(self, pk: int) -> Invitation:
        return get_object_or_404(Invitation.objects.filter(role=Membership.Role.FOCAL_POINT), pk=pk)


class RequestListView(StaffView):
    """Requests to take part, those that wait in front."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        requests = ParticipationRequest.objects.order_by("status", "-asked_at", "-pk")
        page = Paginator(requests, PER_PAGE).get_page(request.GET.get("page"))
        return self.show("request_list", {"page_obj": page}, crumbs=[(_("Requests to take part"), "")])


class RequestDetailView(StaffView):
    """One request, and its answer."""

    @cached_property
    def asked(self) -> ParticipationRequest:
        """Which one."""
        parties = ("delegation__state", "delegation__stakeholder", "delegation__group")
        asked = ParticipationRequest.objects.select_related("decided_by", *parties)
        return get_object_or_404(asked, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self._page(AcceptRequestForm(), DeclineRequestForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accept or decline it."""
        declines = request.POST.get("act") == "decline"
        accept = AcceptRequestForm(None if declines else request.POST)
        decline = DeclineRequestForm(request.POST if declines else None)
        form = decline if declines else accept
        if not form.is_valid():
            return self._page(accept, decline, status=422)
        decide = participation.decline_request if declines else participation.accept_request
        try:
            decide(asked=self.asked, user=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return self._page(accept, decline, status=refused.status)
        messages.success(request, _("It has been declined.") if declines else _("It has been accepted."))
        return redirect("staff-request-list")

    def _page(self, accept: AcceptRequestForm, decline: DeclineRequestForm, *, status: int = 200) -> HttpResponse:
        context = {"asked": self.asked, "accept": accept, "decline": decline}
        crumbs = [(_("Requests to take part"), reverse("staff-request-list")), (self.asked.organization, "")]
        return self.show("request_detail", context, crumbs=crumbs, status=status)
