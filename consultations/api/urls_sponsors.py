"""Addresses in the API of co-sponsors: of those who are asked, and of what one is asked."""

from django.urls import path

from consultations.api import desk_sponsors

_OWN = "desk/submissions/<int:submission>/co-sponsors/"
_CO_SPONSORSHIP = "desk/co-sponsorships/"
_VIEWS = desk_sponsors.CoSponsorshipViewSet

urlpatterns = [
    path(
        _OWN,
        desk_sponsors.DeskCoSponsorViewSet.as_view({"get": "list", "post": "create"}),
        name="api-desk-co-sponsor-list",
    ),
    path(
        f"{_OWN}<int:pk>/",
        desk_sponsors.DeskCoSponsorViewSet.as_view({"delete": "destroy"}),
        name="api-desk-co-sponsor-detail",
    ),
    path(_CO_SPONSORSHIP, _VIEWS.as_view({"get": "list"}), name="api-desk-co-sponsorship-list"),
    path(f"{_CO_SPONSORSHIP}<int:pk>/", _VIEWS.as_view({"get": "retrieve"}), name="api-desk-co-sponsorship-detail"),
    path(
        f"{_CO_SPONSORSHIP}<int:pk>/comments/",
        desk_sponsors.OfferedCommentList.as_view(),
        name="api-desk-co-sponsorship-comment-list",
    ),
    *(
        path(f"{_CO_SPONSORSHIP}<int:pk>/{act}/", _VIEWS.as_view({"post": act}), name=f"api-desk-co-sponsorship-{act}")
        for act in ("join", "decline", "leave")
    ),
]
