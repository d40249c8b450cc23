"""Pages that show the mail a machine of one's own would have sent; nowhere else are they there."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from config.sent_mail import list_sent, read_sent

PER_PAGE = 50


@never_cache
def sent_mail_list(request: HttpRequest) -> HttpResponse:
    """List what was sent, the newest first."""
    _only_where_it_is_shown()
    page = Paginator(list_sent(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "sent_mail_list.html", {"page_obj": page, "crumbs": [(_("Sent mail"), "")]})


@never_cache
def sent_mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail as its recipient reads it."""
    _only_where_it_is_shown()
    sent = read_sent(name)
    if sent is None:
        raise Http404
    crumbs = [(_("Sent mail"), reverse("sent-mail-list")), (sent.subject, "")]
    return render(request, "sent_mail_detail.html", {"sent": sent, "crumbs": crumbs})


def _only_where_it_is_shown() -> None:
    if not settings.SHOW_SENT_MAIL:
        raise Http404
