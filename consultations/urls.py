"""Addresses of pages that show what was said on the text: the public's, and those of delegations and of staff."""

from django.urls import URLPattern, URLResolver, include, path

from consultations.views.attachments import AttachmentView
from consultations.views.calls import CallDetail, CallList, CommentList, DispositionList, SubmissionDetail
from consultations.views.chains import CallChain, ChainFeed, ChainList, ReceiptVerifier
from consultations.views.clauses import ClauseDetail
from consultations.views.comparing import ClauseCompare, ClauseHistoryPage, DraftCompare
from consultations.views.drafts import DraftDetail, DraftList
from consultations.views.holds import HoldList
from consultations.views.joining import InvitationView, ParticipateSentView, ParticipateView
from consultations.views.mail import MailPreferencesView
from consultations.views.parties import GroupDetail, StakeholderDetail
from consultations.views.positions import ClausePositions, DraftPositions
from consultations.views.questionnaires import QuestionnaireDetail, QuestionnaireList, ViewList
from consultations.views.reports import CallReport, CallReportTable

urlpatterns: list[URLPattern | URLResolver] = [
    path("drafts/", DraftList.as_view(), name="draft-list"),
    path("drafts/<int:ordinal>/", DraftDetail.as_view(), name="draft-detail"),
    path("drafts/<int:ordinal>/clauses/<str:eid>/", ClauseDetail.as_view(), name="clause-detail"),
    path("drafts/<int:ordinal>/positions/", DraftPositions.as_view(), name="draft-positions"),
    path("drafts/<int:ordinal>/clauses/<str:eid>/positions/", ClausePositions.as_view(), name="clause-positions"),
    path("drafts/<int:ordinal>/compare/<int:other>/", DraftCompare.as_view(), name="draft-compare"),
    path("drafts/<int:ordinal>/clauses/<str:eid>/history/", ClauseHistoryPage.as_view(), name="clause-history"),
    path(
        "drafts/<int:ordinal>/clauses/<str:eid>/compare/<int:other>/<str:other_eid>/",
        ClauseCompare.as_view(),
        name="clause-compare",
    ),
    path("calls/", CallList.as_view(), name="call-list"),
    path("calls/<int:pk>/", CallDetail.as_view(), name="call-detail"),
    path("calls/<int:pk>/report/", CallReport.as_view(), name="call-report"),
    path("calls/<int:pk>/report.csv", CallReportTable.as_view(), name="call-report-table"),
    path("calls/<int:pk>/chain/", CallChain.as_view(), name="call-chain"),
    path("chains/", ChainList.as_view(), name="chain-list"),
    path("chains/feed/", ChainFeed.as_view(), name="chain-feed"),
    path("chains/verify_receipt.py", ReceiptVerifier.as_view(), name="receipt-verifier"),
    path("submissions/<int:pk>/", SubmissionDetail.as_view(), name="submission-detail"),
    path("submissions/<int:pk>/attachments/<int:attachment_pk>/", AttachmentView.as_view(), name="attachment"),
    path("holds/", HoldList.as_view(), name="hold-list"),
    path("comments/", CommentList.as_view(), name="comment-list"),
    path("dispositions/", DispositionList.as_view(), name="disposition-list"),
    path("views/", ViewList.as_view(), name="view-list"),
    path("questionnaires/", QuestionnaireList.as_view(), name="questionnaire-list"),
    path("questionnaires/<slug:slug>/", QuestionnaireDetail.as_view(), name="questionnaire-detail"),
    path("groups/<slug:code>/", GroupDetail.as_view(), name="group-detail"),
    path("stakeholders/<slug:slug>/", StakeholderDetail.as_view(), name="stakeholder-detail"),
    path("account/mail/", MailPreferencesView.as_view(), name="notice-preferences"),
    path("invitations/<str:token>/", InvitationView.as_view(), name="invitation"),
    path("participate/", ParticipateView.as_view(), name="participate"),
    path("participate/sent/", ParticipateSentView.as_view(), name="participate-sent"),
    path("desk/", include("consultations.urls_desk")),
    path("staff/", include("consultations.urls_staff")),
]
