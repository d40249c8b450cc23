"""The page on which staff answer comments, fifty at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.answering import ROWS_A_PAGE, AnswerRow, AnswerSheet, with_answers
from consultations.filters import StaffCommentFilter
from consultations.forms.staff import clause_key, offer_choices
from consultations.models import Call, Comment, Delegation, Submission, User
from consultations.standing_cards import show_standings
from consultations.views.desk_access import take_typed
from consultations.views.staff_access import StaffView
from declaration.errors import Refused
from declaration.models import Clause, Draft
from declaration.outline import name_clause
from declaration.views.pages import offer_fields

FILTERS: Final = (
    "call",
    "within",
    "party",
    "category",
    "position",
    "assigned",
    "answer",
    "decision",
    "reply",
    "standing",
    "q",
)
"""The filters that the page offers; the others of the filter set work in its address too."""

NOTHING_DONE: Final = {
    "review": gettext_lazy("Nothing was reviewed: choose rows whose answers are not published."),
    "assign": gettext_lazy("Nothing was given to anybody: choose the rows first."),
    "publish": gettext_lazy("Nothing was published: choose rows whose answers are not published."),
    "publish-complete": gettext_lazy("Nothing was published: no answer on this page waits with a reason."),
    "retract": gettext_lazy("Nothing was retracted: choose rows whose answers are published."),
}
"""What is said where a button found nothing to do."""


class CommentsView(StaffView):
    """Comments in the order of the text, each with its answer, to be answered, published and retracted together."""

    keeps_typed = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with a page, or with one row of it where htmx asks."""
        response = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the comments, or what was typed before the session ended."""
        kept = take_typed(request)
        if kept is None:
            return self.show_sheet(AnswerSheet.blank(self.page, user=request.user))
        sheet = AnswerSheet.typed(kept, ids=kept.get("rows", ""), user=request.user)
        sheet.reread()
        return self.show_sheet(sheet)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the button that was pressed says, and show what could not be done."""
        one = request.POST.get("save-row", "")
        sheet = AnswerSheet.typed(request.POST, ids=one if self.is_fragment else self._ids(), user=request.user)
        self.act(sheet, one)
        if request.POST.get("act") == "retract" and sheet.retractable and not sheet.has_failed:
            return self.ask_to_retract(sheet)
        sheet.reread()
        if self.is_fragment:
            return self.show_row(sheet.find(one))
        self.tell(sheet)
        if sheet.has_failed or sheet.has_unsaved:
            return self.show_sheet(sheet, status=422 if sheet.has_failed else 200)
        return redirect(request.get_full_path())

    @property
    def is_fragment(self) -> bool:
        """Whether one row was sent, and only that row is wanted."""
        return bool(self.request.htmx) and "save-row" in self.request.POST  # type: ignore[attr-defined]

    def _ids(self) -> str:
        return self.request.POST.get("rows", "")

    def act(self, sheet: AnswerSheet, one: str) -> None:
        """Save one row or all that were touched, and then do what else was asked."""
        act = self.request.POST.get("act", "")
        if one:
            sheet.save(filter(None, [sheet.find(one)]))
            return
        if act == "retract-confirmed":
            sheet.retract()
            return
        if act == "assign":
            sheet.assign(find_assignee(self.request.POST.get("assign-to", "")))
        sheet.save([row for row in sheet.rows if act != "alike" or not row.form.is_ticked])
        further = {
            "alike": sheet.answer_alike,
            "publish": lambda: sheet.publish(sheet.ticked),
            "review": lambda: sheet.review(sheet.ticked),
            "publish-complete": sheet.publish_complete,
        }
        if act in further:
            further[act]()

    def show_row(self, row: AnswerRow | None) -> HttpResponse:
        """Show one row for itself."""
        if row is None:
            raise Http404
        show_standings([row])
        status = {"refused": 422, "conflict": 409}.get(row.outcome, 200)
        return render(self.request, "consultations/staff/_answer_row.html", {"row": row}, status=status)

    def ask_to_retract(self, sheet: AnswerSheet) -> HttpResponse:
        """Show what would be retracted, and ask."""
        crumbs = [(_("Comments"), self.request.get_full_path()), (_("Retract answers"), "")]
        return self.show("retract", {"rows": sheet.retractable}, crumbs=crumbs)

    def show_sheet(self, sheet: AnswerSheet, *, status: int = 200) -> HttpResponse:
        """Show rows, with the filters and what the inputs take their suggestions from."""
        show_standings(sheet.rows)
        drafts = {row.comment.submission.call.draft_id for row in sheet.rows}
        context = {
            "sheet": sheet,
            "page_obj": self.page,
            "filter_fields": offer_fields(self.filter, *FILTERS),
            "suggestions": list_suggestions(drafts),
            "colleagues": User.objects.filter(is_staff=True, is_active=True).order_by("email"),
            "is_filtered": any(self.request.GET.get(name) for name in self.filter.form.fields),
            "shown_languages": {row.comment.language for row in sheet.rows},
        }
        return self.show("comments", context, crumbs=[(_("Comments"), "")], status=status)

    @cached_property
    def filter(self) -> StaffCommentFilter:
        """The comments to be answered, narrowed as asked."""
        found = StaffCommentFilter(self.request.GET, queryset=Comment.objects.filed_for_staff(), request=self.request)
        standing = Submission.objects.filed_for_staff().filter(status=Submission.Status.SUBMITTED)
        offer_choices(
            found.form,
            calls=Call.objects.filter(submissions__in=standing).distinct(),
            parties=Delegation.objects.filter(submissions__in=standing).distinct().with_party(),
        )
        return found

    @cached_property
    def page(self) -> Page[Comment]:
        """The comments of this page."""
        return Paginator(with_answers(self.filter.qs), ROWS_A_PAGE).get_page(self.request.GET.get("page"))

    def tell(self, sheet: AnswerSheet) -> None:
        """Say how many rows were saved, published and retracted, or that there was nothing to do."""
        done = say_what_was_done(sheet)
        for sentence in done:
            messages.success(self.request, sentence)
        act = self.request.POST.get("act", "")
        if act in NOTHING_DONE and not (sheet.published or sheet.reviewed or sheet.assigned or sheet.has_failed):
            messages.warning(self.request, str(NOTHING_DONE[act]))
        elif not (done or sheet.has_failed):
            messages.info(self.request, _("Nothing was changed."))


def say_what_was_done(sheet: AnswerSheet) -> list[str]:
    """Return a sentence for each thing that was done with answers, with their number."""
    saved, published, retracted = len(sheet.saved), len(sheet.published), sheet.retracted
    reviewed, assigned = len(sheet.reviewed), sheet.assigned
    sentences = (
        (saved, ngettext("%(count)d answer was saved.", "%(count)d answers were saved.", saved)),
        (published, ngettext("%(count)d answer was published.", "%(count)d answers were published.", published)),
        (reviewed, ngettext("%(count)d answer was reviewed.", "%(count)d answers were reviewed.", reviewed)),
        (assigned, ngettext("%(count)d comment was handed on.", "%(count)d comments were handed on.", assigned)),
        (retracted, ngettext("%(count)d answer was retracted.", "%(count)d answers were retracted.", retracted)),
    )
    return [sentence % {"count": count} for count, sentence in sentences if count]


def find_assignee(email: str) -> User | None:
    """Return the one of the staff with that address, nobody for an empty one. Refused where there is none."""
    if not email:
        return None
    found: User | None = User.objects.filter(email__iexact=email, is_staff=True, is_active=True).first()
    if found is None:
        raise Refused("assignee_not_staff", _("Choose one of the mandate holder's staff."), field="assign-to")
    return found


@dataclass(frozen=True)
class Suggestion:
    """A clause that an input offers: as it is written there, and its name."""

    key: str
    eid: str
    name: str


def list_suggestions(draft_ids: Collection[int]) -> list[Suggestion]:
    """Return the clauses of drafts that were commented on and, before them, of the newest draft of each declaration."""
    shown = Draft.objects.filter(pk__in=draft_ids)
    newest = Draft.objects.filter(declaration__drafts__in=shown).order_by("declaration_id", "-ordinal")
    newest = newest.distinct("declaration_id")
    clauses = Clause.objects.filter(Q(draft__in=shown) | Q(draft__in=newest.values("pk"))).select_related("draft")
    return [
        Suggestion(clause_key(clause), clause.eid, f"{name_clause(clause)} ({clause.draft})")
        for clause in clauses.in_reading_order()
    ]
