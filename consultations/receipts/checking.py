"""Checks the chains of all calls against the rows of the database: what was changed, removed or put elsewhere shows.

Whoever owns the database can change any row and compute any digest anew, but cannot sign. What can be taken away whole,
a chain's end with the head that names it, shows against a head that somebody kept (`kept_heads`).
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.exporters.content import submission_content
from consultations.models import Call, ChainHead, Receipt, Submission
from consultations.receipts import links, signing
from consultations.receipts.files import find_changed_files
from consultations.receipts.jcs import canonicalize
from consultations.receipts.names import NamesAtFiling

RECEIPTS_AT_ONCE: Final = 200


@dataclass(frozen=True)
class KeptHead:
    """A head of a chain that was published once and kept by somebody, as the site gives it out."""

    call: int
    length: int
    chain_hash: str
    moved_at: dt.datetime
    key_id: str
    signature: str


@dataclass(frozen=True)
class BadLink:
    """The first thing in a chain that is not as it was: its place (None where it has none), its number, and what it is."""

    call: int
    code: str
    message: str
    position: int | None = None
    number: str = ""
    submission: int | None = None


@dataclass(frozen=True)
class ChainReport:
    """One call's chain: how many links were there, and its first bad one, if there is any."""

    call: int
    length: int
    bad: BadLink | None

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return self.bad is None


def check_chains(*, kept_heads: Iterable[KeptHead] = ()) -> Iterator[ChainReport]:
    """Check the chain of each call, one after the other, and of calls that only kept heads know."""
    heads: dict[int, list[KeptHead]] = {}
    for head in kept_heads:
        heads.setdefault(head.call, []).append(head)
    calls = set(Call.objects.values_list("pk", flat=True)) | set(Receipt.objects.values_list("call", flat=True))
    for call in sorted(calls | set(heads)):
        yield _ChainCheck(call, heads.get(call, ())).report()


class _ChainCheck:
    """The check of one chain. Each `_find…` yields what it finds, in the order of the chain."""

    def __init__(self, call: int, kept_heads: Sequence[KeptHead]) -> None:
        self.call = call
        self.kept = kept_heads
        self.hashes: list[str] = []
        self.names = NamesAtFiling()

    @cached_property
    def keys(self) -> Mapping[str, bytes]:
        return signing.public_keys()

    def report(self) -> ChainReport:
        """Return the report: every link is read until the first bad one."""
        bad = next(self._find(), None)
        return ChainReport(self.call, Receipt.objects.filter(call=self.call).count(), bad)

    def _find(self) -> Iterator[BadLink]:
        yield from self._find_in_links()
        yield from self._find_in_head()
        yield from self._find_in_kept_heads()
        yield from self._find_without_receipt()

    def _find_in_links(self) -> Iterator[BadLink]:
        previous = links.first_hash(call=self.call)
        # In pieces by place, so that the filings of each piece are read with one question.
        start = 0
        while True:
            rows = Receipt.objects.filter(call=self.call, position__gt=start).order_by("position")
            receipts = list(rows[:RECEIPTS_AT_ONCE])
            if not receipts:
                return
            filings = self._filings([receipt.submission_id for receipt in receipts])
            for receipt in receipts:
                yield from self._find_in_link(receipt, previous)
                yield from self._find_in_filing(receipt, filings.get(receipt.submission_id))
                previous = receipt.chain_hash
                self.hashes.append(previous)
            start = receipts[-1].position

    @staticmethod
    def _filings(ids: list[int]) -> dict[int, Submission]:
        return Submission.objects.with_context().in_bulk(ids)

    def _bad(self, receipt: Receipt, code: str, message: str) -> BadLink:
        return BadLink(self.call, code, message, receipt.position, receipt.number, receipt.submission_id)

    def _find_in_link(self, receipt: Receipt, previous: str) -> Iterator[BadLink]:
        place = len(self.hashes) + 1
        if receipt.position != place:
            yield BadLink(self.call, "link_missing", _("This link is not there: it was removed."), place)
        if receipt.content_sha256 != links.sha256(receipt.content.encode()):
            yield self._bad(receipt, "content_changed", _("The content of the receipt was changed."))
        names: dict[str, Any] = {"call": self.call, "number": receipt.number}
        own = links.link_hash(
            position=receipt.position,
            filed_at=receipt.filed_at,
            content_sha256=receipt.content_sha256,
            previous_hash=receipt.previous_hash,
            **names,
        )
        if receipt.previous_hash != previous:
            message = _("This link does not follow the one before it: links were put in another order, in, or out.")
            yield self._bad(receipt, "link_out_of_order", message)
        if receipt.chain_hash != own:
            message = _("The hash of this link is not that of its number, time, place and content.")
            yield self._bad(receipt, "link_changed", message)
        yield from self._find_in_signatures(receipt, names)

    def _find_in_signatures(self, receipt: Receipt, names: dict[str, Any]) -> Iterator[BadLink]:
        key = self.keys.get(receipt.key_id)
        if key is None:
            yield self._bad(receipt, "key_unknown", _("This link was signed with a key that is none of this site's."))
            return
        message = links.receipt_message(filed_at=receipt.filed_at, content_sha256=receipt.content_sha256, **names)
        if not signing.is_signed(message, key=key, signature=receipt.signature):
            told = _("The signature does not stand for this number, time and content.")
            yield self._bad(receipt, "signature_wrong", told)
        message = links.place_message(position=receipt.position, chain_hash=receipt.chain_hash, **names)
        if not signing.is_signed(message, key=key, signature=receipt.place_signature):
            yield self._bad(receipt, "place_signature_wrong", _("The signature does not stand for this place."))

    def _find_in_filing(self, receipt: Receipt, submission: Submission | None) -> Iterator[BadLink]:
        if submission is None:
            yield self._bad(receipt, "filing_removed", _("The filing is not there any more: it was removed."))
            return
        if not submission.is_filed:
            yield self._bad(receipt, "filing_reopened", _("The filing is no longer marked as filed."))
        # Renaming a party or a clause changes no filing.
        content = self.names.put_into(submission_content(submission), submission)
        if canonicalize(content) != receipt.content.encode():
            changed = ", ".join(find_differences(json.loads(receipt.content), content))
            message = _("The filing says something else than its receipt. Changed: %(names)s.") % {"names": changed}
            yield self._bad(receipt, "filing_changed", message)
        for name in find_changed_files(submission):
            message = _("The file “%(name)s” is missing, or is not the one that was filed.") % {"name": name}
            yield self._bad(receipt, "file_changed", message)

    def _find_in_head(self) -> Iterator[BadLink]:
        head = ChainHead.objects.filter(call=self.call).first()
        length = len(self.hashes)
        if head is None:
            if length:
                yield BadLink(self.call, "head_removed", _("The head of the chain is not there."), length)
            return
        kept = KeptHead(self.call, head.length, head.chain_hash, head.moved_at, head.key_id, head.signature)
        yield from self._find_against(kept)
        if head.length < length:
            message = _("The head of the chain was set back: this link stands behind it.")
            yield BadLink(self.call, "head_set_back", message, head.length + 1)

    def _find_in_kept_heads(self) -> Iterator[BadLink]:
        for head in sorted(self.kept, key=lambda head: head.length):
            yield from self._find_against(head)

    def _find_against(self, head: KeptHead) -> Iterator[BadLink]:
        key = self.keys.get(head.key_id)
        message = links.head_message(
            call=self.call, length=head.length, chain_hash=head.chain_hash, moved_at=head.moved_at
        )
        if key is None or not signing.is_signed(message, key=key, signature=head.signature):
            told = _("The head of the chain does not carry a signature of this site.")
            yield BadLink(self.call, "head_signature_wrong", told, head.length)
        elif head.length > len(self.hashes):
            told = _("The head names a longer chain: from here on links were removed at its end.")
            yield BadLink(self.call, "tail_removed", told, len(self.hashes) + 1)
        elif self.hashes[head.length - 1] != head.chain_hash:
            told = _("The head names another link at this place: the chain was made anew.")
            yield BadLink(self.call, "chain_rewritten", told, head.length)

    def _find_without_receipt(self) -> Iterator[BadLink]:
        filed = Submission.objects.filter(call=self.call, status__in=Submission.FILED, receipt__isnull=True)
        for pk in filed.order_by("submitted_at", "pk").values_list("pk", flat=True)[:1]:
            message = _("This submission stands as filed, and has no receipt: it was put in by another way.")
            yield BadLink(self.call, "filed_without_receipt", message, submission=pk)
        trail = Submission.pgh_event_model.objects  # type: ignore[attr-defined]
        events = trail.filter(call_id=self.call, status__in=Submission.FILED)
        receipts = Receipt.objects.filter(call=self.call).values("submission")
        for pk in events.exclude(id__in=receipts).order_by("pgh_id").values_list("id", flat=True)[:1]:
            message = _("The audit trail knows of this filing, and it has no receipt: its receipt was removed.")
            yield BadLink(self.call, "receipt_removed", message, submission=pk)


def find_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return what differs between two contents: `language`, `comment 3 (rationale)`, `comment 4`."""
    names = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    if "comments" in names:
        names.remove("comments")
        one, other = ({comment["number"]: comment for comment in side["comments"]} for side in (before, after))
        for number in sorted(one.keys() | other.keys()):
            names += _comment_differences(number, one.get(number), other.get(number))
    return names


def _comment_differences(number: int, one: dict[str, Any] | None, other: dict[str, Any] | None) -> list[str]:
    if one == other:
        return []
    if one is None or other is None:
        return [_("comment %(number)d") % {"number": number}]
    names = ", ".join(name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name))
    return [_("comment %(number)d (%(names)s)") % {"number": number, "names": names}]
