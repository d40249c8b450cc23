"""Staff pages on which texts are brought in: all imports, a new one, its preview, and bringing it in or giving it up."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.forms.imports import NewImportForm, TextsForm, whole_number
from consultations.imports import ImportSheet, changes_since
from consultations.views.staff_access import StaffView
from declaration.errors import Conflict, Refused
from declaration.import_preview import ImportPreview
from declaration.models import ImportedText, TextImport
from declaration.services import imports
from declaration.views.pages import Crumb

IMPORTS_A_PAGE: Final = 50


def target_url(text_import: TextImport) -> str:
    """Return the page of the draft or the document that an import goes to, or went to."""
    if text_import.draft is not None:
        return reverse("staff-draft-detail", args=[text_import.draft.ordinal])
    return reverse("document-detail", args=[text_import.document.slug if text_import.document else ""])


class ImportListView(StaffView):
    """All imports, the newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        texts = Prefetch(
            "texts", ImportedText.objects.only("text_import", "language", "file_name").order_by("position")
        )
        found = TextImport.objects.select_related("draft", "document").prefetch_related(texts)
        page = Paginator(found, IMPORTS_A_PAGE).get_page(request.GET.get("page"))
        return self.show("imports/list", {"page_obj": page, "imports": page}, crumbs=[(_("Imports"), "")])


class TextsView(StaffView):
    """A page with a form for files and pasted texts."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Give back what was pasted to somebody whose session ended meanwhile."""
        if request.method == "POST" and not request.user.is_authenticated:
            message = _("You are signed out. Copy what you typed, sign in again, and paste it.")
            raise Refused("signed_out", message, status=403)
        return super().dispatch(request, *args, **kwargs)

    def store(self, form: TextsForm, text_import: TextImport) -> None:
        """Read each file and text that was sent. Refused, with its field, for the first that cannot be taken."""
        for given in form.read_texts():
            try:
                imports.add_text(
                    text_import=text_import, data=given.data, file_name=given.file_name, language=given.language
                )
            except Refused as refused:
                field = f"language_{given.field.rpartition('_')[2]}" if refused.field == "language" else given.field
                raise Refused(refused.code, refused.message, field=field, status=refused.status) from refused


class ImportAddView(TextsView):
    """Begins an import: where to, and the texts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show an empty form, for the draft or document that was named."""
        draft, document = request.GET.get("draft", ""), request.GET.get("document", "")
        target = f"draft-{draft}" if draft else f"document-{document}" if document else ""
        return self.ask(NewImportForm(initial={"target": target}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the texts, all of them or none."""
        form = NewImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            with transaction.atomic():
                text_import = imports.begin_import(**form.target())  # type: ignore[arg-type]
                self.store(form, text_import)
        except Refused as refused:
            form.refuse(refused)
            return self.ask(form, status=refused.status)
        return redirect("staff-import-detail", text_import.pk)

    def ask(self, form: NewImportForm, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        crumbs = [(_("Imports"), reverse("staff-import-list")), (_("Bring in a text"), "")]
        return self.show("imports/new", {"form": form, "title": _("Bring in a text")}, crumbs=crumbs, status=status)


class ImportView(StaffView):
    """A page about one import."""

    @cached_property
    def text_import(self) -> TextImport:
        """The import."""
        imports_found = TextImport.objects.select_related("draft__declaration", "document")
        return get_object_or_404(imports_found, pk=self.kwargs["pk"])

    def crumbs(self, *below: Crumb) -> list[Crumb]:
        """Return the way to the import, and from it on to a page below."""
        url = reverse("staff-import-detail", args=[self.text_import.pk]) if below else ""
        return [(_("Imports"), reverse("staff-import-list")), (str(self.text_import), url), *below]

    def text_in(self, language: str) -> ImportedText:
        """Return the text in a language. Raises `Http404` where there is none."""
        return get_object_or_404(self.text_import.texts, language=language)

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what all pages of an import print."""
        return {"text_import": self.text_import, "target_url": target_url(self.text_import), **more}


class ImportDetailView(ImportView):
    """The preview: the clauses with their languages side by side, and what should be looked at."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.preview()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a line in, take the last correction back, or take a whole text out."""
        try:
            where = self.act(request.POST)
        except Conflict as conflict:
            return self.preview(conflict, changes=self.changes(request.POST))
        except Refused as refused:
            return self.preview(refused)
        return redirect(reverse("staff-import-detail", args=[pk]) + where)

    def act(self, data: Mapping[str, str]) -> str:
        """Do what a button of the page asks for, and return where on the page to go on."""
        text = self.text_in(data.get("language", ""))
        revision = whole_number(data.get("revision", "")) or 0
        match data.get("act"):
            case "undo":
                imports.undo_correction(text=text, expected_revision=revision)
            case "remove":
                imports.remove_text(text=text, expected_revision=revision)
                messages.success(self.request, _("The text has been taken out of this import."))
                return ""
            case _:
                correction = {"op": "take_in", "line": whole_number(data.get("line", ""))}
                imports.correct_text(text=text, correction=correction, expected_revision=revision)
                return f"?with={text.language}#left-out-{text.language}"
        return f"?with={text.language}#text-{text.language}"

    def changes(self, data: Mapping[str, str]) -> list[str]:
        """Say what colleagues did meanwhile to the text that was about to be changed."""
        text = self.text_import.texts.filter(language=data.get("language", "")).first()
        return changes_since(text, whole_number(data.get("count", "")) or 0) if text else []

    def preview(self, refused: Refused | None = None, *, changes: list[str] | None = None) -> HttpResponse:
        """Show the import as it stands."""
        self.text_import.refresh_from_db(fields=["status", "revision", "updated_at"])
        status = refused.status if refused else 200
        context = self.context(refused=refused, changes=changes)
        if self.text_import.status != TextImport.Status.OPEN:
            return self.show("imports/settled", context, crumbs=self.crumbs(), status=status)
        read = imports.read_import(self.text_import)
        sheet = ImportSheet(read, self.request.GET)
        context |= {"preview": read, "sheet": sheet, "shown_languages": sheet.languages, "page_obj": sheet.page}
        return self.show("imports/detail", context, crumbs=self.crumbs(), status=status)


class ImportTextsView(ImportView, TextsView):
    """Adds texts in further languages."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show an empty form."""
        return self.ask(TextsForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read the texts, all of them or none."""
        form = TextsForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            with transaction.atomic():
                self.store(form, self.text_import)
        except Refused as refused:
            form.refuse(refused)
            return self.ask(form, status=refused.status)
        return redirect("staff-import-detail", self.text_import.pk)

    def ask(self, form: TextsForm, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        title = _("Add another language")
        return self.show(
            "imports/new", self.context(form=form, title=title), crumbs=self.crumbs((title, "")), status=status
        )


class ImportCommitView(ImportView):
    """Asks whether a text is to be brought in, and does it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what will happen, and ask."""
        return self.ask()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Bring it in, wholly, or say why not."""
        try:
            imports.commit_import(
                text_import=self.text_import, expected_revision=whole_number(request.POST.get("revision", "")) or 0
            )
        except Refused as refused:
            return self.ask(refused)
        messages.success(request, _("The text has been brought in."))
        return redirect(target_url(self.text_import))

    def ask(self, refused: Refused | None = None) -> HttpResponse:
        """Show the question with what will be stored, and with what was refused."""
        self.text_import.refresh_from_db(fields=["status", "revision", "updated_at"])
        title = _("Bring this text in")
        context = self.context(title=title, refused=refused, summary=self.summary)
        crumbs = self.crumbs((title, ""))
        return self.show("imports/commit", context, crumbs=crumbs, status=refused.status if refused else 200)

    @property
    def summary(self) -> ImportPreview | None:
        """What would be stored; none where it has been settled."""
        is_open = self.text_import.status == TextImport.Status.OPEN
        return imports.read_import(self.text_import) if is_open else None


class ImportDiscardView(ImportView):
    """Asks whether an import is to be given up, and gives it up."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what will happen, and ask."""
        return self.ask()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give it up."""
        try:
            imports.discard_import(text_import=self.text_import)
        except Refused as refused:
            return self.ask(refused)
        messages.success(request, _("The import has been discarded."))
        return redirect("staff-import-list")

    def ask(self, refused: Refused | None = None) -> HttpResponse:
        """Show the question."""
        title = _("Discard this import")
        context = self.context(title=title, refused=refused)
        crumbs = self.crumbs((title, ""))
        return self.show("imports/discard", context, crumbs=crumbs, status=refused.status if refused else 200)
