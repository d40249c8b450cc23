"""The stand-alone verifier, which knows nothing of this project."""

import ast
import base64
import hashlib
import json
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from consultations.receipts import signing
from consultations.receipts.document import receipt_document, receipt_file
from consultations.receipts.jcs import canonicalize
from tests import factories

SCRIPT = Path(settings.BASE_DIR) / "deploy" / "verify_receipt.py"

_spec = util.spec_from_file_location("verify_receipt", SCRIPT)
script = util.module_from_spec(_spec)
_spec.loader.exec_module(script)

VECTORS = [  # RFC 8032, section 7.1: public key, message, the two halves of the signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155",
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac",
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589",
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("key", "message", "commitment", "scalar"), VECTORS)
def test_vectors_of_rfc_8032(key, message, commitment, scalar):
    key, signature = bytes.fromhex(key), bytes.fromhex(commitment + scalar)
    assert script.is_signed(key, message, signature)
    assert signing.is_signed(message, key=key, signature=base64.b64encode(signature).decode())
    assert not script.is_signed(key, message + b"x", signature)
    for place in (0, 31, 32, 63):
        wrong = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
        assert not script.is_signed(key, message, wrong)


def test_second_form_of_a_signature_is_no_signature():
    key, message, commitment, scalar = VECTORS[0]
    scalar = int.from_bytes(bytes.fromhex(scalar), "little") + script.ORDER
    assert not script.is_signed(bytes.fromhex(key), message, bytes.fromhex(commitment) + scalar.to_bytes(32, "little"))


def test_it_imports_nothing_but_python():
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(SCRIPT.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


@pytest.fixture
def receipt(db):
    submission = factories.make_submission(general_comment="Good, “very” good.\nنعم \U0001f600")
    factories.make_comment(submission)
    return factories.file_submission(submission).receipt


@pytest.fixture
def public_key():
    return base64.b64encode(next(iter(signing.public_keys().values()))).decode()


def run(*arguments):
    return subprocess.run([sys.executable, "-I", SCRIPT, *arguments], capture_output=True, text=True, check=False)


def test_receipt_that_was_issued_holds(receipt, public_key, tmp_path):
    path = tmp_path / "receipt.json"
    path.write_bytes(receipt_file(receipt, at=timezone.now()))
    done = run(path, "--key", public_key)
    assert (done.returncode, done.stderr) == (0, "")
    assert receipt.number in done.stdout
    assert "Compare it" not in done.stdout
    assert public_key in run(path).stdout


def test_what_was_changed_is_told(receipt, public_key, tmp_path):
    data = receipt_file(receipt, at=timezone.now())
    path = tmp_path / "receipt.json"
    path.write_bytes(data.replace(b"very", b"VERY"))
    done = run(path, "--key", public_key)
    assert done.returncode == 1
    assert "does not hold" in done.stderr
    path.write_bytes(data)
    other = base64.b64encode(bytes(32)).decode()
    assert run(path, "--key", other).returncode == 1
    assert run(path, "--key", "short").returncode == 2
    assert run(tmp_path / "none.json").returncode == 2
    path.write_bytes(b"[]")
    assert run(path).returncode == 2


def test_every_changed_byte_is_told(receipt):
    """Of a signature only some are tried: each takes a while in plain Python; the other test tries all with ours."""
    data = receipt_file(receipt, at=timezone.now())
    untold = []
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            read = script.read(changed)
        except (ValueError, RecursionError):
            continue
        if changed.removesuffix(b"\n") == script.canonicalize(read) and not script.find_problems(read, []):
            untold.append(place)
    assert untold == []


@pytest.mark.parametrize("name", ["number", "signature"])
def test_both_verifiers_agree(receipt, name):
    document = receipt_document(receipt, at=timezone.now())
    assert script.read(canonicalize(document)) == json.loads(canonicalize(document))
    assert script.canonicalize(document) == canonicalize(document)
    assert script.find_problems(document, []) == []
    document[name] = ("B" if document[name][0] == "A" else "A") + document[name][1:]
    assert len(script.find_problems(document, [])) >= 1
