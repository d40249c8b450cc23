"""A receipt as people read it, on the page and in PDF."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.models import Receipt
from consultations.receipts import links, signing
from consultations.receipts.document import tells_place
from declaration.dates_display import display_moment
from declaration.languages import active_text_language


@dataclass(frozen=True)
class Fact:
    """One line of a receipt. What `is_code` is read from left to right, sign by sign, in every language."""

    label: str
    value: str
    is_code: bool = False


@dataclass(frozen=True)
class ShownReceipt:
    """A receipt in the active language: what was filed, where it stands, and what it is signed with."""

    number: str
    facts: Sequence[Fact]
    place: Sequence[Fact]
    """Empty while the call is sealed."""
    signatures: Sequence[Fact]


def show_receipt(receipt: Receipt, *, at: dt.datetime) -> ShownReceipt:
    """Return what a receipt says at that moment. The submission has to be read with its context."""
    submission = receipt.submission
    filed_at = display_moment(timezone.localtime(receipt.filed_at), active_text_language())
    facts = [
        Fact(_("Number"), receipt.number, is_code=True),
        Fact(_("Delegation"), str(submission.delegation)),
        Fact(_("Call for comments"), str(submission.call)),
        Fact(_("Draft"), str(submission.call.draft)),
        Fact(_("Submission"), str(submission.pk), is_code=True),
        Fact(_("Filed at"), filed_at),
        Fact(_("The same in Universal Time"), links.moment(receipt.filed_at), is_code=True),
        Fact(_("SHA-256 of the content"), receipt.content_sha256, is_code=True),
    ]
    place = [
        Fact(pgettext("in a chain", "Place"), str(receipt.position), is_code=True),
        Fact(_("Hash of the link before"), receipt.previous_hash, is_code=True),
        Fact(_("Hash of this link"), receipt.chain_hash, is_code=True),
        Fact(_("Signature of the place"), receipt.place_signature, is_code=True),
    ]
    signatures = [
        Fact(_("Signature"), receipt.signature, is_code=True),
        Fact(_("Name of the key"), receipt.key_id, is_code=True),
        Fact(_("Public key (Ed25519)"), signing.encode(signing.public_keys()[receipt.key_id]), is_code=True),
    ]
    return ShownReceipt(receipt.number, facts, place if tells_place(receipt, at=at) else [], signatures)
