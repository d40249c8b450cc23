"""Addresses of the staff pages on which texts are brought in, below `staff/`."""

from django.urls import URLPattern, URLResolver, path

from consultations.views.staff_import_clause import ImportClauseView
from consultations.views.staff_imports import (
    ImportAddView,
    ImportCommitView,
    ImportDetailView,
    ImportDiscardView,
    ImportListView,
    ImportTextsView,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", ImportListView.as_view(), name="staff-import-list"),
    path("imports/new/", ImportAddView.as_view(), name="staff-import-add"),
    path("imports/<int:pk>/", ImportDetailView.as_view(), name="staff-import-detail"),
    path("imports/<int:pk>/texts/", ImportTextsView.as_view(), name="staff-import-texts"),
    path("imports/<int:pk>/commit/", ImportCommitView.as_view(), name="staff-import-commit"),
    path("imports/<int:pk>/discard/", ImportDiscardView.as_view(), name="staff-import-discard"),
    path("imports/<int:pk>/<slug:language>/<int:place>/", ImportClauseView.as_view(), name="staff-import-clause"),
]
