"""The working page of a submission, and what its people do with it as a whole."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import rules, services
from consultations.arrival import arrival_of
from consultations.changes import find_last_filing
from consultations.clearance import count_clearance, with_note_counts
from consultations.deadlines import deadline_in_words
from consultations.desk import comments_in_text_order, compare_versions, list_abilities, read_comments
from consultations.exporters.formats import EXPORTERS
from consultations.forms.desk import SubmissionForm
from consultations.models import Comment, Membership, Submission
from consultations.services import gate
from consultations.services.submissions import CONSENTS
from consultations.standing_cards import with_standings
from consultations.views.desk import list_members
from consultations.views.desk_access import SubmissionDeskView, give_back, saved
from declaration.errors import Conflict, Refused
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Draft

COMMENTS_PER_PAGE = 50
COMMENTS_TO_CONFIRM = 200
"""So many comments are listed on a page that asks whether all of them are to be filed; the others are on its next pages."""


class SubmissionView(SubmissionDeskView):
    """The working page: what is missing, what the submission says of itself, its comments, and what can be done."""

    keeps_typed = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; what was typed before the sign-in stands in the form again."""
        values = give_back(request) or self._stored()
        return self._page(self._form(initial=values))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save what the submission says of itself."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            services.describe_submission(
                submission=self.submission, user=request.user, at=arrival_of(request), **form.values()
            )
        except Conflict as conflict:
            return self._conflict_page(form, conflict)
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        messages.success(request, _("Saved."))
        return saved(redirect("desk-submission", pk), self._draft_key)

    def _form(self, *args: Any, **kwargs: Any) -> SubmissionForm:
        submission = self.submission
        on = timezone.now().date()
        return SubmissionForm(*args, call=submission.call, delegation=submission.delegation, on=on, **kwargs)

    @property
    def _draft_key(self) -> str:
        return f"submission-{self.submission.pk}-{self.request.user.pk}"

    def _stored(self) -> dict[str, Any]:
        group = self.submission.on_behalf_of
        stored = {name: getattr(self.submission, name) for name in SubmissionForm.base_fields}
        return stored | {"on_behalf_of": group.code if group else None}

    def _conflict_page(self, form: SubmissionForm, conflict: Conflict) -> HttpResponse:
        """Show both versions; the form then carries the new revision, so that saving again is a decision."""
        again = form.with_revision(conflict.current["revision"])
        again.refuse(conflict)
        differences = compare_versions(
            _shown({name: conflict.current[name] for name in SubmissionForm.base_fields}),
            _shown(form.cleaned_data | {"on_behalf_of": getattr(form.cleaned_data.get("on_behalf_of"), "code", "")}),
            labels=form.labels(),
            texts=("general_comment",),
        )
        return self._page(again, status=conflict.status, differences=differences)

    def _page(self, form: SubmissionForm, *, status: int = 200, **extra: Any) -> HttpResponse:
        submission, now = self.submission, timezone.now()
        page = Paginator(self._comments(), COMMENTS_PER_PAGE).get_page(self.request.GET.get("page"))
        context = {
            "form": form,
            "draft_key": self._draft_key,
            "can": list_abilities(self.request.user, submission, at=now),
            "page_obj": page,
            "comments": with_standings(read_comments(page.object_list)),
            "newer": self._newer(),
            "clearances": [] if submission.is_filed else count_clearance(submission),
            "clearance": self._clearance,
            "attachments": list(submission.attachments.all()),
            "exporters": EXPORTERS.items(),
            "crumbs": crumbs_of(submission),
        }
        context |= _context_of(submission, at=now) | extra
        return render(self.request, "consultations/desk/submission.html", context, status=status)

    @property
    def _clearance(self) -> str:
        """How the comments stand that the reader wants to see; empty for all of them."""
        wanted = self.request.GET.get("clearance", "")
        return wanted if wanted in Comment.Clearance.values and not self.submission.is_filed else ""

    def _comments(self) -> QuerySet[Comment]:
        comments = with_note_counts(comments_in_text_order(self.submission))
        return comments.filter(clearance=self._clearance) if self._clearance else comments

    def _newer(self) -> Draft | None:
        """Return the draft that is commented on here, where the delegation's last filing is on an earlier one."""
        draft: Draft = self.submission.call.draft
        filed = None if self.submission.is_filed else find_last_filing(self.submission.delegation)
        return draft if filed and filed.call.draft.ordinal < draft.ordinal else None


def _context_of(submission: Submission, *, at: dt.datetime) -> dict[str, Any]:
    """Return what pages about a submission as a whole say of it."""
    members = list_members(submission.delegation)
    missing = [] if submission.is_filed else services.list_missing(submission)
    return {
        "submission": submission,
        "members": members,
        "focal_points": [each.user for each in members if each.role == Membership.Role.FOCAL_POINT],
        "missing": [each for each in missing if not each.can_be_settled],
        "uncleared": next((each.message for each in missing if each.can_be_settled), ""),
        "takes_filing": rules.takes_filing(submission.call, at=at),
        "is_past_deadline": at >= submission.call.closes_at,
        "is_before_opening": at < submission.call.opens_at,
        "shown_languages": submission.call.languages,
    }


def _shown(values: dict[str, Any]) -> dict[str, str]:
    """Return what a submission says of itself as people read it."""
    words = {True: _("yes"), False: _("no")}
    shown = {
        name: words[value] if isinstance(value, bool) else "" if value is None else str(value)
        for name, value in values.items()
    }
    shown["language"] = TEXT_LANGUAGES.get(shown["language"], shown["language"])
    return shown


def crumbs_of(submission: Submission, *inner: str) -> list[tuple[str, str]]:
    """Return where a page about a submission stands."""
    delegation = submission.delegation
    here = reverse("desk-submission", args=[submission.pk]) if inner else ""
    return [
        (_("My desk"), reverse("desk")),
        (str(delegation), reverse("desk-delegation", args=[delegation.key])),
        (str(submission.call), here),
        *((label, "") for label in inner),
    ]


class ActView(SubmissionDeskView):
    """Something done with a submission as a whole: a page that says what will happen, and its button."""

    title: ClassVar[Promise]
    button: ClassVar[Promise]
    done: ClassVar[Promise]
    is_grave: ClassVar[bool] = False
    template_name = "consultations/desk/act.html"
    service: ClassVar[Callable[..., Any]]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what will happen, to those who may do it."""
        gate.refuse_unless_focal_point(request.user, self.submission)
        if not self.is_possible():
            return redirect("desk-submission", pk)
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, and lead back to the submission; a refusal is told there."""
        gate.refuse_unless_focal_point(request.user, self.submission)
        try:
            result = type(self).service(submission=self.submission, user=request.user, **self.arguments())
        except Conflict as conflict:
            del self.submission  # read it anew
            return self._page(status=conflict.status, problem=str(conflict))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("desk-submission", pk)
        messages.success(request, self.say_done(result))
        return self.lead_on()

    def is_possible(self) -> bool:
        """Whether the submission's status lets it be done at all."""
        raise NotImplementedError

    def arguments(self) -> dict[str, Any]:
        """Return what the service takes beside the submission and the person."""
        return {}

    def say_done(self, _result: Any) -> str:
        """Say what has been done."""
        return str(self.done)

    def lead_on(self) -> HttpResponse:
        """Lead to where the result is seen."""
        return redirect("desk-submission", self.submission.pk)

    def _page(self, *, status: int = 200, **extra: Any) -> HttpResponse:
        submission = self.submission
        comments = Paginator(comments_in_text_order(submission), COMMENTS_TO_CONFIRM)
        page = comments.get_page(self.request.GET.get("page"))
        context = {
            "title": self.title,
            "button": self.button,
            "is_grave": self.is_grave,
            "act": self.request.resolver_match.url_name if self.request.resolver_match else "",
            "comments": read_comments(page.object_list),
            "page_obj": page,
            "crumbs": crumbs_of(submission, str(self.title)),
        }
        context |= _context_of(submission, at=timezone.now()) | extra
        return render(self.request, self.template_name, context, status=status)


def read_revision(request: HttpRequest) -> int:
    """Return the revision that the person had before her when she confirmed; 0 where the page did not say."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and typed.isascii() else 0


def say_late(filed: Submission) -> str:
    """Say of a late filing when it was received and when its call closed, by the clocks that count and the reader's own."""
    message = _(
        "Your submission has been filed, as a late one. The call closed on %(closed)s. The server received your submission on"
        " %(received)s."
    )
    zone = filed.call.time_zone
    moments = {"closed": filed.call.closes_at, "received": filed.submitted_at or timezone.now()}
    return message % {name: deadline_in_words(moment, zone) for name, moment in moments.items()}


def clears_comments(request: HttpRequest) -> bool:
    """Whether the person said that the comments that are not cleared are cleared with this."""
    return request.POST.get("clear_comments") == "yes"


def read_consents(request: HttpRequest) -> dict[str, bool] | None:
    """Return what the person agreed to when she filed; nothing where the page did not ask her."""
    if request.POST.get("consents") != "asked":
        return None
    return {name: name in request.POST for name in CONSENTS}


class SubmitView(ActView):
    """Files a submission."""

    title = gettext_lazy("Submit")
    button = gettext_lazy("Submit now")
    done = gettext_lazy("Your submission has been filed.")
    template_name = "consultations/desk/submit.html"
    service = services.submit_submission

    def say_done(self, result: Submission) -> str:
        """Say that it was filed and, where it came too late to be in time, when it came and when the call had closed."""
        return say_late(result) if result.is_late else str(self.done)

    def is_possible(self) -> bool:
        """What is filed is not filed again."""
        return not self.submission.is_filed

    def arguments(self) -> dict[str, Any]:
        """What she read is what is filed, and what she clears is what she read."""
        return {
            "expected_revision": read_revision(self.request),
            "clear_comments": clears_comments(self.request),
            "consents": read_consents(self.request),
            "at": arrival_of(self.request),
        }


class ClearView(ActView):
    """Clears a submission."""

    title = gettext_lazy("Clear for submission")
    button = gettext_lazy("Clear it")
    done = gettext_lazy("It has been cleared.")
    service = services.clear_submission

    def is_possible(self) -> bool:
        """What is being written can be cleared."""
        return self.submission.status == Submission.Status.DRAFT

    def arguments(self) -> dict[str, Any]:
        """What she read is what is cleared, with its comments where she says so."""
        return {"expected_revision": read_revision(self.request), "clear_comments": clears_comments(self.request)}


class ReturnView(ActView):
    """Sends a cleared submission back."""

    title = gettext_lazy("Send back for changes")
    button = gettext_lazy("Send it back")
    done = gettext_lazy("It has been sent back: your delegation can change it again.")
    service = services.return_submission

    def is_possible(self) -> bool:
        """What was cleared can be sent back."""
        return self.submission.status == Submission.Status.CLEARED


class WithdrawView(ActView):
    """Withdraws what was filed."""

    title = gettext_lazy("Withdraw the submission")
    button = gettext_lazy("Withdraw it")
    done = gettext_lazy("Your submission has been withdrawn.")
    is_grave = True
    service = services.withdraw_submission

    def is_possible(self) -> bool:
        """What stands can be withdrawn."""
        return self.submission.status == Submission.Status.SUBMITTED


class DiscardView(ActView):
    """Throws away what was never filed."""

    title = gettext_lazy("Throw away what was written")
    button = gettext_lazy("Throw it away")
    done = gettext_lazy("What was written has been thrown away.")
    is_grave = True
    service = services.discard_submission

    def is_possible(self) -> bool:
        """Only what was never filed."""
        return not self.submission.is_filed

    def lead_on(self) -> HttpResponse:
        """The submission is gone: lead to its delegation."""
        return redirect("desk-delegation", self.submission.delegation.key)


class DownloadView(SubmissionDeskView):
    """A submission as a file."""

    def get(self, request: HttpRequest, pk: int, extension: str) -> HttpResponse:
        """Send the file, its labels in the page's language and every text in its own."""
        exporter = EXPORTERS.get(extension)
        if exporter is None:
            raise Http404
        content = exporter.render(self.submission)
        response = HttpResponse(content, content_type=exporter.content_type)
        response["Content-Disposition"] = f'attachment; filename="{file_name(self.submission, extension)}"'
        response["Content-Language"] = translation.get_language() or ""
        return response


def file_name(submission: Submission, extension: str) -> str:
    """Return a name that tells the files of several delegations, calls and filings apart: `XAA-call-3-filing-12.docx`."""
    word = "filing" if submission.is_filed else "draft"
    return f"{submission.delegation.key}-call-{submission.call_id}-{word}-{submission.pk}.{extension}"
