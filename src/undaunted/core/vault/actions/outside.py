"""For people without an account: a key that follows from what they keep, and what it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.vault.readers import opened
from undaunted.core.vault.rules import identity_from
from undaunted.core.vault.writers import sealed

if TYPE_CHECKING:
    from undaunted.core.vault.rules import Binding

__all__ = ["open_outside", "recipient_of", "seal_outside"]


def recipient_of(secret: bytes) -> str:
    """Give the public key of an X25519 secret of 32 bytes."""
    return str(identity_from(secret).to_public())


def open_outside(envelope: bytes, bound: Binding, *, secret: bytes) -> bytes:
    """Give the content of an envelope that was sealed `also` to the key of `secret`.

    Raises a `VaultError`. Nobody is signed in, so nothing is noted: who opens what with a receipt
    is nobody's business but theirs.
    """
    return opened(envelope, bound, identity_from(secret))


def seal_outside(content: bytes, bound: Binding, *, secret: bytes) -> bytes:
    """Give an envelope that only the key of `secret` opens: what somebody keeps for themselves."""
    return sealed(content, bound, [recipient_of(secret)])
