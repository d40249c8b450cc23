"""Every page of the site, with who can read it: each is visited in two languages.

Braces stand for keys that are known once the site is loaded; a path that begins with / has no language. Pages of a new
address have to be put here, or among those that have none, before the tests pass.
"""

from dataclasses import dataclass
from typing import Final

from tests.browser.site import ADMINISTRATOR, ALONE, CLEARED, FILED, STAFF, WRITING


@dataclass(frozen=True)
class Place:
    """A page: the name of its address, its path, who reads it (nobody in particular unless said), and its status."""

    name: str
    path: str
    reader: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.name} {self.path}"


def _places(reader: str, *pages: tuple[str, str]) -> list[Place]:
    return [Place(name, path, reader) for name, path in pages]


PLACES: Final[list[Place]] = [
    *_places(
        "",
        ("home", ""),
        ("draft-list", "drafts/"),
        ("draft-detail", "drafts/1/"),
        ("draft-detail", "drafts/1/?with=fr&commented=1"),
        ("draft-corrigenda", "drafts/1/corrigenda/"),
        ("clause-detail", "drafts/1/clauses/art_9__para_1/"),
        ("clause-detail", "drafts/1/clauses/preamble/"),
        ("clause-detail", "drafts/1/clauses/art_14__para_1/"),
        ("draft-compare", "drafts/{compared_draft}/compare/{first_draft}/"),
        ("draft-compare", "drafts/{compared_draft}/compare/{first_draft}/?language=ar&show=all"),
        ("clause-history", "drafts/{compared_draft}/clauses/art_1__para_1/history/"),
        ("clause-history", "drafts/1/clauses/art_9__para_1/history/"),
        ("draft-detail", "drafts/2/"),
        ("draft-compare", "drafts/2/compare/1/"),
        ("clause-history", "drafts/2/clauses/art_9__para_1/history/"),
        ("clause-compare", "drafts/1/clauses/art_9__para_1/compare/1/art_14__para_1/"),
        ("element-list", "elements/"),
        ("element-detail", "elements/26a/"),
        ("state-list", "states/"),
        ("state-detail", "states/XAA/"),
        ("group-detail", "groups/africa/"),
        ("stakeholder-list", "stakeholders/"),
        ("stakeholder-detail", "stakeholders/lantern-bridge-network/"),
        ("resolution-list", "resolutions/"),
        ("resolution-detail", "resolutions/{resolution}/"),
        ("document-list", "documents/"),
        ("document-detail", "documents/{document}/"),
        ("document-text", "documents/{read_document}/text/"),
        ("document-text", "documents/{document}/text/"),
        ("mandate-detail", "mandates/{mandate}/"),
        ("activity-list", "activities/"),
        ("activity-detail", "activities/{activity}/"),
        ("call-list", "calls/"),
        ("call-detail", "calls/{open_call}/"),
        ("call-detail", "calls/{closed_call}/"),
        ("call-chain", "calls/{closed_call}/chain/"),
        ("chain-list", "chains/"),
        ("submission-detail", "submissions/{filed}/"),
        ("comment-list", "comments/?position=opposes"),
        ("comment-list", "comments/?draft=99"),
        ("disposition-list", "dispositions/"),
        ("account_login", "account/login/"),
        ("account_reset_password", "account/password/reset/"),
        ("account_reset_password_done", "account/password/reset/done/"),
        ("account_reset_password_from_key", "account/password/reset/key/1-none/"),
        ("account_reset_password_from_key_done", "account/password/reset/key/done/"),
        ("account_signup", "account/signup/"),
        ("account_inactive", "account/inactive/"),
        ("account_confirm_email", "account/confirm-email/none/"),
        ("account_email_verification_sent", "account/confirm-email/"),
    ),
    Place("not found", "drafts/99/", status=404),
    *_places(
        WRITING,
        ("desk", "desk/"),
        ("desk-tokens", "desk/tokens/"),
        ("notice-preferences", "account/mail/"),
        ("desk-delegation", "desk/XAA/"),
        ("desk-changes", "desk/XAA/changes/"),
        ("desk-history", "desk/XAA/history/"),
        ("desk-submission", "desk/submissions/{writing}/"),
        ("desk-comment-add", "desk/submissions/{writing}/comments/add/"),
        ("desk-comment-add", "desk/submissions/{writing}/comments/add/?clause=art_4__para_2bis&operation=replace"),
        ("desk-comment-edit", "desk/submissions/{writing}/comments/{comment}/"),
        ("desk-comment-delete", "desk/submissions/{writing}/comments/{comment}/delete/"),
        ("desk-comment-notes", "desk/submissions/{writing}/comments/{comment}/notes/"),
        ("desk-comment-send-back", "desk/submissions/{writing}/comments/{comment}/send-back/"),
        ("desk-submission-notes", "desk/submissions/{writing}/notes/"),
        ("desk-attachment-add", "desk/submissions/{writing}/attachments/"),
        ("desk-submission-submit", "desk/submissions/{writing}/submit/"),
        ("desk-submission-clear", "desk/submissions/{writing}/clear/"),
        ("desk-submission-discard", "desk/submissions/{writing}/discard/"),
        ("account_logout", "account/logout/"),
        ("account_email", "account/email/"),
        ("account_change_password", "account/password/change/"),
        ("mfa_index", "account/2fa/"),
        ("mfa_activate_totp", "account/2fa/totp/activate/"),
    ),
    *_places(
        FILED,
        ("desk-submission", "desk/submissions/{filed}/"),
        ("desk-submission-withdraw", "desk/submissions/{filed}/withdraw/"),
        ("desk-receipt", "desk/submissions/{filed}/receipt/"),
        ("desk-comment-add", "desk/comments/add/?draft=1&clause=art_9__para_1"),
    ),
    *_places(
        CLEARED,
        ("desk-submission", "desk/submissions/{cleared}/"),
        ("desk-submission-return", "desk/submissions/{cleared}/return/"),
    ),
    Place("desk", "desk/", ALONE),
    *_places(
        STAFF["en"],
        ("staff-home", "staff/"),
        ("staff-draft-list", "staff/drafts/"),
        ("staff-draft-detail", "staff/drafts/1/"),
        ("staff-draft-publish", "staff/drafts/{preparing_draft}/publish/"),
        ("staff-draft-withdraw", "staff/drafts/1/withdraw/"),
        ("staff-draft-add", "staff/drafts/new/"),
        ("staff-draft-edit", "staff/drafts/{preparing_draft}/edit/"),
        ("staff-draft-outline", "staff/drafts/{preparing_draft}/outline/"),
        ("staff-clause-add", "staff/drafts/{preparing_draft}/clauses/new/?place=after&beside=art_1&as=alt"),
        ("staff-clause-edit", "staff/drafts/{preparing_draft}/clauses/art_1/"),
        ("staff-clause-move", "staff/drafts/{preparing_draft}/clauses/art_1/move/"),
        ("staff-clause-split", "staff/drafts/{preparing_draft}/clauses/art_1/split/"),
        ("staff-clause-merge", "staff/drafts/{preparing_draft}/clauses/art_1/merge/"),
        ("staff-clause-remove", "staff/drafts/{preparing_draft}/clauses/art_1/remove/"),
        ("staff-clause-history", "staff/drafts/{preparing_draft}/clauses/art_1/history/"),
        ("staff-clause-correct", "staff/drafts/1/clauses/art_9__para_1/correct/?language=ar"),
        ("staff-draft-standing", "staff/drafts/1/standing/"),
        ("staff-draft-compare", "staff/drafts/{preparing_draft}/compare/1/"),
        ("staff-draft-next", "staff/drafts/1/next/"),
        ("staff-draft-lineage", "staff/drafts/{preparing_draft}/lineage/?with=ar"),
        ("staff-draft-lineage", "staff/drafts/{preparing_draft}/lineage/?show=dropped"),
        ("staff-clause-origin", "staff/drafts/{preparing_draft}/lineage/art_1/?q=solidarity"),
        ("staff-call-list", "staff/calls/"),
        ("staff-call-add", "staff/calls/new/"),
        ("staff-call-detail", "staff/calls/{open_call}/"),
        ("staff-call-edit", "staff/calls/{preparing_call}/edit/"),
        ("staff-call-open", "staff/calls/{preparing_call}/open/"),
        ("staff-call-extend", "staff/calls/{open_call}/extend/"),
        ("staff-call-close", "staff/calls/{open_call}/close/"),
        ("staff-call-archive", "staff/calls/{closed_call}/archive/"),
        ("staff-comments", "staff/comments/?position=opposes"),
        ("staff-import-list", "staff/imports/"),
        ("staff-import-add", "staff/imports/new/"),
        ("staff-import-detail", "staff/imports/{import}/"),
        ("staff-import-texts", "staff/imports/{import}/texts/"),
        ("staff-import-commit", "staff/imports/{import}/commit/"),
        ("staff-import-discard", "staff/imports/{import}/discard/"),
        ("staff-import-clause", "staff/imports/{import}/ar/1/"),
    ),
    *_places(
        ADMINISTRATOR,
        ("admin:index", "/admin/"),
        ("admin:list", "/admin/declaration/clause/"),
        ("admin:change", "/admin/declaration/clause/{clause}/change/"),
        ("admin:change", "/admin/declaration/draft/{preparing_draft}/change/"),
    ),
]

NO_PAGES: Final[dict[str, str]] = {
    "choose-language": "leads on",
    "robots": "no page",
    "after-sign-in": "leads on",
    "mandate": "leads on",
    "sent-mail-list": "only there on a machine of one's own",
    "sent-mail-detail": "only there on a machine of one's own",
    "desk-submission-start": "only acts",
    "desk-submission-download": "a file",
    "desk-receipt-file": "a file",
    "attachment": "a file",
    "desk-attachment-remove": "only acts",
    "desk-comment-clear": "only acts",
    "desk-comment-ready": "only acts",
    "receipt-verifier": "a file",
    "chain-feed": "a feed",
    "draft-download": "a file",
    "draft-cite": "a file",
    "clause-cite": "a file",
    "desk-token-revoke": "only acts",
    "account_reauthenticate": "only within a change of how one signs in",
    "account_set_password": "leads on who has a password",
    "account_confirm_login_code": "no codes are sent",
    "mfa_authenticate": "only within a sign-in",
    "mfa_reauthenticate": "only within a change of how one signs in",
    "mfa_deactivate_totp": "only with a second step",
    "mfa_view_recovery_codes": "only with a second step",
    "mfa_generate_recovery_codes": "only with a second step",
    "mfa_download_recovery_codes": "a file",
}
"""Addresses that no page is visited at, and why."""
