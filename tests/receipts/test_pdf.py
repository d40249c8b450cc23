"""A receipt in PDF."""

import json
import re
import zlib

import pytest
from django.utils import timezone, translation

from consultations.receipts.document import receipt_file
from consultations.receipts.pdf import receipt_pdf
from tests import factories

pytestmark = pytest.mark.django_db

SITE = "https://travaux.example/en/chains/"


def streams(pdf):
    """What the document's streams hold, unpacked."""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            yield packed


@pytest.mark.parametrize("language", ["ar", "zh-hans", "en", "fr", "ru", "es"])
def test_pdf_has_the_receipt_inside(language):
    receipt = factories.make_filed_comment().submission.receipt
    now = timezone.now()
    with translation.override(language):
        pdf = receipt_pdf(receipt, at=now, site=SITE)
    assert pdf.startswith(b"%PDF-")
    assert receipt_file(receipt, at=now) in set(streams(pdf))
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2


def test_what_looks_like_markup_stays_text():
    state = factories.make_state(name={"en": '#panic() *x* <a> "q" \\'})
    submission = factories.make_submission(delegation=factories.make_delegation(state), general_comment="#panic()")
    receipt = factories.file_submission(submission).receipt
    now = timezone.now()
    assert json.loads(receipt_file(receipt, at=now))["content"]["general_comment"] == "#panic()"
    assert receipt_pdf(receipt, at=now, site=SITE).startswith(b"%PDF-")


def test_pdf_of_a_sealed_call_tells_no_place():
    call = factories.make_call(publication_rule="together_after_closing")
    receipt = factories.make_filed_comment(call).submission.receipt
    sealed = receipt_pdf(receipt, at=call.opens_at, site=SITE)
    assert not any(receipt.chain_hash.encode() in stream for stream in streams(sealed))
