"""Ed25519 signatures of organisations, and the fingerprints that people compare.

A signature covers a word that says what is signed, so that no signature of another protocol, and
none of another version, stands for a package.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from undaunted.core.sharing.rules.refusals import ForeignSignature, KeyUnreadable

__all__ = [
    "SIGNATURE",
    "check_signature",
    "fingerprint",
    "new_seed",
    "public_key",
    "same_fingerprint",
    "sign",
]

SIGNATURE = 64
SIGNED = b"undaunted share 1\x00"
_KEY = 32
_GROUP = 4
_PRINT = re.compile(r"[0-9a-f]{64}")


def new_seed() -> bytes:
    """Make the private half of a signing key: 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(seed: bytes) -> str:
    """Give the public half as text (base64)."""
    raw = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return base64.b64encode(raw).decode()


def sign(seed: bytes, manifest: bytes) -> bytes:
    """Sign the bytes of a manifest."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(SIGNED + manifest)


def check_signature(key: str, signature: bytes, manifest: bytes) -> None:
    """Raise `ForeignSignature` unless `key` signed `manifest`; `KeyUnreadable` for no key."""
    try:
        Ed25519PublicKey.from_public_bytes(_raw(key)).verify(signature, SIGNED + manifest)
    except InvalidSignature as problem:
        raise ForeignSignature(
            "the signature does not fit the package; ask the sender for it again"
        ) from problem


def fingerprint(key: str, recipient: str) -> str:
    """Give what two people read to each other: one number for both public keys of an organisation.

    SHA-256 over the signing key and the receiving key, in groups of four letters.
    """
    about = b"undaunted share keys 1\x00" + _raw(key) + b"\x00" + recipient.encode()
    digest = hashlib.sha256(about).hexdigest()
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def same_fingerprint(given: str, expected: str) -> bool:
    """Whether two fingerprints are the same, however they are spaced.

    Raises `KeyUnreadable` where `given` is none: a part of a fingerprint proves nothing.
    """
    plain = re.sub(r"[\s:]", "", given).lower()
    if not _PRINT.fullmatch(plain):
        raise KeyUnreadable("give the whole fingerprint: 64 of 0-9 and a-f, with or without spaces")
    return hmac.compare_digest(plain, expected.replace(" ", ""))


def _raw(key: str) -> bytes:
    try:
        raw = base64.b64decode(key.encode(), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise KeyUnreadable(f"{key[:60]!r} is no signing key: 32 bytes in base64") from problem
    if len(raw) != _KEY or base64.b64encode(raw).decode() != key:
        raise KeyUnreadable(f"a signing key has {_KEY} bytes in one spelling; this has {len(raw)}")
    return raw
