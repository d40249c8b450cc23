"""Desk pages on which delegations are asked to stand behind a submission by name, and on which they answer."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import rules
from consultations.arrival import arrival_of
from consultations.desk import comments_in_text_order, read_comments
from consultations.forms.sponsors import AskForm
from consultations.models import CoSponsor, Membership
from consultations.services import sponsors
from consultations.views.desk_access import DeskView, SubmissionDeskView
from consultations.views.desk_submission import crumbs_of
from declaration.errors import Refused

COMMENTS_PER_PAGE: Final = 50

ANSWERS: Final[dict[str, tuple[Callable[..., CoSponsor], Promise]]] = {
    "join": (sponsors.join, gettext_lazy("Your delegation stands behind this submission now.")),
    "decline": (sponsors.decline, gettext_lazy("Your delegation has declined.")),
    "leave": (sponsors.leave, gettext_lazy("Your delegation no longer stands behind this submission.")),
}


class CoSponsorsView(SubmissionDeskView):
    """Who was asked to stand behind a submission, what they said, and the form that asks another."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it to the delegation's people."""
        return self._page(AskForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask a delegation, or take a request back."""
        if request.POST.get("take_back"):
            return self._take_back(request.POST["take_back"])
        form = AskForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            sponsors.ask_by_key(
                submission=self.submission,
                key=form.cleaned_data["delegation"],
                user=request.user,
                at=arrival_of(request),
            )
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        messages.success(request, _("It has been asked."))
        return redirect("desk-co-sponsors", pk)

    def _take_back(self, typed: str) -> HttpResponse:
        row = self.submission.co_sponsors.filter(pk=typed).first() if typed.isdecimal() and typed.isascii() else None
        if row is None:
            raise Http404
        try:
            sponsors.take_back(co_sponsor=row, user=self.request.user, at=arrival_of(self.request))
        except Refused as refused:
            messages.error(self.request, str(refused))
        else:
            messages.success(self.request, _("The request has been taken back."))
        return redirect("desk-co-sponsors", self.submission.pk)

    def _page(self, form: AskForm, *, status: int = 200) -> HttpResponse:
        submission = self.submission
        leads = rules.role_in(self.request.user, submission.delegation) == Membership.Role.FOCAL_POINT
        is_open = submission.call.is_open(at=timezone.now())
        context = {
            "submission": submission,
            "rows": submission.co_sponsors.with_party(),
            "form": form,
            "can_ask": leads and is_open and submission.status in sponsors.OFFERED,
            "can_take_back": leads and is_open and not submission.is_filed,
            "is_open": is_open,
            "crumbs": crumbs_of(submission, _("Co-sponsors")),
        }
        return render(self.request, "consultations/desk/co_sponsors.html", context, status=status)


class CoSponsorshipView(DeskView):
    """Another delegation's text that the person's delegation is asked to stand behind, to be read and answered."""

    @cached_property
    def row(self) -> CoSponsor:
        """What was asked of one of her delegations, while there is a text to be read."""
        offered = CoSponsor.objects.offered_to(self.request.user).with_submission()
        row: CoSponsor = get_object_or_404(offered, pk=self.kwargs["pk"])
        return row

    def acting_key(self) -> str:
        """The delegation is the one that is asked."""
        return self.row.delegation.key

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the text as it is cleared or filed."""
        submission = self.row.submission
        page = Paginator(comments_in_text_order(submission), COMMENTS_PER_PAGE).get_page(request.GET.get("page"))
        leads = rules.role_in(request.user, self.row.delegation) == Membership.Role.FOCAL_POINT
        context: dict[str, Any] = {
            "row": self.row,
            "submission": submission,
            "page_obj": page,
            "comments": read_comments(page.object_list),
            "attachments": list(submission.attachments.all()),
            "can_answer": leads and self.row.is_answerable(at=timezone.now()),
            "crumbs": [
                (_("My desk"), reverse("desk")),
                (str(self.row.delegation), reverse("desk-delegation", args=[self.row.delegation.key])),
                (_("Co-sponsorship"), ""),
            ],
        }
        return render(request, "consultations/desk/co_sponsorship.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Join, decline or leave."""
        service, done = ANSWERS.get(request.POST.get("act", ""), (None, ""))
        if service is None:
            raise Http404
        try:
            service(co_sponsor=self.row, user=request.user, at=arrival_of(request))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, str(done))
        return redirect("desk-co-sponsorship", pk)
