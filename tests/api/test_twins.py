"""Every public page has a twin in the API: the same words and keys below `/api/v1/`."""

from collections.abc import Iterator
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from declaration.views.pages import PublicPage

TWINS = {"documents/x/text/": "documents/x/paragraphs/"}
"""Pages whose twin has another name, as the page itself says."""

EXAMPLES = {"int": "1", "slug": "x", "str": "x", "eid": "art_1"}


def public_pages(patterns: list[Any], before: str = "") -> Iterator[str]:
    """Yield an example of the address of each public page, without the language."""
    for pattern in patterns:
        address = before + str(getattr(pattern.pattern, "_route", pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from public_pages(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern) and issubclass(getattr(pattern.callback, "view_class", type), PublicPage):
            yield address


def filled_in(route: str) -> str:
    """Return a route with an example in place of each `<converter:name>`."""
    parts = route.split("/")
    return "/".join(EXAMPLES[part[1:].partition(":")[0]] if part.startswith("<") else part for part in parts)


def test_every_page_has_a_twin() -> None:
    pages = {filled_in(route.partition("/")[2]) for route in public_pages(get_resolver().url_patterns)}
    assert {"drafts/", "drafts/1/", "calls/", "comments/", "states/x/", "resolutions/x/"} <= pages
    without = set()
    for page in pages:
        try:
            match = resolve(f"/api/v1/{TWINS.get(page, page)}")
        except Resolver404:
            without.add(page)
        else:
            if match.url_name == "api-nothing":
                without.add(page)
    assert not without
