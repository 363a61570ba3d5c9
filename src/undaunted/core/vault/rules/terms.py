"""Names and limits that the vault's actions and pages share."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

__all__ = [
    "AGE",
    "DESK",
    "DUTY_KIND",
    "HEAD",
    "INTAKE",
    "KEY_KIND",
    "KEY_VERSION",
    "OPEN_FOR",
    "RECOVERY_KIND",
    "SESSION_ENTRY",
    "SHARE_KIND",
    "VAULT_COOKIE",
    "head_of",
    "session_facts",
]

AGE = b"age-encryption.org/v1\n"

DESK = "default"
INTAKE = "intake"
"""The two doors: the connections of those who are signed in, and of those who have no account."""

VAULT_COOKIE = "__Host-vault"
OPEN_FOR = timedelta(hours=4)
KEY_KIND = "vault.key"
KEY_VERSION = 1
RECOVERY_KIND = "vault.recovery"
SHARE_KIND = "vault.share"
DUTY_KIND = "vault.duty"
HEAD = 4096
SESSION_ENTRY = "vault"


def head_of(start: bytes) -> str:
    """Give the digest of an envelope's first bytes.

    They hold age's own header, which fixes the file key, and the nonce of the content. Whoever does
    not know the file key can keep these bytes or change what follows, not both.
    """
    return hashlib.sha256(start[:HEAD]).hexdigest()


def session_facts(person: UUID, session_key: str | None, generation: int, until: str) -> str:
    """Give what a session's wrapped key is bound to: this person, this session, until then."""
    return f"{person}|{session_key}|{generation}|{until}"
