"""Public pages of what changed: draft against draft, clause against clause, and a clause through all drafts."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateView

from consultations.reasons import Reason, find_reasons
from consultations.standing_cards import clause_address
from declaration import comparing
from declaration.comparing import ClauseHistory, ComparedClause, Comparison
from declaration.comparing.plain import print_clause, print_comparison, print_history
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Draft
from declaration.outline import name_clause
from declaration.views.pages import Crumb, PublicPage

CLAUSES_A_PAGE = 150

BAR_LENGTH = 100
"""The longest bar, in the picture's own units."""

MAX_ORDINAL_DIGITS = 4

PLAIN = "text/plain; charset=utf-8"


def choose_among(languages: Sequence[str], *wanted: str) -> str:
    """Return the first wanted language that there is, else English, else the first; empty where there is none."""
    return next((code for code in (*wanted, "en", *languages) if code in languages), "")


def answer_in_text(text: str) -> HttpResponse:
    """Return a text for terminals."""
    return HttpResponse(text, content_type=PLAIN)


class ComparingPage(PublicPage, TemplateView):
    """A page of what changed, in one language (`?language=ar`), also as plain text (`?format=txt`)."""

    def get_drafts(self) -> QuerySet[Draft]:
        """Return the drafts that the page may show: the published ones."""
        drafts: QuerySet[Draft] = Draft.objects.published().for_reading()
        return drafts

    def get_languages(self) -> Sequence[str]:
        """Return the languages that the words can be shown in."""
        raise NotImplementedError

    def get_text(self) -> str:
        """Return the page as plain text."""
        raise NotImplementedError

    @cached_property
    def shown_language(self) -> str:
        """The language that is compared. Raises `Http404` for one that is asked for and not there."""
        asked = self.request.GET.get("language", "")
        if asked and asked not in self.get_languages():
            raise Http404(_("These texts cannot be compared in this language."))
        return asked or choose_among(self.get_languages(), self.language)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or its text."""
        if request.GET.get("format") == "txt":
            return answer_in_text(self.get_text())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the languages, and where the same is as JSON and as text."""
        context = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        query["language"] = self.shown_language
        query.pop("page", None)
        json_query = query.urlencode()
        query["format"] = "txt"
        return context | {
            "language": self.shown_language,
            "languages": [(code, TEXT_LANGUAGES[code]) for code in self.get_languages()],
            "shown_languages": [self.shown_language],
            "json_url": f"{context['json_url']}?{json_query}",
            "text_url": f"?{query.urlencode()}",
        }


class DraftCompare(ComparingPage):
    """Two drafts compared: how many clauses changed in which way, how much each article did, and every change."""

    template_name = "consultations/draft_compare.html"
    address_name = "draft-compare"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the address that has the newer draft first."""
        if kwargs["ordinal"] < kwargs["other"]:
            swapped = [kwargs["other"], kwargs["ordinal"]]
            return redirect(reverse(self.address_name, args=swapped, query=request.GET or None))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def newer(self) -> Draft:
        """The newer draft."""
        return get_object_or_404(self.get_drafts(), ordinal=self.kwargs["ordinal"])

    @cached_property
    def comparable(self) -> list[Draft]:
        """All drafts that the newer one can be compared with."""
        return comparing.list_comparable(self.newer, self.get_drafts().filter(declaration=self.newer.declaration_id))

    @cached_property
    def older(self) -> Draft:
        """The older draft, which the newer one goes back to."""
        for draft in self.comparable:
            if draft.ordinal == self.kwargs["other"] < self.newer.ordinal:
                return draft
        raise Http404(_("These two drafts do not follow from one another."))

    @cached_property
    def comparison(self) -> Comparison:
        """The two compared."""
        return comparing.compare_drafts(self.newer, self.older, self.shown_language)

    @property
    def shows_all(self) -> bool:
        """Whether the whole text is wanted (`?show=all`), not the changes alone."""
        return self.request.GET.get("show") == "all"

    def get_languages(self) -> Sequence[str]:
        """Return the languages that both drafts have."""
        return comparing.shared_languages(self.newer, self.older)

    def get_text(self) -> str:
        """Return the comparison as plain text."""
        return print_comparison(self.comparison, only_changes=not self.shows_all)

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [
            (_("The text"), reverse("draft-list")),
            (self.newer.name, reverse("draft-detail", args=[self.newer.ordinal])),
            (_("Compared with draft %(number)d") % {"number": self.older.ordinal}, ""),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the comparison, cut into pages."""
        context = super().get_context_data(newer=self.newer, older=self.older, **kwargs)
        if not self.shown_language:
            return context
        shown = self.comparison.clauses if self.shows_all else self.comparison.changes
        page = Paginator(shown, CLAUSES_A_PAGE).get_page(self.request.GET.get("page"))
        return context | {
            "comparison": self.comparison,
            "counts": [(kind.value, kind.label, count) for kind, count in self.comparison.counts.items() if count],
            "bars": make_bars(self.comparison),
            "untouched": sum(not share.words.changed for share in self.comparison.shares if share.is_article),
            "contents": list_places(shown, self.request),
            "page_obj": page,
            "rows": [(each, *addresses(each)) for each in page],
            "shows_all": self.shows_all,
            "comparable": self.comparable,
        }


class ClauseHistoryPage(ComparingPage):
    """A clause through all drafts: its words in each, what changed, and the answers that led there."""

    template_name = "consultations/clause_history.html"

    @cached_property
    def clause(self) -> Clause:
        """The clause, with its draft."""
        clauses = Clause.objects.filter(draft__in=self.get_drafts(), draft__ordinal=self.kwargs["ordinal"])
        return get_object_or_404(clauses.select_related("draft__declaration"), eid=self.kwargs["eid"])

    @cached_property
    def history(self) -> ClauseHistory:
        """Its history in the drafts that everyone may read."""
        drafts = self.get_drafts().filter(declaration=self.clause.draft.declaration_id)
        return comparing.clause_history(self.clause, self.shown_language, drafts)

    def get_languages(self) -> Sequence[str]:
        """Return the languages of the clause's own draft."""
        return [code for code in TEXT_LANGUAGES if code in self.clause.draft.languages]

    def get_text(self) -> str:
        """Return the history as plain text."""
        return print_history(self.history)

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        draft = self.clause.draft
        return [
            (_("The text"), reverse("draft-list")),
            (draft.name, reverse("draft-detail", args=[draft.ordinal])),
            (name_clause(self.clause), clause_address(self.clause)),
            (_("History"), ""),
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the history; `?draft=1&clause=art_3` leads to the comparison with that clause where there is one."""
        against = self.find_against(request.GET.get("draft", ""), request.GET.get("clause", "").strip())
        if against:
            own = [self.clause.draft.ordinal, self.clause.eid]
            return redirect("clause-compare", *own, against.draft.ordinal, against.eid)
        return super().get(request, *args, **kwargs)

    def find_against(self, draft: str, eid: str) -> Clause | None:
        """Return the clause that the reader asks to compare with."""
        if not (draft.isascii() and draft.isdigit() and len(draft) <= MAX_ORDINAL_DIGITS and eid):
            return None
        found: Clause | None = (
            Clause.objects.filter(draft__in=self.get_drafts(), draft__ordinal=int(draft), eid=eid[:120])
            .select_related("draft")
            .first()
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was, and why it changed."""
        reasons = find_reasons(self.history)
        return super().get_context_data(
            clause=self.clause,
            name=name_clause(self.clause),
            history=self.history,
            entries=[(entry, list_entry(entry.compared, reasons)) for entry in reversed(self.history.entries)],
            asked_draft=self.request.GET.get("draft", "")[:4],
            asked_clause=self.request.GET.get("clause", "")[:120],
            **kwargs,
        )


class ClauseCompare(ComparingPage):
    """A clause against any other clause of a published draft."""

    template_name = "consultations/clause_compare.html"

    @cached_property
    def clauses(self) -> tuple[Clause, Clause]:
        """The clause, and the one that it is compared with; with their words in every language."""
        return self.find("ordinal", "eid"), self.find("other", "other_eid")

    def find(self, ordinal: str, eid: str) -> Clause:
        """Return the clause that two parts of the address name."""
        clauses = Clause.objects.filter(draft__in=self.get_drafts()).select_related("draft__declaration")
        wanted = {"draft__ordinal": self.kwargs[ordinal], "eid": self.kwargs[eid]}
        clause: Clause = get_object_or_404(clauses.with_wordings(), **wanted)
        return clause

    @cached_property
    def compared(self) -> ComparedClause:
        """The two compared."""
        return comparing.compare_clauses(*self.clauses, self.shown_language)

    def get_languages(self) -> Sequence[str]:
        """Return the languages that both clauses' drafts have."""
        one, other = self.clauses
        return comparing.shared_languages(one.draft, other.draft)

    def get_text(self) -> str:
        """Return the comparison as plain text."""
        return print_clause(self.compared)

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        one = self.clauses[0]
        return [
            (_("The text"), reverse("draft-list")),
            (one.draft.name, reverse("draft-detail", args=[one.draft.ordinal])),
            (name_clause(one), clause_address(one)),
            (_("Compared"), ""),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the two clauses."""
        one, other = self.clauses
        swapped = [other.draft.ordinal, other.eid, one.draft.ordinal, one.eid]
        return super().get_context_data(
            compared=self.compared if self.shown_language else None,
            one=(name_clause(one), clause_address(one), one.draft),
            against=(name_clause(other), clause_address(other), other.draft),
            swap_url=reverse("clause-compare", args=swapped),
            **kwargs,
        )


def addresses(compared: ComparedClause) -> tuple[str, str]:
    """Return where a compared clause's page and its history are."""
    clause = compared.clause
    url = clause_address(clause)
    is_public = clause.draft.is_published
    return url, reverse("clause-history", args=[clause.draft.ordinal, clause.eid]) if is_public else ""


def list_entry(compared: Sequence[ComparedClause], reasons: dict[int, Sequence[Reason]]) -> list[dict[str, Any]]:
    """Return the clauses of one draft of a history, each with its address, those it comes from and why it changed."""
    return [
        {
            "compared": each,
            "url": clause_address(each.clause),
            "before": [
                (name_clause(clause), reverse("clause-compare", args=[*_key(each.clause), *_key(clause)]))
                for clause in each.before
            ],
            "siblings": [(name_clause(clause), clause_address(clause)) for clause in each.siblings],
            "reasons": reasons.get(each.clause.pk, ()),
        }
        for each in compared
    ]


def _key(clause: Clause) -> tuple[int, str]:
    return clause.draft.ordinal, clause.eid


def list_places(shown: Sequence[ComparedClause], request: HttpRequest) -> list[dict[str, Any]]:
    """Return a table of contents of the clauses that changed, each leading to its place, perhaps on another page."""
    query = request.GET.copy()
    places = []
    for number, each in enumerate(shown):
        if each.is_changed:
            query["page"] = str(number // CLAUSES_A_PAGE + 1)
            places.append({"url": f"?{query.urlencode()}#{each.anchor}", "name": each.name, "kind": each.kind})
    return places


def make_bars(comparison: Comparison) -> list[dict[str, Any]]:
    """Return for each article that changed how long the bars of inserted and deleted words are, the longest pair `BAR_LENGTH`."""
    changed = [share for share in comparison.shares if share.words.changed]
    longest = max((share.words.changed for share in changed), default=1)
    bars = []
    for share in changed:
        inserted = round(share.words.inserted / longest * BAR_LENGTH, 1)
        deleted = round(share.words.deleted / longest * BAR_LENGTH, 1)
        words = {"words": share.words, "inserted": str(inserted), "deleted": str(deleted)}
        bars.append({"name": share.name, **words, "deleted_from": str(inserted), "anchor": share.first.anchor})
    return bars
