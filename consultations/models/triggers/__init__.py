"""Promises about filings that a constraint on one row cannot keep; see `declaration.models.triggers`."""

from consultations.models.triggers.answers import (
    assignment_of_filed_comment,
    disposition_of_filed_comment,
    reply_to_published_answer,
)
from consultations.models.triggers.calls import (
    call_on_published_draft,
    call_opened_early_by_two,
    early_opening_stays,
    no_staff_in_delegation,
    staff_in_no_delegation,
)
from consultations.models.triggers.filings import (
    attachment_frozen,
    co_sponsor_settled,
    comment_frozen,
    comment_on_draft_of_call,
    hold_on_stakeholder,
    submission_filed_cleared,
    submission_frozen,
)
from consultations.models.triggers.hearings import view_keeps_consultation, view_speaks_for_own_group
from consultations.models.triggers.receipts import (
    chain_head_grows,
    receipt_kept,
    receipt_linked,
    receipt_never_emptied,
)

__all__ = [
    "assignment_of_filed_comment",
    "attachment_frozen",
    "call_on_published_draft",
    "call_opened_early_by_two",
    "chain_head_grows",
    "co_sponsor_settled",
    "comment_frozen",
    "comment_on_draft_of_call",
    "disposition_of_filed_comment",
    "early_opening_stays",
    "hold_on_stakeholder",
    "no_staff_in_delegation",
    "receipt_kept",
    "receipt_linked",
    "receipt_never_emptied",
    "reply_to_published_answer",
    "staff_in_no_delegation",
    "submission_filed_cleared",
    "submission_frozen",
    "view_keeps_consultation",
    "view_speaks_for_own_group",
]
