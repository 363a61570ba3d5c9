"""Key pairs, and the key that is open for one session.

An identity is an X25519 private key in age's form, a recipient its public key. Bech32 (BIP 173) is
read and written here only to give a private key to Shamir's scheme as 32 bytes and to take it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from pyrage import RecipientError, x25519

from undaunted.core.vault.rules.refusals import SealRefused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

__all__ = ["OpenKey", "identity_from", "new_identity", "raw_identity", "recipient_from"]

PREFIX = "age-secret-key-"
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK = 6


class OpenKey:
    """One person's private key, open in memory. It never shows, copies or stores itself."""

    __slots__ = ("generation", "identity", "user")

    def __init__(self, user: UUID, generation: int, identity: x25519.Identity) -> None:
        self.user = user
        self.generation = generation
        self.identity = identity

    def __repr__(self) -> str:
        return f"<OpenKey of {self.user}, generation {self.generation}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an open key is not stored")


def new_identity() -> x25519.Identity:
    """Make a key pair."""
    return x25519.Identity.generate()


def recipient_from(text: str) -> x25519.Recipient:
    """Read a public key. Raises `SealRefused` when the text is none."""
    try:
        return x25519.Recipient.from_str(text)
    except RecipientError as problem:
        raise SealRefused(f"{text!r} is not an age public key; it begins with age1") from problem


def raw_identity(identity: x25519.Identity) -> bytes:
    """Give the private key as 32 bytes, for splitting into shares."""
    values = [LETTERS.index(letter) for letter in str(identity).lower()[len(PREFIX) + 1 :]]
    return bytes(_regroup(values[:-_CHECK], 5, 8))


def identity_from(raw: bytes) -> x25519.Identity:
    """Give the key pair whose private key is `raw`, 32 bytes."""
    values = list(_regroup(raw, 8, 5, fill=True))
    text = PREFIX + "1" + "".join(LETTERS[value] for value in values + _checksum(values))
    return x25519.Identity.from_str(text.upper())


def _regroup(values: Iterable[int], width: int, into: int, *, fill: bool = False) -> Iterable[int]:
    held = bits = 0
    for value in values:
        held, bits = (held << width) | value, bits + width
        while bits >= into:
            bits -= into
            yield (held >> bits) & (2**into - 1)
            held &= 2**bits - 1
    if fill and bits:
        yield (held << (into - bits)) & (2**into - 1)


def _checksum(values: list[int]) -> list[int]:
    spread = [ord(letter) >> 5 for letter in PREFIX] + [0] + [ord(letter) & 31 for letter in PREFIX]
    check = 1
    for value in [*spread, *values, *[0] * _CHECK]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if (top >> place) & 1 else 0
    check ^= 1
    return [(check >> 5 * (_CHECK - 1 - place)) & 31 for place in range(_CHECK)]
