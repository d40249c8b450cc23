"""Receipts as they are issued at filing."""

import datetime as dt
import json
import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations import services
from consultations.exporters.content import submission_content
from consultations.models import ChainHead, Receipt
from consultations.receipts import links, signing
from consultations.receipts.issuing import issue_receipt
from tests import factories

pytestmark = pytest.mark.django_db


def test_filing_gets_its_receipt():
    submission = factories.make_filed_comment().submission
    receipt = Receipt.objects.get(submission=submission)
    assert json.loads(receipt.content) == submission_content(submission)
    assert receipt.content_sha256 == links.sha256(receipt.content.encode())
    assert receipt.position == 1
    assert receipt.previous_hash == links.first_hash(call=submission.call_id)
    assert receipt.filed_at == submission.submitted_at
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", receipt.number)
    key = signing.public_keys()[receipt.key_id]
    message = links.receipt_message(
        call=receipt.call_id,
        number=receipt.number,
        filed_at=receipt.filed_at,
        content_sha256=receipt.content_sha256,
    )
    assert signing.is_signed(message, key=key, signature=receipt.signature)
    assert not signing.is_signed(message + b" ", key=key, signature=receipt.signature)


def test_each_call_has_a_chain_of_its_own_and_its_head_moves():
    first = factories.make_filed_comment().submission
    second = factories.make_filed_comment(first.call).submission
    other = factories.make_filed_comment().submission
    assert list(Receipt.objects.filter(call=first.call).values_list("position", "submission")) == [
        (1, first.pk),
        (2, second.pk),
    ]
    assert second.receipt.previous_hash == first.receipt.chain_hash
    assert other.receipt.position == 1
    head = ChainHead.objects.get(call=first.call)
    assert (head.length, head.chain_hash, head.moved_at) == (2, second.receipt.chain_hash, second.submitted_at)
    message = links.head_message(call=head.call_id, length=2, chain_hash=head.chain_hash, moved_at=head.moved_at)
    assert signing.is_signed(message, key=signing.public_keys()[head.key_id], signature=head.signature)


def test_next_filing_gets_a_receipt_of_its_own():
    first = factories.make_filed_comment().submission
    user = factories.focal_point(first.delegation)
    again = services.start_submission(call=first.call, delegation=first.delegation, user=user)
    services.submit_submission(submission=again, user=user)
    first.refresh_from_db()
    again.refresh_from_db()
    assert [first.status, first.receipt.position, again.receipt.position] == ["superseded", 1, 2]


def test_without_a_receipt_there_is_no_filing(monkeypatch):
    submission = factories.make_submission()
    factories.make_comment(submission)

    def gone(**_names):
        raise OSError("gone")

    monkeypatch.setattr("consultations.services.submissions.issue_receipt", gone)
    with pytest.raises(OSError, match="gone"):
        factories.file_submission(submission)
    submission.refresh_from_db()
    assert submission.status == "draft"


def test_receipt_is_issued_once_and_only_for_what_is_filed():
    submission = factories.make_filed_comment().submission
    with pytest.raises(IntegrityError), transaction.atomic():
        issue_receipt(submission=submission)
    with pytest.raises(ValueError, match="filed"):
        issue_receipt(submission=factories.make_submission())
    unfiled = factories.make_submission()
    unfiled.submitted_at = timezone.now() - dt.timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        issue_receipt(submission=unfiled)
    assert Receipt.objects.count() == 1
