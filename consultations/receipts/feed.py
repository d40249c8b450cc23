"""The heads of chains as an Atom feed (RFC 4287): whoever subscribes keeps them without having to think of it."""

import datetime as dt
import json
from typing import Final

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from lxml import etree

from consultations.models import Call, ChainHead
from consultations.receipts import links
from consultations.receipts.heads import head_document

ATOM: Final = "http://www.w3.org/2005/Atom"
MAX_ENTRIES: Final = 100


def render_feed(heads: QuerySet[ChainHead], *, at: dt.datetime, address: str, page: str) -> bytes:
    """Return the feed of these heads. Each entry is one head for ever: where a chain grows, a new entry takes its place.

    An entry's content is the head as the API gives it out, which `verify_chain --heads` reads. `address` is the feed's
    own, `page` that of the page of chains.
    """
    chosen = list(heads[:MAX_ENTRIES])
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", translation.get_language() or "en")
    _add(feed, "title", _("Heads of the chains of receipts"))
    _add(feed, "id", page)
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=address)
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="alternate", href=page)
    author = etree.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", _("Travaux"))
    moments = [shown_since(head, at=at) for head in chosen]
    _add(feed, "updated", links.moment(max(moments, default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))))
    for head, moment in zip(chosen, moments, strict=True):
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        values = {"call": str(head.call), "length": head.length, "hash": head.chain_hash[:16]}
        _add(entry, "title", _("%(call)s: link %(length)d, %(hash)s") % values)
        _add(entry, "id", f"{page}#call-{head.call_id}-{head.length}-{head.chain_hash[:16]}")
        _add(entry, "updated", links.moment(moment))
        _add(entry, "content", json.dumps(head_document(head)), type="text")
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return written


def shown_since(head: ChainHead, *, at: dt.datetime) -> dt.datetime:
    """Return since when everybody can see a head: since it moved, or since its call was released, if that was later."""
    call: Call = head.call
    if call.publication_rule == Call.PublicationRule.AS_RECEIVED:
        return head.moved_at
    opened = call.opened_early_at if call.opened_early_at and call.opened_early_at <= at else call.closes_at
    return max(head.moved_at, min(opened, call.closes_at))


def _add(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = text
