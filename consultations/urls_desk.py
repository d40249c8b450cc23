"""Addresses of a delegation's own pages, below `desk/`."""

from django.urls import URLPattern, URLResolver, path

from consultations.views import desk, desk_changes, desk_comments, desk_submission, tokens

_SUBMISSION = "submissions/<int:pk>/"

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
    path("<str:key>/", desk.DelegationDeskView.as_view(), name="desk-delegation"),
    path("<str:key>/changes/", desk_changes.ChangesView.as_view(), name="desk-changes"),
    path("<str:key>/calls/<int:call_pk>/start/", desk.StartView.as_view(), name="desk-submission-start"),
]
