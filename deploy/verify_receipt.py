#!/usr/bin/env python3
"""Check a receipt of a filing without the site that issued it: nothing but Python is needed, and no network.

    python3 verify_receipt.py RECEIPT.json --key PUBLIC_KEY [--key AN_EARLIER_ONE]

PUBLIC_KEY is the site's key as it publishes it (base64). Get it from the site, from a colleague who kept it, or from
both, and not from the receipt: a forger writes her own key into what she forges. Without `--key` the receipt is checked
with the key that stands in it, and the answer says so.

Ends with 0 where the receipt holds, with 1 where it does not, with 2 where it cannot be read.

What is checked: the digest (SHA-256) of the content in canonical JSON (RFC 8785); the signature (Ed25519, RFC 8032) of
number, call, time and digest; and, where the receipt tells its place in the chain, the link's hash and its signature.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FORMAT = "travaux-receipt/1"
MAX_BYTES = 200 * 1024 * 1024
MAX_EXACT = 2**53 - 1

SHAPE = {
    "format": str,
    "call": int,
    "number": str,
    "filed_at": str,
    "content": dict,
    "content_sha256": str,
    "signature": str,
    "key": dict,
}
KEY_SHAPE = {"id": str, "algorithm": str, "public_key": str}
PLACE_SHAPE = {"position": int, "previous_hash": str, "chain_hash": str, "signature": str}

# --- Ed25519, RFC 8032, section 5.1: verification only, so that nothing here need be secret or fast -----------------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
"""A point of the curve as (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z."""


def add(one: Point, other: Point) -> Point:
    """Add two points (5.1.4)."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(factor: int, point: Point) -> Point:
    """Add a point to itself so many times."""
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = add(total, point)
        point = add(point, point)
        factor >>= 1
    return total


def are_equal(one: Point, other: Point) -> bool:
    """Whether two points are the same, whatever their Z."""
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def recover_x(y: int, sign: int) -> int | None:
    """Return the x of a point from its y and the sign of x (5.1.3), or None where there is no such point."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def read_point(data: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, if they stand for one."""
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0) or 0
BASE: Point = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature of 64 bytes is that of a message by the holder of this public key of 32 (5.1.7)."""
    if (len(key), len(signature)) != (32, 64):
        return False
    public, commitment = read_point(key), read_point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return are_equal(multiply(scalar, BASE), add(commitment, multiply(challenge, public)))


# --- Canonical JSON, RFC 8785, of what receipts are made of: no number in them has a fraction -----------------------
def canonicalize(data: Any) -> bytes:
    """Return data as canonical JSON. Raises `ValueError` for what a receipt never holds."""
    return write(data).encode()


def write(data: Any) -> str:
    """Return data as canonical JSON, as text."""
    if isinstance(data, dict):
        members = sorted(data.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(f"{write(name)}:{write(value)}" for name, value in members) + "}"
    if isinstance(data, list):
        return "[" + ",".join(map(write, data)) + "]"
    if isinstance(data, str):
        data.encode()  # half a character is no text
    elif isinstance(data, int) and abs(data) > MAX_EXACT:
        raise ValueError("a number is too large")
    return json.dumps(data, ensure_ascii=False)


def only_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Take the members of an object, and refuse one that is there twice."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError("something is said twice under one name")
    return dict(pairs)


def no_fraction(number: str) -> None:
    """Refuse numbers that no receipt holds."""
    raise ValueError(f"the number {number} is in no receipt")


# --- The receipt ----------------------------------------------------------------------------------------------------
def read(data: bytes) -> dict[str, Any]:
    """Return a receipt's data. Raises `ValueError`, with what is wrong, for what is no receipt."""
    if len(data) > MAX_BYTES:
        raise ValueError("it is too large")
    receipt = json.loads(
        data.decode(), object_pairs_hook=only_once, parse_float=no_fraction, parse_constant=no_fraction
    )
    canonicalize(receipt)
    if not isinstance(receipt, dict) or receipt.get("format") != FORMAT:
        raise ValueError(f"it is not of the format {FORMAT}")
    place = receipt.get("place")
    refuse_shape(receipt, {**SHAPE, "place": type(None) if place is None else dict}, "receipt")
    refuse_shape(receipt["key"], KEY_SHAPE, "key")
    if place is not None:
        refuse_shape(place, PLACE_SHAPE, "place")
    return receipt


def refuse_shape(members: dict[str, Any], shape: Mapping[str, type[Any]], name: str) -> None:
    """Refuse members that are missing, unknown or of another kind."""
    wrong = sorted(members.keys() ^ shape.keys())
    wrong += [part for part in shape if part in members and type(members[part]) is not shape[part]]
    if wrong:
        raise ValueError(f"of the part “{name}” this is missing, unknown or of another kind: {', '.join(wrong)}")


def decode(text: str, length: int) -> bytes:
    """Return what base64 stands for, or no bytes where it is not the one way of writing so many."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return value if len(value) == length and base64.b64encode(value).decode() == text else b""


def lines(*parts: object) -> bytes:
    """Return what is hashed or signed: lines, without a line feed at the end."""
    return "\n".join(map(str, parts)).encode()


def find_problems(receipt: dict[str, Any], keys: list[bytes]) -> list[str]:
    """Return what in a receipt is not as it was issued, in sentences; `keys` are trusted, any where there are none."""
    content, digest, named = receipt["content"], receipt["content_sha256"], receipt["key"]
    problems = []
    if hashlib.sha256(canonicalize(content)).hexdigest() != digest:
        problems.append("The content does not have the digest that the receipt names: one of the two was changed.")
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", receipt["filed_at"], re.ASCII):
        problems.append("The time of filing is not written as a receipt writes it.")
    if (content.get("call"), content.get("submitted_at")) != (receipt["call"], receipt["filed_at"]):
        problems.append("The receipt names another call or time than its content.")
    public = decode(named["public_key"], 32)
    if hashlib.sha256(public).hexdigest()[:16] != named["id"] or named["algorithm"] != "Ed25519":
        problems.append("The key in the receipt is not the one that it names.")
    elif keys and public not in keys:
        problems.append(f"The receipt was signed with the key {named['id']}, which is not the one that you gave.")
    return problems or find_wrong_signatures(receipt, public)


def find_wrong_signatures(receipt: dict[str, Any], public: bytes) -> list[str]:
    """Return which signatures or hashes do not stand for what the receipt says."""
    call, number, filed_at, digest = (receipt[name] for name in ("call", "number", "filed_at", "content_sha256"))
    problems = []
    message = lines("travaux-receipt/1", call, number, filed_at, digest)
    if not is_signed(public, message, decode(receipt["signature"], 64)):
        problems.append("The signature does not stand for this number, call, time and content.")
    place = receipt["place"]
    if place is None:
        return problems
    link = lines("travaux-link/1", call, place["position"], number, filed_at, digest, place["previous_hash"])
    message = lines("travaux-place/1", call, number, place["position"], place["chain_hash"])
    if hashlib.sha256(link).hexdigest() != place["chain_hash"]:
        problems.append("The place in the chain was changed: its hash is not that of this filing.")
    elif not is_signed(public, message, decode(place["signature"], 64)):
        problems.append("The signature does not stand for this place in the chain.")
    return problems


def tell(receipt: dict[str, Any], data: bytes, keys: list[bytes]) -> None:
    """Say what a receipt that holds stands for."""
    party = receipt["content"].get("delegation", {})
    print(f"Receipt {receipt['number']} holds.")
    print(f"In call {receipt['call']} this content of {party.get('key', '?')} was filed at {receipt['filed_at']}.")
    print(f"SHA-256 of the content: {receipt['content_sha256']}")
    if receipt["place"]:
        print(f"Place in the chain of the call: {receipt['place']['position']}, {receipt['place']['chain_hash']}")
    else:
        print("It does not tell its place in the chain. Download it again once the call has been released.")
    if not keys:
        print(f"The key was taken from the receipt. Compare it with the site's: {receipt['key']['public_key']}")
    if data.removesuffix(b"\n") != canonicalize(receipt):
        print("Note: the file is not laid out as it was issued. What it says is as it was.")


def main(arguments: list[str] | None = None) -> int:
    """Check one file."""
    parser = argparse.ArgumentParser(description="Check a receipt of a filing without the site that issued it.")
    parser.add_argument("file", type=Path, help="the receipt as it was downloaded (JSON)")
    parser.add_argument("--key", action="append", default=[], help="a public key of the site in base64")
    asked = parser.parse_args(arguments)
    keys = [decode(text, 32) for text in asked.key]
    if not all(keys):
        parser.error("--key takes a public key of 32 bytes in base64.")
    try:
        with asked.file.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        receipt = read(data)
    except (OSError, ValueError, RecursionError) as error:
        print(f"{asked.file} cannot be read as a receipt: {error}", file=sys.stderr)
        return 2
    problems = find_problems(receipt, keys)
    if problems:
        print("This receipt does not hold.", *problems, sep="\n", file=sys.stderr)
        return 1
    tell(receipt, data, keys)
    return 0


if __name__ == "__main__":
    sys.exit(main())
