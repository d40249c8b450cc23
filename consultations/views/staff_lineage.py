"""Staff pages on which it is settled what the clauses of a draft in preparation come from, and the next draft is begun."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.forms.lineage import NextDraftForm, OriginForm
from consultations.views.staff_draft_forms import TypedIsGivenBack
from consultations.views.staff_drafts import DraftView
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES, active_text_language
from declaration.models import Clause, Descent, Draft
from declaration.origins import (
    OriginRow,
    Show,
    find_candidates,
    measure_progress,
    read_origins,
    select_clauses,
    with_origins,
)
from declaration.outline import choose_language, name_clause
from declaration.services.lineage import (
    list_unsettled,
    prepare_next_draft,
    propose_descents,
    settle_certain,
    settle_origin,
)

ROWS_A_PAGE: Final = 25

MAX_WANTED: Final = 200
"""Characters of what is searched for."""


class LineageView(DraftView):
    """A page about the lineage of a draft that supersedes another; for others there is none."""

    @cached_property
    def draft(self) -> Draft:
        """The draft."""
        draft: Draft = super().draft
        if draft.supersedes_id is None:
            raise Http404
        return draft

    @cached_property
    def show_choice(self) -> str:
        """Which clauses are listed."""
        wanted = self.request.GET.get("show", "")
        return wanted if wanted in Show.values else Show.ALL

    @cached_property
    def languages(self) -> list[str]:
        """The languages that words are compared in: the reader's, and another one that was asked for."""
        reading = choose_language(self.draft, self.request.GET.get("language") or active_text_language())
        other = self.request.GET.get("with", "")
        return [reading, other] if other in self.draft.languages and other != reading else [reading]

    @property
    def lineage_url(self) -> str:
        """The address of the list."""
        return reverse("staff-draft-lineage", args=[self.draft.ordinal])

    def settled_page(self, anchor: str = "") -> HttpResponse:
        """Lead back to the place on the list that the reader came from."""
        query = {name: self.request.POST.get(name, "")[:20] for name in ("show", "page", "with")}
        url = reverse(
            "staff-draft-lineage", args=[self.draft.ordinal], query={k: v for k, v in query.items() if v} or None
        )
        return redirect(f"{url}#{anchor}" if anchor else url)

    def shared_context(self) -> dict[str, Any]:
        """Return what both pages print."""
        return {
            "draft": self.draft,
            "older": self.draft.supersedes,
            "progress": measure_progress(self.draft),
            "show": self.show_choice,
            "with_language": self.languages[1] if len(self.languages) > 1 else "",
            "shown_languages": self.languages,
        }


class DraftLineageView(LineageView):
    """All clauses of a draft with what they are proposed to come from, and how far that is settled."""

    def get(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Show a page of them."""
        return self.page()

    def post(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Propose anew, or confirm all that is certain."""
        act = request.POST.get("act", "")
        try:
            if act == "propose":
                propose_descents(draft=self.draft)
                messages.success(request, _("What the clauses come from has been proposed."))
            elif act == "certain":
                self.tell_confirmed(settle_certain(draft=self.draft))
        except Refused as refused:
            return self.page(refused)
        return self.settled_page()

    def tell_confirmed(self, count: int) -> None:
        """Say how many were confirmed."""
        sentence = ngettext("%(count)d clause was confirmed.", "%(count)d clauses were confirmed.", count)
        messages.success(self.request, sentence % {"count": count})

    def page(self, refused: Refused | None = None) -> HttpResponse:
        """Show the list."""
        clauses = with_origins(select_clauses(self.draft, self.show_choice).select_related("draft"), *self.languages)
        listed = Paginator(clauses, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        is_dropped = self.show_choice == Show.DROPPED
        context = self.shared_context() | {
            "page_obj": listed,
            "rows": [OriginRow(clause, []) for clause in listed]
            if is_dropped
            else read_origins(listed, self.languages),
            "is_dropped": is_dropped,
            "shows": Show.choices,
            "choices": [(code, TEXT_LANGUAGES[code]) for code in self.draft.languages if code != self.languages[0]],
            "refused": refused,
        }
        crumbs = self.crumbs((_("Where clauses come from"), ""))
        return self.show("lineage", context, crumbs=crumbs, status=refused.status if refused else 200)


class ClauseOriginView(LineageView):
    """One clause beside what it comes from, which is confirmed or chosen here."""

    keeps_typed = False

    @cached_property
    def clause(self) -> Clause:
        """The clause."""
        clauses = Clause.objects.filter(draft=self.draft).select_related("draft")
        return get_object_or_404(with_origins(clauses, *self.draft.languages), eid=self.kwargs["eid"])

    def get(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Show it."""
        return self.page()

    def post(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Confirm what was chosen, and go on to the next clause that waits, or back to the list."""
        form = OriginForm(request.POST)
        ancestors = form.read_ancestors(self.draft)
        if not form.is_valid():
            return self.page(form, status=422)
        kind = form.cleaned_data["kind"]
        try:
            settle_origin(
                clause=self.clause,
                ancestors=[(each, kind) for each in ancestors],
                expected_revision=form.cleaned_data["revision"],
            )
        except Refused as refused:
            form.refuse(refused)
            # What stands now is shown, and confirming again is meant.
            del self.clause
            return self.page(form, status=refused.status)
        messages.success(request, _("Confirmed: %(clause)s.") % {"clause": name_clause(self.clause)})
        return self.go_on()

    def go_on(self) -> HttpResponse:
        """Lead to the next clause in reading order that has yet to be confirmed, or back to the list."""
        if self.request.POST.get("go") == "list":
            return self.settled_page(self.clause.eid)
        waiting = list_unsettled(self.draft)
        following = waiting.filter(position__gt=self.clause.position).first() or waiting.first()
        if following is None:
            return self.settled_page()
        return redirect("staff-clause-origin", self.draft.ordinal, following.eid)

    def page(self, form: OriginForm | None = None, *, status: int = 200) -> HttpResponse:
        """Show the clause beside its origins, with what else could be chosen."""
        [row] = read_origins([self.clause], self.draft.languages)
        wanted = self.request.GET.get("q", "").strip()[:MAX_WANTED]
        languages = [*self.languages, *(code for code in self.draft.languages if code not in self.languages)]
        ticked = form.ticked if form else {each.ancestor.eid for each in row.origins}
        context = self.shared_context() | {
            "row": row,
            "form": form,
            "candidates": [
                (each, each.eid in ticked) for each in find_candidates(self.draft, self.clause, wanted, languages[0])
            ],
            "wanted": wanted,
            "kinds": Descent.Kind.choices,
            "can_settle": not self.draft.is_published,
            "shown_languages": self.draft.languages,
        }
        crumbs = self.crumbs((_("Where clauses come from"), self.lineage_url), (row.name, ""))
        return self.show("clause_origin", context, crumbs=crumbs, status=status)


class NextDraftView(TypedIsGivenBack, DraftView):
    """Begins the draft that follows a published one, as a copy of it."""

    def get(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Show the form."""
        return self.page(NextDraftForm(initial={"languages": self.draft.languages, "stage": self.draft.stage}))

    def post(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Begin it."""
        form = NextDraftForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            draft = prepare_next_draft(draft=self.draft, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return self.page(form, status=refused.status)
        messages.success(request, _("The next draft has been begun as a copy. Now change its text."))
        return redirect("staff-draft-detail", draft.ordinal)

    def page(self, form: NextDraftForm, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = {"form": form, "title": _("Prepare the next draft"), "draft": self.draft}
        crumbs = self.crumbs((_("Prepare the next draft"), ""))
        return self.show("draft_next", context, crumbs=crumbs, status=status)
