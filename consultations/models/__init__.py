"""What exists of those who are heard and of what they say, and can never be false."""

from consultations.models.answers import Alike, AlikeGroup, Assignment, Disposition, Reply
from consultations.models.calls import Call, EarlyOpening
from consultations.models.filings import Comment, Submission
from consultations.models.hearings import Confidentiality, Consultation, ConsultationNote, PartyCategory, View
from consultations.models.joining import Invitation, ParticipationRequest
from consultations.models.notices import Notice
from consultations.models.people import Delegation, Membership, User
from consultations.models.questionnaires import Answer, Question, Questionnaire
from consultations.models.receipts import ChainHead, Receipt
from consultations.models.sharing import Attachment, CoSponsor, DelegationNote, Hold
from consultations.models.withdrawals import Withdrawal

__all__ = [
    "Alike",
    "AlikeGroup",
    "Answer",
    "Assignment",
    "Attachment",
    "Call",
    "ChainHead",
    "CoSponsor",
    "Comment",
    "Confidentiality",
    "Consultation",
    "ConsultationNote",
    "Delegation",
    "DelegationNote",
    "Disposition",
    "EarlyOpening",
    "Hold",
    "Invitation",
    "Membership",
    "Notice",
    "ParticipationRequest",
    "PartyCategory",
    "Question",
    "Questionnaire",
    "Receipt",
    "Reply",
    "Submission",
    "User",
    "View",
    "Withdrawal",
]
