"""Addresses of a delegation's own pages, below `desk/`."""

from django.urls import URLPattern, URLResolver, path

from consultations.views import (
    attachments,
    desk,
    desk_answers,
    desk_changes,
    desk_clearance,
    desk_comments,
    desk_history,
    desk_people,
    desk_receipts,
    desk_sponsors,
    desk_submission,
    tokens,
    versions,
)

_SUBMISSION = "submissions/<int:pk>/"
_COMMENT = f"{_SUBMISSION}comments/<int:comment_pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.DeskHomeView.as_view(), name="desk"),
    path("tokens/", tokens.TokensView.as_view(), name="desk-tokens"),
    path("tokens/<slug:token_key>/revoke/", tokens.RevokeTokenView.as_view(), name="desk-token-revoke"),
    # The same name with and without a submission: a public page knows only the clause.
    path("comments/add/", desk.CommentFromTextView.as_view(), name="desk-comment-add"),
    path(f"{_SUBMISSION}comments/add/", desk_comments.CommentAddView.as_view(), name="desk-comment-add"),
    path(f"{_SUBMISSION}comments/<int:comment_pk>/", desk_comments.CommentEditView.as_view(), name="desk-comment-edit"),
    path(
        f"{_SUBMISSION}comments/<int:comment_pk>/delete/",
        desk_comments.CommentDeleteView.as_view(),
        name="desk-comment-delete",
    ),
    path(f"{_COMMENT}ready/", desk_clearance.ReadyView.as_view(), name="desk-comment-ready"),
    path(f"{_COMMENT}clear/", desk_clearance.ClearCommentView.as_view(), name="desk-comment-clear"),
    path(f"{_COMMENT}send-back/", desk_clearance.SendBackView.as_view(), name="desk-comment-send-back"),
    path(f"{_COMMENT}notes/", desk_clearance.CommentNotesView.as_view(), name="desk-comment-notes"),
    path(f"{_SUBMISSION}notes/", desk_clearance.SubmissionNotesView.as_view(), name="desk-submission-notes"),
    path(f"{_SUBMISSION}attachments/", attachments.AttachView.as_view(), name="desk-attachment-add"),
    path(
        f"{_SUBMISSION}attachments/<int:attachment_pk>/remove/",
        attachments.AttachmentRemoveView.as_view(),
        name="desk-attachment-remove",
    ),
    path(_SUBMISSION, desk_submission.SubmissionView.as_view(), name="desk-submission"),
    path(f"{_SUBMISSION}clear/", desk_submission.ClearView.as_view(), name="desk-submission-clear"),
    path(f"{_SUBMISSION}return/", desk_submission.ReturnView.as_view(), name="desk-submission-return"),
    path(f"{_SUBMISSION}submit/", desk_submission.SubmitView.as_view(), name="desk-submission-submit"),
    path(f"{_SUBMISSION}withdraw/", desk_submission.WithdrawView.as_view(), name="desk-submission-withdraw"),
    path(f"{_SUBMISSION}discard/", desk_submission.DiscardView.as_view(), name="desk-submission-discard"),
    path(
        f"{_SUBMISSION}download/<str:extension>/",
        desk_submission.DownloadView.as_view(),
        name="desk-submission-download",
    ),
    path(f"{_SUBMISSION}answers/", desk_answers.AnswersView.as_view(), name="desk-answers"),
    path(f"{_COMMENT}reply/", desk_answers.ReplyView.as_view(), name="desk-comment-reply"),
    path(f"{_SUBMISSION}receipt/", desk_receipts.ReceiptView.as_view(), name="desk-receipt"),
    path(f"{_SUBMISSION}receipt/<str:extension>/", desk_receipts.ReceiptFileView.as_view(), name="desk-receipt-file"),
    path(f"{_SUBMISSION}co-sponsors/", desk_sponsors.CoSponsorsView.as_view(), name="desk-co-sponsors"),
    path("co-sponsorships/<int:pk>/", desk_sponsors.CoSponsorshipView.as_view(), name="desk-co-sponsorship"),
    path("<str:key>/", desk.DelegationDeskView.as_view(), name="desk-delegation"),
    path("<str:key>/history/", desk_history.HistoryView.as_view(), name="desk-history"),
    path("<str:key>/people/", desk_people.PeopleView.as_view(), name="desk-people"),
    path("<str:key>/people/<int:member_pk>/", desk_people.MemberView.as_view(), name="desk-member"),
    path("<str:key>/leave/", desk_people.LeaveView.as_view(), name="desk-leave"),
    path(
        "<str:key>/invitations/<int:invitation_pk>/",
        desk_people.InvitationActView.as_view(),
        name="desk-invitation",
    ),
    path("<str:key>/changes/", desk_changes.ChangesView.as_view(), name="desk-changes"),
    path("<str:key>/calls/<int:call_pk>/versions/", versions.DeskVersionsView.as_view(), name="desk-versions"),
    path("<str:key>/calls/<int:call_pk>/start/", desk.StartView.as_view(), name="desk-submission-start"),
]
