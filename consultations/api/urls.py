"""Addresses in the API of calls and of what is said in them: the public's, a delegation's own, and those of staff."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from consultations.api import (
    account,
    attachments,
    chains,
    comparing,
    desk,
    desk_changes,
    desk_clearance,
    desk_comments,
    desk_replies,
    given_up,
    holds,
    mail,
    positions,
    public,
    record,
    reports,
    staff,
    staff_answers,
    staff_downloads,
    staff_editing,
    staff_imports,
    staff_lineage,
    staff_sharing,
)
from consultations.api.urls_filings import urlpatterns as filing_patterns
from consultations.api.urls_hearings import urlpatterns as hearing_patterns
from consultations.api.urls_joining import urlpatterns as joining_patterns
from consultations.api.urls_sponsors import urlpatterns as sponsor_patterns

router = SimpleRouter(use_regex_path=False)
router.register("drafts/<int:ordinal>/clauses", public.ClauseViewSet, "api-clause")
router.register("calls", public.CallViewSet, "api-call")
router.register("submissions", public.SubmissionViewSet, "api-submission")
router.register("comments", public.CommentViewSet, "api-comment")
router.register("views", record.ViewViewSet, "api-view")
router.register("questionnaires", record.QuestionnaireViewSet, "api-questionnaire")
router.register("answers", record.AnswerViewSet, "api-answer")
router.register("dispositions", public.DispositionViewSet, "api-disposition")
router.register("chains", chains.ChainViewSet, "api-chain")
router.register("desk/submissions", desk.DeskSubmissionViewSet, "api-desk-submission")
router.register("holds", holds.HoldViewSet, "api-hold")
router.register("staff/holds", holds.StaffHoldViewSet, "api-staff-hold")
router.register("staff/given-up-mail", given_up.GivenUpMailViewSet, "api-staff-given-up-mail")
router.register("staff/drafts", staff_editing.StaffDraftViewSet, "api-staff-draft")
router.register("staff/drafts/<int:ordinal>/clauses", staff_editing.StaffClauseViewSet, "api-staff-clause")
router.register("staff/drafts/<int:ordinal>/lineage", staff_lineage.StaffLineageViewSet, "api-staff-lineage")
router.register("staff/imports", staff_imports.StaffImportViewSet, "api-staff-import")
router.register("staff/calls", staff.StaffCallViewSet, "api-staff-call")
router.register("staff/submissions", staff_answers.StaffSubmissionViewSet, "api-staff-submission")
router.register("staff/comments", staff_answers.StaffCommentViewSet, "api-staff-comment")

comment_list = desk_comments.DeskCommentViewSet.as_view({"get": "list", "post": "create"})
comment_detail = desk_comments.DeskCommentViewSet.as_view({"get": "retrieve", "put": "update", "delete": "destroy"})

urlpatterns = [
    path("chains/keys/", chains.KeyList.as_view(), name="api-chain-keys"),
    path("calls/<int:call>/chain/", chains.ChainLinks.as_view(), name="api-call-chain"),
    path("desk/submissions/<int:pk>/receipt/", chains.DeskReceipt.as_view(), name="api-desk-receipt"),
    path(
        "desk/submissions/<int:pk>/receipt/<slug:extension>/",
        chains.DeskReceiptFile.as_view(),
        name="api-desk-receipt-file",
    ),
    path("me/", account.AccountView.as_view(), name="api-me"),
    path("me/mail/", mail.MailView.as_view(), name="api-me-mail"),
    path("tokens/", account.TokenView.as_view(), name="api-token-list"),
    path("tokens/current/", account.CurrentTokenView.as_view(), name="api-token-current"),
    path("desk/delegations/", desk.DeskDelegationList.as_view(), name="api-desk-delegation-list"),
    path("desk/delegations/<str:key>/changes/", desk_changes.DeskChanges.as_view(), name="api-desk-changes"),
    path("desk/calls/", desk.DeskCallList.as_view(), name="api-desk-call-list"),
    path("desk/submissions/<int:submission>/comments/", comment_list, name="api-desk-comment-list"),
    path("desk/submissions/<int:submission>/comments/<int:number>/", comment_detail, name="api-desk-comment-detail"),
    *(
        path(
            f"desk/submissions/<int:submission>/comments/<int:number>/{address}/",
            desk_clearance.DeskClearanceViewSet.as_view({"post": act}),
            name=f"api-desk-comment-{address}",
        )
        for address, act in (("ready", "ready"), ("clear", "clear"), ("send-back", "send_back"))
    ),
    path(
        "desk/submissions/<int:submission>/notes/",
        desk_clearance.DeskNoteViewSet.as_view({"get": "list", "post": "create"}),
        name="api-desk-note-list",
    ),
    path(
        "desk/submissions/<int:submission>/attachments/",
        attachments.DeskAttachmentViewSet.as_view({"get": "list", "post": "create"}),
        name="api-desk-attachment-list",
    ),
    path(
        "desk/submissions/<int:submission>/attachments/<int:pk>/",
        attachments.DeskAttachmentViewSet.as_view({"delete": "destroy"}),
        name="api-desk-attachment-detail",
    ),
    path(
        "desk/delegations/<str:key>/history/",
        desk_clearance.DeskHistory.as_view({"get": "list"}),
        name="api-desk-history",
    ),
    path(
        "submissions/<int:submission>/attachments/<int:pk>/",
        attachments.AttachmentContent.as_view(),
        name="api-attachment-content",
    ),
    path("calls/<int:pk>/report/", reports.CallReportView.as_view(), name="api-call-report"),
    path("staff/calls/<int:pk>/report/", reports.StaffCallReportView.as_view(), name="api-staff-call-report"),
    path("staff/calls/<int:pk>/alike/", staff_sharing.CallAlike.as_view(), name="api-staff-call-alike"),
    path("staff/comments/assign/", staff_sharing.AssignComments.as_view(), name="api-staff-comment-assign"),
    path("staff/comments/answer/", staff_sharing.AnswerAlike.as_view(), name="api-staff-comment-answer-alike"),
    path("staff/dispositions/review/", staff_sharing.ReviewAnswers.as_view(), name="api-staff-disposition-review"),
    path(
        "desk/submissions/<int:submission>/comments/<int:number>/reply/",
        desk_replies.DeskReplyView.as_view(),
        name="api-desk-comment-reply",
    ),
    path("staff/dispositions/publish/", staff_answers.PublishAnswers.as_view(), name="api-staff-disposition-publish"),
    path("staff/dispositions/retract/", staff_answers.RetractAnswers.as_view(), name="api-staff-disposition-retract"),
    path("staff/drafts/<int:ordinal>/next/", staff_lineage.NextDraft.as_view(), name="api-staff-draft-next"),
    path(
        "staff/drafts/<int:ordinal>/download/<slug:kind>/",
        staff_downloads.StaffDraftDownload.as_view(),
        name="api-staff-draft-download",
    ),
    path("staff/submissions/<int:pk>/hold/", holds.HoldSubmission.as_view(), name="api-staff-submission-hold"),
    path("staff/comments/<int:pk>/hold/", holds.HoldComment.as_view(), name="api-staff-comment-hold"),
    path("drafts/<int:ordinal>/positions/", positions.DraftPositionList.as_view(), name="api-draft-positions"),
    path(
        "drafts/<int:ordinal>/clauses/<eid:eid>/positions/",
        positions.ClausePositionList.as_view(),
        name="api-clause-positions",
    ),
    path("drafts/<int:ordinal>/compare/<int:other>/", comparing.DraftCompareView.as_view(), name="api-draft-compare"),
    path(
        "drafts/<int:ordinal>/clauses/<eid:eid>/history/",
        comparing.ClauseHistoryView.as_view(),
        name="api-clause-history",
    ),
    path(
        "drafts/<int:ordinal>/clauses/<eid:eid>/compare/<int:other>/<eid:other_eid>/",
        comparing.ClauseCompareView.as_view(),
        name="api-clause-compare",
    ),
    path(
        "staff/drafts/<int:ordinal>/compare/<int:other>/",
        comparing.StaffDraftCompareView.as_view(),
        name="api-staff-draft-compare",
    ),
    path("comments/<int:pk>/redline/", comparing.CommentRedlineView.as_view(), name="api-comment-redline"),
    path(
        "desk/submissions/<int:submission>/comments/<int:number>/redline/",
        comparing.DeskCommentRedlineView.as_view(),
        name="api-desk-comment-redline",
    ),
    path(
        "staff/comments/<int:pk>/redline/",
        comparing.StaffCommentRedlineView.as_view(),
        name="api-staff-comment-redline",
    ),
    *filing_patterns,
    *hearing_patterns,
    *joining_patterns,
    *sponsor_patterns,
    *router.urls,
]
