"""A mark that this instance wrote a row of keys.

Whoever can write to the database, but does not hold the instance's secret, could otherwise put
their own public key in somebody's place and wait for the next report to be sealed to it.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Final

__all__ = [
    "code_for_database",
    "fingerprint_of",
    "is_vouched",
    "moment_in_code",
    "text_in_code",
    "vouched",
]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def vouched(secret: str, what: str, *facts: object) -> bytes:
    """Give the mark of a row: HMAC-SHA-256 over what it is and the facts it states."""
    key = hmac.digest(secret.encode(), b"undaunted vault vouching 1", "sha256")
    message = "\x1f".join([what, *map(str, facts)])
    return hmac.digest(key, message.encode(), hashlib.sha256)


def is_vouched(mark: bytes, secret: str, what: str, *facts: object) -> bool:
    """Whether `mark` is the one this instance would give."""
    return hmac.compare_digest(bytes(mark), vouched(secret, what, *facts))


def code_for_database(key: bytes, what: str, *facts: object) -> bytes:
    """Give the code by which the database knows that the application asks, and not SQL alone.

    HMAC-SHA-256 under the binding key; `vault_require_code` (migration 0005) reckons the same.
    """
    return hmac.digest(key, "|".join([what, *map(str, facts)]).encode(), "sha256")


def moment_in_code(at: datetime) -> int:
    """Give a moment as a code states it and the database reckons it: microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def text_in_code(told: str) -> str:
    """Give a text as a code states it: by its digest, since facts are parted by a sign."""
    return hashlib.sha256(told.encode()).hexdigest()


def fingerprint_of(recipient: str) -> str:
    """Give a public key as eight groups of four, for two people to compare by voice: 128 bits."""
    digits = hashlib.sha256(recipient.encode()).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))
