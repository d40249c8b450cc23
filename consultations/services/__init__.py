"""What happens to calls, submissions, comments and answers.

One verb a function, keyword-only, atomic: the only gate for page, API, command, import and demonstration. Each refuses
with `declaration.errors.Refused`, having written nothing.
"""

from consultations.services.alike import group_alike
from consultations.services.answers import (
    answer_alike,
    answer_comment,
    publish_dispositions,
    retract_dispositions,
    review_disposition,
    review_dispositions,
)
from consultations.services.assignments import assign
from consultations.services.attachments import attach_file, remove_attachment
from consultations.services.calls import archive_call, change_call, close_call, create_call, extend_call, open_call
from consultations.services.clearance import clear_comment, mark_ready, send_back, write_note
from consultations.services.comments import add_comment, delete_comment, edit_comment
from consultations.services.due import run_due
from consultations.services.early_opening import (
    ask_early_opening,
    confirm_early_opening,
    take_back_early_opening,
)
from consultations.services.given_up import send_again
from consultations.services.moderation import hold, lift_hold
from consultations.services.notices import queue_notice, send_waiting
from consultations.services.people import (
    add_member,
    add_to_staff,
    change_role,
    create_delegation,
    create_user,
    ensure_staff_group,
    remove_member,
)
from consultations.services.preferences import choose_mail
from consultations.services.replies import reply
from consultations.services.submissions import (
    clear_submission,
    describe_submission,
    discard_submission,
    list_missing,
    return_submission,
    start_submission,
    submit_submission,
    withdraw_submission,
)
from consultations.services.tokens import make_token, revoke_token

__all__ = [
    "add_comment",
    "add_member",
    "add_to_staff",
    "answer_alike",
    "answer_comment",
    "archive_call",
    "ask_early_opening",
    "assign",
    "attach_file",
    "change_call",
    "change_role",
    "choose_mail",
    "clear_comment",
    "clear_submission",
    "close_call",
    "confirm_early_opening",
    "create_call",
    "create_delegation",
    "create_user",
    "delete_comment",
    "describe_submission",
    "discard_submission",
    "edit_comment",
    "ensure_staff_group",
    "extend_call",
    "group_alike",
    "hold",
    "lift_hold",
    "list_missing",
    "make_token",
    "mark_ready",
    "open_call",
    "publish_dispositions",
    "queue_notice",
    "remove_attachment",
    "remove_member",
    "reply",
    "retract_dispositions",
    "return_submission",
    "review_disposition",
    "review_dispositions",
    "revoke_token",
    "run_due",
    "send_again",
    "send_back",
    "send_waiting",
    "start_submission",
    "submit_submission",
    "take_back_early_opening",
    "withdraw_submission",
    "write_note",
]
