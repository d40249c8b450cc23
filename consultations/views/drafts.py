"""Public pages of the text: the list of drafts, and a draft with what was said on each of its clauses."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.models import Call, Submission
from consultations.public_counts import CarriedOver, PublicCounts
from consultations.standing import Kind
from consultations.tallies import Tally, add_counts
from declaration.citations import cite_draft
from declaration.languages import TEXT_LANGUAGES, direction
from declaration.models import Clause, Draft
from declaration.outline import Line, choose_language, list_contents, read_clauses
from declaration.views.downloads import offer_citations, offer_downloads
from declaration.views.pages import Crumb, DetailPage, ListPage

DEEPEST_HEADING = 6

Counts = Mapping[int | None, dict[str, int]]
"""How many comments there are: {clause id, or None for the whole text: {position: count}}."""


@dataclass(frozen=True)
class CommentedLine:
    """A clause of a draft with its words, the address of its page and the public comments on it."""

    line: Line
    url: str
    tally: Tally
    carried: int = 0
    """How many comments on earlier drafts lead here."""

    @property
    def level(self) -> int:
        """The level of its heading on a page whose title is the first."""
        return min(self.line.depth + 2, DEEPEST_HEADING)

    @property
    def status(self) -> str:
        """Where its negotiation stands; empty while it is simply open."""
        status = self.line.clause.negotiating_status
        return "" if status == Clause.NegotiatingStatus.OPEN else status

    @property
    def status_label(self) -> str:
        """The same in words."""
        return self.line.clause.get_negotiating_status_display() if self.status else ""


def list_commented_lines(
    lines: list[Line], ordinal: int, counts: Counts, *, carried: Mapping[int, int] | None = None
) -> list[CommentedLine]:
    """Return lines with what was said on each; `counts` are by clause and position.

    `carried` says how many comments on earlier drafts lead to each clause.
    """
    carried = carried or {}
    # One address is made and the identifiers are put in its place: making hundreds would take longer than the rest.
    pattern = reverse("clause-detail", args=[ordinal, "eid"]).removesuffix("eid/")
    return [
        CommentedLine(
            line,
            f"{pattern}{line.clause.eid}/",
            Tally.of(counts.get(line.clause.pk, {})),
            carried.get(line.clause.pk, 0),
        )
        for line in lines
    ]


class DraftList(ListPage):
    """All published drafts, newest first."""

    template_name = "declaration/draft_list.html"
    context_object_name = "drafts"

    def get_queryset(self) -> QuerySet[Draft]:
        """Return the published drafts, each with the number of its clauses."""
        drafts: QuerySet[Draft] = Draft.objects.published().for_reading()
        return drafts.annotate(clause_count=Count("clauses")).order_by("-ordinal")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("The text"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many public comments each draft has: [(draft, count)]."""
        counts = PublicCounts().by_draft()
        context = super().get_context_data(**kwargs)
        return context | {"rows": [(draft, counts.get(draft.pk, 0)) for draft in context["drafts"]]}


class DraftDetail(DetailPage):
    """A draft's whole text, with how many comments are public on each clause and how positions divide."""

    template_name = "declaration/draft_detail.html"
    slug_field = slug_url_kwarg = "ordinal"
    context_object_name = "draft"

    def get_queryset(self) -> QuerySet[Draft]:
        """Return the published drafts."""
        drafts: QuerySet[Draft] = Draft.objects.published().for_reading()
        return drafts

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("The text"), reverse("draft-list")), (self.object.name, "")]

    @cached_property
    def reading_language(self) -> str:
        """The language that the text is read in."""
        return choose_language(self.object, self.language)

    @cached_property
    def other_language(self) -> str:
        """The language set beside it (`?with=ar`), if the draft has it; empty for none."""
        wanted = self.request.GET.get("with", "")
        return wanted if wanted in self.object.languages and wanted != self.reading_language else ""

    @cached_property
    def counts(self) -> Counts:
        """How many comments are public, by clause and position; under None those on the whole text."""
        return self.public.by_target(self.object)

    @cached_property
    def public(self) -> PublicCounts:
        """What is public, named once for this page."""
        return PublicCounts()

    @cached_property
    def carried(self) -> CarriedOver:
        """Where the public comments on earlier drafts stand on this one."""
        return self.public.carried_to(self.object)

    @cached_property
    def lines(self) -> list[Line]:
        """The clauses in reading order, with their words."""
        languages = [self.reading_language, *filter(None, [self.other_language])]
        clauses = (
            Clause.objects.filter(draft=self.object).order_by("position").with_wordings(*languages).with_corrections()
        )
        return read_clauses(clauses, self.reading_language, other=self.other_language)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text, its contents, what was said on it and where it can be commented on."""
        return super().get_context_data(
            lines=list_commented_lines(
                self.shown_lines, self.object.ordinal, self.counts, carried=self.carried.by_clause
            ),
            carried=list_kinds(self.carried),
            carried_count=len(self.carried.kinds),
            toc=list_contents(self.shown_lines),
            tally=Tally.of(add_counts(self.counts.values())),
            whole_text=Tally.of(self.counts.get(None, {})),
            submission_count=Submission.objects.public().filter(call__draft=self.object).count(),
            calls=Call.objects.open().filter(draft=self.object),
            reading_language=self.reading_language,
            languages=languages_of(self.object, self.request),
            other_language=self.other_language,
            only_commented=self.only_commented,
            is_corrected=any(getattr(line.clause, "is_corrected", False) for line in self.lines),
            citation=cite_draft(self.object),
            citation_files=offer_citations(self.object),
            downloads=offer_downloads(self.object, self.reading_language, self.other_language),
            direction=direction(self.reading_language),
            other_direction=direction(self.other_language),
            shown_languages=[self.reading_language, self.other_language],
            **kwargs,
        )

    @property
    def only_commented(self) -> bool:
        """Whether only clauses with comments are wanted (`?commented=1`)."""
        return self.request.GET.get("commented") == "1"

    @cached_property
    def shown_lines(self) -> list[Line]:
        """All clauses, or those with comments and what they stand in."""
        if not self.only_commented:
            return self.lines
        parents = {line.clause.pk: line.clause.parent_id for line in self.lines}
        kept: set[int | None] = set()
        for clause_id in self.counts:
            at = clause_id
            while at in parents and at not in kept:
                kept.add(at)
                at = parents[at]
        return [line for line in self.lines if line.clause.pk in kept]


def list_kinds(carried: CarriedOver) -> list[tuple[str, str, int]]:
    """Return how many comments on earlier drafts stand in each way: its code, its name and their number, where there are any."""
    counts = Counter(carried.kinds.values())
    return [(code, str(label), counts[code]) for code, label in Kind.choices if counts[code]]


@dataclass(frozen=True)
class LanguageChoice:
    """A language of a draft: its code and name, and whether it is set beside the first one."""

    code: str
    name: str
    is_chosen: bool


def languages_of(draft: Draft, request: HttpRequest) -> list[LanguageChoice]:
    """Return the languages of a draft in the order in which they are listed everywhere."""
    chosen = request.GET.get("with", "")
    return [
        LanguageChoice(code, name, code == chosen) for code, name in TEXT_LANGUAGES.items() if code in draft.languages
    ]
