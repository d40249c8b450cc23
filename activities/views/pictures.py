"""Public pages of the record in pictures: the mandate's time line, and who was met in which region."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from activities.pictures.bars import RegionPicture
from activities.pictures.chronicle import LANES, Chronicle, Entry, read_chronicle
from activities.pictures.regions import read_encounters
from activities.pictures.timeline import TimelinePicture
from activities.pictures.window import PeriodForm, Window, asked_window
from declaration.models import Mandate
from declaration.views.pages import Crumb, PublicPage

ENTRIES_A_PAGE = 100


class PeriodPage(PublicPage, TemplateView):
    """A page that shows a stretch of time: `?from=2011&to=2012-06`."""

    @cached_property
    def form(self) -> PeriodForm:
        """From when to when the reader wants to see."""
        return PeriodForm(self.request.GET)

    def get_json_address(self) -> str:
        """Return the twin's address, with the same stretch of time; the whole where what was asked cannot be shown."""
        asked = [(name, self.request.GET[name]) for name in ("from", "to", "page") if self.request.GET.get(name)]
        kept = asked if self.form.is_valid() else []
        return super().get_json_address() + (f"?{urlencode(kept)}" if kept else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        # Each field tells its own errors: the frame is not told of the form, whose page is shown all the same.
        return super().get_context_data(filter_fields=list(self.form), **kwargs)


class Timeline(PeriodPage):
    """Resolutions, holders, phases, activities, consultations, outcomes, drafts and calls along one line of time."""

    template_name = "activities/timeline.html"

    @cached_property
    def chronicle(self) -> Chronicle:
        """All that the line shows."""
        return read_chronicle(Mandate.objects.main())

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Time line"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the picture, the steps of its zoom, and the same in words."""
        whole = self.chronicle.whole
        shown = whole and Window.asked(self.form, whole)
        entries = self.chronicle.within(shown) if shown else []
        is_whole = shown == whole
        rows = entries + self.chronicle.without_day if is_whole else entries
        page: Page[Entry] = Paginator(rows, ENTRIES_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            picture=TimelinePicture(entries, shown, mirrored=get_language_bidi()) if shown and entries else None,
            zoom=offer_steps(shown, whole) if shown and whole else [],
            window=shown,
            is_whole=is_whole,
            page_obj=page,
            lanes=LANES,
            **kwargs,
        )


def offer_steps(shown: Window, whole: Window) -> list[tuple[str, str]]:
    """Return the steps from one view of the line to the next: the name of each, and its query (empty for the whole)."""
    steps: list[tuple[str, Window | None]] = [
        (_("Closer"), shown.closer()),
        (_("Wider"), shown.wider(whole)),
        (_("Earlier"), shown.earlier(whole)),
        (_("Later"), shown.later(whole)),
    ]
    found = [(name, f"?{window.query}") for name, window in steps if window]
    return found if shown == whole else [*found, (_("The whole record"), "?")]


class RegionList(PeriodPage):
    """Where activities and consultations took place and who was met, by regional group."""

    template_name = "activities/regions.html"

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Where, and who was met"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the figures and the picture of them."""
        encounters = read_encounters(asked_window(self.form))
        return super().get_context_data(
            encounters=encounters,
            picture=RegionPicture(encounters.regions, mirrored=get_language_bidi()) if encounters.regions else None,
            **kwargs,
        )
