"""A private key under a passphrase (Argon2id) or under a session's key.

Argon2id is RFC 9106's second recommended set: three passes over 64 MiB in four lanes. At most
`UNLOCKS` derivations run in one process at once, so a flood of sign-ins holds 128 MiB and no more;
others wait a little and are then refused by name. The derived key is used once, with
ChaCha20-Poly1305: age's own passphrase form is bound to scrypt and takes no associated data, and
here whose key it is must be bound.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from undaunted.core.vault.rules.identities import identity_from, raw_identity
from undaunted.core.vault.rules.refusals import (
    TooManyUnlocks,
    VaultClosed,
    WeakPassphrase,
    WorkRefused,
    WrongPassphrase,
)

if TYPE_CHECKING:
    from uuid import UUID

    from pyrage.x25519 import Identity

__all__ = [
    "FLOOR",
    "SHORTEST",
    "UNLOCKS",
    "WORK",
    "Work",
    "Wrapped",
    "new_session_key",
    "unwrap",
    "unwrap_for_session",
    "wrap",
    "wrap_for_session",
]

SHORTEST = 16
UNLOCKS: Final = 2
WAIT_SECONDS = 5.0
NONCE = 12
KEY = 32
_slots = threading.BoundedSemaphore(UNLOCKS)


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """How much Argon2id does: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


WORK = Work(memory_kib=65_536, passes=3, lanes=4)
FLOOR = Work(memory_kib=19_456, passes=2, lanes=1)
CEILING = Work(memory_kib=524_288, passes=10, lanes=16)
"""Stored factors outside these two are refused: lower ones are a downgrade, higher ones a flood."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A private key under a passphrase, with all that is needed to derive the same key again."""

    box: bytes
    salt: bytes
    work: Work


def wrap(
    identity: Identity, passphrase: str, *, user: UUID, generation: int, work: Work = WORK
) -> Wrapped:
    """Put a private key under a passphrase. Raises `WeakPassphrase`."""
    if len(passphrase) < SHORTEST:
        raise WeakPassphrase(f"give at least {SHORTEST} characters; several words are best")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(NONCE)
    box = ChaCha20Poly1305(_derived(passphrase, salt, work))
    about = _about(user, generation, work)
    return Wrapped(nonce + box.encrypt(nonce, raw_identity(identity), about), salt, work)


def unwrap(wrapped: Wrapped, passphrase: str, *, user: UUID, generation: int) -> Identity:
    """Give the private key back. Raises `WrongPassphrase`, also for a row of somebody else."""
    box = ChaCha20Poly1305(_derived(passphrase, wrapped.salt, wrapped.work))
    try:
        raw = box.decrypt(
            wrapped.box[:NONCE], wrapped.box[NONCE:], _about(user, generation, wrapped.work)
        )
    except (InvalidTag, ValueError) as problem:
        raise WrongPassphrase("the passphrase does not open this key") from problem
    return identity_from(raw)


def new_session_key() -> bytes:
    """Make the key that lives in one browser's cookie and nowhere else."""
    return secrets.token_bytes(KEY)


def wrap_for_session(identity: Identity, key: bytes, *, about: str) -> bytes:
    """Put a private key under a session's key, bound to what the session is (`about`)."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, raw_identity(identity), about.encode())


def unwrap_for_session(box: bytes, key: bytes, *, about: str) -> Identity:
    """Give the private key of a session back. Raises `VaultClosed`."""
    try:
        raw = ChaCha20Poly1305(key).decrypt(box[:NONCE], box[NONCE:], about.encode())
    except (InvalidTag, ValueError) as problem:
        raise VaultClosed("the vault is not open in this session") from problem
    return identity_from(raw)


def _about(user: UUID, generation: int, work: Work) -> bytes:
    factors = f"{work.memory_kib},{work.passes},{work.lanes}"
    return f"undaunted vault key 1|{user}|{generation}|{factors}".encode()


def _derived(passphrase: str, salt: bytes, work: Work) -> bytes:
    for name in ("memory_kib", "passes", "lanes"):
        if not getattr(FLOOR, name) <= getattr(work, name) <= getattr(CEILING, name):
            raise WorkRefused(f"{name} is {getattr(work, name)}: outside what is accepted")
    if not _slots.acquire(timeout=WAIT_SECONDS):
        raise TooManyUnlocks("too many people unlock at this moment; try again in a minute")
    try:
        return hash_secret_raw(
            passphrase.encode(),
            salt,
            time_cost=work.passes,
            memory_cost=work.memory_kib,
            parallelism=work.lanes,
            hash_len=KEY,
            type=Type.ID,
        )
    finally:
        _slots.release()
