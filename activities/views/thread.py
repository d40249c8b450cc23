"""The public page of the thread from a request to the words of a draft, and those of its gaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from activities.thread.asking import ThreadForm
from activities.thread.gaps import EXPLANATIONS, Gap, GapPages
from activities.thread.graph import Thread
from activities.thread.kinds import COLUMNS
from activities.thread.nodes import Node
from activities.thread.picture import Picture
from activities.thread.public import find_public_gaps, read_public
from declaration.views.pages import Crumb, PublicPage

SHOWN_OF_EACH: Final = 10
"""So many things of each kind are drawn."""

ROWS_A_PAGE: Final = 50

NARROWED_BY: Final = ("resolution", "phase", "party", "after", "before")


@dataclass(frozen=True)
class Row:
    """A thing, what it comes from and what came of it."""

    node: Node
    before: list[Node]
    after: list[Node]


@dataclass(frozen=True)
class Column:
    """The things of a column in words."""

    number: int
    label: str
    rows: list[Row]


def put_in_words(thread: Thread) -> Iterator[Column]:
    """Yield the columns of the picture with what it shows, in words."""
    for number, label in enumerate(COLUMNS):
        rows = [
            Row(node, [link.before for link in thread.back(node)], [link.after for link in thread.onward(node)])
            for node in thread.nodes
            if node.column == number
        ]
        if rows:
            yield Column(number, str(label), rows)


class ThreadPage(PublicPage, TemplateView):
    """The thread as a picture to walk and as a table; whole, narrowed, or around one thing (`?at=element:26a`)."""

    template_name = "activities/thread.html"

    @cached_property
    def filter(self) -> ThreadForm:
        """What is asked for."""
        return ThreadForm(self.request.GET)

    @cached_property
    def thread(self) -> Thread | None:
        """What is shown; nothing where what is asked for cannot be. Raises `Http404` for a thing that is not there."""
        if "at" in self.filter.errors:
            raise Http404
        if not self.filter.is_valid():
            return None
        thread = read_public(self.filter, limit=SHOWN_OF_EACH)
        if thread is None:
            raise Http404
        return thread

    def get_json_address(self) -> str:
        """Return the twin's address, narrowed alike."""
        return super().get_json_address() + self.query

    @property
    def query(self) -> str:
        """What is asked for as a query string."""
        kept = [(name, self.request.GET[name]) for name in self.filter.fields if self.request.GET.get(name)]
        return f"?{urlencode(kept)}" if kept else ""

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here, through the whole thread where one thing's surroundings are shown."""
        centre = self.thread and self.thread.centre
        return [(_("The thread"), reverse("thread")), (centre.title, "")] if centre else [(_("The thread"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is shown, drawn and in words; with the whole thread also its gaps."""
        thread, is_whole = self.thread, not self.query
        return super().get_context_data(
            thread=thread,
            picture=Picture(thread, mirrored=get_language_bidi()) if thread and thread.nodes else None,
            columns=list(put_in_words(thread)) if thread else [],
            gaps=find_public_gaps() if is_whole else [],
            is_whole=is_whole,
            query=self.query,
            filter_fields=[self.filter[name] for name in NARROWED_BY],
            **kwargs,
        )


class GapPage(PublicPage, TemplateView):
    """All that a gap is made of."""

    template_name = "activities/thread_gap.html"

    @cached_property
    def gap(self) -> Gap:
        """The gap in the address. Raises `Http404` where there is none of that name."""
        if self.kwargs["gap"] not in Gap.values:
            raise Http404
        return Gap(self.kwargs["gap"])

    def get_json_address(self) -> str:
        """Return the twin's address."""
        page = self.request.GET.get("page")
        return super().get_json_address() + (f"?{urlencode({'page': page})}" if page else "")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("The thread"), reverse("thread")), (self.gap.label, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the things, page by page."""
        page = GapPages(self.gap, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs | {"gap": self.gap}, explanation=EXPLANATIONS[self.gap], page_obj=page)
