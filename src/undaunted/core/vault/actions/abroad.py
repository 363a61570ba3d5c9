"""For other instances: a key to receive by, sealing to theirs, opening what they sealed.

What is inside names itself and is signed, so nothing of this vault is put in front of it. Nothing
is noted here: the action that sends or takes in a package notes what it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrage import IdentityError, x25519

from undaunted.core.vault.readers import opened_plain
from undaunted.core.vault.rules import SealRefused, new_identity, recipient_from
from undaunted.core.vault.writers import sealed_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["check_receiving_key", "new_receiving_key", "open_abroad", "seal_abroad"]


def new_receiving_key() -> tuple[str, str]:
    """Make a key pair to receive by: the private half and the public half, in age's spelling."""
    made = new_identity()
    return str(made), str(made.to_public())


def check_receiving_key(text: str) -> str:
    """Give a public key back in its one spelling. Raises `SealRefused`."""
    return str(recipient_from(text.strip()))


def seal_abroad(content: bytes, recipients: Iterable[str]) -> bytes:
    """Seal to public keys of people elsewhere. Raises `SealRefused`, `NoRecipients` for nobody."""
    return sealed_plain(content, recipients)


def open_abroad(envelope: bytes, secret: str) -> bytes:
    """Open what was sealed to our receiving key. Raises a `VaultError`, and releases nothing."""
    try:
        identity = x25519.Identity.from_str(secret.strip())
    except IdentityError as problem:
        raise SealRefused("this is no private key of age") from problem
    return opened_plain(envelope, identity)
