"""Staff pages on which a draft's structure is changed: its outline, and adding and moving clauses."""

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from consultations.clause_values import read_wording, stored_values
from consultations.forms.editing import ClauseForm, MoveForm
from consultations.views.desk_access import give_back, saved
from consultations.views.staff_editing import ClauseView, PreparingView
from declaration.errors import Refused
from declaration.languages import active_text_language, direction
from declaration.models import Clause
from declaration.outline import choose_language, find_subtree, name_clause, read_clauses
from declaration.services import editing
from declaration.text.brackets import unbalanced_brackets
from declaration.text.next_labels import alternative_label, inserted_label, suggest_label

BELOW: Final = {
    "preamble": "preambular_paragraph",
    "part": "article",
    "section": "article",
    "article": "paragraph",
    "operative_paragraph": "subparagraph",
    "preambular_paragraph": "subparagraph",
    "paragraph": "subparagraph",
    "subparagraph": "item",
    "annex": "section",
}
"""What stands below a clause that has nothing below it yet."""


@dataclass(frozen=True)
class OutlineRow:
    """A clause in the outline: how it begins, what is missing, and the address that all that is done with it begins with."""

    clause: Clause
    depth: int
    name: str
    beginning: str
    language: str
    direction: str
    status: str
    missing: list[str]
    is_unbalanced: bool
    url: str

    @property
    def key(self) -> str:
        """What a button sends that moves it: which clause, and at which revision it was shown."""
        return f"{self.clause.pk}/{self.clause.revision}"


class OutlineView(PreparingView):
    """The draft's clauses one below another, each with what can be done with it; those buttons move it up and down."""

    def get(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Show it."""
        return self.show("outline", {"draft": self.draft, "rows": self._rows()}, crumbs=self.crumbs())

    def post(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Move a clause up or down among those beside it."""
        by, _colon, which = next(
            ((step, ":", request.POST[name]) for name, step in (("up", -1), ("down", 1)) if name in request.POST),
            (0, "", ""),
        )
        pk, _slash, revision = which.partition("/")
        clause = next((each for each in self.tree if str(each.pk) == pk), None)
        if not by or clause is None:
            return redirect(self.outline_url())
        try:
            expected = int(revision) if revision.isdecimal() and revision.isascii() else 0
            clause = editing.shift_clause(clause=clause, by=by, expected_revision=expected)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(self.outline_url(clause))

    def _rows(self) -> list[OutlineRow]:
        language = choose_language(self.draft, active_text_language())
        clauses = Clause.objects.filter(draft=self.draft).order_by("position").with_wordings()
        pattern = reverse("staff-clause-edit", args=[self.draft.ordinal, "eid"]).removesuffix("eid/")
        rows = []
        for line in read_clauses(clauses, language):
            words = {each.language: each for each in line.clause.wordings.all()}
            shown = line.wording or next(iter(words.values()), None)
            beginning = " ".join(filter(None, (shown.heading, shown.text))) if shown else ""
            rows.append(
                OutlineRow(
                    clause=line.clause,
                    depth=line.depth,
                    name=line.name,
                    beginning=Truncator(beginning).chars(160),
                    language=shown.language if shown else "",
                    direction=direction(shown.language) if shown else "",
                    status=line.clause.get_negotiating_status_display()
                    if line.clause.negotiating_status != Clause.NegotiatingStatus.OPEN
                    else "",
                    missing=[code for code in self.draft.languages if code not in words],
                    is_unbalanced=any(unbalanced_brackets(each.text) for each in words.values()),
                    url=f"{pattern}{line.eid}/",
                )
            )
        return rows


class ClauseAddView(PreparingView):
    """Adds a clause: `?beside=` names one that is there, `?place=` is before, after or into, `?as=alt` is an alternative."""

    keeps_typed = True

    @cached_property
    def beside(self) -> Clause | None:
        """The clause that the new one is put beside or below; none puts it at the end of the text."""
        wanted = self.request.POST.get("beside", self.request.GET.get("beside", ""))
        found = next((each for each in self.tree if each.eid == wanted), None)
        found = found or (self.find_moved(wanted) if wanted else None)
        if wanted and found is None:
            if self.request.method != "POST":
                raise Http404
            message = _("A colleague removed the clause beside which this one was to stand. Nothing was saved.")
            raise Refused("clause_unknown", message, status=409)
        return found

    @property
    def place(self) -> str:
        """Before or after it, or below it."""
        wanted = self.request.POST.get("place", self.request.GET.get("place", ""))
        return wanted if wanted in editing.PLACES else "after" if self.beside else "into"

    def get(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Show an empty form with the number that comes next, or the words of what the new one is an alternative to."""
        typed = give_back(request)
        return self.page(ClauseForm(initial=dict(typed) if typed else self._suggested(), draft=self.draft))

    def post(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Store it."""
        form = ClauseForm(request.POST, draft=self.draft)
        if "prefill" in request.POST:
            return self.page(ClauseForm(initial=form.values, draft=self.draft))
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            clause = self._store(form)
        except Refused as refused:
            form.refuse(refused)
            return self.page(form, status=refused.status)
        messages.success(request, _("%(clause)s has been added.") % {"clause": name_clause(clause)})
        return saved(redirect(self.outline_url(clause)), self.draft_key)

    def _store(self, form: ClauseForm) -> Clause:
        words = {
            code: read_wording(form.values, code)
            for code in self.draft.languages
            if form.values[f"{code}-heading"].strip() or form.values[f"{code}-text"].strip()
        }
        said = {name: form.cleaned_data[name] for name in ("kind", "label", "negotiating_status")}
        return editing.insert_clause(draft=self.draft, beside=self.beside, place=self.place, wordings=words, **said)

    @property
    def draft_key(self) -> str:
        """Under which the browser keeps a copy of the words until they are saved."""
        return f"new-clause-{self.draft.pk}-{self.beside.pk if self.beside else ''}-{self.request.user.pk}"

    def page(self, form: ClauseForm, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = {
            "draft": self.draft,
            "form": form,
            "beside": self.beside,
            "beside_name": name_clause(self.beside) if self.beside else "",
            "place": self.place,
            "draft_key": self.draft_key,
            "shown_languages": self.draft.languages,
        }
        return self.show("clause_add", context, crumbs=self.crumbs((_("Add a clause"), "")), status=status)

    def _suggested(self) -> dict[str, str]:
        beside = self.beside
        if beside is None:
            return {"kind": Clause.Kind.ARTICLE, "label": self._next("article", None)}
        if self.place == "into":
            below = [each for each in self.tree if each.parent_id == beside.pk]
            kind = below[-1].kind if below else BELOW.get(beside.kind, beside.kind)
            return {"kind": kind, "label": suggest_label(kind, below[-1].label, []) if below else _first(kind)}
        taken = [each.label for each in self.tree if each.parent_id == beside.parent_id and each.kind == beside.kind]
        wanted = self.request.GET.get("as", "")
        if wanted == "alt":
            words = stored_values(beside, self.draft.languages)
            return {**words, "label": alternative_label(beside.label, taken), "revision": "", "clause": ""}
        label = (
            suggest_label(beside.kind, beside.label, taken) if wanted != "bis" else inserted_label(beside.label, taken)
        )
        return {"kind": beside.kind, "label": label if self.place == "after" else ""}

    def _next(self, kind: str, behind: Clause | None) -> str:
        last = next((each for each in reversed(self.tree) if each.kind == kind), behind)
        return suggest_label(kind, last.label, []) if last else _first(kind)


def _first(kind: str) -> str:
    return {"subparagraph": "a", "item": "i", "part": "I", "preambular_paragraph": "", "preamble": "", "annex": ""}.get(
        kind, "1"
    )


class ClauseMoveView(ClauseView):
    """Moves a clause with all that stands below it."""

    def get(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Ask where to."""
        initial = {"revision": self.clause.revision, "place": "after"}
        return self.page(MoveForm(initial=initial, places=self._places()))

    def post(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Move it."""
        form = MoveForm(request.POST, places=self._places())
        if not form.is_valid():
            return self.page(form, status=422)
        beside = next(each for each in self.tree if each.eid == form.cleaned_data["beside"])
        try:
            clause = editing.move_clause(
                clause=self.clause,
                place=form.cleaned_data["place"],
                beside=beside,
                expected_revision=form.cleaned_data["revision"],
            )
        except Refused as refused:
            form.refuse(refused)
            return self.page(form, status=refused.status)
        messages.success(request, _("%(clause)s has been moved.") % {"clause": name_clause(clause)})
        return redirect(self.outline_url(clause))

    def page(self, form: MoveForm, *, status: int = 200) -> HttpResponse:
        """Show the question."""
        below = find_subtree(self.clause, self.tree)[1:]
        context = self.shown(form=form, title=_("Move"), below=below)
        return self.show("clause_move", context, crumbs=self.clause_crumbs((_("Move"), "")), status=status)

    def _places(self) -> list[tuple[str, str]]:
        own = {each.pk for each in find_subtree(self.clause, self.tree)}
        return [(each.eid, name_clause(each)) for each in self.tree if each.pk not in own]
