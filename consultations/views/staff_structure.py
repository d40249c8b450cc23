"""Staff pages on which a draft's structure is changed: its outline, and adding, moving, splitting, merging, removing clauses."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from consultations.clause_editing import list_versions
from consultations.clause_values import read_wording, stored_values
from consultations.forms.editing import ClauseForm, MoveForm
from consultations.views.desk_access import give_back, saved
from consultations.views.staff_editing import ClauseView, PreparingView, read_revision
from declaration.errors import Conflict, Refused
from declaration.languages import active_text_language
from declaration.models import Clause, Wording
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

MAX_CUTS: Final = 400
"""So many places are offered at which a text can be cut; of a longer one only the ends of its sentences."""

_SENTENCE_END: Final = re.compile(r"[.;:!?。；：！？؛؟،，,\n]+\s*")
_GAP: Final = re.compile(r"\s+|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_AROUND: Final = 35


@dataclass(frozen=True)
class OutlineRow:
    """A clause in the outline: how it begins, what is missing, and the address that all that is done with it begins with."""

    clause: Clause
    depth: int
    name: str
    beginning: str
    language: str
    missing: list[str]
    is_unbalanced: bool
    url: str


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
        if wanted and found is None:
            raise Http404
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


class ClauseActView(ClauseView):
    """Asks whether something is to be done with a clause, showing what will come of it, and does it."""

    template = ""

    @property
    def title(self) -> str:
        """What is to be done."""
        raise NotImplementedError

    def act(self) -> HttpResponse:
        """Do it."""
        raise NotImplementedError

    def details(self) -> dict[str, Any]:
        """Return what the question shows."""
        return {}

    def get(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Ask."""
        return self.page()

    def post(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Do it, or say why not; what a colleague changed meanwhile is shown first."""
        try:
            return self.act()
        except Refused as refused:
            self.__dict__.pop("tree", None)
            if isinstance(refused, Conflict) and not refused.current:
                messages.info(request, _("This clause had been removed already."))
                return redirect(self.outline_url())
            return self.page(refused)

    def page(self, refused: Refused | None = None) -> HttpResponse:
        """Show the question, with what was refused."""
        context = self.shown(title=self.title, refused=refused) | self.details()
        context["shown_languages"] = self.draft.languages
        crumbs = self.clause_crumbs((self.title, ""))
        return self.show(self.template, context, crumbs=crumbs, status=refused.status if refused else 200)


class ClauseRemoveView(ClauseActView):
    """Removes a clause with all that stands below it."""

    template = "clause_remove"

    @property
    def title(self) -> str:
        """What is to be done."""
        return _("Remove this clause")

    def details(self) -> dict[str, Any]:
        """Return the clauses that would go."""
        own = [each.pk for each in find_subtree(self.clause, self.tree)]
        clauses = Clause.objects.filter(pk__in=own).order_by("position").with_wordings()
        return {"lines": read_clauses(clauses, choose_language(self.draft, active_text_language()))}

    def act(self) -> HttpResponse:
        """Remove them."""
        editing.remove_clause(clause=self.clause, expected_revision=read_revision(self.request))
        messages.success(self.request, _("The clause has been removed. The audit trail keeps it."))
        return redirect(self.outline_url())


class ClauseMergeView(ClauseActView):
    """Makes one clause of a clause and the one behind it."""

    template = "clause_merge"

    @property
    def title(self) -> str:
        """What is to be done."""
        return _("Merge with the next")

    def details(self) -> dict[str, Any]:
        """Return the two, as they stand."""
        following = editing.find_following(self.clause)
        return {
            "following": following,
            "following_name": name_clause(following) if following else "",
            "pairs": _pair_words(self.clause, following) if following else [],
        }

    def act(self) -> HttpResponse:
        """Merge them."""
        languages = self.draft.languages
        clause = editing.merge_clauses(
            clause=self.clause,
            expected_revision=read_revision(self.request),
            following_revision=read_revision(self.request, "following"),
            expected_revisions={code: max(read_revision(self.request, f"{code}-revision"), 0) for code in languages},
            following_revisions={code: max(read_revision(self.request, f"{code}-following"), 0) for code in languages},
        )
        messages.success(self.request, _("The two clauses are one now. Look at the seam."))
        return redirect("staff-clause-edit", self.draft.ordinal, clause.eid)


@dataclass(frozen=True)
class Pair:
    """The words of two clauses in one language."""

    language: str
    first: Wording | None
    second: Wording | None


def _pair_words(first: Clause, second: Clause) -> list[Pair]:
    ours, theirs = ({each.language: each for each in clause.wordings.all()} for clause in (first, second))
    return [Pair(code, ours.get(code), theirs.get(code)) for code in first.draft.languages if code in {*ours, *theirs}]


@dataclass(frozen=True)
class Cuts:
    """The places at which a text in one language can be cut, each with the words around it, and the one that is chosen."""

    wording: Wording
    places: list[tuple[int, str, str]]
    chosen: int


class ClauseSplitView(ClauseActView):
    """Makes two clauses of one, cut at a place that is chosen for each language."""

    template = "clause_split"

    @property
    def title(self) -> str:
        """What is to be done."""
        return _("Split this clause")

    def details(self) -> dict[str, Any]:
        """Return the places where each text can be cut, and the number that the second clause may have."""
        taken = [each.label for each in self.tree if each.parent_id == self.clause.parent_id]
        suggested = suggest_label(self.clause.kind, self.clause.label, taken)
        return {
            "cuts": [self._cuts(wording) for wording in self.clause.wordings.order_by("language") if wording.text],
            "label": self.request.POST.get("label", suggested),
        }

    def act(self) -> HttpResponse:
        """Split it."""
        wordings = list(self.clause.wordings.all())
        first, second = editing.split_clause(
            clause=self.clause,
            at={each.language: read_revision(self.request, f"{each.language}-at") for each in wordings},
            label=self.request.POST.get("label", ""),
            expected_revision=read_revision(self.request),
            expected_revisions={
                each.language: read_revision(self.request, f"{each.language}-revision") for each in wordings
            },
        )
        said = _("Split into %(first)s and %(second)s.")
        messages.success(self.request, said % {"first": name_clause(first), "second": name_clause(second)})
        return redirect(self.outline_url(first))

    def _cuts(self, wording: Wording) -> Cuts:
        text = wording.text
        ends = [match.end() for match in _SENTENCE_END.finditer(text) if match.end() < len(text)]
        gaps = [match.end() for match in _GAP.finditer(text)]
        chosen = read_revision(self.request, f"{wording.language}-at")
        offered = gaps if 0 < len(gaps) <= MAX_CUTS else ends[:MAX_CUTS]
        places = [(at, _before(text, at), _behind(text, at)) for at in sorted({*offered, *ends[:MAX_CUTS]})]
        return Cuts(wording, places, chosen if chosen >= 0 else next(iter(ends), offered[0] if offered else 0))


def _before(text: str, at: int) -> str:
    """Return the words before a place: whole ones, but for Chinese, which has no spaces."""
    piece = text[max(0, at - _AROUND) : at]
    if at > _AROUND and not text[at - _AROUND - 1].isspace():
        piece = piece.partition(" ")[2] or piece
    return f"{'…' if at > _AROUND else ''}{' '.join(piece.split())}"


def _behind(text: str, at: int) -> str:
    """Return the words behind a place, in the same way."""
    piece = text[at : at + _AROUND]
    goes_on = at + _AROUND < len(text)
    if goes_on and not text[at + _AROUND].isspace():
        piece = piece.rpartition(" ")[0] or piece
    return f"{' '.join(piece.split())}{'…' if goes_on else ''}"


class ClauseHistoryView(ClauseView):
    """Who changed what of a clause in preparation, and when."""

    def get(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Show it, the newest first."""
        context = self.shown(versions=list_versions(self.clause), shown_languages=self.draft.languages)
        return self.show("clause_history", context, crumbs=self.clause_crumbs((_("History of changes"), "")))
