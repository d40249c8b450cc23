"""Addresses of the pages of the mandate holder's staff, below `staff/`."""

from django.urls import URLPattern, URLResolver, path

from consultations.urls_hearings import urlpatterns as hearing_patterns
from consultations.urls_imports import urlpatterns as import_patterns
from consultations.urls_people import urlpatterns as people_patterns
from consultations.views.reports import StaffCallReport, StaffCallReportTable
from consultations.views.staff import StaffHomeView
from consultations.views.staff_alike import AlikeAnswerView, CallAlikeView
from consultations.views.staff_calls import (
    ARCHIVE,
    CLOSE,
    EXTEND,
    OPEN,
    CallActView,
    CallAddView,
    CallDetailView,
    CallEditView,
    CallListView,
)
from consultations.views.staff_clause_acts import (
    ClauseHistoryView,
    ClauseMergeView,
    ClauseRemoveView,
    ClauseSplitView,
)
from consultations.views.staff_comments import CommentsView
from consultations.views.staff_comparing import StaffDraftCompare
from consultations.views.staff_corrigenda import CorrigendumAddView
from consultations.views.staff_draft_forms import DraftAddView, DraftEditView
from consultations.views.staff_drafts import (
    PUBLISH,
    WITHDRAW,
    DraftActView,
    DraftDetailView,
    DraftListView,
)
from consultations.views.staff_early_opening import OpenEarlyView
from consultations.views.staff_editing import ClauseEditView
from consultations.views.staff_filings import FilingListView, FilingView, LetterReceiptFileView, LetterReceiptView
from consultations.views.staff_holds import CommentHoldView, HoldView, LiftHoldView, StaffHoldList
from consultations.views.staff_letter_comments import LetterCommentView
from consultations.views.staff_letters import LetterAddView, LetterDetailView
from consultations.views.staff_lineage import ClauseOriginView, DraftLineageView, NextDraftView
from consultations.views.staff_mail import GivenUpMailView
from consultations.views.staff_standing import DraftStandingView
from consultations.views.staff_structure import ClauseAddView, ClauseMoveView, OutlineView
from consultations.views.versions import StaffVersionsView
from declaration import converters  # noqa: F401 - makes <eid:…> known

urlpatterns: list[URLPattern | URLResolver] = [
    path("", StaffHomeView.as_view(), name="staff-home"),
    path("drafts/", DraftListView.as_view(), name="staff-draft-list"),
    path("drafts/new/", DraftAddView.as_view(), name="staff-draft-add"),
    path("drafts/<int:ordinal>/", DraftDetailView.as_view(), name="staff-draft-detail"),
    path("drafts/<int:ordinal>/publish/", DraftActView.as_view(act=PUBLISH), name="staff-draft-publish"),
    path("drafts/<int:ordinal>/withdraw/", DraftActView.as_view(act=WITHDRAW), name="staff-draft-withdraw"),
    path("drafts/<int:ordinal>/compare/<int:other>/", StaffDraftCompare.as_view(), name="staff-draft-compare"),
    path("drafts/<int:ordinal>/standing/", DraftStandingView.as_view(), name="staff-draft-standing"),
    path("drafts/<int:ordinal>/next/", NextDraftView.as_view(), name="staff-draft-next"),
    path("drafts/<int:ordinal>/lineage/", DraftLineageView.as_view(), name="staff-draft-lineage"),
    path("drafts/<int:ordinal>/lineage/<eid:eid>/", ClauseOriginView.as_view(), name="staff-clause-origin"),
    path("drafts/<int:ordinal>/edit/", DraftEditView.as_view(), name="staff-draft-edit"),
    path("drafts/<int:ordinal>/outline/", OutlineView.as_view(), name="staff-draft-outline"),
    path("drafts/<int:ordinal>/clauses/new/", ClauseAddView.as_view(), name="staff-clause-add"),
    path("drafts/<int:ordinal>/clauses/<eid:eid>/", ClauseEditView.as_view(), name="staff-clause-edit"),
    path("drafts/<int:ordinal>/clauses/<eid:eid>/move/", ClauseMoveView.as_view(), name="staff-clause-move"),
    path("drafts/<int:ordinal>/clauses/<eid:eid>/split/", ClauseSplitView.as_view(), name="staff-clause-split"),
    path("drafts/<int:ordinal>/clauses/<eid:eid>/merge/", ClauseMergeView.as_view(), name="staff-clause-merge"),
    path("drafts/<int:ordinal>/clauses/<eid:eid>/remove/", ClauseRemoveView.as_view(), name="staff-clause-remove"),
    path("drafts/<int:ordinal>/clauses/<eid:eid>/history/", ClauseHistoryView.as_view(), name="staff-clause-history"),
    path("drafts/<int:ordinal>/clauses/<eid:eid>/correct/", CorrigendumAddView.as_view(), name="staff-clause-correct"),
    path("calls/", CallListView.as_view(), name="staff-call-list"),
    path("calls/new/", CallAddView.as_view(), name="staff-call-add"),
    path("calls/<int:pk>/", CallDetailView.as_view(), name="staff-call-detail"),
    path("calls/<int:pk>/edit/", CallEditView.as_view(), name="staff-call-edit"),
    path("calls/<int:pk>/open/", CallActView.as_view(act=OPEN), name="staff-call-open"),
    path("calls/<int:pk>/extend/", CallActView.as_view(act=EXTEND), name="staff-call-extend"),
    path("calls/<int:pk>/close/", CallActView.as_view(act=CLOSE), name="staff-call-close"),
    path("calls/<int:pk>/open-early/", OpenEarlyView.as_view(), name="staff-call-open-early"),
    path("calls/<int:pk>/archive/", CallActView.as_view(act=ARCHIVE), name="staff-call-archive"),
    path("calls/<int:pk>/letters/new/", LetterAddView.as_view(), name="staff-letter-add"),
    path("letters/<int:pk>/", LetterDetailView.as_view(), name="staff-letter-detail"),
    path("letters/<int:pk>/comments/<int:comment_pk>/", LetterCommentView.as_view(), name="staff-letter-comment"),
    path("letters/<int:pk>/receipt/", LetterReceiptView.as_view(), name="staff-letter-receipt"),
    path(
        "letters/<int:pk>/receipt/<str:extension>/", LetterReceiptFileView.as_view(), name="staff-letter-receipt-file"
    ),
    path("calls/<int:pk>/submissions/", FilingListView.as_view(), name="staff-submission-list"),
    path(
        "calls/<int:pk>/delegations/<int:delegation_pk>/versions/", StaffVersionsView.as_view(), name="staff-versions"
    ),
    path("submissions/<int:pk>/", FilingView.as_view(), name="staff-submission-detail"),
    path("calls/<int:pk>/report/", StaffCallReport.as_view(), name="staff-call-report"),
    path("calls/<int:pk>/report.csv", StaffCallReportTable.as_view(), name="staff-call-report-table"),
    path("calls/<int:pk>/alike/", CallAlikeView.as_view(), name="staff-call-alike"),
    path("alike/<int:pk>/", AlikeAnswerView.as_view(), name="staff-alike-detail"),
    path("comments/", CommentsView.as_view(), name="staff-comments"),
    path("mail/", GivenUpMailView.as_view(), name="staff-given-up-mail"),
    path("holds/", StaffHoldList.as_view(), name="staff-hold-list"),
    path("holds/<int:pk>/lift/", LiftHoldView.as_view(), name="staff-hold-lift"),
    path("submissions/<int:pk>/hold/", HoldView.as_view(), name="staff-submission-hold"),
    path("comments/<int:pk>/hold/", CommentHoldView.as_view(), name="staff-comment-hold"),
    *hearing_patterns,
    *import_patterns,
    *people_patterns,
]
