"""A receipt as a file: all that is needed to check it without this site, in canonical JSON."""

import datetime as dt
import json
from typing import Any, Final

from consultations.models import Receipt
from consultations.receipts import links, signing
from consultations.receipts.jcs import canonicalize

FORMAT: Final = "travaux-receipt/1"
ALGORITHM: Final = "Ed25519"


def tells_place(receipt: Receipt, *, at: dt.datetime) -> bool:
    """Whether a receipt tells its place in the chain at that moment: under embargo it would tell how many have filed."""
    return not receipt.call.is_sealed(at=at)


def receipt_document(receipt: Receipt, *, at: dt.datetime) -> dict[str, Any]:
    """Return a receipt as plain data. `place` is None while the call is sealed; the signature stands for it until then."""
    place = {
        "position": receipt.position,
        "previous_hash": receipt.previous_hash,
        "chain_hash": receipt.chain_hash,
        "signature": receipt.place_signature,
    }
    return {
        "format": FORMAT,
        "call": receipt.call_id,
        "number": receipt.number,
        "filed_at": links.moment(receipt.filed_at),
        "content": json.loads(receipt.content),
        "content_sha256": receipt.content_sha256,
        "signature": receipt.signature,
        "key": {
            "id": receipt.key_id,
            "algorithm": ALGORITHM,
            "public_key": signing.encode(signing.public_keys()[receipt.key_id]),
        },
        "place": place if tells_place(receipt, at=at) else None,
    }


def receipt_file(receipt: Receipt, *, at: dt.datetime) -> bytes:
    """Return a receipt as the file that is kept: canonical JSON, and a line feed."""
    return canonicalize(receipt_document(receipt, at=at)) + b"\n"


def file_name(receipt: Receipt, extension: str) -> str:
    """Return a name that tells the receipts of several filings apart: `receipt-7K3M-Q2ZT-0V8X-9RBA.json`."""
    return f"receipt-{receipt.number}.{extension}"
