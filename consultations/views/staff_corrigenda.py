"""The staff page on which a corrigendum of a published clause is recorded."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.clause_editing import compare
from consultations.clause_values import plain
from consultations.forms.editing import CorrigendumForm
from consultations.views.desk_access import give_back, saved
from consultations.views.staff_drafts import DraftView
from declaration.corrigenda import corrigenda_of, read_corrections
from declaration.errors import Conflict, Refused
from declaration.languages import TEXT_LANGUAGES, active_text_language
from declaration.models import Clause
from declaration.outline import choose_language, name_clause
from declaration.services.corrigenda import describe_standing, issue_corrigendum
from declaration.translated import TranslatedText

_FIELDS = ("heading", "text", "reason", "document", "issued_on")


class CorrigendumAddView(DraftView):
    """Records how a published clause should read in one language (`?language=ar`), and why."""

    keeps_typed = True

    @cached_property
    def clause(self) -> Clause:
        """The clause, of a draft that is published."""
        clause = self.draft.clauses.filter(eid=self.kwargs["eid"]).first() if self.draft.is_published else None
        if clause is None:
            raise Http404
        return clause

    @cached_property
    def language(self) -> str:
        """The language that is corrected."""
        wanted = self.request.GET.get("language", "")
        return wanted if wanted in self.draft.languages else choose_language(self.draft, active_text_language())

    @cached_property
    def standing(self) -> dict[str, Any]:
        """What the clause reads now in that language, and the number of its newest corrigendum."""
        return describe_standing(self.clause, self.language)

    def get(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Show the form with the words as they stand."""
        typed = give_back(request)
        initial: dict[str, Any] = self.standing if typed is None else _typed(typed)
        return self.page(CorrigendumForm(initial=initial, language=self.language))

    def post(self, request: HttpRequest, ordinal: int, eid: str) -> HttpResponse:
        """Record it; `preview` shows what it changes and stores nothing."""
        form = CorrigendumForm(request.POST, language=self.language)
        if "preview" in request.POST:
            return self.page(CorrigendumForm(initial=_typed(request.POST), language=self.language), previewed=True)
        if not form.is_valid():
            return self.page(form, status=422)
        values = {name: form.cleaned_data[name] for name in _FIELDS}
        number = form.cleaned_data["number"]
        try:
            issue_corrigendum(clause=self.clause, language=self.language, expected_number=number, **values)
        except Conflict as conflict:
            return self._conflict_page(form, conflict)
        except Refused as refused:
            form.refuse(refused)
            return self.page(form, status=refused.status)
        messages.success(request, _("The corrigendum has been recorded. It is shown beside the text that it corrects."))
        return saved(redirect(f"{reverse('clause-detail', args=[ordinal, eid])}#corrigenda"), self.draft_key)

    @property
    def draft_key(self) -> str:
        """Under which the browser keeps a copy of the words until they are saved."""
        return f"corrigendum-{self.clause.pk}-{self.language}-{self.request.user.pk}"

    def _conflict_page(self, form: CorrigendumForm, conflict: Conflict) -> HttpResponse:
        data = form.data.copy()  # type: ignore[attr-defined] # a form's data is that of the request
        data["number"] = conflict.current["number"]
        self.__dict__.pop("standing", None)
        again = CorrigendumForm(data, language=self.language)
        again.refuse(conflict)
        return self.page(again, status=conflict.status)

    def page(self, form: CorrigendumForm, *, status: int = 200, previewed: bool = False) -> HttpResponse:
        """Show the form, with what it changes in what stands and what has been corrected before."""
        name = name_clause(self.clause)
        earlier = corrigenda_of(self.draft).filter(clause=self.clause)
        context = {
            "draft": self.draft,
            "clause": self.clause,
            "name": name,
            "form": form,
            "language": self.language,
            "languages": [(code, TEXT_LANGUAGES[code]) for code in self.draft.languages],
            "standing": self.standing,
            "preview": self._preview() if previewed or form.is_bound else None,
            "earlier": read_corrections(earlier),
            "draft_key": self.draft_key,
            "shown_languages": self.draft.languages,
        }
        crumbs = self.crumbs((_("Correct %(clause)s") % {"clause": name}, ""))
        return self.show("corrigendum_form", context, crumbs=crumbs, status=status)

    def _preview(self) -> list[tuple[str, Any]]:
        labels = {"heading": _("Heading as corrected"), "text": _("Text as corrected")}
        pairs = [(name, self.standing[name], plain(self.request.POST.get(name, ""))) for name in labels]
        return [(labels[name], compare(before, after)) for name, before, after in pairs if before != after]


def _typed(typed: Any) -> dict[str, Any]:
    values = dict(typed.items())
    reason = {name.removeprefix("reason_"): text for name, text in values.items() if name.startswith("reason_")}
    return values | {"reason": TranslatedText(reason)}
