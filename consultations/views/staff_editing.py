"""What the pages on which staff write a draft in preparation have in common; the outline; the page of one clause."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.clause_editing import Panel, list_panels, list_versions
from consultations.clause_values import Settled, Values, save_values, settle, stored_values
from consultations.forms.editing import ClauseForm
from consultations.views.desk_access import give_back, saved
from consultations.views.staff_drafts import DraftView
from declaration.errors import Conflict, Refused
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Draft
from declaration.outline import find_ancestors, name_clause
from declaration.services import editing
from declaration.text.brackets import enclose, release
from declaration.views.pages import Crumb

CLAUSE_MISSING: Final = -1


class PreparingView(DraftView):
    """A page on which a draft in preparation is changed."""

    @cached_property
    def draft(self) -> Draft:
        """The draft. Refused where it is published, with what was typed given back."""
        draft: Draft = super().draft
        if draft.is_published:
            message = _(
                "This draft is published: its clauses never change. Record a corrigendum on its page, or begin a new draft."
            )
            raise Refused("draft_published", message, status=409)
        return draft

    @cached_property
    def tree(self) -> list[Clause]:
        """The draft's clauses in reading order."""
        return list(self.draft.clauses.order_by("position"))

    def find_moved(self, eid: str) -> Clause | None:
        """Return the clause that had this identifier before its number or its place was changed."""
        model = Clause.pgh_event_models["insert"]  # type: ignore[attr-defined] # from pghistory
        had = (
            model.objects.filter(draft_id=self.draft.pk, eid=eid)
            .order_by("-pgh_id")
            .values_list("pgh_obj_id", flat=True)
        )
        known = {each.pk: each for each in self.tree}
        return next((known[pk] for pk in had[:50] if pk in known), None)

    def outline_url(self, clause: Clause | None = None) -> str:
        """Return the address of the outline, at a clause."""
        url = reverse("staff-draft-outline", args=[self.draft.ordinal])
        return f"{url}#{clause.eid}" if clause else url

    def crumbs(self, *below: Crumb) -> list[Crumb]:
        """Return the way to the draft's outline, and from it on to a page below."""
        return super().crumbs((_("Edit the text"), self.outline_url() if below else ""), *below)


class ClauseView(PreparingView):
    """A page about one clause of a draft in preparation."""

    @cached_property
    def clause(self) -> Clause:
        """The clause, under the identifier it has now, or had when the page was read."""
        found = next((each for each in self.tree if each.eid == self.kwargs["eid"]), None)
        if found is None:
            raise Http404
        return found

    def clause_crumbs(self, *below: Crumb) -> list[Crumb]:
        """Return the way to the clause, through those that it stands in, and from it on."""
        around = [
            (name_clause(each), self.clause_url("staff-clause-edit", each))
            for each in find_ancestors(self.clause, self.tree)
        ]
        own = self.clause_url("staff-clause-edit") if below else ""
        return self.crumbs(*around, (name_clause(self.clause), own), *below)

    def clause_url(self, name: str, clause: Clause | None = None) -> str:
        """Return the address of a page about a clause, this one unless said."""
        return reverse(name, args=[self.draft.ordinal, (clause or self.clause).eid])

    def shown(self, **extra: Any) -> dict[str, Any]:
        """Return what every page about a clause prints."""
        return {"draft": self.draft, "clause": self.clause, "name": name_clause(self.clause)} | extra


def read_revision(request: HttpRequest, name: str = "revision") -> int:
    """Return the revision that a form was read at; one that nothing has where it says none."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 9 else CLAUSE_MISSING  # noqa: PLR2004


@dataclass(frozen=True)
class Clash:
    """A field that two people changed: what stands now, what this person typed, and both together where that can be."""

    name: str
    label: str
    language: str
    theirs: str
    yours: str
    base: str
    combined: str | None

    @property
    def is_text(self) -> bool:
        """Whether it holds words, of which a redline can be made."""
        return self.name.endswith(("-text", "-heading"))


class ClauseEditView(ClauseView):
    """A clause in all languages of its draft, one beside another, with what is typed redlined against what stands.

    Its buttons: `preview` shows the redlines, `bracket` and `release` put the text into square brackets and take them away,
    `take` and `combine` settle a field that a colleague changed too; none of them stores anything. `save` is "stay", "next"
    or anything else.
    """

    keeps_typed = True

    @cached_property
    def clause(self) -> Clause:
        """The clause: of a form that was sent the one that it was about, whatever that is called by now."""
        wanted = self.request.POST.get("clause", "")
        found = next((each for each in self.tree if str(each.pk) == wanted), None) if wanted else None
        if found is None and not wanted:
            found = next((each for each in self.tree if each.eid == self.kwargs["eid"]), None)
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Show the clause as it stands, or what was typed before the session ended."""
        typed = give_back(request)
        moved = None if typed or any(each.eid == eid for each in self.tree) else self.find_moved(eid)
        if moved:
            return redirect("staff-clause-edit", ordinal, moved.eid)
        if typed:
            return self.page(self.form(dict(typed)))
        return self.page(self.form(stored_values(self.clause, self.draft.languages)))

    def post(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Do what the button says that was pressed."""
        self._refuse_lost_language()
        form = ClauseForm(request.POST, draft=self.draft)
        if not any(str(each.pk) == request.POST.get("clause") for each in self.tree):
            return self._removed(form)
        for act in ("bracket", "release"):
            if act in request.POST:
                return self.page(self.form(self._bracketed(form, enclosed=act == "bracket")))
        if "preview" in request.POST:
            return self.page(self.form(form.values))
        if "take" in request.POST or "combine" in request.POST:
            return self._clashed(form.values | self._read_before(form), status=200)
        settled = settle(self.clause, self.draft.languages, form.values)
        if settled.clashes:
            return self._clashed(form.values)
        return self._save(settled.values) if form.is_valid() else self.page(form, status=422)

    def form(self, values: Mapping[str, str]) -> ClauseForm:
        """Return a form with values that nobody has judged yet."""
        return ClauseForm(initial=dict(values), draft=self.draft)

    def page(self, form: ClauseForm, *, status: int = 200, **extra: Any) -> HttpResponse:
        """Show the form; to htmx only the redlines."""
        template = "_clause_previews" if getattr(self.request, "htmx", False) else "clause_edit"
        context = self.shown(form=form, panels=self._panels(form), draft_key=self.draft_key, **extra)
        context["shown_languages"] = self.draft.languages
        context["following"] = editing.find_following(self.clause)
        response = self.show(template, context, crumbs=self.clause_crumbs(), status=status)
        patch_vary_headers(response, ["HX-Request"])
        return response

    @property
    def draft_key(self) -> str:
        """Under which the browser keeps a copy of the words until they are saved."""
        return f"clause-{self.clause.pk}-{self.request.user.pk}"

    def _panels(self, form: ClauseForm) -> list[Panel]:
        return list_panels(self.clause, form)

    def _refuse_lost_language(self) -> None:
        """Give back what was typed where a colleague took one of its languages off the draft meanwhile."""
        for code, name in TEXT_LANGUAGES.items():
            if code not in self.draft.languages and self.request.POST.get(f"{code}-text", "").strip():
                message = _("A colleague took this language off the draft meanwhile: %(language)s. Nothing was saved.")
                raise Refused("language_unknown", message % {"language": name}, status=409)

    def _bracketed(self, form: ClauseForm, *, enclosed: bool) -> Values:
        change = enclose if enclosed else release
        status = Clause.NegotiatingStatus.BRACKETED if enclosed else Clause.NegotiatingStatus.OPEN
        texts = {name: change(value.strip()) for name, value in form.values.items() if name.endswith("-text")}
        return form.values | texts | {"negotiating_status": status}

    def _save(self, values: Values) -> HttpResponse:
        try:
            clause = save_values(self.clause, self.draft.languages, values)
        except Conflict:
            return self._clashed(values)
        except Refused as refused:
            form = ClauseForm(values, draft=self.draft)
            form.refuse(refused)
            return self.page(form, status=refused.status)
        messages.success(self.request, _("%(clause)s has been saved.") % {"clause": name_clause(clause)})
        return saved(self._lead_on(clause), self.draft_key)

    def _lead_on(self, clause: Clause) -> HttpResponse:
        button = self.request.POST.get("save", "")
        following = self.draft.clauses.filter(position__gt=clause.position).order_by("position").first()
        target = {"stay": clause, "next": following}.get(button)
        return (
            redirect("staff-clause-edit", self.draft.ordinal, target.eid)
            if target
            else redirect(self.outline_url(clause))
        )

    def _clashed(self, typed: Values, *, status: int = 409) -> HttpResponse:
        """Show what both changed side by side; the form then carries what stands now, so that saving is meant."""
        languages, posted = self.draft.languages, self.request.POST
        settled, stored = settle(self.clause, languages, typed), stored_values(self.clause, languages)
        values, open_clashes = dict(settled.values), []
        for name in settled.clashes:
            theirs = stored.get(name, "")
            combined = settled.combined(name, theirs) if posted.get("combine") == name else None
            if posted.get("take") in (name, "all"):
                values[name] = theirs
            elif combined is not None:
                values[name] = combined
            else:
                open_clashes.append(name)
        form = self.form(values)
        extra = {
            "clashes": [self._clash(form, settled, name, stored.get(name, "")) for name in open_clashes],
            "read_before": {f"was-{name}": typed[name] for name in typed if name.endswith("revision")},
            "last_change": next(iter(list_versions(self.clause)), None),
        }
        return self.page(form, status=status, **extra)

    def _read_before(self, form: ClauseForm) -> Values:
        """Return the revisions at which the clause was read before a colleague changed it."""
        return {
            name: self.request.POST.get(f"was-{name}", form.values[name])
            for name in form.values
            if name.endswith("revision")
        }

    def _clash(self, form: ClauseForm, settled: Settled, name: str, theirs: str) -> Clash:
        code = name.partition("-")[0] if name.endswith(("-text", "-heading", "-authenticity")) else ""
        return Clash(
            name=name,
            label=str(form.fields[name].label) if name in form.fields else name,
            language=code,
            theirs=theirs,
            yours=settled.values[name],
            base=settled.base.get(name, ""),
            combined=settled.combined(name, theirs),
        )

    def _removed(self, form: ClauseForm) -> HttpResponse:
        """Show what was typed for a clause that a colleague removed meanwhile."""
        context = {"draft": self.draft, "values": form.values, "form": form, "shown_languages": self.draft.languages}
        return self.show("clause_removed", context, crumbs=self.crumbs((_("Removed meanwhile"), "")), status=409)
