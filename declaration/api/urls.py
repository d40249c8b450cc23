"""Addresses of the record in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from declaration.api import paragraphs, views
from declaration.api.corrigenda import CorrigendumList
from declaration.api.downloads import DraftDownload

router = SimpleRouter(use_regex_path=False)
router.register("organs", views.OrganViewSet, "api-organ")
router.register("documents", views.DocumentViewSet, "api-document")
router.register("documents/<slug:slug>/paragraphs", paragraphs.ParagraphViewSet, "api-document-paragraph")
router.register("mandates", views.MandateViewSet, "api-mandate")
router.register("states", views.StateViewSet, "api-state")
router.register("groups", views.GroupViewSet, "api-group")
router.register("stakeholders", views.StakeholderViewSet, "api-stakeholder")
router.register("elements", views.ElementViewSet, "api-element")
router.register("legal-bases", views.LegalBasisViewSet, "api-legal-basis")
router.register("declarations", views.DeclarationViewSet, "api-declaration")
router.register("drafts", views.DraftViewSet, "api-draft")

urlpatterns = [
    path("drafts/<int:ordinal>/corrigenda/", CorrigendumList.as_view(), name="api-draft-corrigenda"),
    path("drafts/<int:ordinal>/download/<slug:kind>/", DraftDownload.as_view(), name="api-draft-download"),
    *router.urls,
]
