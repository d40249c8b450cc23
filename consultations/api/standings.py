"""Finds where the comments of an answer stand on a newer draft, for all of them at once."""

from collections.abc import Iterable
from typing import Any

from rest_framework.generics import GenericAPIView

from consultations.models import Comment
from consultations.standing import Standing, find_newest_standings, find_standings
from declaration.models import Draft


class FindsStandings(GenericAPIView[Any]):
    """For views of comments: before any is written, it is found where those that are shown stand.

    They stand on the newest draft that the reader may read, or on the one that `?standing_on=` names, which the list's filter
    has checked.
    """

    for_staff = False
    standings: dict[int, Standing] | None = None

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """Return the page, and find where its comments stand."""
        page = super().paginate_queryset(queryset)
        if page is not None:
            self.standings = self.find(self.comments_of(page))
        return page

    def get_object(self) -> Any:
        """Return the object, and find where its comment stands."""
        found = super().get_object()
        self.standings = self.find(self.comments_of([found]))
        return found

    def get_serializer_context(self) -> dict[str, Any]:
        """Return the context with what was found."""
        return {**super().get_serializer_context(), "standings": self.standings}

    def comments_of(self, rows: Iterable[Any]) -> list[Comment]:
        """Return the comments that these rows show: they are it, unless a view says otherwise."""
        return list(rows)

    def find(self, comments: list[Comment]) -> dict[int, Standing]:
        """Return where comments stand, by comment id."""
        wanted = self.request.query_params.get("standing_on", "")
        if not (wanted.isascii() and wanted.isdecimal()):
            return find_newest_standings(comments, for_staff=self.for_staff)
        drafts = Draft.objects.all() if self.for_staff else Draft.objects.published()
        draft = drafts.filter(ordinal=wanted).first()
        return find_standings(comments, draft) if draft else {}
