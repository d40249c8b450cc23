"""How a delegation makes an earlier comment again on a newer draft: what the form starts from."""

from dataclasses import dataclass

from consultations.desk import name_target
from consultations.models import Comment, Submission
from consultations.standing import Kind, Standing, find_standings

MAX_DIGITS = 18
"""So many digits an id has at most."""

KEEPS_PROPOSAL = frozenset({Kind.STILL_APPLIES, Kind.TEXT_CHANGED, Kind.MOVED, Kind.MERGED})
"""Where a proposal can still be meant: not where its clause is in several parts, gone, or not settled."""


@dataclass(frozen=True)
class Again:
    """An earlier comment that is made again, and where it stands on the draft that is commented on now."""

    comment: Comment
    standing: Standing | None

    @property
    def name(self) -> str:
        """What it was on."""
        return name_target(self.comment)

    @property
    def keeps_proposal(self) -> bool:
        """Whether the form starts from its proposal too: not where that stands in the text already."""
        return self.standing is not None and self.standing.kind in KEEPS_PROPOSAL and not self.standing.is_done

    def list_values(self, submission: Submission) -> dict[str, str]:
        """Return what the form of a comment in this submission starts from."""
        comment = self.comment
        values = {"position": comment.position, "category": comment.category, "rationale": comment.rationale}
        if comment.language in submission.call.languages:
            values["language"] = comment.language
        if self.keeps_proposal:
            values |= {"operation": comment.operation, "proposed_text": comment.proposed_text}
        return values


def find_again(submission: Submission, wanted: str) -> Again | None:
    """Return the earlier comment that is to be made again, by its id as it was typed; only of the same delegation's filings.

    Nothing where there is no such comment: the form is then an empty one.
    """
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= MAX_DIGITS):
        return None
    filed = Submission.objects.filter(delegation=submission.delegation, status__in=Submission.FILED)
    comment = Comment.objects.filter(pk=int(wanted), submission__in=filed).with_context().first()
    if comment is None:
        return None
    return Again(comment, find_standings([comment], submission.call.draft).get(comment.pk))
