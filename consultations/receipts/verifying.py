"""Checks a receipt's file with nothing but the file and public keys: no database, no network."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from consultations.receipts import links, signing
from consultations.receipts.document import ALGORITHM, FORMAT
from consultations.receipts.jcs import canonicalize

MAX_BYTES: Final = 200 * 1024 * 1024

_SHAPE: Final[Mapping[str, type]] = {
    "format": str,
    "call": int,
    "number": str,
    "filed_at": str,
    "content": dict,
    "content_sha256": str,
    "signature": str,
    "key": dict,
}
_KEY_SHAPE: Final[Mapping[str, type]] = {"id": str, "algorithm": str, "public_key": str}
_PLACE_SHAPE: Final[Mapping[str, type]] = {
    "position": int,
    "previous_hash": str,
    "chain_hash": str,
    "signature": str,
}


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was issued: a stable code, and a sentence for people."""

    code: str
    message: str


@dataclass
class Verdict:
    """What came of checking a receipt. It holds where there is no problem; notes are told beside.

    `receipt` is the file's data where it could be read.
    """

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    receipt: dict[str, Any] | None = None

    @property
    def holds(self) -> bool:
        """Whether the receipt is what was issued."""
        return not self.problems

    def fail(self, code: str, message: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(code, message))

    def note(self, code: str, message: str) -> None:
        """Add a note."""
        self.notes.append(Problem(code, message))


class _UnreadableError(ValueError):
    """The file is no receipt that could be checked; the text says why."""


def verify_file(data: bytes, *, keys: Mapping[str, bytes]) -> Verdict:
    """Check a receipt's file. `keys` are the public keys that are trusted, by name."""
    verdict = Verdict()
    try:
        receipt = _read(data)
    except _UnreadableError as error:
        verdict.fail("unreadable", str(error))
        return verdict
    verdict.receipt = receipt
    if data.removesuffix(b"\n") != canonicalize(receipt):
        verdict.note(
            "layout_changed",
            _("The file is not laid out as it was issued: spaces, line ends or the order of its parts were changed."),
        )
    if _check_content(verdict, receipt) and _check_key(verdict, receipt, keys):
        _check_signatures(verdict, receipt)
    return verdict


def _read(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise _UnreadableError(_("The file is too large for a receipt."))
    try:
        receipt = json.loads(
            data.decode(), object_pairs_hook=_only_once, parse_float=_no_fraction, parse_constant=_no_fraction
        )
        canonicalize(receipt)
    except _UnreadableError:
        raise
    except (ValueError, RecursionError) as error:
        raise _UnreadableError(_("The file is not JSON, or damaged: %(error)s") % {"error": error}) from error
    if not isinstance(receipt, dict) or receipt.get("format") != FORMAT:
        raise _UnreadableError(_("The file is not a receipt of the format “%(format)s”.") % {"format": FORMAT})
    _refuse_shape(receipt, {**_SHAPE, "place": dict if receipt.get("place") is not None else type(None)}, "receipt")
    _refuse_shape(receipt["key"], _KEY_SHAPE, "key")
    if receipt["place"] is not None:
        _refuse_shape(receipt["place"], _PLACE_SHAPE, "place")
    return receipt


def _only_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _UnreadableError(_("The file says something twice under one name."))
    return members


def _no_fraction(number: str) -> None:
    raise _UnreadableError(_("The file holds the number %(number)s, which no receipt holds.") % {"number": number})


def _refuse_shape(members: Mapping[str, Any], shape: Mapping[str, type], name: str) -> None:
    wrong = sorted(members.keys() ^ shape.keys())
    wrong += [part for part in shape if part in members and type(members[part]) is not shape[part]]
    if wrong:
        raise _UnreadableError(
            _("Of the part “%(part)s” this is missing, unknown or of another kind: %(names)s.")
            % {"part": name, "names": ", ".join(wrong)}
        )


def _check_content(verdict: Verdict, receipt: dict[str, Any]) -> bool:
    content = receipt["content"]
    if links.sha256(canonicalize(content)) != receipt["content_sha256"]:
        verdict.fail(
            "content_changed",
            _("The content does not have the digest that the receipt names: one of the two was changed."),
        )
    if _moment(receipt["filed_at"]) is None:
        verdict.fail("time_changed", _("The time of filing is not written as a receipt writes it."))
    if (content.get("call"), content.get("submitted_at")) != (receipt["call"], receipt["filed_at"]):
        verdict.fail("content_disagrees", _("The receipt names another call or time than its content."))
    return verdict.holds


def _check_key(verdict: Verdict, receipt: dict[str, Any], keys: Mapping[str, bytes]) -> bool:
    named = receipt["key"]
    public = signing.decode(named["public_key"], length=signing.KEY_BYTES)
    if public is None or signing.key_id(public) != named["id"] or named["algorithm"] != ALGORITHM:
        verdict.fail("key_changed", _("The key in the receipt is not the one that it names."))
    elif keys.get(named["id"]) != public:
        verdict.fail(
            "key_unknown",
            _("The receipt was signed with the key %(key)s, which is none of this site's.") % {"key": named["id"]},
        )
    return verdict.holds


def _check_signatures(verdict: Verdict, receipt: dict[str, Any]) -> None:
    filed_at = _moment(receipt["filed_at"])
    public = signing.decode(receipt["key"]["public_key"], length=signing.KEY_BYTES)
    if filed_at is None or public is None:
        return
    names = {"call": receipt["call"], "number": receipt["number"]}
    message = links.receipt_message(filed_at=filed_at, content_sha256=receipt["content_sha256"], **names)
    if not signing.is_signed(message, key=public, signature=receipt["signature"]):
        verdict.fail("signature_wrong", _("The signature does not stand for this number, call, time and content."))
    place = receipt["place"]
    if place is None:
        verdict.note(
            "place_not_told",
            _("The receipt does not tell its place in the chain. Download it again once the call has been released."),
        )
        return
    expected = links.link_hash(
        filed_at=filed_at,
        position=place["position"],
        content_sha256=receipt["content_sha256"],
        previous_hash=place["previous_hash"],
        **names,
    )
    message = links.place_message(position=place["position"], chain_hash=place["chain_hash"], **names)
    if expected != place["chain_hash"]:
        verdict.fail("place_changed", _("The place in the chain was changed: its hash is not that of this filing."))
    elif not signing.is_signed(message, key=public, signature=place["signature"]):
        verdict.fail("place_signature_wrong", _("The signature does not stand for this place in the chain."))


def _moment(text: str) -> dt.datetime | None:
    """Return a moment, where it is written in the one way that receipts write it."""
    try:
        value = dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return value if links.moment(value) == text else None
