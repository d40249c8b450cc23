"""Import and export in the admin: a file, a preview of what it would do, and only then the doing."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, ClassVar, Final, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.tmp_storages import CacheStorage

from declaration.importers.problems import MAX_SHOWN, InvalidFiles
from declaration.spreadsheets.formats import AnySpreadsheet, Csv, Excel
from declaration.spreadsheets.reading import MAX_BYTES, MAX_ROWS
from declaration.spreadsheets.resources import RecordResource, make_resource
from declaration.spreadsheets.results import RecordResult
from declaration.spreadsheets.tables import Table

PREVIEWED: Final = 200
"""So many rows are shown before a file is taken; the others are counted."""


class ShortKept(CacheStorage):
    """Keeps a file between its preview and its import, and no longer than a person looks at a preview."""

    CACHE_LIFETIME = 3600


class FileForm(ImportForm):
    """Which file, and into which list."""

    @property
    def media(self) -> forms.Media:
        """No script: the kind of a file is told by the file."""
        return forms.Media()

    def clean_import_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["import_file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than %(limit)d bytes.") % {"limit": MAX_BYTES})
        return file


class SeenForm(ConfirmImportForm):
    """That a preview was seen, and which."""

    seen = forms.CharField(widget=forms.HiddenInput)


@cache
def resource_of(table: Table) -> type[RecordResource]:
    """Return what imports and exports a list."""
    return make_resource(table)


class ExchangeMixin(ImportExportMixin):
    """Lets those who curate a list bring it in and take it out: `tables` are the list and those that belong to it.

    Taking out needs the right to see a list's entries, and bringing in that to add and to change them.
    """

    tables: ClassVar[Sequence[Table]] = ()
    import_form_class = FileForm
    confirm_form_class = SeenForm
    export_form_class = ExportForm
    import_template_name = "admin/spreadsheets/import.html"
    export_template_name = "admin/spreadsheets/export.html"
    tmp_storage_class = ShortKept
    formats: ClassVar[list[type]] = [AnySpreadsheet, Csv, Excel]

    # --- Who may what --------------------------------------------------------------------------------------------
    def _tables(self, request: HttpRequest, *verbs: str) -> list[Table]:
        found = []
        for table in self.tables:
            options = table.model._meta
            names = [f"{options.app_label}.{get_permission_codename(verb, options)}" for verb in verbs]
            if request.user.has_perms(names):
                found.append(table)
        return found

    def get_export_resource_classes(self, request: HttpRequest) -> list[type[RecordResource]]:
        """Return the lists that this person may take out."""
        return [resource_of(table) for table in self._tables(request, "view")]

    def get_import_resource_classes(self, request: HttpRequest) -> list[type[RecordResource]]:
        """Return the lists that this person may bring in."""
        return [resource_of(table) for table in self._tables(request, "add", "change") if table.takes]

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whether there is anything to take out for this person."""
        return bool(self.get_export_resource_classes(request))

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whether there is anything to bring in for this person."""
        return bool(self.get_import_resource_classes(request))

    def _chosen(self, classes: Sequence[type[RecordResource]], index: str) -> type[RecordResource]:
        if not index.isdecimal() or int(index) >= len(classes):
            raise PermissionDenied
        return classes[int(index)]

    def choose_import_resource_class(self, form: Any, request: HttpRequest) -> type[RecordResource]:
        """Return the list that was chosen, among those that may be."""
        return self._chosen(self.get_import_resource_classes(request), form.cleaned_data.get("resource") or "0")

    def choose_export_resource_class(self, form: Any, request: HttpRequest) -> type[RecordResource]:
        """Return the list that was chosen, among those that may be."""
        return self._chosen(self.get_export_resource_classes(request), request.POST.get("resource") or "0")

    # --- Out ---------------------------------------------------------------------------------------------------------
    def get_data_for_export(self, request: HttpRequest, queryset: Any, **kwargs: Any) -> Any:
        """Return the rows of the chosen list that this person may read; of a list within this one, those of its entries."""
        table = self.choose_export_resource_class(None, request).table
        if table.model is not self.model:
            queryset = table.model._default_manager.filter(**{f"{table.parent}__in": queryset.order_by().values("pk")})
        if hasattr(queryset, "visible_to"):
            queryset = queryset.visible_to(request.user)
        return super().get_data_for_export(request, queryset, **kwargs)

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        """Name the file for the list and the day."""
        table = self.choose_export_resource_class(None, request).table
        return f"{table.name}-{timezone.localdate().isoformat()}.{file_format.get_extension()}"

    # --- In ----------------------------------------------------------------------------------------------------------
    def get_import_formats(self) -> list[type[AnySpreadsheet]]:
        """Return what reads files: of a workbook with several sheets the one that has a list's name."""
        names = tuple(table.name for table in self.tables)
        return [type("Spreadsheet", (AnySpreadsheet,), {"sheet_names": names})]

    def get_import_context_data(self, **_kwargs: Any) -> dict[str, Any]:
        """Say how much a file may hold."""
        return {"max_rows": MAX_ROWS, "max_megabytes": MAX_BYTES // 1_000_000}

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """Say all that is wrong with a file that cannot be read."""
        if not isinstance(e, InvalidFiles):
            raise e
        name = form.cleaned_data["import_file"].name
        for problem in e.problems[:MAX_SHOWN]:
            form.add_error("import_file", str(replace(problem, place=replace(problem.place, file=name))))
        more = len(e.problems) - MAX_SHOWN
        if more > 0:
            form.add_error(
                "import_file", ngettext("… and %(count)d more.", "… and %(count)d more.", more) % {"count": more}
            )

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for a file; once there is one, show what it would do, or all that is wrong with it."""
        response: HttpResponse = super().import_action(request, **kwargs)
        context = getattr(response, "context_data", {})
        if request.method != "POST":
            context["tables"] = [each.table for each in self.get_import_resource_classes(request)]
        self._show(context)
        return response

    @staticmethod
    def _show(context: dict[str, Any]) -> None:
        result: RecordResult | None = context.get("result")
        if result is None:
            return
        context |= {
            "problems": result.problems[:MAX_SHOWN],
            "more_problems": max(0, len(result.problems) - MAX_SHOWN),
            "rows": result.changed[:PREVIEWED],
            "more_rows": max(0, len(result.changed) - PREVIEWED),
        }
        if context.get("confirm_form"):
            context["confirm_form"].initial["seen"] = result.digest

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the file whose preview was seen, if it still does what the preview said."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_confirm_form(request)
        kept = ShortKept(name=form.cleaned_data["import_file_name"]) if form.is_valid() else None
        data = kept.read() if kept else None
        if kept is None or data is None:
            return self._begin_again(request)
        result, is_as_seen = self._take(data, form, request, **kwargs)
        if not is_as_seen:
            return self._show_again(request, form, result)
        kept.remove()
        return self._done(request, result)

    def _take(self, data: bytes, form: Any, request: HttpRequest, **kwargs: Any) -> tuple[RecordResult, bool]:
        """Bring a file in if that does what its preview said; return what it does, and whether that is so."""
        with transaction.atomic():
            result = self.process_dataset(self.get_import_formats()[0]().create_dataset(data), form, request, **kwargs)
            is_as_seen = not result.has_errors() and result.digest == form.cleaned_data["seen"]
            if is_as_seen:
                self.generate_log_entries(result, request)
            transaction.set_rollback(not is_as_seen)
        return result, is_as_seen

    def _begin_again(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, _("The file is not kept any more. Choose it again."))
        return HttpResponseRedirect(self._address("import"))

    def _address(self, page: str) -> str:
        app, model = self.get_model_info()
        return reverse(f"admin:{app}_{model}_{page}", current_app=self.admin_site.name)

    def _show_again(self, request: HttpRequest, form: Any, result: RecordResult) -> HttpResponse:
        messages.warning(
            request, _("The record has changed since you saw the preview. Nothing was brought in. Look again.")
        )
        context = {**self.admin_site.each_context(request), "title": _("Import"), "opts": self.opts, "result": result}
        if not result.has_errors():
            context["confirm_form"] = SeenForm(initial=form.cleaned_data)
        else:
            context["form"] = self.create_import_form(request)
        self._show(context)
        return TemplateResponse(request, [self.import_template_name], context)

    def _done(self, request: HttpRequest, result: RecordResult) -> HttpResponse:
        counts = {
            name: result.totals[kind] for name, kind in (("new", "new"), ("changed", "update"), ("unchanged", "skip"))
        }
        messages.success(request, _("Brought in: %(new)d new, %(changed)d changed, %(unchanged)d unchanged.") % counts)
        return HttpResponseRedirect(self._address("changelist"))

    def generate_log_entries(self, result: RecordResult, request: HttpRequest) -> None:
        """Note in the admin's log what was added and changed; the audit trail knows every value."""
        message = _("Brought in from a spreadsheet.")
        for kind, flag in (("new", ADDITION), ("update", CHANGE)):
            entries = [row.instance for row in result.rows if row.import_type == kind]
            if entries:
                LogEntry.objects.log_actions(cast("int", request.user.pk), entries, flag, change_message=message)
