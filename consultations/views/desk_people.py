"""A delegation's people, as its focal points arrange them and everybody in it reads them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.forms.joining import InvitationForm, RoleForm
from consultations.models import Invitation, Membership
from consultations.services import joining
from consultations.views.desk import list_members
from consultations.views.desk_access import DeskView, no_longer_yours
from declaration.errors import Refused
from declaration.languages import active_text_language


class PeopleDeskView(DeskView):
    """A page about the people of a delegation that the person belongs to; for everybody else there is none."""

    @cached_property
    def own(self) -> Membership:
        """The person's role in the delegation."""
        memberships = Membership.objects.filter(user=self.request.user.pk, delegation__is_active=True)
        for membership in memberships.select_related(
            "delegation__state", "delegation__stakeholder", "delegation__group"
        ):
            if membership.delegation.key == self.kwargs["key"]:
                return membership
        raise no_longer_yours(self.request)

    @property
    def leads(self) -> bool:
        """Whether she arranges its people."""
        return self.own.role == Membership.Role.FOCAL_POINT

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say that there is no such page before anything else is asked."""
        if request.user.is_authenticated:
            self.own  # noqa: B018 - reading it is the question
        return super().dispatch(request, *args, **kwargs)

    def done(self, message: str) -> HttpResponse:
        """Tell what was done, and show the people again."""
        messages.success(self.request, message)
        return redirect("desk-people", self.own.delegation.key)

    def page(self, name: str, context: dict[str, Any], *crumbs: tuple[str, str], status: int = 200) -> HttpResponse:
        """Show a page with the way to it."""
        delegation = self.own.delegation
        way = [(_("My desk"), reverse("desk")), (str(delegation), reverse("desk-delegation", args=[delegation.key]))]
        context |= {"delegation": delegation, "own": self.own, "leads": self.leads, "crumbs": [*way, *crumbs]}
        return render(self.request, f"consultations/joining/{name}.html", context, status=status)


class PeopleView(PeopleDeskView):
    """Everybody in the delegation, and the invitations that wait."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show them."""
        return self._page(InvitationForm(initial={"language": active_text_language()}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Invite somebody."""
        form = InvitationForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422 if self.leads else 403)
        try:
            invitation = joining.invite(delegation=self.own.delegation, user=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        return self.done(_("%(email)s has been invited.") % {"email": invitation.email})

    def _page(self, form: InvitationForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "members": list_members(self.own.delegation),
            "invitations": self.own.delegation.invitations_to_join.waiting() if self.leads else [],
        }
        return self.page("people", context, (_("People"), ""), status=status)


class MemberView(PeopleDeskView):
    """One of the delegation's people: her role, and whether she stays."""

    @cached_property
    def member(self) -> Membership:
        """Whom the page is about."""
        members = Membership.objects.select_related("user", "delegation").filter(delegation=self.own.delegation)
        return get_object_or_404(members, pk=self.kwargs["member_pk"])

    def get(self, request: HttpRequest, key: str, member_pk: int) -> HttpResponse:
        """Show what can be done."""
        return self._page(RoleForm(initial={"role": self.member.role}))

    def post(self, request: HttpRequest, key: str, member_pk: int) -> HttpResponse:
        """Do what was chosen: give another role, hand one's own over, or take the person out."""
        form = RoleForm(request.POST)
        try:
            return self._do(request.POST.get("act", ""), form)
        except Refused as refused:
            form.is_valid()
            form.refuse(refused)
            return self._page(form, status=refused.status)

    def _do(self, act: str, form: RoleForm) -> HttpResponse:
        name, user = {"name": self.member.user}, self.request.user
        if act == "dismiss":
            joining.dismiss_member(membership=self.member, user=user)
            return self.done(_("%(name)s no longer acts for your delegation.") % name)
        if act == "hand_over":
            joining.hand_over(membership=self.own, to=self.member, user=user)
            return self.done(_("%(name)s is the focal point now, and you are a contributor.") % name)
        if not form.is_valid():
            return self._page(form, status=422)
        joining.give_role(membership=self.member, role=form.cleaned_data["role"], user=user)
        return self.done(_("%(name)s has another role now.") % name)

    def _page(self, form: RoleForm, *, status: int = 200) -> HttpResponse:
        if not self.leads and status == 200:  # noqa: PLR2004 - RFC 9110, section 15
            status = 403
        people = (_("People"), reverse("desk-people", args=[self.own.delegation.key]))
        context = {"form": form, "member": self.member, "is_self": self.member.pk == self.own.pk}
        return self.page("member", context, people, (str(self.member.user), ""), status=status)


class LeaveView(PeopleDeskView):
    """Leaves the delegation."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Ask whether it is meant."""
        return self._page()

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Leave, and show what is left."""
        try:
            joining.leave(membership=self.own, user=request.user)
        except Refused as refused:
            return self._page(str(refused), status=refused.status)
        messages.success(request, _("You no longer act for %(name)s.") % {"name": self.own.delegation})
        return redirect("desk")

    def _page(self, problem: str = "", *, status: int = 200) -> HttpResponse:
        people = (_("People"), reverse("desk-people", args=[self.own.delegation.key]))
        return self.page("leave", {"problem": problem}, people, (_("Leave"), ""), status=status)


class InvitationActView(PeopleDeskView):
    """Sends an invitation again, or takes it back."""

    def get(self, request: HttpRequest, key: str, invitation_pk: int) -> HttpResponse:
        """Lead to the list: reading does nothing."""
        return redirect("desk-people", key)

    def post(self, request: HttpRequest, key: str, invitation_pk: int) -> HttpResponse:
        """Do what was chosen."""
        invitations = Invitation.objects.filter(delegation=self.own.delegation)
        invitation = get_object_or_404(invitations, pk=invitation_pk)
        return self.done(act_on_invitation(request, invitation))


def act_on_invitation(request: HttpRequest, invitation: Invitation) -> str:
    """Send an invitation again or take it back, as the form says; return what was done. Raises `Refused`."""
    values = {"email": invitation.email}
    if request.POST.get("act") == "revoke":
        joining.revoke_invitation(invitation=invitation, user=request.user)
        return _("The invitation of %(email)s has been taken back.") % values
    joining.send_invitation_again(invitation=invitation, user=request.user)
    return _("%(email)s has been sent a new link. The earlier one no longer works.") % values
