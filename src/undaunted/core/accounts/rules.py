"""How a session proves itself to the database, and how far a token reaches."""

from __future__ import annotations

import hashlib
import hmac
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

__all__ = ["SCOPES", "TOKEN_BEGINS", "Scope", "entering_mac", "identity_digest", "identity_mac"]


class Scope(StrEnum):
    """What a token may be used for; the person's roles narrow it further."""

    READ = "registry:read"
    IMPORT = "registry:import"
    RECORD = "registry:record"
    PROPOSE = "registry:propose"
    DECIDE = "registry:decide"
    SHARE = "sharing:propose"


TOKEN_BEGINS = "undaunted_"  # noqa: S105 - no secret: what every token has in common
"""How a token begins, so that whoever finds one knows what it opens."""

SCOPES = tuple(each.value for each in Scope)


def identity_digest(token: str) -> bytes:
    """Give what the database keeps of a session's token."""
    return hashlib.sha256(f"identity:{token}".encode()).digest()


def identity_mac(  # noqa: PLR0913  (one parameter per field of the code)
    key: bytes, *, digest: bytes, user: UUID, second_factor: bool, kind: str, until: datetime
) -> bytes:
    """Give the code that lets a session into the database's table (HMAC-SHA-256, RFC 2104)."""
    second = "1" if second_factor else "0"
    message = f"{digest.hex()}|{user}|{second}|{kind}|{int(until.timestamp())}"
    return hmac.digest(key, message.encode(), "sha256")


def entering_mac(key: bytes, username: str) -> bytes:
    """Give the code against which the database gives the row of one named person."""
    return hmac.digest(key, f"entering|{username}".encode(), "sha256")
