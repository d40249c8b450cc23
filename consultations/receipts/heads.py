"""Heads of chains as everybody may keep them, written and read in one shape."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from consultations.models import Call, ChainHead
from consultations.receipts import links
from consultations.receipts.checking import KeptHead
from declaration.errors import Refused

FORMAT: Final = "travaux-head/1"


def public_heads(*, at: dt.datetime) -> QuerySet[ChainHead]:
    """Return the heads that everybody may see at that moment, those that moved last first.

    A head tells that something was filed, and how much: of calls whose filings are published it is seen as soon as they
    are, of calls whose filings are never published once the call has closed.
    """
    return (
        ChainHead.objects.filter(is_chain_public("call__", at=at)).select_related("call").order_by("-moved_at", "-pk")
    )


def is_chain_public(prefix: str, *, at: dt.datetime) -> Q:
    """Calls whose chain everybody may see; `prefix` leads to the call."""
    closed = Q(**{f"{prefix}closes_at__lte": at})
    opened_early = Q(**{f"{prefix}publication_rule": Call.PublicationRule.TOGETHER_AFTER_CLOSING}) & Q(
        **{f"{prefix}opened_early_at__lte": at}
    )
    announced = ~Q(**{f"{prefix}status": Call.Status.PREPARING})
    return announced & (closed | opened_early | Q(**{f"{prefix}publication_rule": Call.PublicationRule.AS_RECEIVED}))


def head_document(head: ChainHead) -> dict[str, Any]:
    """Return a head as plain data."""
    return {
        "format": FORMAT,
        "call": head.call_id,
        "length": head.length,
        "chain_hash": head.chain_hash,
        "moved_at": links.moment(head.moved_at),
        "key": head.key_id,
        "signature": head.signature,
    }


def read_kept_heads(text: str) -> list[KeptHead]:
    """Read heads that somebody kept: one or many, as they were given out, wherever they stand in JSON or lines of it.

    Refused where there is none, or where one cannot be read.
    """
    try:
        data = _parse(text)
        heads = [_read(found) for found in _walk(data)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused("heads_unreadable", _("The kept heads cannot be read: %(error)s") % {"error": error}) from error
    if not heads:
        raise Refused(
            "heads_missing", _("The file has no head of a chain in the format “%(format)s”.") % {"format": FORMAT}
        )
    return heads


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def _walk(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for part in data:
            yield from _walk(part)
    elif isinstance(data, dict):
        if data.get("format") == FORMAT:
            yield data
        else:
            for part in data.values():
                yield from _walk(part)


def _read(head: dict[str, Any]) -> KeptHead:
    length, call = head["length"], head["call"]
    if type(length) is not int or type(call) is not int or length < 1:
        raise ValueError(_("a length or a call is no number"))
    moved_at = dt.datetime.strptime(head["moved_at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=dt.UTC)
    return KeptHead(call, length, str(head["chain_hash"]), moved_at, str(head["key"]), str(head["signature"]))
