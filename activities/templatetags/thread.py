"""Tags that show the thread: `{% load thread %}`."""

from collections.abc import Sequence
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from activities.thread.nodes import Node
from declaration.languages import direction
from declaration.translated import TranslatedText

MOST_LINKED: Final = 6
"""So many things are named in a cell; the surroundings of its own thing have all of them."""

register = template.Library()


def _walk(node: Node) -> str:
    return f"{reverse('thread')}?{urlencode({'at': node.key})}"


def _mark(text: Any, language: str) -> SafeString | str:
    if isinstance(text, TranslatedText):
        return text.html()
    if not language:
        return str(text)
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), text)


@register.simple_tag
def node_walk(node: Node) -> str:
    """Return the address of the thread around a thing."""
    return _walk(node)


@register.simple_tag
def node_title(node: Node) -> SafeString | str:
    """Show the title of a thing, marked with its language where that is not the page's."""
    return _mark(node.title, node.foreign_language)


@register.simple_tag
def node_links(nodes: Sequence[Node]) -> SafeString | str:
    """Show things, each leading to the thread around it; of many the first, and how many more there are."""
    if not nodes:
        return "–"
    shown = format_html_join(
        "",
        '<li><a href="{}">{}</a></li>',
        ((_walk(node), _mark(node.title, node.foreign_language)) for node in nodes[:MOST_LINKED]),
    )
    left = len(nodes) - MOST_LINKED
    if left > 0:
        words = ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left}
        shown += format_html('<li class="soft">{}</li>', words)
    return format_html('<ul class="thread-links">{}</ul>', shown)
