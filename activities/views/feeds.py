"""Feeds and the calendar, for everyone and in each language. They are the same to all, and not sent again where nothing changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from django.views.generic import View

from activities.feeds.atom import render_atom
from activities.feeds.calendar import render_calendar
from activities.feeds.news import Scope, find_news
from consultations.models import Call
from declaration.languages import active_text_language
from declaration.models import Draft

ATOM_TYPE = "application/atom+xml; charset=utf-8"
CALENDAR_TYPE = "text/calendar; charset=utf-8"


def host_of(request: HttpRequest) -> str:
    """Return the site's name, without a port, as the names of entries have it."""
    return request.get_host().rpartition("]")[2].partition(":")[0] or "localhost"


@method_decorator(conditional_page, name="dispatch")
class FeedView(View):
    """An Atom feed."""

    def send(self, scope: Scope, *, title: str, name: str, page: str) -> HttpResponse:
        """Send what is new in a scope; `page` tells the same to people."""
        request = self.request
        feed = render_atom(
            find_news(scope, at=timezone.now()),
            title=title,
            name=name,
            host=host_of(request),
            language=active_text_language(),
            page=page,
            address=lambda path: request.build_absolute_uri(path or request.path),
        )
        return HttpResponse(feed, content_type=ATOM_TYPE)


class NewsFeed(FeedView):
    """All that is new."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        return self.send(Scope(), title=_("Travaux: what is new"), name="news", page=reverse("home"))


class DraftFeed(FeedView):
    """What is new about a draft."""

    def get(self, request: HttpRequest, ordinal: int) -> HttpResponse:
        """Send it. Raises `Http404` for a draft that is not published."""
        draft = get_object_or_404(Draft.objects.published(), ordinal=ordinal)
        title = _("What is new about draft %(number)d: %(name)s") % {"number": ordinal, "name": draft.name}
        page = reverse("draft-detail", args=[ordinal])
        return self.send(Scope(draft=draft), title=title, name=f"draft-{ordinal}", page=page)


class CallFeed(FeedView):
    """What is new in a call."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it. Raises `Http404` for a call that has not been announced."""
        call = get_object_or_404(Call.objects.announced(), pk=pk)
        title = _("What is new in: %(call)s") % {"call": call.title}
        return self.send(Scope(call=call), title=title, name=f"call-{pk}", page=reverse("call-detail", args=[pk]))


@method_decorator(conditional_page, name="dispatch")
class CalendarView(View):
    """Activities, consultations and deadlines, to be subscribed to."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send them."""
        calendar = render_calendar(
            host=host_of(request),
            language=active_text_language(),
            address=lambda path: request.build_absolute_uri(path or request.path),
            today=timezone.localdate(),
        )
        response = HttpResponse(calendar, content_type=CALENDAR_TYPE)
        response["Content-Disposition"] = 'inline; filename="travaux.ics"'
        return response
