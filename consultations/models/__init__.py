"""What exists of those who are heard and of what they say, and can never be false."""

from consultations.models.filings import Call, Comment, Disposition, Submission
from consultations.models.people import Delegation, Membership, User

__all__ = ["Call", "Comment", "Delegation", "Disposition", "Membership", "Submission", "User"]
