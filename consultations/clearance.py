"""Where a submission's comments stand on their way to being filed, and what its people said about them, for its own desk."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from consultations.models import Comment, DelegationNote, Submission


def count_clearance(submission: Submission) -> list[tuple[str, str, int]]:
    """Return each way a comment can stand with its name and how many of the submission's comments stand so."""
    counts = dict(submission.comments.order_by().values_list("clearance").annotate(Count("pk")))
    return [(code, str(label), counts.get(code, 0)) for code, label in Comment.Clearance.choices]


def with_note_counts(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Return comments with `note_count`, how many notes the delegation's people wrote on each."""
    notes = DelegationNote.objects.filter(comment=OuterRef("pk")).order_by().values("comment")
    count = Subquery(notes.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return comments.annotate(note_count=Coalesce(count, 0))


def list_notes(submission: Submission, comment: Comment | None = None) -> Any:
    """Return the notes on a submission, the oldest first: all of them, or those on one comment."""
    notes = DelegationNote.objects.filter(submission=submission).select_related("author", "comment")
    if comment is not None:
        notes = notes.filter(comment=comment)
    return notes.order_by("written_at", "id")
