"""Which delegations, calls, submissions, comments and answers, and for whom.

Who may see a filing is decided here, once: pages, API, exports and counts all ask `visible_to` or `public`.
"""

from consultations.querysets.comments import CommentQuerySet, DispositionQuerySet
from consultations.querysets.filings import CallQuerySet, CoSponsorQuerySet, HoldQuerySet, SubmissionQuerySet
from consultations.querysets.people import DelegationQuerySet, InvitationQuerySet

__all__ = [
    "CallQuerySet",
    "CoSponsorQuerySet",
    "CommentQuerySet",
    "DelegationQuerySet",
    "DispositionQuerySet",
    "HoldQuerySet",
    "InvitationQuerySet",
    "SubmissionQuerySet",
]
