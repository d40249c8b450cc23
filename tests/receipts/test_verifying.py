"""A receipt's file is checked without the database; one changed byte of it is told."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from consultations.receipts import signing
from consultations.receipts.document import receipt_document, receipt_file
from consultations.receipts.jcs import canonicalize
from consultations.receipts.verifying import verify_file
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt():
    submission = factories.make_submission(general_comment="Good, “very” good.\nنعم")
    factories.make_comment(submission)
    return factories.file_submission(submission).receipt


@pytest.fixture
def data(receipt):
    return receipt_file(receipt, at=timezone.now())


def codes(data, keys=None):
    verdict = verify_file(data, keys=keys if keys is not None else signing.public_keys())
    return [problem.code for problem in verdict.problems], [note.code for note in verdict.notes]


def test_receipt_as_it_was_issued_holds(data):
    assert codes(data) == ([], [])


def test_every_changed_byte_is_told(data):
    untold = [
        place
        for place in range(len(data))
        for other in (data[place] ^ 1, data[place] ^ 32)
        if codes(data[:place] + bytes([other]) + data[place + 1 :]) == ([], [])
    ]
    assert untold == []


def test_every_byte_left_out_is_told(data):
    untold = [place for place in range(len(data) - 1) if codes(data[:place] + data[place + 1 :]) == ([], [])]
    assert untold == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda receipt: receipt["content"].update(general_comment="Bad."), ["content_changed"]),
        (lambda receipt: receipt.update(number="0000-0000-0000-0000"), ["signature_wrong", "place_changed"]),
        (lambda receipt: receipt.update(call=receipt["call"] + 1), ["content_disagrees"]),
        (lambda receipt: receipt.update(filed_at="2026-01-01T00:00:00.000000Z"), ["content_disagrees"]),
        (lambda receipt: receipt.update(filed_at="yesterday"), ["time_changed", "content_disagrees"]),
        (lambda receipt: receipt["place"].update(position=2), ["place_changed"]),
        (lambda receipt: receipt["place"].update(signature=receipt["signature"]), ["place_signature_wrong"]),
        (lambda receipt: receipt["key"].update(id="0" * 16), ["key_changed"]),
        (lambda receipt: receipt.update(format="another"), ["unreadable"]),
        (lambda receipt: receipt.pop("number"), ["unreadable"]),
        (lambda receipt: receipt.update(more=1), ["unreadable"]),
        (lambda receipt: receipt.update(call=True), ["unreadable"]),
        (lambda receipt: receipt["place"].pop("position"), ["unreadable"]),
    ],
)
def test_what_was_changed_is_named(receipt, change, expected):
    document = receipt_document(receipt, at=timezone.now())
    change(document)
    assert codes(canonicalize(document)) == (expected, [])


def test_forger_with_a_key_of_her_own_is_told(receipt):
    document = receipt_document(receipt, at=timezone.now())
    assert codes(canonicalize(document), keys={}) == (["key_unknown"], [])


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{", b"[" * 100_000, b'{"format":"travaux-receipt/1"}', b"1.5"])
def test_what_is_no_receipt_is_told(data):
    assert codes(data) == (["unreadable"], [])


def test_other_layout_is_a_note(data):
    assert codes(json.dumps(json.loads(data), indent=2).encode()) == ([], ["layout_changed"])


def test_sealed_receipt_tells_no_place():
    call = factories.make_call(publication_rule="together_after_closing")
    receipt = factories.make_filed_comment(call).submission.receipt
    sealed = receipt_file(receipt, at=call.opens_at)
    assert json.loads(sealed)["place"] is None
    assert codes(sealed) == ([], ["place_not_told"])
    assert json.loads(receipt_file(receipt, at=call.closes_at))["place"]["position"] == 1


def test_command_says_what_a_receipt_stands_for(receipt, data, tmp_path, capsys):
    path = tmp_path / "receipt.json"
    path.write_bytes(data)
    call_command("verify_receipt", path)
    told = capsys.readouterr().out
    assert receipt.number in told
    assert receipt.content_sha256 in told
    call_command("verify_receipt", path, "--json")
    assert json.loads(capsys.readouterr().out)["holds"] is True


def test_command_tells_what_was_changed(data, tmp_path, capsys):
    path = tmp_path / "receipt.json"
    path.write_bytes(data.replace(b"very", b"VERY"))
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_receipt", path)
    with pytest.raises(CommandError):
        call_command("verify_receipt", path, "--json")
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "content_changed"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_receipt", tmp_path / "none.json")
