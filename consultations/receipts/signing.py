"""The keys that receipts and heads of chains are signed with: Ed25519 (RFC 8032).

The site's key is the setting `RECEIPT_KEY`, 32 random bytes in base64, or what the file `RECEIPT_KEY_FILE` holds. Where
there is no such file a key is made once and kept there: on a machine of one's own below `var/`. After a change of key the public keys of earlier receipts stay in `RECEIPT_EARLIER_KEYS`.
"""

import base64
import binascii
import functools
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64


@dataclass(frozen=True)
class Signature:
    """A signature in base64, and the name of the key it was made with."""

    key_id: str
    value: str


def sign(message: bytes) -> Signature:
    """Sign with the site's present key."""
    private = _private_key(settings.RECEIPT_KEY)
    return Signature(key_id(_public_bytes(private)), base64.b64encode(private.sign(message)).decode())


def is_signed(message: bytes, *, key: bytes, signature: str) -> bool:
    """Whether a signature (base64) of a message was made with the key that belongs to this public key."""
    value = decode(signature, length=SIGNATURE_BYTES)
    if value is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(value, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_keys() -> dict[str, bytes]:
    """Return the public keys of this site by name, the present one first. Raises `ImproperlyConfigured`."""
    keys = [_public_bytes(_private_key(settings.RECEIPT_KEY))]
    for text in settings.RECEIPT_EARLIER_KEYS:
        key = decode(text, length=KEY_BYTES)
        if key is None:
            raise ImproperlyConfigured("RECEIPT_EARLIER_KEYS has something that is no public key in base64.")
        keys.append(key)
    return {key_id(key): key for key in keys}


def key_id(public: bytes) -> str:
    """Return the name of a key: the first 16 hexadecimal digits of the SHA-256 of its public half."""
    return hashlib.sha256(public).hexdigest()[:16]


def encode(value: bytes) -> str:
    """Return bytes in base64."""
    return base64.b64encode(value).decode()


def decode(text: str, *, length: int) -> bytes | None:
    """Return what base64 stands for, or None where it is not the one way of writing so many bytes."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return value if len(value) == length and encode(value) == text else None


@functools.cache
def _private_key(configured: str) -> Ed25519PrivateKey:
    seed = decode(configured or _kept_key(), length=KEY_BYTES)
    if seed is None:
        raise ImproperlyConfigured("RECEIPT_KEY is not 32 bytes in base64. Make one with: openssl rand -base64 32")
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public_bytes(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()


def _kept_key() -> str:
    """Return the key that the file holds, made where there is none; only its owner can read the file."""
    path = Path(settings.RECEIPT_KEY_FILE)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(encode(secrets.token_bytes(KEY_BYTES)))
        try:
            # Written whole under another name first: of two that start at once the second finds the first's.
            os.link(mine, path)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_text().strip()
