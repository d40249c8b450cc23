"""Addresses in the API of filings that follow one another, and of letters that staff enter."""

from django.urls import path

from consultations.api import staff_letters, versions

_LETTERS = "staff/letters/"
_LETTER = f"{_LETTERS}<int:pk>/"
_COMMENTS = f"{_LETTERS}<int:submission>/comments/"
_VIEWS = staff_letters.StaffLetterViewSet
_COMMENT_VIEWS = staff_letters.StaffLetterCommentViewSet

urlpatterns = [
    path(
        "desk/delegations/<str:key>/calls/<int:call>/versions/",
        versions.DeskVersions.as_view(),
        name="api-desk-versions",
    ),
    path(
        "staff/calls/<int:pk>/delegations/<int:delegation>/versions/",
        versions.StaffVersions.as_view(),
        name="api-staff-versions",
    ),
    path(_LETTERS, _VIEWS.as_view({"get": "list", "post": "create"}), name="api-staff-letter-list"),
    path(
        _LETTER,
        _VIEWS.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api-staff-letter-detail",
    ),
    *(
        path(f"{_LETTER}{act}/", _VIEWS.as_view({"post": act}), name=f"api-staff-letter-{act}")
        for act in ("file", "correct", "withdraw")
    ),
    path(_COMMENTS, _COMMENT_VIEWS.as_view({"get": "list", "post": "create"}), name="api-staff-letter-comment-list"),
    path(
        f"{_COMMENTS}<int:number>/",
        _COMMENT_VIEWS.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
        name="api-staff-letter-comment-detail",
    ),
    path(f"{_LETTER}receipt/", staff_letters.StaffLetterReceipt.as_view(), name="api-staff-letter-receipt"),
    path(
        f"{_LETTER}receipt/<slug:extension>/",
        staff_letters.StaffLetterReceiptFile.as_view(),
        name="api-staff-letter-receipt-file",
    ),
]
