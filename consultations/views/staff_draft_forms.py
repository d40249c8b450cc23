"""Staff pages on which a draft is begun, and what it says of itself is changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.desk import Difference
from consultations.forms.editing import DraftForm
from consultations.views.staff_access import StaffView
from consultations.views.staff_editing import PreparingView
from declaration.errors import Conflict, Refused
from declaration.models import Draft
from declaration.services import create_draft, editing
from declaration.views.pages import Crumb

_FIELDS = ("name", "stage", "languages", "supersedes", "document", "note", "is_illustrative")


class TypedIsGivenBack(StaffView):
    """A form with too many kinds of fields to be kept: who is signed out is given her words back, to be copied."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Give them back."""
        if request.method == "POST" and not request.user.is_authenticated:
            message = _("You are signed out. Copy what you typed, sign in again, and paste it.")
            raise Refused("signed_out", message, status=403)
        return super().dispatch(request, *args, **kwargs)


class DraftAddView(TypedIsGivenBack):
    """Begins a draft from nothing."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show an empty form, for the newest text there is."""
        newest = Draft.objects.order_by("-ordinal").first()
        initial = {"declaration": newest.declaration_id, "languages": newest.languages} if newest else {}
        return self.page(DraftForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin it; its text comes next."""
        form = DraftForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            draft = self._store(form)
        except Refused as refused:
            form.refuse(refused)
            return self.page(form, status=refused.status)
        messages.success(request, _("The draft has been begun. Bring in its text, or add its clauses one by one."))
        return redirect("staff-draft-detail", draft.ordinal)

    def _store(self, form: DraftForm) -> Draft:
        values = form.cleaned_data
        declaration = values["declaration"] or editing.begin_declaration(title=values["title"])
        return create_draft(declaration=declaration, **{name: values[name] for name in _FIELDS})

    def page(self, form: DraftForm, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        crumbs: list[Crumb] = [(_("Drafts"), reverse("staff-draft-list")), (_("Begin a draft"), "")]
        return self.show("draft_form", {"form": form, "title": _("Begin a draft")}, crumbs=crumbs, status=status)


class DraftEditView(TypedIsGivenBack, PreparingView):
    """Changes what a draft in preparation says of itself."""

    def get(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Show the form with what stands."""
        return self.page(DraftForm(initial=self._stored(), draft=self.draft))

    def post(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Store the changes; what a colleague changed meanwhile is shown first."""
        form = DraftForm(request.POST, draft=self.draft)
        if not form.is_valid():
            return self.page(form, status=422)
        values = {name: form.cleaned_data[name] for name in (*_FIELDS, "removes_wordings")}
        try:
            editing.change_draft(draft=self.draft, expected_revision=form.cleaned_data["revision"] or 0, **values)
        except Conflict as conflict:
            return self._conflict_page(form, conflict)
        except Refused as refused:
            form.refuse(refused)
            return self.page(form, status=refused.status)
        messages.success(request, _("The draft has been changed."))
        return redirect("staff-draft-detail", ordinal)

    def _conflict_page(self, form: DraftForm, conflict: Conflict) -> HttpResponse:
        """Show what differs; the form then carries the new revision, so that saving it again is meant."""
        data = form.data.copy()  # type: ignore[attr-defined] # a form's data is that of the request
        data["revision"] = conflict.current["revision"]
        again = DraftForm(data, draft=self.draft)
        again.refuse(conflict)
        stands = self._stored()
        differences = [
            Difference(again.fields[name].label or name, _shown(stands[name]), _shown(form.cleaned_data[name]), [])
            for name in _FIELDS
            if _shown(stands[name]) != _shown(form.cleaned_data[name])
        ]
        return self.page(again, status=conflict.status, differences=differences)

    def page(self, form: DraftForm, *, status: int = 200, **extra: Any) -> HttpResponse:
        """Show the form."""
        context = {"form": form, "title": _("Change this draft"), "draft": self.draft} | extra
        return self.show("draft_form", context, crumbs=self.crumbs((_("Change this draft"), "")), status=status)

    def crumbs(self, *below: Crumb) -> list[Crumb]:
        """Return the way to the draft, and from it on."""
        return super(PreparingView, self).crumbs(*below)

    def _stored(self) -> dict[str, Any]:
        stored: dict[str, Any] = {name: getattr(self.draft, name) for name in _FIELDS}
        return stored | {"revision": editing.read_draft_revision(self.draft)}


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{code}: {text}" for code, text in sorted(value.items()))
    return ", ".join(sorted(value)) if isinstance(value, list) else str(value or "")
