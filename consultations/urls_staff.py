"""Addresses of the pages of the mandate holder's staff, below `staff/`."""

from django.urls import URLPattern, URLResolver, path

from consultations.views.staff import StaffHomeView
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
from consultations.views.staff_comments import CommentsView
from consultations.views.staff_drafts import (
    PUBLISH,
    WITHDRAW,
    DraftActView,
    DraftDetailView,
    DraftListView,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", StaffHomeView.as_view(), name="staff-home"),
    path("drafts/", DraftListView.as_view(), name="staff-draft-list"),
    path("drafts/<int:ordinal>/", DraftDetailView.as_view(), name="staff-draft-detail"),
    path("drafts/<int:ordinal>/publish/", DraftActView.as_view(act=PUBLISH), name="staff-draft-publish"),
    path("drafts/<int:ordinal>/withdraw/", DraftActView.as_view(act=WITHDRAW), name="staff-draft-withdraw"),
    path("calls/", CallListView.as_view(), name="staff-call-list"),
    path("calls/new/", CallAddView.as_view(), name="staff-call-add"),
    path("calls/<int:pk>/", CallDetailView.as_view(), name="staff-call-detail"),
    path("calls/<int:pk>/edit/", CallEditView.as_view(), name="staff-call-edit"),
    path("calls/<int:pk>/open/", CallActView.as_view(act=OPEN), name="staff-call-open"),
    path("calls/<int:pk>/extend/", CallActView.as_view(act=EXTEND), name="staff-call-extend"),
    path("calls/<int:pk>/close/", CallActView.as_view(act=CLOSE), name="staff-call-close"),
    path("calls/<int:pk>/archive/", CallActView.as_view(act=ARCHIVE), name="staff-call-archive"),
    path("comments/", CommentsView.as_view(), name="staff-comments"),
]
