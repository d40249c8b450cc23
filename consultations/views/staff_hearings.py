"""Staff pages on which consultations are written up: all of one on a page that saves itself while one types."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.forms.hearings import Sheet, page_language, stored_sheet
from consultations.hearing_differences import list_differences
from consultations.models import Consultation, ConsultationNote, View
from consultations.record_filters import StaffConsultationFilter
from consultations.services.hearings import publish_consultation, retract_consultation
from consultations.services.write_ups import Saved, save_write_up
from consultations.views.desk_access import give_back, saved
from consultations.views.staff_access import StaffView
from declaration.errors import Conflict, Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES, direction
from declaration.views.pages import offer_fields

CONSULTATIONS_A_PAGE: Final = 50

NARROWED_BY: Final = ("q", "kind", "status", "public", "after", "before")


class ConsultationListView(StaffView):
    """All consultations, those that are not public yet too."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, the newest entry first where nothing has a date."""
        said = View.objects.filter(consultation=OuterRef("pk")).order_by().values("consultation").values(n=Count("pk"))
        every = Consultation.objects.annotate(view_count=Coalesce(Subquery(said), 0)).order_by("-when_earliest", "-pk")
        found = StaffConsultationFilter(request.GET, queryset=every, request=request)
        context = {
            "page_obj": Paginator(found.qs, CONSULTATIONS_A_PAGE).get_page(request.GET.get("page")),
            "filter_fields": offer_fields(found, *NARROWED_BY),
            "is_filtered": any(request.GET.get(name) for name in found.form.fields),
        }
        return self.show("consultation_list", context, crumbs=[(_("Consultations"), "")])


class WriteUpView(StaffView):
    """A consultation with its views and the reader's own notes, as a form. Scripts send it with `X-Autosave` and read JSON."""

    keeps_typed = True

    @cached_property
    def consultation(self) -> Consultation | None:
        """The consultation; none where a new one is written up."""
        slug = self.kwargs.get("slug")
        return get_object_or_404(Consultation, slug=slug) if slug else None

    @cached_property
    def own_note(self) -> ConsultationNote | None:
        """The reader's newest note on it."""
        if self.consultation is None:
            return None
        return self.consultation.notes.filter(author_id=self.request.user.pk).order_by("-created_at", "-pk").first()

    @property
    def draft_key(self) -> str:
        """Under which the browser keeps a copy of the words until they are saved."""
        return f"consultation-{self.consultation.pk if self.consultation else 'new'}-{self.request.user.pk}"

    def get(self, request: HttpRequest, slug: str = "") -> HttpResponse:
        """Show what stands, or what was typed before the session ended."""
        typed = give_back(request)
        if typed:
            return self.page(Sheet(dict(typed)), typed.get("language"))
        language = page_language(request.GET.get("in"))
        return self.page(Sheet(initial=stored_sheet(self.consultation, self.own_note, language=language)), language)

    def post(self, request: HttpRequest, slug: str = "") -> HttpResponse:
        """Save all of it, or show what is wrong."""
        sheet = Sheet(request.POST)
        if not sheet.is_valid():
            return self.answer(sheet, status=422)
        try:
            stored = self.save(sheet)
        except Conflict as conflict:
            return self.clashed(sheet, conflict)
        except Refused as refused:
            sheet.refuse(refused)
            return self.answer(sheet, status=refused.status if refused.status == 409 else 422)  # noqa: PLR2004
        return self.done(stored)

    def save(self, sheet: Sheet) -> Saved:
        """Save the page, and make the consultation public or take it back where the button says so."""
        language = sheet.head.cleaned_data["language"]
        stored = save_write_up(
            consultation=self.consultation,
            by=self.request.user,
            expected_revision=sheet.head.cleaned_data["revision"] or 0,
            entry_key=sheet.head.cleaned_data["entry_key"],
            language=language,
            values=sheet.head.values(),
            rows=sheet.filled_rows(),
            note=sheet.note.row(language),
        )
        act = {"publish": publish_consultation, "retract": retract_consultation}.get(self.request.POST.get("act", ""))
        if act:
            act(consultation=stored.consultation, by=self.request.user)
        return stored

    def done(self, stored: Saved) -> HttpResponse:
        """Go on to where the button leads; tell a script what was saved."""
        url = reverse("staff-consultation-edit", args=[stored.consultation.slug])
        if self.is_autosave:
            note = {"pk": stored.note.pk, "revision": stored.note.revision} if stored.note else {}
            clock = time_format(timezone.localtime(), "H:i:s")
            rows = {f"v{number}": pk for number, pk in stored.views.items()}
            self.consultation = stored.consultation
            said = {"said": _("Saved at %(time)s.") % {"time": clock}, "url": url, "keep": self.draft_key}
            return JsonResponse(said | {"rows": rows, "note": note, "revision": stored.consultation.revision})
        messages.success(self.request, _("“%(name)s” has been saved.") % {"name": stored.consultation})
        language = self.request.POST.get("language", "")
        stay = f"{url}?in={language}" if language != "en" else url
        closing = self.request.POST.get("act") == "close"
        return saved(redirect("staff-consultation-list") if closing else redirect(stay), self.draft_key)

    def clashed(self, sheet: Sheet, conflict: Conflict) -> HttpResponse:
        """Show what a colleague changed beside what was typed; the page then carries what stands, so that saving is meant."""
        for read in ("consultation", "own_note"):
            self.__dict__.pop(read, None)  # what stands is read anew
        if self.consultation is None:
            entry_key = sheet.head.cleaned_data["entry_key"]
            self.consultation = Consultation.objects.filter(entry_key=entry_key).first()
        language = sheet.head.cleaned_data["language"]
        standing = stored_sheet(self.consultation, self.own_note, language=language)
        if self.is_autosave:
            return JsonResponse({"said": str(conflict.message), "conflict": True}, status=409)
        differences = list_differences(sheet, standing)
        data = self.request.POST.copy()
        data["revision"] = str(standing["head"].get("revision", ""))
        data["note-revision"] = str(standing["note"].get("revision", ""))
        return self.page(Sheet(data), language, status=409, conflict=conflict.message, differences=differences)

    @property
    def is_autosave(self) -> bool:
        """Whether a script sends the page while it is being typed."""
        return self.request.headers.get("X-Autosave") == "1"

    def answer(self, sheet: Sheet, *, status: int) -> HttpResponse:
        """Show the page with what is wrong; tell a script."""
        if not self.is_autosave:
            return self.page(sheet, self.request.POST.get("language"), status=status)
        said = _("Not saved yet: something is to be put right.")
        return JsonResponse({"said": said, "errors": sheet.errors()}, status=status)

    def page(self, sheet: Sheet, language: str | None, *, status: int = 200, **extra: Any) -> HttpResponse:
        """Show the page."""
        language = page_language(language)
        title = str(self.consultation) if self.consultation else _("Write up a consultation")
        others = self.consultation.notes.select_related("author") if self.consultation else []
        context = {
            "sheet": sheet,
            "title": title,
            "consultation": self.consultation,
            "other_notes": [each for each in others if self.own_note is None or each.pk != self.own_note.pk],
            "draft_key": self.draft_key,
            "written_in": language,
            "written_direction": direction(language),
            "text_languages": TEXT_LANGUAGE_CHOICES,
            "problems": sheet.problems(),
        }
        crumbs = [(_("Consultations"), reverse("staff-consultation-list")), (title, "")]
        return self.show("consultation_edit", context | extra, crumbs=crumbs, status=status)
