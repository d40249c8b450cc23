"""Staff pages of drafts: all of them, one with what stands in the way of its publication, publishing, withdrawing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Call
from consultations.views.drafts import languages_of
from consultations.views.staff_access import StaffView
from declaration.errors import Refused
from declaration.languages import active_text_language
from declaration.models import Clause, Draft
from declaration.outline import Line, choose_language, list_contents, read_clauses
from declaration.services import list_obstacles, publish_draft, withdraw_draft
from declaration.views.downloads import offer_downloads
from declaration.views.pages import Crumb


class DraftListView(StaffView):
    """All drafts, those in preparation too."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, newest first."""
        drafts = Draft.objects.for_reading().annotate(clause_count=Count("clauses")).order_by("-ordinal")
        return self.show("draft_list", {"drafts": drafts}, crumbs=[(_("Drafts"), "")])


class DraftView(StaffView):
    """A page about one draft."""

    @cached_property
    def draft(self) -> Draft:
        """The draft."""
        return get_object_or_404(Draft.objects.for_reading(), ordinal=self.kwargs["ordinal"])

    def crumbs(self, *below: Crumb) -> list[Crumb]:
        """Return the way to the draft, and from it on to a page below."""
        url = reverse("staff-draft-detail", args=[self.draft.ordinal]) if below else ""
        return [(_("Drafts"), reverse("staff-draft-list")), (str(self.draft), url), *below]


class DraftDetailView(DraftView):
    """A draft with its words in one or two languages, and what stands in the way of its publication."""

    def get(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Show it."""
        lines = self.lines
        context = {
            "draft": self.draft,
            "lines": lines,
            "toc": list_contents(lines),
            "languages": languages_of(self.draft, request),
            "reading_language": self.reading_language,
            "other_language": self.other_language,
            "shown_languages": [self.reading_language, self.other_language],
            "obstacles": [] if self.draft.is_published else list_obstacles(self.draft),
            "downloads": offer_downloads(self.draft, self.reading_language, self.other_language),
            "calls": self.draft.calls.order_by("-closes_at", "-pk"),
        }
        return self.show("draft_detail", context, crumbs=self.crumbs())

    @cached_property
    def reading_language(self) -> str:
        """The language that the text is read in."""
        return choose_language(self.draft, active_text_language())

    @cached_property
    def other_language(self) -> str:
        """The language set beside it (`?with=ar`), if the draft has it; empty for none."""
        wanted = self.request.GET.get("with", "")
        return wanted if wanted in self.draft.languages and wanted != self.reading_language else ""

    @property
    def lines(self) -> list[Line]:
        """The clauses in reading order."""
        languages = [self.reading_language, *filter(None, [self.other_language])]
        clauses = Clause.objects.filter(draft=self.draft).order_by("position").with_wordings(*languages)
        return read_clauses(clauses, self.reading_language, other=self.other_language)


@dataclass(frozen=True)
class DraftAct:
    """Something that is done with a draft, once it has been confirmed: what it is called, and what has been done then."""

    service: Callable[..., Any]
    template: str
    title: Promise
    done: Promise


PUBLISH = DraftAct(
    publish_draft,
    "draft_publish",
    gettext_lazy("Publish this draft"),
    gettext_lazy("The draft has been published."),
)
WITHDRAW = DraftAct(
    withdraw_draft,
    "draft_withdraw",
    gettext_lazy("Withdraw this draft"),
    gettext_lazy("The draft has been withdrawn."),
)


class DraftActView(DraftView):
    """Asks whether something is to be done with a draft, and does it."""

    act: ClassVar[DraftAct] = PUBLISH

    def get(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Say what will happen, and ask."""
        return self.ask()

    def post(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Do it, or say why not."""
        try:
            self.act.service(draft=self.draft)
        except Refused as refused:
            return self.ask(refused)
        messages.success(request, str(self.act.done))
        return redirect("staff-draft-detail", self.draft.ordinal)

    def ask(self, refused: Refused | None = None) -> HttpResponse:
        """Show the question, with what was refused."""
        context = {
            "draft": self.draft,
            "title": self.act.title,
            "refused": refused,
            "obstacles": list_obstacles(self.draft) if self.act is PUBLISH and not self.draft.is_published else [],
            "open_calls": Call.objects.open().filter(draft=self.draft),
        }
        crumbs = self.crumbs((str(self.act.title), ""))
        return self.show(self.act.template, context, crumbs=crumbs, status=refused.status if refused else 200)
