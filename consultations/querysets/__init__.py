"""Which delegations, calls, submissions, comments and answers, and for whom.

Who may see a filing is decided here, once: pages, API, exports and counts all ask `visible_to` or `public`.
"""

from consultations.querysets.comments import CommentQuerySet, DispositionQuerySet
from consultations.querysets.filings import CallQuerySet, CoSponsorQuerySet, HoldQuerySet, SubmissionQuerySet
from consultations.querysets.people import DelegationQuerySet, InvitationQuerySet
from consultations.querysets.record import (
    AnswerQuerySet,
    ConsultationNoteQuerySet,
    ConsultationQuerySet,
    QuestionnaireQuerySet,
    ViewQuerySet,
)

__all__ = [
    "AnswerQuerySet",
    "CallQuerySet",
    "CoSponsorQuerySet",
    "CommentQuerySet",
    "ConsultationNoteQuerySet",
    "ConsultationQuerySet",
    "DelegationQuerySet",
    "DispositionQuerySet",
    "HoldQuerySet",
    "InvitationQuerySet",
    "QuestionnaireQuerySet",
    "SubmissionQuerySet",
    "ViewQuerySet",
]
