"""What a comment's proposal does to its clause, word by word."""

from collections.abc import Iterable

from consultations.models import Comment
from declaration.models import Wording
from declaration.text.redline import Operation, TextTooLongError, redline


def present_words(wordings: Iterable[Wording], language: str) -> str:
    """Return the words of a clause that a proposal is about: its text, or the heading of a clause that is only a heading.

    Empty where the draft has no wording in that language.
    """
    return next((wording.text or wording.heading for wording in wordings if wording.language == language), "")


def redline_proposal(comment: Comment, wordings: Iterable[Wording]) -> list[Operation]:
    """Return the redline of a comment's proposal against its clause; empty where it proposes no change.

    `wordings` are the clause's, in any languages; the one in the comment's language is compared. A proposal in a language
    that the draft does not have is all inserted, for there is nothing to compare it with. Texts too long to be compared
    are shown as wholly replaced.
    """
    if comment.operation == Comment.Operation.NONE:
        return []
    present = ""
    if comment.operation != Comment.Operation.INSERT:
        present = present_words(wordings, comment.language)
    try:
        return redline(present, comment.proposed_text)
    except TextTooLongError:
        return [Operation("delete", present), Operation("insert", comment.proposed_text)]
