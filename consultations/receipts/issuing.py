"""A receipt is issued in the transaction that files: there is no filing without one, and none without its filing."""

import secrets
from typing import Any, Final

from django.db import connection, transaction

from consultations.exporters.content import submission_content
from consultations.models import ChainHead, Receipt, Submission
from consultations.receipts import links, signing
from consultations.receipts.jcs import canonicalize

CHAIN_LOCK: Final = 7226830
"""The first half of the lock that the trigger on receipts takes too; the second half is the call."""

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without those that are read as one another."""


@transaction.atomic
def issue_receipt(*, submission: Submission) -> Receipt:
    """Issue the receipt of a filing, the next link of the chain of its call, and move the chain's head to it.

    It is called once, when everything that the filing says has been saved. Raises `IntegrityError` where the submission
    has not just been filed, or has its receipt.
    """
    if submission.submitted_at is None:
        raise ValueError("Only what has been filed gets a receipt.")
    with connection.cursor() as cursor:
        # Two filings in one call come one after the other from here on, until the first is committed.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CHAIN_LOCK, submission.call_id])
    last = Receipt.objects.filter(call=submission.call_id).order_by("-position").first()
    content = canonicalize(submission_content(submission))
    call, number, filed_at, digest = submission.call_id, draw_number(), submission.submitted_at, links.sha256(content)
    position = last.position + 1 if last else 1
    previous_hash = last.chain_hash if last else links.first_hash(call=call)
    chain_hash = links.link_hash(
        call=call,
        position=position,
        number=number,
        filed_at=filed_at,
        content_sha256=digest,
        previous_hash=previous_hash,
    )
    signature = signing.sign(links.receipt_message(call=call, number=number, filed_at=filed_at, content_sha256=digest))
    place = signing.sign(links.place_message(call=call, number=number, position=position, chain_hash=chain_hash))
    receipt = Receipt.objects.create(
        submission=submission,
        call_id=call,
        number=number,
        filed_at=filed_at,
        content=content.decode(),
        content_sha256=digest,
        position=position,
        previous_hash=previous_hash,
        chain_hash=chain_hash,
        key_id=signature.key_id,
        signature=signature.value,
        place_signature=place.value,
    )
    _move_head(receipt)
    return receipt


def draw_number() -> str:
    """Return a new number, drawn at random: it tells nothing of how many were filed. `7K3M-Q2ZT-0V8X-9RBA`."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(16))
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))


def _move_head(receipt: Receipt) -> None:
    values: dict[str, Any] = {
        "length": receipt.position,
        "chain_hash": receipt.chain_hash,
        "moved_at": receipt.filed_at,
    }
    signature = signing.sign(links.head_message(call=receipt.call_id, **values))
    values |= {"key_id": signature.key_id, "signature": signature.value}
    if not ChainHead.objects.filter(call=receipt.call_id).update(**values):
        ChainHead.objects.create(call_id=receipt.call_id, **values)
