"""The receipt: the only thing that brings a reporter back, and the only thing they must keep.

Forty digits chosen at random (132.8 bits) in eight groups of five, each with a check digit of its
own, so that a slip of the pen is found in the group where it was made and cannot be told from a
guess by anybody else: checking needs no server. From it follow, by HKDF (RFC 5869), the name under
which the mailbox is looked up and the X25519 secret that opens it. There is no salt to ask for, and
the server keeps only the digest of the name and the public key.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

__all__ = [
    "GROUPS",
    "GROUP_DIGITS",
    "Receipt",
    "ReceiptMistyped",
    "draw_receipt",
    "read_receipt",
]

GROUPS: Final = 8
GROUP_DIGITS: Final = 6
"""Five chosen at random and one that checks them."""
_CHOSEN: Final = GROUP_DIGITS - 1
_KEY_BYTES: Final = 32
_LOOKUP: Final = b"undaunted intake receipt v1: lookup"
_SECRET: Final = b"undaunted intake receipt v1: x25519"
# An anti-symmetric quasigroup of order 10 (Damm, Total anti-symmetrische Quasigruppen, 2004). It
# finds every wrong digit and every exchange of two neighbours.
_QUASIGROUP: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


class ReceiptMistyped(ValueError):
    """What was typed is no receipt; `groups` names the groups to look at, from 1, empty if unclear.

    Says nothing about whether such a receipt was ever given out: it is found without asking.
    """

    def __init__(self, groups: tuple[int, ...] = (), *, digits: int = 0) -> None:
        super().__init__(f"groups {groups}" if groups else f"{digits} digits")
        self.groups = groups
        self.digits = digits


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """A receipt in the hands of its owner; never stored, never logged."""

    digits: str

    def __str__(self) -> str:
        return " ".join(self.groups)

    def __repr__(self) -> str:
        return "Receipt(…)"

    @property
    def groups(self) -> tuple[str, ...]:
        """Give the eight groups as they are written down."""
        size = GROUP_DIGITS
        return tuple(self.digits[at : at + size] for at in range(0, len(self.digits), size))

    @property
    def lookup(self) -> bytes:
        """Give the digest (32 bytes) under which the mailbox stands."""
        return hashlib.sha256(self._derived(_LOOKUP)).digest()

    @property
    def secret(self) -> bytes:
        """Give the X25519 secret (32 bytes) that opens what is sealed to the reporter."""
        return self._derived(_SECRET)

    def _derived(self, purpose: bytes) -> bytes:
        chosen = "".join(group[:_CHOSEN] for group in self.groups)
        return HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=purpose).derive(chosen.encode())


def draw_receipt() -> Receipt:
    """Draw a new receipt from the system's generator."""
    groups = (f"{secrets.randbelow(10**_CHOSEN):0{_CHOSEN}d}" for _ in range(GROUPS))
    return Receipt("".join(g + str(_check(place, g)) for place, g in enumerate(groups)))


def read_receipt(text: str) -> Receipt:
    """Read what somebody typed: digits of any script, with or without spaces, dots or dashes.

    Raises `ReceiptMistyped`, which names the groups that are wrong.
    """
    digits = "".join(str(unicodedata.decimal(each)) for each in text[:1000] if each.isdecimal())
    strange = any(each.isalpha() for each in text[:1000])
    if strange or len(digits) != GROUPS * GROUP_DIGITS:
        raise ReceiptMistyped(digits=len(digits))
    receipt = Receipt(digits)
    wrong = tuple(
        place + 1
        for place, group in enumerate(receipt.groups)
        if str(_check(place, group[:_CHOSEN])) != group[_CHOSEN]
    )
    if wrong:
        raise ReceiptMistyped(wrong)
    return receipt


def _check(place: int, digits: str) -> int:
    """Give the check digit of a group; it depends on the place, so exchanged groups are found."""
    interim = place
    for digit in digits:
        interim = _QUASIGROUP[interim][int(digit)]
    return interim
