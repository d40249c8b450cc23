"""What is hashed and signed: lines of text, so that anyone can compute the same digests with any tool.

Each list of lines begins with its name and version, is joined by line feeds without one at the end, and is encoded in
UTF-8. Digests are SHA-256 in hexadecimal. The database computes those of the chain itself when a receipt is written
(`consultations.models.triggers.receipt_linked`), and `deploy/verify_receipt.py` computes them without this project.
"""

import datetime as dt
import hashlib


def moment(value: dt.datetime) -> str:
    """Return a moment as it is hashed: in UTC, to the microsecond, `2026-11-24T09:15:00.000000Z`."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256(data: bytes) -> str:
    """Return a digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _lines(*lines: object) -> bytes:
    return "\n".join(map(str, lines)).encode()


def first_hash(*, call: int) -> str:
    """Return what the first link of a call's chain follows."""
    return sha256(_lines("travaux-chain/1", call))


def link_hash(
    *, call: int, position: int, number: str, filed_at: dt.datetime, content_sha256: str, previous_hash: str
) -> str:
    """Return the hash of one link: of the filing, its place, and the link before it."""
    return sha256(_lines("travaux-link/1", call, position, number, moment(filed_at), content_sha256, previous_hash))


def receipt_message(*, call: int, number: str, filed_at: dt.datetime, content_sha256: str) -> bytes:
    """Return what the signature of a receipt stands for: that this content was filed in this call at this time."""
    return _lines("travaux-receipt/1", call, number, moment(filed_at), content_sha256)


def place_message(*, call: int, number: str, position: int, chain_hash: str) -> bytes:
    """Return what the signature of a place stands for: that the receipt is this link of the chain."""
    return _lines("travaux-place/1", call, number, position, chain_hash)


def head_message(*, call: int, length: int, chain_hash: str, moved_at: dt.datetime) -> bytes:
    """Return what the signature of a head stands for: that the chain had this length and this last link at this time."""
    return _lines("travaux-head/1", call, length, chain_hash, moment(moved_at))
