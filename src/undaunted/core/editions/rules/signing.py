"""The signature of an instance over the list of files of an edition.

The key is Ed25519 and follows from the instance's secret key by HKDF (RFC 5869), as that of the
offline form does, so that an edition is signed where it is built and nothing further is kept
secret. The two people who publish are held by the database, not by this key. A signature covers a
word that says what is signed, so that none of another protocol stands for an edition.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from undaunted.core.editions.rules.refusals import EditionAltered

__all__ = ["check_signature", "fingerprint", "public_key", "sign"]

SIGNED: Final = b"undaunted edition 1\x00"
_PURPOSE: Final = b"undaunted edition v1: ed25519"
_KEY_BYTES: Final = 32
_GROUP: Final = 4


def sign(manifest: bytes, secret: bytes) -> bytes:
    """Give the signature (64 bytes) over a list of files."""
    return _key(secret).sign(SIGNED + manifest)


def public_key(secret: bytes) -> str:
    """Give the public half as text (base64)."""
    return base64.b64encode(_key(secret).public_key().public_bytes_raw()).decode()


def check_signature(key: str, signature: bytes, manifest: bytes) -> None:
    """Raise `EditionAltered` unless `key` signed `manifest`."""
    try:
        Ed25519PublicKey.from_public_bytes(_raw(key)).verify(signature, SIGNED + manifest)
    except InvalidSignature as problem:
        raise EditionAltered(
            "the signature does not fit the list of files: it was changed, or signed elsewhere"
        ) from problem


def fingerprint(key: str) -> str:
    """Give the digest of a public key in groups to read out."""
    digest = hashlib.sha256(_raw(key)).hexdigest()
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def _raw(key: str) -> bytes:
    try:
        raw = base64.b64decode(key.encode(), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise EditionAltered(f"{key[:60]!r} is no signing key: 32 bytes in base64") from problem
    if len(raw) != _KEY_BYTES:
        raise EditionAltered(f"a signing key has {_KEY_BYTES} bytes; this has {len(raw)}")
    return raw


def _key(secret: bytes) -> Ed25519PrivateKey:
    seed = HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=_PURPOSE).derive(secret)
    return Ed25519PrivateKey.from_private_bytes(seed)
