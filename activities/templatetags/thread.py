"""Tags that show the thread: `{% load thread %}`."""

from collections.abc import Sequence
from typing import Final

from django import template
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from activities.thread.keys import find_kind, make_key, walk_address
from activities.thread.nodes import Node
from consultations.models import Consultation
from declaration.models import Request

MOST_LINKED: Final = 6
"""So many things are named in a cell; the surroundings of its own thing have all of them."""

register = template.Library()


@register.simple_tag
def thread_url(thing: Model) -> str:
    """Return the address of the thread around a thing of the record: `{% thread_url element as url %}`."""
    return walk_address(make_key(find_kind(thing), thing))


@register.simple_tag
def heard_for(request: Request) -> list[Consultation]:
    """Return the consultations that were held in what answers a request, each once: `{% heard_for request as heard %}`."""
    return list(dict.fromkeys(each for answer in request.activities.all() for each in answer.consultations.all()))


@register.simple_tag
def node_links(nodes: Sequence[Node]) -> SafeString | str:
    """Show things, each leading to the thread around it; of many the first, and how many more there are."""
    if not nodes:
        return "–"
    shown = format_html_join(
        "", '<li><a href="{}">{}</a></li>', ((node.walk, node.html) for node in nodes[:MOST_LINKED])
    )
    left = len(nodes) - MOST_LINKED
    if left > 0:
        words = ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left}
        shown += format_html('<li class="soft">{}</li>', words)
    return format_html('<ul class="thread-links">{}</ul>', shown)
