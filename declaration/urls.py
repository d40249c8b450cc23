"""Addresses of pages that show only the text's foundations and the actors."""

from django.urls import URLPattern, URLResolver, path

from declaration.views.actors import StakeholderList, StateList
from declaration.views.corrigenda import CorrigendumList
from declaration.views.elements import ElementDetail, ElementList

urlpatterns: list[URLPattern | URLResolver] = [
    path("drafts/<int:ordinal>/corrigenda/", CorrigendumList.as_view(), name="draft-corrigenda"),
    path("elements/", ElementList.as_view(), name="element-list"),
    path("elements/<slug:code>/", ElementDetail.as_view(), name="element-detail"),
    path("states/", StateList.as_view(), name="state-list"),
    path("stakeholders/", StakeholderList.as_view(), name="stakeholder-list"),
]
