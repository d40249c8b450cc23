"""Addresses of pages that show only the text's foundations and the actors."""

from django.urls import URLPattern, URLResolver, path

import declaration.converters  # noqa: F401 - makes <eid:eid> known
from declaration.views.actors import StakeholderList, StateList
from declaration.views.corrigenda import CorrigendumList
from declaration.views.downloads import CitationDownload, DraftDownload
from declaration.views.elements import ElementList

urlpatterns: list[URLPattern | URLResolver] = [
    path("drafts/<int:ordinal>/corrigenda/", CorrigendumList.as_view(), name="draft-corrigenda"),
    path("drafts/<int:ordinal>/download/<slug:kind>/", DraftDownload.as_view(), name="draft-download"),
    path("drafts/<int:ordinal>/cite/<slug:kind>/", CitationDownload.as_view(), name="draft-cite"),
    path("drafts/<int:ordinal>/clauses/<eid:eid>/cite/<slug:kind>/", CitationDownload.as_view(), name="clause-cite"),
    path("elements/", ElementList.as_view(), name="element-list"),
    path("states/", StateList.as_view(), name="state-list"),
    path("stakeholders/", StakeholderList.as_view(), name="stakeholder-list"),
]
