"""Staff pages of calls for comments: preparing, opening, extending, closing and archiving them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import services
from consultations.filters import StaffCallFilter
from consultations.forms.staff import CallForm, ExtendForm
from consultations.models import Call, Submission
from consultations.services.calls import time_zones
from consultations.views.staff_access import StaffView
from consultations.waiting import CallForStaff, survey_calls
from declaration.errors import Refused
from declaration.views.pages import Crumb, offer_fields

CALLS_A_PAGE: Final = 50


class CallListView(StaffView):
    """All calls, those in preparation too."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, those that close last first."""
        calls = StaffCallFilter(request.GET, queryset=Call.objects.with_draft(), request=request)
        page = Paginator(calls.qs.order_by("-closes_at", "-pk"), CALLS_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "filter_fields": offer_fields(calls, "draft", "status"),
            "page_obj": page,
            "calls": survey_calls(page, at=timezone.now()),
        }
        return self.show("call_list", context, crumbs=[(_("Calls for comments"), "")])


class CallFormView(StaffView):
    """A page with a call's form."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Give back what was typed to somebody whose session ended while she was writing."""
        if request.method == "POST" and not request.user.is_authenticated:
            message = _("You are signed out. Copy what you typed, sign in again, and paste it.")
            raise Refused("signed_out", message, status=403)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def call(self) -> Call | None:
        """The call that is changed; none where one is prepared."""
        return None

    def ask(self, form: CallForm, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        title = _("Change the call") if self.call else _("Prepare a call")
        below = [(str(self.call), reverse("staff-call-detail", args=[self.call.pk]))] if self.call else []
        crumbs = [(_("Calls for comments"), reverse("staff-call-list")), *below, (title, "")]
        context = {"form": form, "title": title, "call": self.call, "time_zones": sorted(time_zones())}
        return self.show("call_form", context, crumbs=crumbs, status=status)

    def save(self, form: CallForm, done: str) -> HttpResponse:
        """Store what was entered, or show the form with what is wrong."""
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            call = self.store(form)
        except Refused as refused:
            form.refuse(refused)
            return self.ask(form, status=refused.status)
        messages.success(self.request, done)
        return redirect("staff-call-detail", call.pk)

    def store(self, form: CallForm) -> Call:
        """Store the call."""
        if self.call:
            return services.change_call(call=self.call, **form.values())
        return services.create_call(**form.values())


class CallAddView(CallFormView):
    """Prepares a call."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show an empty form, for the draft that was named."""
        return self.ask(CallForm(initial={"draft": request.GET.get("draft")}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the call."""
        done = _("The call has been prepared. Only staff see it until it is opened.")
        return self.save(CallForm(request.POST), done)


class CallEditView(CallFormView):
    """Changes a call: all of it while it is in preparation, afterwards its title, its note and those invited."""

    @cached_property
    def call(self) -> Call:
        """The call, if there is one that can be changed."""
        calls = Call.objects.exclude(status=Call.Status.ARCHIVED).with_draft().prefetch_related("invited")
        return get_object_or_404(calls, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form with what stands."""
        return self.ask(CallForm(call=self.call))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store the changes."""
        return self.save(CallForm(request.POST, call=self.call), _("The call has been changed."))


class CallView(StaffView):
    """A page about one call."""

    @cached_property
    def call(self) -> Call:
        """The call."""
        calls = Call.objects.with_draft().with_early_opening()
        calls = calls.prefetch_related("invited__state", "invited__stakeholder", "invited__group")
        return get_object_or_404(calls, pk=self.kwargs["pk"])

    def crumbs(self, *below: Crumb) -> list[Crumb]:
        """Return the way to the call, and from it on to a page below."""
        url = reverse("staff-call-detail", args=[self.call.pk]) if below else ""
        return [(_("Calls for comments"), reverse("staff-call-list")), (str(self.call), url), *below]

    def survey(self) -> CallForStaff:
        """Return the call with its figures."""
        return survey_calls([self.call], at=timezone.now())[0]


class CallDetailView(CallView):
    """A call: what it says, where it stands, what came in unless it is sealed, and what can be done with it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        survey = self.survey()
        filed = Submission.objects.filed_for_staff(at=survey.at).filter(call=self.call)
        context = {"each": survey, "call": self.call, "filed": filed.count_by_status()}
        return self.show("call_detail", context, crumbs=self.crumbs())


@dataclass(frozen=True)
class CallAct:
    """Something that is done with a call, once it has been confirmed: what it is called, and what has been done then."""

    service: Callable[..., Any]
    template: str
    title: Promise
    done: Promise
    asks_when: bool = False


OPEN = CallAct(
    services.open_call, "call_open", gettext_lazy("Open this call"), gettext_lazy("The call has been opened.")
)
EXTEND = CallAct(
    services.extend_call,
    "call_extend",
    gettext_lazy("Extend this call"),
    gettext_lazy("The call has a new closing time."),
    asks_when=True,
)
CLOSE = CallAct(
    services.close_call, "call_close", gettext_lazy("Close this call now"), gettext_lazy("The call has been closed.")
)
ARCHIVE = CallAct(
    services.archive_call,
    "call_archive",
    gettext_lazy("Archive this call"),
    gettext_lazy("The call has been archived."),
)


class CallActView(CallView):
    """Asks whether something is to be done with a call, and does it."""

    act: ClassVar[CallAct] = OPEN

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what will happen, and ask."""
        return self.ask(ExtendForm(call=self.call) if self.act.asks_when else None)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or say why not."""
        form = ExtendForm(request.POST, call=self.call) if self.act.asks_when else None
        if form and not form.is_valid():
            return self.ask(form, status=422)
        try:
            self.act.service(call=self.call, **(form.cleaned_data if form else {}))
        except Refused as refused:
            return self.ask(form, refused=refused, status=refused.status)
        messages.success(request, str(self.act.done))
        return redirect("staff-call-detail", self.call.pk)

    def ask(self, form: ExtendForm | None, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
        """Show the question, with what was refused."""
        if form and refused:
            form.refuse(refused)
        context = {"call": self.call, "each": self.survey(), "form": form, "refused": refused, "title": self.act.title}
        crumbs = self.crumbs((str(self.act.title), ""))
        return self.show(self.act.template, context, crumbs=crumbs, status=status)
