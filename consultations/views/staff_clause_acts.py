"""Staff pages on which something is done with one clause: removing it, splitting it, merging it; and what was done with it."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from consultations.clause_editing import list_versions
from consultations.views.staff_editing import ClauseView, read_revision
from declaration.errors import Conflict, Refused
from declaration.languages import active_text_language
from declaration.models import Clause, Wording
from declaration.outline import choose_language, find_subtree, name_clause, read_clauses
from declaration.services import editing
from declaration.text.next_labels import suggest_label

MAX_CUTS: Final = 400
"""So many places are offered at which a text can be cut; of a longer one only the ends of its sentences."""

_SENTENCE_END: Final = re.compile(r"[.;:!?。；：！？؛؟،，,\n]+\s*")
_GAP: Final = re.compile(r"\s+|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_AROUND: Final = 35


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
