"""News as an Atom feed (RFC 4287)."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from activities.feeds.news import News

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class _Feed(Atom1Feed):
    """A feed that is the same as long as nothing is new."""

    def latest_post_date(self) -> dt.datetime:
        """Return when the newest entry was; an empty feed has never changed."""
        return super().latest_post_date() if self.items else LONG_AGO


def render_atom(
    news: Iterable[News], *, title: str, name: str, host: str, language: str, page: str, address: Callable[[str], str]
) -> str:
    """Return the feed.

    `name` and `host` make the names (RFC 4151) of feed and entries: those of entries are alike in all languages. `page` is
    the path of the page that tells the same, and `address` makes the full address of a path.
    """
    feed = _Feed(
        title=title,
        link=address(page),
        description=None,
        language=language,
        author_name=_("Travaux"),
        feed_url=address(""),
        feed_guid=f"tag:{host},2026:feed/{name}/{language}",
    )
    for each in news:
        feed.add_item(
            title=each.title,
            link=address(each.url),
            # A summary is HTML; what the record says is not.
            description=linebreaks(escape(each.text)) if each.text else None,  # type: ignore[arg-type] # none is none
            unique_id=f"tag:{host},2026:{each.key}",
            pubdate=each.at,
            updateddate=each.at,
            categories=[each.kind],
        )
    return feed.writeString("utf-8")
