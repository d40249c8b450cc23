"""Pages, feed and API of receipts and chains."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from lxml import etree

from consultations.models import Call
from consultations.receipts import signing
from consultations.receipts.checking import check_chains
from consultations.receipts.heads import read_kept_heads
from consultations.receipts.verifying import verify_file
from tests import factories

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


@pytest.fixture
def filing():
    return factories.make_filed_comment().submission


@pytest.fixture
def sealed():
    call = factories.make_call(publication_rule="together_after_closing")
    return factories.make_filed_comment(call).submission


def read(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, name
    return response.content.decode()


def release(call):
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())


class TestDesk:
    def test_receipt_is_on_the_desk_of_its_delegation(self, client, filing):
        client.force_login(factories.focal_point(filing.delegation))
        assert reverse("desk-receipt", args=[filing.pk]) in read(client, "desk-submission", filing.pk)
        page = read(client, "desk-receipt", filing.pk)
        receipt = filing.receipt
        for value in (receipt.number, receipt.content_sha256, receipt.signature, receipt.chain_hash):
            assert value in page

    def test_file_is_what_both_verifiers_take(self, client, filing, tmp_path):
        client.force_login(factories.focal_point(filing.delegation))
        response = client.get(reverse("desk-receipt-file", args=[filing.pk, "json"]))
        assert response["Content-Disposition"] == f'attachment; filename="receipt-{filing.receipt.number}.json"'
        assert response["Cache-Control"] == "private, no-cache"
        assert verify_file(response.content, keys=signing.public_keys()).holds
        path = tmp_path / "receipt.json"
        path.write_bytes(response.content)
        script = Path(settings.BASE_DIR) / "deploy" / "verify_receipt.py"
        assert subprocess.run([sys.executable, "-I", script, path], capture_output=True, check=False).returncode == 0

    def test_pdf_is_a_file_too_and_others_are_none(self, client, filing):
        client.force_login(factories.focal_point(filing.delegation))
        response = client.get(reverse("desk-receipt-file", args=[filing.pk, "pdf"]))
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
        assert client.get(reverse("desk-receipt-file", args=[filing.pk, "exe"])).status_code == 404

    @pytest.mark.parametrize("name", ["desk-receipt", "desk-receipt-file"])
    def test_receipt_is_nobody_elses(self, client, filing, name):
        address = reverse(name, args=[filing.pk] if name == "desk-receipt" else [filing.pk, "json"])
        assert client.get(address).status_code == 302
        for user in (factories.make_staff(), factories.focal_point(factories.make_delegation())):
            client.force_login(user)
            assert client.get(address).status_code == 404

    def test_sealed_receipt_tells_no_place_until_release(self, client, sealed):
        client.force_login(factories.focal_point(sealed.delegation))
        assert sealed.receipt.chain_hash not in read(client, "desk-receipt", sealed.pk)
        assert json.loads(read(client, "api-desk-receipt", sealed.pk))["place"] is None
        release(sealed.call)
        assert sealed.receipt.chain_hash in read(client, "desk-receipt", sealed.pk)
        assert json.loads(read(client, "api-desk-receipt", sealed.pk))["place"]["position"] == 1


class TestPublic:
    def test_head_and_links_are_public_and_nothing_else(self, client, filing):
        receipt = filing.receipt
        pages = [
            read(client, "chain-list"),
            read(client, "call-chain", filing.call_id),
            read(client, "chain-feed"),
            read(client, "api-chain-list"),
            read(client, "api-chain-detail", filing.call_id),
            read(client, "api-call-chain", filing.call_id),
        ]
        for page in pages:
            assert receipt.chain_hash in page
            # Whoever knows the number or the digest could find out which delegation said something without its name.
            for value in (receipt.number, receipt.content_sha256, receipt.signature):
                assert value not in page

    def test_keys_are_public(self, client):
        key = signing.encode(next(iter(signing.public_keys().values())))
        assert key in read(client, "chain-list")
        assert json.loads(read(client, "api-chain-keys"))[0]["public_key"] == key
        response = client.get(reverse("receipt-verifier"))
        assert b"Ed25519" in b"".join(response.streaming_content)

    def test_nothing_of_a_sealed_call_moves_until_its_release(self, client):
        call = factories.make_call(publication_rule="together_after_closing")
        addresses = [
            reverse("chain-list"),
            reverse("call-chain", args=[call.pk]),
            reverse("chain-feed"),
            reverse("api-chain-list"),
            reverse("api-chain-detail", args=[call.pk]),
            reverse("api-call-chain", args=[call.pk]),
        ]
        before = [(r.status_code, r.content, r.get("ETag")) for r in map(client.get, addresses)]
        receipt = factories.make_filed_comment(call).submission.receipt
        assert [(r.status_code, r.content, r.get("ETag")) for r in map(client.get, addresses)] == before
        release(call)
        assert all(receipt.chain_hash in client.get(address).content.decode() for address in addresses)

    def test_chain_of_a_call_that_does_not_publish_is_public_once_it_closed(self, client):
        call = factories.make_call(publication_rule="not_published")
        receipt = factories.make_filed_comment(call).submission.receipt
        assert receipt.chain_hash not in read(client, "call-chain", call.pk)
        release(call)
        assert receipt.chain_hash in read(client, "call-chain", call.pk)

    def test_call_in_preparation_has_no_chain(self, client):
        call = factories.make_call(opened=False)
        assert client.get(reverse("call-chain", args=[call.pk])).status_code == 404
        assert client.get(reverse("api-call-chain", args=[call.pk])).status_code == 404

    def test_kept_head_is_taken_by_the_check(self, client, filing):
        heads = read_kept_heads(read(client, "api-chain-list"))
        assert [report.holds for report in check_chains(kept_heads=heads)] == [True]

    def test_feed_has_one_entry_for_each_head_that_stays(self, client, filing):
        first = etree.fromstring(read(client, "chain-feed").encode())
        factories.make_filed_comment(filing.call)
        second = etree.fromstring(read(client, "chain-feed").encode())
        ids = [feed.xpath("a:entry/a:id/text()", namespaces=ATOM) for feed in (first, second)]
        assert [len(each) for each in ids] == [1, 1]
        assert ids[0] != ids[1]
        [head] = read_kept_heads(second.xpath("a:entry/a:content/text()", namespaces=ATOM)[0])
        assert head.length == 2

    def test_feed_of_a_released_call_is_as_old_as_the_release(self, client, sealed):
        release(sealed.call)
        feed = etree.fromstring(read(client, "chain-feed").encode())
        assert feed.xpath("a:updated/text()", namespaces=ATOM)[0][:19] == timezone.now().isoformat()[:19] or (
            feed.xpath("a:updated/text()", namespaces=ATOM)[0] > sealed.submitted_at.isoformat()
        )

    @pytest.mark.parametrize("name", ["chain-list", "api-chain-list", "chain-feed"])
    def test_lists_ask_the_same_questions_of_one_and_three(self, client, name):
        factories.make_filed_comment()
        counts = []
        for _ in range(2):
            client.get(reverse(name))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                read(client, name)
            counts.append(len(queries))
            factories.make_filed_comment()
            factories.make_filed_comment()
        assert counts[0] == counts[1]
