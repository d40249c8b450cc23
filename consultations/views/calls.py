"""Public pages of calls for comments, of the filings that are public in them, and of the answers."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.filters import CommentFilter, DispositionFilter
from consultations.models import Call, Comment, Disposition, Hold, Submission
from consultations.public_counts import PublicCounts
from consultations.views.cards import Author, make_comment_cards, make_submission_cards, name_author
from consultations.views.holds import list_holds, list_holds_on, list_repeated
from declaration.citations import cite_draft
from declaration.models import Draft
from declaration.views.pages import Crumb, DetailPage, FilteredPage, ListPage, offer_fields, take_page

ROWS_A_PAGE = 50


def arrange_calls(calls: QuerySet[Call], *, at: dt.datetime) -> dict[str, list[Call]]:
    """Return calls under what they are at that moment: `open`, `upcoming` or `closed`."""
    arranged: dict[str, list[Call]] = {"open": [], "upcoming": [], "closed": []}
    for call in calls:
        arranged[call.phase(at=at)].append(call)
    arranged["upcoming"].reverse()
    return arranged


def list_decisions(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Return each decision with its name and how many answers take it."""
    return [(code, str(label), counts.get(code, 0)) for code, label in Disposition.Decision.choices]


class CallList(ListPage):
    """The calls for comments: open, to come, and closed."""

    template_name = "consultations/call_list.html"

    def get_queryset(self) -> QuerySet[Call]:
        """Return the calls that were announced, those that close last first."""
        calls: QuerySet[Call] = Call.objects.announced().with_draft().order_by("-closes_at", "-id")
        return calls

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Calls for comments"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the calls under what they are now."""
        return super().get_context_data(calls=arrange_calls(self.get_queryset(), at=timezone.now()), **kwargs)


class CallDetail(DetailPage):
    """A call: on what, who may answer, until when, by what rule, and what is public of what was filed."""

    template_name = "consultations/call_detail.html"
    context_object_name = "call"

    def get_queryset(self) -> QuerySet[Call]:
        """Return the calls that were announced."""
        calls: QuerySet[Call] = Call.objects.announced().with_draft().with_early_opening()
        return calls

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Calls for comments"), reverse("call-list")), (self.object.title, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the public filings, where the call stands now, and who may answer in words."""
        submissions = Submission.objects.public().filter(call=self.object).with_context().count_comments()
        now = timezone.now()
        page = take_page(self.request, submissions.order_by("submitted_at", "id"), ROWS_A_PAGE)
        return super().get_context_data(
            cards=make_submission_cards(page),
            holds=list_holds(Hold.objects.public().active().in_call(self.object))[:ROWS_A_PAGE],
            repeated=list_repeated(self.object),
            page_obj=page,
            phase=self.object.phase(at=now),
            is_sealed=self.object.is_sealed(at=now),
            **kwargs,
        )


class SubmissionDetail(DetailPage):
    """A public filing: by whom, where they agreed to be named, with its general comment and all its comments."""

    template_name = "consultations/submission_detail.html"
    context_object_name = "submission"

    def get_queryset(self) -> QuerySet[Submission]:
        """Return the public filings, and those that are held, of which the page tells only that and why."""
        submissions: QuerySet[Submission] = (
            (Submission.objects.public() | Submission.objects.held()).with_context().with_supporters()
        )
        return submissions

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here, through the call."""
        call = self.object.call
        author = name_author(self.object)
        return [
            (_("Calls for comments"), reverse("call-list")),
            (call.title, reverse("call-detail", args=[call.pk])),
            (author.name if author else _("Submission %(number)d") % {"number": self.object.pk}, ""),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the comments in the order in which the delegation numbered them."""
        is_held = self.object.holds.active().exists()
        comments = self.object.comments.none() if is_held else self.object.comments.not_held().with_context()
        comments = comments.prefetch_related("clause__wordings").order_by("number")
        author = name_author(self.object)
        page = take_page(self.request, comments, ROWS_A_PAGE)
        return super().get_context_data(
            author=author,
            cards=make_comment_cards(page),
            page_obj=page,
            citation=cite_submission(self.object, author),
            attachments=[] if is_held else list(self.object.attachments.all()),
            is_held=is_held,
            holds=list_holds_on(self.object),
            **kwargs,
        )


def cite_submission(submission: Submission, author: Author | None) -> str:
    """Return how a public filing is cited; without its author where they did not agree to be named."""
    values = {"call": submission.call.title, "draft": cite_draft(submission.call.draft), "number": submission.pk}
    if author is None:
        return _("Submission %(number)d, %(call)s, on: %(draft)s") % values
    return _("%(author)s, submission %(number)d, %(call)s, on: %(draft)s") % {**values, "author": author.name}


class CommentList(FilteredPage):
    """All public comments in the order of the text, on its clauses and on the whole of it."""

    template_name = "consultations/comment_list.html"
    paginate_by = ROWS_A_PAGE

    @cached_property
    def filter(self) -> CommentFilter:
        """The public comments, narrowed as the reader asked."""
        return CommentFilter(self.request.GET, queryset=Comment.objects.public(), request=self.request)

    def get_queryset(self) -> QuerySet[Comment]:
        """Return the comments, each with all that is printed of it."""
        comments: QuerySet[Comment] = self.filter.qs.with_context().prefetch_related("clause__wordings")
        return comments.in_reading_order()  # type: ignore[attr-defined, no-any-return]

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Comments"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter and the comments ready to be shown."""
        offered = ["draft", "target", "position", "category", "operation", "is_answered", "party_kind"]
        if Draft.objects.published().filter(supersedes__isnull=False).exists():
            offered += ["standing_on", "standing"]
        context = super().get_context_data(filter_fields=offer_fields(self.filter, *offered), **kwargs)
        return context | {"cards": make_comment_cards(context["page_obj"], draft=self.filter.draft_stood_on)}


class DispositionList(FilteredPage):
    """The published answers to public comments, clause by clause."""

    template_name = "consultations/disposition_list.html"
    paginate_by = ROWS_A_PAGE

    @cached_property
    def filter(self) -> DispositionFilter:
        """The published answers, narrowed as the reader asked."""
        return DispositionFilter(self.request.GET, queryset=Disposition.objects.public(), request=self.request)

    def get_queryset(self) -> QuerySet[Disposition]:
        """Return the answers in the order of the text."""
        answers: QuerySet[Disposition] = self.filter.qs.with_context().in_reading_order()
        return answers.prefetch_related("comment__clause__wordings")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Answers"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the comments that are answered, with their answers, and how the decisions divide."""
        context = super().get_context_data(filter_fields=offer_fields(self.filter, "draft", "decision"), **kwargs)
        counts = PublicCounts()
        return context | {
            "cards": make_comment_cards(answer.comment for answer in context["page_obj"]),
            "decisions": list_decisions(counts.by_decision()),
            "unanswered": counts.unanswered(),
        }
