"""Calls, and what was published of what was said in them, for everyone to read."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from consultations import filters
from consultations.api import serializers
from consultations.api.standings import FindsStandings
from consultations.models import Call, Comment, Disposition, Submission
from consultations.public_counts import PublicCounts
from declaration.api.base import PublicViewSet
from declaration.api.views import ClauseReading


class CallViewSet(PublicViewSet):
    """Calls for comments that have been announced, the one that closes last first."""

    queryset = Call.objects.announced().with_draft().with_early_opening().order_by("-closes_at", "-id")
    serializer_class = serializers.CallSerializer
    filterset_class = filters.CallFilter
    lookup_value_converter = "int"


class SubmissionViewSet(PublicViewSet):
    """Published submissions, newest first."""

    queryset = Submission.objects.none()
    serializer_class = serializers.SubmissionSerializer
    filterset_class = filters.SubmissionFilter
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Submission]:
        """Return what everyone may read at this moment."""
        public = Submission.objects.public().with_context().with_supporters()
        return public.count_comments().prefetch_related("attachments").order_by("-submitted_at", "-id")


class CommentViewSet(FindsStandings, PublicViewSet):
    """Published comments in the order of the text, each with its published answer."""

    queryset = Comment.objects.none()
    filterset_class = filters.CommentFilter
    lookup_value_converter = "int"

    def get_serializer_class(self) -> Any:
        """Return the short form for the list; a comment by itself has its redline."""
        return serializers.CommentSerializer if self.action == "list" else serializers.CommentDetailSerializer

    def get_queryset(self) -> QuerySet[Comment]:
        """Return what everyone may read at this moment."""
        return Comment.objects.public().with_context().with_replies().in_reading_order()


class DispositionViewSet(FindsStandings, PublicViewSet):
    """Published answers to published comments, newest first."""

    queryset = Disposition.objects.none()
    serializer_class = serializers.DispositionSerializer
    filterset_class = filters.DispositionFilter
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Disposition]:
        """Return what everyone may read at this moment."""
        return Disposition.objects.public().with_context().prefetch_related("replies").order_by("-published_at", "-id")

    def comments_of(self, rows: Iterable[Disposition]) -> list[Comment]:
        """Return the comments that are answered."""
        return [disposition.comment for disposition in rows]


class ClauseViewSet(ClauseReading, PublicViewSet):
    """The clauses of a published draft in reading order, with how many public comments each has."""

    serializer_class = serializers.CountedClauseSerializer
    lookup_value_converter = "eid"

    def get_serializer_context(self) -> dict[str, Any]:
        """Return the context with the counts of public comments, by clause."""
        context = dict(super().get_serializer_context())
        counts = PublicCounts()
        if "ordinal" in self.kwargs:
            context["carried"] = counts.carried_to(self.draft).by_clause
        if "eid" in self.kwargs:
            on_clause = Comment.objects.public().filter(clause__draft=self.draft, clause__eid=self.kwargs["eid"])
            context["positions"] = on_clause.count_positions()
        elif "ordinal" in self.kwargs:
            context["positions"] = counts.by_target(self.draft)
        return context
