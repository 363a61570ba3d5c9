"""The offline form: signed, so that whoever gets it by any way can tell that it is ours.

The key is Ed25519 and follows from the instance's secret key by HKDF (RFC 5869), so there is no
further secret to keep. Its fingerprint is printed where people trust it: on paper, on our pages.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

__all__ = ["fingerprint_of", "kit_number", "public_pem", "sign_kit", "verify_kit"]

_PURPOSE: Final = b"undaunted intake kit v1: ed25519"
_KEY_BYTES: Final = 32
_GROUP: Final = 4


def sign_kit(content: bytes, secret: bytes) -> bytes:
    """Give the detached signature (64 bytes) of an offline form."""
    return _key(secret).sign(content)


def verify_kit(content: bytes, signature: bytes, secret: bytes) -> bool:
    """Tell whether an offline form is exactly what this instance has signed."""
    try:
        _key(secret).public_key().verify(signature, content)
    except InvalidSignature:
        return False
    return True


def public_pem(secret: bytes) -> bytes:
    """Give the public key for programs such as OpenSSL."""
    return _key(secret).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint_of(secret: bytes) -> str:
    """Give the first half of the digest of the public key, in groups to read out."""
    raw = _key(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    digits = hashlib.sha256(raw).hexdigest()[: 8 * _GROUP]
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def kit_number(team: UUID, recipients: Iterable[str]) -> str:
    """Give a number that changes with the team's keys: whoever leaves makes older forms stale."""
    held = f"{team}|{'|'.join(sorted(recipients))}"
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def _key(secret: bytes) -> Ed25519PrivateKey:
    seed = HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=_PURPOSE).derive(secret)
    return Ed25519PrivateKey.from_private_bytes(seed)
